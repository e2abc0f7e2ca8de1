// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/accuracy/answertable.h"

#include "core/evaluate/ledger.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace assay {
namespace {

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
    for (const auto &run : m_runs) {
        auto &starts = m_starts.emplace_back();
        size_t before = 0;
        for (size_t i = 0; run && i < run->items.chunks().size(); ++i) {
            starts.push_back(before);
            before += run->items.chunks()[i]->size();
        }
    }
    join();
    std::unordered_set<std::string_view> known;
    for (size_t row = 0; row < m_size; ++row) {
        if (const std::string_view name = task(row); !name.empty() && known.insert(name).second)
            m_tasks.emplace_back(name);
    }
}

AnswerTable::Place AnswerTable::placeOf(size_t run, uint32_t row) const
{
    const auto &starts = m_starts[run];
    const size_t chunk = size_t(std::upper_bound(starts.begin(), starts.end(), row) - starts.begin()) - 1;
    return {uint32_t(chunk), uint32_t(row - starts[chunk])};
}

/// The ledger says which rows are the same item; which of them are the same sample is told by their numbers.
void AnswerTable::join()
{
    Ledger::Runs there;
    std::vector<size_t> runOf;
    for (size_t run = 0; run < m_runs.size(); ++run) {
        if (!m_runs[run])
            continue;
        there.push_back(m_runs[run]);
        runOf.push_back(run);
    }
    const Ledger ledger(std::move(there), JoinBy::ItemId);
    for (auto &places : m_places)
        places.reserve(ledger.items());
    std::vector<int64_t> numbers; // of the item's samples
    for (size_t item = 0; item < ledger.items(); ++item) {
        numbers.clear();
        for (size_t subject = 0; subject < runOf.size(); ++subject) {
            for (const uint32_t row : ledger.rows(item, subject)) {
                const size_t run = runOf[subject];
                const Place place = placeOf(run, row);
                const int64_t number = chunk(run, place).sample[place.row];
                const size_t at = size_t(std::ranges::find(numbers, number) - numbers.begin());
                if (at == numbers.size()) {
                    numbers.push_back(number);
                    for (auto &places : m_places)
                        places.emplace_back();
                }
                m_places[run][m_size + at] = place;
            }
        }
        m_size += numbers.size();
    }
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
