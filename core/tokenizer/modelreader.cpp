// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/modelreader.h"

#include "core/tokenizer/bpe.h"
#include "core/tokenizer/problems.h"
#include "core/tokenizer/unigram.h"
#include "core/tokenizer/wordpiece.h"

#include <algorithm>

namespace assay {
namespace {

namespace dom = simdjson::dom;
using Model = Result<std::unique_ptr<TokenModel>>;

/// Reads the fields of one section; the first that is of the wrong type is kept.
class Fields
{
public:
    explicit Fields(dom::object section) : m_section(section) {}

    bool has(const char *name) const
    {
        dom::element value;
        return !m_section[name].get(value) && !value.is_null();
    }
    std::string text(const char *name, std::string otherwise = {})
    {
        std::string_view value;
        return read(name, value) ? std::string(value) : otherwise;
    }
    bool flag(const char *name, bool otherwise = false)
    {
        bool value = false;
        return read(name, value) ? value : otherwise;
    }
    std::optional<int64_t> integer(const char *name)
    {
        int64_t value = 0;
        return read(name, value) ? std::optional(value) : std::nullopt;
    }
    double number(const char *name)
    {
        double value = 0;
        return read(name, value) ? value : 0;
    }
    template <class T>
    bool read(const char *name, T &value)
    {
        dom::element found;
        if (m_section[name].get(found) || found.is_null())
            return false;
        if (!found.get(value))
            return true;
        m_wrong = m_wrong ? m_wrong : name;
        return false;
    }
    /// The first field of a wrong type; null: none.
    const char *wrong() const { return m_wrong; }

private:
    dom::object m_section;
    const char *m_wrong = nullptr;
};

tl::unexpected<Error> wrongField(const std::string &where, const std::string &name)
{
    return tokenizerDamaged(where, ASSAY_TEXT("Reason", "a field is missing or of the wrong type"), "model." + name);
}

tl::unexpected<Error> wrongId(const std::string &where, std::string_view piece)
{
    return tokenizerDamaged(where, ASSAY_TEXT("Reason", "the id of a piece is out of range"),
                            "model.vocab: " + validUtf8(piece.substr(0, 100)));
}

Result<Vocabulary> readVocabulary(Fields &fields, const std::string &where)
{
    dom::object entries;
    if (!fields.read("vocab", entries))
        return wrongField(where, "vocab");
    Vocabulary vocabulary;
    vocabulary.reserve(entries.size(), entries.size() * 8);
    for (const auto &[piece, value] : entries) {
        int64_t id = -1;
        if (value.get(id) || !vocabulary.add(piece, id))
            return wrongId(where, piece);
    }
    vocabulary.finish();
    return vocabulary;
}

/// Both forms of a merge: "a b" or ["a", "b"].
bool readPair(dom::element entry, std::string_view &left, std::string_view &right)
{
    dom::array pair;
    if (!entry.get(pair))
        return pair.size() == 2 && !pair.at(0).get(left) && !pair.at(1).get(right);
    std::string_view text;
    if (entry.get(text))
        return false;
    const size_t blank = text.find(' ');
    if (blank == std::string_view::npos || text.find(' ', blank + 1) != std::string_view::npos)
        return false;
    left = text.substr(0, blank);
    right = text.substr(blank + 1);
    return true;
}

Model readBpe(Fields &fields, bool byteLevel, const std::string &where)
{
    if (fields.number("dropout") > 0) // the reference draws lots then: ids would not repeat
        return tokenizerUnsupported(where, "dropout", "model");
    BpeOptions options;
    options.unknown = fields.text("unk_token");
    options.prefix = fields.text("continuing_subword_prefix");
    options.suffix = fields.text("end_of_word_suffix");
    options.fuseUnknown = fields.flag("fuse_unk");
    options.byteFallback = fields.flag("byte_fallback");
    options.ignoreMerges = fields.flag("ignore_merges");
    options.byteLevel = byteLevel && options.prefix.empty() && options.suffix.empty() && !options.byteFallback;
    dom::array merges;
    if (!fields.read("merges", merges))
        return wrongField(where, "merges");
    auto vocabulary = readVocabulary(fields, where);
    if (!vocabulary)
        return tl::unexpected(vocabulary.error());
    auto bpe = std::make_unique<Bpe>(std::move(*vocabulary), std::move(options));
    bpe->reserveMerges(merges.size());
    size_t rank = 0;
    for (const dom::element entry : merges) {
        std::string_view left, right;
        if (!readPair(entry, left, right))
            return tokenizerDamaged(where, ASSAY_TEXT("Reason", "a merge is no pair"),
                                    "model.merges[" + std::to_string(rank) + "]");
        if (auto added = bpe->addMerge(left, right, where); !added)
            return tl::unexpected(added.error());
        ++rank;
    }
    bpe->finish();
    return bpe;
}

Model readUnigram(Fields &fields, bool, const std::string &where)
{
    dom::array entries;
    if (!fields.read("vocab", entries))
        return wrongField(where, "vocab");
    Vocabulary vocabulary;
    vocabulary.reserve(entries.size(), entries.size() * 8);
    std::vector<double> byId;
    for (const dom::element entry : entries) {
        dom::array pair;
        std::string_view piece;
        double score = 0;
        if (entry.get(pair) || pair.size() != 2 || pair.at(0).get(piece) || pair.at(1).get(score))
            return wrongField(where, "vocab[" + std::to_string(byId.size()) + "]");
        if (!vocabulary.add(piece, int64_t(byId.size())))
            return wrongId(where, piece);
        byId.push_back(score);
    }
    vocabulary.finish();
    std::vector<double> scores(vocabulary.size());
    for (size_t i = 0; i < scores.size(); ++i)
        scores[i] = byId[size_t(vocabulary.idAt(i))];
    const auto unknown = fields.integer("unk_id");
    if (unknown && (*unknown < 0 || *unknown >= int64_t(byId.size())))
        return tokenizerDamaged(where, ASSAY_TEXT("Reason", "the unknown token is not in the vocabulary"), "model.unk_id");
    return std::make_unique<Unigram>(std::move(vocabulary), std::move(scores), int32_t(unknown.value_or(-1)),
                                     fields.flag("byte_fallback"));
}

Result<int32_t> unknownToken(const Vocabulary &vocabulary, const std::string &token, const std::string &where)
{
    const int32_t id = vocabulary.find(token);
    if (id < 0)
        return tokenizerDamaged(where, ASSAY_TEXT("Reason", "the unknown token is not in the vocabulary"), "model.unk_token");
    return id;
}

Model readWordPiece(Fields &fields, bool, const std::string &where)
{
    auto vocabulary = readVocabulary(fields, where);
    if (!vocabulary)
        return tl::unexpected(vocabulary.error());
    const auto unknown = unknownToken(*vocabulary, fields.text("unk_token", "[UNK]"), where);
    if (!unknown)
        return tl::unexpected(unknown.error());
    const int64_t longest = fields.integer("max_input_chars_per_word").value_or(100);
    return std::make_unique<WordPiece>(std::move(*vocabulary), *unknown, fields.text("continuing_subword_prefix", "##"),
                                       "", uint64_t(std::max<int64_t>(0, longest)));
}

Model readWordLevel(Fields &fields, bool, const std::string &where)
{
    auto vocabulary = readVocabulary(fields, where);
    if (!vocabulary)
        return tl::unexpected(vocabulary.error());
    const auto unknown = unknownToken(*vocabulary, fields.text("unk_token", "<unk>"), where);
    if (!unknown)
        return tl::unexpected(unknown.error());
    return std::make_unique<WordLevel>(std::move(*vocabulary), *unknown);
}

struct Kind
{
    std::string_view type;
    Model (*read)(Fields &fields, bool byteLevel, const std::string &where);
};
constexpr Kind kKinds[] = {{"BPE", readBpe}, {"Unigram", readUnigram}, {"WordPiece", readWordPiece}, {"WordLevel", readWordLevel}};

/// Files before 2021 name no type.
std::string typeByFields(const Fields &fields, dom::object section)
{
    dom::element vocabulary;
    if (fields.has("merges"))
        return "BPE";
    if (!section["vocab"].get(vocabulary) && vocabulary.is_array())
        return "Unigram";
    return fields.has("continuing_subword_prefix") || fields.has("max_input_chars_per_word") ? "WordPiece" : "WordLevel";
}

} // namespace

Result<std::unique_ptr<TokenModel>> readTokenModel(dom::object section, bool byteLevel, const std::string &where,
                                                   std::string &type)
{
    Fields fields(section);
    type = fields.has("type") ? fields.text("type") : typeByFields(fields, section);
    for (const Kind &kind : kKinds) {
        if (type != kind.type)
            continue;
        auto model = kind.read(fields, byteLevel, where);
        if (model && fields.wrong())
            return wrongField(where, fields.wrong());
        return model;
    }
    return fields.wrong() ? Model(wrongField(where, fields.wrong())) : tokenizerUnsupported(where, type, "model");
}

} // namespace assay
