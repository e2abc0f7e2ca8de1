// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/subjectnames.h"

#include <QHash>

namespace assay {
namespace {

QString tail(const QString &path, int parts)
{
    const QStringList all = path.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    return all.isEmpty() ? path : all.mid(std::max<qsizetype>(0, all.size() - parts)).join(QLatin1Char('/'));
}

} // namespace

QStringList distinctNames(const QStringList &paths)
{
    QList<int> parts(paths.size(), 1);
    for (;;) {
        QStringList names;
        QHash<QString, int> uses;
        for (qsizetype i = 0; i < paths.size(); ++i) {
            names.append(tail(paths[i], parts[i]));
            ++uses[names.back()];
        }
        bool longer = false;
        for (qsizetype i = 0; i < paths.size(); ++i) {
            if (uses[names[i]] > 1 && tail(paths[i], parts[i] + 1) != names[i]) {
                ++parts[i];
                longer = true;
            }
        }
        if (!longer)
            return names;
    }
}

} // namespace assay
