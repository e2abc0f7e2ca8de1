// SPDX-License-Identifier: GPL-3.0-or-later
// assay monitor and assay audit: what they print, what they leave, their exit codes.
#include "core/mock/mockendpoint.h"
#include "tests/cli/runner.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

using namespace assay;

namespace {

QJsonObject jsonOf(const Ran &ran)
{
    return QJsonDocument::fromJson(ran.out).object();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write");
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestMonitorCommand : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_watch = m_folder->filePath(QStringLiteral("watch.json"));
        m_audit = m_folder->filePath(QStringLiteral("audit.jsonl"));
        MockScript script;
        script.ttft = script.gap = 0;
        script.usage = MockScript::Usage::Always;
        m_mock = std::make_unique<MockEndpoint>(script);
        QVERIFY(m_mock->start());
        QJsonObject endpoint{{"name", "seller"}, {"url", QString::fromStdString(m_mock->url()) + "/v1"}, {"model", "mock-model"}, {"checks", QJsonArray{"tokenizer"}}};
        QJsonObject probes{{"words", "some words"}};
        QJsonObject tokenizer{{"every", 60}, {"probes", probes}};
        const QJsonObject file{{"schema", "assay-watch/1"}, {"endpoints", QJsonArray{endpoint}}, {"checks", QJsonObject{{"tokenizer", tokenizer}}}};
        write(m_watch, QJsonDocument(file).toJson());
    }

    void endsWithItsCodes()
    {
        const Ran first = monitor({QStringLiteral("--once")});
        QCOMPARE(first.exitCode, 2); // it learned, and compared nothing
        QVERIFY2(first.out.contains("seller  tokenizer  learning"), first.out.constData());
        QCOMPARE(monitor({QStringLiteral("--once")}).exitCode, 0); // nothing is due
        moveBack(3600);
        const Ran same = monitor({QStringLiteral("--once"), QStringLiteral("--json")});
        QCOMPARE(same.exitCode, 0);
        QCOMPARE(jsonOf(same)[QStringLiteral("checks")].toArray()[0][QStringLiteral("outcome")].toString(), QStringLiteral("compared"));
        moveBack(3600);
        changeProbe();
        const Ran changed = monitor({QStringLiteral("--once"), QStringLiteral("--json")});
        QCOMPARE(changed.exitCode, 1);
        QVERIFY(jsonOf(changed)[QStringLiteral("checks")].toArray()[0][QStringLiteral("change")].toBool());
        m_mock->stop();
        moveBack(3600);
        const Ran down = monitor({QStringLiteral("--once")});
        QCOMPARE(down.exitCode, 2);
        QVERIFY2(down.out.contains("inconclusive"), down.out.constData());
        QCOMPARE(runAssay({QStringLiteral("audit"), QStringLiteral("verify"), m_audit}).exitCode, 0);
    }

    void endsWhenItIsAskedTo()
    {
        QProcess process;
        process.start(QStringLiteral(ASSAY_BINARY_DIR "/bin/assay"), {QStringLiteral("monitor"), m_watch});
        QTRY_VERIFY_WITH_TIMEOUT(bytesOf(m_audit).contains("\"kind\":\"baseline\""), 60'000);
        ::kill(pid_t(process.processId()), SIGTERM);
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 2); // as --once would
        const Ran past = monitor({QStringLiteral("--until"), QStringLiteral("2020-01-01T00:00:00Z")});
        QCOMPARE(past.exitCode, 0);
    }

    void beginsANewBaseline()
    {
        QCOMPARE(monitor({QStringLiteral("--once")}).exitCode, 2);
        QCOMPARE(monitor({QStringLiteral("--new-baseline")}).exitCode, 64); // why?
        QCOMPARE(monitor({QStringLiteral("--new-baseline"), QStringLiteral("--why"), QStringLiteral("x"), QStringLiteral("--check"), QStringLiteral("nothing")}).exitCode, 64);
        QCOMPARE(monitor({QStringLiteral("--new-baseline"), QStringLiteral("--why"), QStringLiteral("x"), QStringLiteral("--endpoint"), QStringLiteral("nobody")}).exitCode, 64);
        const qint64 asked = m_mock->answered();
        const Ran renewed = monitor({QStringLiteral("--new-baseline"), QStringLiteral("--why"), QStringLiteral("v2 was announced")});
        QVERIFY2(renewed.exitCode == 0 && renewed.out.contains("new baseline: a new baseline was asked for: v2 was announced"), renewed.out.constData());
        QCOMPARE(m_mock->answered(), asked); // nothing was asked
        changeProbe();
        const Ran after = monitor({QStringLiteral("--once"), QStringLiteral("--json")});
        QCOMPARE(after.exitCode, 2); // it learned anew: another count is no change
        QCOMPARE(jsonOf(after)[QStringLiteral("checks")].toArray()[0][QStringLiteral("outcome")].toString(), QStringLiteral("learning"));
        const Ran shown = runAssay({QStringLiteral("audit"), QStringLiteral("show"), m_audit});
        QVERIFY2(shown.exitCode == 0 && shown.out.contains("baseline-accepted") && shown.out.contains("v2 was announced"), shown.out.constData());
    }

