// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/statistics.h"
#include "core/service/selftest.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_map>

namespace assay {

namespace {

constexpr std::string_view kMark = "self-test ";

/// The index that the request's prompt carries; -1: none.
int64_t indexOf(const MockRequest &request)
{
    const size_t at = request.body.find(kMark);
    int64_t index = -1;
    if (at != std::string::npos)
        std::from_chars(request.body.data() + at + kMark.size(), request.body.data() + request.body.size(), index);
    return index;
}

ErrorSpread spreadOf(std::vector<double> errors)
{
    ErrorSpread spread;
    spread.n = int64_t(errors.size());
    if (errors.empty())
        return spread;
    spread.most = *std::max_element(errors.begin(), errors.end());
    RankedSamples ranked(std::move(errors));
    spread.median = ranked.interpolated(0.5);
    spread.p99 = ranked.interpolated(0.99);
    return spread;
}

double seconds(int64_t ns)
{
    return std::abs(double(ns)) * 1e-9;
}

} // namespace

SelfTestResult compareWithMock(const std::vector<RequestRecord> &records, const std::vector<MockRequest> &truth, int64_t origin,
                               const std::string &expectedText)
{
    std::unordered_map<int64_t, const RequestRecord *> recordOf;
    for (const RequestRecord &record : records)
        recordOf.emplace(record.index, &record);
    SelfTestResult result;
    std::vector<double> ttft, tpot, chunk;
    for (const MockRequest &request : truth) {
        const auto found = recordOf.find(indexOf(request));
        const int64_t written = int64_t(request.chunks.size());
        result.written += written;
        if (found == recordOf.end()) {
            result.lost += written;
            continue;
        }
        const RequestRecord &record = *found->second;
        const int64_t got = int64_t(record.chunks.size()), both = std::min(got, written);
        result.lost += written - both;
        result.invented += got - both;
        result.failed += record.failure != Failure::None;
        result.altered += record.failure == Failure::None && record.text != expectedText;
        for (int64_t i = 0; i < both; ++i)
            chunk.push_back(seconds(record.chunks[size_t(i)].at + origin - request.chunks[size_t(i)]));
        if (both > 0)
            ttft.push_back(seconds(record.chunks.front().at - record.sent - (request.chunks.front() - request.received)));
        if (both > 1) {
            const int64_t ours = record.chunks[size_t(both - 1)].at - record.chunks.front().at;
            const int64_t theirs = request.chunks[size_t(both - 1)] - request.chunks.front();
            tpot.push_back(seconds(ours - theirs) / double(both - 1));
        }
        recordOf.erase(found);
    }
    for (const auto &[index, record] : recordOf) { // of requests that the mock never had
        result.invented += int64_t(record->chunks.size());
        result.failed += record->failure != Failure::None;
    }
    result.ttft = spreadOf(std::move(ttft));
    result.tpot = spreadOf(std::move(tpot));
    result.chunk = spreadOf(std::move(chunk));
    return result;
}

bool SelfTestResult::proven() const
{
    return written > 0 && lost == 0 && invented == 0 && failed == 0 && altered == 0 && chunk.p99 < kProvenError;
}

double SelfTestReport::provenRate() const
{
    double rate = 0;
    for (const SelfTestResult &result : results) {
        if (result.level.inStep)
            continue;
        if (!result.proven())
            break;
        rate = std::max(rate, result.level.piecesPerSecond());
    }
    return rate;
}

} // namespace assay
