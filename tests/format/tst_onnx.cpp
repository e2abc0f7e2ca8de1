// SPDX-License-Identifier: GPL-3.0-or-later
// ONNX files that the onnx package wrote, and messages put together by the field numbers of onnx.proto.
#include "core/format/modeldirectory.h"
#include "protowriter.h"
#include "readmodel.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace assay;
using namespace assay::test;

namespace {

constexpr int kFloat = 1, kInt4 = 22, kUint2 = 25;

/// ModelProto with this graph.
QByteArray modelOf(const QByteArray &graph, const QByteArray &more = {})
{
    return number(1, 8) + message(2, "test") + message(7, graph) + message(8, message(1, "") + number(2, 17)) + more;
}

/// TensorProto: dims, data_type, name, then what is given.
QByteArray tensorOf(const QByteArray &name, std::initializer_list<quint64> dims, int type, const QByteArray &rest)
{
    QByteArray out;
    for (const quint64 size : dims)
        out += number(1, size);
    return out + number(2, quint64(type)) + message(8, name) + rest;
}

QByteArray external(std::initializer_list<std::pair<const char *, QByteArray>> entries)
{
    QByteArray out;
    for (const auto &[key, value] : entries)
        out += entry(13, key, value);
    return out + number(14, 1);
}

} // namespace

class TestOnnx : public QObject
{
    Q_OBJECT

private:
    Folder m_folder;

    Result<ModelDirectory> opened(const QByteArray &bytes)
    {
        m_folder.put("test.onnx", bytes);
        return openModelDirectory(m_folder.path("test.onnx"));
    }

