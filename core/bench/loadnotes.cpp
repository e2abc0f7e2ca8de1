// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/loadnotes.h"

#include "core/base/units.h"
#include "core/bench/loadanalysis.h"
#include "core/bench/metrics.h"
#include "core/bench/series.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

/// What the notes are taken from.
struct Facts
{
    const BenchRun &run;
    const LevelAnalysis &level;
    std::vector<MetricValue> values;

    std::optional<double> value(const char *id) const
    {
        const MetricValue *found = findValue(values, id);
        return found ? std::optional(found->estimate.value) : std::nullopt;
    }
    double above(const char *id) const { return value(id).value_or(0); }
    bool anyGood() const { return level.failures[Failure::None] > 0; }
};

using Arguments = std::optional<std::vector<std::string>>; ///< nothing: there is nothing to note

constexpr double kSlip = 0.01;        // of E2E (pitfall 6)
constexpr double kCached = 0.01;      // of the prompts' tokens
constexpr double kEarly = 0.05;       // of the answers
constexpr double kSessionHours = 6;

Arguments failed(const Facts &f)
{
    const double rate = f.above("error_rate");
    return rate > 0 ? Arguments({formatPercent(rate)}) : std::nullopt;
}

Arguments slipped(const Facts &f)
{
    const auto late = f.value("schedule_delay.p99"), e2e = f.value("e2e");
    double most = late.value_or(0);
    if (!late) { // too few for a percentile: the longest
        for (const RequestRow &row : f.level.rows)
            most = row.good() ? std::max(most, row.metrics.scheduleDelay.value_or(0)) : most;
    }
    return e2e && most > kSlip * *e2e ? Arguments({formatSeconds(most), formatPercent(most / *e2e)}) : std::nullopt;
}

Arguments cached(const Facts &f)
{
    const bool cold = !f.run.plan.load || f.run.plan.load->cache == CachePolicy::Cold;
    const double share = f.above("cached_share");
    return cold && share > kCached ? Arguments({formatPercent(share)}) : std::nullopt;
}

Arguments hidden(const Facts &f)
{
    const double share = f.above("hidden_reasoning");
    return share > 0 ? Arguments({formatPercent(share)}) : std::nullopt;
}

Arguments early(const Facts &f)
{
    const double share = f.above("output_tokens.early");
    return share > kEarly ? Arguments({formatPercent(share)}) : std::nullopt;
}

Arguments severalTokens(const Facts &f)
{
    const double tokens = f.above("tokens_per_read");
    return tokens > kTokensOfOne ? Arguments({threeDigits(tokens)}) : std::nullopt;
}

Arguments countedPieces(const Facts &f)
{
    const bool any = std::any_of(f.level.rows.begin(), f.level.rows.end(),
                                 [](const RequestRow &row) { return row.good() && row.metrics.source == TokenSource::Chunks; });
    return any ? Arguments(std::vector<std::string>{}) : std::nullopt;
}

Arguments notSteady(const Facts &f)
{
    return f.anyGood() && !f.level.steady ? Arguments(std::vector<std::string>{}) : std::nullopt;
}

Arguments fewSamples(const Facts &f)
{
    const size_t good = size_t(f.level.failures[Failure::None]);
    if (good == 0 || supportsQuantile(good, 0.99))
        return std::nullopt;
    return Arguments({std::to_string(good), supportsQuantile(good, 0.95) ? "299" : "59", supportsQuantile(good, 0.95) ? "99" : "95"});
}

Arguments retried(const Facts &f)
{
    return f.level.retries > 0 ? Arguments({std::to_string(f.level.retries), std::to_string(f.level.recovered)}) : std::nullopt;
}

Arguments unsettled(const Facts &f)
{
    return f.level.unsettled > 0 ? Arguments({std::to_string(f.level.unsettled)}) : std::nullopt;
}

