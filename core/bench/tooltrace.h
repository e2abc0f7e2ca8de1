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

/// All counted, answered requests of a point, with their gaps pooled.
struct ToolTrace
{
    std::vector<ToolRequest> requests;
    std::vector<double> eventGaps;   ///< between events, the one without text before the first text among them
    std::vector<double> textGaps;    ///< between pieces of text of any channel
    std::vector<double> contentGaps; ///< between pieces of the answer
    double seconds = 0;              ///< first sending to the last stream's end, rounds added up
};
ToolTrace toolTrace(const BenchRun &run, size_t point);

} // namespace assay
