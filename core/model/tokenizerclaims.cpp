// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/jsontext.h"
#include "core/model/tokenizercheck.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <simdjson.h>

namespace assay {
namespace {

using nlohmann::json;
namespace fast = simdjson::ondemand;

constexpr uint64_t kLargestSmall = 8'000'000;       // read as a whole by nlohmann
constexpr uint64_t kLargestVocabulary = 64'000'000; // walked by simdjson, some 30 ms
constexpr uint64_t kLargestFetched = 4'000'000;     // from a server: the headers are to come first
// transformers writes int(1e30) for "no limit".
constexpr int64_t kLongestContext = 1'000'000'000;

// Marks of turns of widespread dialogue formats.
constexpr std::string_view kChatMarks[] = {"<|im_start|>",    "<|start_header_id|>", "<start_of_turn>", "[INST]",
                                           "<\xEF\xBD\x9CUser\xEF\xBD\x9C>", "<|user|>",  "<|User|>",  "<|start|>"};

bool isChatMark(std::string_view text)
{
    return std::find(std::begin(kChatMarks), std::end(kChatMarks), text) != std::end(kChatMarks);
}

class ClaimsReader
{
public:
    explicit ClaimsReader(const ModelDirectory &directory) : m_directory(directory) {}

    TokenizerClaims run()
    {
        metadata();
        if (m_directory.files) {
            addedTokens();
            config();
            // The first of these that can be read holds the whole vocabulary.
            m_claims.complete = m_claims.complete || tokenizer() || vocabulary();
        }
        return std::move(m_claims);
    }

private:
    void seen(int64_t id)
    {
        if (id >= 0)
            m_claims.largestId = std::max(m_claims.largestId.value_or(-1), id);
    }

    std::optional<std::string> text(const char *name, uint64_t limit) const
    {
        const FileSet &files = *m_directory.files;
        if (!files.find(name))
            return std::nullopt;
        if (files.localPath(name).empty())
            limit = std::min(limit, kLargestFetched);
        auto read = files.readText(name, limit);
        return read ? std::optional(std::move(*read)) : std::nullopt;
    }

    std::optional<json> object(const char *name) const
    {
        const auto read = text(name, kLargestSmall);
        auto root = read ? parseJsonObject(*read, name) : Result<json>(tl::unexpected(Error{}));
        return root ? std::optional(std::move(*root)) : std::nullopt;
    }

    /// GGUF: the tokens are an array, the special ones numbers.
    void metadata()
    {
        const Checkpoint &checkpoint = m_directory.checkpoint;
        const MetadataEntry *tokens = checkpoint.findMetadata("tokenizer.ggml.tokens");
        if (!tokens || !tokens->count || *tokens->count == 0)
            return;
        seen(int64_t(std::min<uint64_t>(*tokens->count, uint64_t(1) << 62)) - 1);
        m_claims.complete = true;
        for (const auto &[key, role] : {std::pair{"tokenizer.ggml.bos_token_id", "bos_token"},
                                        std::pair{"tokenizer.ggml.eos_token_id", "eos_token"}}) {
            const MetadataEntry *entry = checkpoint.findMetadata(key);
            if (const auto id = entry ? entry->integer() : std::nullopt)
                m_claims.specials.push_back({role, {}, *id, key});
        }
    }

    /// added_tokens.json: {"<pad>": 32000}.
    void addedTokens()
    {
        const auto root = object("added_tokens.json");
        if (!root)
            return;
        for (const auto &[token, id] : root->items()) {
            m_claims.chatTokens = m_claims.chatTokens || isChatMark(token);
            if (id.is_number_integer())
                seen(id.get<int64_t>());
        }
    }

