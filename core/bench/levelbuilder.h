// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/loadanalysis.h"
#include "core/bench/recordwire.h"

namespace assay {

/// Gathers the requests of one point while the log is read, then derives what they come to.
class LevelBuilder
{
public:
    /// False when the pieces are damaged.
    bool add(const RecordView &view, size_t logIndex);
    /// Reads again those few requests that lie across the edge of a window or slice.
    LevelAnalysis finish(const RequestLog &log);

private:
    struct Gaps
    {
        size_t begin = 0, count = 0;
    };
    void sortBySending();
    void markUnsettled();
    void count();
    void summarizeGaps();

    LevelAnalysis m_level;
    std::vector<Gaps> m_gapsOf; ///< of each row
    std::vector<float> m_gaps;  ///< seconds, of all rows
};

/// Windows, throughput and concurrency of a level whose rows are complete and sorted (steadystate.cpp).
void measureWindows(LevelAnalysis &level, const RequestLog &log);

} // namespace assay
