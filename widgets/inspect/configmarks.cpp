// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/configmarks.h"

#include "core/service/translation.h"

#include <array>

namespace assay {
namespace {

struct Mark
{
    FindingCode code;
    std::array<const char *, 5> fields; ///< the spellings of inspectors.md, 4c
};

constexpr std::array<Mark, 7> kMarks{{
    {FindingCode::LayersDisagree, {"num_hidden_layers", "n_layer", "num_layers", "n_layers"}},
    {FindingCode::HiddenSizeDisagrees, {"hidden_size", "n_embd", "d_model", "dim"}},
    {FindingCode::VocabularyDisagrees, {"vocab_size"}},
    {FindingCode::IntermediateSizeDisagrees,
     {"intermediate_size", "n_inner", "ffn_dim", "hidden_dim", "ffn_hidden_size"}},
    {FindingCode::HeadsDisagree, {"num_attention_heads", "num_key_value_heads", "head_dim", "n_head"}},
    {FindingCode::TiedHeadDisagrees, {"tie_word_embeddings"}},
    {FindingCode::DtypeDisagrees, {"torch_dtype", "dtype"}},
}};

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
