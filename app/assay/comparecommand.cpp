// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/command.h"
#include "app/assay/comparereport.h"
#include "app/assay/console.h"
#include "app/assay/loadoptions.h"
#include "app/assay/measuresession.h"
#include "core/report/report.h"
#include "core/service/endpointsubject.h"
#include "core/service/keys.h"
#include "core/service/provennotes.h"
#include "core/service/resources.h"
#include "core/service/subjectplan.h"
#include "core/service/translation.h"
#include "widgets/report/exportreport.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

Result<std::vector<Role>> rolesOf(const Arguments &options)
{
    std::vector<Role> roles;
    for (const QString &name : options.value(QStringLiteral("roles")).split(u',', Qt::SkipEmptyParts)) {
        const auto role = roleFromName(name.trimmed().toStdString());
        if (!role)
            return failure(ErrorCode::BadUsage,
                           {QCoreApplication::translate("Command", "--roles knows base, full, distilled and other, not %1").arg(name).toStdString()});
        roles.push_back(*role);
    }
    if (!roles.empty() && qsizetype(roles.size()) != options.subjects().size())
        return failure(ErrorCode::BadUsage,
                       {QCoreApplication::translate("Command", "--roles needs one role for each subject").toStdString()});
    return roles;
}

/// As a rate.
Result<double> marginOf(const Arguments &options)
{
    bool read = false;
    const double points = options.value(QStringLiteral("margin")).toDouble(&read);
    if (read && points >= 0 && points <= 100)
        return points / 100;
    return failure(ErrorCode::BadUsage,
                   {QCoreApplication::translate("Command", "--margin is a number of percentage points from 0 to 100, not %1")
                        .arg(options.value(QStringLiteral("margin")))
                        .toStdString()});
}

/// Whether the run has all lengths that were asked for, under whatever load.
bool hasLengths(const BenchRun &run, const BenchPlan &plan)
{
    const std::vector<BenchPoint> there = pointsOf(run.plan), wanted = pointsOf(plan);
    return std::all_of(wanted.begin(), wanted.end(), [&](const BenchPoint &point) {
        return std::any_of(there.begin(), there.end(), [&](const BenchPoint &other) {
            return other.promptTokens == point.promptTokens && other.outputTokens == point.outputTokens && other.depth == point.depth;
        });
    });
}

/// An endpoint is measured as a model by itself is: one request after the other. Any run of it that is finished will do, since
/// `bench` puts other loads on it; only lengths that were asked for by name it must have.
Result<void> addMissingLoad(MeasureSession &session, const Subject &subject, BenchPlan plan, const Arguments &options)
{
    const SubjectRuns runs = session.library().latestRuns(subject.reference(), {false, {}}).front();
    plan = planFor(*subject.inspection, plan);
    plan.load.emplace();
    const bool named = options.isSet(QStringLiteral("prompt-tokens")) || options.isSet(QStringLiteral("output-tokens")) || options.isSet(QStringLiteral("depth"));
    const bool again = options.isSet(QStringLiteral("again"));
    if (!again && runs.bench && runs.bench->header.state == RunState::Finished && (!named || hasLengths(*runs.bench, plan)))
        return {};
    auto key = findKey(subject.path, options.keyPlace());
    if (!key)
        return tl::unexpected(key.error());
    session.addLoad(subject.reference(), targetOf(*subject.endpoint, std::move(*key)), plan);
    return {};
}

/// Measures what is asked for, or only what no run here covers yet.
void addMissing(MeasureSession &session, const BenchPlan &wanted, const std::vector<std::shared_ptr<const Suite>> &suites, bool again)
{
    for (const auto &subject : session.workspace().subjects()) {
        if (subject->endpoint)
            continue;
        const BenchPlan plan = planFor(*subject->inspection, wanted);
        const SubjectRuns runs = session.library().latestRuns(subject->reference(), {false, {plan.dtype}}).front();
        if (again || !runs.bench || runs.bench->header.state != RunState::Finished || !(runs.bench->plan == plan))
            session.addBench(*subject, plan);
        for (const auto &suite : suites) {
            const bool evaluated = std::any_of(runs.evaluations.begin(), runs.evaluations.end(), [&](const auto &run) {
                return run->header.state == RunState::Finished && run->protocol.suiteFingerprint == suite->fingerprint
                       && run->protocol.device == plan.device && run->protocol.dtype == plan.dtype;
            });
            if (checkAnswersSuite(*subject->inspection, *suite) && (again || !evaluated))
                session.addEvaluation(*subject, suite, plan.device, plan.dtype);
        }
    }
}

/// Suites that were named and that a subject is not asked here, and why.
void tellNotAsked(const MeasureSession &session, const std::vector<std::shared_ptr<const Suite>> &suites)
{
    for (const auto &subject : session.workspace().subjects()) {
        for (const auto &suite : suites) {
            const QString name = toQString(suite->name);
            if (subject->endpoint)
                note(QCoreApplication::translate("Command", "%1: %2 is not asked, since an endpoint's answers may cost money; assay evaluate asks it")
                         .arg(subject->name, name));
            else if (const auto asked = checkAnswersSuite(*subject->inspection, *suite); !asked)
                note(QCoreApplication::translate("Command", "%1: %2 is not asked. %3").arg(subject->name, name, toQString(asked.error().sentence(qtTranslate()))));
        }
    }
}

} // namespace

Result<void> writeReports(const Comparison &comparison, const QStringList &files)
{
    return writeReports(buildReport(comparison, QLocale().name().toStdString(), qtTranslate(), findNotesHere()), files);
}

void addReportOption(Arguments &options)
{
    options.addOption(QStringLiteral("report"), QStringLiteral("file"),
                      QCoreApplication::translate("Command", "Writes a report: .pdf, .html, .md, .csv or .json; may be given several times."));
}

