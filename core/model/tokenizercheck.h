// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/modeldirectory.h"

namespace assay {

/// The largest token id that the tokenizer's files name; nothing when none is there, or only ones too large to be
/// read for this (above 4 MB). Reads added_tokens.json, tokenizer_config.json and tokenizer.json.
std::optional<int64_t> largestTokenId(const ModelDirectory &directory);

} // namespace assay
