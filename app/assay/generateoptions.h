// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/assay/arguments.h"
#include "core/protocol/messages.h"

namespace assay {

/// One answer that `assay generate` asks for: what is sent, and of which prompt it is the which sample (from 1 on).
struct GenerateRow
{
    protocol::GenerateItem item;
    int64_t prompt = 1, sample = 1;
};

void addGenerateOptions(Arguments &options);
/// Every --prompt, --tokens, --chat and --messages, in this order, each --n times with the seeds from --seed on.
/// Errors: BadUsage, and those of the chat template.
Result<std::vector<GenerateRow>> generateRows(const Arguments &options);

} // namespace assay
