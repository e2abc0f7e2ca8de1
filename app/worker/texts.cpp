// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/texts.h"

#include <algorithm>

namespace assay::worker {
namespace {

/// Whether the tokenizer puts the begin token before a text, and nothing behind it.
bool beginsTexts(const Tokenizer &tokenizer, const engine::Description &model)
{
    const std::vector<int64_t> added = tokenizer.encode("", true);
    return model.beginToken && added == std::vector<int64_t>{*model.beginToken};
}

Result<std::vector<int64_t>> prefixForEmptyContext(const engine::Description &model)
{
    if (model.beginToken)
        return std::vector<int64_t>{*model.beginToken};
    if (!model.endTokens.empty())
        return std::vector<int64_t>{model.endTokens.front()};
    return failure(ErrorCode::BadParameters, {"context", "it is empty and the model has no begin token"});
}

} // namespace

Result<engine::Continuation> continuationOf(const protocol::ScoreItem &item, const Result<std::shared_ptr<const Tokenizer>> &opened,
                                            const engine::Description &model, LastContext &last)
{
    if (!item.continuationIds.empty()) {
        auto context = item.contextIds.empty() ? prefixForEmptyContext(model) : Result<std::vector<int64_t>>(item.contextIds);
        return context.map([&item](std::vector<int64_t> ids) { return engine::Continuation{std::move(ids), item.continuationIds}; });
    }
    if (!opened)
        return tl::unexpected(opened.error());
    const Tokenizer *const tokenizer = opened->get();
    const size_t end = item.context.find_last_not_of(' ');
    const std::string context = item.context.substr(0, end == std::string::npos ? 0 : end + 1);
    const bool begins = item.special && beginsTexts(*tokenizer, model);
    const std::vector<int64_t> whole = tokenizer->encode(item.context + item.continuation, begins);
    engine::Continuation out;
    if (!last.ids || last.text != context || last.begins != begins)
        last = {context, begins, tokenizer->encode(context, begins)};
    out.context = *last.ids;
    const size_t split = std::min(out.context.size(), whole.size());
    out.continuation.assign(whole.begin() + std::ptrdiff_t(split), whole.end());
    if (out.continuation.empty())
        return failure(ErrorCode::BadParameters, {"continuation", "it adds no token to the context"});
    if (out.context.empty()) {
        auto prefix = prefixForEmptyContext(model);
        if (!prefix)
            return tl::unexpected(prefix.error());
        out.context = std::move(*prefix);
    }
    return out;
}

int64_t characterCount(const std::string &text)
{
    return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
}

} // namespace assay::worker
