// SPDX-License-Identifier: GPL-3.0-or-later
// What the numbers of a report cannot say; only what applies to this one.
#include "core/base/units.h"
#include "core/bench/machinetext.h"
#include "core/bench/promptstext.h"
#include "core/model/weightvariant.h"
#include "core/report/sections.h"

#include <algorithm>
#include <array>
#include <set>

namespace assay {
namespace {

bool anyBench(const Comparison &c, const std::function<bool(const BenchRun &)> &holds)
{
    return std::any_of(c.subjects.begin(), c.subjects.end(), [&](const auto &s) { return s.bench && holds(*s.bench); });
}

bool anyEvaluation(const Comparison &c, const std::function<bool(const EvaluationRun &)> &holds)
{
    return std::any_of(c.subjects.begin(), c.subjects.end(), [&](const auto &s) {
        return std::any_of(s.evaluations.begin(), s.evaluations.end(), [&](const auto &run) { return run && holds(*run); });
    });
}

bool benched(const Comparison &c)
{
    return anyBench(c, [](const BenchRun &) { return true; });
}

/// Endpoints choose their batches themselves.
bool batched(const Comparison &c)
{
    return anyBench(c, [](const BenchRun &run) { return !run.plan.load; });
}

bool onCpu(const Comparison &c)
{
    return anyBench(c, [](const BenchRun &run) { return run.header.environment.device == "cpu"; });
}

bool heldDown(const Comparison &c)
{
    return anyBench(c, [](const BenchRun &run) { return !throttlingText(run).empty(); });
}

/// Which experts a token goes to depends on what it says (benchmarking.md 4.18).
bool randomToExperts(const Comparison &c)
{
    return anyBench(c, [](const BenchRun &run) {
        const auto &work = run.header.environment.work;
        return work && work->experts > 0 && anyRandomPrompt(run);
    });
}

bool evaluated(const Comparison &c)
{
    return anyEvaluation(c, [](const EvaluationRun &run) { return !run.items.empty(); });
}

bool greedy(const Comparison &c)
{
    const auto generated = [](uint8_t flags) { return (flags & RowChunk::HasChoices) == 0; };
    const auto anyGenerated = [&](const auto &chunk) { return std::ranges::any_of(chunk->flags, generated); };
    return anyEvaluation(c, [&](const EvaluationRun &run) {
        return run.protocol.temperature == 0 && std::ranges::any_of(run.items.chunks(), anyGenerated);
    });
}

bool whatIf(const Comparison &c)
{
    return anyBench(c, [](const BenchRun &run) { return isWhatIf(run.header.environment.dtype); })
           || anyEvaluation(c, [](const EvaluationRun &run) { return isWhatIf(run.header.environment.dtype); });
}

bool distilledAndBase(const Comparison &c)
{
    const auto has = [&](Role role) {
        return std::any_of(c.subjects.begin(), c.subjects.end(), [&](const auto &s) { return s.role == role; });
    };
    return has(Role::Distilled) && has(Role::Base);
}

bool anySubject(const Comparison &c)
{
    return !c.subjects.empty();
}

struct Limit
{
    bool (*applies)(const Comparison &);
    const char *text;
};

constexpr std::array kLimits{
    Limit{benched, ASSAY_TEXT("Report", "The times were taken in one session. Another day, another temperature or another neighbour on the "
                                        "machine can shift them by more than the printed intervals, which hold for this session only.")},
    Limit{onCpu, ASSAY_TEXT("Report", "Times and memory of a CPU do not carry over to a GPU: there even the order of the subjects may differ. "
                                      "Peak tensor memory on the CPU is not video memory.")},
    Limit{heldDown, ASSAY_TEXT("Report", "A device's clock was held down by heat or by its power limit while it was measured: cooler or with "
                                         "more power it is faster, and it uses another amount of energy.")},
    Limit{batched, ASSAY_TEXT("Report", "The benchmark uses prompts of fixed lengths, one batch at a time. A service with mixed lengths and "
                                        "many users queues and batches differently.")},
    Limit{randomToExperts, ASSAY_TEXT("Report", "Prompts of a local model with experts were random tokens. These spread over more of them than "
                                                "text does, so that text may be faster.")},
    Limit{evaluated, ASSAY_TEXT("Report", "A suite measures its own kind of task. Nothing here says how the subjects do on other tasks, other "
                                          "languages or longer texts.")},
    Limit{greedy, ASSAY_TEXT("Report", "Answers were generated greedily, once for each item. Sampled answers can be better or worse, and their "
                                       "spread is not measured.")},
    Limit{whatIf, ASSAY_TEXT("Report", "Subjects that are called int8 or pruned are what-ifs, made of the stored weights while they were loaded: "
                                       "no file holds them, nobody trained them again. Zeros of a pruned one are stored and multiplied like all "
                                       "numbers, so that its times and memory are those of the whole model.")},
    Limit{distilledAndBase, ASSAY_TEXT("Report", "What distilling gained is read from one training of each model. Another seed may give another "
                                                 "gain.")},
    Limit{anySubject, ASSAY_TEXT("Report", "The fingerprint of a subject covers names, shapes and dtypes of its tensors, the sizes of its "
                                           "files and samples of the weights, not every byte.")},
};

/// Half the width of the interval of a rate of one half: how well n items can know an accuracy at worst.
std::string worstHalfWidth(size_t n)
{
    const Estimate half = wilson(n / 2, n);
    return threeDigits((half.high - half.low) / 2 * 100);
}

} // namespace

ReportSection limitsSection(const ReportSource &source)
{
    ReportSection section{"limits", source.words(ASSAY_TEXT("Report", "What these numbers cannot say")), {}};
    const auto add = [&](const std::string &text) { section.blocks.push_back(ReportParagraph{text, false}); };
    for (const Limit &limit : kLimits) {
        if (limit.applies(source.comparison))
            add(source.words(limit.text));
    }
    std::set<std::string> told;
    for (const ComparedSubject &subject : source.comparison.subjects) {
        for (const auto &run : subject.evaluations) {
            if (run && !run->items.empty() && told.insert(run->protocol.suite).second)
                add(source.words(ASSAY_TEXT("Report", "With the %2 {2:item|items} of %1 a single accuracy is known to about %3 percentage points up or "
                                                      "down at worst; smaller differences show only item by item, if at all."),
                                 {run->protocol.suite, std::to_string(run->items.size()), worstHalfWidth(run->items.size())}));
        }
    }
    if (ReportTable notes = notesTable(source); !notes.rows.empty())
        section.blocks.push_back(std::move(notes));
    if (source.pairs.size() > 1)
        add(source.words(ASSAY_TEXT("Report", "The %1 p values are not corrected for their number: the more pairs are compared, the more often one "
                                              "falls below 0.05 by chance."),
                         {std::to_string(source.pairs.size())}));
    return section;
}

} // namespace assay
