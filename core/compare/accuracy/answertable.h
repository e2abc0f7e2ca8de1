// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/evaluation.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// Which rows are looked at. A class is a bit, 1 << Outcome; rows that a run lacks have none.
struct AnswerFilter
{
    static constexpr uint8_t kAny = 0xff, kRight = 1, kNotRight = 0x3e, kNoAnswer = 0x3c;
    std::vector<uint8_t> classes = {}; ///< one a run: what its outcome may be; kAny also takes rows that it lacks
    std::string task = {};             ///< empty: all
    std::string text = {};             ///< within id, task, expected or extracted answer, in any case of letters of ASCII
    bool operator==(const AnswerFilter &) const = default;
};

/// The answers of several runs to one suite side by side: a row an item and sample that any of them has, in the ledger's order of items,
/// the samples of an item together. Only columns are looked at; texts are read when asked for.
class AnswerTable
{
public:
    AnswerTable() = default;
    /// A run may be null: a subject that did not answer this suite.
    explicit AnswerTable(std::vector<std::shared_ptr<const EvaluationRun>> runs);

    size_t size() const { return m_size; }
    size_t runs() const { return m_runs.size(); }
    const std::vector<std::shared_ptr<const EvaluationRun>> &allRuns() const { return m_runs; }
    std::string_view id(size_t row) const;
    std::string_view task(size_t row) const;
    std::string_view expected(size_t row) const; ///< empty where it is long
    int64_t sample(size_t row) const;
    bool has(size_t run, size_t row) const { return m_places[run][row].chunk != kNone; }
    std::optional<Outcome> outcome(size_t run, size_t row) const;
    double score(size_t run, size_t row) const;  ///< NaN where there is none
    std::string_view extracted(size_t run, size_t row) const;
    int64_t outputTokens(size_t run, size_t row) const;
    /// The whole row; reads what is not in memory.
    std::optional<ItemResult> answer(size_t run, size_t row) const;

    const std::vector<std::string> &tasks() const { return m_tasks; } ///< in the order of the rows
    std::vector<uint32_t> filtered(const AnswerFilter &filter) const;

private:
    static constexpr uint32_t kNone = UINT32_MAX;
    struct Place
    {
        uint32_t chunk = kNone, row = 0;
    };
    const RowChunk &chunk(size_t run, const Place &place) const { return *m_runs[run]->items.chunks()[place.chunk]; }
    std::pair<const RowChunk *, uint32_t> first(size_t row) const; ///< of the first run that has the row
    void join();
    Place placeOf(size_t run, uint32_t row) const; ///< of a row of the run
    bool takes(const AnswerFilter &filter, const std::string &lowered, size_t row) const;

    std::vector<std::shared_ptr<const EvaluationRun>> m_runs;
    std::vector<std::vector<Place>> m_places; ///< [run][row]
    std::vector<std::vector<size_t>> m_starts; ///< [run][chunk]: rows before it
    std::vector<std::string> m_tasks;
    size_t m_size = 0;
};

} // namespace assay
