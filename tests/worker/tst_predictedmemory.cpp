// SPDX-License-Identifier: GPL-3.0-or-later
// The memory that was predicted before loading against what was measured: every reference model, and larger ones of each kind
// of weights. What the weights hold is what was predicted, and while they are loaded nothing is there twice.
#include "referencemodels.h"
#include "syntheticmodel.h"
#include "tests/format/ggufwriter.h"
#include "workerprocess.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace assay;
using Json = nlohmann::json;
using Path = std::filesystem::path;

namespace {

// A tensor begins at a multiple of 64 bytes, and malloc keeps some for itself.
constexpr uint64_t kBytesOfTensor = 128;
// What a thread that loads may hold besides the model: pieces of some MB, twice for weights that are turned round.
constexpr uint64_t kWindow = 8u << 20, kThreads = 2;

/// About 190 million numbers: two layers of 1024 and a vocabulary of 64 K.
Json largeConfig()
{
    Json config = synthetic::llama(4, 1024, 65536);
    config["max_position_embeddings"] = 2048;
    return config;
}

/// The same as GGUF: matrices in blocks of one type, norms in f32, all zeros.
bool writeGguf(const Path &file, uint32_t type, uint64_t blockElements, uint64_t blockBytes)
{
    struct Tensor
    {
        std::string name;
        std::vector<uint64_t> sizes;
        uint32_t type;
        uint64_t bytes;
    };
    std::vector<Tensor> tensors;
    const auto matrix = [&](const std::string &name, uint64_t columns, uint64_t rows) {
        tensors.push_back({name, {columns, rows}, type, columns * rows / blockElements * blockBytes});
    };
    const auto vector = [&](const std::string &name) { tensors.push_back({name, {1024}, 0, 4096}); };
    matrix("token_embd.weight", 1024, 65536);
    matrix("output.weight", 1024, 65536);
    vector("output_norm.weight");
    for (int layer = 0; layer < 4; ++layer) {
        const std::string prefix = "blk." + std::to_string(layer) + ".";
        vector(prefix + "attn_norm.weight");
        vector(prefix + "ffn_norm.weight");
        for (const char *name : {"attn_q.weight", "attn_k.weight", "attn_v.weight", "attn_output.weight"})
            matrix(prefix + name, 1024, 1024);
        matrix(prefix + "ffn_gate.weight", 1024, 4096);
        matrix(prefix + "ffn_up.weight", 1024, 4096);
        matrix(prefix + "ffn_down.weight", 4096, 1024);
    }
    test::GgufWriter writer;
    writer.begin(tensors.size(), 8).key("general.architecture", "llama");
    for (const auto &[name, value] : {std::pair{"context_length", 2048u}, {"embedding_length", 1024u}, {"block_count", 4u}, {"feed_forward_length", 4096u},
                                      {"attention.head_count", 16u}, {"vocab_size", 65536u}})
        writer.keyU32(std::string("llama.") + name, value);
    writer.key("llama.attention.layer_norm_rms_epsilon", 6u).number(1e-5f);
    uint64_t at = 0;
    for (const Tensor &each : tensors) {
        writer.tensor(each.name, each.sizes, each.type, at);
        at += (each.bytes + 31) / 32 * 32;
    }
    writer.data(0);
    std::error_code problem;
    const bool written = writeFileAtomically(file, writer.bytes()).has_value();
    std::filesystem::resize_file(file, writer.bytes().size() + at, problem); // a hole: zeros
    return written && !problem;
}

std::string megabytes(uint64_t bytes)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", double(bytes) / 1e6);
    return text;
}

} // namespace

class TestPredictedMemory : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    WorkerProcess m_worker{{QStringLiteral("--threads"), QString::number(kThreads)}};

    Path folder(const char *name) const { return Path(m_folder.path().toStdString()) / name; }

    /// Loads, compares, and lets go again; the answer.
    protocol::LoadResult load(const QString &path, const char *dtype, uint64_t tensors)
    {
        protocol::LoadResult out;
        if (m_worker.load(path, dtype) == 0 || !fromJson(m_worker.lastLoad(), out))
            return {};
        m_worker.ask(protocol::method::kUnload, {{"model", out.model}});
        const uint64_t slack = out.weightBytes / 1000 + tensors * kBytesOfTensor;
        const uint64_t held = out.heldBytes.value_or(0), peak = out.memory.tensorPeak.value_or(0);
        m_sound = held >= out.weightBytes && held <= out.weightBytes + slack && peak <= out.weightBytes + slack + kThreads * kWindow
                  && out.predictedBytes >= out.weightBytes;
        if (!m_sound)
            qWarning("%llu predicted for the weights, %llu held, %llu at the peak", ull(out.weightBytes), ull(held), ull(peak));
        return out;
    }

    static unsigned long long ull(uint64_t value) { return value; }
    bool m_sound = false;

private slots:
    void referenceModels_data()
    {
        QTest::addColumn<QString>("model");
        for (const QString &model : reference::models())
            QTest::newRow(qPrintable(model)) << model;
    }

    void referenceModels()
    {
        QFETCH(QString, model);
        const uint64_t tensors = reference::expected(model).value("tensors_in_files", uint64_t(0));
        QVERIFY(tensors > 0);
        for (const char *dtype : {"auto", "f32", "bf16", "int8"}) {
            const protocol::LoadResult loaded = load(reference::path(model), dtype, tensors);
            QVERIFY2(m_sound && loaded.weightBytes > 0, dtype);
        }
    }

    void largeModels_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("dtype");
        for (const char *dtype : {"f32", "bf16", "int8"})
            QTest::newRow(dtype) << QStringLiteral("plain") << QString::fromLatin1(dtype);
        for (const char *kind : {"Q8_0", "Q4_K", "BF16"})
            QTest::addRow("GGUF %s", kind) << QString::fromLatin1(kind) << QStringLiteral("auto");
    }

    void largeModels()
    {
        QFETCH(QString, kind);
        QFETCH(QString, dtype);
        const Path path = folder(qPrintable(kind + QStringLiteral(".gguf")));
        const Path plain = folder("plain");
        if (kind == QStringLiteral("plain"))
            QVERIFY(synthetic::writeZeros(plain, largeConfig()));
        else if (kind == QStringLiteral("Q8_0"))
            QVERIFY(writeGguf(path, 8, 32, 34));
        else if (kind == QStringLiteral("Q4_K"))
            QVERIFY(writeGguf(path, 12, 256, 144));
        else
            QVERIFY(writeGguf(path, 30, 1, 2));
        const Path from = kind == QStringLiteral("plain") ? plain : path;
        const protocol::LoadResult loaded = load(QString::fromStdString(from.string()), qPrintable(dtype), 39);
        QVERIFY(m_sound);
        QVERIFY(loaded.weightBytes > 100'000'000);
        qInfo("| %s | %s | %s | %s |", QTest::currentDataTag(), megabytes(loaded.weightBytes).c_str(), megabytes(*loaded.heldBytes).c_str(),
              megabytes(*loaded.memory.tensorPeak).c_str());
    }
};

QTEST_GUILESS_MAIN(TestPredictedMemory)
#include "tst_predictedmemory.moc"
