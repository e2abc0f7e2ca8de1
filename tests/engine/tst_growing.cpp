// SPDX-License-Identifier: GPL-3.0-or-later
// Models whose frequencies depend on how long a sequence is, across the length at which they change: tests/data/models-growing.
#include <QDir>
#include <QProcess>
#include <QtTest>

namespace {

const QString kConfigs = QStringLiteral(ASSAY_TEST_DATA "/models-growing");
const QString kPrograms = QStringLiteral(ASSAY_BINARY_DIR "/tests/");

/// What it wrote when it failed.
QByteArray problemOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(kPrograms + program, arguments);
    if (!process.waitForFinished(-1))
        return "it did not start";
    const bool sound = process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    return sound ? QByteArray() : process.readAllStandardError() + process.readAllStandardOutput() + "it failed";
}

} // namespace

class TestGrowing : public QObject
{
    Q_OBJECT

private slots:
    void models_data()
    {
        QTest::addColumn<QString>("model");
        for (const QString &model : QDir(kConfigs).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
            QTest::newRow(qPrintable(model)) << model;
    }

    void models()
    {
        QFETCH(QString, model);
        const QString made = kPrograms + QStringLiteral("models-growing/") + model;
        QVERIFY(QDir().mkpath(made));
        QCOMPARE(problemOf(QStringLiteral("slowmodel"), {QStringLiteral("grow"), QDir(kConfigs).filePath(model), made}), QByteArray());
        QCOMPARE(problemOf(QStringLiteral("growingcheck"), {made}), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestGrowing)
#include "tst_growing.moc"
