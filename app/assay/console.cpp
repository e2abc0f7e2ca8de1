// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/console.h"

#include "core/service/translation.h"

#include <cstdio>
#include <nlohmann/json.hpp>
#include <sys/ioctl.h>
#include <unistd.h>

namespace assay {
namespace {

bool g_progressShown = false;

/// Whether a terminal would obey the character, or show what follows elsewhere: controls (C0, DEL and C1), line ends,
/// marks that turn the direction of writing (Unicode Standard Annex 9).
bool steersTheTerminal(char16_t c)
{
    return (c < 0x20 && c != u'\t') || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F
           || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/// Names come from strangers: one that ends the line could pretend to be another finding. (JSON escapes what it must.)
QByteArray printable(QString line)
{
    for (QChar &c : line) {
        if (steersTheTerminal(c.unicode()))
            c = QChar::ReplacementCharacter;
    }
    return line.toUtf8();
}

void writeLine(std::FILE *stream, const QString &line)
{
    const QByteArray bytes = printable(line) + '\n';
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stream);
    std::fflush(stream);
}

void clearProgress()
{
    if (g_progressShown && ::isatty(STDERR_FILENO))
        std::fputs("\r\033[K", stderr);
    g_progressShown = false;
}

/// Chinese characters take two columns of a terminal.
int columnsOf(const QString &text)
{
    int columns = 0;
    for (const QChar c : text)
        columns += c.unicode() >= 0x2E80 && c.unicode() < 0xFFE7 ? 2 : 1;
    return columns;
}

/// What fits into one line of the terminal: the rest of a longer one would stay there.
QString fitting(const QString &line)
{
    winsize size{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 2 || columnsOf(line) < size.ws_col)
        return line;
    QString shorter = line;
    while (columnsOf(shorter) > size.ws_col - 2)
        shorter.chop(1);
    return shorter + QChar(0x2026);
}

} // namespace

void print(const QString &line)
{
    clearProgress();
    writeLine(stdout, line);
}

void printLines(const QString &text)
{
    for (const QString &line : text.split(u'\n'))
        print(line);
}

void printJson(const nlohmann::json &json)
{
    clearProgress();
    const std::string text = json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

void note(const QString &line)
{
    clearProgress();
    writeLine(stderr, line);
}

void progress(const QString &line)
{
    if (!::isatty(STDERR_FILENO)) {
        writeLine(stderr, line);
        return;
    }
    const QByteArray bytes = "\r\033[K" + printable(fitting(line));
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stderr);
    std::fflush(stderr);
    g_progressShown = true;
}

bool progressIsSeen()
{
    return ::isatty(STDERR_FILENO) != 0;
}

void endProgress()
{
    clearProgress();
    std::fflush(stderr);
}

nlohmann::json errorJson(const Error &error)
{
    return {{"code", definitionOf(error.code).id}, {"message", error.sentence()}, {"where", error.where}};
}

int fail(const Error &error, bool json)
{
    note(QStringLiteral("assay: ") + errorText(error));
    if (json)
        printJson({{"error", errorJson(error)}});
    return int(definitionOf(error.code).exitCode);
}

int failUsage(const QString &message, bool json)
{
    return fail(Error{ErrorCode::BadUsage, {message.toStdString()}, {}}, json);
}

int finishOutput(int exitCode)
{
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0)
        return exitCode;
    const int lost = fail(Error{ErrorCode::FileUnwritable, {"stdout", "not everything could be written"}, {}});
    return exitCode == 0 ? lost : exitCode;
}

QStringList alignedTable(const QList<QStringList> &rows, const QList<bool> &numeric)
{
    QList<int> widths;
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (i >= widths.size())
                widths.append(0);
            widths[i] = std::max(widths[i], columnsOf(row[i]));
        }
    }
    QStringList lines;
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i) {
            const QString pad(widths[i] - columnsOf(row[i]), u' ');
            const bool right = i < numeric.size() && numeric[i];
            line += (i > 0 ? QStringLiteral("  ") : QString()) + (right ? pad + row[i] : row[i] + pad);
        }
        while (line.endsWith(u' '))
            line.chop(1);
        lines << line;
    }
    return lines;
}

} // namespace assay
