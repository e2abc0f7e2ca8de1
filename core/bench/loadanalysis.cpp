// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/loadanalysis.h"

#include "core/bench/chunkfold.h"
#include "core/bench/floatranks.h"
#include "core/bench/levelbuilder.h"
#include "core/bench/settling.h"
#include "core/bench/summarycache.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <set>

namespace assay {
namespace {

constexpr size_t kMostPoints = 65536; // a plan has some hundred; a damaged record may name any

RequestRow rowOf(const RecordView &view, size_t logIndex)
{
    RequestRow row;
    row.log = logIndex;
    row.index = view.index;
    row.attempt = view.attempt;
    row.round = view.round;
    row.warmup = view.warmup;
    row.cutByLength = view.finish == "length" || view.finish == "max_tokens";
    row.failure = view.failure;
    row.scheduled = view.scheduled;
    row.sent = view.sent;
    row.ended = view.ended;
    row.askedPrompt = view.promptTokens;
    row.askedOutput = view.outputTokens;
    row.usage = view.usage;
    return row;
}

} // namespace

bool LevelBuilder::add(const RecordView &view, size_t logIndex)
{
    RequestRow row = rowOf(view, logIndex);
    const bool keepsGaps = row.counted() && view.failure == Failure::None;
    const Gaps begin{m_gaps.size(), 0};
    m_gaps.resize(begin.begin + (keepsGaps ? size_t(view.chunkCount) : 0));
    float *out = m_gaps.data() + begin.begin;
    ChunkFold fold;
    ChunkReader chunks(view);
    ChunkRecord chunk;
    if (keepsGaps) {
        while (chunks.next(chunk))
            fold.add(chunk, [&out](int64_t gap) { *out++ = float(double(gap) * 1e-9); });
    } else {
        while (chunks.next(chunk))
            fold.add(chunk);
    }
    (void)chunks.wire().string(); // the text, which is only looked past
    const bool whole = chunks.ok() && chunks.wire().left() == 0;
    m_gaps.resize(whole ? size_t(out - m_gaps.data()) : begin.begin);
    if (!whole)
        return false;
    row.metrics = fold.finish(view);
    row.first = fold.first();
    row.last = fold.last();
    if (row.metrics.failed && row.failure == Failure::None)
        row.failure = Failure::NoText;
    m_gapsOf.push_back({begin.begin, m_gaps.size() - begin.begin});
    m_level.rows.push_back(row);
    return true;
}

void LevelBuilder::sortBySending()
{
    const auto moment = [this](size_t i) {
        const RequestRow &row = m_level.rows[i];
        return row.sent != kNever ? row.sent : row.scheduled;
    };
    std::vector<size_t> order(m_level.rows.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return moment(a) < moment(b); });
    std::vector<RequestRow> rows;
    std::vector<Gaps> gaps;
    rows.reserve(order.size());
    gaps.reserve(order.size());
    for (const size_t i : order) {
        rows.push_back(m_level.rows[i]);
        gaps.push_back(m_gapsOf[i]);
    }
    m_level.rows = std::move(rows);
    m_gapsOf = std::move(gaps);
}

void LevelBuilder::markUnsettled()
{
    std::map<int32_t, std::vector<RequestRow *>> rounds;
    for (RequestRow &row : m_level.rows) {
        if (row.counted())
            rounds[row.round].push_back(&row);
    }
    for (const auto &[round, counted] : rounds) {
        std::vector<double> tpots;
        for (const RequestRow *row : counted)
            tpots.push_back(row->metrics.tpot.value_or(std::numeric_limits<double>::quiet_NaN()));
        const size_t unsettled = unsettledRequests(tpots);
        for (size_t i = 0; i < unsettled; ++i)
            counted[i]->unsettled = true;
        m_level.unsettled += unsettled;
    }
}

void LevelBuilder::count()
{
    std::set<int64_t> recovered;
    for (const RequestRow &row : m_level.rows) {
        if (row.attempt > 0 && !row.warmup) {
            ++m_level.retries;
            if (!row.metrics.failed)
                recovered.insert(row.index);
        }
        if (!row.counted())
            continue;
        ++m_level.failures.of[size_t(row.failure)];
        m_level.counted += row.failure != Failure::Cancelled;
    }
    m_level.recovered = recovered.size();
}

void LevelBuilder::summarizeGaps()
{
    const FloatPieces pieces = [this](const std::function<void(std::span<const float>)> &give) {
        for (size_t i = 0; i < m_gapsOf.size(); ++i) {
            if (m_level.rows[i].good())
                give(std::span(m_gaps).subspan(m_gapsOf[i].begin, m_gapsOf[i].count));
        }
    };
    const auto estimates = quantilesOf(pieces, {0.5, 0.95, 0.99});
    std::copy(estimates.begin(), estimates.end(), m_level.gaps.begin());
    size_t total = 0;
    for (size_t i = 0; i < m_gapsOf.size(); ++i) {
        const RequestRow &row = m_level.rows[i];
        if (!row.good())
            continue;
        total += m_gapsOf[i].count;
        const double reads = double(m_gapsOf[i].count + 1);
        m_level.tokensPerRead[0] += row.metrics.tokensPerRead * reads;
        m_level.tokensPerRead[1] += reads;
    }
    const size_t step = (total + LevelAnalysis::kMostGaps - 1) / LevelAnalysis::kMostGaps;
    size_t next = 0; // how many to pass over in the piece that comes
    pieces([&](std::span<const float> piece) {
        for (; next < piece.size(); next += step)
            m_level.someGaps.push_back(piece[next]);
        next -= piece.size();
    });
    std::sort(m_level.someGaps.begin(), m_level.someGaps.end());
}

LevelAnalysis LevelBuilder::finish(const RequestLog &log)
{
    sortBySending();
    markUnsettled();
    count();
    summarizeGaps();
    measureWindows(m_level, log);
    return std::move(m_level);
}

std::shared_ptr<const LoadAnalysis> analyse(const RequestLog &log)
{
    return std::static_pointer_cast<const LoadAnalysis>(log.derived([&log]() -> std::shared_ptr<const void> {
        auto analysis = std::make_shared<LoadAnalysis>();
        analysis->summaries = std::make_shared<SummaryCache>();
        std::vector<LevelBuilder> builders;
        for (size_t i = 0; i < log.size(); ++i) {
            RecordView view;
            if (readView(log.encoded(i), view) || view.point < 0 || size_t(view.point) >= kMostPoints) {
                ++analysis->damaged;
                continue;
            }
            if (builders.size() <= size_t(view.point))
                builders.resize(size_t(view.point) + 1);
            analysis->damaged += !builders[size_t(view.point)].add(view, i);
        }
        for (LevelBuilder &builder : builders)
            analysis->levels.push_back(builder.finish(log));
        return analysis;
    }));
}

const LevelAnalysis &levelOf(const LoadAnalysis &analysis, size_t point)
{
    static const LevelAnalysis none;
    return point < analysis.levels.size() ? analysis.levels[point] : none;
}

} // namespace assay
