// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "core/service/imagefiles.h"
#include "core/service/languages.h"
#include "core/service/subjectfiles.h"
#include "widgets/common/picturereader.h"

#include <QApplication>
#include <QCoreApplication>
#include <QFileInfo>
#include <algorithm>
#include <memory>
#include <string_view>

namespace assay {

const std::vector<Command> &commands()
{
    static const std::vector<Command> kCommands{
        {"demo", QT_TRANSLATE_NOOP("Command", "open the sample family, measure it, write the report"), true, runDemo},
        {"inspect", QT_TRANSLATE_NOOP("Command", "facts and findings of a model"), false, runInspect},
        {"memory", QT_TRANSLATE_NOOP("Command", "the memory that running a model needs, and what fits a device"), false, runMemory},
        {"diff", QT_TRANSLATE_NOOP("Command", "what differs between models: config, parts, tokenizer, weights"), false, runDiff},
        {"tokenize", QT_TRANSLATE_NOOP("Command", "text to tokens and back"), false, runTokenize},
        {"logits", QT_TRANSLATE_NOOP("Command", "logits at every position, as a file"), false, runLogits},
        {"generate", QT_TRANSLATE_NOOP("Command", "continue a prompt"), false, runGenerate},
        {"classify", QT_TRANSLATE_NOOP("Command", "labels of texts with their probabilities"), false, runClassify},
        {"embed", QT_TRANSLATE_NOOP("Command", "vectors of texts"), false, runEmbed},
        {"fill", QT_TRANSLATE_NOOP("Command", "what stands in the place of masks"), false, runFill},
        {"bench", QT_TRANSLATE_NOOP("Command", "load time, latency, throughput, memory"), false, runBench},
        {"machines", QT_TRANSLATE_NOOP("Command", "where models can be measured, and what each machine can do"), false, runMachines},
        {"runs", QT_TRANSLATE_NOOP("Command", "what was measured here, and what differs between any runs"), true, runRuns},
        {"evaluate", QT_TRANSLATE_NOOP("Command", "accuracy on a suite"), false, runEvaluate},
        {"fidelity", QT_TRANSLATE_NOOP("Command", "how far a distilled, quantised or pruned model is from the full one"), false, runFidelity},
        {"reference", QT_TRANSLATE_NOOP("Command", "record what a trusted model does, to hold endpoints against it"), false, runReference},
        {"import", QT_TRANSLATE_NOOP("Command", "other tools' results into the library"), false, runImport},
        {"accuracy", QT_TRANSLATE_NOOP("Command", "evaluations compared item by item"), true, runAccuracy},
        {"rescore", QT_TRANSLATE_NOOP("Command", "judge the answers of stored evaluations again, by another scorer"), false, runRescore},
        {"suites", QT_TRANSLATE_NOOP("Command", "what can be asked: suites, their forms, generators of new ones"), false, runSuites},
        {"monitor", QT_TRANSLATE_NOOP("Command", "checks endpoints on a schedule and tells of changes"), false, runMonitor},
        {"audit", QT_TRANSLATE_NOOP("Command", "a log whose entries nobody can change without trace"), false, runAudit},
        {"verify", QT_TRANSLATE_NOOP("Command", "is it what they say it is: claims, evidence, verdict"), false, runVerify},
        {"compare", QT_TRANSLATE_NOOP("Command", "measure what is missing, put side by side, write reports"), true, runCompare},
    };
    return kCommands;
}

} // namespace assay

