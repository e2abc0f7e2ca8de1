// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/evidence.h"
#include "core/identify/tokenizer/mismatch.h"

namespace assay {

/// Request after request, whether it was counted as the claimed tokenizer counts: of many that all were, a share of requests that another
/// model answers is excluded above 1 - 0.05^(1/n) (identity.md 7.13). Those that were not, and fit one other family with one constant over two
/// messages or more, contradict on the channel of usage; others are a note. messages: the first is the base. Nothing where the base or the
/// claimed family's counts are missing.
std::optional<Evidence> mixedCountsEvidence(std::span<const CountedMessage> messages, const std::string &claimed, const std::string &day);

} // namespace assay
