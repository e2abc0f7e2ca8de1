// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/resources.h"
#include "core/service/translation.h"
#include "core/service/workerclient.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

using namespace assay;

namespace {

void makeFile(const QString &path)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
}

/// A language in which every text is itself in brackets.
class Brackets : public QTranslator
{
public:
    bool isEmpty() const override { return false; }
    QString translate(const char *, const char *source, const char *, int) const override
    {
        return QStringLiteral("[%1]").arg(QLatin1String(source));
    }
};

} // namespace

class TestResources : public QObject
{
    Q_OBJECT
private slots:
    void cleanup();
    void chosenFolder();
    void sourceTreeFromTheBuildFolder();
    void storeFollowsTheEnvironment();
    void workerFollowsTheEnvironment();
    void errorsAreTranslated();
};

void TestResources::cleanup()
{
    for (const char *name : {"ASSAY_RESOURCES", "ASSAY_DATA", "ASSAY_WORKER"})
        qunsetenv(name);
}

void TestResources::chosenFolder()
{
    QTemporaryDir dir;
    makeFile(dir.filePath(QStringLiteral("suites/zebra.jsonl")));
    makeFile(dir.filePath(QStringLiteral("suites/ant.jsonl")));
    makeFile(dir.filePath(QStringLiteral("suites/readme.txt")));
    makeFile(dir.filePath(QStringLiteral("own.jsonl")));
    for (const char *name : {"full", "distilled", "base", "another"})
        makeFile(dir.filePath(QStringLiteral("samples/%1/config.json").arg(QLatin1String(name))));
    qputenv("ASSAY_RESOURCES", QFile::encodeName(dir.path()));

    QCOMPARE(suiteNames(), (QStringList{QStringLiteral("ant"), QStringLiteral("zebra")}));
    QCOMPARE(findSuite(QStringLiteral("ant")), dir.filePath(QStringLiteral("suites/ant.jsonl")));
    QCOMPARE(findSuite(dir.filePath(QStringLiteral("own.jsonl"))), dir.filePath(QStringLiteral("own.jsonl")));
    QCOMPARE(findSuite(QStringLiteral("none")), QString());
    QCOMPARE(findSuite(QStringLiteral("../own")), QString());
    QCOMPARE(findSuite(QString()), QString());
    QStringList expected;
    for (const char *name : {"base", "full", "distilled"})
        expected.append(dir.filePath(QStringLiteral("samples/") + QLatin1String(name)));
    QCOMPARE(sampleModels(), expected);
}

void TestResources::sourceTreeFromTheBuildFolder()
{
    // This program lies in a build folder of the source tree.
    if (!QCoreApplication::applicationDirPath().startsWith(QStringLiteral(ASSAY_SOURCE_DIR "/")))
        QSKIP("built outside the source tree");
    QCOMPARE(resourcePath(QStringLiteral("suites")), QStringLiteral(ASSAY_SOURCE_DIR "/resources/suites"));
}

void TestResources::storeFollowsTheEnvironment()
{
    qputenv("ASSAY_DATA", "/somewhere/else/");
    QCOMPARE(storeFile(), QStringLiteral("/somewhere/else/runs.sqlite"));
    qunsetenv("ASSAY_DATA");
    QVERIFY(storeFile().endsWith(QStringLiteral("/assay/runs.sqlite")));
}

void TestResources::workerFollowsTheEnvironment()
{
    qputenv("ASSAY_WORKER", "ssh -q host assay-worker");
    QCOMPARE(WorkerCommand::local().program, QStringLiteral("ssh"));
    // What was written, with ssh's own options between: nothing may be asked for.
    const QStringList arguments = WorkerCommand::local().arguments;
    QVERIFY(arguments.contains(QStringLiteral("-q")) && arguments.contains(QStringLiteral("BatchMode=yes")));
    QCOMPARE(arguments.last(), QStringLiteral("assay-worker"));
    QTemporaryDir dir;
    const QString spaced = dir.filePath(QStringLiteral("a worker"));
    makeFile(spaced);
    qputenv("ASSAY_WORKER", QFile::encodeName(spaced));
    QCOMPARE(WorkerCommand::local().program, spaced);
    QVERIFY(WorkerCommand::local().arguments.isEmpty());
    qunsetenv("ASSAY_WORKER");
    QVERIFY(WorkerCommand::local().program.endsWith(QStringLiteral("assay-worker")));
}

void TestResources::errorsAreTranslated()
{
    const Error error{ErrorCode::WorkerTooOld, {"0", "1"}, {}};
    QCOMPARE(errorText(error), QString::fromStdString(error.sentence()));
    Brackets brackets;
    QCoreApplication::installTranslator(&brackets);
    const QString text = errorText(error);
    QCoreApplication::removeTranslator(&brackets);
    QVERIFY2(text.startsWith(u'[') && text.contains(u'0') && text.contains(u'1') && !text.contains(u'%'),
             text.toUtf8().constData());
}

QTEST_GUILESS_MAIN(TestResources)
#include "tst_resources.moc"
