// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/enginepasses.h"

namespace assay::test {

Result<std::vector<std::vector<float>>> logitsOf(engine::Engine &engine, Way way, std::span<const Ids> prompts)
{
    std::vector<std::vector<float>> out;
    for (const Ids &ids : prompts) {
        std::vector<float> &logits = out.emplace_back();
        const auto collect = [&](int64_t, int64_t, std::span<const float> values) {
            logits.insert(logits.end(), values.begin(), values.end());
        };
        if (const auto done = engine.logits(ids, way == Way::Cache, collect); !done)
            return tl::unexpected(done.error());
    }
    return out;
}

} // namespace assay::test
