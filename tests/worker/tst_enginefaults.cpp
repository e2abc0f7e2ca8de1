// SPDX-License-Identifier: GPL-3.0-or-later
// What throws while the engine works, libtorch or a caller's own function, comes out of its interface as an error.
#include "syntheticmodel.h"

#include <QProcess>
#include <QtTest>

class TestEngineFaults : public QObject
{
    Q_OBJECT
private slots:
    void exceptionsAreErrors()
    {
        const QTemporaryDir folder;
        nlohmann::json config = synthetic::llama(2, 64, 64);
        config["max_position_embeddings"] = 64;
        QVERIFY(synthetic::writeCounter(folder.path().toStdString(), config));
        QProcess process;
        process.start(QStringLiteral(ASSAY_BINARY_DIR "/tests/faultyengine"), {folder.path()});
        QVERIFY(process.waitForFinished(-1));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
        const QStringList lines = QString::fromUtf8(process.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
        const QString failed = QString::fromLatin1(definitionOf(assay::ErrorCode::EngineFailed).id) + QStringLiteral(" | ");
        QCOMPARE(lines.size(), 10);
        QCOMPARE(lines[0], QStringLiteral("load: ") + failed + QStringLiteral("nobody listens"));
        QCOMPARE(lines[1], QStringLiteral("load again: ok"));
        // Its first line, without libtorch's stack trace.
        QCOMPARE(lines[2], QStringLiteral("libtorch: ") + failed + QStringLiteral("sizes do not fit"));
        QVERIFY2(lines[3].startsWith(QStringLiteral("memory: engine.not_enough_memory | ")), qPrintable(lines[3]));
        QCOMPARE(lines[4], QStringLiteral("rows: ") + failed + QStringLiteral("no room for rows"));
        // And the engine goes on: after a token this model says the next one.
        QCOMPARE(lines.mid(5), QStringLiteral("generate: ok,token 4,token 5,token 6,token 7").split(u','));
    }
};

QTEST_APPLESS_MAIN(TestEngineFaults)
#include "tst_enginefaults.moc"
