// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/target.h"

#include <QString>

namespace assay {

/// Whether a proxy can be reached so: "http://host:3128", "socks5h://host:1080", "host:3128"; empty is the environment's.
bool isProxyAddress(const QString &proxy);
/// A user or a password stands in it: such a proxy is never stored.
bool namesUser(const QString &proxy);

/// How this endpoint is reached where that is not as usual: its proxy and the certificates to trust, kept among the settings
/// under its scheme, host and port, as its key is in the key store.
Transport storedRoute(const QString &url);
/// Both empty: forgotten. A proxy that names a user is left out.
void storeRoute(const QString &url, const QString &proxy, const QString &caFile);

} // namespace assay
