// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"
#include "app/assay/command.h"
#include "app/assay/comparereport.h"
#include "app/assay/console.h"
#include "app/assay/evaluationruns.h"
#include "app/assay/sampledtext.h"
#include "core/bench/metrics.h"
#include "core/compare/accuracy/storedsubjects.h"
#include "core/compare/accuracycomparison.h"
#include "core/service/translation.h"
#include "widgets/report/exportreport.h"

#include <QCoreApplication>
#include <QLocale>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

/// "+12.3 %"; differences of rates are told in points of a hundred.
QString points(double value)
{
    return QStringLiteral("%1%2").arg(value > 0 ? QStringLiteral("+") : QString(), QString::number(value * 100, 'f', 1));
}

QString pText(double p)
{
    return p < 0.0001 ? QStringLiteral("< 0.0001") : QString::number(p, 'f', 4);
}

QString nameOf(const EvaluationRun &run)
{
    return toQString(run.header.subject.name);
}

void printRuns(const AccuracyGroup &group)
{
    QStringList header{say(QT_TRANSLATE_NOOP("Command", "subject")), say(QT_TRANSLATE_NOOP("Command", "judged by")), say(QT_TRANSLATE_NOOP("Command", "accuracy")), QStringLiteral("n")};
    QList<bool> numeric{false, false, true, true};
    for (const Outcome outcome : kOutcomes) {
        header.append(QCoreApplication::translate("Outcome", outcomeName(outcome)));
        numeric.append(true);
    }
    QList<QStringList> rows{header};
    for (size_t i = 0; i < group.runs.size(); ++i) {
        const EvaluationRun &run = *group.runs[i];
        const QString tool = toQString(run.protocol.tool.empty() ? "assay" : run.protocol.tool);
        QStringList row{nameOf(run), tool + QStringLiteral(": ") + toQString(run.protocol.scorer), toQString(formatEstimate(Unit::Rate, group.accuracy[i])),
                        QString::number(group.outcomes[i].n())};
        for (const Outcome outcome : kOutcomes)
            row.append(QString::number(group.outcomes[i][outcome]));
        rows.append(row);
    }
    for (const QString &line : alignedTable(rows, numeric))
        print(line);
}

/// Where items were asked several times.
void printSamples(const AccuracyGroup &group)
{
    for (size_t i = 0; i < group.runs.size(); ++i) {
        if (const QString text = sampledText(group.samples[i]); !text.isEmpty())
            print(QStringLiteral("%1: %2").arg(nameOf(*group.runs[i]), text));
    }
}

void printPairs(const AccuracyGroup &group)
{
    QList<QStringList> rows{{say(QT_TRANSLATE_NOOP("Command", "compared")), say(QT_TRANSLATE_NOOP("Command", "items")), say(QT_TRANSLATE_NOOP("Command", "both right")),
                             say(QT_TRANSLATE_NOOP("Command", "only it")), say(QT_TRANSLATE_NOOP("Command", "only the other")), say(QT_TRANSLATE_NOOP("Command", "neither")),
                             say(QT_TRANSLATE_NOOP("Command", "difference in points")), QStringLiteral("p"), say(QT_TRANSLATE_NOOP("Command", "p (Holm)")),
                             say(QT_TRANSLATE_NOOP("Command", "judgement"))}};
    for (const AccuracyPair &pair : group.pairs) {
        const PairedResult &paired = pair.paired;
        QString judgement = QCoreApplication::translate("Standing", standingName(pair.standing));
        if (pair.moreItems)
            judgement += QStringLiteral("; ") + say(QT_TRANSLATE_NOOP("Command", "some %1 more items would decide")).arg(QLocale().toString(qulonglong(*pair.moreItems)));
        rows.append({say(QT_TRANSLATE_NOOP("Command", "%1 against %2")).arg(nameOf(*group.runs[pair.first]), nameOf(*group.runs[pair.second])), QString::number(paired.n),
                     QString::number(paired.bothRight), QString::number(paired.onlyFirst), QString::number(paired.onlySecond), QString::number(paired.bothWrong),
                     QStringLiteral("%1 [%2, %3]").arg(points(paired.difference.value), points(paired.difference.low), points(paired.difference.high)), pText(paired.p),
                     pText(pair.adjustedP), judgement});
    }
    for (const QString &line : alignedTable(rows, {false, true, true, true, true, true, true, true, true, false}))
        print(line);
}

