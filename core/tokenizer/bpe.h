// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace assay {

/// The model section: byte-pair encoding over the byte-level alphabet.
class Bpe
{
public:
    /// Throws nlohmann::json::exception for wrong types.
    static Result<Bpe> parse(const nlohmann::json &section, const std::string &where);

    /// Appends the ids of one word (raw bytes). A byte that the vocabulary lacks becomes the unknown token, or
    /// nothing when there is none.
    void encode(std::string_view word, std::vector<int64_t> &ids) const;

    const std::unordered_map<std::string, int64_t> &vocabulary() const { return m_vocabulary; }

private:
    struct Merge
    {
        uint32_t rank = 0;
        int32_t id = -1;
    };
    struct Cache;

    Result<void> readVocabulary(const nlohmann::json &section, const std::string &where);
    Result<void> readMerges(const nlohmann::json &section, const std::string &where);
    const Merge *mergeOf(int32_t left, int32_t right) const;
    std::vector<int32_t> symbols(std::string_view word) const;
    /// Carries the merges out, lowest rank first and leftmost first within a rank.
    void merge(std::vector<int32_t> &symbols) const;

    std::unordered_map<std::string, int64_t> m_vocabulary;
    std::unordered_map<uint64_t, Merge> m_merges; ///< by left id << 32 | right id
    std::array<int32_t, 256> m_bytes{};           ///< -1: not in the vocabulary
    int32_t m_unknown = -1;
    bool m_fuseUnknown = false;
    bool m_ignoreMerges = false; ///< a word that is in the vocabulary is one token
    std::shared_ptr<Cache> m_cache;
};

} // namespace assay
