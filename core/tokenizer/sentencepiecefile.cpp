// SPDX-License-Identifier: GPL-3.0-or-later
// tokenizer.model: ModelProto of sentencepiece_model.proto (its field numbers).
#include "core/format/protoreader.h"
#include "core/tokenizer/problems.h"
#include "core/tokenizer/sentencepiece.h"
#include "core/tokenizer/utf8.h"
#include "core/tokenizer/vocabulary.h"

#include <bit>

namespace assay {
namespace {

constexpr uint64_t kLongestPiece = 64 * 1024, kLargestCharsmap = 64u << 20;
enum ModelType { kUnigram = 1, kBpe = 2 };

SentencePieceModel::Piece readPiece(ProtoReader message)
{
    SentencePieceModel::Piece piece;
    while (message.next()) {
        if (message.field() == 1 && message.wire() == ProtoReader::Bytes)
            piece.text = message.text(kLongestPiece);
        else if (message.field() == 2 && message.wire() == ProtoReader::Fixed32)
            piece.score = double(std::bit_cast<float>(uint32_t(message.value())));
        else if (message.field() == 3)
            piece.type = int(message.value() & 0xFF);
    }
    if (!(piece.score == piece.score)) // no number: it would put the others out of order
        piece.score = 0;
    // What is broken is never produced, and is shown as text.
    if (std::string valid = lossyUtf8(piece.text); valid != piece.text) {
        piece.text = std::move(valid);
        piece.type = piece.type == SentencePieceModel::Normal ? SentencePieceModel::Unused : piece.type;
    }
    return piece;
}

/// TrainerSpec
void readTrainer(ProtoReader message, SentencePieceModel &model, uint64_t &type)
{
    model.unknown = 0;
    model.bos = 1;
    model.eos = 2;
    while (message.next()) {
        const int64_t id = int64_t(message.value());
        switch (message.field()) {
        case 3: type = message.value(); break;
        case 24: model.rules.blankBehind = message.value() != 0; break;
        case 35: model.byteFallback = message.value() != 0; break;
        case 40: model.unknown = id; break;
        case 41: model.bos = id; break;
        case 42: model.eos = id; break;
        default: break;
        }
    }
}

/// NormalizerSpec
void readNormalizer(ProtoReader message, SentencePieceModel &model)
{
    while (message.next()) {
        switch (message.field()) {
        case 2: model.charsmap = message.text(kLargestCharsmap); break;
        case 3: model.rules.addDummyPrefix = message.value() != 0; break;
        case 4: model.rules.removeExtraWhitespaces = message.value() != 0; break;
        case 5: model.rules.escapeWhitespaces = message.value() != 0; break;
        default: break;
        }
    }
}

void keepInside(int64_t &id, size_t count)
{
    if (id < 0 || id >= int64_t(count))
        id = -1;
}

} // namespace

Result<SentencePieceModel> readSentencePieceModel(const ByteSource &file, const std::string &where)
{
    SentencePieceModel model;
    uint64_t type = kUnigram;
    ByteStream stream(file, 0, file.size());
    ProtoReader root(stream, file.size());
    while (root.next()) {
        if (root.wire() != ProtoReader::Bytes)
            continue;
        if (root.cutOff())
            return tokenizerDamaged(where, ASSAY_TEXT("Reason", "the file ends too early"), {});
        if (root.field() == 1)
            model.pieces.push_back(readPiece(root.message()));
        else if (root.field() == 2)
            readTrainer(root.message(), model, type);
        else if (root.field() == 3)
            readNormalizer(root.message(), model);
        if (int64_t(model.pieces.size()) > Vocabulary::kLargestId)
            return tokenizerDamaged(where, ASSAY_TEXT("Reason", "there are too many pieces"), {});
    }
    if (root.damaged() || stream.failed() || model.pieces.empty())
        return tokenizerDamaged(where, ASSAY_TEXT("Reason", "it is no model of SentencePiece"), {});
    if (type != kUnigram && type != kBpe)
        return tokenizerUnsupported(where, type == 3 ? "model_type WORD" : "model_type CHAR", "trainer_spec");
    model.bpe = type == kBpe;
    for (int64_t *id : {&model.unknown, &model.bos, &model.eos})
        keepInside(*id, model.pieces.size());
    return model;
}

} // namespace assay
