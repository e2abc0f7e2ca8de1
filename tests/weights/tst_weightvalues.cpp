// SPDX-License-Identifier: GPL-3.0-or-later
// Values of quantised weights against what tests/data/generators/make_quantized.py packed from the published layouts,
// and against the float32 twins of the reference models.
#include "core/format/modeldirectory.h"
#include "core/weights/smallfloats.h"
#include "tests/weights/memoryweights.h"

#include <QDir>
#include <QTest>
#include <bit>
#include <cmath>
#include <random>

using namespace assay;
using namespace assay::testing;

namespace {

std::filesystem::path shared(const char *name)
{
    const QByteArray folder = qgetenv("ASSAY_SHARED");
    return std::filesystem::path(folder.isEmpty() ? std::string(ASSAY_SOURCE_DIR) + "/../shared" : folder.toStdString()) / name;
}

struct Opened
{
    ModelDirectory directory;
    std::unique_ptr<WeightCatalog> catalog;
};

std::unique_ptr<Opened> openedModel(const std::filesystem::path &path)
{
    auto directory = openModelDirectory(path);
    if (!directory)
        return nullptr;
    auto opened = std::make_unique<Opened>();
    opened->directory = std::move(*directory);
    const auto config = parseModelConfig(opened->directory.configText.value_or("{}"));
    opened->catalog = std::make_unique<WeightCatalog>(
        catalogOf(opened->directory.checkpoint, config.value_or(ModelConfig()), opened->directory.files.get()));
    return opened;
}

Result<std::vector<float>> valuesOf(const Opened &model, std::string_view name, size_t piece)
{
    const auto tensor = model.catalog->find(name);
    if (!tensor)
        return failure(ErrorCode::TensorMissing, {std::string(name)});
    auto weight = openWeight(*model.catalog, *tensor, *model.directory.files);
    if (!weight)
        return tl::unexpected(weight.error());
    return readAll(*weight, piece);
}

} // namespace

class TestWeightValues : public QObject
{
    Q_OBJECT
private slots:
    void eightBitFloats();
    void smallerFloats();
    void halves();
    void quantized_data();
    void quantized();
    void quantizedCutOff();
    void float8Model();
    void strided_data();
    void strided();
    void bigEndian();
    void packedByOnnx();
    void refused();
};

void TestWeightValues::eightBitFloats()
{
    // E5M2 is the upper byte of a half; E4M3 has the exponents of a half 8 lower and its mantissa 7 bits higher up.
    for (int code = 0; code < 256; ++code) {
        const float fromHalf = float16(uint16_t(code << 8));
        const float e5m2 = float8E5M2()[size_t(code)];
        QVERIFY2(std::isnan(fromHalf) ? std::isnan(e5m2) : fromHalf == e5m2, qPrintable(QString::number(code)));
        const float e4m3 = float8E4M3()[size_t(code)];
        const float moved = float16(uint16_t((code & 0x80) << 8 | (code & 0x7f) << 7)) * 256;
        QVERIFY2((code & 0x7f) == 0x7f ? std::isnan(e4m3) : e4m3 == moved, qPrintable(QString::number(code)));
        const bool onlyNaN = code == 0x80;
        const bool special = (code & 0x7f) == 0x7f;
        const float fnuz = float8E4M3Fnuz()[size_t(code)];
        QVERIFY(onlyNaN ? std::isnan(fnuz) : special ? std::abs(fnuz) == 240 : fnuz == moved / 2);
        const float wide = float8E5M2Fnuz()[size_t(code)];
        const bool beyondHalf = (code & 0x7c) == 0x7c;
        QVERIFY(onlyNaN ? std::isnan(wide) : beyondHalf ? std::abs(wide) == 32768.0f * (1 + float(code & 3) / 4) : wide == fromHalf / 2);
        const float exponent = float8E8M0()[size_t(code)];
        QVERIFY(code == 255 ? std::isnan(exponent) : exponent == std::ldexp(1.0f, code - 127));
    }
    // The limits that the OCP specification prints.
    QCOMPARE(float8E4M3()[0x7e], 448.0f);
    QCOMPARE(float8E4M3()[0x01], 0x1p-9f);
    QCOMPARE(float8E4M3()[0x08], 0x1p-6f);
    QCOMPARE(float8E5M2()[0x7b], 57344.0f);
    QCOMPARE(float8E5M2()[0x01], 0x1p-16f);
    QVERIFY(std::isinf(float8E5M2()[0x7c]));
}

