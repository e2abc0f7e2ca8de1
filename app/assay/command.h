// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <vector>

namespace assay {

/// One command of the command line (DESIGN.md, section 6). run gets what follows the command's name and
/// returns an exit code.
struct Command
{
    const char *name;
    const char *summary; ///< translation context "Command"
    bool paints;         ///< needs QApplication (charts, PDF); runs without a display all the same
    int (*run)(const QStringList &arguments);
};
const std::vector<Command> &commands();

int runInspect(const QStringList &arguments);
int runMemory(const QStringList &arguments);
int runDiff(const QStringList &arguments);
int runTokenize(const QStringList &arguments);
int runLogits(const QStringList &arguments);
int runGenerate(const QStringList &arguments);
int runClassify(const QStringList &arguments);
int runEmbed(const QStringList &arguments);
int runFill(const QStringList &arguments);
int runBench(const QStringList &arguments);
int runSelfTestCommand(const QStringList &arguments); ///< assay bench --self-test
int runMachines(const QStringList &arguments);
int runEvaluate(const QStringList &arguments);
int runFidelity(const QStringList &arguments);
int runImport(const QStringList &arguments);
int runAccuracy(const QStringList &arguments);
int runRescore(const QStringList &arguments);
int runSuites(const QStringList &arguments);
int runMonitor(const QStringList &arguments);
int runAudit(const QStringList &arguments);
int runReference(const QStringList &arguments);
int runCompare(const QStringList &arguments);
int runVerify(const QStringList &arguments);
int runRuns(const QStringList &arguments);
int runDemo(const QStringList &arguments);

/// Opens the window with these subjects; measures them at once when asked. Returns when it is closed.
int runWindow(const QStringList &subjects, bool measure);

} // namespace assay
