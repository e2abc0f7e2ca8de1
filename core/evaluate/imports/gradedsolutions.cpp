// SPDX-License-Identifier: GPL-3.0-or-later
// example_model_solutions.jsonl of openai/grade-school-math: a question a line, and under the name of each system its solution and
// whether it was right.
#include "core/evaluate/imports/fields.h"
#include "core/evaluate/imports/readers.h"
#include "core/evaluate/imports/runbuilder.h"
#include "core/evaluate/pairkey.h"

#include <map>

namespace assay::imports {
namespace {

constexpr const char *kTool = "grade-school-math";

bool takes(const ResultFile &file)
{
    return (file.form == Form::Lines || file.form == Form::Object || file.form == Form::List) && file.has("question") && file.has("ground_truth");
}

bool isSolution(const Json &value)
{
    return member(value, "is_correct") && member(value, "solution");
}

AnsweredItem answered(const Json &record, const std::string &system, uint64_t line)
{
    AnsweredItem out;
    out.item.id = std::to_string(line);
    out.item.task = "gsm8k";
    out.item.prompt = textAt(record, "question");
    out.item.answers = {finalAnswer(textAt(record, "ground_truth"))};
    out.item.pairKey = pairKeyOf(out.item.prompt, out.item.answers);
    const Json &solution = record.at(system);
    out.answer.output = textAt(solution, "solution");
    const Figure figure{"is_correct", numberOf(member(solution, "is_correct"))};
    const std::string extracted = out.answer.output.rfind("\nA:") == std::string::npos ? std::string() : finalAnswer(out.answer.output);
    out.judged = judgedByTool(figure.value ? &figure : nullptr, out.answer, extracted, figure.name);
    return out;
}

void readFile(const ResultFile &file, Reading &reading)
{
    std::map<std::string, RunBuilder> runs;
    forEachRecord(file, reading.problems, [&](const Json &record, uint64_t line) {
        size_t systems = 0;
        for (const auto &[system, value] : record.items()) {
            if (!isSolution(value))
                continue;
            ++systems;
            // A name for the subject can only be one subject's.
            const ImportOptions options{reading.options.metric, {}};
            const auto run = runs.try_emplace(system, kTool, system, "gsm8k", options).first;
            run->second.run.protocol.scorer = "is_correct";
            run->second.add(answered(record, system, line), file, line, reading.problems);
        }
        if (systems == 0)
            reading.problems.add(file.name, line, ASSAY_TEXT("Reason", "no system's solution is in it"));
    });
    for (auto &[system, run] : runs)
        run.finish(reading.import);
}

void read(Reading &reading)
{
    for (const ResultFile *file : reading.files)
        readFile(*file, reading);
}

} // namespace

const Reader kGradedSolutions{{kTool, ASSAY_TEXT("Import", "example_model_solutions.jsonl, packed or not")}, takes, read};

} // namespace assay::imports
