// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/pairkey.h"

#include "core/base/hash.h"

#include <algorithm>
#include <set>

namespace assay {
namespace {

constexpr size_t kDigits = 32;

std::string squeezed(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    bool blank = false;
    for (const char c : text) {
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            blank = true;
            continue;
        }
        if (blank && !out.empty())
            out += ' ';
        blank = false;
        out += c;
    }
    return out;
}

/// Each text is led by its length, so that no two lists run together to the same bytes.
void append(std::string &out, const std::string &text)
{
    out += std::to_string(text.size()) + ":" + text;
}

void append(std::string &out, const std::vector<std::string> &texts)
{
    std::set<std::string> sorted;
    std::ranges::transform(texts, std::inserter(sorted, sorted.end()), squeezed);
    out += std::to_string(sorted.size()) + ";";
    for (const std::string &text : sorted)
        append(out, text);
}

} // namespace

std::string pairKeyOf(std::string_view question, const std::vector<std::string> &answers, const std::vector<std::string> &options)
{
    std::string bytes;
    append(bytes, squeezed(question));
    append(bytes, answers);
    append(bytes, options);
    return sha256(bytes).substr(0, kDigits);
}

} // namespace assay
