// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/command.h"
#include "app/assay/comparereport.h"
#include "app/assay/console.h"
#include "app/assay/measuresession.h"
#include "core/service/resources.h"

#include <QCoreApplication>
#include <QDir>

namespace assay {
namespace {

/// Measures the sample family and writes every kind of report into the folder.
int runHeadless(const Arguments &options, const QDir &folder)
{
    if (!folder.mkpath(QStringLiteral(".")))
        return fail(Error{ErrorCode::FileUnwritable, {folder.path().toStdString(), "the folder cannot be made"}, {}});
    const auto suites = openSuites(demoSuites());
    if (!suites)
        return fail(suites.error());
    MeasureSession session(options.worker(), folder.filePath(QStringLiteral("runs.sqlite")));
    if (auto opened = session.open(sampleModels(), {Role::Base, Role::Full, Role::Distilled}); !opened)
        return fail(opened.error());
    BenchPlan plan;
    plan.device = options.value(QStringLiteral("device")).toStdString();
    plan.dtype = options.value(QStringLiteral("dtype")).toStdString();
    for (const auto &subject : session.workspace().subjects()) {
        session.addBench(*subject, plan);
        for (const auto &suite : *suites)
            session.addEvaluation(*subject, suite, plan.device, plan.dtype);
    }
    const auto ran = session.run();
    QStringList files;
    for (const char *name : {"report.pdf", "report.json", "report.csv", "report.html", "report.md"})
        files << folder.filePath(QString::fromLatin1(name));
    const Comparison comparison = session.comparison();
    if (auto written = writeReports(comparison, files); !written)
        return fail(written.error());
    printComparison(comparison);
    return ran ? 0 : fail(ran.error());
}

} // namespace

int runDemo(const QStringList &arguments)
{
    Arguments options("demo", QCoreApplication::translate("Command", "Opens and measures the sample family: base, full and distilled."),
                      QString());
    options.addOption(QStringLiteral("out"), QStringLiteral("folder"),
                      QCoreApplication::translate("Command", "Works without a window and writes the reports into this folder."));
    options.addModelOptions(QStringLiteral("auto"));
    if (!options.parse(arguments, 0, 0))
        return options.exitCode();
    if (sampleModels().size() != 3)
        return fail(Error{ErrorCode::FileMissing, {"resources/samples"}, {}});
    if (options.isSet(QStringLiteral("out")))
        return runHeadless(options, QDir(options.value(QStringLiteral("out"))));
    return runWindow(sampleModels(), true);
}

} // namespace assay
