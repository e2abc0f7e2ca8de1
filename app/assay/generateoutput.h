// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/assay/generateoptions.h"
#include "core/bench/run.h"

namespace assay {

/// An answer and what was asked for.
struct GenerateAnswer
{
    GenerateRow row;
    protocol::GenerateResult result;
    std::vector<protocol::TokenScore> tokens; ///< when --logprobs asks for them
};

/// One answer as an object, several as {"results": [...]}; "environment" says what computed them, and how.
void printGenerateJson(const std::vector<GenerateAnswer> &answers, const Environment &environment);
/// Text, or ids where there is no text; of one answer that was streamed only what follows its text.
void printGenerateText(const std::vector<GenerateAnswer> &answers, bool hasText, bool streamed);

} // namespace assay
