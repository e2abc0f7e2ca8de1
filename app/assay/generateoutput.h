// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/assay/generateoptions.h"

namespace assay {

/// An answer and what was asked for.
struct GenerateAnswer
{
    GenerateRow row;
    protocol::GenerateResult result;
    std::vector<protocol::TokenScore> tokens; ///< when --logprobs asks for them
};

/// One answer as an object, several as {"results": [...]}.
void printGenerateJson(const std::vector<GenerateAnswer> &answers);
/// Text, or ids where there is no text; of one answer that was streamed only what follows its text.
void printGenerateText(const std::vector<GenerateAnswer> &answers, bool hasText, bool streamed);

} // namespace assay
