// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics/scoreditems.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <unordered_map>

namespace assay {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Which sample numbers of which items have been seen.
class SeenSamples
{
public:
    bool add(size_t item, int64_t sample)
    {
        if (sample < 0 || sample >= 64)
            return m_others.emplace(item, sample).second;
        m_first.resize(std::max(m_first.size(), item + 1), 0);
        const uint64_t bit = uint64_t(1) << sample;
        const bool isNew = !(m_first[item] & bit);
        m_first[item] |= bit;
        return isNew;
    }

private:
    std::vector<uint64_t> m_first; ///< samples 0 to 63 of each item
    std::set<std::pair<size_t, int64_t>> m_others;
};

class Collector
{
public:
    explicit Collector(size_t rows) { m_index.reserve(rows); }

    void add(const RowChunk &chunk, size_t row, const std::vector<double> *axis)
    {
        const std::string_view id = chunk.id[row];
        uint32_t item = uint32_t(m_out.ids.size());
        if (!id.empty())
            item = m_index.emplace(id, item).first->second;
        if (item == m_out.ids.size())
            append(chunk, row, axis);
        if (!m_seen.add(item, chunk.sample[row]))
            return;
        const double score = scoreOf(Outcome(chunk.outcome[row]), chunk.score[row]);
        m_out.scores.means[item] += score;
        m_squares[item] += score * score;
        m_right[item] += Outcome(chunk.outcome[row]) == Outcome::Right;
        ++m_out.scores.samples[item];
    }

    ScoredItems finish()
    {
        double within = 0;
        size_t repeated = 0;
        for (size_t i = 0; i < m_out.ids.size(); ++i) {
            const double n = m_out.scores.samples[i];
            double &mean = m_out.scores.means[i];
            mean /= n;
            m_out.graded |= mean != 0 && mean != 1;
            m_out.right.push_back(m_right[i] * 2 > n);
            if (n < 2)
                continue;
            within += std::max(m_squares[i] - n * mean * mean, 0.0) / (n - 1);
            ++repeated;
        }
        m_out.scores.within = repeated > 0 ? within / double(repeated) : kNaN;
        return std::move(m_out);
    }

private:
    void append(const RowChunk &chunk, size_t row, const std::vector<double> *axis)
    {
        m_out.ids.push_back(chunk.id[row]);
        m_out.scores.means.push_back(0);
        m_out.scores.samples.push_back(0);
        m_squares.push_back(0);
        m_right.push_back(0);
        m_out.axis.push_back(axis ? (*axis)[row] : kNaN);
        const std::string_view cluster = chunk.cluster[row];
        if (cluster.empty()) {
            m_out.clusters.push_back(m_clusters++);
            return;
        }
        const auto [place, isNew] = m_clusterIndex.emplace(cluster, m_clusters);
        m_clusters += isNew;
        m_out.clustered |= !isNew;
        m_out.clusters.push_back(place->second);
    }

    ScoredItems m_out;
    std::unordered_map<std::string_view, uint32_t> m_index, m_clusterIndex;
    std::vector<double> m_squares;
    std::vector<uint32_t> m_right;
    SeenSamples m_seen;
    uint32_t m_clusters = 0;
};

} // namespace

double scoreOf(Outcome outcome, double score)
{
    return std::isfinite(score) ? score : outcome == Outcome::Right ? 1 : 0;
}

ScoredItems scoredItems(const ItemRows &rows, const RowFilter &filter, const std::string &axis)
{
    Collector collector(rows.size());
    for (const auto &chunk : rows.chunks()) {
        const auto values = axis.empty() ? chunk->axes.end() : chunk->axes.find(axis);
        for (size_t row = 0; row < chunk->size(); ++row) {
            if (!filter || filter(*chunk, row))
                collector.add(*chunk, row, values == chunk->axes.end() ? nullptr : &values->second);
        }
    }
    return collector.finish();
}

JoinedItems joinItems(const ScoredItems &first, const ScoredItems &second)
{
    std::unordered_map<std::string_view, uint32_t> places;
    places.reserve(second.ids.size());
    for (uint32_t i = 0; i < second.ids.size(); ++i)
        places.emplace(second.ids[i], i);
    JoinedItems out;
    for (uint32_t i = 0; i < first.ids.size(); ++i) {
        const auto other = places.find(first.ids[i]);
        if (other == places.end() || first.ids[i].empty())
            continue;
        const double one = first.scores.means[i], two = second.scores.means[other->second];
        out.first.push_back(i);
        out.second.push_back(other->second);
        out.firstScores.push_back(one);
        out.secondScores.push_back(two);
        out.graded |= (one != 0 && one != 1) || (two != 0 && two != 1);
        if (first.clustered)
            out.clusters.push_back(first.clusters[i]);
    }
    // Of a cluster only one item may be common to both.
    if (clusterCount(out.first.size(), out.clusters) == out.first.size())
        out.clusters.clear();
    return out;
}

} // namespace assay
