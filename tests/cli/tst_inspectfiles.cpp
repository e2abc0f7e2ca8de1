// SPDX-License-Identifier: GPL-3.0-or-later
// inspect of models in other places than a folder: checked sums, an Ollama store, addresses.
#include "tests/cli/runner.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

namespace {

QByteArray sumOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex() : QByteArray();
}

void write(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
}

QJsonObject jsonOf(const Ran &ran)
{
    return QJsonDocument::fromJson(ran.out).object();
}

} // namespace

class TestInspectFiles : public QObject
{
    Q_OBJECT
private slots:
    void sumsAreChecked()
    {
        QTemporaryDir folder;
        const QString weights = folder.filePath(QStringLiteral("model.safetensors"));
        QVERIFY(QFile::copy(testModel(QStringLiteral("llama-gqa/model.safetensors")), weights));
        QVERIFY(QFile::copy(testModel(QStringLiteral("llama-gqa/config.json")), folder.filePath(QStringLiteral("config.json"))));
        write(folder.filePath(QStringLiteral("sha256sum.txt")), sumOf(weights) + "  model.safetensors\n");
        const QStringList call{QStringLiteral("inspect"), QStringLiteral("--verify-files"), QStringLiteral("--json"), folder.path()};
        const Ran right = runAssay(call);
        QCOMPARE(right.exitCode, 0);
        QVERIFY(right.err.contains("hashes")); // progress
        QHash<QString, QString> states;
        for (const QJsonValue &file : jsonOf(right)[QStringLiteral("files")].toArray())
            states[file[QStringLiteral("name")].toString()] = file[QStringLiteral("state")].toString();
        QCOMPARE(states[QStringLiteral("model.safetensors")], QStringLiteral("right"));
        QCOMPARE(states[QStringLiteral("config.json")], QStringLiteral("nothing to compare with"));

        QFile file(weights);
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(file.size() - 1) && file.putChar('\x55'));
        file.close();
        const Ran wrong = runAssay(call);
        QCOMPARE(wrong.exitCode, 1);
        QVERIFY(wrong.out.contains("file.hash"));
        QVERIFY(runAssay({QStringLiteral("inspect"), QStringLiteral("--verify-files"), folder.path()}).out.contains("wrong"));
    }

    void anOllamaStore()
    {
        QTemporaryDir store;
        const QString model = QStringLiteral(ASSAY_TEST_DATA "/gguf/llama-tiny-q8_0.gguf");
        const QByteArray digest = sumOf(model);
        QVERIFY(QDir(store.path()).mkpath(QStringLiteral("blobs")));
        QVERIFY(QFile::copy(model, store.filePath(QStringLiteral("blobs/sha256-") + QString::fromLatin1(digest))));
        write(store.filePath(QStringLiteral("manifests/registry.example/library/tiny/q8")),
              "{\"layers\": [{\"mediaType\": \"application/vnd.ollama.image.model\", \"digest\": \"sha256:" + digest + "\"}]}");
        const Ran ran = runAssay({QStringLiteral("inspect"), QStringLiteral("--json"), store.filePath(QStringLiteral("tiny:q8"))});
        QCOMPARE(ran.exitCode, 0);
        QCOMPARE(jsonOf(ran)[QStringLiteral("name")].toString(), QStringLiteral("tiny:q8"));
        QCOMPARE(jsonOf(ran)[QStringLiteral("format")].toString(), QStringLiteral("gguf"));
    }

    void addresses()
    {
        QCOMPARE(runAssay({QStringLiteral("inspect"), QStringLiteral("ftp://host/model")}).exitCode, 64);
        const Ran nobody = runAssay({QStringLiteral("inspect"), QStringLiteral("--json"), QStringLiteral("http://127.0.0.1:1/model")});
        QCOMPARE(nobody.exitCode, 69);
        QCOMPARE(jsonOf(nobody)[QStringLiteral("error")][QStringLiteral("code")].toString(), QStringLiteral("server.unreachable"));
    }
};

QTEST_GUILESS_MAIN(TestInspectFiles)
#include "tst_inspectfiles.moc"
