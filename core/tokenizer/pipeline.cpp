// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/pipeline.h"

#include "core/tokenizer/problems.h"
#include "core/tokenizer/utf8.h"
#include "core/tokenizer/wordcache.h"

#include <simdjson.h>

#include <algorithm>
#include <mutex>
#include <unordered_map>

namespace assay {
namespace {

/// Memory of one encoding. A tokenizer keeps those that are free for the next calls, which then find words known.
struct Workspace
{
    CutWords words;
    std::vector<TextPart> raw, normalized;
    ModelScratch scratch;
    WordCache cache;
};

class Pipeline final : public Tokenizer
{
public:
    Result<void> build(TokenizerParts parts, const std::string &where);

    std::vector<int64_t> encode(std::string_view text, bool special) const override;
    TokenizedPair encodePair(std::string_view text, std::string_view pair) const override;
    std::string decode(const std::vector<int64_t> &ids, bool skipSpecial) const override;
    std::unique_ptr<TokenStream> stream(bool skipSpecial) const override;
    std::string bytesOf(int64_t id, bool skipSpecial) const override;
    std::string piece(int64_t id) const override { return std::string(pieceOf(id)); }
    int64_t idOf(std::string_view piece) const override;
    TokenKind kind(int64_t id) const override;
    int64_t vocabularySize() const override { return m_size; }
    TokenizerSummary summary() const override { return m_parts.summary; }

    /// Empty, and false, for an id outside the vocabulary and one that is skipped.
    bool pieceToDecode(int64_t id, bool skipSpecial, std::string_view &piece) const;

private:
    std::string_view pieceOf(int64_t id) const;
    void encodePart(std::string_view text, bool first, Workspace &space, std::vector<int64_t> &ids) const;
    void encodeWord(std::string_view word, Workspace &space, std::vector<int64_t> &ids) const;
    std::unique_ptr<Workspace> takeWorkspace() const;
    void giveBack(std::unique_ptr<Workspace> space) const;

