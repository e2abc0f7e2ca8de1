// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/levelbuilder.h"

#include <algorithm>
#include <map>

namespace assay {
namespace {

constexpr double kNanosecond = 1e-9;

using Rows = std::vector<const RequestRow *>;

/// One round of a level, in ns. Doubles: a damaged record may hold any moment, and differences must not overflow.
struct Window
{
    double begin = 0, lastSent = 0, lastText = 0; ///< of counted requests
    bool begun = false;
    double from = 0, to = 0; ///< while the load was steady
    size_t firstSlice = 0, slices = 0; ///< of SteadyState; 0: not steady
    double sliceLength() const { return (to - from) / double(slices); }
    bool contains(double moment) const { return moment > from && moment <= to; } // what ends when another begins was before it
    size_t sliceOf(double moment) const
    {
        return firstSlice + std::min(size_t((moment - from) / sliceLength()), slices - 1);
    }
};
using Windows = std::map<int32_t, Window>;

double median(std::vector<double> values)
{
    return values.empty() ? 0 : quantile(std::move(values), 0.5);
}

Windows windowsOf(const LevelAnalysis &level)
{
    Windows windows;
    for (const RequestRow &row : level.rows) {
        if (!row.counted() || row.sent == kNever)
            continue;
        Window &window = windows[row.round];
        window.begin = window.begun ? std::min(window.begin, double(row.sent)) : double(row.sent);
        window.lastSent = window.begun ? std::max(window.lastSent, double(row.sent)) : double(row.sent);
        window.begun = true;
        if (row.good())
            window.lastText = std::max(window.lastText, double(row.last));
    }
    return windows;
}

/// When a request left the server: its stream's end, or what is known instead.
double endOf(const RequestRow &row)
{
    return double(row.ended != kNever ? row.ended : row.last != kNever ? row.last : row.sent);
}

/// By a sweep over all beginnings and ends; who ends when another begins was not in flight with it.
size_t peakOf(const Rows &rows)
{
    std::vector<double> begins, ends;
    for (const RequestRow *row : rows) {
        if (row->sent != kNever && endOf(*row) >= double(row->sent)) {
            begins.push_back(double(row->sent));
            ends.push_back(endOf(*row));
        }
    }
    std::sort(begins.begin(), begins.end());
    std::sort(ends.begin(), ends.end());
    size_t peak = 0, ended = 0;
    for (size_t begun = 0; begun < begins.size(); ++begun) {
        while (ended < ends.size() && ends[ended] <= begins[begun] && ended < begun)
            ++ended;
        peak = std::max(peak, begun + 1 - ended);
    }
    return peak;
}

/// A round of a closed loop: as many in flight, and when counted requests took the place of one that had ended. Such a one was
/// due when that ended, to the nanosecond, which no schedule hits by chance.
struct ClosedLoop
{
    size_t inFlight = 0;
    std::vector<double> taking;
};
std::optional<ClosedLoop> closedLoop(const Rows &rows)
{
    std::vector<int64_t> ends;
    for (const RequestRow *row : rows) {
        if (row->ended != kNever)
            ends.push_back(row->ended);
    }
    std::sort(ends.begin(), ends.end());
    ClosedLoop loop;
    loop.inFlight = peakOf(rows);
    size_t first = 0, replacing = 0;
    for (const RequestRow *row : rows) {
        if (row->attempt > 0 || row->sent == kNever)
            continue;
        ++first;
        if (!std::binary_search(ends.begin(), ends.end(), row->scheduled))
            continue;
        ++replacing;
        if (row->counted())
            loop.taking.push_back(double(row->sent));
    }
    std::sort(loop.taking.begin(), loop.taking.end());
    const bool closed = loop.inFlight > 0 && first > loop.inFlight && 2 * replacing >= first - loop.inFlight;
    return closed ? std::optional(std::move(loop)) : std::nullopt;
}

/// The requests of a closed loop go in step for a long time: all end within moments of each other, and so the next ones begin.
/// From the first of such a wave to the last of a later one lie almost a whole wave of ends too many. Hence a whole number of
/// waves, from a place within one to the same place within another, both as far from its edges as can be.
bool takeWholeWaves(const ClosedLoop &loop, Window &window)
{
    const size_t count = loop.taking.size();
    const size_t span = count > 0 ? (count - 1) / loop.inFlight * loop.inFlight : 0;
    if (span == 0)
        return false;
    const size_t first = (count - 1 - span) / 2;
    window.from = loop.taking[first];
    window.to = loop.taking[first + span];
    return window.to > window.from;
}

bool findSteadyPart(const Rows &rows, double answer, Window &window)
{
    if (const auto loop = closedLoop(rows))
        return takeWholeWaves(*loop, window);
    window.from = window.begin;
    window.to = window.lastSent;
    return (window.to - window.from) * kNanosecond >= answer;
}

/// Makes the slices of all rounds that were steady for as long as an answer; the others have no steady state.
std::optional<SteadyState> makeSlices(const LevelAnalysis &level, Windows &windows)
{
    std::map<int32_t, Rows> rounds;
    std::vector<double> durations;
    for (const RequestRow &row : level.rows) {
        rounds[row.round].push_back(&row);
        if (row.good() && row.metrics.e2e)
            durations.push_back(*row.metrics.e2e);
    }
    const double answer = median(std::move(durations));
    SteadyState steady;
    for (auto &[round, window] : windows) {
        if (answer <= 0 || !findSteadyPart(rounds[round], answer, window))
            continue;
        const double seconds = (window.to - window.from) * kNanosecond;
        window.firstSlice = steady.slices.size();
        window.slices = std::max<size_t>(1, SteadyState::kSlices / windows.size());
        steady.slices.resize(window.firstSlice + window.slices, {seconds / double(window.slices)});
        steady.seconds += seconds;
    }
    return steady.slices.empty() ? std::nullopt : std::optional(std::move(steady));
}

/// Calls `give` with each piece's moment and its share of the request's tokens: what the server told, else the first read's and
/// the rest evenly over the other pieces.
template <class Give>
void spreadTokens(const RequestRow &row, std::string_view bytes, Give give)
{
    RecordView view;
    if (readView(bytes, view))
        return;
    std::vector<ChunkRecord> pieces;
    ChunkReader chunks(view);
    for (ChunkRecord chunk; chunks.next(chunk);) {
        if (chunk.bytes > 0)
            pieces.push_back(chunk);
    }
    const auto later = std::find_if(pieces.begin(), pieces.end(), [&](const ChunkRecord &piece) { return piece.read != pieces.front().read; });
    double told = 0;
    bool allTold = true;
    for (auto piece = later; piece != pieces.end(); ++piece) {
        told += piece->tokens;
        allTold = allTold && piece->tokens > 0;
    }
    const double rest = double(row.metrics.tokens - row.metrics.firstTokens), count = double(pieces.end() - later);
    if (!pieces.empty())
        give(double(pieces.front().at), later == pieces.end() ? double(row.metrics.tokens) : double(row.metrics.firstTokens));
    for (auto piece = later; piece != pieces.end(); ++piece)
        give(double(piece->at), allTold ? rest * double(piece->tokens) / told : rest / count);
}

void addTokens(const RequestRow &row, const Window &window, SteadyState &steady, const RequestLog &log)
{
    const double first = double(row.first), last = double(row.last);
    if (last <= window.from || first > window.to)
        return;
    if (window.contains(first) && window.contains(last) && window.sliceOf(first) == window.sliceOf(last)) {
        steady.slices[window.sliceOf(first)].outputTokens += double(row.metrics.tokens);
        return;
    }
    spreadTokens(row, log.encoded(row.log), [&](double moment, double tokens) {
        if (window.contains(moment))
            steady.slices[window.sliceOf(moment)].outputTokens += tokens;
    });
}

void fillSlices(LevelAnalysis &level, const Windows &windows, SteadyState &steady, const RequestLog &log)
{
    for (RequestRow &row : level.rows) {
        const auto window = windows.find(row.round);
        // A request that we cut was served until then; any other failure gave nothing.
        if (window == windows.end() || window->second.slices == 0 || row.first == kNever
            || (row.metrics.failed && row.failure != Failure::Cancelled))
            continue;
        addTokens(row, window->second, steady, log);
        if (window->second.contains(double(row.first)))
            steady.slices[window->second.sliceOf(double(row.first))].promptTokens += double(row.usage.prompt.value_or(row.askedPrompt));
        if (!row.metrics.failed && window->second.contains(double(row.last))) {
            row.slice = int32_t(window->second.sliceOf(double(row.last)));
            ++steady.slices[size_t(row.slice)].answers;
        }
    }
}

/// While steady; else from the first counted request's sending to the last one's last text.
double meanInFlight(const LevelAnalysis &level, const Windows &windows)
{
    const auto partOf = [&](const Window &window) {
        if (level.steady)
            return window.slices > 0 ? std::pair(window.from, window.to) : std::pair(window.begin, window.begin);
        return std::pair(window.begin, std::max(window.lastText, window.begin));
    };
    double inFlight = 0, length = 0;
    for (const auto &[round, window] : windows)
        length += partOf(window).second - partOf(window).first;
    for (const RequestRow &row : level.rows) {
        const auto window = windows.find(row.round);
        if (window == windows.end() || row.sent == kNever)
            continue;
        const auto [from, to] = partOf(window->second);
        inFlight += std::max(std::min(endOf(row), to) - std::max(double(row.sent), from), 0.0);
    }
    return length > 0 ? inFlight / length : 0;
}

} // namespace

void measureWindows(LevelAnalysis &level, const RequestLog &log)
{
    Windows windows = windowsOf(level);
    level.steady = makeSlices(level, windows);
    if (level.steady)
        fillSlices(level, windows, *level.steady, log);
    for (const auto &[round, window] : windows)
        level.seconds += std::max(window.lastText - window.begin, 0.0) * kNanosecond;
    for (const RequestRow &row : level.rows)
        level.outputTokens += row.good() ? double(row.metrics.tokens) : 0;
    level.meanConcurrency = meanInFlight(level, windows);
    Rows all;
    for (const RequestRow &row : level.rows)
        all.push_back(&row);
    level.peakConcurrency = peakOf(all);
}

} // namespace assay
