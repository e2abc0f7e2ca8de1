// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorers/thinking.h"

namespace assay {

std::optional<size_t> answerStart(std::string_view output)
{
    constexpr std::string_view kStart = "<think>", kEnd = "</think>";
    const size_t end = output.rfind(kEnd);
    const size_t from = end == std::string_view::npos ? 0 : end + kEnd.size();
    if (output.find(kStart, from) != std::string_view::npos)
        return std::nullopt;
    return from;
}

} // namespace assay
