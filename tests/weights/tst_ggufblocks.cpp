// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"
#include "core/format/gguf.h"
#include "core/weights/decode.h"
#include "tests/model/modelfiles.h"

#include <QtTest>
#include <cmath>
#include <cstring>

using namespace assay;
using namespace assay::test;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::vector<float> decoded(Dtype dtype, std::span<const std::byte> blocks)
{
    const DtypeBlock block = dtypeBlock(dtype);
    const size_t count = blocks.size() / block.bytes;
    std::vector<float> values(count * block.elements);
    blockDecoder(dtype)(blocks.data(), count, values.data());
    return values;
}

std::vector<float> floatsOf(const QByteArray &bytes)
{
    std::vector<float> values(size_t(bytes.size()) / sizeof(float));
    std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
    return values;
}

/// Equal as far as three roundings of float32 go, each of a term no larger than `largest`.
bool isClose(float value, float expected, float largest)
{
    if (std::isnan(expected) || std::isinf(expected))
        return std::isnan(expected) ? std::isnan(value) : value == expected;
    return std::abs(value - expected) <= 4e-7f * largest;
}

} // namespace

class TestGgufBlocks : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

private slots:
    void initTestCase() { QVERIFY(generate("make_ggufblocks.py", {"--out", m_folder.path()})); }

    void random_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &file : QDir(m_folder.path()).entryList({QStringLiteral("*.blocks")}))
            QTest::newRow(qPrintable(file)) << file.chopped(7);
    }

    /// Random blocks with extreme scales, against values computed one by one in Python.
    void random()
    {
        QFETCH(QString, name);
        const Dtype dtype = dtypeFromName(name.toStdString());
        QVERIFY(isBlockQuantized(dtype));
        QVERIFY(blockDecoder(dtype));
        const QByteArray blocks = contentOf(m_folder.filePath(name + ".blocks"));
        const std::vector<float> expected = floatsOf(contentOf(m_folder.filePath(name + ".values")));
        const std::vector<float> values = decoded(dtype, std::as_bytes(std::span(blocks.data(), size_t(blocks.size()))));
        QCOMPARE(values.size(), expected.size());
        const size_t each = dtypeBlock(dtype).elements;
        for (size_t i = 0; i < values.size(); ++i) {
            // Terms that nearly cancel are rounded like the largest of their block.
            float largest = 0;
            for (size_t k = i / each * each; k < (i / each + 1) * each; ++k)
                largest = std::isfinite(expected[k]) ? std::max(largest, std::abs(expected[k])) : largest;
            QVERIFY2(isClose(values[i], expected[i], largest),
                     qPrintable(QStringLiteral("%1: %2, not %3").arg(i).arg(values[i], 0, 'g', 9).arg(expected[i], 0, 'g', 9)));
        }
    }

    void everyTypeOfTheListIsTested()
    {
        const QStringList files = QDir(m_folder.path()).entryList({QStringLiteral("*.blocks")});
        for (int type = 0; type < int(Dtype::Unknown); ++type) {
            if (isBlockQuantized(Dtype(type)) && blockDecoder(Dtype(type)))
                QVERIFY2(files.contains(QString::fromLatin1(dtypeName(Dtype(type))) + ".blocks"), dtypeName(Dtype(type)));
        }
    }

    void reference_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("Q8_0") << "llama-tiny-q8_0";
        QTest::newRow("Q4_K") << "llama-tiny256-q4_k";
        QTest::newRow("F32") << "llama-tiny-f32";
    }

    /// What gguf-py made of files that llama.cpp quantised.
    void reference()
    {
        QFETCH(QString, name);
        const QJsonArray tensors = readJson(dataFolder() + "/gguf/" + name + ".facts.json")["tensors"].toArray();
        const auto file = File::open((dataFolder() + "/gguf/" + name + ".gguf").toStdString());
        QVERIFY(file);
        const auto header = readGgufHeader(*file);
        QVERIFY(header);
        QCOMPARE(qsizetype(header->tensors.size()), tensors.size());
        for (qsizetype t = 0; t < tensors.size(); ++t) {
            const TensorRecord &tensor = header->tensors[size_t(t)];
            std::vector<std::byte> bytes(tensor.bytes);
            QVERIFY(file->readAt(tensor.offset, bytes));
            const std::vector<float> values = decoded(tensor.dtype, bytes);
            const QJsonObject expected = tensors[t].toObject()["dequantized"].toObject();
            const QJsonArray first = expected["first8"].toArray(), last = expected["last4"].toArray();
            for (qsizetype i = 0; i < first.size(); ++i)
                QCOMPARE(double(values[size_t(i)]), first[i].toDouble());
            for (qsizetype i = 0; i < last.size(); ++i)
                QCOMPARE(double(values[values.size() - size_t(last.size() - i)]), last[i].toDouble());
            double sum = 0, squares = 0;
            for (const float value : values) {
                sum += double(value);
                squares += double(value) * double(value);
            }
            const auto [least, most] = std::minmax_element(values.begin(), values.end());
            QCOMPARE(double(*least), expected["min"].toDouble());
            QCOMPARE(double(*most), expected["max"].toDouble());
            QVERIFY(std::abs(sum - expected["sum"].toDouble()) < 1e-6 * std::sqrt(squares * double(values.size())));
            QVERIFY(std::abs(squares / expected["sumsq"].toDouble() - 1) < 1e-6);
        }
    }
};

QTEST_GUILESS_MAIN(TestGgufBlocks)
#include "tst_ggufblocks.moc"