/// What the gap to the reference is made of; only what is not nothing.
void printGaps(const AccuracyGroup &group)
{
    for (const AccuracyPair &pair : group.pairs) {
        const GapWaterfall &gap = pair.waterfall;
        const std::pair<Outcome, double> steps[]{{Outcome::Truncated, gap.truncated}, {Outcome::Unparsed, gap.unparsed}, {Outcome::Refused, gap.refused},
                                                 {Outcome::Error, gap.error},         {Outcome::Wrong, gap.wrong}};
        QStringList parts;
        for (const auto &[outcome, step] : steps) {
            if (step != 0)
                parts.append(QStringLiteral("%1 %2").arg(QCoreApplication::translate("Outcome", outcomeName(outcome)), points(-step)));
        }
        if (!parts.isEmpty())
            print(say(QT_TRANSLATE_NOOP("Command", "%1 against %2, by outcome: %3"))
                      .arg(nameOf(*group.runs[pair.first]), nameOf(*group.runs[pair.second]), parts.join(QStringLiteral(", "))));
    }
}

void printGroup(const AccuracyGroup &group)
{
    print(say(QT_TRANSLATE_NOOP("Command", "Suite %1")).arg(toQString(group.suite)));
    if (group.by == JoinBy::PairKey)
        print(say(QT_TRANSLATE_NOOP("Command", "Items are paired by what was asked; only those that both answered are compared.")));
    printRuns(group);
    printSamples(group);
    print({});
    printPairs(group);
    printGaps(group);
    for (const AccuracyPair &pair : group.pairs) {
        for (const CardDifference &card : pair.cards)
            if (card.weight != CardWeight::Notes)
                print(QStringLiteral("! %1: %2").arg(nameOf(*group.runs[pair.first]), toQString(card.sentence)));
    }
    print({});
}

} // namespace

int runAccuracy(const QStringList &arguments)
{
    Arguments options("accuracy",
                      say(QT_TRANSLATE_NOOP("Command", "Compares evaluations item by item, whichever tools made them: rates, paired tests, flips, what the gap is made of, and "
                                                       "whether each is as good as the first. RUN is an id, its beginning, a run that was exported as JSON, or a file or "
                                                       "folder of another tool's results.")),
                      QStringLiteral("RUN..."));
    options.addOption(QStringLiteral("margin"), QStringLiteral("points"),
                      say(QT_TRANSLATE_NOOP("Command", "The loss in percentage points that is acceptable, said before looking.")), QString::number(kDefaultMargin * 100));
    options.addOption(QStringLiteral("metric"), QStringLiteral("name"),
                      say(QT_TRANSLATE_NOOP("Command", "Which of the tool's figures says what is right, where it gives several.")));
    options.addOption(QStringLiteral("report"), QStringLiteral("file"),
                      say(QT_TRANSLATE_NOOP("Command", "Writes a report: .pdf, .html, .md, .csv or .json; may be given several times.")));
    options.addFlag(QStringLiteral("every-pair"), say(QT_TRANSLATE_NOOP("Command", "Every run against every one before it, not only against the first.")));
    if (!options.parse(arguments, 1, 64))
        return options.exitCode();
    const auto margin = options.real(QStringLiteral("margin"), [](double value) { return value >= 0 && value <= 100; }, say(QT_TRANSLATE_NOOP("Command", "a number from 0 to 100")));
    if (!margin)
        return fail(margin.error(), options.json());
    const QStringList reports = options.values(QStringLiteral("report"));
    for (const QString &file : reports) {
        if (auto writable = checkReportFile(file); !writable)
            return fail(writable.error(), options.json());
    }
    NamedEvaluations named;
    for (const QString &name : options.subjects()) {
        if (auto added = named.add(name, {options.value(QStringLiteral("metric")).toStdString(), {}}); !added)
            return fail(added.error(), options.json());
    }
    noteProblems(named.problems, named.problemCount);
    const AccuracyComparison comparison = compareAccuracy(named.runs, *margin / 100, options.isSet(QStringLiteral("every-pair")), qtTranslate());
    Comparison drawn = comparisonOf(named.runs);
    drawn.margin = *margin / 100;
    if (auto written = writeReports(drawn, reports); !written)
        return fail(written.error(), options.json());
    if (options.json()) {
        printJson(toJson(comparison));
        return 0;
    }
    for (const AccuracyGroup &group : comparison.groups)
        printGroup(group);
    for (const auto &run : comparison.alone)
        print(say(QT_TRANSLATE_NOOP("Command", "%1 on %2: no other run here answered these questions.")).arg(nameOf(*run), toQString(run->protocol.suite)));
    return 0;
}

} // namespace assay
