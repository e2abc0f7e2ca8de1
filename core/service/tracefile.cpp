// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/tracefile.h"

#include "core/bench/schedule.h"

#include <QFile>

namespace assay {

Result<std::vector<double>> readTrace(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::FileUnreadable, {path.toStdString(), file.errorString().toStdString()});
    const QByteArray text = file.read(qint64(kMostTraceBytes) + 1);
    return parseTrace({text.data(), size_t(text.size())});
}

} // namespace assay
