// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/rundetails.h"

#include "core/bench/metrics.h"
#include "core/bench/pointtext.h"
#include "core/report/sections.h"
#include "core/evaluate/statistics/significance.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace assay {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Runs", text);
}

/// Then only the load tells its points apart.
bool oneLength(const BenchPlan &plan)
{
    return plan.promptTokens.size() == 1 && plan.outputTokens.size() == 1 && plan.depths.size() == 1;
}

RowGroup valuesOf(const BenchRun &run, const BenchPoint &point)
{
    RowGroup group{toQString(describePoint(point, qtTranslate())), {}};
    const QLocale locale;
    for (const MetricValue &value : summarize(run, point)) {
        const MetricDefinition &metric = *value.metric;
        const QString meaning = QCoreApplication::translate("Metric", metric.definition);
        group.rows.push_back({{toQString(value.label(qtTranslate())), toQString(formatEstimate(metric.unit, value.estimate)),
                               value.estimate.n > 0 ? locale.toString(qint64(value.estimate.n)) : QStringLiteral("-"), meaning},
                              meaning});
    }
    return group;
}

RowGroup failuresOf(const LoadAnalysis &analysis)
{
    RowGroup group{say(QT_TRANSLATE_NOOP("Runs", "Errors by kind")), {}};
    FailureCounts sum;
    for (const LevelAnalysis &level : analysis.levels) {
        for (size_t kind = 1; kind < size_t(Failure::Count_); ++kind)
            sum.of[kind] += level.failures.of[kind];
    }
    for (size_t kind = 1; kind < size_t(Failure::Count_); ++kind) {
        const FailureDefinition &definition = definitionOf(Failure(kind));
        const QString meaning = QCoreApplication::translate("Failure", definition.meaning);
        if (sum.of[kind] > 0)
            group.rows.push_back({{QCoreApplication::translate("Failure", definition.label), QLocale().toString(qint64(sum.of[kind])), QString(), meaning}, meaning});
    }
    return group;
}

RowGroup outcomesOf(const EvaluationRun &run)
{
    RowGroup group{say(QT_TRANSLATE_NOOP("Runs", "Outcomes")), {}};
    const OutcomeCounts counts = countOutcomes(run.items);
    for (const Outcome outcome : kOutcomes) {
        group.rows.push_back({{QCoreApplication::translate("Outcome", outcomeName(outcome)), QLocale().toString(qint64(counts[outcome])),
                               QLocale().toString(qint64(run.items.size()))},
                              {}});
    }
    return group;
}

/// The report's sections of this run alone: the same words in the window and on paper.
std::vector<RowGroup> protocolOf(const RunLine &line)
{
    Comparison comparison;
    ComparedSubject &subject = comparison.subjects.emplace_back();
    subject.subject = line.header().subject;
    subject.bench = line.bench;
    if (line.evaluation)
        subject.evaluations.push_back(line.evaluation);
    const Translate translate = qtTranslate();
    const ReportSource source{comparison, {translate}, {}, {}};
    std::vector<RowGroup> groups;
    for (const ReportSection &section : {protocolSection(source), environmentSection(source)}) {
        RowGroup group{toQString(section.title), {}};
        for (const ReportBlock &block : section.blocks) {
            const auto *table = std::get_if<ReportTable>(&block);
            if (!table)
                continue;
            // A table with a row a setting, or, of a suite, with a column each.
            const bool bySetting = table->header.size() == 2;
            for (const auto &row : table->rows) {
                if (bySetting && row.size() == 2)
                    group.rows.push_back({{toQString(row[0]), toQString(row[1])}, {}});
                for (size_t i = 0; !bySetting && i < row.size() && i < table->header.size(); ++i)
                    group.rows.push_back({{toQString(table->header[i]), toQString(row[i])}, {}});
            }
        }
        groups.push_back(std::move(group));
    }
    RowGroup identity{say(QT_TRANSLATE_NOOP("Runs", "Run")), {}};
    const RunHeader &header = line.header();
    identity.rows.push_back({{say(QT_TRANSLATE_NOOP("Runs", "Id")), toQString(header.id)}, {}});
    identity.rows.push_back({{say(QT_TRANSLATE_NOOP("Runs", "Path")), toQString(header.subject.path)}, {}});
    identity.rows.push_back({{say(QT_TRANSLATE_NOOP("Runs", "Fingerprint")), toQString(header.subject.fingerprint)}, {}});
    if (!header.error.empty())
        identity.rows.push_back({{say(QT_TRANSLATE_NOOP("Runs", "Error")), toQString(header.error)}, {}});
    groups.push_back(std::move(identity));
    return groups;
}

} // namespace

std::shared_ptr<const RunDetails> detailsOf(const RunLine &line)
{
    auto details = std::make_shared<RunDetails>();
    details->line = line;
    details->protocol = protocolOf(line);
    if (line.header().endedEarly)
        details->numbers.push_back({say(QT_TRANSLATE_NOOP("Runs", "Run")),
                                    {{{say(QT_TRANSLATE_NOOP("Runs", "State")), toQString(stateText(line.header(), qtTranslate()))}, {}}}});
    if (line.evaluation) {
        details->numbers.push_back(outcomesOf(*line.evaluation));
        return details;
    }
    if (line.isLoad())
        details->analysis = analyse(line.bench->requests);
    for (const BenchPoint &point : pointsOf(line.bench->plan)) {
        details->points.push_back(toQString(line.isLoad() && oneLength(line.bench->plan) ? loadText(point, qtTranslate()) : describePoint(point, qtTranslate())));
        if (RowGroup group = valuesOf(*line.bench, point); !group.rows.empty())
            details->numbers.push_back(std::move(group));
    }
    if (details->analysis) {
        if (RowGroup errors = failuresOf(*details->analysis); !errors.rows.empty())
            details->numbers.push_back(std::move(errors));
    }
    return details;
}

} // namespace assay
