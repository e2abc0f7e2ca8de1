// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorers/regexlist.h"

#include <algorithm>
#include <map>
#include <memory>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace assay {
namespace {

constexpr size_t kLongestExpression = 1024;
constexpr size_t kLongestText = 16 * 1024; // a search may start at each byte and run to the end
constexpr size_t kMostKept = 64;
constexpr int kMostSteps = 1'000'000;
constexpr uint32_t kMatchLimit = 200'000, kDepthLimit = 1'000, kHeapKibibytes = 4'096, kDeepestParentheses = 50;

template <auto release>
struct Release
{
    template <typename T>
    void operator()(T *what) const { release(what); }
};
using Code = std::unique_ptr<pcre2_code, Release<pcre2_code_free>>;
using Context = std::unique_ptr<pcre2_match_context, Release<pcre2_match_context_free>>;
using Match = std::unique_ptr<pcre2_match_data, Release<pcre2_match_data_free>>;

/// The limits of PCRE2 begin anew at every byte a search starts from; these steps are counted over the whole text.
int countStep(pcre2_callout_block *, void *steps)
{
    return ++*static_cast<int *>(steps) > kMostSteps ? PCRE2_ERROR_MATCHLIMIT : 0;
}

Code compiled(const std::string &expression)
{
    if (expression.size() > kLongestExpression)
        return nullptr;
    int error = 0;
    size_t offset = 0;
    pcre2_compile_context *context = pcre2_compile_context_create(nullptr);
    pcre2_set_parens_nest_limit(context, kDeepestParentheses);
    // Python's $ and ., and its classes of Unicode.
    constexpr uint32_t kOptions = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT;
    Code code(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.data()), expression.size(), kOptions, &error, &offset, context));
    pcre2_compile_context_free(context);
    return code;
}

/// Every item of a suite has the same expressions.
const pcre2_code *codeOf(const std::string &expression)
{
    thread_local std::map<std::string, Code> kept;
    const auto found = kept.find(expression);
    if (found != kept.end())
        return found->second.get();
    if (kept.size() >= kMostKept)
        kept.clear();
    return kept.emplace(expression, compiled(expression)).first->second.get();
}

std::optional<std::string> without(const std::string &text, const pcre2_code *code)
{
    int steps = 0;
    const Context context(pcre2_match_context_create(nullptr));
    pcre2_set_match_limit(context.get(), kMatchLimit);
    pcre2_set_depth_limit(context.get(), kDepthLimit);
    pcre2_set_heap_limit(context.get(), kHeapKibibytes);
    pcre2_set_callout(context.get(), countStep, &steps);
    const Match data(pcre2_match_data_create(1, nullptr));
    std::string out;
    size_t kept = 0, at = 0;
    uint32_t options = 0;
    while (at <= text.size()) {
        const int found = pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), at, options, data.get(), context.get());
        if (found == PCRE2_ERROR_NOMATCH)
            break;
        if (found < 0)
            return std::nullopt;
        const size_t *ends = pcre2_get_ovector_pointer(data.get());
        if (ends[1] < ends[0]) // \K in a look-ahead
            return std::nullopt;
        if (ends[0] >= kept) {
            out.append(text, kept, ends[0] - kept);
            kept = ends[1];
        }
        at = std::max(ends[1], at);
        if (ends[0] == ends[1]) { // go on behind a match of nothing
            ++at;
            while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
                ++at;
        }
        options = PCRE2_NO_UTF_CHECK;
    }
    return out.append(text, kept);
}

} // namespace

std::optional<std::string> withoutMatches(std::string_view text, const std::vector<std::string> &expressions)
{
    std::optional<std::string> out{std::string(text)};
    for (const std::string &expression : expressions) {
        const pcre2_code *code = out && out->size() <= kLongestText ? codeOf(expression) : nullptr;
        if (!code)
            return std::nullopt;
        out = without(*out, code);
    }
    return out;
}

} // namespace assay
