// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/accuracy/answertable.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace assay {
namespace {

struct RowKey
{
    std::string_view item;
    int64_t sample;
    bool operator==(const RowKey &) const = default;
};

struct RowKeyHash
{
    size_t operator()(const RowKey &key) const
    {
        return std::hash<std::string_view>()(key.item) ^ (std::hash<int64_t>()(key.sample) * 0x9e3779b97f4a7c15ull);
    }
};

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c;
}

bool holds(std::string_view text, const std::string &lowered)
{
    return std::search(text.begin(), text.end(), lowered.begin(), lowered.end(), [](char a, char b) { return lower(a) == b; }) != text.end();
}

} // namespace

AnswerTable::AnswerTable(std::vector<std::shared_ptr<const EvaluationRun>> runs) : m_runs(std::move(runs)), m_places(m_runs.size())
{
    join();
    for (const auto &run : m_runs) {
        auto &starts = m_starts.emplace_back();
        size_t before = 0;
        for (size_t i = 0; run && i < run->items.chunks().size(); ++i) {
            starts.push_back(before);
            before += run->items.chunks()[i]->size();
        }
    }
    std::unordered_set<std::string_view> known;
    for (size_t row = 0; row < m_size; ++row) {
        if (const std::string_view name = task(row); !name.empty() && known.insert(name).second)
            m_tasks.emplace_back(name);
    }
}

void AnswerTable::join()
{
    std::unordered_map<RowKey, uint32_t, RowKeyHash> rows;
    for (size_t run = 0; run < m_runs.size(); ++run) {
        m_places[run].resize(m_size);
        if (!m_runs[run])
            continue;
        const auto &chunks = m_runs[run]->items.chunks();
        rows.reserve(m_runs[run]->items.size());
        for (uint32_t chunk = 0; chunk < chunks.size(); ++chunk) {
            for (uint32_t row = 0; row < chunks[chunk]->size(); ++row) {
                const auto [at, added] = rows.emplace(RowKey{chunks[chunk]->id[row], chunks[chunk]->sample[row]}, uint32_t(m_size));
                m_size += added;
                m_places[run].resize(m_size);
                if (Place &place = m_places[run][at->second]; place.chunk == kNone) // an item that occurs again counts once
                    place = {chunk, row};
            }
        }
    }
    for (auto &places : m_places)
        places.resize(m_size);
}

std::pair<const RowChunk *, uint32_t> AnswerTable::first(size_t row) const
{
    for (size_t run = 0; run < m_runs.size(); ++run) {
        if (has(run, row))
            return {&chunk(run, m_places[run][row]), m_places[run][row].row};
    }
    return {nullptr, 0};
}

std::string_view AnswerTable::id(size_t row) const
{
    const auto [chunk, at] = first(row);
    return chunk ? chunk->id[at] : std::string_view();
}

std::string_view AnswerTable::task(size_t row) const
{
    const auto [chunk, at] = first(row);
    return chunk ? chunk->task[at] : std::string_view();
}

std::string_view AnswerTable::expected(size_t row) const
{
    const auto [chunk, at] = first(row);
    return chunk ? chunk->expected[at] : std::string_view();
}

int64_t AnswerTable::sample(size_t row) const
{
    const auto [chunk, at] = first(row);
    return chunk ? chunk->sample[at] : 0;
}

std::optional<Outcome> AnswerTable::outcome(size_t run, size_t row) const
{
    const Place &place = m_places[run][row];
    return place.chunk == kNone ? std::nullopt : std::optional(Outcome(chunk(run, place).outcome[place.row]));
}

double AnswerTable::score(size_t run, size_t row) const
{
    const Place &place = m_places[run][row];
    return place.chunk == kNone ? NAN : chunk(run, place).score[place.row];
}

std::string_view AnswerTable::extracted(size_t run, size_t row) const
{
    const Place &place = m_places[run][row];
    return place.chunk == kNone ? std::string_view() : chunk(run, place).extracted[place.row];
}

int64_t AnswerTable::outputTokens(size_t run, size_t row) const
{
    const Place &place = m_places[run][row];
    return place.chunk == kNone ? 0 : chunk(run, place).outputTokens[place.row];
}

std::optional<ItemResult> AnswerTable::answer(size_t run, size_t row) const
{
    const Place &place = m_places[run][row];
    return place.chunk == kNone ? std::nullopt : std::optional(m_runs[run]->items[m_starts[run][place.chunk] + place.row]);
}

bool AnswerTable::takes(const AnswerFilter &filter, const std::string &lowered, size_t row) const
{
    for (size_t run = 0; run < m_runs.size() && run < filter.classes.size(); ++run) {
        if (filter.classes[run] == AnswerFilter::kAny)
            continue;
        const auto found = outcome(run, row);
        if (!found || (filter.classes[run] >> unsigned(*found) & 1) == 0)
            return false;
    }
    if (!filter.task.empty() && task(row) != filter.task)
        return false;
    if (lowered.empty() || holds(id(row), lowered) || holds(task(row), lowered) || holds(expected(row), lowered))
        return true;
    for (size_t run = 0; run < m_runs.size(); ++run) {
        if (holds(extracted(run, row), lowered))
            return true;
    }
    return false;
}

std::vector<uint32_t> AnswerTable::filtered(const AnswerFilter &filter) const
{
    std::string lowered = filter.text;
    std::transform(lowered.begin(), lowered.end(), lowered.begin(), lower);
    std::vector<uint32_t> rows;
    for (size_t row = 0; row < m_size; ++row) {
        if (takes(filter, lowered, row))
            rows.push_back(uint32_t(row));
    }
    return rows;
}

} // namespace assay
