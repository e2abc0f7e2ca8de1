// SPDX-License-Identifier: GPL-3.0-or-later
// The end of a program while work is under way: no crash, no word, nothing left (which sanitizers tell on stderr).
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

class TestEnding : public QObject
{
    Q_OBJECT
private slots:
    /// Many tensors, so that opening takes a while; the last one large (a hole, no disk), so that reading does.
    void initTestCase()
    {
        constexpr int kSmall = 3'000;
        constexpr qint64 kRows = 1 << 16, kColumns = 1 << 13;
        QByteArray header = "{";
        for (int i = 0; i < kSmall; ++i)
            header += QStringLiteral(R"("model.layers.%1.mlp.experts.%2.w%3.weight":{"dtype":"BF16","shape":[1,1],"data_offsets":[%4,%5]},)")
                          .arg(i / 768).arg(i / 3 % 256).arg(i % 3).arg(2 * i).arg(2 * i + 2).toLatin1();
        header += QStringLiteral(R"("model.embed_tokens.weight":{"dtype":"BF16","shape":[%1,%2],"data_offsets":[%3,%4]}})")
                      .arg(kRows).arg(kColumns).arg(2 * kSmall).arg(2 * kSmall + 2 * kRows * kColumns).toLatin1();
        header.resize((header.size() + 7) / 8 * 8, ' ');
        const quint64 length = qToLittleEndian(quint64(header.size()));
        QFile file(m_model.filePath(QStringLiteral("model.safetensors")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(reinterpret_cast<const char *>(&length), sizeof length);
        file.write(header);
        QVERIFY(file.resize(qint64(sizeof length) + header.size() + 2 * kSmall + 2 * kRows * kColumns));
    }

    void endsInTheMiddle_data()
    {
        QTest::addColumn<QByteArray>("said");
        for (const char *work : {"opening", "keeping", "statistics", "hashes", "picture", "worker", "process"})
            QTest::newRow(work) << QByteArray();
        QTest::newRow("background") << QByteArray("9b2153df\n");
    }
    void endsInTheMiddle()
    {
        QFETCH(const QByteArray, said);
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8")); // else Qt remarks on it
        program.setProcessEnvironment(environment);
        program.start(QStringLiteral(ASSAY_BINARY_DIR "/tests/endprogram"),
                      {QString::fromLatin1(QTest::currentDataTag()), m_model.path(),
                       QStringLiteral(ASSAY_BINARY_DIR "/tests/fakeworker")});
        QVERIFY(program.waitForFinished(-1));
        QCOMPARE(program.readAllStandardError(), QByteArray());
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(program.readAllStandardOutput(), said);
    }

private:
    QTemporaryDir m_model;
};

QTEST_GUILESS_MAIN(TestEnding)
#include "tst_ending.moc"
