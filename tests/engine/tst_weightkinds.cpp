// SPDX-License-Identifier: GPL-3.0-or-later
// The engine on weights of every kind, run by the program weightkinds: files of GGUF against libllama's log-probabilities,
// packed weights against the values that their generator put in, int8 against rows that are rounded here, and the memory
// that was predicted against what was taken.
#include "core/format/modeldirectory.h"
#include "core/weights/smallfloats.h"
#include "core/weights/weightvalues.h"
#include "tests/worker/syntheticmodel.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <bit>
#include <cstring>
#include <random>

using namespace assay;
using Json = nlohmann::json;

namespace {

// Of log-probabilities. The reference's own two ways differ by up to 0.23: with few tokens, activations are eight bits.
constexpr double kExact = 1e-3, kFast = 0.3;

Json run(const std::filesystem::path &model, const char *dtype, const char *exactness, const Json &prompts)
{
    QProcess process;
    process.start(QStringLiteral(ASSAY_BINARY_DIR "/tests/weightkinds"),
                  {QString::fromStdString(model.string()), QString::fromLatin1(dtype), QString::fromLatin1(exactness),
                   QString::fromStdString(prompts.dump())});
    if (!process.waitForFinished(-1) || process.exitStatus() != QProcess::NormalExit)
        return {};
    const Json out = Json::parse(process.readAllStandardOutput().toStdString(), nullptr, false);
    return out.is_object() ? out : Json::object();
}

/// Infinite when the shapes differ.
double largestDifference(const Json &one, const Json &other)
{
    if (!one.is_array() || one.size() != other.size())
        return INFINITY;
    double largest = 0;
    for (size_t i = 0; i < one.size(); ++i) {
        if (one[i].is_array())
            largest = std::max(largest, largestDifference(one[i], other[i]));
        else if (!(one[i].is_number() && other[i].is_number()))
            return INFINITY;
        else
            largest = std::max(largest, std::abs(one[i].get<double>() - other[i].get<double>()));
    }
    return largest;
}

/// A tensor that a test writes.
struct Written
{
    std::string name;
    std::vector<int64_t> shape;
    Dtype dtype = Dtype::F32;
    std::vector<std::byte> bytes;
};

Written ofFloats(std::string name, std::vector<int64_t> shape, std::span<const float> values)
{
    const auto bytes = std::as_bytes(values);
    return {std::move(name), std::move(shape), Dtype::F32, {bytes.begin(), bytes.end()}};
}

bool write(const std::filesystem::path &directory, const Json &config, const std::vector<Written> &tensors)
{
    std::vector<TensorToWrite> out;
    for (const Written &each : tensors)
        out.push_back({each.name, each.dtype, each.shape, each.bytes});
    return synthetic::writeConfig(directory, config) && writeSafetensors(directory / "model.safetensors", out).has_value();
}

/// Normal numbers for all tensors of a model, the same for the same config.
std::vector<Written> randomTensors(const Json &config)
{
    std::mt19937 random(7);
    std::normal_distribution<float> normal(0, 0.2f);
    std::vector<Written> out;
    const auto spec = synthetic::specOf(config);
    for (const TensorSlot &slot : spec ? spec->tensors() : std::vector<TensorSlot>()) {
        std::vector<float> values(size_t(slot.shape[0] * (slot.shape.size() > 1 ? slot.shape[1] : 1)));
        for (float &value : values)
            value = slot.shape.size() > 1 ? normal(random) : 1.0f;
        out.push_back(ofFloats(tensorName(*spec, slot), slot.shape, values));
    }
    return out;
}

Json tinyLlama(int64_t hidden, int64_t intermediate)
{
    Json config = synthetic::llama(1, 64, 50);
    config["hidden_size"] = hidden;
    config["intermediate_size"] = intermediate;
    config["num_attention_heads"] = config["num_key_value_heads"] = 2;
    return config;
}

const Json kPrompts = {{1, 2, 3}, {4}, {5, 6, 7, 8, 9, 10, 11, 12, 13}};
const char *const kDown = "model.layers.0.mlp.down_proj.";

} // namespace

class TestWeightKinds : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path folder(const std::string &name) const { return std::filesystem::path(m_folder.path().toStdString()) / name; }

