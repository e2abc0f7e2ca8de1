// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/decoderlayout.h"

#include <QDir>
#include <QFile>
#include <nlohmann/json.hpp>

/// Model directories of any size that take no room on the disk: the weights are zeros in a sparse file.
namespace synthetic {

inline nlohmann::json llama(int64_t layers, int64_t hidden, int64_t vocabulary)
{
    return {{"architectures", {"LlamaForCausalLM"}},
            {"model_type", "llama"},
            {"hidden_act", "silu"},
            {"num_hidden_layers", layers},
            {"hidden_size", hidden},
            {"intermediate_size", 4 * hidden},
            {"num_attention_heads", hidden / 64},
            {"num_key_value_heads", hidden / 64},
            {"vocab_size", vocabulary},
            {"max_position_embeddings", 16384},
            {"rms_norm_eps", 1e-5},
            {"tie_word_embeddings", false}};
}

inline bool writeFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

/// Writes config.json and a float32 model.safetensors with all the tensors that the config asks for.
inline bool write(const QString &directory, const nlohmann::json &config)
{
    const auto parsed = assay::parseModelConfig(config.dump());
    const auto spec = parsed ? assay::resolveDecoder(*parsed) : tl::unexpected(parsed.error());
    if (!spec || !QDir().mkpath(directory))
        return false;
    nlohmann::json header = nlohmann::json::object();
    uint64_t at = 0;
    for (const assay::TensorSlot &slot : spec->tensors()) {
        uint64_t bytes = 4;
        for (const int64_t size : slot.shape)
            bytes *= uint64_t(size);
        header[slot.name] = {{"dtype", "F32"}, {"shape", slot.shape}, {"data_offsets", {at, at + bytes}}};
        at += bytes;
    }
    const QByteArray text = QByteArray::fromStdString(header.dump());
    const uint64_t length = uint64_t(text.size());
    QFile file(directory + QStringLiteral("/model.safetensors"));
    return writeFile(directory + QStringLiteral("/config.json"), QByteArray::fromStdString(config.dump())) &&
           file.open(QIODevice::WriteOnly) &&
           file.write(QByteArray(reinterpret_cast<const char *>(&length), 8) + text) == text.size() + 8 &&
           file.resize(qint64(8 + length + at));
}

} // namespace synthetic
