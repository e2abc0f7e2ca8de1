// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/endpoint/target.h"

#include <QObject>
#include <QString>
#include <functional>

namespace assay {

/// Where an endpoint's key is: nowhere else is one ever kept.
struct KeyPlace
{
    QString variable; ///< an environment variable; empty: the system's key store, under the endpoint's host
    bool operator==(const KeyPlace &) const = default;
};
/// Looked at when neither a variable is named nor the key store has one.
inline constexpr const char *kKeyVariable = "ASSAY_KEY";

/// The key of an environment variable. Error: KeyMissing.
Result<Secret> keyFromEnvironment(const QString &variable);

/// Under which name the key store keeps an endpoint's key: its scheme, host and port, so that no other host gets it.
QString keyNameOf(const QString &url);

/// The system's key store (Secret Service, KWallet) through QtKeychain. Asynchronous; each call ends with exactly one answer,
/// also when the store hangs: after ten seconds. Error: KeyStoreUnusable.
class KeyStore : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    void read(const QString &url, std::function<void(Result<Secret>)> done); ///< an empty one: there is none
    void write(const QString &url, const Secret &key, std::function<void(Result<void>)> done);
    void remove(const QString &url, std::function<void(Result<void>)> done);
};

/// Asks for a key without waiting. done is called once, in the context's thread, unless the context has gone by then.
using KeyAsker = std::function<void(QObject *context, std::function<void(Result<Secret>)> done)>;
/// Asks the key store for this endpoint's key, then ASSAY_KEY; empty when there is none. Error: KeyStoreUnusable, where
/// ASSAY_KEY holds none either.
KeyAsker storedKey(const QString &url);

QString askingText(); ///< what is said meanwhile: "asking the key store…"

/// The key for this endpoint: of the named variable, else of the key store, else of ASSAY_KEY; empty when there is none. A key
/// store that cannot be used is an error only where nothing else has a key and `storeMatters`. Waits in an event loop.
Result<Secret> findKey(const QString &url, const KeyPlace &place, bool storeMatters = false);

} // namespace assay
