// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/decodestep.h"
#include "core/engine/implementation.h"

namespace assay::engine {

/// The runs of one measurement: a prompt, then greedy tokens, with the moments at which the device had each. On CUDA the
/// device tells them itself and decodes by a recorded graph where the model allows it. Belongs into guarded().
class TimedDecoding
{
public:
    /// What a cache needs to hold, with room that makes a recorded step faster.
    static int64_t capacityFor(const Engine::Implementation &model, const MeasureOptions &options);

    /// Records what can be recorded; that it cannot is no error, Sample says why.
    TimedDecoding(const Engine::Implementation &model, KvCache &cache, const MeasureOptions &options);

    /// Puts these tokens [batch, MeasureOptions::depth] into the cache, where they stay for all runs. Cancelled.
    Result<void> fill(const at::Tensor &before, const std::stop_token &stop);
    /// Where the time of a step goes, by operators given one by one; after all runs. Cancelled.
    Result<std::vector<TimeShare>> shares(const at::Tensor &prompts, const std::stop_token &stop);
    /// prompts [batch, tokens]. Fills in the times and how it was decoded. Cancelled.
    Result<void> run(const at::Tensor &prompts, Sample &out, const std::stop_token &stop);

private:
    void record();
    Result<void> decode(const at::Tensor &prompts, class Marks &marks, const std::stop_token &stop);

    const Engine::Implementation &m_model;
    KvCache &m_cache;
    MeasureOptions m_options;
    std::optional<DecodeStep> m_step; ///< where steps are recorded
    std::string m_reason;             ///< why they are not, on CUDA
};

} // namespace assay::engine