void TestWeightValues::smallerFloats()
{
    const std::vector<float> e2m1{0, .5f, 1, 1.5f, 2, 3, 4, 6};
    for (size_t code = 0; code < 8; ++code) {
        QCOMPARE(float4E2M1()[code], e2m1[code]);
        QCOMPARE(float4E2M1()[code + 8], -e2m1[code]);
    }
    QCOMPARE(float6E2M3()[0x1f], 7.5f);
    QCOMPARE(float6E2M3()[0x01], 0.125f);
    QCOMPARE(float6E2M3()[0x3f], -7.5f);
    QCOMPARE(float6E3M2()[0x1f], 28.0f);
    QCOMPARE(float6E3M2()[0x01], 0.0625f);
    QCOMPARE(float6E3M2()[0x04], 0.25f);
}

void TestWeightValues::halves()
{
    for (uint32_t code = 0; code < 65536; ++code) {
        const int exponent = int(code >> 10) & 31, mantissa = int(code) & 1023;
        const float sign = code & 0x8000 ? -1.0f : 1.0f;
        const float value = float16(uint16_t(code));
        if (exponent == 31)
            QVERIFY(mantissa ? std::isnan(value) : value == sign * INFINITY);
        else
            QCOMPARE(value, sign * (exponent ? std::ldexp(float(1024 + mantissa), exponent - 25) : std::ldexp(float(mantissa), -24)));
    }
}

