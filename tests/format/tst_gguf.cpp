// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/gguf.h"
#include "core/format/modeldirectory.h"
#include "tests/format/ggufwriter.h"
#include "tests/format/testfiles.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace assay;
using namespace assay::test;

namespace {

const QString kFolder = QStringLiteral(ASSAY_TEST_DATA "/gguf/");

QJsonObject factsOf(const QString &name)
{
    QFile file(kFolder + name + QStringLiteral(".facts.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

/// "ARRAY/STRING" of gguf-py as "array of string".
std::string typeName(QString type)
{
    return type.toLower().replace(QStringLiteral("array/"), QStringLiteral("array of ")).toStdString();
}

void compareValue(const MetadataEntry &entry, const QJsonObject &key)
{
    const QJsonValue value = key[QStringLiteral("value")];
    if (entry.isArray()) {
        QCOMPARE(qint64(*entry.count), key[QStringLiteral("length")].toInteger());
        const QJsonArray first = key[QStringLiteral("first")].toArray(), last = key[QStringLiteral("last")].toArray();
        for (qsizetype i = 0; i < first.size(); ++i) {
            if (entry.type == "array of string")
                QCOMPARE(QString::fromStdString(entry.texts[size_t(i)]), first[i].toString());
            else
                QCOMPARE(entry.numbers[size_t(i)], first[i].toDouble());
        }
        for (qsizetype i = 0; i < last.size() && entry.type != "array of string"; ++i)
            QCOMPARE(entry.numbers[entry.numbers.size() - size_t(last.size() - i)], last[i].toDouble());
    } else if (value.isString()) {
        QCOMPARE(QString::fromStdString(*entry.text()), value.toString());
    } else if (value.isBool()) {
        QCOMPARE(std::get<bool>(entry.value), value.toBool());
    } else {
        QCOMPARE(entry.number().value(), value.toDouble());
    }
}

Result<GgufHeader> read(const GgufWriter &writer)
{
    return readGgufHeader(writer.source());
}

bool has(const std::vector<Finding> &findings, FindingCode code)
{
    return std::any_of(findings.begin(), findings.end(), [code](const Finding &finding) { return finding.code == code; });
}

/// A small file with a key of each kind and two tensors.
GgufWriter goodFile(uint32_t version = 3, bool bigEndian = false)
{
    GgufWriter writer(version, bigEndian);
    writer.begin(2, 6).key("general.architecture", "llama").keyU32("general.alignment", 64);
    writer.key("a.float", 6).number(0.5f).key("a.negative", 11).number(int64_t(-5)).key("a.flag", 7).number(uint8_t(1));
    writer.key("a.list", 9).number(uint32_t(3)).count(2).number(int16_t(-1)).number(int16_t(300));
    writer.tensor("one", {4, 2}, 0, 0).tensor("two", {32}, 8, 64);
    return writer.data(64 + 34, 64);
}

} // namespace

class TestGguf : public QObject
{
    Q_OBJECT

private slots:
    void reference_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &file : QDir(kFolder).entryList({QStringLiteral("*.gguf")}))
            QTest::newRow(qPrintable(file)) << file.chopped(5);
    }

    /// What gguf-py's reader found in files that llama.cpp wrote.
    void reference()
    {
        QFETCH(QString, name);
        const QJsonObject facts = factsOf(name);
        const auto file = File::open((kFolder + name + QStringLiteral(".gguf")).toStdString());
        QVERIFY(file);
        const auto header = readGgufHeader(*file);
        QVERIFY2(header, header ? "" : header.error().sentence().c_str());
        QVERIFY(header->findings.empty());
        QCOMPARE(int(header->version), facts[QStringLiteral("gguf_version")].toInt());
        QCOMPARE(int(header->alignment), facts[QStringLiteral("alignment")].toInt());
        QCOMPARE(int(header->dataOffset), facts[QStringLiteral("data_offset")].toInt());
        const QJsonArray keys = facts[QStringLiteral("kv")].toArray();
        QCOMPARE(qsizetype(header->metadata.size()), keys.size());
        for (qsizetype i = 0; i < keys.size(); ++i) {
            const QJsonObject key = keys[i].toObject();
            const MetadataEntry &entry = header->metadata[size_t(i)];
            QCOMPARE(QString::fromStdString(entry.key), key[QStringLiteral("key")].toString());
            QCOMPARE(entry.type, typeName(key[QStringLiteral("type")].toString()));
            compareValue(entry, key);
        }
        const QJsonArray tensors = facts[QStringLiteral("tensors")].toArray();
        QCOMPARE(qsizetype(header->tensors.size()), tensors.size());
        for (qsizetype i = 0; i < tensors.size(); ++i) {
            const QJsonObject expected = tensors[i].toObject();
            const TensorRecord &tensor = header->tensors[size_t(i)];
            QCOMPARE(QString::fromUtf8(tensor.name.data(), qsizetype(tensor.name.size())),
                     expected[QStringLiteral("name")].toString());
            QCOMPARE(QLatin1String(dtypeName(tensor.dtype)), expected[QStringLiteral("type")].toString());
            QCOMPARE(qint64(tensor.bytes), expected[QStringLiteral("bytes")].toInteger());
            QCOMPARE(qint64(tensor.elements), expected[QStringLiteral("elements")].toInteger());
            QCOMPARE(qint64(tensor.offset), expected[QStringLiteral("offset_in_file")].toInteger());
            const QJsonArray sizes = expected[QStringLiteral("ne")].toArray();
            QCOMPARE(qsizetype(tensor.shape.size()), sizes.size());
            for (qsizetype axis = 0; axis < sizes.size(); ++axis)
                QCOMPARE(qint64(tensor.shape[tensor.shape.size() - 1 - size_t(axis)]), sizes[axis].toInteger());
        }
    }

    /// Three shards are one model: the tensors of the unsplit file, the keys of the first.
    void splitSet()
    {
        const Folder folder;
        for (const char *number : {"1", "2", "3"}) {
            const QString name = QStringLiteral("llama-tiny-f32-split-0000%1-of-00003.gguf").arg(QLatin1String(number));
            QVERIFY(QFile::copy(kFolder + name, QString::fromStdString((folder.path() / name.toStdString()).string())));
        }
        const auto model = openModelDirectory(folder.path());
        QVERIFY2(model, model ? "" : model.error().sentence().c_str());
        const Checkpoint &split = model->checkpoint;
        QCOMPARE(split.format, std::string("gguf"));
        QCOMPARE(split.files.size(), size_t(3));
        QVERIFY(split.findings.empty());
        const auto whole = File::open((kFolder + QStringLiteral("llama-tiny-f32.gguf")).toStdString());
        QVERIFY(whole);
        const auto single = readGgufHeader(*whole);
        QVERIFY(single);
        QCOMPARE(split.tensors.size(), single->tensors.size());
        for (const TensorRecord &tensor : single->tensors) {
            const TensorRecord *found = split.find(tensor.name);
            QVERIFY(found && found->shape == tensor.shape && found->bytes == tensor.bytes);
        }
        QVERIFY(split.findMetadata("llama.block_count"));
        QVERIFY(split.findMetadata("tokenizer.ggml.tokens"));
    }

    void splitSetWithoutOne()
    {
        const Folder folder;
        for (const char *number : {"1", "3"}) {
            const QString name = QStringLiteral("llama-tiny-f32-split-0000%1-of-00003.gguf").arg(QLatin1String(number));
            QVERIFY(QFile::copy(kFolder + name, QString::fromStdString((folder.path() / name.toStdString()).string())));
        }
        const auto model = openModelDirectory(folder.path());
        QVERIFY(model);
        QCOMPARE(model->checkpoint.tensors.size(), size_t(8 + 5));
        QVERIFY(!model->checkpoint.complete());
        QVERIFY(has(model->checkpoint.findings, FindingCode::SplitCountDisagrees));
        QVERIFY(has(model->checkpoint.findings, FindingCode::ShardsOfSetMissing));
    }

    /// One shard with another name: its own keys tell that it is a part.
    void shardUnderAnotherName()
    {
        const Folder folder;
        QVERIFY(QFile::copy(kFolder + QStringLiteral("llama-tiny-f32-split-00002-of-00003.gguf"),
                            QString::fromStdString(folder.path("model.gguf").string())));
        const auto model = openModelDirectory(folder.path("model.gguf"));
        QVERIFY(model);
        QVERIFY(has(model->checkpoint.findings, FindingCode::SplitCountDisagrees));
        QVERIFY(has(model->checkpoint.findings, FindingCode::MetadataType));
    }

    void damagedShard()
    {
        const Folder folder;
        folder.put("m-00001-of-00002.gguf", QByteArray::fromStdString(goodFile().bytes()));
        folder.put("m-00002-of-00002.gguf", "GGUF\3");
        const auto model = openModelDirectory(folder.path());
        QVERIFY(model);
        QCOMPARE(model->checkpoint.tensors.size(), size_t(2));
        QVERIFY(has(model->checkpoint.findings, FindingCode::ShardUnreadable));
    }

    void versionsAndByteOrders_data()
    {
        QTest::addColumn<int>("version");
        QTest::addColumn<bool>("bigEndian");
        QTest::newRow("1") << 1 << false;
        QTest::newRow("2") << 2 << false;
        QTest::newRow("3") << 3 << false;
        QTest::newRow("3, largest byte first") << 3 << true;
        QTest::newRow("1, largest byte first") << 1 << true;
    }

    void versionsAndByteOrders()
    {
        QFETCH(int, version);
        QFETCH(bool, bigEndian);
        const auto header = read(goodFile(uint32_t(version), bigEndian));
        QVERIFY2(header, header ? "" : header.error().sentence().c_str());
        QCOMPARE(int(header->version), version);
        QCOMPARE(header->bigEndian, bigEndian);
        QCOMPARE(has(header->findings, FindingCode::BigEndianFile), bigEndian);
        QCOMPARE(has(header->findings, FindingCode::OldVersion), version == 1);
        QCOMPARE(header->findings.size(), size_t(int(bigEndian) + int(version == 1)));
        QCOMPARE(*header->metadata[0].text(), std::string("llama"));
        QCOMPARE(header->metadata[2].number().value(), 0.5);
        QCOMPARE(header->metadata[3].integer().value(), int64_t(-5));
        QCOMPARE(std::get<bool>(header->metadata[4].value), true);
        QCOMPARE(header->metadata[5].numbers, (std::vector<double>{-1, 300}));
        QCOMPARE(header->metadata[5].type, std::string("array of int16"));
        QCOMPARE(header->tensors.size(), size_t(2));
        QVERIFY(header->tensors[0].shape == (std::vector<int64_t>{2, 4}));
        QCOMPARE(header->tensors[0].bytes, uint64_t(32));
        QCOMPARE(header->tensors[1].offset, header->dataOffset + 64);
        QCOMPARE(header->dataOffset % 64, uint64_t(0));
        QCOMPARE(header->tensors[1].dtype, Dtype::Q8_0);
    }

    /// Cut at every byte: an error as long as the header is not whole, then missing tensors.
    void truncated()
    {
        const std::string whole = goodFile().bytes();
        const auto header = readGgufHeader(MemorySource(whole));
        QVERIFY(header);
        size_t parsed = 0;
        for (size_t length = 0; length < whole.size(); ++length) {
            const auto cut = readGgufHeader(MemorySource(whole.substr(0, length)));
            if (cut) {
                ++parsed;
                QVERIFY(has(cut->findings, FindingCode::TensorsBeyondFile));
                QCOMPARE(cut->tensors.size(), size_t(2));
            } else {
                QVERIFY(cut.error().code == ErrorCode::GgufDamaged || cut.error().code == ErrorCode::GgufTooLarge);
                QVERIFY(length < header->dataOffset);
            }
        }
        // From the end of the header, before its padding, on.
        QVERIFY(parsed >= 64 + 34 && parsed < 64 + 34 + 64);
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const int damaged = int(ErrorCode::GgufDamaged), large = int(ErrorCode::GgufTooLarge);
        const auto row = [](const char *name, const GgufWriter &writer, int code) {
            QTest::newRow(name) << QByteArray::fromStdString(writer.bytes()) << code;
        };
        constexpr uint64_t kHuge = ~uint64_t(0);
        row("tensor count", GgufWriter().begin(kHuge, 0).data(64), large);
        row("tensor count, half of all numbers", GgufWriter().begin(uint64_t(1) << 63, 0).data(64), large);
        row("key count", GgufWriter().begin(0, kHuge).data(64), large);
        row("key count of version 1", GgufWriter(1).begin(0, 0xFFFFFFFF).data(64), large);
        row("tensors beyond any model", GgufWriter().begin(1'000'001, 0).data(25'000'000), damaged);
        row("key length", GgufWriter().begin(0, 1).number(kHuge).data(64), large);
        row("text beyond the end", GgufWriter().begin(0, 1).key("a", 8).number(uint64_t(1) << 40).data(64), large);
        row("array count", GgufWriter().begin(0, 1).key("a", 9).number(uint32_t(10)).number(kHuge / 8).data(64), large);
        row("array of texts", GgufWriter().begin(0, 1).key("a", 9).number(uint32_t(8)).number(uint64_t(1) << 32).data(64),
            large);
        row("type of a key", GgufWriter().begin(0, 1).key("a", 13).data(64), damaged);
        row("type of items", GgufWriter().begin(0, 1).key("a", 9).number(uint32_t(99)).number(uint64_t(1)).data(64), damaged);
        GgufWriter nested;
        nested.begin(0, 1).key("a", 9);
        for (int depth = 0; depth < 6; ++depth)
            nested.number(uint32_t(9)).number(uint64_t(1));
        row("nested too deeply", nested.data(64), damaged);
        row("number of axes", GgufWriter().begin(1, 0).text("t").number(uint32_t(1u << 31)).data(64), damaged);
        row("axis beyond all numbers", GgufWriter().begin(1, 0).tensor("t", {kHuge}, 0, 0).data(64), damaged);
        row("elements overflow", GgufWriter().begin(1, 0).tensor("t", {uint64_t(1) << 40, uint64_t(1) << 40}, 0, 0).data(64),
            damaged);
        row("sum of elements overflows",
            GgufWriter().begin(2, 0).tensor("t", {uint64_t(1) << 62}, 99, 0).tensor("u", {uint64_t(1) << 62}, 99, 0).data(64),
            damaged);
        row("no name", GgufWriter().begin(1, 0).tensor("", {4}, 0, 0).data(64), damaged);
        row("version 0", GgufWriter(0).begin(0, 0), damaged);
        row("version 4", GgufWriter(4).begin(0, 0), damaged);
        QTest::newRow("magic") << QByteArray("GGML\3\0\0\0", 8) + QByteArray(64, '\0') << damaged;
        QTest::newRow("empty") << QByteArray() << damaged;
    }

    void refused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const auto header = readGgufHeader(MemorySource(bytes.toStdString()));
        QVERIFY(!header);
        QCOMPARE(int(header.error().code), code);
        QVERIFY(header.error().where.starts_with("memory.gguf"));
        QVERIFY(!header.error().sentence().empty());
    }

