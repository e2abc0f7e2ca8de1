// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/enginepasses.h"

namespace assay::test {

Result<Outputs> engineLogits(engine::Engine &engine, bool cache, const std::vector<ReferenceInput> &inputs)
{
    Outputs out;
    for (const ReferenceInput &input : inputs) {
        std::vector<float> &logits = out[input.outputs.at(0)];
        const auto collect = [&](int64_t, int64_t, std::span<const float> values) {
            logits.insert(logits.end(), values.begin(), values.end());
        };
        if (const auto done = engine.logits(input.ids, cache, collect); !done)
            return tl::unexpected(done.error());
    }
    return out;
}

} // namespace assay::test
