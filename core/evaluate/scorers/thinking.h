// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/answer.h"

#include <optional>
#include <string_view>

namespace assay {

/// Where the answer begins in an output that may think aloud: after the last end of thinking. Templates often supply the start
/// themselves, so an end without a start is normal. Nothing while the thinking is still open: no answer is looked for in a
/// trace (evaluation.md 3.4).
std::optional<size_t> answerStart(std::string_view output);
/// The same of an answer: where an endpoint tells the reasoning apart, all of the output is the answer.
std::optional<size_t> answerStart(const Answer &answer);

} // namespace assay
