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
#include <QtEndian>
#include <QtTest>
#include <limits>

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

/// A safetensors file of float32 tensors, written here from the format's description.
void writeFloats(const QString &path, const QList<std::tuple<QByteArray, QList<int>, QList<float>>> &tensors)
{
    QJsonObject header;
    QByteArray data;
    for (const auto &[name, shape, values] : tensors) {
        const qsizetype begin = data.size();
        data.append(reinterpret_cast<const char *>(values.constData()), values.size() * qsizetype(sizeof(float)));
        QJsonArray sizes;
        for (const int size : shape)
            sizes.append(size);
        header[QString::fromUtf8(name)] = QJsonObject{{QStringLiteral("dtype"), QStringLiteral("F32")},
                                                        {QStringLiteral("shape"), sizes},
                                                        {QStringLiteral("data_offsets"), QJsonArray{begin, data.size()}}};
    }
    const QByteArray text = QJsonDocument(header).toJson(QJsonDocument::Compact);
    QByteArray length(8, '\0');
    qToLittleEndian(quint64(text.size()), length.data());
    write(path, length + text + data);
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

    void statistics()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("model.safetensors"));
        const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
        writeFloats(path, {{"a.weight", {2, 3}, {1, -2, 0, nan, infinity, 4}}, {"b.weight", {2, 3}, {7, 7, 7, 7, 7, 7}},
                           {"norm.weight", {4}, {1, 1, 1, 1}}});
        const Ran ran = runAssay({QStringLiteral("inspect"), QStringLiteral("--stats"), QStringLiteral("--json"), path});
        QCOMPARE(ran.exitCode, 0);
        const QJsonObject json = jsonOf(ran);
        QHash<QString, QJsonObject> tensors;
        for (const QJsonValue &tensor : json[QStringLiteral("tensors")].toArray())
            tensors[tensor[QStringLiteral("name")].toString()] = tensor[QStringLiteral("stats")].toObject();
        QCOMPARE(tensors.size(), 3);
        const QJsonObject a = tensors[QStringLiteral("a.weight")];
        const QHash<QString, double> wanted{{QStringLiteral("count"), 6},  {QStringLiteral("min"), -2},   {QStringLiteral("max"), 4},
                                            {QStringLiteral("mean"), 0.75}, {QStringLiteral("nan"), 1},   {QStringLiteral("inf"), 1},
                                            {QStringLiteral("zeros"), 1},   {QStringLiteral("negatives"), 1}};
        for (auto it = wanted.begin(); it != wanted.end(); ++it)
            QVERIFY2(a[it.key()].toDouble(-1e9) == it.value(), qPrintable(it.key()));
        QSet<QString> codes;
        for (const QJsonValue &finding : json[QStringLiteral("findings")].toArray())
            codes.insert(finding[QStringLiteral("code")].toString());
        QVERIFY(codes.contains(QStringLiteral("values.not_finite")) && codes.contains(QStringLiteral("values.constant")));
        QVERIFY(!codes.contains(QStringLiteral("values.equal")));

        const Ran shown = runAssay({QStringLiteral("inspect"), QStringLiteral("--stats"), path});
        QCOMPARE(shown.exitCode, 0);
        QVERIFY(shown.out.contains("values.not_finite") && shown.out.contains("deviation") && shown.out.contains("b.weight"));
        const Ran some = runAssay({QStringLiteral("inspect"), QStringLiteral("--stats"), QStringLiteral("--json"), QStringLiteral("--filter"),
                                   QStringLiteral("norm"), path});
        QCOMPARE(some.exitCode, 0);
        QCOMPARE(jsonOf(some)[QStringLiteral("tensors")].toArray().size(), 1);
        QVERIFY(!some.out.contains("values.not_finite")); // what was not looked at is not told
    }

    void soundModelsRaiseNoAlarm()
    {
        for (const char *sample : {"base", "full", "distilled"}) {
            const Ran ran = runAssay({QStringLiteral("inspect"), QStringLiteral("--stats"), QStringLiteral("--json"),
                                      QStringLiteral(ASSAY_SOURCE_DIR "/resources/samples/") + QLatin1String(sample)});
            QCOMPARE(ran.exitCode, 0);
            for (const QJsonValue &finding : jsonOf(ran)[QStringLiteral("findings")].toArray())
                QCOMPARE(finding[QStringLiteral("severity")].toString(), QStringLiteral("info"));
        }
    }

    /// Names from a stranger's file must not end lines, move the cursor or turn the direction of writing.
    void strangersNamesDoNotSteerTheTerminal()
    {
        const QTemporaryDir folder;
        writeFloats(folder.filePath(QStringLiteral("model.safetensors")), {{"a\nproblem: forged\x1b[2J\xe2\x80\xae" "b\xc2\x9b", {1}, {1}}});
        write(folder.filePath(QStringLiteral("config.json")),
              "{\"architectures\": [\"Odd\\nproblem: forged [values.equal]\\u001b]0;x\\u0007\"], \"model_type\": \"odd\\r\\u2028x\"}");
        for (const char *option : {"--tensors", "--stats"}) {
            const Ran ran = runAssay({QStringLiteral("inspect"), QString::fromLatin1(option), folder.path()});
            QCOMPARE(ran.exitCode, 0);
            QVERIFY(ran.out.contains("forged"));
            for (const QByteArray &line : ran.out.split('\n'))
                QVERIFY2(!line.startsWith("problem: forged"), line);
            for (const QChar c : QString::fromUtf8(ran.out))
                QVERIFY2(c == u'\n' || (c.unicode() >= 0x20 && (c.unicode() < 0x7F || c.unicode() > 0x9F) && c != QChar(0x202E) && c != QChar(0x2028)),
                         qPrintable(QString::number(c.unicode(), 16)));
        }
    }

    void whatIsNoModel()
    {
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("empty")));
        write(folder.filePath(QStringLiteral("readme/README.md")), "# words");
        write(folder.filePath(QStringLiteral("notes.txt")), "words");
        QVERIFY(QFile::link(folder.filePath(QStringLiteral("nothing")), folder.filePath(QStringLiteral("dangling"))));
        for (const char *ending : {"safetensors", "gguf", "bin", "onnx"}) {
            QFile zeros(folder.filePath(QStringLiteral("zeros.") + QLatin1String(ending)));
            QVERIFY(zeros.open(QIODevice::WriteOnly) && zeros.resize(100'000'000));
        }
        const QList<std::pair<const char *, int>> wanted{
            {"missing", 74},     {"dangling", 74},      {"empty", 65},    {"readme", 65},    {"notes.txt", 65},
            {"zeros.gguf", 65}, {"zeros.safetensors", 65}, {"zeros.bin", 65}, {"zeros.onnx", 65}};
        for (const auto &[name, code] : wanted) {
            const Ran ran = runAssay({QStringLiteral("inspect"), folder.filePath(QLatin1String(name))});
            QVERIFY2(ran.exitCode == code, qPrintable(QLatin1String(name) + QStringLiteral(": ") + QString::number(ran.exitCode)));
            QVERIFY2(ran.out.isEmpty() && ran.err.startsWith("assay: ") && ran.err.contains(name) && ran.err.trimmed().endsWith('.'), ran.err);
        }
        QCOMPARE(runAssay({QStringLiteral("inspect"), QStringLiteral("/dev/zero")}).exitCode, 74);
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
