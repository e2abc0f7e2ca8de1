// SPDX-License-Identifier: GPL-3.0-or-later
// Where keys of endpoints come from, and what is said when they do not.
#include "core/service/keys.h"

#include <QTest>

using namespace assay;

class TestKeys : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        // A bus that is not there: the tester's own key store is neither asked nor changed.
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        qunsetenv(kKeyVariable);
    }
    void variables();
    void theStoreIsNamedByHost();
    void brokenStore();
    void keysAreShownNowhere();
};

void TestKeys::variables()
{
    qputenv("TST_KEY", " sk-abcdefgh \n");
    const auto key = keyFromEnvironment(QStringLiteral("TST_KEY"));
    QVERIFY(key);
    QCOMPARE(key->reveal(), std::string("sk-abcdefgh"));
    qunsetenv("TST_KEY");
    const auto missing = keyFromEnvironment(QStringLiteral("TST_KEY"));
    QVERIFY(!missing && missing.error().code == ErrorCode::KeyMissing);
    // A variable that was named must be there; no other key goes in its place.
    qputenv(kKeyVariable, "sk-the-usual-one");
    const auto named = findKey(QStringLiteral("http://host/v1"), KeyPlace{QStringLiteral("TST_KEY")});
    QVERIFY(!named && named.error().code == ErrorCode::KeyMissing);
    const auto usual = findKey(QStringLiteral("http://host/v1"), {});
    QVERIFY(usual && usual->reveal() == "sk-the-usual-one");
    qunsetenv(kKeyVariable);
    const auto none = findKey(QStringLiteral("http://host/v1"), {});
    QVERIFY(none && none->empty());
}

void TestKeys::theStoreIsNamedByHost()
{
    QCOMPARE(keyNameOf(QStringLiteral("https://API.example.com/v1#model")), keyNameOf(QStringLiteral("https://api.example.com/v2")));
    QVERIFY(keyNameOf(QStringLiteral("https://api.example.com")) != keyNameOf(QStringLiteral("http://api.example.com")));
    QVERIFY(keyNameOf(QStringLiteral("https://api.example.com")) != keyNameOf(QStringLiteral("https://api.example.com:8443")));
    QVERIFY(keyNameOf(QStringLiteral("https://api.example.com")) != keyNameOf(QStringLiteral("https://api.example.com.evil.org")));
}

void TestKeys::brokenStore()
{
    KeyStore store;
    std::optional<Result<void>> written;
    store.write(QStringLiteral("http://host"), Secret("sk-abcdefgh"), [&](const Result<void> &result) { written = result; });
    QTRY_VERIFY_WITH_TIMEOUT(written, 20000);
    QVERIFY(!*written && written->error().code == ErrorCode::KeyStoreUnusable);
    QVERIFY(written->error().sentence().find("sk-abcdefgh") == std::string::npos);
    // It matters only to whoever says so.
    const auto matters = findKey(QStringLiteral("http://host"), {}, true);
    QVERIFY(!matters && matters.error().code == ErrorCode::KeyStoreUnusable);
}

void TestKeys::keysAreShownNowhere()
{
    const Secret key("sk-abcdefgh");
    QCOMPARE(key.redact("401: sk-abcdefgh is not sk-abcdefgh"), std::string("401: (key) is not (key)"));
    QCOMPARE(Secret().redact("nothing"), std::string("nothing"));
}

QTEST_GUILESS_MAIN(TestKeys)
#include "tst_keys.moc"
