// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/bpe.h"

#include "core/tokenizer/bytelevel.h"

#include <nlohmann/json.hpp>

#include <mutex>
#include <queue>
#include <shared_mutex>

namespace assay {
namespace {

constexpr int64_t kLargestId = (1 << 24) - 1;
constexpr size_t kCachedWords = 16 * 1024;
constexpr size_t kLongestCachedWord = 48;

uint64_t pairKey(int32_t left, int32_t right)
{
    return uint64_t(uint32_t(left)) << 32 | uint32_t(right);
}

/// Both forms of a merge: "a b" or ["a", "b"].
bool readPair(const nlohmann::json &entry, std::string &left, std::string &right)
{
    if (entry.is_array()) {
        if (entry.size() != 2)
            return false;
        left = entry[0].get<std::string>();
        right = entry[1].get<std::string>();
        return true;
    }
    const std::string &text = entry.get_ref<const std::string &>();
    const size_t space = text.find(' ');
    if (space == std::string::npos || text.find(' ', space + 1) != std::string::npos)
        return false;
    left = text.substr(0, space);
    right = text.substr(space + 1);
    return true;
}

/// A neighbouring pair that could merge, as it was when it was queued.
struct Candidate
{
    uint32_t rank;
    uint32_t position;
    int32_t left, right, merged;
    bool operator<(const Candidate &other) const // std::priority_queue gives the largest first
    {
        return rank != other.rank ? rank > other.rank : position > other.position;
    }
};

} // namespace

/// Words met before. Bounded; readers share.
struct Bpe::Cache
{
    std::shared_mutex mutex;
    std::unordered_map<std::string, std::vector<int32_t>> words;
};

Result<Bpe> Bpe::parse(const nlohmann::json &section, const std::string &where)
{
    const std::string type = section.value("type", "BPE"); // files before 2020 name no type
    if (type != "BPE" || !section.contains("merges"))
        return failure(ErrorCode::TokenizerUnsupported, {where, "the model " + (type == "BPE" ? "without merges" : type)},
                       "model");
    const auto text = [&](const char *field) {
        const auto value = section.find(field);
        return value == section.end() || value->is_null() ? std::string() : value->get<std::string>();
    };
    for (const char *field : {"continuing_subword_prefix", "end_of_word_suffix"}) {
        if (!text(field).empty())
            return failure(ErrorCode::TokenizerUnsupported, {where, field}, "model");
    }
    if (const auto dropout = section.find("dropout"); dropout != section.end() && dropout->is_number() && *dropout > 0.0)
        return failure(ErrorCode::TokenizerUnsupported, {where, "dropout"}, "model");
    if (section.value("byte_fallback", false))
        return failure(ErrorCode::TokenizerUnsupported, {where, "byte_fallback"}, "model");

    Bpe bpe;
    bpe.m_cache = std::make_shared<Cache>();
    bpe.m_ignoreMerges = section.value("ignore_merges", false);
    bpe.m_fuseUnknown = section.value("fuse_unk", false);
    if (auto read = bpe.readVocabulary(section, where); !read)
        return tl::unexpected(read.error());
    if (auto read = bpe.readMerges(section, where); !read)
        return tl::unexpected(read.error());
    if (const auto unknown = bpe.m_vocabulary.find(text("unk_token"));
        !text("unk_token").empty() && unknown != bpe.m_vocabulary.end())
        bpe.m_unknown = int32_t(unknown->second);
    return bpe;
}

Result<void> Bpe::readVocabulary(const nlohmann::json &section, const std::string &where)
{
    const auto &vocabulary = section.at("vocab").get_ref<const nlohmann::json::object_t &>();
    m_vocabulary.reserve(vocabulary.size());
    for (const auto &[piece, value] : vocabulary) {
        const int64_t id = value.get<int64_t>();
        if (!value.is_number_integer() || id < 0 || id > kLargestId)
            return failure(ErrorCode::TokenizerDamaged, {where, "the id of the piece " + piece + " is out of range"},
                           "model.vocab");
        m_vocabulary.emplace(piece, id);
    }
    for (size_t byte = 0; byte < m_bytes.size(); ++byte) {
        const auto found = m_vocabulary.find(byteAlphabet()[byte]);
        m_bytes[byte] = found == m_vocabulary.end() ? -1 : int32_t(found->second);
    }
    return {};
}

Result<void> Bpe::readMerges(const nlohmann::json &section, const std::string &where)
{
    const auto &merges = section.at("merges").get_ref<const nlohmann::json::array_t &>();
    m_merges.reserve(merges.size());
    std::string left, right;
    for (size_t rank = 0; rank < merges.size(); ++rank) {
        const auto damaged = [&](const std::string &why) {
            return failure(ErrorCode::TokenizerDamaged, {where, "merge " + std::to_string(rank) + " " + why}, "model.merges");
        };
        if (!readPair(merges[rank], left, right))
            return damaged("is no pair");
        const auto a = m_vocabulary.find(left), b = m_vocabulary.find(right), both = m_vocabulary.find(left + right);
        if (a == m_vocabulary.end() || b == m_vocabulary.end() || both == m_vocabulary.end())
            return damaged("names a piece outside the vocabulary");
        m_merges[pairKey(int32_t(a->second), int32_t(b->second))] = {uint32_t(rank), int32_t(both->second)};
    }
    return {};
}

const Bpe::Merge *Bpe::mergeOf(int32_t left, int32_t right) const
{
    const auto found = m_merges.find(pairKey(left, right));
    return found == m_merges.end() ? nullptr : &found->second;
}

void Bpe::encode(std::string_view word, std::vector<int64_t> &ids) const
{
    if (m_ignoreMerges) {
        if (const auto whole = m_vocabulary.find(pieceFromBytes(word)); whole != m_vocabulary.end()) {
            ids.push_back(whole->second);
            return;
        }
    }
    const bool cachable = word.size() <= kLongestCachedWord;
    const std::string key(cachable ? word : std::string_view());
    if (cachable) {
        const std::shared_lock lock(m_cache->mutex);
        if (const auto known = m_cache->words.find(key); known != m_cache->words.end()) {
            ids.insert(ids.end(), known->second.begin(), known->second.end());
            return;
        }
    }
    std::vector<int32_t> merged = symbols(word);
    merge(merged);
    ids.insert(ids.end(), merged.begin(), merged.end());
    if (cachable) {
        const std::unique_lock lock(m_cache->mutex);
        if (m_cache->words.size() < kCachedWords)
            m_cache->words.emplace(key, std::move(merged));
    }
}

std::vector<int32_t> Bpe::symbols(std::string_view word) const
{
    std::vector<int32_t> result;
    result.reserve(word.size());
    bool afterUnknown = false;
    for (char c : word) {
        const int32_t id = m_bytes[uint8_t(c)];
        const bool unknown = id < 0;
        if (!unknown)
            result.push_back(id);
        else if (m_unknown >= 0 && !(m_fuseUnknown && afterUnknown))
            result.push_back(m_unknown);
        afterUnknown = unknown;
    }
    return result;
}

void Bpe::merge(std::vector<int32_t> &symbols) const
{
    const uint32_t count = uint32_t(symbols.size());
    std::vector<uint32_t> previous(count), next(count);
    std::priority_queue<Candidate> queue;
    const auto offer = [&](uint32_t left) {
        const uint32_t right = next[left];
        if (right >= count)
            return;
        if (const Merge *found = mergeOf(symbols[left], symbols[right]))
            queue.push({found->rank, left, symbols[left], symbols[right], found->id});
    };
    for (uint32_t i = 0; i < count; ++i) {
        previous[i] = i - 1;
        next[i] = i + 1;
    }
    for (uint32_t i = 0; i < count; ++i)
        offer(i);
    while (!queue.empty()) {
        const Candidate best = queue.top();
        queue.pop();
        const uint32_t left = best.position;
        const uint32_t right = next[left];
        // Stale when either side has been merged since (a merged-away symbol is -1).
        if (symbols[left] != best.left || right >= count || symbols[right] != best.right)
            continue;
        symbols[left] = best.merged;
        symbols[right] = -1;
        next[left] = next[right];
        if (next[left] < count)
            previous[next[left]] = left;
        offer(left);
        if (left > 0)
            offer(previous[left]);
    }
    std::erase(symbols, -1);
}

} // namespace assay
