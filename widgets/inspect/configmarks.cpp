// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/configmarks.h"

#include "core/service/translation.h"

#include <array>

namespace assay {
namespace {

struct Mark
{
    FindingCode code;
    std::array<const char *, 6> fields; ///< the spellings of inspectors.md, 4c and 4j; GGUF's without architecture
};

constexpr std::array kMarks{
    Mark{FindingCode::LayersDisagree, {"num_hidden_layers", "n_layer", "num_layers", "n_layers", "block_count"}},
    Mark{FindingCode::HiddenSizeDisagrees, {"hidden_size", "n_embd", "d_model", "dim", "embedding_length"}},
    Mark{FindingCode::VocabularyDisagrees, {"vocab_size"}},
    Mark{FindingCode::IntermediateSizeDisagrees,
         {"intermediate_size", "n_inner", "ffn_dim", "hidden_dim", "ffn_hidden_size", "feed_forward_length"}},
    Mark{FindingCode::HeadsDisagree,
         {"num_attention_heads", "num_key_value_heads", "head_dim", "n_head", "attention.head_count",
          "attention.head_count_kv"}},
    Mark{FindingCode::TiedHeadDisagrees, {"tie_word_embeddings"}},
    Mark{FindingCode::DtypeDisagrees, {"torch_dtype", "dtype"}},
    Mark{FindingCode::ExpertsDisagree, {"num_local_experts", "num_experts", "n_routed_experts", "expert_count"}},
    Mark{FindingCode::NextTokenDisagrees, {"num_nextn_predict_layers", "nextn_predict_layers"}},
    Mark{FindingCode::ContextDisagrees, {"max_position_embeddings", "n_positions", "n_ctx", "context_length"}},
    Mark{FindingCode::PositionsDisagree, {"max_position_embeddings", "n_positions", "position_embedding_type"}},
    Mark{FindingCode::QuantizationDisagrees, {"quantization_config", "quant_method"}},
    Mark{FindingCode::ArchitectureDisagrees, {"architectures", "model_type", "general.architecture"}},
    Mark{FindingCode::FileTypeDisagrees, {"general.file_type"}},
};

} // namespace

QHash<QString, QString> contradictedFields(const std::vector<Finding> &findings)
{
    QHash<QString, QString> fields;
    for (const Finding &finding : findings) {
        for (const Mark &mark : kMarks) {
            if (mark.code != finding.code)
                continue;
            const QString sentence = toQString(finding.sentence(qtTranslate()));
            for (const char *field : mark.fields) {
                if (field)
                    fields.insert(QString::fromLatin1(field), sentence);
            }
        }
    }
    return fields;
}

} // namespace assay
