// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/compare/difference.h"
#include "core/format/jsontext.h"
#include "core/model/chattemplate.h"
#include "core/tokenizer/tokenizer.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

constexpr const char *kTokenizer = ASSAY_TEXT("Difference", "Tokenizer");

using nlohmann::json;

constexpr uint64_t kMostTokenizer = 64 << 20, kMostSettings = 16 << 20;
constexpr int64_t kMostPieces = 4'000'000; // of a vocabulary that are compared
constexpr size_t kShownTokens = 12;

/// What a model says of its tokens.
struct TokenFacts
{
    std::shared_ptr<const Tokenizer> tokenizer; ///< null: none, or one that cannot be read
    std::map<std::string, std::string> special; ///< "bos_token" to its text
    std::string type;                           ///< "BPE", "Unigram", or GGUF's "gpt2"
    std::optional<int64_t> size;                ///< largest id + 1
    int64_t added = 0, specialCount = 0;
    std::string addedList;
};

/// A special token is a text, or an object that holds one.
std::string tokenText(const json &value)
{
    if (value.is_string())
        return value.get<std::string>();
    const auto it = value.is_object() ? value.find("content") : value.end();
    return value.is_object() && it != value.end() && it->is_string() ? it->get<std::string>() : std::string();
}

void readSettings(const FileSet &files, TokenFacts &facts)
{
    const auto text = files.readText("tokenizer_config.json", kMostSettings);
    const auto settings = text ? parseJsonObject(*text, "tokenizer_config.json") : tl::unexpected(text.error());
    if (!settings)
        return;
    for (const char *name : {"bos_token", "eos_token", "pad_token", "unk_token"}) {
        const auto it = settings->find(name);
        if (it == settings->end())
            continue;
        if (const std::string token = tokenText(*it); !token.empty())
            facts.special[name] = token;
    }
}

/// Counts the added tokens and lists the first of them.
void countAdded(TokenFacts &facts)
{
    const Tokenizer &tokenizer = *facts.tokenizer;
    facts.size = tokenizer.vocabularySize();
    size_t listed = 0;
    for (int64_t id = 0; id < std::min(tokenizer.vocabularySize(), kMostPieces); ++id) {
        const TokenKind kind = tokenizer.kind(id);
        if (kind == TokenKind::Plain)
            continue;
        ++facts.added;
        facts.specialCount += kind == TokenKind::Special ? 1 : 0;
        if (++listed <= kShownTokens)
            facts.addedList += (listed > 1 ? " " : "") + tokenizer.piece(id);
    }
    if (listed > kShownTokens)
        facts.addedList += " ...";
}

void readTokenizer(const FileSet &files, TokenFacts &facts)
{
    const auto text = files.readText("tokenizer.json", kMostTokenizer);
    if (!text)
        return;
    if (auto parsed = Tokenizer::parse(*text, "tokenizer.json"))
        facts.tokenizer = *parsed;
    // The kind of model stands in a few bytes of a file of megabytes that is parsed already.
    for (const char *type : {"BPE", "Unigram", "WordPiece", "WordLevel"}) {
        if (text->find("\"type\": \"" + std::string(type) + "\"") != std::string::npos
            || text->find("\"type\":\"" + std::string(type) + "\"") != std::string::npos)
            facts.type = type;
    }
    if (facts.tokenizer)
        countAdded(facts);
}

/// What a GGUF file says of its vocabulary beside the tensors.
void readMetadata(const Checkpoint &checkpoint, TokenFacts &facts)
{
    const MetadataEntry *tokens = checkpoint.findMetadata("tokenizer.ggml.tokens");
    if (!tokens || !tokens->count)
        return;
    if (!facts.size)
        facts.size = int64_t(std::min<uint64_t>(*tokens->count, uint64_t(1) << 40));
    if (const MetadataEntry *model = checkpoint.findMetadata("tokenizer.ggml.model"); model && model->text() && facts.type.empty())
        facts.type = *model->text();
    static constexpr std::array<std::pair<const char *, const char *>, 4> kIds{{{"tokenizer.ggml.bos_token_id", "bos_token"},
                                                                               {"tokenizer.ggml.eos_token_id", "eos_token"},
                                                                               {"tokenizer.ggml.padding_token_id", "pad_token"},
                                                                               {"tokenizer.ggml.unknown_token_id", "unk_token"}}};
    for (const auto &[key, name] : kIds) {
        const MetadataEntry *entry = checkpoint.findMetadata(key);
        if (entry && entry->integer() && !facts.special.contains(name))
            facts.special[name] = "#" + std::to_string(*entry->integer());
    }
}

TokenFacts tokenFacts(const DifferenceSubject &subject)
{
    TokenFacts facts;
    if (const auto &files = subject.inspection->directory.files) {
        readSettings(*files, facts);
        readTokenizer(*files, facts);
    }
    readMetadata(subject.inspection->directory.checkpoint, facts);
    return facts;
}

struct Rows
{
    const std::vector<TokenFacts> &all;
    const Translate &translate;
    std::vector<DifferenceRow> rows;

