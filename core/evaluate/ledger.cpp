// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/ledger.h"

#include "core/evaluate/rowlabels.h"
#include "core/evaluate/statistics/scoreditems.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace assay {
namespace {

constexpr uint8_t kNoClass = 7; // the bit of LedgerFilter::kMissing
constexpr size_t kNamedDuplicates = 10;

/// Numbers for names, in the order of their first coming.
class Names
{
public:
    explicit Names(std::vector<std::string> &names) : m_names(names) {}
    uint32_t of(std::string_view name)
    {
        const auto found = m_numbers.find(name);
        if (found != m_numbers.end())
            return found->second;
        const auto number = uint32_t(m_names.size());
        m_names.emplace_back(name);
        m_numbers.emplace(std::string(name), number);
        return number;
    }

private:
    struct Hash
    {
        using is_transparent = void;
        size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    std::vector<std::string> &m_names;
    std::unordered_map<std::string, uint32_t, Hash, std::equal_to<>> m_numbers;
};

/// The commonest outcome; of equally common ones the first.
uint8_t commonest(std::span<const uint8_t> outcomes)
{
    std::array<size_t, kOutcomes.size()> count{};
    for (const uint8_t one : outcomes)
        ++count[one];
    const size_t most = *std::ranges::max_element(count);
    const auto first = std::ranges::find_if(outcomes, [&](uint8_t one) { return count[one] == most; });
    return first == outcomes.end() ? kNoClass : *first;
}

} // namespace

JoinBy naturalJoin(const std::vector<std::shared_ptr<const EvaluationRun>> &runs)
{
    const auto same = [&](const auto &run) { return run->protocol.suiteFingerprint == runs.front()->protocol.suiteFingerprint; };
    const bool known = !runs.empty() && !runs.front()->protocol.suiteFingerprint.empty();
    return runs.size() < 2 || (known && std::ranges::all_of(runs, same)) ? JoinBy::ItemId : JoinBy::PairKey;
}

/// Makes the columns. The first pass gives each row its item, the second sorts rows by item.
struct Ledger::Builder
{
    Ledger &ledger;
    std::unordered_map<std::string_view, uint32_t> known = {}; ///< key -> item
    Names tasks{ledger.m_taskNames}, clusters{ledger.m_clusterNames};

    std::vector<std::string_view> keys = {};                   ///< of the items

    /// What the rows of one chunk have in common: looked up once for each of its words, not for each row.
    struct ChunkNames
    {
        std::vector<uint32_t> tasks, clusters; ///< numbers of the words; kNone: not looked up yet
        std::vector<std::pair<std::vector<double> *, const std::vector<double> *>> axes;
    };
    ChunkNames namesOf(const RowChunk &chunk)
    {
        ChunkNames names{std::vector<uint32_t>(chunk.task.words(), kNone), std::vector<uint32_t>(chunk.cluster.words(), kNone), {}};
        for (const auto &[axis, values] : chunk.axes)
            names.axes.emplace_back(&ledger.m_axes[axis], &values);
        return names;
    }
    static uint32_t numberOf(Names &names, std::vector<uint32_t> &known, const TextColumn &column, size_t row)
    {
        uint32_t &number = known[column.wordOf(row)];
        if (number == kNone)
            number = names.of(column[row]);
        return number;
    }

    void addItem(const RowChunk &chunk, size_t row, ChunkNames &names)
    {
        const size_t item = ledger.m_id.size();
        ledger.m_id.push_back(chunk.id[row]);
        ledger.m_task.push_back(numberOf(tasks, names.tasks, chunk.task, row));
        // An item without a cluster stands by itself: a number that no other has.
        if (chunk.cluster[row].empty()) {
            ledger.m_cluster.push_back(uint32_t(ledger.m_clusterNames.size()));
            ledger.m_clusterNames.emplace_back();
        } else {
            ledger.m_cluster.push_back(numberOf(clusters, names.clusters, chunk.cluster, row));
        }
        ledger.m_labels.push_back(chunk.labels[row]);
        for (const auto &[column, values] : names.axes) {
            column->resize(item, NAN);
            column->push_back((*values)[row]);
        }
    }

