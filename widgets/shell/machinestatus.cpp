// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/machinestatus.h"

#include "core/base/units.h"
#include "core/service/translation.h"

#include <QFile>
#include <QStringList>
#include <QSysInfo>
#include <QThread>

namespace assay {
namespace {

constexpr int kRefreshMilliseconds = 2000;

QByteArray readSmall(const char *name)
{
    QFile file(QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? file.read(4096) : QByteArray();
}

} // namespace

std::optional<uint64_t> availableMemory()
{
    const QList<QByteArray> lines = readSmall("/proc/meminfo").split('\n');
    for (const QByteArray &line : lines) {
        if (!line.startsWith("MemAvailable:"))
            continue;
        bool whole = false;
        const qulonglong kibibytes = line.mid(13).simplified().split(' ').value(0).toULongLong(&whole);
        return whole ? std::optional<uint64_t>(kibibytes * 1024) : std::nullopt;
    }
    return {};
}

std::optional<double> loadAverage()
{
    bool number = false;
    const double load = readSmall("/proc/loadavg").split(' ').value(0).toDouble(&number);
    return number ? std::optional(load) : std::nullopt;
}

MachineStatus::MachineStatus(QWidget *parent) : QLabel(parent)
{
    setContentsMargins(6, 0, 6, 0);
    setToolTip(tr(
        "This machine: name, threads, memory that programs can still take, load average of the last minute. "
        "Other work on the machine spoils measurements."));
    m_timer.setInterval(kRefreshMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &MachineStatus::refresh);
    m_timer.start();
    refresh();
}

void MachineStatus::refresh()
{
    QStringList parts{QSysInfo::machineHostName(), filled(tr("%1 {1:thread|threads}"), {QString::number(QThread::idealThreadCount())})};
    if (const std::optional<uint64_t> memory = availableMemory())
        parts << tr("%1 free").arg(toQString(formatBytes(double(*memory))));
    if (const std::optional<double> load = loadAverage())
        parts << tr("load %1").arg(*load, 0, 'f', 2);
    setText(parts.join(QStringLiteral(" \u00b7 ")));
    setAccessibleName(text());
}

} // namespace assay