private slots:
    void gguf_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("dtype");
        QTest::newRow("f32") << "llama-tiny-f32" << "f32";
        QTest::newRow("q8_0") << "llama-tiny-q8_0" << "Q8_0";
        QTest::newRow("q4_k") << "llama-tiny256-q4_k" << "Q4_K";
    }

    void gguf()
    {
        QFETCH(QString, file);
        QFETCH(QString, dtype);
        const std::filesystem::path data = ASSAY_TEST_DATA "/gguf";
        const auto text = readWholeFile(data / (file.toStdString() + ".logits.json"), 10'000'000);
        QVERIFY(text.has_value());
        const Json reference = Json::parse(*text);
        Json prompts = Json::array(), expected = Json::array();
        for (const Json &each : reference.contains("dequantized") ? reference["dequantized"] : reference["native"]) {
            prompts.push_back(each["prompt_ids"]);
            expected.push_back(each["logprobs"]);
        }
        const std::filesystem::path model = data / (file.toStdString() + ".gguf");
        const Json exact = run(model, "auto", "exact", prompts), fast = run(model, "auto", "fast", prompts);
        QCOMPARE(QString::fromStdString(exact.value("dtype", exact.dump())), dtype);
        const double exactly = largestDifference(exact["prompts"], expected), quickly = largestDifference(fast["prompts"], expected);
        qInfo("exact %.2g, fast %.2g", exactly, quickly);
        QVERIFY(exactly < kExact);
        QVERIFY(quickly < kFast);
        // Blocks take what they take in the file, not what their numbers would.
        QVERIFY(dtype == QStringLiteral("f32") || exact["weightBytes"].get<double>() < 1.3 * exact["parameters"].get<double>());
    }

    void packed_data()
    {
        QTest::addColumn<QString>("scheme");
        for (const char *each : {"fp8-block", "fp8-channel", "fp8-tensor", "gptq-4", "gptq-8", "gptq-order", "gptq-v2", "awq", "bnb-nf4", "bnb-int8"})
            QTest::newRow(each) << QString();
    }

    void packed()
    {
        const std::filesystem::path data = std::filesystem::path(ASSAY_TEST_DATA "/quantized") / QTest::currentDataTag();
        const auto directory = openModelDirectory(data);
        QVERIFY(directory.has_value());
        Json config;
        std::vector<Written> packed, plain;
        for (const TensorRecord &record : directory->checkpoint.tensors) {
            Written each{std::string(record.name), record.shape.sizes(), record.dtype, std::vector<std::byte>(record.bytes)};
            const auto source = directory->files->open(directory->checkpoint.files[record.file].name);
            QVERIFY(source && (*source)->readAt(record.offset, each.bytes));
            if (each.name == "expected") {
                config = tinyLlama(each.shape[0], each.shape[1]);
                each.name = std::string(kDown) + "weight";
                plain.push_back(std::move(each));
            } else {
                each.name.replace(0, std::string_view("l.0.").size(), kDown);
                packed.push_back(std::move(each));
            }
        }
        QCOMPARE(plain.size(), size_t(1));
        for (const Written &each : randomTensors(config)) {
            if (each.name != plain.front().name) {
                packed.push_back(each);
                plain.push_back(each);
            }
        }
        const std::string tag = QTest::currentDataTag();
        QVERIFY(write(folder(tag + "-plain"), config, plain));
        config["quantization_config"] = Json::parse(*directory->configText)["quantization_config"];
        QVERIFY(write(folder(tag), config, packed));
        const Json expected = run(folder(tag + "-plain"), "f32", "exact", kPrompts), got = run(folder(tag), "f32", "exact", kPrompts);
        QVERIFY2(largestDifference(got["prompts"], expected["prompts"]) < kExact, got.dump().c_str());
        // As stored it becomes bfloat16, and says so.
        const Json half = run(folder(tag), "auto", "exact", kPrompts);
        bool said = false;
        for (const Json &share : half["shares"])
            said = said || (share["stored"] != "F32" && share["computed"] != share["stored"]);
        QVERIFY2(said, half.dump().c_str());
        QVERIFY(largestDifference(half["prompts"], expected["prompts"]) < kFast);
    }

    void int8IsRoundedRows()
    {
        Json config = tinyLlama(64, 128);
        std::vector<Written> tensors = randomTensors(config);
        QVERIFY(write(folder("full"), config, tensors));
        uint64_t rounded = 0;
        for (Written &each : tensors) {
            if (each.shape.size() != 2 || each.name == "model.embed_tokens.weight")
                continue;
            auto *values = reinterpret_cast<float *>(each.bytes.data());
            rounded += uint64_t(each.shape[0] * each.shape[1]);
            for (int64_t row = 0; row < each.shape[0]; ++row, values += each.shape[1]) {
                float largest = 0;
                for (int64_t i = 0; i < each.shape[1]; ++i)
                    largest = std::max(largest, std::abs(values[i]));
                for (int64_t i = 0; i < each.shape[1]; ++i)
                    values[i] = std::nearbyint(values[i] * (127 / largest)) * (largest / 127);
            }
        }
        QVERIFY(write(folder("rounded"), config, tensors));
        const Json got = run(folder("full"), "int8", "exact", kPrompts), expected = run(folder("rounded"), "f32", "exact", kPrompts),
                   full = run(folder("full"), "f32", "exact", kPrompts);
        QCOMPARE(got.value("dtype", got.dump()), std::string("int8"));
        QVERIFY(largestDifference(got["prompts"], expected["prompts"]) < kExact);
        QVERIFY(largestDifference(got["prompts"], full["prompts"]) > kExact);
        uint64_t said = 0;
        for (const Json &share : got["shares"])
            said += share["computed"] == "int8" ? share["parameters"].get<uint64_t>() : 0;
        QCOMPARE(said, rounded);
    }

    /// Half precision of a checkpoint is computed with as it is stored: the same numbers in half of the memory.
    void halfPrecisionIsKept()
    {
        const Json config = tinyLlama(64, 128);
        std::vector<Written> half = randomTensors(config), plain;
        for (Written &each : half) {
            std::vector<float> values(each.bytes.size() / sizeof(float));
            std::memcpy(values.data(), each.bytes.data(), each.bytes.size());
            std::vector<uint16_t> bits;
            for (float &value : values) {
                // Sign, four bits of the exponent around 1/8, all of the fraction.
                const auto random = std::bit_cast<uint32_t>(value);
                bits.push_back(uint16_t((random >> 16 & 0x8000) | (each.shape.size() > 1 ? 0x2c00 | (random & 0x3ff) : 0x3c00)));
                value = float16(bits.back());
            }
            plain.push_back(ofFloats(each.name, each.shape, values));
            const auto bytes = std::as_bytes(std::span(bits));
            each.bytes.assign(bytes.begin(), bytes.end());
            each.dtype = Dtype::F16;
        }
        QVERIFY(write(folder("half"), config, half));
        QVERIFY(write(folder("half-plain"), config, plain));
        const Json got = run(folder("half"), "auto", "fast", kPrompts), expected = run(folder("half-plain"), "f32", "exact", kPrompts);
        QVERIFY2(got.contains("prompts"), got.dump().c_str());
        QVERIFY(largestDifference(got["prompts"], expected["prompts"]) < kExact);
        QCOMPARE(got["dtype"].dump(), std::string(R"("f16")"));
        QCOMPARE(got["shares"][0]["stored"].dump() + got["shares"][0]["computed"].dump(), std::string(R"("F16""f16")"));
        // Norms stay float32.
        QVERIFY(got["weightBytes"].get<double>() < 0.51 * expected["weightBytes"].get<double>());
    }

    void memoryIsAsPredicted_data()
    {
        QTest::addColumn<QString>("dtype");
        for (const char *each : {"f32", "bf16", "int8"})
            QTest::newRow(each) << QString::fromLatin1(each);
    }

    /// 200 MB in float32.
    void memoryIsAsPredicted()
    {
        QFETCH(QString, dtype);
        const std::filesystem::path model = folder("large");
        QVERIFY(synthetic::writeZeros(model, synthetic::llama(2, 1024, 8000)));
        const Json got = run(model, dtype.toLatin1().constData(), "fast", Json::array());
        QVERIFY2(got.contains("peak"), got.dump().c_str());
        const double weights = got["weightBytes"], held = got["heldBytes"], predicted = got["predicted"], peak = got["peak"];
        qInfo("weights %.2f MB predicted, %.2f held; all %.2f predicted, %.2f at the peak", weights / 1e6, held / 1e6, predicted / 1e6, peak / 1e6);
        QVERIFY(held > 0.99 * weights && held < 1.01 * weights);
        QVERIFY(peak > 0.85 * predicted && peak < 1.15 * predicted);
    }

    void surplusTensorsAreNamed()
    {
        const Json config = tinyLlama(64, 128);
        std::vector<Written> tensors = randomTensors(config);
        tensors.push_back(ofFloats("model.layers.0.left_over.weight", {2}, std::vector<float>{1, 2}));
        QVERIFY(write(folder("surplus"), config, tensors));
        const Json got = run(folder("surplus"), "auto", "fast", kPrompts);
        QCOMPARE(got["unused"].dump(), std::string(R"(["model.layers.0.left_over.weight"])"));
    }

    void truncatedFilesAreErrors()
    {
        const auto whole = readWholeFile(ASSAY_TEST_DATA "/gguf/llama-tiny-q8_0.gguf", 10'000'000);
        QVERIFY(whole.has_value());
        const std::filesystem::path file = folder("cut.gguf");
        for (const size_t left : {whole->size() - 1, whole->size() / 2, size_t(100)}) {
            QVERIFY(writeFileAtomically(file, whole->substr(0, left)).has_value());
            const Json got = run(file, "auto", "fast", kPrompts);
            QVERIFY2(got.contains("error"), got.dump().substr(0, 200).c_str());
            qInfo("%s", got["sentence"].get<std::string>().c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestWeightKinds)
#include "tst_weightkinds.moc"
