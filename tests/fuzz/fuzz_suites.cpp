// SPDX-License-Identifier: GPL-3.0-or-later
// Every reader of suites: the first byte says under which name the rest is read, since names tell forms, too.
#include "core/evaluate/formats/anysuite.h"

#include <array>
#include <cstdlib>
#include <set>

namespace {

constexpr std::array kNames{"s.jsonl", "s.csv", "s.tsv", "s.json", "s.txt", "s.jsonl.gz"};

void demand(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const auto suite = assay::parseAnySuite(std::string(reinterpret_cast<const char *>(data) + 1, size - 1), kNames[data[0] % kNames.size()]);
    if (!suite) {
        const std::string sentence = suite.error().sentence();
        demand(assay::validUtf8(sentence) == sentence);
        return 0;
    }
    demand(!suite->items.empty() && suite->fingerprint.size() == 64);
    std::set<std::string> ids;
    for (const assay::SuiteItem &item : suite->items) {
        demand(ids.insert(item.id).second && !item.pairKey.empty());
        demand(item.asking == assay::Asking::Image || !item.prompt.empty());
        demand(item.asking != assay::Asking::Choice || (item.answerIndex >= 0 && size_t(item.answerIndex) < item.choices.size()));
        demand(item.asking != assay::Asking::Generate || item.code || !item.answers.empty());
    }
    for (const assay::SuiteProblem &problem : suite->problems)
        demand(assay::validUtf8(problem.sentence()) == problem.sentence());
    // What is written is read back as the same, images apart, which lie elsewhere.
    const auto again = assay::parseSuite(assay::suiteLines(*suite), suite->name);
    demand(again && again->items.size() == suite->items.size());
    demand(again->fingerprint == suite->fingerprint || suite->items.front().asking == assay::Asking::Image);
    return 0;
}
