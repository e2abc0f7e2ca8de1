// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics/sampledrun.h"

#include "core/evaluate/statistics/standarderrors.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace assay {
namespace {

/// The samples of one item.
struct Asked
{
    std::set<int64_t> seen;
    std::vector<int64_t> groups; ///< equal numbers for equal answers; -1: nothing was extracted
    std::vector<bool> right;
    std::unordered_map<std::string_view, int64_t> answers;

    void add(const RowChunk &chunk, size_t row)
    {
        if (!seen.insert(chunk.sample[row]).second)
            return;
        const std::string_view answer = chunk.extracted[row];
        right.push_back(Outcome(chunk.outcome[row]) == Outcome::Right);
        groups.push_back(answer.empty() ? -1 : answers.emplace(answer, int64_t(answers.size())).first->second);
    }
    size_t rights() const { return size_t(std::count(right.begin(), right.end(), true)); }
};

/// The rows of each item, by chunk and row.
using Places = std::vector<std::vector<std::pair<uint32_t, uint32_t>>>;

Places placesOf(const ItemRows &rows, const std::string &task)
{
    Places places;
    std::unordered_map<std::string_view, uint32_t> items;
    items.reserve(rows.size());
    for (uint32_t chunk = 0; chunk < rows.chunks().size(); ++chunk) {
        const RowChunk &columns = *rows.chunks()[chunk];
        for (uint32_t row = 0; row < columns.size(); ++row) {
            if (!task.empty() && columns.task[row] != task)
                continue;
            const auto [item, added] = items.emplace(columns.id[row], uint32_t(places.size()));
            if (added)
                places.emplace_back();
            places[item->second].emplace_back(chunk, row);
        }
    }
    return places;
}

} // namespace

size_t SampledRun::most() const
{
    const auto item = std::ranges::max_element(counts, {}, &SampleCounts::n);
    return item == counts.end() ? 0 : item->n;
}

Estimate SampledRun::agreed() const
{
    return consensus.empty() ? Estimate{} : meanScore(consensus);
}

bool askedAgain(const ItemRows &rows)
{
    return std::ranges::any_of(rows.chunks(), [](const auto &chunk) { return std::ranges::any_of(chunk->sample, [](int64_t sample) { return sample > 0; }); });
}

SampledRun sampledRun(const ItemRows &rows, const std::string &task)
{
    SampledRun out;
    bool longAnswers = false;
    for (const auto &places : placesOf(rows, task)) {
        Asked asked;
        for (const auto &[chunk, row] : places) {
            const RowChunk &columns = *rows.chunks()[chunk];
            asked.add(columns, row);
            longAnswers = longAnswers || (columns.flags[row] & RowChunk::LongTexts) != 0;
        }
        out.counts.push_back({asked.groups.size(), asked.rights()});
        const auto chosen = consensus(asked.groups);
        out.consensus.push_back(chosen && asked.right[*chosen] ? 1 : 0);
    }
    if (longAnswers)
        out.consensus.clear();
    return out;
}

} // namespace assay
