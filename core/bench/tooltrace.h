// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/run.h"

#include <optional>
#include <vector>

namespace assay {

/// A request as other tools look at it: seconds from its sending.
struct ToolRequest
{
    double firstEvent = 0;               ///< first bytes of the body: an event without text is there, too
    double firstText = 0;                ///< of any channel
    std::optional<double> firstContent;  ///< of the answer alone
    double lastText = 0, closed = 0;
    double delay = 0;                    ///< from the schedule to the sending
    double prompt = 0;                   ///< tokens by the server, else as asked
    double tokens = 0;                   ///< N by our order of sources
    double tokensOrAsked = 0;            ///< by usage, else the requested length
    double pieces = 0;
};

/// Between what a tool takes gaps: events, the one without text before the first text among them; pieces of the answer alone.
enum class GapKind : uint8_t { None, Events, Content };

/// All counted, answered requests of a point.
struct ToolTrace
{
    std::vector<ToolRequest> requests;
    std::vector<double> gaps; ///< of the asked kind, pooled: there may be ten million
    double seconds = 0;       ///< first sending to the last stream's end, rounds added up
};
ToolTrace toolTrace(const BenchRun &run, size_t point, GapKind gaps);

} // namespace assay
