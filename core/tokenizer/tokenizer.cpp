// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/tokenizer.h"

#include "core/base/file.h"
#include "core/tokenizer/addedtokens.h"
#include "core/tokenizer/bpe.h"
#include "core/tokenizer/bytelevel.h"
#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/postprocessor.h"
#include "core/tokenizer/pretokenizer.h"
#include "core/tokenizer/utf8.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <unordered_set>

namespace assay {
namespace {

constexpr uint64_t kLargestFile = 128u * 1024 * 1024;
constexpr int64_t kLargestAddedId = (1 << 24) - 1;

/// The sections of tokenizer.json, read.
struct Parts
{
    Normalizer normalizer;
    PreTokenizer preTokenizer;
    Bpe model;
    PostProcessor postProcessor;
    std::vector<AddedToken> added;
};

class ByteLevelTokenizer : public Tokenizer
{
public:
    explicit ByteLevelTokenizer(Parts parts);

    std::vector<int64_t> encode(std::string_view text, bool special) const override;
    std::string decode(const std::vector<int64_t> &ids, bool skipSpecial) const override;
    std::string bytesOf(int64_t id, bool skipSpecial) const override;
    std::string piece(int64_t id) const override;
    int64_t idOf(std::string_view piece) const override;
    TokenKind kind(int64_t id) const override;
    int64_t vocabularySize() const override { return m_size; }

private:
    void encodeNormalized(std::string_view text, std::vector<int64_t> &ids) const;