namespace {

using namespace assay;

/// For measuring the start (benchmarks/startup).
const QString kExitAfterPaint = QStringLiteral("--exit-after-paint");

void printUsage()
{
    print(QCoreApplication::translate("Command", "Usage: assay [command] [options]   without a command: opens the window"));
    QList<QStringList> rows;
    for (const Command &command : commands())
        rows.append({QStringLiteral("  ") + QString::fromLatin1(command.name), QCoreApplication::translate("Command", command.summary)});
    for (const QString &line : alignedTable(rows))
        print(line);
    print(QCoreApplication::translate("Command", "assay COMMAND --help says more. A path opens it in the window."));
}

const Command *commandNamed(const char *name)
{
    const auto &all = commands();
    const auto it = std::find_if(all.begin(), all.end(), [name](const Command &c) { return qstrcmp(c.name, name) == 0; });
    return it == all.end() ? nullptr : &*it;
}

bool has(int argc, char **argv, const char *option)
{
    return std::any_of(argv + 1, argv + argc, [option](const char *a) { return qstrcmp(a, option) == 0; });
}

/// --report FILE or --report=FILE.
bool writesReport(int argc, char **argv)
{
    return std::any_of(argv + 1, argv + argc, [](const char *a) { return std::string_view(a).starts_with("--report"); });
}

/// What is to be done with the arguments.
enum class Task { Command, Help, Version, Window, Wrong };

struct Start
{
    Task task = Task::Window;
    const Command *command = nullptr;
    QString wrong; ///< the argument that is neither command nor file
};

/// Decided before there is an application, because only the window needs a display.
Start startOf(int argc, char **argv)
{
    Start start;
    start.command = argc > 1 ? commandNamed(argv[1]) : nullptr;
    if (start.command) {
        const bool demoWindow = start.command->run == runDemo && !has(argc, argv, "--out") && !has(argc, argv, "--help");
        start.task = demoWindow ? Task::Window : Task::Command;
        return start;
    }
    if (has(argc, argv, "--help") || has(argc, argv, "--version")) {
        start.task = has(argc, argv, "--help") ? Task::Help : Task::Version;
        return start;
    }
    for (int i = 1; i < argc; ++i) {
        const QString argument = QString::fromLocal8Bit(argv[i]);
        if (start.task != Task::Wrong && argument != kExitAfterPaint && !QFileInfo::exists(argument)
            && !isRemoteSubject(argument.toStdString())) {
            start.task = Task::Wrong;
            start.wrong = argument;
        }
    }
    return start;
}

/// Without this Qt would abort the program, with a page of text.
bool hasDisplay()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
           || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

/// On the command line Qt's own remarks are noise between our sentences.
void quietMessages(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (type == QtCriticalMsg || type == QtFatalMsg)
        note(message);
}

/// Everything but the window paints, at most, into files.
std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv, const Start &start)
{
    if (start.task == Task::Window)
        return std::make_unique<QApplication>(argc, argv);
    qInstallMessageHandler(quietMessages);
    if (start.command && (start.command->paints || writesReport(argc, argv))) { // whose charts are painted
        qputenv("QT_QPA_PLATFORM", "offscreen");
        return std::make_unique<QApplication>(argc, argv);
    }
    return std::make_unique<QCoreApplication>(argc, argv);
}

int run(const Start &start)
{
    QStringList arguments = QCoreApplication::arguments().mid(1);
    if (start.command) {
        arguments.removeFirst();
        return start.command->run(arguments);
    }
    arguments.removeAll(kExitAfterPaint);
    switch (start.task) {
    case Task::Help: printUsage(); return 0;
    case Task::Version: print(QStringLiteral("assay " ASSAY_VERSION)); return 0;
    case Task::Wrong: return failUsage(QCoreApplication::translate("Command", "There is no command or file %1").arg(start.wrong), arguments.contains(QStringLiteral("--json")));
    default: return runWindow(arguments, false);
    }
}

} // namespace

int main(int argc, char **argv)
{
    const Start start = startOf(argc, argv);
    if (start.task == Task::Window && !hasDisplay()) {
        const QCoreApplication application(argc, argv);
        installLanguage({});
        return fail(Error{ErrorCode::NoDisplay, {}, {}});
    }
    const auto application = makeApplication(argc, argv, start);
    QCoreApplication::setApplicationName(QStringLiteral("assay"));
    QCoreApplication::setOrganizationName(QStringLiteral("Assay"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ASSAY_VERSION));
    installLanguage({});
    setPictureReader(decodePicture);
    return finishOutput(run(start));
}
