// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/checkpoint.h"

#include <functional>
#include <optional>
#include <string>

namespace assay {

/// How a sentence-transformers model makes one vector of a text's states, as its modules.json and its pooling's
/// config.json say (sbert.net, "Creating Custom Models"), or a GGUF file's pooling_type.
struct SentencePooling
{
    std::string mode = "mean";  ///< or "first": of the first token
    bool normalise = false;     ///< the vector is divided by its length
    std::string unsupported;    ///< what the files ask for besides, such as "Dense" or "pooling_mode_max_tokens"; else empty
    bool operator==(const SentencePooling &) const = default;
};

/// readText: a file of the model's folder by its name there, nothing where there is none. Nothing without a modules.json.
std::optional<SentencePooling> readSentencePooling(const std::function<std::optional<std::string>(const std::string &)> &readText);
/// The same from GGUF's metadata; nothing where they do not say. They never tell of normalisation.
std::optional<SentencePooling> ggufPooling(const Checkpoint &checkpoint);

} // namespace assay
