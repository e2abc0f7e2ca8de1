// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/runner.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

Ran runProgram(const QString &program, const QStringList &arguments, const QByteArray &input, int timeoutSeconds)
{
    // Runs of tests must not end up among the user's, nor be found by the next test.
    static const QTemporaryDir data;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("ASSAY_DATA"), data.path());
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.insert(QStringLiteral("LANGUAGE"), QStringLiteral("en"));
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    Ran ran;
    if (!process.waitForStarted())
        return ran;
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(timeoutSeconds * 1000)) {
        process.kill();
        process.waitForFinished();
        ran.err = "timed out";
        return ran;
    }
    ran.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    ran.out = process.readAllStandardOutput();
    ran.err = process.readAllStandardError();
    return ran;
}

Ran runAssay(const QStringList &arguments, const QByteArray &input, int timeoutSeconds)
{
    return runProgram(QStringLiteral(ASSAY_BINARY_DIR "/bin/assay"), arguments, input, timeoutSeconds);
}

QString testModel(const QString &name)
{
    return QStringLiteral(ASSAY_SOURCE_DIR "/tests/data/models/") + name;
}
