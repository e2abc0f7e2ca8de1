// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/run.h"

#include <cmath>

namespace assay::made {

constexpr int64_t ms(double milliseconds)
{
    return int64_t(milliseconds * 1e6 + (milliseconds < 0 ? -0.5 : 0.5));
}

/// A piece at so many ms, in a read of its own unless `read` says else.
struct Piece
{
    double at;
    Channel channel = Channel::Answer;
    uint32_t bytes = 4;
    int64_t read = -1;
    uint32_t tokens = 0;
};

/// A request that was sent when due and answered by these pieces, whose stream closed 1 ms after the last.
inline RequestRecord request(double sent, const std::vector<Piece> &pieces, int64_t index = 0)
{
    RequestRecord record;
    record.index = index;
    record.scheduled = record.sent = ms(sent);
    record.promptTokens = 100;
    record.outputTokens = int64_t(pieces.size());
    record.status = 200;
    record.httpVersion = 11;
    uint32_t read = 0;
    for (const Piece &piece : pieces) {
        record.chunks.push_back({ms(piece.at), piece.read < 0 ? read : uint32_t(piece.read), piece.channel, piece.bytes, piece.tokens});
        read = record.chunks.back().read + 1;
    }
    record.headers = record.firstByte = pieces.empty() ? ms(sent) : record.chunks.front().at;
    record.ended = pieces.empty() ? ms(sent + 1) : record.chunks.back().at + ms(1);
    record.finish = "stop";
    return record;
}

/// A request whose first piece comes after `ttft`, the others `gap` apart, all in ms.
inline RequestRecord steady(double sent, double ttft, double gap, int pieces, int64_t index = 0)
{
    std::vector<Piece> all;
    for (int i = 0; i < pieces; ++i)
        all.push_back({sent + ttft + gap * i});
    return request(sent, all, index);
}

inline RequestRecord failed(double sent, double ended, Failure failure, int64_t index = 0)
{
    RequestRecord record = request(sent, {}, index);
    record.ended = ms(ended);
    record.failure = failure;
    return record;
}

inline bool near(double value, double expected)
{
    return std::abs(value - expected) <= 1e-6 * std::max(std::abs(expected), 1e-3);
}

} // namespace assay::made
