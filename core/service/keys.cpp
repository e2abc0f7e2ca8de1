// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/keys.h"

#include "core/service/remoteaddress.h"

#include <QEventLoop>
#include <QTimer>
#include <memory>
#include <qt6keychain/keychain.h>

namespace assay {
namespace {

constexpr int kStoreLimit = 10'000; ///< ms: a locked store asks the user, a broken one never answers

const QString kService = QStringLiteral("Assay");

/// Runs a job of the key store; ended() is called once, with the job or, when it hangs, with null.
void start(QKeychain::Job *job, QObject *context, std::function<void(QKeychain::Job *)> ended)
{
    const auto once = std::make_shared<std::function<void(QKeychain::Job *)>>(std::move(ended));
    const auto end = [once](QKeychain::Job *finished) {
        if (auto call = std::exchange(*once, nullptr))
            call(finished);
    };
    QObject::connect(job, &QKeychain::Job::finished, context, end);
    QTimer::singleShot(kStoreLimit, context, [end] { end(nullptr); });
    job->start();
}

Error unusable(const QKeychain::Job *job)
{
    return {ErrorCode::KeyStoreUnusable, {job ? job->errorString().toStdString() : ASSAY_TEXT("Reason", "it does not answer")}, {}};
}

Result<void> outcome(const QKeychain::Job *job)
{
    if (!job || (job->error() != QKeychain::NoError && job->error() != QKeychain::EntryNotFound))
        return tl::unexpected(unusable(job));
    return {};
}

} // namespace

Result<Secret> keyFromEnvironment(const QString &variable)
{
    const QByteArray value = qgetenv(variable.toLocal8Bit().constData()).trimmed();
    if (value.isEmpty())
        return failure(ErrorCode::KeyMissing, {variable.toStdString()});
    return Secret(value.toStdString());
}

QString keyNameOf(const QString &url)
{
    return QString::fromStdString(originOf(url.toStdString()));
}

void KeyStore::read(const QString &url, std::function<void(Result<Secret>)> done)
{
    auto *job = new QKeychain::ReadPasswordJob(kService);
    job->setKey(keyNameOf(url));
    start(job, this, [job, done = std::move(done)](QKeychain::Job *ended) {
        const Result<void> read = outcome(ended);
        done(read ? Result<Secret>(Secret(job->textData().toStdString())) : tl::unexpected(read.error()));
    });
}

void KeyStore::write(const QString &url, const Secret &key, std::function<void(Result<void>)> done)
{
    auto *job = new QKeychain::WritePasswordJob(kService);
    job->setKey(keyNameOf(url));
    job->setTextData(QString::fromStdString(key.reveal()));
    start(job, this, [done = std::move(done)](QKeychain::Job *ended) { done(outcome(ended)); });
}

void KeyStore::remove(const QString &url, std::function<void(Result<void>)> done)
{
    auto *job = new QKeychain::DeletePasswordJob(kService);
    job->setKey(keyNameOf(url));
    start(job, this, [done = std::move(done)](QKeychain::Job *ended) { done(outcome(ended)); });
}

KeyAsker storedKey(const QString &url)
{
    return [url](QObject *context, std::function<void(Result<Secret>)> done) {
        auto *store = new KeyStore(context);
        store->read(url, [store, done = std::move(done)](const Result<Secret> &stored) {
            store->deleteLater();
            const bool found = stored && !stored->empty();
            const auto usual = found ? stored : keyFromEnvironment(QLatin1String(kKeyVariable));
            done(usual ? usual : stored);
        });
    };
}

QString askingText()
{
    return KeyStore::tr("asking the key store…");
}

Result<Secret> findKey(const QString &url, const KeyPlace &place, bool storeMatters)
{
    if (!place.variable.isEmpty())
        return keyFromEnvironment(place.variable);
    KeyStore store;
    QEventLoop loop;
    Result<Secret> found = Secret();
    store.read(url, [&](Result<Secret> read) {
        found = std::move(read);
        loop.quit();
    });
    loop.exec();
    if (found && !found->empty())
        return found;
    if (const auto usual = keyFromEnvironment(QLatin1String(kKeyVariable)))
        return usual;
    return found || storeMatters ? found : Secret();
}

} // namespace assay
