// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/fetchtext.h"

#include "core/base/units.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <QUrl>
#include <cmath>

namespace assay {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Fetch", text);
}

/// A file's name; never the query of its address, which may hold a key.
QString nameOf(const std::string &address)
{
    const QUrl url(toQString(address));
    const QString name = url.fileName();
    const bool list = name.isEmpty() || url.path().startsWith(QLatin1String("/api/"));
    return list ? say(QT_TRANSLATE_NOOP("Fetch", "the list of files")) : name;
}

} // namespace

QString fetchedText(const Fetched &fetched)
{
    const QString bytes = toQString(formatBytes(double(fetched.bytes)));
    if (fetched.repeated == 0)
        return filled(say(QT_TRANSLATE_NOOP("Fetch", "%1 fetched in %2 {2:request|requests}")), {bytes, QString::number(fetched.requests)});
    return filled(say(QT_TRANSLATE_NOOP("Fetch", "%1 fetched in %2 {2:request|requests}, %3 of them repeated")),
                  {bytes, QString::number(fetched.requests), QString::number(fetched.repeated)});
}

QString fetchingText(const FetchStatus &status)
{
    if (status.pauseSeconds > 0)
        return say(QT_TRANSLATE_NOOP("Fetch", "The server is busy or hung up: it is asked again in %1 s")).arg(std::ceil(status.pauseSeconds));
    if (status.reading.empty())
        return say(QT_TRANSLATE_NOOP("Fetch", "Reading what has come"));
    const QString name = nameOf(status.reading);
    return status.left > 1 ? say(QT_TRANSLATE_NOOP("Fetch", "Reading %1, %2 more to come")).arg(name).arg(status.left - 1)
                           : say(QT_TRANSLATE_NOOP("Fetch", "Reading %1")).arg(name);
}

} // namespace assay