    Checkpoint read(const QByteArray &bytes) { return readAs(m_folder, "test.onnx", bytes); }

private slots:
    void filesOfTheOnnxPackage()
    {
        Folder folder;
        QProcess python;
        python.start(QStringLiteral("/usr/bin/python3"), {QStringLiteral(ASSAY_TEST_DATA "/generators/make_onnx_files.py"),
                                                          QString::fromStdString(folder.path().string())});
        if (!python.waitForFinished(-1) || python.exitCode() == 77)
            QSKIP("the onnx package (python3-onnx) is not installed: the files that it writes are not tested");
        QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
        QFile file(QString::fromStdString(folder.path("expected.json").string()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject all = QJsonDocument::fromJson(file.readAll()).object();
        for (const char *name : {"model.onnx", "external.onnx"}) {
            const auto model = openModelDirectory(folder.path(name));
            QVERIFY2(model, name);
            const Checkpoint &checkpoint = model->checkpoint;
            const QJsonObject tensors = all[QString::fromLatin1(name)].toObject();
            QVERIFY(tensors.size() == 9);
            for (auto it = tensors.begin(); it != tensors.end(); ++it) {
                const TensorRecord *tensor = checkpoint.find(it.key().toStdString());
                QVERIFY2(tensor && tensor->offset != kNoOffset, qPrintable(it.key()));
                const auto source = File::open(checkpoint.files[tensor->file].path);
                QVERIFY(source);
                const auto bytes = source->readText(tensor->offset, tensor->bytes);
                QVERIFY(bytes);
                QCOMPARE(QByteArray::fromStdString(*bytes).toHex(), it->toObject()[QStringLiteral("hex")].toString().toLatin1());
                std::vector<int64_t> shape;
                for (const QJsonValue &size : it->toObject()[QStringLiteral("shape")].toArray())
                    shape.push_back(size.toInteger());
                QVERIFY2(tensor->shape == shape, qPrintable(it.key()));
            }
            QVERIFY(checkpoint.find("inner"));
            QCOMPARE(told(checkpoint, FindingCode::TensorTwiceInFile), QByteArray()); // one in each branch
            describesItself(checkpoint);
        }
    }

    static void describesItself(const Checkpoint &checkpoint)
    {
        QCOMPARE(checkpoint.format, std::string("onnx"));
        const auto number = [&](const char *key) {
            const MetadataEntry *entry = checkpoint.findMetadata(key);
            return entry ? entry->integer() : std::nullopt;
        };
        const auto text = [&](const char *key) {
            const MetadataEntry *entry = checkpoint.findMetadata(key);
            return entry && entry->text() ? *entry->text() : std::string();
        };
        QCOMPARE(number("opset.ai.onnx"), 13);
        QCOMPARE(number("opset.com.example"), 2);
        QCOMPARE(text("producer_name"), std::string("maker"));
        QCOMPARE(text("author"), std::string("someone"));
        QCOMPARE(text("input.x"), std::string("FLOAT [batch, 3]"));
        QCOMPARE(text("output.z"), std::string("FLOAT [batch, 4]"));
        QVERIFY(!checkpoint.findMetadata("input.w")); // a mere default of an initializer
        // Two branches of the one If hold a Relu each.
        QCOMPARE(number("nodes"), 7);
        QCOMPARE(number("ops.Relu"), 3);
        QCOMPARE(number("ops.MatMul"), 1);
        QCOMPARE(number("ops.com.example.Special"), 1);
        QCOMPARE(number("constants"), 1);
    }

    void recognisedByContent()
    {
        m_folder.put("weights.of.something", modelOf(message(5, tensorOf("w", {2}, kFloat, message(9, QByteArray(8, 'a'))))));
        const auto model = openModelDirectory(m_folder.path("weights.of.something"));
        QVERIFY(model);
        QCOMPARE(model->checkpoint.format, std::string("onnx"));
        for (const Finding &finding : model->findings)
            QVERIFY(finding.code != FindingCode::ConfigMissing);
    }

    void packedTypes()
    {
        const Checkpoint checkpoint = read(modelOf(message(5, tensorOf("a", {3}, kInt4, message(9, "ab")))
                                                   + message(5, tensorOf("b", {9}, kUint2, message(9, "abc")))
                                                   + message(5, tensorOf("c", {2, 2}, 23, message(9, "ab")))
                                                   + message(5, tensorOf("d", {2}, 24, message(9, "ab")))));
        QVERIFY(checkpoint.findings.empty());
        QCOMPARE(checkpoint.find("a")->bytes, uint64_t(2));
        QCOMPARE(dtypeName(checkpoint.find("a")->dtype), "I4");
        QCOMPARE(checkpoint.find("b")->bytes, uint64_t(3));
        QCOMPARE(dtypeName(checkpoint.find("c")->dtype), "F4");
        QCOMPARE(dtypeName(checkpoint.find("d")->dtype), "F8_E8M0");
    }

    void packedDimensionsAndUnknownTypes()
    {
        const QByteArray packed = message(1, varint(2) + varint(300)) + number(2, kFloat) + message(8, "p") + message(9, QByteArray(2400, 'x'));
        const Checkpoint checkpoint = read(modelOf(message(5, packed) + message(5, tensorOf("u", {4}, 99, message(9, "abcd")))));
        QVERIFY(checkpoint.find("p")->shape == (std::vector<int64_t>{2, 300}));
        QCOMPARE(checkpoint.find("p")->bytes, uint64_t(2400));
        QCOMPARE(checkpoint.find("u")->dtypeText, std::string_view("type #99"));
        QCOMPARE(checkpoint.find("u")->bytes, uint64_t(4));
        QCOMPARE(told(checkpoint, FindingCode::UnknownDtype), QByteArray("1 tensor has the unknown dtype type #99"));
    }

    void valuesThatCannotBeReadInPlace()
    {
        const Checkpoint checkpoint = read(modelOf(message(5, tensorOf("n", {2}, 7, message(7, varint(1) + varint(300))))));
        QCOMPARE(checkpoint.find("n")->offset, kNoOffset);
        QCOMPARE(checkpoint.find("n")->bytes, uint64_t(16));
        QVERIFY(told(checkpoint, FindingCode::TensorUnreadable).contains("numbers of any length"));
    }

    void wrongSizesAreTold()
    {
        const Checkpoint checkpoint = read(modelOf(
            message(5, tensorOf("small", {4}, kFloat, message(9, "abc"))) + message(5, tensorOf("none", {4}, kFloat, {}))
            + message(5, tensorOf("huge", {quint64(1) << 40, quint64(1) << 40}, kFloat, message(9, "abcd")))
            + message(5, tensorOf("negative", {~quint64(0)}, kFloat, message(9, "abcd")))));
        QCOMPARE(told(checkpoint, FindingCode::TensorSizeWrong),
                 QByteArray("3 tensors of test.onnx take more or fewer bytes than shape and dtype ask for, for example small"));
        QCOMPARE(told(checkpoint, FindingCode::StorageMissing),
                 QByteArray("1 tensor has no storage in the file: none"));
        QCOMPARE(checkpoint.tensors.size(), size_t(4));
    }

    void externalDataStaysBesideTheModel_data()
    {
        QTest::addColumn<QByteArray>("location");
        for (const char *location : {"../secret", "a/../../secret", "/etc/passwd", "..", "C:\\x", "file://x", ""})
            QTest::newRow(location) << QByteArray(location);
    }

    void externalDataStaysBesideTheModel()
    {
        QFETCH(QByteArray, location);
        const Checkpoint checkpoint = read(modelOf(message(5, tensorOf("w", {2}, kFloat, external({{"location", location}})))));
        QCOMPARE(told(checkpoint, FindingCode::ExternalDataUnsafe),
                 "test.onnx takes weights from " + location + ", which lies outside its folder");
        QCOMPARE(checkpoint.files.size(), size_t(1));
        QCOMPARE(checkpoint.find("w")->offset, kNoOffset);
    }

    void externalDataIsHeldAgainstItsFile()
    {
        m_folder.put("w.data", QByteArray(100, 'w'));
        const Checkpoint checkpoint = read(modelOf(
            message(5, tensorOf("first", {2}, kFloat, external({{"location", "w.data"}, {"offset", "40"}, {"length", "8"}})))
            + message(5, tensorOf("open", {3}, kFloat, external({{"location", "w.data"}})))
            + message(5, tensorOf("beyond", {2}, kFloat, external({{"location", "w.data"}, {"offset", "96"}})))
            + message(5, tensorOf("far", {2}, kFloat, external({{"location", "w.data"}, {"offset", "18446744073709551615"}})))
            + message(5, tensorOf("short", {2}, kFloat, external({{"location", "w.data"}, {"length", "4"}})))
            + message(5, tensorOf("gone", {2}, kFloat, external({{"location", "gone.data"}})))
            + message(5, tensorOf("lost", {2}, kFloat, external({{"location", "gone.data"}})))));
        QCOMPARE(checkpoint.find("first")->offset, uint64_t(40));
        QCOMPARE(checkpoint.files[checkpoint.find("first")->file].name, std::string("w.data"));
        QCOMPARE(checkpoint.find("open")->offset, uint64_t(0));
        QCOMPARE(told(checkpoint, FindingCode::TensorsBeyondFile),
                 QByteArray("2 tensors reach beyond the end of w.data, for example beyond"));
        QVERIFY(told(checkpoint, FindingCode::TensorSizeWrong).endsWith("ask for: short"));
        QCOMPARE(told(checkpoint, FindingCode::ExternalDataMissing),
                 QByteArray("test.onnx names gone.data, which is not there: 2 tensors are missing"));
        QCOMPARE(checkpoint.fileBytes(), checkpoint.files[0].bytes + 100);
    }

    void largerThanProtobufAllows()
    {
        // Five sparse gigabytes of values between two tensors.
        const quint64 bytes = quint64(5) << 30;
        const QByteArray after = message(5, tensorOf("after", {1}, kFloat, message(9, "abcd")));
        const QByteArray tensor = tensorOf("large", {bytes / 4}, kFloat, varint(9 << 3 | 2) + varint(bytes));
        const QByteArray field = varint(5 << 3 | 2) + varint(quint64(tensor.size()) + bytes) + tensor;
        const QByteArray head = number(1, 8) + varint(7 << 3 | 2) + varint(quint64(field.size() + after.size()) + bytes) + field;
        m_folder.put("large.onnx", head);
        QFile file(QString::fromStdString(m_folder.path("large.onnx").string()));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.resize(qint64(quint64(head.size()) + bytes)));
        QVERIFY(file.seek(file.size()) && file.write(after) == after.size());
        file.close();
        const auto model = openModelDirectory(m_folder.path("large.onnx"));
        QVERIFY(model);
        QCOMPARE(model->checkpoint.find("large")->bytes, uint64_t(bytes));
        QCOMPARE(model->checkpoint.find("after")->offset, model->checkpoint.files[0].bytes - 4);
        QVERIFY(model->checkpoint.files[0].headerBytes < 1000);
        QVERIFY(model->checkpoint.findings.empty());
        QFile::remove(file.fileName());
    }

    void cutOffFilesShowWhatIsThere()
    {
        const QByteArray whole = modelOf(message(5, tensorOf("a", {2}, kFloat, message(9, "abcdefgh")))
                                         + message(5, tensorOf("b", {2}, kFloat, message(9, "abcdefgh"))));
        for (qsizetype bytes = 0; bytes < whole.size(); ++bytes) {
            const auto model = opened(whole.left(bytes));
            if (!model) {
                QVERIFY(model.error().code == ErrorCode::OnnxDamaged || model.error().code == ErrorCode::FormatUnknown);
                continue;
            }
            const TensorRecord *last = model->checkpoint.find("b");
            const bool complete = last && last->offset != kNoOffset;
            QVERIFY(complete || !told(model->checkpoint, FindingCode::TensorsBeyondFile).isEmpty());
        }
    }

    void damagedFilesAreErrors_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("no message") << QByteArray("\xff\xff\xff\xff\xff");
        QTest::newRow("text") << QByteArray("this is no model at all");
        QTest::newRow("field zero") << modelOf(QByteArray(1, '\0') + "abc");
        QTest::newRow("group") << modelOf(QByteArray("\x0b"));
        QTest::newRow("message beyond its parent") << modelOf(message(1, message(4, "Relu"), 50)) + QByteArray(200, 'x');
        QTest::newRow("no graph") << number(1, 8) + message(2, "test");
    }

