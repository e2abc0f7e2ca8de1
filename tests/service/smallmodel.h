// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/description.h"
#include "core/format/safetensors.h"
#include "core/service/workerclient.h"

#include <QFile>
#include <QTest>
#include <random>

namespace assay {

inline const char *const kSmallConfig =
    R"({"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 64,
    "intermediate_size": 128, "num_hidden_layers": 4, "num_attention_heads": 4, "num_key_value_heads": 2,
    "vocab_size": 256, "max_position_embeddings": 8192, "rms_norm_eps": 1e-5, "rope_theta": 10000.0,
    "tie_word_embeddings": false, "torch_dtype": "float32", "bos_token_id": 1, "eos_token_id": 2})";

/// A small Llama with random weights.
inline void makeModel(const QString &path)
{
    QFile file(path + QStringLiteral("/config.json"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(kSmallConfig);
    const auto config = parseModelConfig(kSmallConfig);
    QVERIFY(config);
    const auto spec = resolveDecoder(*config);
    QVERIFY(spec);
    std::mt19937 random(1);
    std::normal_distribution<float> normal(0, 0.05f);
    const std::vector<TensorSlot> wanted = spec->tensors();
    std::vector<std::vector<float>> values;
    std::vector<TensorToWrite> tensors;
    for (const TensorSlot &slot : wanted) {
        int64_t elements = 1;
        for (const int64_t size : slot.shape)
            elements *= size;
        values.emplace_back(size_t(elements));
        for (float &value : values.back())
            value = normal(random);
        tensors.push_back({tensorName(*spec, slot), Dtype::F32, slot.shape, std::as_bytes(std::span(values.back()))});
    }
    QVERIFY(writeSafetensors((path + QStringLiteral("/model.safetensors")).toStdString(), tensors));
}

inline WorkerCommand realWorker()
{
    return {QStringLiteral(ASSAY_BINARY_DIR "/bin/assay-worker"), {}};
}

} // namespace assay