    void odd_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, const GgufWriter &writer, FindingCode code) {
            QTest::newRow(name) << QByteArray::fromStdString(writer.bytes()) << int(code);
        };
        row("alignment not a power of two",
            GgufWriter().begin(1, 1).keyU32("general.alignment", 12).tensor("t", {8}, 0, 0).data(32), FindingCode::MetadataType);
        row("alignment zero", GgufWriter().begin(1, 1).keyU32("general.alignment", 0).tensor("t", {8}, 0, 0).data(32),
            FindingCode::MetadataType);
        row("alignment as text", GgufWriter().begin(1, 1).key("general.alignment", "32").tensor("t", {8}, 0, 0).data(32),
            FindingCode::MetadataType);
        row("tokens as one text",
            GgufWriter().begin(1, 1).key("tokenizer.ggml.tokens", "a").tensor("t", {8}, 0, 0).data(32), FindingCode::MetadataType);
        row("layers as text",
            GgufWriter().begin(1, 2).key("general.architecture", "x").key("x.block_count", "2").tensor("t", {8}, 0, 0).data(32),
            FindingCode::MetadataType);
        row("key twice", GgufWriter().begin(1, 2).keyU32("a", 1).keyU32("a", 2).tensor("t", {8}, 0, 0).data(32),
            FindingCode::MetadataTwice);
        row("name twice", GgufWriter().begin(2, 0).tensor("t", {8}, 0, 0).tensor("t", {8}, 0, 32).data(64),
            FindingCode::TensorTwiceInFile);
        row("shared bytes", GgufWriter().begin(2, 0).tensor("t", {16}, 0, 0).tensor("u", {8}, 0, 32).data(64),
            FindingCode::ShardOverlap);
        row("equal offsets", GgufWriter().begin(2, 0).tensor("t", {8}, 0, 0).tensor("u", {8}, 0, 0).data(32),
            FindingCode::ShardOverlap);
        row("hole", GgufWriter().begin(2, 0).tensor("t", {8}, 0, 0).tensor("u", {8}, 0, 96).data(128), FindingCode::TensorGaps);
        row("beyond the end", GgufWriter().begin(1, 0).tensor("t", {64}, 0, 0).data(32), FindingCode::TensorsBeyondFile);
        row("offset beyond all numbers", GgufWriter().begin(1, 0).tensor("t", {8}, 0, ~uint64_t(0)).data(32),
            FindingCode::TensorsBeyondFile);
        row("row that fills no block", GgufWriter().begin(1, 0).tensor("t", {16, 2}, 8, 0).data(34), FindingCode::TensorSizeWrong);
        row("bytes behind", GgufWriter().begin(1, 0).tensor("t", {8}, 0, 0).data(100), FindingCode::TrailingBytes);
    }

    /// The tree is still shown.
    void odd()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const auto header = readGgufHeader(MemorySource(bytes.toStdString()));
        QVERIFY2(header, header ? "" : header.error().sentence().c_str());
        QCOMPARE(header->findings.size(), size_t(1));
        QCOMPARE(int(header->findings.front().code), code);
        QVERIFY(header->findings.front().sentence().find('%') == std::string::npos);
        QVERIFY(!header->tensors.empty());
        QCOMPARE(header->tensors.front().name, std::string_view("t"));
    }

    /// A type of a fork: as many bytes as lie before the next tensor.
    void unknownType()
    {
        const auto header = read(GgufWriter().begin(3, 0).tensor("t", {256}, 137, 0).tensor("u", {8}, 0, 96)
                                     .tensor("v", {256}, 137, 128).data(128 + 50));
        QVERIFY(header);
        QCOMPARE(header->tensors[0].dtype, Dtype::Unknown);
        QCOMPARE(header->tensors[0].dtypeText, std::string_view("type #137 (fork)"));
        QCOMPARE(header->tensors[0].bytes, uint64_t(96));
        QCOMPARE(header->tensors[0].elements, uint64_t(256));
        QCOMPARE(header->tensors[2].bytes, uint64_t(50));
        QVERIFY(header->findings.empty());
        const auto old = read(GgufWriter().begin(1, 0).tensor("t", {32}, 31, 0).data(18));
        QVERIFY(old);
        QCOMPARE(old->tensors[0].dtypeText, std::string_view("type #31 (removed)"));
    }

    void unknownTypeIsTold()
    {
        const Folder folder;
        folder.put("m.gguf", QByteArray::fromStdString(GgufWriter().begin(1, 0).tensor("t", {256}, 137, 0).data(96).bytes()));
        const auto model = openModelDirectory(folder.path("m.gguf"));
        QVERIFY(model);
        QVERIFY(has(model->checkpoint.findings, FindingCode::UnknownDtype));
    }

    void emptyAxisAndScalar()
    {
        const auto header = read(GgufWriter().begin(2, 0).tensor("empty", {0, 8}, 8, 0).tensor("one", {}, 0, 0).data(4));
        QVERIFY(header);
        QCOMPARE(header->tensors[0].elements, uint64_t(0));
        QCOMPARE(header->tensors[0].bytes, uint64_t(0));
        QCOMPARE(header->tensors[1].elements, uint64_t(1));
        QCOMPARE(header->tensors[1].bytes, uint64_t(4));
        QVERIFY(header->findings.empty());
    }

    /// Nested arrays are walked over, up to four deep; what comes behind them is read right.
    void nestedArrays()
    {
        GgufWriter writer;
        writer.begin(0, 2).key("a", 9).number(uint32_t(9)).number(uint64_t(2));
        writer.number(uint32_t(8)).number(uint64_t(1)).text("x").number(uint32_t(0)).number(uint64_t(3));
        writer.number(uint8_t(1)).number(uint8_t(2)).number(uint8_t(3)).key("b", "behind");
        const auto header = read(writer);
        QVERIFY(header);
        QCOMPARE(header->metadata[0].type, std::string("array of array"));
        QCOMPARE(*header->metadata[0].count, uint64_t(2));
        QCOMPARE(*header->metadata[1].text(), std::string("behind"));
    }

    /// Long arrays are counted, not kept; their place is.
    void longArrays()
    {
        GgufWriter writer;
        writer.begin(0, 3).key("tokens", 9).number(uint32_t(8)).number(uint64_t(100'000));
        for (int i = 0; i < 100'000; ++i)
            writer.text("token " + std::to_string(i));
        writer.key("scores", 9).number(uint32_t(6)).number(uint64_t(100'000));
        const size_t place = writer.bytes().size();
        for (int i = 0; i < 100'000; ++i)
            writer.number(float(i));
        writer.key("behind", "x");
        const auto header = read(writer);
        QVERIFY(header);
        QCOMPARE(header->metadata[0].texts.size(), MetadataEntry::kKeptTexts);
        QCOMPARE(header->metadata[0].texts.back(), std::string("token 15"));
        QCOMPARE(*header->metadata[0].count, uint64_t(100'000));
        QVERIFY(header->metadata[1].numbers.empty());
        QCOMPARE(header->metadata[1].offset, uint64_t(place));
        QCOMPARE(*header->metadata[2].text(), std::string("x"));
    }

    /// A forged file does not fill the list of findings.
    void manyDoubles()
    {
        GgufWriter writer;
        writer.begin(1000, 1000);
        for (int i = 0; i < 1000; ++i)
            writer.keyU32("same", 1);
        for (int i = 0; i < 1000; ++i)
            writer.tensor("same", {8}, 0, uint64_t(i) * 32);
        const auto header = read(writer.data(32000));
        QVERIFY(header);
        QCOMPARE(header->tensors.size(), size_t(1000));
        QVERIFY(header->findings.size() >= 2 && header->findings.size() <= 40);
    }

    /// Values are shown whatever they are.
    void strangeNumbers()
    {
        GgufWriter writer;
        writer.begin(0, 1).key("a", 9).number(uint32_t(12)).number(uint64_t(5));
        writer.number(1e300).number(5e-324).number(-std::numeric_limits<double>::infinity()).number(std::nan("")).number(7.0);
        const auto header = read(writer);
        QVERIFY(header);
        QVERIFY(header->metadata[0].shown().ends_with("7]"));
    }

    void namesThatAreNotUtf8()
    {
        const auto header = read(GgufWriter().begin(1, 1).key("k\xFF", "v").tensor("t\xFE", {8}, 0, 0).data(32));
        QVERIFY(header);
        QCOMPARE(header->tensors[0].name, std::string_view("t\xEF\xBF\xBD"));
        QCOMPARE(header->metadata[0].key, std::string("k\xEF\xBF\xBD"));
    }

    void cancelled()
    {
        std::stop_source source;
        source.request_stop();
        const auto header = readGgufHeader(goodFile().source(), std::make_shared<Arena>(), source.get_token());
        QVERIFY(!header);
        QCOMPARE(header.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestGguf)
#include "tst_gguf.moc"
