// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/safetensors.h"
#include "core/model/facts.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <map>

namespace assay::test {

/// The folder of other people's data, where there is one; empty else.
inline QString sharedFolder()
{
    const QString given = qEnvironmentVariable("ASSAY_SHARED");
    const QString path = given.isEmpty() ? QStringLiteral(ASSAY_SOURCE_DIR "/../shared") : given;
    return QDir(path).exists(QStringLiteral("reference")) ? QDir::cleanPath(path) : QString();
}

inline QString dataFolder()
{
    return QStringLiteral(ASSAY_TEST_DATA);
}

inline QJsonObject readJson(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

/// Runs one of tests/data/generators; the folder they write is sparse and must be temporary.
inline bool generate(const QString &script, const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral("python3"), QStringList{dataFolder() + "/generators/" + script} + arguments);
    return process.waitForFinished(100000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

inline Inspection inspected(const QString &path)
{
    auto inspection = inspectModel(path.toStdString());
    if (!inspection)
        qFatal("%s: %s", qPrintable(path), inspection.error().sentence().c_str());
    return std::move(*inspection);
}

/// Without the licence: models made for tests have none, and tst_ledger asks for it by name.
inline QStringList findingIds(const ModelFacts &facts)
{
    QStringList out;
    for (const Finding &finding : facts.findings) {
        if (finding.code != FindingCode::LicenceMissing)
            out << QString::fromLatin1(definitionOf(finding.code).id);
    }
    out.sort();
    return out;
}

/// A small Llama-like model that tests change before it is written: names to shapes, all BF16.
struct SmallLlama
{
    std::map<std::string, std::vector<int64_t>> tensors;
    std::map<std::string, Dtype> dtypes; ///< where not BF16
    QJsonObject config{{"architectures", QJsonArray{"LlamaForCausalLM"}},
                       {"model_type", "llama"},
                       {"num_hidden_layers", 2},
                       {"hidden_size", 8},
                       {"intermediate_size", 12},
                       {"num_attention_heads", 4},
                       {"num_key_value_heads", 2},
                       {"vocab_size", 20},
                       {"tie_word_embeddings", false},
                       {"torch_dtype", "bfloat16"},
                       {"rope_theta", 10000.0}};

    SmallLlama()
    {
        tensors["model.embed_tokens.weight"] = {20, 8};
        tensors["model.norm.weight"] = {8};
        tensors["lm_head.weight"] = {20, 8};
        for (const std::string layer : {"model.layers.0.", "model.layers.1."}) {
            tensors[layer + "self_attn.q_proj.weight"] = tensors[layer + "self_attn.o_proj.weight"] = {8, 8};
            tensors[layer + "self_attn.k_proj.weight"] = tensors[layer + "self_attn.v_proj.weight"] = {4, 8};
            tensors[layer + "mlp.gate_proj.weight"] = tensors[layer + "mlp.up_proj.weight"] = {12, 8};
            tensors[layer + "mlp.down_proj.weight"] = {8, 12};
            tensors[layer + "input_layernorm.weight"] = tensors[layer + "post_attention_layernorm.weight"] = {8};
        }
    }

    /// Writes config.json and model.safetensors.
    void write(const QString &folder) const
    {
        QDir().mkpath(folder);
        QFile file(folder + "/config.json");
        if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(config).toJson()) < 0)
            qFatal("config.json cannot be written");
        std::vector<std::vector<std::byte>> data;
        std::vector<TensorToWrite> list;
        data.reserve(tensors.size());
        for (const auto &[name, shape] : tensors) {
            const auto special = dtypes.find(name);
            const Dtype dtype = special == dtypes.end() ? Dtype::BF16 : special->second;
            size_t bits = size_t(dtypeBits(dtype));
            for (const int64_t dimension : shape)
                bits *= size_t(dimension);
            data.emplace_back(bits / 8);
            list.push_back({name, dtype, shape, data.back()});
        }
        if (auto done = writeSafetensors((folder + "/model.safetensors").toStdString(), list); !done)
            qFatal("%s", done.error().sentence().c_str());
    }

    /// Its facts, written into a folder of this name.
    ModelFacts facts(const QString &name = QStringLiteral("small")) const
    {
        const QTemporaryDir folder;
        write(folder.filePath(name));
        return inspected(folder.filePath(name)).facts;
    }
};

} // namespace assay::test
