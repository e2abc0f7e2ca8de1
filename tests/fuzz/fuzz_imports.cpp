// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/imports/imports.h"
#include "core/format/partsource.h"

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace {

void demandShown(const std::string &text)
{
    if (assay::validUtf8(text) != text)
        std::abort();
}

/// What holds of every run, whatever the file said.
void check(const assay::ImportedRun &one)
{
    if (one.run.items.empty() || one.suite.items.empty() || one.run.header.id.empty() || one.run.header.subject.name.empty())
        std::abort();
    for (size_t i = 0; i < one.run.items.size(); ++i) {
        const assay::ItemResult row = one.run.items[i];
        const assay::Judgement &judged = row.judged;
        const bool scored = !std::isnan(judged.score);
        if (scored && (judged.score < 0 || judged.score > 1))
            std::abort();
        if (judged.outcome == assay::Outcome::Right && (!scored || judged.score < 1))
            std::abort();
        if (judged.from > row.given.output.size() || judged.length > row.given.output.size() - judged.from)
            std::abort();
    }
    for (const assay::SuiteItem &item : one.suite.items) {
        if (item.id.empty() || item.pairKey.empty() || item.answerIndex >= int(std::max<size_t>(item.choices.size(), 1)))
            std::abort();
    }
    // What is stored can be read again.
    if (!assay::evaluationRunFromJson(assay::toJson(one.run)))
        std::abort();
}

} // namespace

/// The name says that a file is of lines, and its task; all else is told by what is in it.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const bool lines = size > 0 && data[0] != '[' && data[0] != 'P';
    const std::string text(reinterpret_cast<const char *>(data), size);
    const std::string name = lines ? "samples_t_2024-11-05T10-15-30.jsonl" : "log.eval";
    const auto import = assay::importSource(name, std::make_shared<const assay::MemorySource>(text, name));
    if (!import) {
        demandShown(import.error().sentence());
        return 0;
    }
    for (const assay::ImportProblem &problem : import->problems)
        demandShown(problem.sentence());
    for (const assay::ImportedRun &one : import->runs)
        check(one);
    return 0;
}