    /// `value` gives the text of one subject; empty for none.
    template <class Value> void add(const char *id, const std::string &label, Value value)
    {
        DifferenceRow row{std::string("tokenizer.") + id, translate("Difference", kTokenizer), label, {}, {}, {}};
        std::vector<std::string> compared;
        for (const TokenFacts &facts : all) {
            const std::string text = value(facts);
            row.cells.push_back(text.empty() ? missingCell() : DifferenceCell{text, text, true});
            if (!text.empty())
                compared.push_back(text);
        }
        judge(row, compared);
        if (!compared.empty())
            rows.push_back(std::move(row));
    }
    std::string words(const char *text, const std::vector<std::string> &arguments = {}) const
    {
        return fillIn(translate("Difference", text), arguments);
    }
    void addShared();
};

/// How much of the first vocabulary the others have, and under the same numbers.
void Rows::addShared()
{
    const Tokenizer *first = all.front().tokenizer.get();
    DifferenceRow row{"tokenizer.shared", translate("Difference", kTokenizer),
                      words(ASSAY_TEXT("Difference", "pieces shared with the first")), {}, {}, {}};
    bool same = true, any = false;
    for (size_t i = 0; i < all.size(); ++i) {
        const Tokenizer *other = all[i].tokenizer.get();
        if (!first || !other) {
            row.cells.push_back(missingCell());
            same = false;
            continue;
        }
        int64_t shared = 0, sameId = 0;
        const int64_t size = std::min(first->vocabularySize(), kMostPieces);
        for (int64_t id = 0; i > 0 && id < size; ++id) {
            const std::string piece = first->piece(id);
            const int64_t there = piece.empty() ? -1 : other->idOf(piece);
            shared += there >= 0 ? 1 : 0;
            sameId += there == id ? 1 : 0;
        }
        any = any || i > 0;
        same = same && (i == 0 || (sameId >= size && other->vocabularySize() == first->vocabularySize()));
        const std::string text = i == 0 ? groupedDigits(size)
                                        : words(ASSAY_TEXT("Difference", "%1, %2 with the same number"), {groupedDigits(shared), groupedDigits(sameId)});
        row.cells.push_back({text, text, true});
    }
    const bool everywhere = std::all_of(row.cells.begin(), row.cells.end(), [](const auto &cell) { return cell.present; });
    row.state = !everywhere ? RowState::OnlyIn : same ? RowState::Same : RowState::Differs;
    if (any)
        rows.push_back(std::move(row));
}

/// The usual template, else the first.
const ChatTemplate *usual(const std::vector<ChatTemplate> &templates)
{
    const auto it = std::find_if(templates.begin(), templates.end(), [](const ChatTemplate &t) { return t.name.empty() || t.name == "default"; });
    return it != templates.end() ? &*it : templates.empty() ? nullptr : &templates.front();
}

} // namespace

std::vector<DifferenceRow> tokenizerDifference(const std::vector<DifferenceSubject> &subjects, const Translate &translate)
{
    std::vector<TokenFacts> all;
    for (const DifferenceSubject &subject : subjects)
        all.push_back(tokenFacts(subject));
    Rows rows{all, translate, {}};
    rows.add("type", rows.words(ASSAY_TEXT("Difference", "kind")), [](const TokenFacts &facts) { return facts.type; });
    rows.add("size", rows.words(ASSAY_TEXT("Difference", "tokens")),
             [](const TokenFacts &facts) { return facts.size ? groupedDigits(*facts.size) : std::string(); });
    rows.addShared();
    rows.add("added", rows.words(ASSAY_TEXT("Difference", "added tokens")), [&](const TokenFacts &facts) {
        return facts.tokenizer ? rows.words(ASSAY_TEXT("Difference", "%1, %2 of them special"),
                                            {groupedDigits(facts.added), groupedDigits(facts.specialCount)})
                               : std::string();
    });
    rows.add("added_list", rows.words(ASSAY_TEXT("Difference", "the first of them")), [](const TokenFacts &facts) { return facts.addedList; });
    for (const char *name : {"bos_token", "eos_token", "pad_token", "unk_token"})
        rows.add(name, name, [name](const TokenFacts &facts) {
            const auto it = facts.special.find(name);
            return it == facts.special.end() ? std::string() : it->second;
        });
    return rows.rows;
}

std::vector<TemplateDifference> templateDifference(const std::vector<DifferenceSubject> &subjects)
{
    std::vector<std::vector<ChatTemplate>> all;
    for (const DifferenceSubject &subject : subjects)
        all.push_back(readChatTemplates(subject.inspection->directory));
    std::vector<TemplateDifference> out;
    const ChatTemplate *first = all.empty() ? nullptr : usual(all.front());
    for (size_t i = 1; i < all.size(); ++i) {
        const ChatTemplate *other = usual(all[i]);
        if (!first && !other)
            continue;
        TemplateDifference one;
        one.subject = i;
        one.before = first ? first->source : std::string();
        one.after = other ? other->source : std::string();
        one.lines = diffLines(first ? first->text : std::string(), other ? other->text : std::string());
        out.push_back(std::move(one));
    }
    return out;
}

} // namespace assay
