// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/subjectfiles.h"

#include "core/service/machines.h"
#include "core/service/remoteaddress.h"
#include "core/service/remoteplaces.h"
#include "core/service/translation.h"
#include "core/service/workerfiles.h"

#include <QDir>
#include <QFileInfo>

namespace assay {

bool isRemoteSubject(const std::string &pathOrUrl)
{
    return looksLikeAddress(pathOrUrl) || machinePlace(toQString(pathOrUrl));
}

QString subjectSpelling(const QString &path)
{
    return isRemoteSubject(path.toStdString()) ? path.trimmed() : QDir::cleanPath(QFileInfo(path).absoluteFilePath());
}

QString subjectPlace(const QString &path)
{
    const QString spelled = subjectSpelling(path);
    if (isRemoteSubject(path.toStdString()))
        return spelled;
    const QFileInfo info(path);
    if (info.isFile()) {
        // In a hub's cache files are links to blobs without a name; only the folder may be brought to one spelling.
        const QString folder = QFileInfo(info.absolutePath()).canonicalFilePath();
        return folder.isEmpty() ? spelled : folder + u'/' + info.fileName();
    }
    const QString canonical = info.canonicalFilePath();
    return canonical.isEmpty() ? spelled : canonical;
}

Result<std::shared_ptr<const FileSet>> openSubjectFiles(const std::string &pathOrUrl, std::stop_token stop,
                                                        FetchProgress progress)
{
    if (const auto there = machinePlace(toQString(pathOrUrl)))
        return openWorkerFiles(*there, pathOrUrl, stop);
    if (isRemoteSubject(pathOrUrl))
        return openRemoteFiles(pathOrUrl, std::move(stop), std::move(progress));
    return openLocalFiles(pathOrUrl);
}

} // namespace assay
