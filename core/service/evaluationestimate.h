// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"
#include "core/bench/plan.h"
#include "core/evaluate/answer.h"

#include <optional>
#include <string>

namespace assay {

/// What the answers so far took together.
struct EvaluationPace
{
    int64_t answers = 0, promptTokens = 0, outputTokens = 0;
    double seconds = 0; ///< since the first was asked, pauses left out
    void add(const Answer &answer);
};

/// What the rest will take, when it goes on like this: "after 20 of 1,000 answers; the others: about 3 min 20 s, 12,300 prompt tokens, 45,600
/// output tokens, 0.12 USD". Money with prices only. Empty while there is no answer.
std::string restText(const EvaluationPace &pace, int64_t total, const std::optional<Prices> &prices, const Translate &translate = untranslated);

} // namespace assay
