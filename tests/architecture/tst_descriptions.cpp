// SPDX-License-Identifier: GPL-3.0-or-later
// Every reference model and every published config against its description: each row of each tensor is used once, and
// the parameters are those that transformers or the makers count.
#include "tests/architecture/coverage.h"
#include "tests/model/modelfiles.h"

#include <QtTest>

using namespace assay;
using namespace assay::test;

namespace {

/// Tensors of checkpoints that nothing is computed with: masks, frequencies, scales, the layer for further tokens.
struct Unused
{
    const char *model, *part;
};
constexpr Unused kUnused[] = {
    {"gpt-neox", "attention.bias"},   {"gpt-neox", "attention.masked_bias"}, {"gpt-neox", "inv_freq"},
    {"gpt2-hubnames", ".attn.bias"},  {"deepseek-v3-fp8", "_scale_inv"},      {"deepseek-v3-yarn-mtp", "layers.3."},
};

Shapes usedShapes(const std::string &model)
{
    Shapes shapes = referenceShapes(model);
    for (const Unused &unused : kUnused) {
        if (model == unused.model)
            std::erase_if(shapes, [&unused](const auto &tensor) { return tensor.first.find(unused.part) != std::string::npos; });
    }
    return shapes;
}

/// transformers counts the correction of the router as a buffer.
uint64_t corrections(const DecoderSpec &spec)
{
    uint64_t out = 0;
    for (const TensorSlot &slot : spec.tensors())
        out += slot.part == Part::RouterCorrection ? uint64_t(slot.shape.front()) : 0;
    return out;
}

struct Published
{
    const char *folder;
    uint64_t parameters; ///< of the safetensors headers as the hub shows them; 0: not known
};
// DeepSeek-V3's and Kimi K2's without the layer for further tokens and without scales; of Gemma 3 4B the text model alone.
constexpr Published kPublished[] = {
    {"deepseek-r1", 671'026'419'200},
    {"deepseek-r1-0528", 671'026'419'200},
    {"deepseek-v3", 671'026'419'200},
    {"deepseek-v3-base", 671'026'419'200},
    {"deepseek-v3.1", 671'026'419'200},
    {"deepseek-v2-lite", 15'706'484'224},
    {"deepseek-r1-0528-qwen3-8b", 8'190'735'360},
    {"deepseek-r1-distill-llama-70b", 70'553'706'496},
    {"deepseek-r1-distill-llama-8b", 8'030'261'248},
    {"deepseek-r1-distill-qwen-1.5b", 1'777'088'000},
    {"deepseek-r1-distill-qwen-7b", 7'615'616'512},
    {"deepseek-r1-distill-qwen-14b", 14'770'033'664},
    {"deepseek-r1-distill-qwen-32b", 32'763'876'352},
    {"gemma-2-2b-it", 2'614'341'888},
    {"gemma-2-9b-it", 9'241'705'984},
    {"gemma-3-1b-it", 999'885'952},
    {"gemma-3-4b-it", 4'300'079'472 - 416'866'032 - 2'950'272}, // all, the image encoder, its projection
    {"gpt-oss-20b", 20'914'757'184},
    {"llama-3.1-8b", 8'030'261'248},
    {"llama-3.3-70b-instruct", 70'553'706'496},
    {"mistral-7b-v0.1", 7'241'732'096},
    {"mistral-7b-v0.3", 7'248'023'552},
    {"mixtral-8x7b-v0.1", 46'702'792'704},
    {"phi-3-mini-4k-instruct", 3'821'079'552},
    {"qwen2.5-7b-instruct", 7'615'616'512},
    {"qwen2.5-math-1.5b", 1'543'714'304},
    {"qwen3-30b-a3b", 30'532'122'624},
    {"qwen3-32b", 32'762'123'264},
    {"qwen3-8b", 8'190'735'360},
};

std::string textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace

class TestDescriptions : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

private slots:
    void referenceModelsAreCovered_data()
    {
        QTest::addColumn<QString>("model");
        for (const QString &model : QDir(dataFolder() + "/models").entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            QTest::newRow(qPrintable(model)) << model;
    }

    void referenceModelsAreCovered()
    {
        QFETCH(QString, model);
        const std::string name = model.toStdString();
        const DecoderSpec spec = resolved(referenceConfig(name));
        QCOMPARE(disagreements(spec, usedShapes(name)).join(u'\n'), QString());
        QCOMPARE(spec.parameters() - corrections(spec), referenceParameters(name));
    }

    void whatCoversTellsWhatIsMissing()
    {
        const DecoderSpec spec = resolved(referenceConfig("llama-gqa"));
        Shapes shapes = usedShapes("llama-gqa");
        shapes.erase("model.layers.0.mlp.up_proj.weight");
        QCOMPARE(disagreements(spec, shapes).size(), 1);
        shapes["model.layers.0.mlp.other.weight"] = {4, 4};
        QCOMPARE(disagreements(spec, shapes).size(), 2);
        // A matrix of one row more is found and refused, and so not used.
        shapes["model.layers.0.mlp.up_proj.weight"] = {1, 1};
        QCOMPARE(disagreements(spec, shapes).size(), 3);
    }

    void publishedConfigsResolve_data()
    {
        QTest::addColumn<QString>("config");
        QTest::addColumn<quint64>("parameters");
        const QString shared = sharedFolder();
        if (shared.isEmpty())
            QSKIP("the folder of published configs is not there (ASSAY_SHARED)");
        const QDir folder(shared + "/reference/configs");
        for (const QString &name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            const auto known = std::ranges::find_if(kPublished, [&name](const Published &each) { return name == QLatin1String(each.folder); });
            QTest::newRow(qPrintable(name)) << folder.filePath(name + "/config.json") << quint64(known != std::end(kPublished) ? known->parameters : 0);
        }
    }

    void publishedConfigsResolve()
    {
        QFETCH(QString, config);
        QFETCH(quint64, parameters);
        const auto parsed = parseModelConfig(textOf(config));
        QVERIFY(parsed);
        const auto spec = resolveDecoder(*parsed);
        if (!findArchitecture(parsed->architecture())) {
            QCOMPARE(spec.error().code, ErrorCode::ArchitectureUnsupported);
            return;
        }
        QVERIFY2(spec, spec ? "" : spec.error().sentence().c_str());
        if (parameters != 0)
            QCOMPARE(quint64(spec->parameters()), parameters);
    }

    void ggufFilesAreCovered_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : {"llama-tiny-f32.gguf", "llama-tiny-f32-split-00001-of-00003.gguf", "llama-tiny-q8_0.gguf", "llama-tiny256-q4_k.gguf"})
            QTest::newRow(file) << dataFolder() + "/gguf/" + file;
        for (const char *model : {"deepseek-r1", "deepseek-r1-whole", "qwen2-7b", "mixtral", "mixtral-old", "gpt-oss-20b", "phi3-mini", "gpt2"}) {
            const QString file = m_folder.filePath(QLatin1String(model) + ".gguf");
            QVERIFY(generate("make_gguf.py", {model, "--out", file}));
            QTest::newRow(model) << file;
        }
    }

    void ggufFilesAreCovered()
    {
        QFETCH(QString, file);
        const Inspection inspection = inspected(file);
        const auto spec = resolveDecoder(inspection.facts.config);
        QVERIFY2(spec, spec ? "" : spec.error().sentence().c_str());
        Shapes shapes;
        for (const TensorRecord &tensor : inspection.directory.checkpoint.tensors)
            shapes[std::string(tensor.name)].assign(tensor.shape.begin(), tensor.shape.end());
        // Read beside the weights.
        for (const TensorSlot &table : spec->ropeTables()) {
            const auto source = findSource(*spec, table, true, [&shapes](const std::string &name) { return shapes.contains(name) ? std::optional(shapes[name]) : std::nullopt; });
            QVERIFY(source);
            QCOMPARE(shapes[source->name], source->shape);
            shapes.erase(source->name);
        }
        QCOMPARE(disagreements(*spec, shapes, true).join(u'\n'), QString());
    }
};

QTEST_GUILESS_MAIN(TestDescriptions)
#include "tst_descriptions.moc"
