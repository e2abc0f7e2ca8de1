// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/encoderinputs.h"

#include "core/base/file.h"
#include "core/format/modeldirectory.h"

#include <algorithm>

namespace assay::worker {
namespace {

using SharedTokenizer = Result<std::shared_ptr<const Tokenizer>>;

/// A text's own tokens within an input.
struct Segment
{
    size_t first = 0, length = 0;
};

/// Where a text's tokens stand from `from` on; nothing when they are not there as they are.
std::optional<Segment> segmentOf(const std::vector<int64_t> &ids, size_t from, const std::vector<int64_t> &text)
{
    const auto found = std::search(ids.begin() + std::ptrdiff_t(from), ids.end(), text.begin(), text.end());
    if (found == ids.end() && !text.empty())
        return std::nullopt;
    return Segment{size_t(found - ids.begin()), text.size()};
}

/// How long two texts may be together, the longer one cut first: "longest_first" of the tokenizers library.
void shorten(size_t &a, size_t &b, size_t room)
{
    size_t &shorter = a <= b ? a : b, &longer = a <= b ? b : a;
    longer = std::max(shorter, room > shorter ? room - shorter : 0);
    if (shorter + longer > room) {
        shorter = room / 2;
        longer = shorter + room % 2;
    }
}

/// Takes what is behind `left` tokens of a segment out.
void cut(TokenizedPair &whole, const Segment &segment, size_t left)
{
    for (auto *values : {&whole.ids, &whole.types}) {
        if (values->empty())
            continue;
        const auto begin = values->begin() + std::ptrdiff_t(segment.first);
        values->erase(begin + std::ptrdiff_t(left), begin + std::ptrdiff_t(segment.length));
    }
}

/// Cuts the texts between their special tokens. False when nothing can be done about it.
bool truncate(TokenizedPair &whole, const std::vector<int64_t> &text, const std::optional<std::vector<int64_t>> &pair, size_t most)
{
    const auto first = segmentOf(whole.ids, 0, text);
    const auto second = first && pair ? segmentOf(whole.ids, first->first + first->length, *pair) : Segment{};
    if (!first || !second)
        return false;
    const size_t special = whole.ids.size() - first->length - second->length;
    if (special >= most)
        return false;
    size_t a = first->length, b = second->length;
    if (pair)
        shorten(a, b, most - special);
    else
        a = most - special;
    if (pair)
        cut(whole, *second, b);
    cut(whole, *first, a);
    return true;
}

TokenizedPair tokensOf(const protocol::EncoderItem &item, const Tokenizer &tokenizer, size_t most, bool &truncated)
{
    TokenizedPair out;
    if (item.pair)
        out = tokenizer.encodePair(item.text, *item.pair);
    else
        out.ids = tokenizer.encode(item.text, true);
    if (!item.truncate || out.ids.size() <= most)
        return out;
    std::optional<std::vector<int64_t>> pair;
    if (item.pair)
        pair = tokenizer.encode(*item.pair, false);
    truncated = truncate(out, tokenizer.encode(item.text, false), pair, most);
    return out;
}

Result<engine::EncoderInput> inputOf(const protocol::EncoderItem &item, const SharedTokenizer &tokenizer,
                                     const engine::Description &model, bool &truncated)
{
    const auto most = size_t(model.contextLength);
    if (!item.ids.empty()) {
        if (!item.text.empty() || item.pair)
            return failure(ErrorCode::BadParameters, {"ids", ASSAY_TEXT("Reason", "there is a text, too")});
        engine::EncoderInput out{item.ids, item.types};
        truncated = item.truncate && out.ids.size() > most;
        if (truncated) {
            out.ids.resize(most);
            out.types.resize(std::min(out.types.size(), most));
        }
        return out;
    }
    if (!tokenizer)
        return tl::unexpected(tokenizer.error());
    TokenizedPair tokens = tokensOf(item, **tokenizer, most, truncated);
    // A tokenizer may tell the types of a model that has learned none.
    const bool typed = model.tokenTypes > 1;
    return engine::EncoderInput{std::move(tokens.ids), typed ? std::move(tokens.types) : std::vector<int64_t>()};
}

} // namespace

Result<EncoderInputs> encoderInputs(const std::vector<protocol::EncoderItem> &items, const SharedTokenizer &tokenizer,
                                    const engine::Description &model)
{
    EncoderInputs out;
    for (const protocol::EncoderItem &item : items) {
        bool truncated = false;
        auto input = inputOf(item, tokenizer, model, truncated);
        if (!input) {
            if (items.size() > 1)
                input.error().where = "input " + std::to_string(out.inputs.size() + 1);
            return tl::unexpected(input.error());
        }
        out.inputs.push_back(std::move(*input));
        out.truncated.push_back(truncated);
    }
    return out;
}

Result<int64_t> maskId(const std::optional<int64_t> &given, const SharedTokenizer &tokenizer)
{
    if (given)
        return *given;
    if (!tokenizer)
        return failure(ErrorCode::BadParameters, {"mask", ASSAY_TEXT("Reason", "without a tokenizer its id is needed")});
    for (const char *piece : {"[MASK]", "<mask>"}) {
        if (const int64_t id = (*tokenizer)->idOf(piece); id >= 0)
            return id;
    }
    return failure(ErrorCode::BadParameters, {"mask", ASSAY_TEXT("Reason", "the tokenizer has neither [MASK] nor <mask>")});
}

std::optional<SentencePooling> poolingAt(const std::filesystem::path &folder)
{
    std::error_code problem;
    if (!std::filesystem::exists(folder / "config.json", problem)) {
        const auto directory = openModelDirectory(folder);
        return directory ? ggufPooling(directory->checkpoint) : std::nullopt;
    }
    constexpr uint64_t kMostBytes = 1u << 20;
    return readSentencePooling([&](const std::string &name) {
        auto text = readWholeFile(folder / name, kMostBytes);
        return text ? std::optional(std::move(*text)) : std::nullopt;
    });
}

} // namespace assay::worker
