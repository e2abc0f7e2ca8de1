// SPDX-License-Identifier: GPL-3.0-or-later
// Runs set against each other from the command line, as exported files: nothing has to be measured for it.
#include "core/bench/run.h"
#include "tests/cli/runner.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace assay;

namespace {

/// E2E of repetition i is 1.0 to 1.7 s, times `factor`.
BenchRun run(double factor)
{
    BenchRun out;
    out.header.id = "run";
    out.header.subject = {"/models/small", "small", "f"};
    out.header.environment.host = "here";
    out.header.environment.dtype = "f32";
    out.header.startedAt = "2026-03-03T10:00:00Z";
    out.header.state = RunState::Finished;
    for (int i = 0; i < 8; ++i) {
        MeasureSample sample;
        sample.index = i;
        sample.promptTokens = sample.outputTokens = 64;
        sample.total = factor * (1 + 0.1 * ((i * 5) % 8));
        sample.firstToken = 0.1 * sample.total;
        sample.gaps.assign(63, 0.9 * sample.total / 63);
        out.samples.push_back(sample);
    }
    return out;
}

} // namespace

class TestRunsCommand : public QObject
{
    Q_OBJECT
private slots:
    void exportedRunsAreCompared()
    {
        const QString one = write("one.json", toJson(run(1)).dump()), two = write("two.json", toJson(run(1.25)).dump());
        const Ran ran = runAssay({QStringLiteral("runs"), one, two, QStringLiteral("--json")});
        QVERIFY2(ran.exitCode == 0, ran.err.constData());
        const QJsonObject json = QJsonDocument::fromJson(ran.out).object();
        QVERIFY(json[QStringLiteral("unlike")].toArray().isEmpty());
        bool found = false;
        for (const QJsonValue row : json[QStringLiteral("differences")].toArray()) {
            if (row[QStringLiteral("metric")].toString() != QLatin1String("e2e"))
                continue;
            found = true;
            QCOMPARE(row[QStringLiteral("verdict")].toString(), QStringLiteral("worse"));
            QVERIFY(row[QStringLiteral("paired")].toBool());
            // The median of 1.0, 1.1, ... 1.7 is 1.35.
            QVERIFY(std::abs(row[QStringLiteral("difference")][QStringLiteral("value")].toDouble() - 0.25 * 1.35) < 1e-9);
            QVERIFY(std::abs(row[QStringLiteral("ratio")][QStringLiteral("value")].toDouble() - 1.25) < 1e-9);
        }
        QVERIFY(found);
        const Ran told = runAssay({QStringLiteral("runs"), one, two});
        QVERIFY2(told.out.contains("worse: longer by 25.0 % [25.0 %, 25.0 %]") && told.out.contains("paired, n = 8"), told.out.constData());
    }

    void reportsAreWritten()
    {
        const QString one = write("one.json", toJson(run(1)).dump()), two = write("two.json", toJson(run(1.25)).dump());
        for (const char *ending : {"pdf", "html", "md"}) {
            const QString file = m_folder.filePath(QStringLiteral("report.") + QLatin1String(ending));
            const Ran ran = runAssay({QStringLiteral("runs"), one, two, QStringLiteral("--report"), file});
            QVERIFY2(ran.exitCode == 0 && ran.out.contains("worse: longer by 25.0 %"), ran.err.constData());
            QFile written(file);
            QVERIFY(written.open(QIODevice::ReadOnly));
            const QByteArray text = written.readAll();
            QVERIFY2(ending == std::string("pdf") ? text.startsWith("%PDF-") : text.contains("worse: longer by 25.0 % [25.0 %, 25.0 %]"), ending);
            QVERIFY(ending != std::string("html") || (text.contains("<svg") && text.contains("Difference to small, 2026-03-03T10:00:00Z")));
        }
        QCOMPARE(runAssay({QStringLiteral("runs"), one, two, QStringLiteral("--report"), m_folder.filePath(QStringLiteral("report.doc"))}).exitCode, 64);
    }

    void wrongNamesAreUsage()
    {
        QCOMPARE(runAssay({QStringLiteral("runs")}).exitCode, 0);
        QCOMPARE(runAssay({QStringLiteral("runs"), QStringLiteral("a")}).exitCode, 64);
        const Ran unknown = runAssay({QStringLiteral("runs"), QStringLiteral("a"), QStringLiteral("b")});
        QCOMPARE(unknown.exitCode, 64);
        QVERIFY2(unknown.err.contains("a is no run's id and no file"), unknown.err.constData());
    }

    void damagedFilesAreSaid()
    {
        const QString good = write("good.json", toJson(run(1)).dump());
        for (const char *text : {"", "{\"plan\":", "[]", "{\"plan\": 3, \"header\": []}", "null"}) {
            const Ran ran = runAssay({QStringLiteral("runs"), good, write("bad.json", text)});
            QCOMPARE(ran.exitCode, 65);
            QVERIFY2(ran.err.contains("bad.json"), ran.err.constData());
        }
    }

private:
    QString write(const char *name, const std::string &text)
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(text)) != qint64(text.size()))
            return {};
        return file.fileName();
    }
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestRunsCommand)
#include "tst_runscommand.moc"
