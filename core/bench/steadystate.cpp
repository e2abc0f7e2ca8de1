// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/levelbuilder.h"

#include <algorithm>
#include <map>

namespace assay {
namespace {

constexpr double kNanosecond = 1e-9;

/// One round of a level, in ns. Doubles: a damaged record may hold any moment, and differences must not overflow.
struct Window
{
    double begin = 0, lastSent = 0, lastText = 0;
    bool begun = false;
    size_t firstSlice = 0, slices = 0; ///< of SteadyState; 0: not steady
    double sliceLength() const { return (lastSent - begin) / double(slices); }
    bool contains(double moment) const { return moment >= begin && moment <= lastSent; }
    size_t sliceOf(double moment) const
    {
        return firstSlice + std::min(size_t((moment - begin) / sliceLength()), slices - 1);
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

/// Makes the slices of all rounds whose sendings took as long as an answer; the others have no steady state.
std::optional<SteadyState> makeSlices(const LevelAnalysis &level, Windows &windows)
{
    std::vector<double> durations;
    for (const RequestRow &row : level.rows) {
        if (row.good() && row.metrics.e2e)
            durations.push_back(*row.metrics.e2e);
    }
    const double answer = median(std::move(durations));
    SteadyState steady;
    for (auto &[round, window] : windows) {
        const double seconds = (window.lastSent - window.begin) * kNanosecond;
        if (answer <= 0 || seconds < answer)
            continue;
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
    if (last < window.begin || first > window.lastSent)
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

/// When a request left the server: its stream's end, or what is known instead.
double endOf(const RequestRow &row)
{
    return double(row.ended != kNever ? row.ended : row.last != kNever ? row.last : row.sent);
}

/// By a sweep over all beginnings and ends; who ends when another begins was not in flight with it.
size_t peakOf(const std::vector<RequestRow> &rows)
{
    std::vector<double> begins, ends;
    for (const RequestRow &row : rows) {
        if (row.sent != kNever && endOf(row) >= double(row.sent)) {
            begins.push_back(double(row.sent));
            ends.push_back(endOf(row));
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

double meanInFlight(const LevelAnalysis &level, const Windows &windows)
{
    const auto endOfWindow = [&](const Window &window) {
        return level.steady ? (window.slices > 0 ? window.lastSent : window.begin) : std::max(window.lastText, window.begin);
    };
    double inFlight = 0, length = 0;
    for (const auto &[round, window] : windows)
        length += endOfWindow(window) - window.begin;
    for (const RequestRow &row : level.rows) {
        const auto window = windows.find(row.round);
        if (window != windows.end() && row.sent != kNever)
            inFlight += std::max(std::min(endOf(row), endOfWindow(window->second)) - std::max(double(row.sent), window->second.begin), 0.0);
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
    level.peakConcurrency = peakOf(level.rows);
}

} // namespace assay