    void writesReports()
    {
        QCOMPARE(monitor({QStringLiteral("--once")}).exitCode, 2);
        const qint64 asked = m_mock->answered();
        const QString text = m_folder->filePath(QStringLiteral("watch.md")), pdf = m_folder->filePath(QStringLiteral("watch.pdf"));
        const Ran told = monitor({QStringLiteral("--report"), text, QStringLiteral("--report=") + pdf});
        QVERIFY2(told.exitCode == 0, told.err.constData());
        QCOMPARE(m_mock->answered(), asked);
        QVERIFY2(bytesOf(text).contains("1 check since") && bytesOf(text).contains("is whole"), bytesOf(text).constData());
        QVERIFY(bytesOf(pdf).startsWith("%PDF"));
        QCOMPARE(monitor({QStringLiteral("--report"), QStringLiteral("watch.doc")}).exitCode, 64);
        moveBack(3600);
        const QString both = m_folder->filePath(QStringLiteral("both.json"));
        QCOMPARE(monitor({QStringLiteral("--once"), QStringLiteral("--report"), both}).exitCode, 0);
        QCOMPARE(QJsonDocument::fromJson(bytesOf(both)).object()[QStringLiteral("watch")][QStringLiteral("checks")].toArray().size(), 2);
    }

    void saysWhatIsWrong()
    {
        QCOMPARE(monitor({QStringLiteral("--until"), QStringLiteral("tomorrow")}).exitCode, 64);
        QCOMPARE(runAssay({QStringLiteral("monitor")}).exitCode, 64);
        QCOMPARE(runAssay({QStringLiteral("monitor"), QStringLiteral("/no/such/file")}).exitCode, 74);
        write(m_watch, "{\"schema\":\"assay-watch/1\",\"endpoints\":[{\"key\":\"sk-1\"}]}");
        const Ran damaged = monitor({QStringLiteral("--once")});
        QCOMPARE(damaged.exitCode, 65);
        QVERIFY2(!damaged.err.contains("sk-1"), damaged.err.constData());
    }

    void audits()
    {
        const QStringList add{QStringLiteral("audit"), QStringLiteral("add"), m_audit};
        QCOMPARE(runAssay(add).exitCode, 64);
        QCOMPARE(runAssay(add + QStringList{"--note", "all is well", "--who", "ann"}).exitCode, 0);
        QCOMPARE(runAssay(add + QStringList{"--kind", "switch", "--note", "to v2"}).exitCode, 64);
        const Ran switched = runAssay(add + QStringList{"--kind", "switch", "--note", "to v2", "--endpoint", "seller", "--from", "v1", "--to", "v2", "--why", "cheaper", "--way-back", "set MODEL=v1", "--json"});
        QCOMPARE(switched.exitCode, 0);
        QCOMPARE(jsonOf(switched)[QStringLiteral("details")][QStringLiteral("way-back")].toString(), QStringLiteral("set MODEL=v1"));
        QCOMPARE(jsonOf(switched)[QStringLiteral("details")][QStringLiteral("endpoint")].toString(), QStringLiteral("seller"));
        const Ran good = runAssay({QStringLiteral("audit"), QStringLiteral("verify"), m_audit, QStringLiteral("--json")});
        QCOMPARE(good.exitCode, 0);
        QCOMPARE(jsonOf(good)[QStringLiteral("entries")].toInt(), 3);
        const QString hash = jsonOf(good)[QStringLiteral("last")][QStringLiteral("hash")].toString();
        const Ran shown = runAssay({QStringLiteral("audit"), QStringLiteral("show"), m_audit});
        QVERIFY2(shown.exitCode == 0 && shown.out.contains("all is well") && shown.out.contains("ann"), shown.out.constData());
        QByteArray log = bytesOf(m_audit);
        write(m_audit, log.replace("all is well", "all is fine"));
        const Ran altered = runAssay({QStringLiteral("audit"), QStringLiteral("verify"), m_audit});
        QCOMPARE(altered.exitCode, 65);
        QVERIFY2(altered.err.contains("entry 1 was changed"), altered.err.constData());
        write(m_audit, log.replace("all is fine", "all is well"));
        QFile::remove(m_audit + QStringLiteral(".head"));
        QCOMPARE(runAssay({QStringLiteral("audit"), QStringLiteral("verify"), m_audit}).exitCode, 2);
        QCOMPARE(runAssay({QStringLiteral("audit"), QStringLiteral("verify"), m_audit, QStringLiteral("--expect"), QStringLiteral("2:") + hash}).exitCode, 0);
        QCOMPARE(runAssay({QStringLiteral("audit"), QStringLiteral("verify"), m_audit, QStringLiteral("--expect"), QStringLiteral("3:") + hash}).exitCode, 65);
        QCOMPARE(runAssay({QStringLiteral("audit"), QStringLiteral("burn"), m_audit}).exitCode, 64);
    }

private:
    Ran monitor(const QStringList &options) const { return runAssay(QStringList{QStringLiteral("monitor"), m_watch} + options); }
    /// Everything was made so many seconds earlier than it says: the next check is due.
    void moveBack(qint64 seconds) const
    {
        const QString path = m_folder->filePath(QStringLiteral("history.jsonl"));
        QByteArray out;
        for (const QByteArray &line : bytesOf(path).split('\n')) {
            QJsonObject object = QJsonDocument::fromJson(line).object();
            for (const char *name : {"at", "due"}) {
                if (object.contains(QLatin1String(name)))
                    object[QLatin1String(name)] = object[QLatin1String(name)].toInteger() - seconds;
            }
            if (!object.isEmpty())
                out += QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
        }
        write(path, out);
    }
    /// What is counted otherwise from now on: the same probe with more words.
    void changeProbe() const { write(m_watch, bytesOf(m_watch).replace("some words", "some more words")); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MockEndpoint> m_mock;
    QString m_watch, m_audit;
};

QTEST_GUILESS_MAIN(TestMonitorCommand)
#include "tst_monitorcommand.moc"