Result<void> checkReportFiles(const Arguments &options)
{
    for (const QString &file : options.values(QStringLiteral("report"))) {
        if (auto writable = checkReportFile(file); !writable)
            return writable;
    }
    return {};
}

Result<void> writeReports(const Report &report, const QStringList &files)
{
    for (const QString &file : files) {
        if (auto written = exportReport(report, file); !written)
            return written;
        note(QCoreApplication::translate("Command", "wrote %1").arg(file));
    }
    return {};
}

namespace {

/// The charts that say how far the subjects' answers are apart, as tables.
void printAccuracy(const Comparison &comparison, const Translate &translate)
{
    if (const std::string sentence = accuracySentence(comparison, translate); !sentence.empty()) {
        print({});
        print(toQString(sentence));
    }
    for (const ChartSpec &chart : pairedAnswerCharts(comparison, translate)) {
        const ReportTable twin = tableTwin(chart, translate);
        print({});
        print(QStringLiteral("%1 (%2)").arg(toQString(chart.title), toQString(chart.subtitle)));
        QList<QStringList> rows;
        const auto add = [&rows](const std::vector<std::string> &cells) {
            QStringList row;
            for (const std::string &cell : cells)
                row << toQString(cell);
            rows.append(row);
        };
        add(twin.header);
        for (const auto &cells : twin.rows)
            add(cells);
        for (const QString &line : alignedTable(rows))
            print(QStringLiteral("  ") + line);
    }
}

} // namespace

void printComparison(const Comparison &comparison)
{
    const Translate translate = qtTranslate();
    print(toQString(headline(comparison, translate)));
    for (const std::string &warning : comparisonWarnings(comparison, translate))
        print(QStringLiteral("! ") + toQString(warning));
    QStringList header{QString()};
    for (const ComparedSubject &subject : comparison.subjects)
        header << QStringLiteral("%1 [%2]").arg(toQString(subjectTitle(subject, translate)), QString::fromLatin1(roleLetter(subject.role)));
    QList<QStringList> rows{header};
    std::string group;
    for (const ComparisonRow &row : comparisonTable(comparison, translate)) {
        if (row.group != group)
            rows.append({toQString(row.group)});
        group = row.group;
        QStringList line{QStringLiteral("  ") + toQString(row.label)};
        for (const ComparisonCell &cell : row.cells)
            line << toQString(cell.text);
        rows.append(line);
    }
    for (const QString &line : alignedTable(rows))
        print(line);
    printAccuracy(comparison, translate);
}

int runCompare(const QStringList &arguments)
{
    Arguments options("compare", QCoreApplication::translate("Command", "Measures what is missing and puts subjects side by side."),
                      QStringLiteral("SUBJECT..."));
    options.addOption(QStringLiteral("roles"), QStringLiteral("base,full,distilled"),
                      QCoreApplication::translate("Command", "What each subject stands for; guessed when left out."));
    addReportOption(options);
    options.addOption(QStringLiteral("suite"), QStringLiteral("name|file"),
                      QCoreApplication::translate("Command", "A suite for accuracy; may be given several times. all: every shipped one."), QStringLiteral("reasoning"));
    options.addOption(QStringLiteral("margin"), QStringLiteral("points"),
                      QCoreApplication::translate("Command", "The loss of accuracy in percentage points that still counts as not inferior."),
                      QString::number(kDefaultMargin * 100));
    options.addFlag(QStringLiteral("again"), QCoreApplication::translate("Command", "Measures again what has been measured here already."));
    options.addPlanOptions();
    options.addKeyOption();
    addTransportOptions(options);
    options.addModelOptions(QStringLiteral("auto"), true);
    if (!options.parse(arguments, 1, 16))
        return options.exitCode();
    auto plans = options.plans();
    auto roles = rolesOf(options);
    const auto suites = openSuites(options.values(QStringLiteral("suite")));
    const auto margin = marginOf(options);
    const auto transport = transportOf(options);
    if (!plans || !roles || !suites || !margin || !transport)
        return fail(!plans ? plans.error() : !roles ? roles.error() : !suites ? suites.error() : !margin ? margin.error() : transport.error(), options.json());
    if (const auto writable = checkReportFiles(options); !writable)
        return fail(writable.error(), options.json());
    MeasureSession session(options.worker(), storeFile());
    session.setKeyPlace(options.keyPlace());
    session.setTransport(*transport);
    if (auto opened = session.open(options.subjects(), *roles); !opened)
        return fail(opened.error(), options.json());
    if (auto sound = session.checkInputs(plans->front().inputs); !sound)
        return fail(sound.error(), options.json());
    for (const auto &subject : session.workspace().subjects()) {
        if (!subject->endpoint)
            continue;
        if (auto added = addMissingLoad(session, *subject, plans->front(), options); !added)
            return fail(added.error(), options.json());
    }
    if (options.isSet(QStringLiteral("suite")))
        tellNotAsked(session, *suites);
    DtypeChoice dtypes;
    for (const BenchPlan &plan : *plans) {
        addMissing(session, plan, *suites, options.isSet(QStringLiteral("again")));
        dtypes.asked.push_back(plan.dtype);
    }
    const auto ran = session.run();
    Comparison comparison = session.comparison(dtypes);
    comparison.margin = *margin;
    // What was measured is shown and written even when a job failed; the exit code says that it did.
    if (auto written = writeReports(comparison, options.values(QStringLiteral("report"))); !written)
        return fail(written.error(), options.json());
    if (options.json())
        printLines(toQString(reportJson(buildReport(comparison, "en", untranslated, findNotesHere()))));
    else
        printComparison(comparison);
    return ran ? 0 : fail(ran.error());
}

} // namespace assay
