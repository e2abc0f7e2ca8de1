// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/processowner.h"

#include <QCoreApplication>
#include <QFile>
#include <QStringList>

namespace assay {
namespace {

QByteArray contentsOf(const QString &file)
{
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? opened.readAll().trimmed() : QByteArray();
}

/// "NUMBER:START:MACHINE'S START"; empty when there is no such process. Field 22 of /proc/PID/stat is the start (proc(5)); what
/// stands before the last ")" is the program's name, which may hold anything.
std::string nameOf(qint64 process)
{
    const QByteArray stat = contentsOf(QStringLiteral("/proc/%1/stat").arg(process));
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    constexpr qsizetype kState = 0, kStart = 19; // fields 3 and 22
    if (fields.size() <= kStart || fields[kState] == "Z")
        return {};
    const QByteArray boot = contentsOf(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    return (QByteArray::number(process) + ':' + fields[kStart] + ':' + boot).toStdString();
}

} // namespace

const std::string &thisProcess()
{
    static const std::string name = nameOf(QCoreApplication::applicationPid());
    return name;
}

bool isAlive(const std::string &process)
{
    bool valid = false;
    const qint64 number = QString::fromStdString(process).section(u':', 0, 0).toLongLong(&valid);
    return valid && number > 0 && nameOf(number) == process;
}

} // namespace assay
