// SPDX-License-Identifier: GPL-3.0-or-later
// Input: a byte of flags, the right answers up to the first byte 0x1F (with 0x1E between them), then the output. Every scorer of
// generated text judges it.
#include "core/evaluate/scorer.h"

#include <cmath>
#include <cstdlib>

namespace {

assay::SuiteItem itemOf(std::string_view answers)
{
    assay::SuiteItem item;
    item.id = "i";
    for (size_t end = answers.find('\x1E'); end != std::string_view::npos; end = answers.find('\x1E')) {
        item.answers.emplace_back(answers.substr(0, end));
        answers.remove_prefix(end + 1);
    }
    item.answers.emplace_back(answers);
    return item;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const uint8_t flags = data[0];
    const std::string_view text(reinterpret_cast<const char *>(data) + 1, size - 1);
    const size_t border = text.find('\x1F');
    if (border == std::string_view::npos)
        return 0;
    assay::SuiteItem item = itemOf(text.substr(0, border));
    if (flags & 1) {
        item.choices = item.answers;
        item.answerIndex = 0;
    }
    assay::Suite suite;
    suite.scorer.ignoreCase = flags & 2;
    suite.scorer.ignorePunctuation = flags & 4;
    if (flags & 8)
        suite.scorer.ignore = {item.answers.back()};
    if (flags & 16)
        suite.scorer.extract = {":", "\n"};
    assay::Answer answer;
    answer.output = text.substr(border + 1);
    answer.finish = flags & 32 ? "length" : "stop";
    for (const assay::Scorer &scorer : assay::scorers()) {
        if (scorer.asking != assay::Asking::Generate)
            continue;
        const assay::Judgement judgement = assay::judge(suite, item, answer, scorer);
        const bool inside = judgement.from <= answer.output.size() && judgement.length <= answer.output.size() - judgement.from;
        const bool decided = judgement.outcome == assay::Outcome::Right || judgement.outcome == assay::Outcome::Wrong;
        const bool scored = std::isnan(judgement.score) || (judgement.score >= 0 && judgement.score <= 1);
        if (!inside || !scored || (judgement.undecided && decided))
            std::abort();
    }
    return 0;
}
