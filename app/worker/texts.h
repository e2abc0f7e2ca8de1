// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"
#include "core/protocol/messages.h"
#include "core/tokenizer/tokenizer.h"

#include <optional>

namespace assay::worker {

/// The tokens of the context that was encoded last: the choices of an item share theirs.
struct LastContext
{
    std::string text;
    bool begins = false;
    std::optional<std::vector<int64_t>> ids;
};

/// An item of a score request as token ids: the ones given, else those of the texts. Spaces at the end of the
/// context belong to the continuation; context and whole are encoded apart, and the continuation's tokens are
/// what follows the context's; an empty context becomes the begin token, else an end token
/// (evaluation.md 3.1). Texts without a tokenizer: the error of opening it.
Result<engine::Continuation> continuationOf(const protocol::ScoreItem &item, const Result<std::shared_ptr<const Tokenizer>> &tokenizer,
                                            const engine::Description &model, LastContext &last);

/// Characters (code points) of UTF-8 text.
int64_t characterCount(const std::string &text);

} // namespace assay::worker
