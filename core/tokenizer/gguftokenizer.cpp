// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/gguftokenizer.h"

#include "core/tokenizer/bpe.h"
#include "core/tokenizer/ggufarrays.h"
#include "core/tokenizer/ggufpatterns.h"
#include "core/tokenizer/problems.h"
#include "core/tokenizer/sentencepiece.h"
#include "core/tokenizer/utf8.h"
#include "core/tokenizer/wordpiece.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace assay {
namespace {

using Model = SentencePieceModel;
using Parts = Result<TokenizerParts>;

/// Tokens, scores and types of one vocabulary; what is missing of the latter two is 0 and Normal.
Result<std::vector<Model::Piece>> readPieces(const GgufValues &values, const std::string &where)
{
    auto texts = values.texts("tokenizer.ggml.tokens");
    if (!texts)
        return tl::unexpected(texts.error());
    auto scores = values.numbers("tokenizer.ggml.scores");
    auto types = scores ? values.numbers("tokenizer.ggml.token_type") : scores;
    if (!types)
        return tl::unexpected(types.error());
    if (texts->empty())
        return failure(ErrorCode::TokenizerMissing, {where});
    for (const auto *other : {&*scores, &*types}) {
        if (!other->empty() && other->size() != texts->size())
            return tokenizerDamaged(where, ASSAY_TEXT("Reason", "tokens, scores and types differ in number"), "tokenizer.ggml");
    }
    std::vector<Model::Piece> pieces(texts->size());
    for (size_t id = 0; id < pieces.size(); ++id) {
        pieces[id].text = std::move((*texts)[id]);
        const double score = scores->empty() ? 0 : (*scores)[id];
        pieces[id].score = score == score ? score : 0;
        if (!types->empty() && (*types)[id] >= 0 && (*types)[id] <= double(int(Model::Byte)))
            pieces[id].type = int((*types)[id]);
    }
    return pieces;
}

/// The id under a key, if it is one of the vocabulary.
int64_t tokenId(const GgufValues &values, const char *key, size_t count)
{
    const auto id = values.integer(key);
    return id && *id >= 0 && *id < int64_t(count) ? *id : -1;
}

int64_t bosOf(const GgufValues &values, size_t count) { return tokenId(values, "tokenizer.ggml.bos_token_id", count); }
int64_t eosOf(const GgufValues &values, size_t count) { return tokenId(values, "tokenizer.ggml.eos_token_id", count); }

std::vector<int64_t> idsIf(bool wanted, int64_t id)
{
    return wanted && id >= 0 ? std::vector<int64_t>{id} : std::vector<int64_t>();
}

Parts sentencePieceParts(const GgufValues &values, std::vector<Model::Piece> pieces, bool bpe, const std::string &where)
{
    Model model;
    model.bpe = bpe;
    model.byteFallback = bpe || std::any_of(pieces.begin(), pieces.end(),
                                            [](const Model::Piece &piece) { return piece.type == Model::Byte; });
    model.unknown = tokenId(values, "tokenizer.ggml.unknown_token_id", pieces.size());
    model.bos = bosOf(values, pieces.size());
    model.eos = eosOf(values, pieces.size());
    model.rules.addDummyPrefix = values.flag("tokenizer.ggml.add_space_prefix", true);
    model.rules.removeExtraWhitespaces = values.flag("tokenizer.ggml.remove_extra_whitespaces", false);
    model.addBos = values.flag("tokenizer.ggml.add_bos_token", bpe);
    model.addEos = values.flag("tokenizer.ggml.add_eos_token", !bpe);
    auto map = values.numbers("tokenizer.ggml.precompiled_charsmap");
    if (!map)
        return tl::unexpected(map.error());
    for (const double byte : *map)
        model.charsmap += char(byte >= -128 && byte <= 255 ? int(byte) : 0);
    model.pieces = std::move(pieces);
    return tokenizerParts(std::move(model), where);
}

Parts llamaParts(const GgufValues &values, std::vector<Model::Piece> pieces, const std::string &where)
{
    return sentencePieceParts(values, std::move(pieces), true, where);
}

Parts t5Parts(const GgufValues &values, std::vector<Model::Piece> pieces, const std::string &where)
{
    return sentencePieceParts(values, std::move(pieces), false, where);
}

Parts gpt2Parts(const GgufValues &values, std::vector<Model::Piece> pieces, const std::string &where)
{
    const std::string name = values.text("tokenizer.ggml.pre").value_or("default");
    const auto cutting = ggufCutting(name);
    if (!cutting)
        return tokenizerUnsupported(where, name, "tokenizer.ggml.pre");
    auto preTokenizer = PreTokenizer::byteLevel(cutting->regexes, where);
    if (!preTokenizer)
        return tl::unexpected(preTokenizer.error());
    auto merges = values.texts("tokenizer.ggml.merges");
    if (!merges)
        return tl::unexpected(merges.error());
    auto vocabulary = vocabularyOf(pieces, where);
    if (!vocabulary)
        return tl::unexpected(vocabulary.error());
    BpeOptions options;
    options.ignoreMerges = cutting->ignoreMerges;
    options.byteLevel = true;
    auto bpe = std::make_unique<Bpe>(std::move(*vocabulary), options);
    bpe->reserveMerges(merges->size());
    for (const std::string &merge : *merges) {
        const size_t blank = merge.find(' ', 1);
        if (blank == std::string::npos)
            return tokenizerDamaged(where, ASSAY_TEXT("Reason", "a merge is no pair"), "tokenizer.ggml.merges");
        const std::string_view whole(merge);
        if (auto added = bpe->addMerge(whole.substr(0, blank), whole.substr(blank + 1), where); !added)
            return tl::unexpected(added.error());
    }
    bpe->finish();
    TokenizerParts parts;
    parts.preTokenizer = std::move(*preTokenizer);
    parts.model = std::move(bpe);
    parts.decoder = Decoder::byteLevel();
    parts.added = wholePieces(pieces);
    parts.summary.model = "BPE";
    parts.postProcessor =
        PostProcessor::around(idsIf(values.flag("tokenizer.ggml.add_bos_token", cutting->addBos), bosOf(values, pieces.size())),
                              idsIf(values.flag("tokenizer.ggml.add_eos_token", false), eosOf(values, pieces.size())));
    return parts;
}

/// Pieces that begin a word begin with U+2581 here, those that go on have no mark.
Parts bertParts(const GgufValues &values, std::vector<Model::Piece> pieces, const std::string &where)
{
    constexpr uint64_t kLongestWord = 100; // characters, as in BERT's own code
    auto vocabulary = vocabularyOf(pieces, where);
    if (!vocabulary)
        return tl::unexpected(vocabulary.error());
    std::vector<bool> usable(vocabulary->size());
    bool capitals = false;
    for (size_t i = 0; i < usable.size(); ++i) {
        const Model::Piece &piece = pieces[size_t(vocabulary->idAt(i))];
        usable[i] = piece.type == Model::Normal;
        capitals = capitals || (usable[i] && std::any_of(piece.text.begin(), piece.text.end(),
                                                         [](char c) { return c >= 'A' && c <= 'Z'; }));
    }
    const int64_t count = int64_t(pieces.size());
    const auto firstOf = [&](std::initializer_list<const char *> keys) {
        for (const char *key : keys) {
            if (const int64_t id = tokenId(values, key, size_t(count)); id >= 0)
                return id;
        }
        return int64_t(-1);
    };
    const int64_t first = firstOf({"tokenizer.ggml.cls_token_id", "tokenizer.ggml.bos_token_id"});
    // The key was misspelt when it came into being, and has stayed so.
    const int64_t last = firstOf({"tokenizer.ggml.seperator_token_id", "tokenizer.ggml.separator_token_id",
                                  "tokenizer.ggml.eos_token_id"});
    const int32_t unknown = int32_t(firstOf({"tokenizer.ggml.unknown_token_id"}));
    // No key tells whether letters are lowered: a vocabulary without capitals does.
    auto normalizer = Normalizer::parse({{"type", "BertNormalizer"}, {"lowercase", !capitals}}, where);
    auto preTokenizer = PreTokenizer::parse({{"type", "BertPreTokenizer"}}, where);
    if (!normalizer || !preTokenizer)
        return tl::unexpected(normalizer ? preTokenizer.error() : normalizer.error());
    TokenizerParts parts;
    parts.normalizer = std::move(*normalizer);
    parts.preTokenizer = std::move(*preTokenizer);
    parts.model = std::make_unique<WordPiece>(std::move(*vocabulary), unknown, "", std::string(kMetaspace), kLongestWord, usable);
    parts.decoder = Decoder::sentencePiece(true);
    parts.added = wholePieces(pieces);
    parts.summary.model = "WordPiece";
    if (first >= 0 && last >= 0)
        parts.postProcessor = PostProcessor::bert(first, last);
    return parts;
}

struct Kind
{
    std::string_view model;
    Parts (*make)(const GgufValues &values, std::vector<Model::Piece> pieces, const std::string &where);
};
constexpr Kind kKinds[] = {{"llama", llamaParts}, {"t5", t5Parts}, {"gpt2", gpt2Parts}, {"bert", bertParts}};

} // namespace

Result<std::shared_ptr<const Tokenizer>> readGgufTokenizer(const ByteSource &file, const std::string &where)
{
    const auto header = readGgufHeader(file);
    if (!header)
        return tl::unexpected(header.error());
    const GgufValues values(file, *header);
    const auto name = values.text("tokenizer.ggml.model");
    if (!name || *name == "no_vocab" || *name == "none")
        return failure(ErrorCode::TokenizerMissing, {where});
    const auto kind = std::find_if(std::begin(kKinds), std::end(kKinds), [&](const Kind &known) { return known.model == *name; });
    if (kind == std::end(kKinds))
        return tokenizerUnsupported(where, *name, "tokenizer.ggml.model");
    auto pieces = readPieces(values, where);
    if (!pieces)
        return tl::unexpected(pieces.error());
    for (Model::Piece &piece : *pieces)
        piece.text = lossyUtf8(piece.text);
    auto parts = kind->make(values, std::move(*pieces), where);
    if (!parts)
        return tl::unexpected(parts.error());
    parts->summary.source = where;
    return makeTokenizer(std::move(*parts), where);
}

} // namespace assay