    TokenizerParts m_parts;
    AddedTokens m_rawTokens;        ///< looked for in the text as it is
    AddedTokens m_normalizedTokens; ///< looked for after normalising
    Vocabulary m_added;
    std::unordered_map<int64_t, bool> m_addedKinds; ///< id: whether special
    int64_t m_size = 0;
    mutable std::mutex m_mutex;
    mutable std::vector<std::unique_ptr<Workspace>> m_free;
};

Result<void> Pipeline::build(TokenizerParts parts, const std::string &where)
{
    m_parts = std::move(parts);
    if (m_parts.model->byteLevel())
        m_parts.preTokenizer.leaveBytes();
    for (const AddedToken &token : m_parts.added) {
        m_added.add(token.content, token.id);
        m_addedKinds[token.id] = token.special;
        const bool added = token.normalized
                               ? m_normalizedTokens.add(token, m_parts.normalizer.apply(token.content))
                               : m_rawTokens.add(token, token.content);
        if (!added)
            return tokenizerDamaged(where, ASSAY_TEXT("Reason", "an added token is too long"),
                                    "added_tokens: " + std::to_string(token.id));
    }
    m_added.finish();
    m_rawTokens.finish();
    m_normalizedTokens.finish();
    m_size = std::max(m_added.largestId(), m_parts.model->vocabulary().largestId()) + 1;
    return {};
}

std::unique_ptr<Workspace> Pipeline::takeWorkspace() const
{
    const std::scoped_lock lock(m_mutex);
    if (m_free.empty())
        return std::make_unique<Workspace>();
    auto space = std::move(m_free.back());
    m_free.pop_back();
    return space;
}

void Pipeline::giveBack(std::unique_ptr<Workspace> space) const
{
    constexpr size_t kMostKept = 16, kLargest = 1 << 16;
    if (space->words.list.capacity() > kLargest) { // one long text must not cost memory for ever
        space->words = {};
        space->scratch = {};
    }
    const std::scoped_lock lock(m_mutex);
    if (m_free.size() < kMostKept)
        m_free.push_back(std::move(space));
}

std::vector<int64_t> Pipeline::encode(std::string_view text, bool special) const
{
    std::string replaced;
    if (!simdjson::validate_utf8(text.data(), text.size()))
        text = replaced = lossyUtf8(text);
    std::vector<int64_t> ids;
    ids.reserve(text.size() / 3 + 8);
    auto space = takeWorkspace();
    m_rawTokens.split(text, space->raw);
    for (const TextPart &part : space->raw) {
        const bool first = part.text.data() == text.data();
        if (part.id >= 0)
            ids.push_back(part.id);
        else if (m_parts.normalizer.empty())
            encodePart(part.text, first, *space, ids);
        else
            encodePart(m_parts.normalizer.apply(part.text), first, *space, ids);
    }
    giveBack(std::move(space));
    return special ? m_parts.postProcessor.apply(std::move(ids)).ids : ids;
}

TokenizedPair Pipeline::encodePair(std::string_view text, std::string_view pair) const
{
    return m_parts.postProcessor.apply(encode(text, false), encode(pair, false));
}

void Pipeline::encodePart(std::string_view text, bool first, Workspace &space, std::vector<int64_t> &ids) const
{
    if (m_normalizedTokens.empty())
        space.normalized.assign(text.empty() ? 0 : 1, {-1, text});
    else
        m_normalizedTokens.split(text, space.normalized);
    for (const TextPart &part : space.normalized) {
        if (part.id >= 0) {
            ids.push_back(part.id);
            continue;
        }
        m_parts.preTokenizer.split(part.text, first && part.text.data() == text.data(), space.words);
        for (const Word &word : space.words.list) {
            if (!m_parts.model->wordsBeginWithMetaspace()) {
                encodeWord(word.text, space, ids);
                continue;
            }
            for (size_t begin = 0; begin < word.text.size();) {
                size_t end = begin;
                while (word.text.substr(end).starts_with(kMetaspace))
                    end += kMetaspace.size();
                end = std::min(word.text.find(kMetaspace, end), word.text.size());
                encodeWord(word.text.substr(begin, end - begin), space, ids);
                begin = end;
            }
        }
    }
}

void Pipeline::encodeWord(std::string_view word, Workspace &space, std::vector<int64_t> &ids) const
{
    if (word.size() > WordCache::kLongestWord) {
        m_parts.model->encode(word, space.scratch, ids);
        return;
    }
    const uint64_t hash = hashBytes(word);
    if (const auto known = space.cache.find(word, hash); !known.empty()) {
        ids.insert(ids.end(), known.begin(), known.end());
        return;
    }
    const size_t before = ids.size();
    m_parts.model->encode(word, space.scratch, ids);
    space.cache.keep(word, hash, std::span(ids).subspan(before));
}

std::string_view Pipeline::pieceOf(int64_t id) const
{
    const std::string_view added = m_added.piece(id);
    return added.empty() ? m_parts.model->vocabulary().piece(id) : added;
}

bool Pipeline::pieceToDecode(int64_t id, bool skipSpecial, std::string_view &piece) const
{
    if (skipSpecial && kind(id) == TokenKind::Special)
        return false;
    piece = pieceOf(id);
    return !piece.empty() || m_parts.model->vocabulary().contains(id);
}

std::string Pipeline::bytesOf(int64_t id, bool skipSpecial) const
{
    std::string_view piece;
    return pieceToDecode(id, skipSpecial, piece) ? m_parts.decoder.bytesWithin(piece) : std::string();
}

class PipelineStream final : public TokenStream
{
public:
    PipelineStream(const Pipeline &pipeline, const Decoder &decoder, bool skipSpecial)
        : m_pipeline(pipeline), m_run(decoder), m_skipSpecial(skipSpecial)
    {
    }
    std::string push(int64_t id) override
    {
        std::string_view piece;
        if (m_pipeline.pieceToDecode(id, m_skipSpecial, piece))
            m_run.push(piece);
        return m_run.take();
    }
    std::string finish() override
    {
        m_run.finish();
        return m_run.take();
    }

private:
    const Pipeline &m_pipeline;
    Decoder::Run m_run;
    bool m_skipSpecial;
};

std::unique_ptr<TokenStream> Pipeline::stream(bool skipSpecial) const
{
    return std::make_unique<PipelineStream>(*this, m_parts.decoder, skipSpecial);
}

std::string Pipeline::decode(const std::vector<int64_t> &ids, bool skipSpecial) const
{
    Decoder::Run run(m_parts.decoder);
    std::string_view piece;
    for (const int64_t id : ids) {
        if (pieceToDecode(id, skipSpecial, piece))
            run.push(piece);
    }
    run.finish();
    return run.take();
}

int64_t Pipeline::idOf(std::string_view piece) const
{
    const int32_t added = m_added.find(piece);
    return added >= 0 ? added : m_parts.model->vocabulary().find(piece);
}

TokenKind Pipeline::kind(int64_t id) const
{
    const auto found = m_addedKinds.find(id);
    return found == m_addedKinds.end() ? TokenKind::Plain : found->second ? TokenKind::Special : TokenKind::Added;
}

} // namespace

Result<std::shared_ptr<const Tokenizer>> makeTokenizer(TokenizerParts parts, const std::string &where)
{
    auto pipeline = std::make_shared<Pipeline>();
    if (auto built = pipeline->build(std::move(parts), where); !built)
        return tl::unexpected(built.error());
    return pipeline;
}

} // namespace assay