    Parts m_parts;
    AddedTokens m_rawTokens;        ///< looked for in the text as it is
    AddedTokens m_normalizedTokens; ///< looked for after normalising
    std::unordered_map<std::string, int64_t> m_addedIds;
    std::unordered_map<int64_t, std::string> m_pieces;
    std::unordered_set<int64_t> m_special;
    std::unordered_set<int64_t> m_added; ///< those that are not special
    int64_t m_size = 0;
};

ByteLevelTokenizer::ByteLevelTokenizer(Parts parts) : m_parts(std::move(parts))
{
    m_pieces.reserve(m_parts.model.vocabulary().size() + m_parts.added.size());
    for (const auto &[piece, id] : m_parts.model.vocabulary())
        m_pieces.emplace(id, piece);
    for (const AddedToken &token : m_parts.added) {
        m_pieces[token.id] = token.content;
        m_addedIds.emplace(token.content, token.id);
        (token.special ? m_special : m_added).insert(token.id);
        if (token.normalized)
            m_normalizedTokens.add(token, m_parts.normalizer.apply(token.content));
        else
            m_rawTokens.add(token, token.content);
    }
    for (const auto &[id, piece] : m_pieces)
        m_size = std::max(m_size, id + 1);
}

std::vector<int64_t> ByteLevelTokenizer::encode(std::string_view text, bool special) const
{
    const std::string valid = lossyUtf8(text);
    std::vector<int64_t> ids;
    if (special)
        ids = m_parts.postProcessor.before;
    for (const TextPart &part : m_rawTokens.split(valid)) {
        if (part.id >= 0)
            ids.push_back(part.id);
        else if (m_parts.normalizer.empty())
            encodeNormalized(part.text, ids);
        else
            encodeNormalized(m_parts.normalizer.apply(part.text), ids);
    }
    if (special)
        ids.insert(ids.end(), m_parts.postProcessor.after.begin(), m_parts.postProcessor.after.end());
    return ids;
}

void ByteLevelTokenizer::encodeNormalized(std::string_view text, std::vector<int64_t> &ids) const
{
    for (const TextPart &part : m_normalizedTokens.split(text)) {
        if (part.id >= 0) {
            ids.push_back(part.id);
            continue;
        }
        const Words words = m_parts.preTokenizer.split(part.text);
        for (std::string_view word : words.views)
            m_parts.model.encode(word, ids);
    }
}

std::string ByteLevelTokenizer::bytesOf(int64_t id, bool skipSpecial) const
{
    const auto found = m_pieces.find(id);
    if (found == m_pieces.end() || (skipSpecial && m_special.contains(id)))
        return {};
    // A piece with a character outside the alphabet stands for itself, as in the reference's decoder.
    return bytesFromPiece(found->second).value_or(found->second);
}

std::string ByteLevelTokenizer::decode(const std::vector<int64_t> &ids, bool skipSpecial) const
{
    std::string bytes;
    for (int64_t id : ids)
        bytes += bytesOf(id, skipSpecial);
    return lossyUtf8(bytes);
}

std::string ByteLevelTokenizer::piece(int64_t id) const
{
    const auto found = m_pieces.find(id);
    return found == m_pieces.end() ? std::string() : found->second;
}

int64_t ByteLevelTokenizer::idOf(std::string_view piece) const
{
    const std::string key(piece);
    if (const auto added = m_addedIds.find(key); added != m_addedIds.end())
        return added->second;
    const auto found = m_parts.model.vocabulary().find(key);
    return found == m_parts.model.vocabulary().end() ? -1 : found->second;
}

TokenKind ByteLevelTokenizer::kind(int64_t id) const
{
    return m_special.contains(id) ? TokenKind::Special : m_added.contains(id) ? TokenKind::Added : TokenKind::Plain;
}

Result<std::vector<AddedToken>> readAddedTokens(const nlohmann::json &section, const std::string &where)
{
    std::vector<AddedToken> tokens;
    if (section.is_null())
        return tokens;
    for (const nlohmann::json &entry : section.get_ref<const nlohmann::json::array_t &>()) {
        AddedToken token;
        token.id = entry.at("id").get<int64_t>();
        token.content = entry.at("content").get<std::string>();
        token.special = entry.value("special", false);
        token.singleWord = entry.value("single_word", false);
        token.leftStrip = entry.value("lstrip", false);
        token.rightStrip = entry.value("rstrip", false);
        token.normalized = entry.value("normalized", !token.special);
        if (token.id < 0 || token.id > kLargestAddedId)
            return failure(ErrorCode::TokenizerDamaged, {where, "the id of " + token.content + " is out of range"},
                           "added_tokens");
        tokens.push_back(std::move(token));
    }
    return tokens;
}

/// ByteLevel alone, or as the only member of a Sequence.
Result<void> checkDecoder(const nlohmann::json &section, const std::string &where)
{
    const nlohmann::json *decoder = &section;
    if (decoder->is_object() && decoder->value("type", "") == "Sequence" && decoder->at("decoders").size() == 1)
        decoder = &decoder->at("decoders").at(0);
    const std::string type = decoder->is_null() ? "null" : decoder->at("type").get<std::string>();
    if (type != "ByteLevel")
        return failure(ErrorCode::TokenizerUnsupported, {where, "the decoder " + type}, "decoder");
    return {};
}

Result<std::shared_ptr<const Tokenizer>> assemble(const nlohmann::json &root, const std::string &where)
{
    const nlohmann::json nothing;
    const auto section = [&](const char *name) -> const nlohmann::json & {
        const auto found = root.find(name);
        return found == root.end() ? nothing : *found;
    };
    auto normalizer = Normalizer::parse(section("normalizer"), where);
    if (!normalizer)
        return tl::unexpected(normalizer.error());
    auto preTokenizer = PreTokenizer::parse(section("pre_tokenizer"), where);
    if (!preTokenizer)
        return tl::unexpected(preTokenizer.error());
    if (!preTokenizer->byteLevel())
        return failure(ErrorCode::TokenizerUnsupported, {where, "no byte-level pre-tokenizer"}, "pre_tokenizer");
    auto model = Bpe::parse(root.at("model"), where);
    if (!model)
        return tl::unexpected(model.error());
    auto postProcessor = PostProcessor::parse(section("post_processor"), where);
    if (!postProcessor)
        return tl::unexpected(postProcessor.error());
    if (auto checked = checkDecoder(section("decoder"), where); !checked)
        return tl::unexpected(checked.error());
    auto added = readAddedTokens(section("added_tokens"), where);
    if (!added)
        return tl::unexpected(added.error());
    return std::make_shared<const ByteLevelTokenizer>(
        Parts{std::move(*normalizer), std::move(*preTokenizer), std::move(*model), std::move(*postProcessor),
              std::move(*added)});
}

} // namespace

Result<std::shared_ptr<const Tokenizer>> Tokenizer::open(const std::filesystem::path &path)
{
    std::error_code ignored;
    const bool directory = std::filesystem::is_directory(path, ignored);
    const std::filesystem::path file = directory ? path / "tokenizer.json" : path;
    if (directory && !std::filesystem::exists(file, ignored))
        return failure(ErrorCode::TokenizerMissing, {path.string()});
    return readWholeFile(file, kLargestFile).and_then([&](const std::string &json) {
        return parse(json, file.string());
    });
}

Result<std::shared_ptr<const Tokenizer>> Tokenizer::parse(const std::string &json, const std::string &where)
{
    try {
        const nlohmann::json root = nlohmann::json::parse(json);
        if (!root.is_object() || !root.contains("model"))
            return failure(ErrorCode::TokenizerDamaged, {where, "it has no model section"});
        return assemble(root, where);
    } catch (const nlohmann::json::parse_error &error) {
        // The parser's own text quotes the input, which may be anything.
        return failure(ErrorCode::JsonDamaged, {where, "byte " + std::to_string(error.byte)});
    } catch (const nlohmann::json::exception &) {
        return failure(ErrorCode::TokenizerDamaged, {where, "a field is missing or of the wrong type"});
    } catch (const std::exception &error) { // out of memory
        return failure(ErrorCode::TokenizerDamaged, {where, error.what()});
    }
}

} // namespace assay
