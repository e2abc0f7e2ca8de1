// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/endpointroute.h"

#include "core/service/keys.h"

#include <QSettings>
#include <QStringList>
#include <QUrl>

namespace assay {
namespace {

const QStringList kSchemes{QStringLiteral("http"), QStringLiteral("https"), QStringLiteral("socks4"), QStringLiteral("socks4a"), QStringLiteral("socks5"), QStringLiteral("socks5h")};

QUrl proxyUrl(const QString &proxy)
{
    return QUrl(proxy.contains(QStringLiteral("://")) ? proxy : QStringLiteral("http://") + proxy, QUrl::StrictMode);
}

/// A URL's slashes would be groups of the settings.
QString settingOf(const QString &url)
{
    return QStringLiteral("endpointRoutes/") + QString::fromLatin1(QUrl::toPercentEncoding(keyNameOf(url)));
}

} // namespace

bool isProxyAddress(const QString &proxy)
{
    const QUrl url = proxyUrl(proxy);
    return proxy.isEmpty() || (url.isValid() && kSchemes.contains(url.scheme()) && !url.host().isEmpty());
}

bool namesUser(const QString &proxy)
{
    return proxy.contains(u'@');
}

Transport storedRoute(const QString &url)
{
    const QStringList fields = QSettings().value(settingOf(url)).toStringList();
    Transport route;
    route.proxy = fields.value(0).toStdString();
    route.caFile = fields.value(1).toStdString();
    return route;
}

void storeRoute(const QString &url, const QString &proxy, const QString &caFile)
{
    const QString kept = namesUser(proxy) ? QString() : proxy;
    if (kept.isEmpty() && caFile.isEmpty())
        QSettings().remove(settingOf(url));
    else
        QSettings().setValue(settingOf(url), QStringList{kept, caFile});
}

} // namespace assay
