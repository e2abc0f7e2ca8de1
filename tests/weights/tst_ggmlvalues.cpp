// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/decode.h"

#include <QCryptographicHash>
#include <QtTest>
#include <cmath>
#include <cstring>
#include <random>

using namespace assay;

namespace {

// Every row of the largest grid (2048 rows, 32 indices a block) comes up about thirty times.
constexpr size_t kBlocks = 2048;

/// The same bytes everywhere: the standard fixes what the generator gives. Scales are any float16, NaN included.
std::vector<std::byte> randomBlocks(Dtype dtype)
{
    std::mt19937_64 generator{uint64_t(1000 + dtypeBlock(dtype).bytes)};
    std::vector<std::byte> blocks(kBlocks * dtypeBlock(dtype).bytes);
    for (std::byte &byte : blocks)
        byte = std::byte(generator() >> 56);
    return blocks;
}

/// As bit patterns, with one for all NaN: which of them comes out is up to the processor.
QByteArray bitsOf(std::vector<float> values)
{
    for (float &value : values) {
        const uint32_t nan = 0x7fc00000;
        if (std::isnan(value))
            std::memcpy(&value, &nan, sizeof value);
    }
    return QByteArray(reinterpret_cast<const char *>(values.data()), qsizetype(values.size() * sizeof(float)));
}

QByteArray digest(const QByteArray &bits)
{
    return QCryptographicHash::hash(bits, QCryptographicHash::Sha256).toHex();
}

/// Type and digest of each line of the committed list.
QMap<QByteArray, QByteArray> digests()
{
    QMap<QByteArray, QByteArray> out;
    QFile file(QStringLiteral(ASSAY_TEST_DATA "/gguf/ggmlvalues.sha256"));
    if (!file.open(QIODevice::ReadOnly))
        return out;
    for (const QByteArray &line : file.readAll().split('\n')) {
        const QList<QByteArray> words = line.simplified().split(' ');
        if (words.size() == 2)
            out[words[1]] = words[0];
    }
    return out;
}

} // namespace

/// Our decoders against ggml's own dequantize_row functions, bit for bit.
class TestGgmlValues : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    /// All but Q8_1, the type of intermediate results, which ggml never turns back.
    static void eachType()
    {
        QTest::addColumn<int>("type");
        for (int type = 0; type < int(Dtype::Unknown); ++type) {
            if (isBlockQuantized(Dtype(type)) && blockDecoder(Dtype(type)) && Dtype(type) != Dtype::Q8_1)
                QTest::newRow(dtypeName(Dtype(type))) << type;
        }
    }

    static QByteArray ours(Dtype dtype)
    {
        std::vector<float> values(kBlocks * dtypeBlock(dtype).elements);
        blockDecoder(dtype)(randomBlocks(dtype).data(), kBlocks, values.data());
        return bitsOf(std::move(values));
    }

private slots:
    void published_data() { eachType(); }

    /// All products of a float16 with a type's codes fit float32: no order of operations changes a bit.
    void published()
    {
        QFETCH(int, type);
        QCOMPARE(digest(ours(Dtype(type))), digests().value(dtypeName(Dtype(type))));
    }

    void source_data()
    {
        if (qEnvironmentVariableIsEmpty("ASSAY_GGML_SOURCE"))
            QSKIP("ASSAY_GGML_SOURCE names no folder with ggml-quants.c");
        eachType();
    }

    /// Against the source itself where it lies on this machine; it tells which digests belong into the list.
    void source()
    {
        QFETCH(int, type);
        const QString folder = qEnvironmentVariable("ASSAY_GGML_SOURCE");
        const QString library = m_folder.filePath(QStringLiteral("ggml.so"));
        if (!QFileInfo::exists(library)) {
            QProcess compiler;
            compiler.start(QStringLiteral("cc"), {"-shared", "-fPIC", "-O1", "-ffp-contract=off",
                                                  "-I" + folder, "-I" + folder + "/ggml-cpu",
                                                  folder + "/ggml-quants.c", "-o", library, "-lm"});
            QVERIFY(compiler.waitForFinished(-1));
            QVERIFY2(compiler.exitCode() == 0, compiler.readAllStandardError().constData());
        }
        const Dtype dtype = Dtype(type);
        QByteArray name = dtypeName(dtype);
        name = name.endsWith("_K") ? name.chopped(1).toLower() + 'K' : name.toLower();
        using Function = void (*)(const void *, float *, int64_t);
        const auto function = Function(QLibrary::resolve(library, "dequantize_row_" + name));
        QVERIFY(function);
        std::vector<float> values(kBlocks * dtypeBlock(dtype).elements);
        function(randomBlocks(dtype).data(), values.data(), int64_t(values.size()));
        const QByteArray expected = bitsOf(values), own = ours(dtype);
        const auto *theirs = reinterpret_cast<const float *>(expected.constData());
        const auto *mine = reinterpret_cast<const float *>(own.constData());
        for (size_t i = 0; i < values.size(); ++i) {
            if (std::memcmp(mine + i, theirs + i, sizeof(float)) == 0)
                continue;
            const QString told = QStringLiteral("%1: %2, not %3").arg(i).arg(mine[i], 0, 'g', 9).arg(theirs[i], 0, 'g', 9);
            QFAIL(qPrintable(told));
        }
        QCOMPARE(digests().value(dtypeName(dtype)), digest(expected));
    }
};

QTEST_GUILESS_MAIN(TestGgmlValues)
#include "tst_ggmlvalues.moc"