/// "3 h 20 min", "12 min", "40.0 s".
std::string spanText(double seconds)
{
    if (seconds < 120)
        return formatSeconds(seconds);
    const int64_t minutes = int64_t(seconds / 60);
    return minutes < 60 ? std::to_string(minutes) + " min" : std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

Arguments series(const Facts &f)
{
    if (f.run.sessions.empty())
        return std::nullopt;
    const auto seconds = secondsOfSeries(f.run);
    return Arguments({std::to_string(f.run.sessions.size()), seconds ? spanText(*seconds) : "-"});
}

Arguments spotCheck(const Facts &f)
{
    if (!f.run.sessions.empty())
        return std::nullopt;
    double first = 0, last = 0;
    bool any = false;
    for (const RequestRow &row : f.level.rows) {
        if (!row.good())
            continue;
        first = any ? std::min(first, double(row.sent)) : double(row.sent);
        last = any ? std::max(last, double(row.last)) : double(row.last);
        any = true;
    }
    return any && (last - first) * 1e-9 < kSessionHours * 3600 ? Arguments(std::vector<std::string>{}) : std::nullopt;
}

struct Row
{
    const char *id;
    const char *pattern;
    Arguments (*find)(const Facts &);
};
// clang-format off
constexpr std::array<Row, 13> kRows{{
    {"failed", ASSAY_TEXT("LoadNote", "%1 of the requests failed. They are in no latency."), failed},
    {"cached_although_cold", ASSAY_TEXT("LoadNote", "The server had %1 of the prompt tokens in its cache although every prompt was new: TTFT and throughput flatter it."), cached},
    {"hidden_reasoning", ASSAY_TEXT("LoadNote", "%1 of the answers were reasoned for without showing it: only speeds over the whole answer are told for them."), hidden},
    {"schedule_slipped", ASSAY_TEXT("LoadNote", "Requests were sent up to %1 later than due, %2 of an answer's time: look at the times from the schedule."), slipped},
    {"ended_early", ASSAY_TEXT("LoadNote", "%1 of the answers ended before the asked length: compare times per token, not of whole answers."), early},
    {"several_tokens_a_read", ASSAY_TEXT("LoadNote", "A read brought %1 tokens on average: a gap is not the time of one token."), severalTokens},
    {"counted_pieces", ASSAY_TEXT("LoadNote", "The server told no count of tokens, and no tokenizer was at hand: pieces of the stream were counted as tokens."), countedPieces},
    {"not_steady", ASSAY_TEXT("LoadNote", "Requests were not sent for long enough after the first answer: there was no steady load that a throughput could be told of."), notSteady},
    {"few_samples", ASSAY_TEXT("LoadNote", "%1 {1:answer is|answers are} too few for the percentile %3, which takes %2."), fewSamples},
    {"retried", ASSAY_TEXT("LoadNote", "%1 {1:request was|requests were} sent again after a failure, %2 with success: counted as failed all the same."), retried},
    {"unsettled", ASSAY_TEXT("LoadNote", "The first %1 {1:request|requests} after the warm-up came before the server had settled and were left out."), unsettled},
    {"series", ASSAY_TEXT("LoadNote", "%1 sessions over %2: figures are medians over the sessions, their intervals hold for sessions; charts of single requests show the newest one."), series},
    {"spot_check", ASSAY_TEXT("LoadNote", "Spot check: one session. Servers vary by the hour; measure again at other times of the day."), spotCheck},
}};
// clang-format on

} // namespace

std::vector<LoadNote> notesOf(const BenchRun &run, const BenchPoint &point)
{
    std::vector<LoadNote> notes;
    const std::vector<BenchPoint> points = pointsOf(run.plan);
    const auto found = std::find(points.begin(), points.end(), point);
    if (found == points.end() || run.requests.empty())
        return notes;
    const auto analysis = analyse(run.requests);
    const Facts facts{run, levelOf(*analysis, size_t(found - points.begin())), summarize(run, point)};
    for (const Row &row : kRows) {
        if (Arguments arguments = row.find(facts))
            notes.push_back({row.id, row.pattern, std::move(*arguments)});
    }
    return notes;
}

} // namespace assay
