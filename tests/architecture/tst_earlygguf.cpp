// SPDX-License-Identifier: GPL-3.0-or-later
// GGUF files of the earlier decoders: keys and tensors as llama.cpp's converter writes them (its convert_hf_to_gguf.py and
// llama-arch.cpp), resolved from the metadata alone.
#include "core/model/ggufconfig.h"
#include "tests/architecture/coverage.h"

#include <QtTest>

using namespace assay;
using namespace assay::test;

namespace {

constexpr int64_t kHidden = 32, kHeads = 4, kWide = 128, kVocabulary = 50, kContext = 16, kLayers = 2;

/// A file of one architecture: the keys that all have, and its tensors.
class File
{
public:
    explicit File(const std::string &architecture) : m_architecture(architecture)
    {
        m_checkpoint.format = "gguf";
        set("general.architecture", architecture);
        for (const auto &[key, value] : {std::pair{"block_count", kLayers}, std::pair{"embedding_length", kHidden}, std::pair{"context_length", kContext},
                                         std::pair{"feed_forward_length", kWide}, std::pair{"attention.head_count", kHeads}})
            set(architecture + "." + key, value);
        set(architecture + ".attention.layer_norm_epsilon", 1e-5);
        MetadataEntry tokens;
        tokens.key = "tokenizer.ggml.tokens";
        tokens.count = kVocabulary;
        m_checkpoint.metadata.push_back(tokens);
        m_shapes["token_embd.weight"] = {kVocabulary, kHidden};
        norm("output_norm");
        matrix("blk.{layer}.ffn_up", kWide, kHidden);
        matrix("blk.{layer}.ffn_down", kHidden, kWide);
        matrix("blk.{layer}.attn_output", kHidden, kHidden);
    }

    template <typename T>
    void key(const char *name, T value) { set(m_architecture + "." + name, value); }
    void norm(const std::string &name) { m_shapes[name + ".weight"] = m_shapes[name + ".bias"] = {kHidden}; }
    void matrix(const std::string &name, int64_t out, int64_t in, bool bias = true)
    {
        m_shapes[name + ".weight"] = {out, in};
        if (bias)
            m_shapes[name + ".bias"] = {out};
    }
    void withoutBiases()
    {
        std::erase_if(m_shapes, [](const auto &tensor) { return tensor.first.ends_with(".bias") && tensor.first.find("norm") == std::string::npos; });
    }
    Shapes shapes() const { return eachLayer(kLayers, m_shapes); }

    DecoderSpec spec() const
    {
        Checkpoint checkpoint = m_checkpoint;
        for (const auto &[name, shape] : shapes()) {
            TensorRecord tensor;
            tensor.name = checkpoint.arena->text(name);
            tensor.shape = checkpoint.arena->numbers(shape);
            checkpoint.tensors.push_back(tensor);
        }
        auto resolved = resolveDecoder(ggufConfig(checkpoint));
        if (!resolved)
            qFatal("%s", resolved.error().sentence().c_str());
        return std::move(*resolved);
    }

private:
    template <typename T>
    void set(const std::string &name, T value)
    {
        MetadataEntry entry;
        entry.key = name;
        entry.value = value;
        m_checkpoint.metadata.push_back(entry);
    }

    std::string m_architecture;
    Checkpoint m_checkpoint;
    Shapes m_shapes;
};

/// One with two norms a layer and the fused matrix.
File fused(const char *architecture)
{
    File file(architecture);
    file.norm("blk.{layer}.attn_norm");
    file.norm("blk.{layer}.ffn_norm");
    file.matrix("blk.{layer}.attn_qkv", 3 * kHidden, kHidden);
    return file;
}

} // namespace

class TestEarlyGguf : public QObject
{
    Q_OBJECT

private slots:
    void gpt2()
    {
        File file = fused("gpt2");
        file.matrix("position_embd", kContext, kHidden, false);
        const DecoderSpec spec = file.spec();
        QCOMPARE(disagreements(spec, file.shapes(), true), QStringList());
        QCOMPARE(spec.learnedPositions, kContext);
        QVERIFY(spec.tied);
        file.matrix("output", kVocabulary, kHidden, false);
        QVERIFY(!file.spec().tied);
        QCOMPARE(disagreements(file.spec(), file.shapes(), true), QStringList());
        // All queries, then all keys, then all values.
        const auto key = sourcesOf(spec, {Part::Key, 1, -1, false, {kHidden, kHidden}}, true).back();
        QCOMPARE(key.name, std::string("blk.1.attn_qkv.weight"));
        QCOMPARE(key.rows.rowOf(3), kHidden + 3);
        QVERIFY(!key.transposed);
    }

