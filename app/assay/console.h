// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>
#include <QStringList>
#include <nlohmann/json_fwd.hpp>

namespace assay {

/// Results go to stdout; one line each, whatever is in it.
void print(const QString &line);
/// A text of several lines that no stranger wrote.
void printLines(const QString &text);
void printJson(const nlohmann::json &json);
/// Progress and complaints go to stderr. On a terminal a progress line replaces the one before it.
void note(const QString &line);
void progress(const QString &line);
/// Whether stderr is a terminal, for progress that is worth nothing afterwards.
bool progressIsSeen();
/// Takes the progress line away.
void endProgress();
/// {"code", "message", "where"} of an error.
nlohmann::json errorJson(const Error &error);
/// Says what went wrong on stderr (and on stdout as {"error": ...} with json) and gives its exit code.
int fail(const Error &error, bool json = false);
int failUsage(const QString &message, bool json = false);
/// The exit code of a command that has printed its results: FileUnwritable's if they did not all arrive.
int finishOutput(int exitCode);
/// Rows as aligned columns; the first row is the header. numeric: right-aligned.
QStringList alignedTable(const QList<QStringList> &rows, const QList<bool> &numeric = {});

} // namespace assay
