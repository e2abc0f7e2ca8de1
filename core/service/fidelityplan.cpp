// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/fidelityplan.h"

#include <algorithm>

namespace assay {
namespace {

constexpr size_t kPromptBytes = 240;

bool isBlank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/// Where the next word begins, from here on.
size_t nextWord(const std::string &text, size_t at)
{
    while (at > 0 && at < text.size() && !isBlank(text[at - 1]))
        ++at;
    while (at < text.size() && isBlank(text[at]))
        ++at;
    return at;
}

/// A text without blanks is cut between characters.
size_t characterStart(const std::string &text, size_t at)
{
    while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80)
        --at;
    return at;
}

} // namespace

std::vector<std::string> promptsFrom(const std::string &text, int64_t count)
{
    std::vector<std::string> out;
    const size_t step = std::max(text.size() / size_t(std::max<int64_t>(count, 1)), kPromptBytes);
    for (size_t at = 0; at < text.size() && int64_t(out.size()) < count; at += step) {
        size_t from = nextWord(text, at);
        if (from >= std::min(at + step, text.size()))
            from = characterStart(text, at);
        size_t end = characterStart(text, std::min(from + kPromptBytes, text.size()));
        // A word that is cut would be what the reference goes on with.
        for (size_t cut = end; end < text.size() && cut > from + kPromptBytes / 2; --cut) {
            if (isBlank(text[cut])) {
                end = cut;
                break;
            }
        }
        while (end > from && isBlank(text[end - 1]))
            --end;
        if (end > from)
            out.push_back(text.substr(from, end - from));
    }
    return out;
}

} // namespace assay