    void gptNeox()
    {
        File file = fused("gptneox");
        file.matrix("output", kVocabulary, kHidden, false);
        file.key("rope.dimension_count", int64_t(4));
        file.key("use_parallel_residual", false);
        const DecoderSpec spec = file.spec();
        QCOMPARE(disagreements(spec, file.shapes(), true), QStringList());
        QCOMPARE(spec.layers.front().attention.rope.rotaryDim, int64_t(4));
        QVERIFY(spec.layers.front().attention.pairing == RopePairing::Halves);
        QVERIFY(!spec.layers.front().parallel);
        // Without the number of them all numbers of a head are rotated, whatever transformers takes by default.
        QCOMPARE(fused("gptneox").spec().layers.front().attention.rope.rotaryDim, kHidden / kHeads);
        QVERIFY(fused("gptneox").spec().layers.front().parallel);
    }

    void bloom()
    {
        File file = fused("bloom");
        file.norm("token_embd_norm");
        file.key("attention.head_count_kv", kHeads);
        const DecoderSpec spec = file.spec();
        QCOMPARE(disagreements(spec, file.shapes(), true), QStringList());
        QVERIFY(spec.layers.front().attention.positions == Positions::Alibi);
    }

    void falconWithTwoNorms()
    {
        File file("falcon");
        file.key("attention.head_count_kv", int64_t(2));
        file.norm("blk.{layer}.attn_norm");
        file.norm("blk.{layer}.attn_norm_2");
        file.matrix("blk.{layer}.attn_qkv", kHidden + 2 * 16, kHidden);
        file.withoutBiases();
        const DecoderSpec spec = file.spec();
        QCOMPARE(disagreements(spec, file.shapes(), true), QStringList());
        // attn_norm is the one before the feed-forward part here.
        QCOMPARE(sourcesOf(spec, {Part::MlpNorm, 0, -1, false, {kHidden}}, true).front().name, std::string("blk.0.attn_norm.weight"));
        QCOMPARE(sourcesOf(spec, {Part::InputNorm, 0, -1, false, {kHidden}}, true).front().name, std::string("blk.0.attn_norm_2.weight"));
    }

    void falconWithOneNorm()
    {
        File file("falcon");
        file.key("attention.head_count_kv", int64_t(1));
        file.norm("blk.{layer}.attn_norm");
        file.matrix("blk.{layer}.attn_qkv", kHidden + 2 * 8, kHidden);
        file.withoutBiases();
        const DecoderSpec spec = file.spec();
        QVERIFY(spec.layers.front().parallel);
        QCOMPARE(spec.layers.front().attention.kvHeads, int64_t(1));
        // Both parts take the one norm; all else is used once.
        const QStringList lines = disagreements(spec, file.shapes(), true);
        QCOMPARE(lines.size(), 2 * kLayers);
        for (const QString &line : lines)
            QVERIFY2(line.contains(QStringLiteral(".attn_norm.")), qPrintable(line));
    }

    void phi2()
    {
        File file("phi2");
        file.key("attention.head_count_kv", kHeads);
        file.key("rope.dimension_count", int64_t(6));
        file.norm("blk.{layer}.attn_norm");
        file.matrix("output", kVocabulary, kHidden);
        file.matrix("blk.{layer}.attn_qkv", 3 * kHidden, kHidden);
        const DecoderSpec spec = file.spec();
        QCOMPARE(disagreements(spec, file.shapes(), true), QStringList());
        QCOMPARE(spec.layers.front().attention.rope.rotaryDim, int64_t(6));
        QVERIFY(spec.layers.front().parallel && !spec.layers.front().mlpNorm.present());
    }

    void starcoder2()
    {
        File file("starcoder2");
        file.key("attention.head_count_kv", int64_t(2));
        file.norm("blk.{layer}.attn_norm");
        file.norm("blk.{layer}.ffn_norm");
        file.matrix("blk.{layer}.attn_q", kHidden, kHidden);
        file.matrix("blk.{layer}.attn_k", kHidden / 2, kHidden);
        file.matrix("blk.{layer}.attn_v", kHidden / 2, kHidden);
        const DecoderSpec spec = file.spec();
        QCOMPARE(disagreements(spec, file.shapes(), true), QStringList());
        QVERIFY(spec.layers.front().attention.pairing == RopePairing::Halves);
    }
};

QTEST_APPLESS_MAIN(TestEarlyGguf)
#include "tst_earlygguf.moc"