    uint32_t itemOf(std::string_view key, uint32_t guess, const RowChunk &chunk, size_t row, ChunkNames &names)
    {
        // Runs of one suite have their rows in the same order, mostly.
        if (guess < keys.size() && keys[guess] == key)
            return guess;
        const auto [place, fresh] = known.try_emplace(key, uint32_t(keys.size()));
        if (fresh) {
            keys.push_back(key);
            addItem(chunk, row, names);
        }
        return place->second;
    }

    /// The items of the run's rows, in the order of rows; kNone for a row that is left out.
    std::vector<uint32_t> itemsOf(const EvaluationRun &run, JoinNotes &notes)
    {
        std::vector<uint32_t> items;
        items.reserve(run.items.size());
        uint32_t last = kNone;
        for (const auto &chunk : run.items.chunks()) {
            ledger.m_held.push_back(chunk);
            ChunkNames names = namesOf(*chunk);
            for (size_t row = 0; row < chunk->size(); ++row) {
                const std::string_view key = ledger.m_by == JoinBy::ItemId ? chunk->id[row] : chunk->pairKey[row];
                notes.withoutKey += key.empty();
                if (!key.empty())
                    last = itemOf(key, last + 1, *chunk, row, names);
                items.push_back(key.empty() ? kNone : last);
            }
        }
        notes.rows = items.size();
        return items;
    }

    /// Rows by item and sample; a sample that is there already is told and dropped.
    void fill(Subject &subject, const EvaluationRun &run, const std::vector<uint32_t> &itemOfRow)
    {
        const size_t count = ledger.items();
        std::vector<uint32_t> at(count + 1, 0);
        for (const uint32_t item : itemOfRow) {
            if (item != kNone)
                ++at[item + 1];
        }
        for (size_t i = 0; i < count; ++i)
            at[i + 1] += at[i];
        std::vector<uint32_t> ordered(at.back());
        for (uint32_t row = 0; row < itemOfRow.size(); ++row) {
            if (itemOfRow[row] != kNone)
                ordered[at[itemOfRow[row]]++] = row;
        }
        takeRows(subject, run, at, ordered);
    }

    /// at[i] is the end of item i's rows in `ordered`.
    void takeRows(Subject &subject, const EvaluationRun &run, const std::vector<uint32_t> &at, const std::vector<uint32_t> &ordered)
    {
        const std::vector<RowPlace> places = placesOf(run);
        subject.start.reserve(ledger.items() + 1);
        subject.kind.reserve(ledger.items());
        subject.score.reserve(ledger.items());
        subject.row.reserve(ordered.size());
        subject.outcome.reserve(ordered.size());
        subject.loss.reserve(ordered.size());
        uint32_t next = 0;
        std::vector<int64_t> seen; // of the item's samples; a pair key may stand for several items: questions that are repeated
        for (size_t item = 0; item < ledger.items(); ++item) {
            subject.start.push_back(uint32_t(subject.row.size()));
            seen.clear();
            for (; next < at[item]; ++next) {
                const RowPlace &place = places[ordered[next]];
                const int64_t sample = place.chunk->sample[place.row];
                if (std::ranges::find(seen, sample) != seen.end()) {
                    tellDuplicate(subject.notes, place.chunk->id[place.row]);
                    continue;
                }
                seen.push_back(sample);
                subject.row.push_back(ordered[next]);
                subject.outcome.push_back(place.chunk->outcome[place.row]);
                // As the statistics have it: a right answer without a score, of an older run, is still right.
                const double score = scoreOf(Outcome(place.chunk->outcome[place.row]), place.chunk->score[place.row]);
                subject.loss.push_back(1 - score);
                addScore(subject, item, score);
            }
            closeItem(subject, item);
        }
        subject.start.push_back(uint32_t(subject.row.size()));
    }

