// SPDX-License-Identifier: GPL-3.0-or-later
// Figures worked out by hand from published shapes, formulas and logs (inspectors.md 4h).
#include "core/base/file.h"
#include "core/model/memoryplan.h"
#include "tests/model/modelfiles.h"

#include <QtTest>

using namespace assay;
using namespace assay::test;

namespace {

constexpr uint64_t kMebi = 1 << 20;

/// A model generated from one of the shared configs; nothing where they are not there.
std::optional<MemoryModel> generated(const QString &script, const QString &config)
{
    const QString file = sharedFolder() + "/reference/configs/" + config + "/config.json";
    if (sharedFolder().isEmpty() || !QFile::exists(file))
        return std::nullopt;
    const QTemporaryDir folder;
    if (!generate(script, {"--config", file, "--out", folder.filePath("model")}))
        qFatal("the generator failed");
    return memoryModel(inspected(folder.filePath("model")).facts);
}

/// A model of which only what the cache needs is known.
MemoryModel cacheOf(const char *name)
{
    QFile file(sharedFolder() + "/reference/configs/" + name + "/config.json");
    const QTemporaryDir folder;
    if (!file.copy(folder.filePath("config.json")))
        qFatal("config.json cannot be copied");
    return memoryModel(inspected(folder.path()).facts);
}

MemoryRequest request(const char *runtime, int64_t context, int64_t batch = 1)
{
    MemoryRequest out;
    out.runtime = findRuntime(runtime);
    out.context = context;
    out.batch = batch;
    return out;
}

DeviceTable table()
{
    const auto text = readWholeFile(ASSAY_SOURCE_DIR "/resources/devices.json", 1 << 20);
    auto parsed = parseDevices(text.value_or(std::string()));
    if (!parsed)
        qFatal("%s", parsed.error().sentence().c_str());
    return *parsed;
}

} // namespace

