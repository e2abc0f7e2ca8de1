// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/pretokenizersteps.h"
#include "core/tokenizer/problems.h"
#include "core/tokenizer/scripts.h"

#include <string>

namespace assay::pretokenize {
namespace {

/// Runs of one script; blanks and characters of no script go with what stands before them. U+30FC goes with Han.
std::string scriptRuns()
{
    const std::string any = "\\x20\\p{sc:Unknown}";
    const std::string han = "\\p{sc:Han}\\p{sc:Hiragana}\\p{sc:Katakana}\\x{30FC}";
    std::string regex = "[" + han + "][" + han + any + "]*";
    for (const std::string_view script : kScripts) {
        if (script == "Han" || script == "Hiragana" || script == "Katakana")
            continue;
        const std::string name = "\\p{sc:" + std::string(script) + "}";
        regex += "|(?![ \\x{30FC}])" + name + "(?:(?!\\x{30FC})[" + name + any + "])*";
    }
    return regex;
}

} // namespace

Result<Step> splitScripts(const std::string &where)
{
    static const auto pattern = Pattern::compile(scriptRuns());
    if (!pattern)
        return tokenizerUnsupported(where, "UnicodeScripts", "pre_tokenizer: " + pattern.error());
    return splitAt(*pattern, Behaviour::Removed, true); // blanks before the first script go
}

} // namespace assay::pretokenize
