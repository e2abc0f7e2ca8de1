// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/endpointfacts.h"
#include "core/model/memoryplan.h"

#include <nlohmann/json_fwd.hpp>
#include <optional>

namespace assay {

/// What a server has reserved by its settings, and what the model that it claims to serve needs: two things (benchmarking.md 4,
/// pitfall 17). What it does not tell is absent.
struct ServerMemory
{
    std::optional<int64_t> cacheTokens;    ///< that the reserved cache has room for, of all sequences together
    std::string cacheEvidence;             ///< pattern of the translation context "Evidence"
    std::vector<std::string> cacheArguments;
    std::optional<uint64_t> cacheBytes;    ///< of those tokens, 16 bits a number; where the architecture is told
    std::optional<uint64_t> weights;       ///< bytes, as the server tells
    std::optional<MemoryRange> needed;     ///< weights, cache of one sequence, workspace, overhead: as planMemory() predicts
    int64_t context = 0;                   ///< tokens of that sequence
    const Runtime *runtime = nullptr;      ///< that was planned for
};
ServerMemory serverMemory(const EndpointFacts &facts);

/// Rows of the group "Memory" behind the server's own claims: "memory.reserved_tokens", "memory.reserved_bytes", "memory.needed".
/// None where a server tells nothing of memory.
std::vector<FactRow> serverMemoryRows(const EndpointFacts &facts);

/// `inspect --json`, "memory" of an endpoint; null where a server tells nothing of memory.
nlohmann::json serverMemoryJson(const EndpointFacts &facts);

} // namespace assay