class TestMemoryPlan : public QObject
{
    Q_OBJECT
private slots:
    void qwenByHand()
    {
        const auto model = generated("make_dense_index.py", "deepseek-r1-distill-qwen-7b");
        if (!model)
            QSKIP("the shared configurations are not there");
        const MemoryPlan plan = planMemory(*model, request("llama.cpp", 2048));
        // 7,615,616,512 parameters of two bytes; 28 layers x 2 x 4 heads x 128 x 2 bytes = 57,344 bytes a token.
        QCOMPARE(plan.of(MemoryTermKind::Weights).high, uint64_t(15'231'233'024));
        QCOMPARE(plan.of(MemoryTermKind::Cache).high, uint64_t(57'344) * 2048);
        QCOMPARE(plan.of(MemoryTermKind::Cache).low, plan.of(MemoryTermKind::Cache).high);
        // llama.cpp logged 112.00 MiB of cache and 304.00 MiB of compute buffer for these shapes at 2048.
        QCOMPARE(plan.of(MemoryTermKind::Cache).high, 112 * kMebi);
        QCOMPARE(plan.of(MemoryTermKind::Workspace).low, 304 * kMebi);
        // Rounded up to 256 tokens by llama.cpp, to 16 by vLLM, not at all by transformers.
        QCOMPARE(planMemory(*model, request("llama.cpp", 2049)).of(MemoryTermKind::Cache).high, uint64_t(57'344) * 2304);
        QCOMPARE(planMemory(*model, request("vllm", 2049)).of(MemoryTermKind::Cache).high, uint64_t(57'344) * 2064);
        QCOMPARE(planMemory(*model, request("transformers", 2049)).of(MemoryTermKind::Cache).high, uint64_t(57'344) * 2049);
    }

    void convertedWeightsByHand()
    {
        const auto model = generated("make_dense_index.py", "deepseek-r1-distill-qwen-7b");
        if (!model)
            QSKIP("the shared configurations are not there");
        MemoryRequest wanted = request("llama.cpp", 2048);
        // Vectors of Qwen2 7B: 28 x (2 x 3584 norms + 3584 + 2 x 512 biases) + 3584.
        const uint64_t vectors = 28 * (2 * 3584 + 3584 + 2 * 512) + 3584, matrices = 7'615'616'512 - vectors;
        wanted.weights = findWeightFormat("q8_0");
        QCOMPARE(planMemory(*model, wanted).of(MemoryTermKind::Weights).high, matrices / 32 * 34 + vectors * 4);
        wanted.weights = findWeightFormat("gptq-4bit");
        const uint64_t ends = 2 * uint64_t(152'064) * 3584;
        QCOMPARE(planMemory(*model, wanted).of(MemoryTermKind::Weights).high, (matrices - ends) / 256 * 133 + (ends + vectors) * 2);
        wanted.cache = findCacheFormat("q8_0");
        QCOMPARE(planMemory(*model, wanted).of(MemoryTermKind::Cache).high, uint64_t(28'672) * 2048 / 32 * 34);
    }

    void r1ByHand()
    {
        const auto model = generated("make_r1_index.py", "deepseek-r1");
        if (!model)
            QSKIP("the shared configurations are not there");
        // 61 layers x 576 x 2 bytes compressed, 61 x 128 x (192 + 128) x 2 expanded.
        QCOMPARE(planMemory(*model, request("vllm", 16)).of(MemoryTermKind::Cache).high, uint64_t(70'272) * 16);
        const MemoryRange both = planMemory(*model, request("transformers", 16)).of(MemoryTermKind::Cache);
        QCOMPARE(both.high, uint64_t(4'997'120) * 16);
        QCOMPARE(both.low, uint64_t(70'272) * 16);
        QCOMPARE(model->main.all().parameters, uint64_t(671'026'419'200));
        QCOMPARE(model->nextToken.all().parameters, uint64_t(13'463'426'304));
        // The layer of multi-token prediction is loaded only on request, and only by runtimes that can.
        MemoryRequest wanted = request("vllm", 16);
        const uint64_t main = planMemory(*model, wanted).of(MemoryTermKind::Weights).high;
        QCOMPARE(planMemory(*model, wanted).of(MemoryTermKind::NextToken).high, uint64_t(0));
        wanted.nextToken = true;
        QVERIFY(planMemory(*model, wanted).of(MemoryTermKind::NextToken).high > uint64_t(13'000'000'000));
        wanted.runtime = findRuntime("transformers");
        QCOMPARE(planMemory(*model, wanted).of(MemoryTermKind::NextToken).high, uint64_t(0));
        QVERIFY(main > uint64_t(670'000'000'000) && main < uint64_t(675'000'000'000));
    }

    void r1OnDevices()
    {
        const auto model = generated("make_r1_index.py", "deepseek-r1");
        if (!model)
            QSKIP("the shared configurations are not there");
        const DeviceTable devices = table();
        MemoryRequest wanted = request("vllm", 4096);
        const auto safe = [&](const char *device, int64_t count) {
            wanted.device = devices.find(device);
            wanted.devices = count;
            return largestContext(*model, wanted)->safe;
        };
        // accelerators.json, "fits": 8 x H200 hold it, 8 x H100 do not, 16 do; one A100 never.
        QVERIFY(safe("NVIDIA H200", 8) > 0);
        QCOMPARE(safe("NVIDIA H100 80GB SXM", 8), int64_t(0));
        QVERIFY(safe("NVIDIA H100 80GB SXM", 16) > 0);
        QCOMPARE(safe("NVIDIA A100 80GB SXM", 1), int64_t(0));
    }

    void v2LiteAtLongContext()
    {
        if (sharedFolder().isEmpty())
            QSKIP("the shared configurations are not there");
        const MemoryModel model = cacheOf("deepseek-v2-lite");
        MemoryRequest wanted = request("transformers", 32768);
        // llama-server logged 8640 MiB expanded (ollama #5136); compressed 27 x 576 x 2 x 32768.
        QCOMPARE(planMemory(model, wanted).of(MemoryTermKind::Cache).high, 8640 * kMebi);
        QCOMPARE(planMemory(model, wanted).of(MemoryTermKind::Cache).low, 972 * kMebi);
        // 2.4 GB of compute buffer without flash attention (ollama #17201).
        MemoryModel withSizes = model;
        withSizes.hidden = 2048;
        withSizes.vocabulary = 102400;
        withSizes.heads = 16;
        const uint64_t high = planMemory(withSizes, request("llama.cpp", 32768)).of(MemoryTermKind::Workspace).high;
        QVERIFY2(high > uint64_t(2'340'000'000) && high < uint64_t(2'450'000'000), qPrintable(QString::number(high)));
    }

    void theContextThatFitsIsTheLargest()
    {
        const QTemporaryDir folder;
        SmallLlama().write(folder.filePath("small"));
        const MemoryModel model = memoryModel(inspected(folder.filePath("small")).facts);
        Device device;
        device.name = "test";
        device.memory = uint64_t(1) << 30;
        device.bandwidth = 1e9;
        for (const Runtime &runtime : runtimes()) {
            MemoryRequest wanted;
            wanted.runtime = &runtime;
            wanted.device = &device;
            device.kind = DeviceKind::Cpu;
            const auto fit = largestContext(model, wanted);
            QVERIFY2(fit && fit->safe > 0 && fit->safe <= fit->best, runtime.id);
            const uint64_t usable = *usableMemory(wanted);
            wanted.context = fit->safe;
            QVERIFY2(planMemory(model, wanted).perDevice().high <= usable, runtime.id);
            wanted.context = fit->safe + 1;
            QVERIFY2(planMemory(model, wanted).perDevice().high > usable, runtime.id);
        }
    }

    void moreNeverTakesLess()
    {
        const QTemporaryDir folder;
        SmallLlama().write(folder.filePath("small"));
        const MemoryModel model = memoryModel(inspected(folder.filePath("small")).facts);
        for (const Runtime &runtime : runtimes()) {
            MemoryRange before;
            for (int64_t context = 1; context < 100'000; context = context * 5 / 4 + 1) {
                MemoryRequest wanted;
                wanted.runtime = &runtime;
                wanted.context = context;
                const MemoryRange now = planMemory(model, wanted).total();
                QVERIFY2(now.low >= before.low && now.high >= before.high && now.low <= now.high, runtime.id);
                wanted.batch = 3;
                QVERIFY2(planMemory(model, wanted).total().high > now.high, runtime.id);
                before = now;
            }
        }
    }

    void ownEngineByHand()
    {
        const MemoryModel model = memoryModel(SmallLlama().facts());
        auto narrow = engineRequest("bf16"), wide = engineRequest("float32");
        QVERIFY(narrow && wide && !engineRequest("q4_k") && !engineRequest(""));
        // As runs name them: blocks are kept as they are, int8 is half of bfloat16 and its scales.
        QCOMPARE(QByteArray(engineRequest("Q4_K")->weights->id), QByteArray("stored"));
        const MemoryPlan rounded = planMemory(model, *engineRequest("int8"));
        QVERIFY(rounded.of(MemoryTermKind::Weights).high < uint64_t(1320 * 2));
        narrow->context = 100;
        wide->context = 200;
        wide->batch = 3;
        // 1320 parameters; two layers of two key heads, each two wide, with their values.
        const MemoryPlan one = planMemory(model, *narrow), two = planMemory(model, *wide);
        QCOMPARE(one.of(MemoryTermKind::Weights).high, uint64_t(1320 * 2));
        QCOMPARE(two.of(MemoryTermKind::Weights).high, uint64_t(1320 * 4));
        QCOMPARE(one.of(MemoryTermKind::Cache).high, uint64_t(2 * 2 * 4 * 2 * 100));
        QCOMPARE(two.of(MemoryTermKind::Cache).high, uint64_t(2 * 2 * 4 * 4 * 200 * 3));
        QVERIFY(two.of(MemoryTermKind::Workspace).low > one.of(MemoryTermKind::Workspace).low);
        // The program itself counts on a GPU alone, and the terms make the sum.
        Device processor;
        processor.kind = DeviceKind::Cpu;
        narrow->device = &processor;
        const MemoryPlan here = planMemory(model, *narrow);
        QCOMPARE(here.of(MemoryTermKind::Overhead).high, uint64_t(0));
        QCOMPARE(here.total().high, here.of(MemoryTermKind::Weights).high + here.of(MemoryTermKind::Cache).high
                                        + here.of(MemoryTermKind::Workspace).high);
    }

    void ownEngineChoosesItsDtype_data()
    {
        QTest::addColumn<QByteArray>("stored");
        QTest::addColumn<QByteArray>("onCpu");
        QTest::addColumn<QByteArray>("onGpu");
        QTest::newRow("BF16") << QByteArray("BF16") << QByteArray("bf16") << QByteArray("bf16");
        QTest::newRow("F16") << QByteArray("F16") << QByteArray("f32") << QByteArray("f16"); // no half precision on CPUs
        QTest::newRow("F32") << QByteArray("F32") << QByteArray("f32") << QByteArray("f32");
        QTest::newRow("F64") << QByteArray("F64") << QByteArray("f32") << QByteArray("f32");
        QTest::newRow("Q4_K") << QByteArray("Q4_K") << QByteArray("stored") << QByteArray("bf16");
        QTest::newRow("nothing") << QByteArray() << QByteArray("f32") << QByteArray("f32");
    }
    void ownEngineChoosesItsDtype()
    {
        QFETCH(QByteArray, stored);
        QFETCH(QByteArray, onCpu);
        QFETCH(QByteArray, onGpu);
        ModelFacts facts;
        if (!stored.isEmpty()) {
            facts.dtypes["I64"].bytes = 10;
            facts.dtypes[stored.toStdString()].bytes = 100;
        }
        QCOMPARE(QByteArray(engineRequest(facts, "auto", DeviceKind::Cpu)->weights->id), onCpu);
        QCOMPARE(QByteArray(engineRequest(facts, "auto", DeviceKind::Gpu)->weights->id), onGpu);
        QCOMPARE(QByteArray(engineRequest(facts, "f16", DeviceKind::Cpu)->weights->id), QByteArray("f16"));
        QVERIFY(!engineRequest(facts, "automatic", DeviceKind::Cpu));
        const auto rounded = engineRequest(facts, "int8", DeviceKind::Cpu);
        QCOMPARE(QByteArray(rounded->weights->id), QByteArray("int8"));
        QCOMPARE(QByteArray(rounded->cache->id), onCpu == "f32" ? QByteArray("f32") : QByteArray("f16"));
    }

    void whatIsUsual()
    {
        ModelFacts facts;
        facts.format = "gguf";
        QCOMPARE(usualRequest(facts).runtime, findRuntime("llama.cpp"));
        facts.format = "safetensors";
        QCOMPARE(usualRequest(facts).runtime, findRuntime("vllm"));
        QCOMPARE(usualRequest(facts).context, int64_t(8192));
        QCOMPARE(QByteArray(usualRequest(facts).weights->id), QByteArray("stored"));
        QCOMPARE(formatRange({1 << 30, uint64_t(3) << 30}), std::string("1.00 GiB - 3.00 GiB"));
        QCOMPARE(formatRange({1 << 30, (1 << 30) + 1}), std::string("1.00 GiB"));
    }

    void devicesShareWeightsAndCacheAlone()
    {
        const QTemporaryDir folder;
        SmallLlama().write(folder.filePath("small"));
        const MemoryModel model = memoryModel(inspected(folder.filePath("small")).facts);
        MemoryRequest wanted = request("vllm", 64);
        const MemoryPlan one = planMemory(model, wanted);
        wanted.devices = 4;
        const MemoryPlan four = planMemory(model, wanted);
        const uint64_t shared = one.of(MemoryTermKind::Weights).high + one.of(MemoryTermKind::Cache).high;
        const uint64_t own = one.of(MemoryTermKind::Workspace).high + one.of(MemoryTermKind::Overhead).high;
        QCOMPARE(one.perDevice().high, shared + own);
        QCOMPARE(four.total().high, shared + 4 * own);
        QVERIFY(four.perDevice().high >= shared / 4 + own && four.perDevice().high <= shared / 4 + own + 2);
    }

    void forgedNumbersDoNotWrap()
    {
        MemoryModel model;
        model.main.matrices = {~uint64_t(0) / 2, ~uint64_t(0) / 2};
        model.main.experts = {~uint64_t(0) / 2, ~uint64_t(0) / 2};
        model.hidden = model.inner = model.heads = model.vocabulary = std::numeric_limits<int64_t>::max();
        model.experts = -5;
        model.activeExperts = std::numeric_limits<int64_t>::max();
        CacheGroup group;
        group.layers = 1'000'000;
        group.elements = group.expandedElements = ~uint64_t(0) / 4;
        model.cache.groups = {group};
        Device device;
        device.memory = 1 << 30;
        device.bandwidth = 1;
        for (const Runtime &runtime : runtimes()) {
            for (const WeightFormatChoice &format : weightFormatChoices()) {
                MemoryRequest wanted;
                wanted.runtime = &runtime;
                wanted.weights = &format;
                wanted.context = std::numeric_limits<int64_t>::max();
                wanted.batch = std::numeric_limits<int64_t>::max();
                wanted.device = &device;
                wanted.devices = std::numeric_limits<int64_t>::max();
                const MemoryPlan plan = planMemory(model, wanted);
                QVERIFY(plan.total().high >= (uint64_t(1) << 59));
                QCOMPARE(largestContext(model, wanted)->safe, int64_t(0));
                decodeFloor(model, wanted);
            }
        }
    }

    void decodeFloorByHand()
    {
        const auto model = generated("make_dense_index.py", "deepseek-r1-distill-qwen-7b");
        if (!model)
            QSKIP("the shared configurations are not there");
        const DeviceTable devices = table();
        MemoryRequest wanted = request("transformers", 4096);
        wanted.device = devices.find("NVIDIA H200");
        const auto floor = decodeFloor(*model, wanted);
        // All but the embedding, whose row of one token is read: (7,615,616,512 - 152,064 x 3584) x 2 bytes.
        QCOMPARE(floor->weightBytes, uint64_t(15'231'233'024) - uint64_t(152'064) * 3584 * 2);
        QCOMPARE(floor->cacheBytes, uint64_t(57'344) * 4096);
        QVERIFY(std::abs(floor->seconds - double(floor->weightBytes + floor->cacheBytes) / 4.8e12) < 1e-9);
    }

    void aBatchTouchesMoreExperts()
    {
        MemoryModel model;
        model.main.experts = {1000, 256'000'000};
        model.main.matrices = {1000, 1'000'000};
        model.experts = 256;
        model.activeExperts = 8;
        Device device;
        device.bandwidth = 1e9;
        MemoryRequest wanted;
        wanted.device = &device;
        QCOMPARE(decodeFloor(model, wanted)->weightBytes, uint64_t(9'000'000)); // 8 of 256, and the rest
        wanted.batch = 2; // 1 - (1 - 8/256)^2 of them
        QVERIFY(std::abs(double(decodeFloor(model, wanted)->weightBytes) - 16'750'000.0) < 2);
    }

    void tablesAreSane()
    {
        const DeviceTable devices = table();
        QVERIFY(devices.devices.size() >= 20 && devices.rules.size() >= 3);
        for (const Device &device : devices.devices) {
            QVERIFY2(device.bandwidth > 5e10 && device.bandwidth < 1e14, device.name.c_str());
            QVERIFY2(device.kind == DeviceKind::Cpu || (*device.memory > 1e10 && *device.memory < 1e12), device.name.c_str());
            QVERIFY2(!device.sources.empty(), device.name.c_str());
            QVERIFY(devices.find(device.name) == &device);
            for (const std::string &source : device.sources)
                QVERIFY2(std::any_of(devices.sources.begin(), devices.sources.end(), [&](const auto &s) { return s.first == source; }),
                         source.c_str());
        }
        QVERIFY(devices.find("h200") != nullptr);
        QVERIFY(devices.find("a100") == nullptr); // three of them
        for (const Runtime &runtime : runtimes())
            QVERIFY2(!runtime.assumptions.empty() && runtime.cache.windowStep > 0, runtime.id);
    }

    void damagedTablesAreRefused()
    {
        for (const char *text : {"", "[]", "{}", R"({"devices": 5})", R"({"devices": [5]})", R"({"devices": [{"name": "x"}]})",
                                 R"({"devices": [{"name": "x", "kind": "gpu", "bandwidth_gb_s": -1}]})",
                                 R"({"devices": [{"name": "x", "kind": "gpu", "bandwidth_gb_s": 1e300}]})"})
            QVERIFY2(!parseDevices(text), text);
        const auto odd = parseDevices(R"({"devices": [{"name": "x", "kind": "cpu", "bandwidth_gb_s": 1, "memory_gb": 1e40}],
                                          "reading_rules": 5, "sources": []})");
        QVERIFY(odd && !odd->devices.front().memory);
    }
};

QTEST_APPLESS_MAIN(TestMemoryPlan)
#include "tst_memoryplan.moc"
