// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

/// What one call of the built assay gave.
struct Ran
{
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};

/// Runs build/PRESET/bin/assay in English with a data folder of its own.
Ran runAssay(const QStringList &arguments, const QByteArray &input = {}, int timeoutSeconds = 120);
/// Runs any program; exitCode -1 when it cannot be started.
Ran runProgram(const QString &program, const QStringList &arguments, const QByteArray &input = {}, int timeoutSeconds = 60);
/// tests/data/models/NAME
QString testModel(const QString &name);
