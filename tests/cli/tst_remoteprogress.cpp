// SPDX-License-Identifier: GPL-3.0-or-later
// The command line over a slow server: one line that is rewritten on a terminal, nothing of it elsewhere, and Ctrl+C.
#include "tests/cli/runner.h"
#include "tests/service/testserver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <atomic>

namespace {

const QString kTerminal = QStringLiteral(ASSAY_SOURCE_DIR "/tests/cli/terminal.py");
const QString kAssay = QStringLiteral(ASSAY_BINARY_DIR "/bin/assay");
constexpr const char *kNoTerminals = "this system gives no pseudo-terminals (/dev/pts)";

/// The weights' first answer comes a byte at a time, so that there is something to tell.
/// The model lies in a folder: at its root a server is asked for an API first.
TestReply slowAnswer(TestRequest request, int milliseconds)
{
    const TestSite site{QStringLiteral(ASSAY_TEST_DATA "/models/llama-gqa"), TestSite::Listing::Python, true, {}};
    if (request.path.startsWith("/model/"))
        request.path.remove(0, 6);
    TestReply reply = site(request);
    if (request.path == "/config.json") // a short file: it is there after a second or two
        reply.dripMilliseconds = milliseconds;
    return reply;
}

} // namespace

class TestRemoteProgress : public QObject
{
    Q_OBJECT
    bool m_terminals = false;
private slots:
    void initTestCase()
    {
        const QStringList open{QStringLiteral("-c"), QStringLiteral("import pty; pty.openpty()")};
        m_terminals = runProgram(QStringLiteral("python3"), open).exitCode == 0;
    }

    void oneLineOnATerminal()
    {
        if (!m_terminals)
            QSKIP(kNoTerminals);
        TestServer server([](const TestRequest &request) { return slowAnswer(request, 2); });
        const Ran ran = runProgram(QStringLiteral("python3"), {kTerminal, kAssay, QStringLiteral("inspect"), server.url(QStringLiteral("model"))});
        QVERIFY2(ran.exitCode == 0, ran.err.constData());
        QVERIFY2(ran.err.contains("\r\033[K"), ran.err.constData());
        QVERIFY2(ran.err.contains(" fetched in ") && ran.err.contains("Reading config.json"), ran.err.constData());
        QCOMPARE(ran.err.count('\n'), 1); // only what stays: the sum
        for (const QByteArray &shown : ran.err.split('\r')) {
            const QString line = QString::fromUtf8(shown).remove(QStringLiteral("\033[K"));
            QVERIFY2(line.trimmed().size() < 60, qPrintable(line)); // else it would wrap, and stay
        }
        QVERIFY(!ran.out.contains("fetched"));
    }

    void nothingElsewhere()
    {
        TestServer server([](const TestRequest &request) { return slowAnswer(request, 2); });
        const Ran ran = runAssay({QStringLiteral("inspect"), QStringLiteral("--json"), server.url(QStringLiteral("model"))});
        QVERIFY2(ran.exitCode == 0, ran.err.constData());
        QVERIFY2(ran.err.isEmpty(), ran.err.constData());
        const QJsonObject fetched = QJsonDocument::fromJson(ran.out).object()[QStringLiteral("fetched")].toObject();
        QCOMPARE(fetched[QStringLiteral("bytes")].toInteger(), server.bytesSent());
        QCOMPARE(fetched[QStringLiteral("requests")].toInteger(), server.requests().size());
        QCOMPARE(fetched[QStringLiteral("repeated")].toInteger(), 0);
    }

    void interrupted_data()
    {
        QTest::addColumn<QString>("command");
        for (const char *command : {"inspect", "memory", "diff"})
            QTest::newRow(command) << QString::fromLatin1(command);
    }
    void interrupted()
    {
        if (!m_terminals)
            QSKIP(kNoTerminals);
        QFETCH(QString, command);
        TestServer server([](const TestRequest &request) { return slowAnswer(request, 1000); });
        QStringList arguments{kTerminal, QStringLiteral("--interrupt-at"), QStringLiteral("Reading config.json"), kAssay, command, server.url(QStringLiteral("model"))};
        if (command == QStringLiteral("diff"))
            arguments << server.url(QStringLiteral("other"));
        const Ran ran = runProgram(QStringLiteral("python3"), arguments);
        QCOMPARE(ran.exitCode, 130);
        QVERIFY2(ran.err.contains("assay: Cancelled"), ran.err.constData());
        QVERIFY(ran.out.isEmpty());
    }

    void repeatsAreSaid()
    {
        if (!m_terminals)
            QSKIP(kNoTerminals);
        std::atomic<bool> first = true;
        TestServer server([&first](const TestRequest &request) {
            if (!first.exchange(false))
                return slowAnswer(request, 0);
            TestReply reply = refused(429);
            reply.headers["Retry-After"] = "1";
            return reply;
        });
        const Ran ran = runProgram(QStringLiteral("python3"), {kTerminal, kAssay, QStringLiteral("inspect"), server.url(QStringLiteral("model"))});
        QVERIFY2(ran.exitCode == 0, ran.err.constData());
        QVERIFY2(ran.err.trimmed().endsWith(", 1 of them repeated"), ran.err.constData());
    }
};

QTEST_GUILESS_MAIN(TestRemoteProgress)
#include "tst_remoteprogress.moc"
