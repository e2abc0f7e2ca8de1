// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"
#include "core/model/sentencepooling.h"
#include "core/protocol/encodermessages.h"
#include "core/tokenizer/tokenizer.h"

namespace assay::worker {

/// Items of a request as inputs of an encoder: their ids, else those of their texts.
struct EncoderInputs
{
    std::vector<engine::EncoderInput> inputs;
    std::vector<bool> truncated;
};
/// Without a tokenizer its error; BadParameters. An error says which item is wrong when there are several.
Result<EncoderInputs> encoderInputs(const std::vector<protocol::EncoderItem> &items,
                                    const Result<std::shared_ptr<const Tokenizer>> &tokenizer, const engine::Description &model);

/// The id of the mask: the one given, else the tokenizer's. BadParameters where there is none.
Result<int64_t> maskId(const std::optional<int64_t> &given, const Result<std::shared_ptr<const Tokenizer>> &tokenizer);

/// How a sentence-transformers model in this folder makes vectors; nothing for other models.
std::optional<SentencePooling> poolingAt(const std::filesystem::path &folder);

} // namespace assay::worker
