// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/sample.h"
#include "core/engine/marks.h"

namespace assay::engine {

/// What the time of a step goes to.
enum class StepPart { Rest, Attention, Weights, Head, Sampling };

/// Times the parts of steps, while it lives, of what its thread computes: each moment belongs to the innermost part that is
/// being computed, the head's products to the head. Two looks at a clock a part; on CUDA they are the device's own, and what it
/// waits for the host between two parts counts with the part before.
class PartTimes
{
public:
    explicit PartTimes(at::Device device);
    ~PartTimes();
    PartTimes(const PartTimes &) = delete;
    PartTimes &operator=(const PartTimes &) = delete;

    /// Of each part that took time, seconds divided by the steps.
    std::vector<TimeShare> shares(int64_t steps);

    StepPart current() const { return m_current; }
    void enter(StepPart part);

private:
    Marks m_marks;
    std::vector<StepPart> m_parts; ///< that begins with each mark
    StepPart m_current = StepPart::Rest;
};

/// The part that is being computed while it lives; costs nothing to speak of where nobody times.
class PartScope
{
public:
    explicit PartScope(StepPart part);
    ~PartScope();
    PartScope(const PartScope &) = delete;
    PartScope &operator=(const PartScope &) = delete;

private:
    PartTimes *m_times;
    StepPart m_before = StepPart::Rest;
};

} // namespace assay::engine