void TestWeightValues::quantized_data()
{
    QTest::addColumn<QString>("folder");
    const QDir data(QStringLiteral(ASSAY_TEST_DATA "/quantized"));
    for (const QString &folder : data.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        QTest::newRow(qPrintable(folder)) << data.filePath(folder);
}

void TestWeightValues::quantized()
{
    QFETCH(QString, folder);
    const auto model = openedModel(folder.toStdString());
    QVERIFY(model);
    const Checkpoint &checkpoint = model->directory.checkpoint;
    size_t weights = 0;
    for (size_t tensor = 0; tensor < checkpoint.tensors.size(); ++tensor) {
        const std::string_view name = checkpoint.tensors[tensor].name;
        if (name == "expected" || model->catalog->owner(tensor) || name.ends_with("weight_format"))
            continue;
        ++weights;
        QVERIFY(model->catalog->parts(tensor).scheme != WeightScheme::Plain);
        auto weight = openWeight(*model->catalog, tensor, *model->directory.files);
        QVERIFY2(weight, weight ? "" : weight.error().sentence().c_str());
        const TensorRecord &twin = *checkpoint.find("expected");
        QVERIFY2(twin.shape == weight->shape(), twin.shape.text().c_str());
        const auto expected = valuesOf(*model, "expected", 1000);
        for (const size_t piece : {size_t(7), size_t(61), size_t(100000)}) {
            const auto values = readAll(*weight, piece);
            QVERIFY2(values, values ? "" : values.error().sentence().c_str());
            for (size_t i = 0; i < values->size(); ++i) {
                const float want = (*expected)[i], got = (*values)[i];
                if (std::abs(want - got) > 2e-6f * std::abs(want) + 1e-7f)
                    QFAIL(qPrintable(QStringLiteral("%1: %2, not %3").arg(i).arg(got).arg(want)));
            }
        }
    }
    QCOMPARE(weights, size_t(1));
}

/// Each part cut, missing or of another shape gives an error or values, never more.
void TestWeightValues::quantizedCutOff()
{
    const QDir data(QStringLiteral(ASSAY_TEST_DATA "/quantized"));
    std::mt19937 random(5);
    for (const QString &folder : data.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const auto model = openedModel(data.filePath(folder).toStdString());
        QVERIFY(model);
        const std::vector<TensorRecord> whole = model->directory.checkpoint.tensors;
        for (int trial = 0; trial < 60; ++trial) {
            Checkpoint changed = model->directory.checkpoint;
            TensorRecord &victim = changed.tensors[random() % whole.size()];
            std::vector<int64_t> sizes = victim.shape.sizes();
            if (trial % 6 == 0)
                victim.offset = kNoOffset;
            else if (trial % 6 == 1)
                victim.offset = changed.files[0].bytes - 1;
            else if (trial % 6 == 2)
                victim.name = "gone";
            else if (trial % 6 == 3)
                victim.dtype = Dtype(random() % (uint32_t(Dtype::Unknown) + 1));
            else if (!sizes.empty())
                sizes[random() % sizes.size()] = int64_t(random() % 40);
            victim.shape = Shape(changed.arena->numbers(sizes));
            victim.elements = victim.shape.elements().value_or(0);
            const WeightCatalog catalog(changed, model->catalog->details());
            for (size_t tensor = 0; tensor < catalog.count(); ++tensor) {
                auto weight = openWeight(catalog, tensor, *model->directory.files);
                if (weight && weight->elements() < 1'000'000)
                    (void)readAll(*weight, 61);
                else if (!weight)
                    QVERIFY(weight.error().code == ErrorCode::WeightsUnreadable);
            }
        }
    }
}

/// deepseek-v3-fp8 holds fp8 weights with scales of 16 x 16 blocks: value x scale, computed here from the file's bytes.
void TestWeightValues::float8Model()
{
    const auto model = openedModel(shared("reference-models/deepseek-v3-fp8"));
    if (!model)
        QSKIP("the reference models are not here (ASSAY_SHARED)");
    size_t compared = 0;
    const Checkpoint &checkpoint = model->directory.checkpoint;
    for (size_t tensor = 0; tensor < checkpoint.tensors.size(); ++tensor) {
        const TensorRecord &record = checkpoint.tensors[tensor];
        if (record.dtype != Dtype::F8E4M3)
            continue;
        QVERIFY(model->catalog->parts(tensor).scheme == WeightScheme::ScaledFloat8);
        const TensorRecord &scales = *checkpoint.find(std::string(record.name) + "_scale_inv");
        const auto file = *model->directory.files->open(checkpoint.files[record.file].name);
        std::vector<uint8_t> codes(size_t(record.elements));
        std::vector<float> scale(size_t(scales.elements));
        QVERIFY(file->readAt(record.offset, std::as_writable_bytes(std::span(codes))));
        QVERIFY(file->readAt(scales.offset, std::as_writable_bytes(std::span(scale))));
        const auto values = valuesOf(*model, record.name, 1000);
        QVERIFY(values);
        const size_t columns = size_t(record.shape[1]);
        for (size_t i = 0; i < codes.size(); ++i) {
            const size_t block = i / columns / 16 * size_t(scales.shape[1]) + i % columns / 16;
            QCOMPARE((*values)[i], float16(uint16_t((codes[i] & 0x80) << 8 | (codes[i] & 0x7f) << 7)) * 256 * scale[block]);
        }
        ++compared;
    }
    QVERIFY(compared > 20);
}

void TestWeightValues::strided_data()
{
    QTest::addColumn<std::vector<int64_t>>("shape");
    QTest::addColumn<std::vector<int64_t>>("strides");
    QTest::newRow("transposed") << std::vector<int64_t>{6, 5} << std::vector<int64_t>{1, 6};
    QTest::newRow("columns of a wider one") << std::vector<int64_t>{4, 3} << std::vector<int64_t>{10, 1};
    QTest::newRow("every second column") << std::vector<int64_t>{4, 3} << std::vector<int64_t>{10, 2};
    QTest::newRow("expanded") << std::vector<int64_t>{4, 3} << std::vector<int64_t>{0, 1};
    QTest::newRow("three axes turned") << std::vector<int64_t>{2, 3, 4} << std::vector<int64_t>{1, 8, 2};
    QTest::newRow("one axis") << std::vector<int64_t>{7} << std::vector<int64_t>{5};
}

void TestWeightValues::strided()
{
    QFETCH(std::vector<int64_t>, shape);
    QFETCH(std::vector<int64_t>, strides);
    std::vector<float> storage(64);
    for (size_t i = 0; i < storage.size(); ++i)
        storage[i] = float(i) + 0.5f;
    MemoryWeights weights;
    TensorRecord &record = weights.add("x", Dtype::F32, shape, storage);
    record.strides = Shape(weights.checkpoint().arena->numbers(strides));
    const WeightCatalog catalog(weights.checkpoint(), {});
    auto weight = openWeight(catalog, 0, weights);
    QVERIFY(weight);
    QVERIFY(!weight->storedAs());
    for (const size_t piece : {size_t(2), size_t(5), size_t(100)}) {
        const auto values = readAll(*weight, piece);
        QVERIFY(values);
        for (size_t i = 0; i < values->size(); ++i) {
            size_t left = i, place = 0;
            for (size_t axis = shape.size(); axis-- > 0; left /= size_t(shape[axis]))
                place += left % size_t(shape[axis]) * size_t(strides[axis]);
            QCOMPARE((*values)[i], storage[place]);
        }
    }
    weights.checkpoint().tensors[0].strides = Shape(weights.checkpoint().arena->numbers(std::vector<int64_t>(shape.size(), INT64_MAX)));
    const auto beyond = openWeight(catalog, 0, weights);
    QVERIFY(!beyond && beyond.error().code == ErrorCode::WeightsUnreadable);
}

void TestWeightValues::bigEndian()
{
    MemoryWeights weights;
    weights.checkpoint().files[0].bigEndian = true;
    weights.add("floats", Dtype::F32, {3}, std::vector<uint8_t>{0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0, 0x3e, 0x80, 0, 0});
    weights.add("halves", Dtype::BF16, {2}, std::vector<uint8_t>{0x3f, 0x80, 0xc0, 0});
    weights.add("bytes", Dtype::I8, {2}, std::vector<uint8_t>{1, 0xff});
    std::vector<uint8_t> block(34, 2); // Q8_0: a half as scale, then 32 signed bytes
    block[0] = 0x38;
    block[1] = 0x00;
    weights.add("blocks", Dtype::Q8_0, {32}, block);
    const WeightCatalog catalog(weights.checkpoint(), {});
    const std::vector<std::vector<float>> expected{{1, -2, 0.25f}, {1, -2}, {1, -1}, std::vector<float>(32, 1.0f)};
    for (size_t tensor = 0; tensor < expected.size(); ++tensor) {
        auto weight = openWeight(catalog, tensor, weights);
        QVERIFY(weight);
        QVERIFY(!weight->storedAs());
        const auto values = readAll(*weight, 3);
        QVERIFY(values);
        QCOMPARE(*values, expected[tensor]);
    }
}

void TestWeightValues::packedByOnnx()
{
    MemoryWeights weights;
    weights.add("i4", Dtype::I4, {4}, std::vector<uint8_t>{0x8f, 0x71});
    weights.add("u4", Dtype::U4, {4}, std::vector<uint8_t>{0x8f, 0x71});
    weights.add("i2", Dtype::I2, {4}, std::vector<uint8_t>{0b11'10'01'00});
    weights.add("u2", Dtype::U2, {4}, std::vector<uint8_t>{0b11'10'01'00});
    weights.add("f6", Dtype::F6E2M3, {4}, std::vector<uint8_t>{0x41, 0x20, 0xfc}); // 1, 1, 2, 63
    weights.add("bool", Dtype::Bool, {3}, std::vector<uint8_t>{0, 1, 7});
    const WeightCatalog catalog(weights.checkpoint(), {});
    const std::vector<std::vector<float>> expected{{-1, -8, 1, 7}, {15, 8, 1, 7}, {0, 1, -2, -1}, {0, 1, 2, 3},
                                                   {.125f, .125f, .25f, -7.5f}, {0, 1, 1}};
    for (size_t tensor = 0; tensor < expected.size(); ++tensor) {
        auto weight = openWeight(catalog, tensor, weights);
        QVERIFY(weight);
        for (const size_t piece : {size_t(1), size_t(3), size_t(8)})
            QCOMPARE(readAll(*weight, piece).value(), expected[tensor]);
    }
}

void TestWeightValues::refused()
{
    MemoryWeights weights;
    const std::vector<float> four{1, 2, 3, 4};
    weights.add("complex", Dtype::C64, {2}, four);
    weights.add("unknown", Dtype::Unknown, {4}, four);
    weights.add("compressed", Dtype::F32, {4}, four).offset = kNoOffset;
    weights.add("cut", Dtype::F32, {4000}, four);
    weights.add("x.qweight", Dtype::I32, {2, 2}, four);
    weights.add("y.weight_packed", Dtype::U8, {4, 4}, four);
    const WeightCatalog catalog(weights.checkpoint(), {});
    for (size_t tensor = 0; tensor < catalog.count(); ++tensor) {
        const auto weight = openWeight(catalog, tensor, weights);
        QVERIFY2(!weight, std::string(catalog.checkpoint().tensors[tensor].name).c_str());
        QVERIFY(weight.error().code == ErrorCode::WeightsUnreadable);
        QCOMPARE(weight.error().arguments.front(), std::string(catalog.checkpoint().tensors[tensor].name));
    }
    weights.checkpoint().files[0].present = false;
    QVERIFY(!openWeight(catalog, 0, weights));
}

QTEST_GUILESS_MAIN(TestWeightValues)
#include "tst_weightvalues.moc"
