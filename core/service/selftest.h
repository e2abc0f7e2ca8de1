// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/bench/requestrecord.h"
#include "core/mock/mockendpoint.h"

#include <QString>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <stop_token>
#include <vector>

namespace assay {

/// A load that the client of endpoints is put under, against the mock over loopback.
struct SelfTestLevel
{
    int64_t streams = 1;
    double rate = 50;     ///< pieces a second of each stream
    double seconds = 2;   ///< of each stream
    bool inStep = false;  ///< all streams write at the same moment, as a server does that computes them in one batch
    bool operator==(const SelfTestLevel &) const = default;
    double piecesPerSecond() const { return double(streams) * rate; }
};

/// How far the client's figures are from what the mock did, seconds; errors without their sign.
struct ErrorSpread
{
    double median = 0, p99 = 0, most = 0;
    int64_t n = 0;
    bool operator==(const ErrorSpread &) const = default;
};

/// What became of one level.
struct SelfTestResult
{
    SelfTestLevel level;
    int64_t written = 0;           ///< pieces that the mock wrote
    int64_t lost = 0, invented = 0; ///< of them the client recorded so many too few or too many, request by request
    int64_t failed = 0, altered = 0; ///< requests: failed; whose text is not what was sent
    ErrorSpread ttft, tpot, chunk; ///< chunk: of each piece's moment
    double clientSeconds = 0, mockSeconds = 0, seconds = 0; ///< processor time of both; and how long the level took
    bool operator==(const SelfTestResult &) const = default;
    double clientPerPiece() const { return written > 0 ? clientSeconds / double(written) : 0; }
    /// Nothing lost or changed, and 99 of 100 moments within kProvenError.
    bool proven() const;
};
inline constexpr double kProvenError = 0.002; ///< seconds

struct SelfTestReport
{
    std::string made; ///< UTC, ISO 8601
    std::string host, assay;
    std::vector<SelfTestResult> results;
    bool operator==(const SelfTestReport &) const = default;
    /// Pieces a second up to which every load was proven; 0: none was. Streams in step are a row of their own and do not count.
    double provenRate() const;
};

/// From a single stream to more than a client should ever see.
std::vector<SelfTestLevel> selfTestLevels();

/// The records held against what the mock did: request by request (the prompt carries the index), piece by piece. Moments of
/// the records count from `origin`. expectedText: of every answer. Fills in the figures but not the processor times.
SelfTestResult compareWithMock(const std::vector<RequestRecord> &records, const std::vector<MockRequest> &truth, int64_t origin,
                               const std::string &expectedText);

/// Runs one level with the real client. Errors: ServerUnreachable, Cancelled.
Result<SelfTestResult> runSelfTestLevel(const SelfTestLevel &level, std::stop_token stop = {});
/// All levels, up to the second one in a row that is not proven; `done` is told each.
Result<SelfTestReport> runSelfTest(const std::vector<SelfTestLevel> &levels, const std::function<void(const SelfTestResult &)> &done,
                                   std::stop_token stop = {});

nlohmann::json toJson(const SelfTestReport &report);
/// Error: StoreDamaged with the field's name.
Result<SelfTestReport> selfTestReportFromJson(const nlohmann::json &json);

/// Where the last report is kept: beside the store of runs.
QString selfTestFile();
/// Error: FileUnwritable.
Result<void> keepSelfTest(const SelfTestReport &report, const QString &file = selfTestFile());
/// Nothing when there is none, when it cannot be read, or when it is of another program version or machine.
std::optional<SelfTestReport> lastSelfTest(const QString &file = selfTestFile());
/// Pieces a second that the last self-test proved on this machine; nothing: none was made. A result above it is marked.
std::optional<double> provenRate();

} // namespace assay