    struct RowPlace
    {
        const RowChunk *chunk;
        uint32_t row;
    };
    static std::vector<RowPlace> placesOf(const EvaluationRun &run)
    {
        std::vector<RowPlace> places;
        places.reserve(run.items.size());
        for (const auto &chunk : run.items.chunks()) {
            for (uint32_t row = 0; row < chunk->size(); ++row)
                places.push_back({chunk.get(), row});
        }
        return places;
    }

    static void tellDuplicate(JoinNotes &notes, std::string_view id)
    {
        if (notes.duplicateIds.size() < kNamedDuplicates)
            notes.duplicateIds.emplace_back(id);
        ++notes.duplicates;
    }

    static void addScore(Subject &subject, size_t item, double score)
    {
        subject.score.resize(item + 1, 0);
        subject.score[item] += score;
    }

    static void closeItem(Subject &subject, size_t item)
    {
        const size_t from = subject.start[item], count = subject.row.size() - from;
        subject.score.resize(item + 1, 0);
        subject.score[item] = count == 0 ? NAN : subject.score[item] / double(count);
        subject.kind.push_back(count == 0 ? kNoClass : commonest(std::span(subject.outcome).subspan(from, count)));
        subject.notes.items += count > 0;
    }
};

Ledger::Ledger(Runs runs, JoinBy by) : m_runs(std::move(runs)), m_by(by), m_subjects(m_runs.size())
{
    Builder builder{*this};
    builder.known.reserve(m_runs.empty() ? 0 : m_runs.front()->items.size());
    std::vector<std::vector<uint32_t>> items;
    for (size_t i = 0; i < m_runs.size(); ++i)
        items.push_back(builder.itemsOf(*m_runs[i], m_subjects[i].notes));
    for (auto &[axis, values] : m_axes)
        values.resize(m_id.size(), NAN);
    for (size_t i = 0; i < m_runs.size(); ++i)
        builder.fill(m_subjects[i], *m_runs[i], items[i]);
}

std::vector<std::string> Ledger::axes() const
{
    std::vector<std::string> names;
    for (const auto &[axis, values] : m_axes)
        names.push_back(axis);
    return names;
}

std::span<const double> Ledger::axis(const std::string &name) const
{
    const auto found = m_axes.find(name);
    return found == m_axes.end() ? std::span<const double>() : std::span<const double>(found->second);
}

std::map<std::string, std::string> Ledger::labels(size_t item) const
{
    return splitLabels(m_labels[item]);
}

uint32_t Ledger::samples(size_t item, size_t subject) const
{
    return m_subjects[subject].start[item + 1] - m_subjects[subject].start[item];
}

std::optional<Outcome> Ledger::classOf(size_t item, size_t subject) const
{
    const uint8_t kind = m_subjects[subject].kind[item];
    return kind == kNoClass ? std::nullopt : std::optional(Outcome(kind));
}

std::span<const uint8_t> Ledger::outcomes(size_t item, size_t subject) const
{
    return std::span(m_subjects[subject].outcome).subspan(m_subjects[subject].start[item], samples(item, subject));
}

std::span<const uint32_t> Ledger::rows(size_t item, size_t subject) const
{
    return std::span(m_subjects[subject].row).subspan(m_subjects[subject].start[item], samples(item, subject));
}

Result<ItemResult> Ledger::row(size_t item, size_t subject, size_t sample) const
{
    if (sample >= samples(item, subject))
        return failure(ErrorCode::Internal, {"the ledger has no such sample"});
    return m_runs[subject]->items.whole(m_subjects[subject].row[m_subjects[subject].start[item] + sample]);
}

uint64_t Ledger::bytes() const
{
    uint64_t bytes = m_id.capacity() * 2 * sizeof(std::string_view) + (m_task.capacity() + m_cluster.capacity()) * sizeof(uint32_t);
    bytes += m_clusterNames.capacity() * sizeof(std::string) + m_axes.size() * items() * sizeof(double);
    for (const Subject &subject : m_subjects)
        bytes += subject.start.capacity() * 4 + subject.row.capacity() * 4 + subject.outcome.capacity() + subject.loss.capacity() * 8 +
                 subject.score.capacity() * 8 + subject.kind.capacity();
    return bytes;
}

} // namespace assay
