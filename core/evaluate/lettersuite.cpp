// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/lettersuite.h"

#include "core/base/hash.h"

#include <algorithm>

namespace assay {
namespace {

constexpr size_t kMostLetters = 26;
constexpr int64_t kFewTokens = 64; ///< room for a sentence around the letter
constexpr char kTask[] = "Answer with the letter of the right option alone, as in \"Answer: A\".";

std::string letter(size_t index)
{
    return std::string(1, char('A' + char(index)));
}

std::string trimmed(const std::string &text)
{
    const size_t first = text.find_first_not_of(" \t\r\n");
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

void askByLetter(SuiteItem &item)
{
    item.prompt = trimmed(item.prompt) + "\n\n";
    for (size_t i = 0; i < item.choices.size(); ++i)
        item.prompt += letter(i) + ". " + trimmed(item.choices[i]) + "\n";
    item.prompt += std::string("\n") + kTask;
    const bool known = item.answerIndex >= 0 && size_t(item.answerIndex) < item.choices.size();
    item.answers = known ? std::vector<std::string>{letter(size_t(item.answerIndex))} : std::vector<std::string>();
    item.asking = Asking::Generate;
    item.maxTokens = std::max(item.maxTokens, kFewTokens);
}

} // namespace

Suite lettersOf(Suite suite)
{
    bool any = false;
    for (SuiteItem &item : suite.items) {
        if (item.asking != Asking::Choice || item.choices.size() < 2 || item.choices.size() > kMostLetters)
            continue;
        askByLetter(item);
        any = true;
    }
    if (!any)
        return suite;
    suite.name += "-letters";
    suite.scorer = {};
    suite.scorer.name = "letter";
    suite.alsoScored.clear();
    suite.stop.clear();
    suite.fingerprint = sha256(suite.fingerprint + kTask);
    return suite;
}

} // namespace assay
