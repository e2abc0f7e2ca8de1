// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"

#include <span>

namespace assay::test {

using Ids = std::vector<int64_t>;

/// The ways in which logits at every position come about; each must give the same.
enum class Way {
    Full,   ///< one pass without a cache
    Cache,  ///< half is prefilled, the rest decoded token by token
};

struct WayName
{
    Way way;
    const char *name; ///< in the results and in docs/ENGINE.md
};
inline constexpr WayName kWays[] = {{Way::Full, "logits"}, {Way::Cache, "cache"}};

/// The logits of each prompt, [tokens, vocabulary].
Result<std::vector<std::vector<float>>> logitsOf(engine::Engine &engine, Way way, std::span<const Ids> prompts);

} // namespace assay::test
