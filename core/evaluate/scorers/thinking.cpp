// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorers/thinking.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

struct Tags
{
    std::string_view start, end;
};
// As the chat templates of DeepSeek-R1, Qwen3, QwQ; Seed-OSS; Magistral; Kimi-VL write them.
constexpr std::array kTags{Tags{"<think>", "</think>"}, Tags{"<seed:think>", "</seed:think>"}, Tags{"[THINK]", "[/THINK]"},
                           Tags{"\xE2\x97\x81think\xE2\x96\xB7", "\xE2\x97\x81/think\xE2\x96\xB7"}};

} // namespace

std::optional<size_t> answerStart(std::string_view output)
{
    size_t from = 0;
    for (const Tags &tags : kTags) {
        if (const size_t end = output.rfind(tags.end); end != std::string_view::npos)
            from = std::max(from, end + tags.end.size());
    }
    if (std::ranges::any_of(kTags, [&](const Tags &tags) { return output.find(tags.start, from) != std::string_view::npos; }))
        return std::nullopt;
    return from;
}

std::optional<size_t> answerStart(const Answer &answer)
{
    return answer.reasoning.empty() ? answerStart(std::string_view(answer.output)) : 0;
}

} // namespace assay