    /// tokenizer_config.json: {"added_tokens_decoder": {"32000": {"content": ..}}, "eos_token": ..}.
    void config()
    {
        const char *file = "tokenizer_config.json";
        const auto root = object(file);
        if (!root)
            return;
        std::map<std::string, int64_t> ids;
        if (const auto decoder = root->find("added_tokens_decoder"); decoder != root->end() && decoder->is_object()) {
            for (const auto &[key, token] : decoder->items()) {
                int64_t id = -1;
                std::from_chars(key.data(), key.data() + key.size(), id);
                seen(id);
                if (token.is_object() && token.contains("content") && token["content"].is_string())
                    ids[token["content"].get<std::string>()] = id;
            }
        }
        for (const auto &[content, id] : ids)
            m_claims.chatTokens = m_claims.chatTokens || isChatMark(content);
        for (const char *role : {"bos_token", "eos_token", "pad_token"}) {
            const json token = root->value(role, json());
            const json content = token.is_object() ? token.value("content", json()) : token;
            const auto id = content.is_string() ? ids.find(content.get<std::string>()) : ids.end();
            if (id != ids.end() && id->second >= 0)
                m_claims.specials.push_back({role, id->first, id->second, file});
        }
        const auto longest = root->find("model_max_length");
        if (longest != root->end() && longest->is_number()) {
            const double tokens = longest->get<double>();
            if (tokens > 0 && tokens < double(kLongestContext))
                m_claims.contextLength = int64_t(tokens);
        }
    }

    /// tokenizer.json: {"added_tokens": [{"id": 1}], "model": {"vocab": {"a": 0}}}; walked, for it is large.
    bool tokenizer()
    {
        auto read = text("tokenizer.json", kLargestVocabulary);
        if (!read)
            return false;
        const simdjson::padded_string padded(*read);
        fast::parser parser;
        fast::document document;
        fast::object root;
        bool whole = false;
        if (parser.iterate(padded).get(document) || document.get_object().get(root))
            return false;
        for (auto field : root) {
            std::string_view key;
            fast::value value;
            if (field.unescaped_key().get(key) || field.value().get(value))
                return false;
            if (key == "added_tokens" && !tokens(value))
                return false;
            if (key == "model")
                whole = model(value);
        }
        return whole;
    }

    bool tokens(fast::value &value)
    {
        fast::array list;
        if (value.get_array().get(list))
            return false;
        for (auto item : list) {
            fast::object token;
            if (item.get_object().get(token))
                return false;
            for (auto field : token) {
                std::string_view key, content;
                int64_t id = -1;
                if (field.unescaped_key().get(key))
                    return false;
                if (key == "id" && !field.value().get_int64().get(id))
                    seen(id);
                if (key == "content" && !field.value().get_string().get(content))
                    m_claims.chatTokens = m_claims.chatTokens || isChatMark(content);
            }
        }
        return true;
    }

    bool model(fast::value &value)
    {
        fast::object object;
        if (value.get_object().get(object))
            return false;
        bool found = false;
        for (auto field : object) {
            std::string_view key;
            fast::value inner;
            if (field.unescaped_key().get(key) || field.value().get(inner))
                return false;
            if (key == "vocab")
                found = ids(inner);
        }
        return found;
    }

    /// {"a": 0, ..} of BPE and WordPiece; [["a", -1.2], ..] of Unigram, numbered by place.
    bool ids(fast::value &value)
    {
        fast::json_type type;
        if (value.type().get(type))
            return false;
        if (type == fast::json_type::array) {
            // Walked: count_elements() of simdjson 3.0 runs past the end of a text that breaks off.
            fast::array pieces;
            int64_t count = 0;
            if (value.get_array().get(pieces))
                return false;
            for (auto piece : pieces) {
                if (piece.error())
                    return false;
                ++count;
            }
            seen(count - 1);
            return count > 0;
        }
        fast::object object;
        if (value.get_object().get(object))
            return false;
        bool any = false;
        for (auto field : object) {
            int64_t id = -1;
            if (field.error() || field.value().get_int64().get(id))
                return false;
            seen(id);
            any = true;
        }
        return any;
    }

    /// vocab.json of a tokenizer without tokenizer.json: {"a": 0}.
    bool vocabulary()
    {
        const auto root = object("vocab.json");
        if (!root || root->empty())
            return false;
        for (const json &id : *root) {
            if (id.is_number_integer())
                seen(id.get<int64_t>());
        }
        return true;
    }

    const ModelDirectory &m_directory;
    TokenizerClaims m_claims;
};

} // namespace

TokenizerClaims readTokenizerClaims(const ModelDirectory &directory)
{
    return ClaimsReader(directory).run();
}

} // namespace assay
