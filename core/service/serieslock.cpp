// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/serieslock.h"

#include "core/base/hash.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace assay {
namespace {

/// Ids come from a file that anybody may have written: none becomes a path.
QString lockOf(const QString &storeFile, const std::string &series)
{
    return QFileInfo(storeFile).absolutePath() + QStringLiteral("/series-%1.lock").arg(QString::fromStdString(sha256(series).substr(0, 16)));
}

} // namespace

SeriesLock::SeriesLock(const QString &file) : m_file(file)
{
    m_file.setStaleLockTime(0); // sessions may be days apart: only the end of the process counts
}

Result<std::unique_ptr<SeriesLock>> SeriesLock::take(const QString &storeFile, const std::string &series)
{
    if (storeFile.isEmpty())
        return nullptr;
    std::unique_ptr<SeriesLock> lock(new SeriesLock(lockOf(storeFile, series)));
    if (lock->m_file.tryLock())
        return lock;
    if (lock->m_file.error() != QLockFile::LockFailedError)
        return nullptr;
    qint64 process = 0;
    QString host, program;
    lock->m_file.getLockInfo(&process, &host, &program);
    return tl::unexpected<Error>(measuredElsewhere(process));
}

Result<void> SeriesLock::look(const QString &storeFile, const std::string &series)
{
    return take(storeFile, series).map([](const std::unique_ptr<SeriesLock> &) {});
}

Error measuredElsewhere(qint64 process)
{
    const QString sentence = process > 0 ? QCoreApplication::translate("Service", "another process (%1) is measuring this and goes on by itself: there is nothing to resume").arg(process)
                                         : QCoreApplication::translate("Service", "another process is measuring this and goes on by itself: there is nothing to resume");
    return Error{ErrorCode::BadUsage, {sentence.toStdString()}, {}};
}

} // namespace assay
