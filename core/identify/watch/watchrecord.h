// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/identify/told.h"
#include "core/identify/watch/watchfile.h"
#include "core/identify/watch/windowtests.h"

#include <nlohmann/json.hpp>
#include <optional>

namespace assay {

/// What the calls of one check brought, of whichever kind it was; the other parts are empty.
struct WatchWindow
{
    std::vector<TopLogprobs> logprobs;              ///< a call each
    AnswerCounts answers;                           ///< border inputs
    std::map<std::string, std::vector<int64_t>> tokens; ///< counts by probe, each time that it was asked
    std::vector<double> ttft, tpot;                 ///< seconds, of the requests that told them
    int64_t requests = 0, failed = 0;
};
nlohmann::json windowToJson(const WatchWindow &window);
std::optional<WatchWindow> windowFromJson(const nlohmann::json &json);

/// One check, as the history keeps it: a line of JSON.
struct WatchRecord
{
    enum class Outcome : uint8_t {
        Compared, ///< with what came before
        Learning, ///< it became part of what later checks are compared with
        Failed,   ///< inconclusive: the endpoint did not answer, or not enough; what came is kept
        Clock,    ///< inconclusive: the clock had gone back, nothing was asked
        Limits,   ///< agreed limits (SLA) held against the last checks
        Renewed,  ///< somebody asked for a new baseline: nothing that came before is compared with what follows
    };
    int64_t at = 0, due = 0; ///< Unix seconds
    std::string endpoint;
    std::string version; ///< the endpoint's in the watch file at that time
    WatchCheck check = WatchCheck::Logprobs;
    int64_t segment = 0;     ///< counts the changes that were found: what came before one is compared with nothing after it
    Outcome outcome = Outcome::Failed;
    WatchWindow window;
    std::optional<double> statistic, p, evidence; ///< evidence: ChangeEvidence::value() or, of latency, nothing
    std::optional<double> bandLow, bandHigh;      ///< that the statistic had to stay in
    bool change = false;
    int64_t since = 0;       ///< of a change: the first check that it most likely holds for, Unix seconds
    Told what;
    int64_t alertTries = 0;  ///< of a change
    bool alerted = false;
};
nlohmann::json recordToJson(const WatchRecord &record);
std::optional<WatchRecord> recordFromJson(const nlohmann::json &json);

/// A history as it lies on the disk: checks, and behind them what became of their alerts. Lines that are no records are counted.
struct WatchHistory
{
    std::vector<WatchRecord> records;
    size_t unreadable = 0;
};
WatchHistory readWatchHistory(std::string_view lines);
/// The line that says what became of a change's alert.
std::string alertLine(const WatchRecord &record);
std::string recordLine(const WatchRecord &record);

} // namespace assay