    void damagedFilesAreErrors()
    {
        QFETCH(QByteArray, bytes);
        const auto model = opened(bytes);
        QVERIFY(!model);
        QVERIFY(model.error().code == ErrorCode::OnnxDamaged);
    }

    void deepGraphsEndAtALimit()
    {
        QByteArray graph = message(1, message(4, "Relu"));
        for (int i = 0; i < 2000; ++i)
            graph = message(1, message(5, message(6, graph)));
        const auto model = opened(modelOf(graph));
        QVERIFY(!model);
        QVERIFY(model.error().sentence().find("larger than any model needs") != std::string::npos);
    }

    void doublesAreTold()
    {
        const QByteArray tensor = message(5, tensorOf("w", {1}, kFloat, message(9, "abcd")));
        const Checkpoint checkpoint = read(modelOf(tensor + tensor, entry(14, "k", "1") + entry(14, "k", "2")));
        QCOMPARE(told(checkpoint, FindingCode::TensorTwiceInFile), QByteArray("test.onnx names the tensor w twice"));
        QCOMPARE(told(checkpoint, FindingCode::MetadataTwice), QByteArray("test.onnx gives the key k twice"));
        // Branches beside each other do not see each other's names; twice within a branch is twice.
        const auto node = [](const QByteArray &branch) { return message(1, message(5, message(6, branch))); };
        QCOMPARE(told(read(modelOf(node(tensor) + node(tensor) + tensor)), FindingCode::TensorTwiceInFile), QByteArray());
        QCOMPARE(told(read(modelOf(node(tensor) + node(tensor + tensor))), FindingCode::TensorTwiceInFile),
                 QByteArray("test.onnx names the tensor w twice"));
    }
};

QTEST_GUILESS_MAIN(TestOnnx)
#include "tst_onnx.moc"
