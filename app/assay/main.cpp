// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "core/service/languages.h"

#include <QApplication>
#include <QCoreApplication>
#include <QFileInfo>
#include <algorithm>
#include <memory>

namespace assay {

const std::vector<Command> &commands()
{
    static const std::vector<Command> kCommands{
        {"demo", QT_TRANSLATE_NOOP("Command", "open the sample family, measure it, write the report"), true, runDemo},
        {"inspect", QT_TRANSLATE_NOOP("Command", "facts and findings of a model"), false, runInspect},
        {"tokenize", QT_TRANSLATE_NOOP("Command", "text to tokens and back"), false, runTokenize},
        {"logits", QT_TRANSLATE_NOOP("Command", "logits at every position, as a file"), false, runLogits},
        {"generate", QT_TRANSLATE_NOOP("Command", "continue a prompt"), false, runGenerate},
        {"bench", QT_TRANSLATE_NOOP("Command", "load time, latency, throughput, memory"), false, runBench},
        {"evaluate", QT_TRANSLATE_NOOP("Command", "accuracy on a suite"), false, runEvaluate},
        {"compare", QT_TRANSLATE_NOOP("Command", "measure what is missing, put side by side, write reports"), true, runCompare},
    };
    return kCommands;
}

} // namespace assay

namespace {

using namespace assay;

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

/// Only the window needs a display; everything else paints, at most, into files.
std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv, const Command *command)
{
    const bool demoWindow = command && command->run == runDemo && !has(argc, argv, "--out") && !has(argc, argv, "--help");
    const bool window = (!command && !has(argc, argv, "--help") && !has(argc, argv, "--version")) || demoWindow;
    if (window)
        return std::make_unique<QApplication>(argc, argv);
    if (command && command->paints) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        return std::make_unique<QApplication>(argc, argv);
    }
    return std::make_unique<QCoreApplication>(argc, argv);
}

/// What follows the program's name is either options for all, or paths to open.
int runWithoutCommand(const QStringList &arguments)
{
    if (arguments.contains(QStringLiteral("--help"))) {
        printUsage();
        return 0;
    }
    if (arguments.contains(QStringLiteral("--version"))) {
        print(QStringLiteral("assay " ASSAY_VERSION));
        return 0;
    }
    QStringList paths = arguments;
    paths.removeAll(QStringLiteral("--exit-after-paint"));
    for (const QString &argument : paths) {
        if (argument.startsWith(u'-') || !QFileInfo::exists(argument))
            return failUsage(QCoreApplication::translate("Command", "There is no command or file %1").arg(argument));
    }
    return runWindow(paths, false);
}

} // namespace

int main(int argc, char **argv)
{
    const Command *command = argc > 1 ? commandNamed(argv[1]) : nullptr;
    const auto application = makeApplication(argc, argv, command);
    QCoreApplication::setApplicationName(QStringLiteral("assay"));
    QCoreApplication::setOrganizationName(QStringLiteral("Assay"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ASSAY_VERSION));
    installLanguage({});
    QStringList arguments = QCoreApplication::arguments().mid(1);
    if (!command)
        return runWithoutCommand(arguments);
    arguments.removeFirst();
    return command->run(arguments);
}
