// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace assay {

/// What is known of one family of models in the naming of transformers. A new one is a row in architectures.cpp.
struct ArchitectureFamily
{
    const char *modelType;     ///< config.json model_type
    const char *classStem;     ///< what its class names begin with: "Llama" of LlamaForCausalLM
    const char *position;      ///< "rope", "learned", "alibi"
    const char *normalization; ///< "RMSNorm" or "LayerNorm"
    const char *activation;    ///< unless the config names one
    bool gatedMlp;
    bool tiedByDefault;        ///< when the config does not say (tie_word_embeddings)
    bool decoder;              ///< generates token by token with a key/value cache
    bool transposed;           ///< its linear layers are stored [in, out] (GPT-2's Conv1D)
    const char *head;          ///< the language head's weight
    const char *defaults;      ///< JSON: fields that the class supplies when the config leaves them out
    /// The tensors, as grammar.h reads them.
    const char *tensors;
};

/// What a class puts on top of the family's base model.
enum class ModelTask { Unknown, Base, LanguageModel, MaskedLanguageModel, Classifier };

/// All that are known.
std::span<const ArchitectureFamily> architectureFamilies();
/// The family of this class name, else of this model_type; null when neither is known.
const ArchitectureFamily *findFamily(std::string_view className, std::string_view modelType);
/// By the end of the class name: ForCausalLM, Model, ...
ModelTask taskOf(std::string_view className);
/// The tensor's name without what wrappers put before the base model's own names: "model.", "bert.", ...
std::string_view withoutBasePrefix(std::string_view name);

} // namespace assay
