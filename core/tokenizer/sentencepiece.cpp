// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/sentencepiece.h"

#include "core/tokenizer/charsmap.h"
#include "core/tokenizer/problems.h"
#include "core/tokenizer/scorebpe.h"
#include "core/tokenizer/unigram.h"
#include "core/tokenizer/utf8.h"

namespace assay {
namespace {

using Model = SentencePieceModel;

bool standsInTexts(const Model::Piece &piece)
{
    // Unigram finds what stands in a text; nobody writes a piece that is no text.
    return piece.type == Model::Normal && !piece.text.empty() && lossyUtf8(piece.text) == piece.text;
}

Result<std::shared_ptr<const Charsmap>> charsmapOf(const Model &model, const std::string &where)
{
    if (model.charsmap.empty())
        return nullptr;
    auto map = Charsmap::parse(model.charsmap);
    if (!map)
        return tokenizerDamaged(where, ASSAY_TEXT("Reason", "its table of characters is damaged"), "precompiled_charsmap");
    return std::make_shared<const Charsmap>(std::move(*map));
}

std::vector<int64_t> idsIf(bool wanted, int64_t id)
{
    return wanted && id >= 0 ? std::vector<int64_t>{id} : std::vector<int64_t>();
}

} // namespace

Result<Vocabulary> vocabularyOf(const std::vector<Model::Piece> &pieces, const std::string &where)
{
    Vocabulary vocabulary;
    vocabulary.reserve(pieces.size(), pieces.size() * 8);
    for (size_t id = 0; id < pieces.size(); ++id) {
        if (!vocabulary.add(pieces[id].text, int64_t(id)))
            return tokenizerDamaged(where, ASSAY_TEXT("Reason", "there are too many pieces"), {});
    }
    vocabulary.finish();
    if (vocabulary.size() == 0)
        return tokenizerDamaged(where, ASSAY_TEXT("Reason", "the vocabulary is empty"), {});
    return vocabulary;
}

std::vector<AddedToken> wholePieces(const std::vector<Model::Piece> &pieces)
{
    std::vector<AddedToken> tokens;
    for (size_t id = 0; id < pieces.size(); ++id) {
        const Model::Piece &piece = pieces[id];
        const bool special = piece.type == Model::Control || piece.type == Model::Unknown;
        if ((special || piece.type == Model::UserDefined) && piece.text.size() <= PrefixTable::kLongest)
            tokens.push_back({int64_t(id), lossyUtf8(piece.text), special, false, false, false, false});
    }
    return tokens;
}

Result<TokenizerParts> tokenizerParts(Model model, const std::string &where)
{
    auto map = charsmapOf(model, where);
    if (!map)
        return tl::unexpected(map.error());
    auto vocabulary = vocabularyOf(model.pieces, where);
    if (!vocabulary)
        return tl::unexpected(vocabulary.error());
    // By place in the vocabulary: a piece that stands twice has one.
    std::vector<double> scores(vocabulary->size());
    std::vector<bool> usable(vocabulary->size());
    for (size_t i = 0; i < vocabulary->size(); ++i) {
        const Model::Piece &piece = model.pieces[size_t(vocabulary->idAt(i))];
        scores[i] = piece.score;
        usable[i] = standsInTexts(piece);
    }
    TokenizerParts parts;
    parts.added = wholePieces(model.pieces);
    parts.normalizer = Normalizer::sentencePiece(*map, model.rules);
    parts.decoder = Decoder::sentencePiece(model.rules.addDummyPrefix && !model.rules.blankBehind);
    parts.postProcessor = PostProcessor::around(idsIf(model.addBos, model.bos), idsIf(model.addEos, model.eos));
    parts.summary.model = model.bpe ? "BPE" : "Unigram";
    const int32_t unknown = model.unknown < int64_t(model.pieces.size()) ? int32_t(model.unknown) : -1;
    if (model.bpe)
        parts.model = std::make_unique<ScoreBpe>(std::move(*vocabulary), std::move(scores), usable, unknown, model.byteFallback);
    else
        parts.model = std::make_unique<Unigram>(std::move(*vocabulary), std::move(scores), unknown, model.byteFallback, usable);
    return parts;
}

} // namespace assay
