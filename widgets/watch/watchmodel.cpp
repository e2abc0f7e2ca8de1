// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/watch/watchmodel.h"

#include "core/compare/identity/watchtables.h"
#include "core/identify/watch/utctime.h"
#include "core/service/translation.h"
#include "core/service/verify/watchdesk.h"
#include "widgets/common/tablecopy.h"
#include "widgets/common/theme.h"

#include <QGuiApplication>

#include <algorithm>
#include <array>

namespace assay {
namespace {

enum Column { Name, State, Last, Next, Alarms, Limits, Audit };
constexpr std::array kColumns{
    ColumnDefinition{QT_TRANSLATE_NOOP("Column", "Watch"), QT_TRANSLATE_NOOP("Column", "The watch file's name")},
    ColumnDefinition{QT_TRANSLATE_NOOP("Column", "State"), QT_TRANSLATE_NOOP("Column", "Whether this window runs its checks")},
    ColumnDefinition{QT_TRANSLATE_NOOP("Column", "Last check"), QT_TRANSLATE_NOOP("Column", "When it was made, UTC")},
    ColumnDefinition{QT_TRANSLATE_NOOP("Column", "Next check"), QT_TRANSLATE_NOOP("Column", "When it is due by the schedule, UTC")},
    ColumnDefinition{QT_TRANSLATE_NOOP("Column", "Alarms"), QT_TRANSLATE_NOOP("Column", "Changes that were found, and agreed limits that were not met"), true},
    ColumnDefinition{QT_TRANSLATE_NOOP("Column", "Limits"), QT_TRANSLATE_NOOP("Column", "Agreed limits (SLA) that are not met, of all")},
    ColumnDefinition{QT_TRANSLATE_NOOP("Column", "Audit log"), QT_TRANSLATE_NOOP("Column", "Whether its chain is whole")},
};

QString say(const char *text)
{
    return QCoreApplication::translate("assay::WatchModel", text);
}

QString limitsText(const WatchReading &reading)
{
    if (reading.compliance.empty())
        return QStringLiteral("-");
    const auto broken = std::ranges::count_if(reading.compliance, [](const SlaRow &row) { return row.breached(); });
    return broken > 0 ? say(QT_TRANSLATE_NOOP("assay::WatchModel", "%1 of %2 not met")).arg(broken).arg(reading.compliance.size()) : say(QT_TRANSLATE_NOOP("assay::WatchModel", "met"));
}

QString auditText(const WatchReading &reading)
{
    if (reading.auditError)
        return say(QT_TRANSLATE_NOOP("assay::WatchModel", "\u2717 broken"));
    return reading.audit ? say(QT_TRANSLATE_NOOP("assay::WatchModel", "\u2713 whole")) : QStringLiteral("-");
}

QString textOf(const OpenWatch &watch, int column)
{
    if (column == Name)
        return toQString(watch.name());
    if (column == State)
        return watchStateText(watch);
    if (!watch.reading)
        return QStringLiteral("-");
    const WatchReading &reading = *watch.reading;
    switch (column) {
    case Last: return reading.lastCheck() ? toQString(utcText(*reading.lastCheck())) : QStringLiteral("-");
    case Next: return !watch.runs() ? QStringLiteral("-") : reading.nextDue() ? toQString(utcText(*reading.nextDue())) : say(QT_TRANSLATE_NOOP("assay::WatchModel", "now"));
    case Alarms: return QString::number(reading.alarms());
    case Limits: return limitsText(reading);
    default: return auditText(reading);
    }
}

QString tipOf(const OpenWatch &watch, int column)
{
    if (column == Name)
        return toQString(watch.path);
    if (column == State)
        return watchStateDetail(watch);
    return column == Audit && watch.reading ? toQString(auditStateText(*watch.reading, qtTranslate())) : QString();
}

bool isBad(const OpenWatch &watch, int column)
{
    if (column == State)
        return watch.error || watch.runner->error();
    if (!watch.reading)
        return false;
    if (column == Alarms)
        return watch.reading->alarms() > 0;
    if (column == Limits)
        return std::ranges::any_of(watch.reading->compliance, [](const SlaRow &row) { return row.breached(); });
    return column == Audit && watch.reading->auditError;
}

} // namespace

QString watchStateText(const OpenWatch &watch)
{
    if (watch.error)
        return say(QT_TRANSLATE_NOOP("assay::WatchModel", "cannot be read"));
    switch (watch.state()) {
    case WatchRunner::State::Asking: return say(QT_TRANSLATE_NOOP("assay::WatchModel", "running: asking"));
    case WatchRunner::State::Waiting: return say(QT_TRANSLATE_NOOP("assay::WatchModel", "running"));
    case WatchRunner::State::Stopping: return say(QT_TRANSLATE_NOOP("assay::WatchModel", "pausing"));
    default: break;
    }
    if (watch.works)
        return say(QT_TRANSLATE_NOOP("assay::WatchModel", "being written"));
    return watch.runner->error() ? say(QT_TRANSLATE_NOOP("assay::WatchModel", "ended")) : !watch.reading ? say(QT_TRANSLATE_NOOP("assay::WatchModel", "being read"))
                                 : say(QT_TRANSLATE_NOOP("assay::WatchModel", "paused"));
}

QString watchStateDetail(const OpenWatch &watch)
{
    const auto &error = watch.error ? watch.error : watch.runner->error();
    return error ? errorText(*error) : QString();
}

WatchModel::WatchModel(WatchDesk *desk, QObject *parent) : ColumnTableModel(kColumns, parent), m_desk(desk) {}

int WatchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_desk->watches().size());
}

int WatchModel::rowOf(const std::string &path) const
{
    for (size_t row = 0; row < m_desk->watches().size(); ++row) {
        if (m_desk->watches()[row]->path == path)
            return int(row);
    }
    return -1;
}

std::string WatchModel::pathAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_desk->watches()[size_t(row)]->path : std::string();
}

void WatchModel::listChanged()
{
    beginResetModel();
    endResetModel();
}

void WatchModel::rowChanged(const std::string &path)
{
    if (const int row = rowOf(path); row >= 0)
        emit dataChanged(index(row, 0), index(row, columnCount() - 1));
}

QVariant WatchModel::cell(int row, int column, int role) const
{
    const OpenWatch &watch = *m_desk->watches()[size_t(row)];
    switch (role) {
    case Qt::DisplayRole: return textOf(watch, column);
    case Qt::ToolTipRole: return tipOf(watch, column).toHtmlEscaped();
    case kCopyRole: return column == Name ? toQString(watch.path) : textOf(watch, column);
    case Qt::ForegroundRole: return isBad(watch, column) ? QVariant(severityColor(Severity::Problem, QGuiApplication::palette())) : QVariant();
    default: return {};
    }
}

} // namespace assay
