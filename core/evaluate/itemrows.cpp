// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/itemrows.h"

#include "core/evaluate/rowlabels.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr size_t kLookedBack = 4;      ///< words that a new one is compared with
constexpr size_t kLongText = 1u << 12; ///< longer expected and extracted texts stand with the answer

uint64_t textBytes(const RowChunk &chunk)
{
    uint64_t bytes = 0;
    for (const TextColumn *column : {&chunk.id, &chunk.task, &chunk.cluster, &chunk.pairKey, &chunk.labels, &chunk.finish, &chunk.rule, &chunk.expected,
                                     &chunk.extracted})
        bytes += column->bytes();
    return bytes;
}

uint8_t flagsOf(const ItemResult &row, bool longTexts)
{
    const auto flag = [](bool there, RowChunk::Flag value) { return there ? unsigned(value) : 0u; };
    return uint8_t(flag(row.judged.undecided, RowChunk::Undecided) | flag(row.given.contextCut, RowChunk::ContextCut) |
                   flag(!row.given.choices.empty(), RowChunk::HasChoices) | flag(row.given.text.tokens > 0, RowChunk::HasText) |
                   flag(!row.given.classes.empty(), RowChunk::HasClasses) | flag(longTexts, RowChunk::LongTexts));
}

} // namespace

void TextColumn::append(std::string_view text)
{
    const size_t count = words();
    for (size_t back = 1; back <= std::min(count, kLookedBack); ++back) {
        if (word(count - back) == text) {
            m_of.push_back(uint16_t(count - back));
            return;
        }
    }
    m_bytes += text;
    m_ends.push_back(uint32_t(m_bytes.size()));
    m_of.push_back(uint16_t(count));
}

void RowChunk::append(const ItemResult &row, uint32_t where)
{
    const bool longTexts = row.expected.size() > kLongText || row.judged.extracted.size() > kLongText;
    id.append(row.itemId);
    task.append(row.task);
    cluster.append(row.cluster);
    pairKey.append(row.pairKey);
    labels.append(joinLabels(row.labels));
    finish.append(row.given.finish);
    rule.append(row.judged.rule);
    expected.append(longTexts ? std::string_view() : row.expected);
    extracted.append(longTexts ? std::string_view() : row.judged.extracted);
    place.push_back(where);
    sample.push_back(row.sample);
    promptTokens.push_back(row.given.promptTokens);
    outputTokens.push_back(row.given.outputTokens);
    from.push_back(row.judged.from);
    length.push_back(row.judged.length);
    score.push_back(row.judged.score);
    seconds.push_back(row.given.seconds);
    for (const auto &[axis, value] : row.axes)
        axes.try_emplace(axis, outcome.size(), NAN);
    for (auto &[axis, values] : axes) {
        const auto found = row.axes.find(axis);
        values.push_back(found == row.axes.end() ? NAN : found->second);
    }
    outcome.push_back(uint8_t(row.judged.outcome));
    flags.push_back(flagsOf(row, longTexts));
    failure.push_back(uint8_t(row.given.failure));
    execution.push_back(uint8_t(row.given.execution.end));
    auto kept = std::make_shared<Texts>(Texts{row.given, {}, {}});
    if (longTexts) {
        kept->expected = row.expected;
        kept->extracted = row.judged.extracted;
    }
    texts.push_back(std::move(kept));
}

ItemResult RowChunk::light(size_t row) const
{
    ItemResult out;
    out.itemId = id[row];
    out.sample = sample[row];
    out.task = task[row];
    out.cluster = cluster[row];
    out.pairKey = pairKey[row];
    out.expected = expected[row];
    for (const auto &[axis, values] : axes) {
        if (!std::isnan(values[row]))
            out.axes.emplace(axis, values[row]);
    }
    out.labels = splitLabels(labels[row]);
    out.given.finish = finish[row];
    out.given.seconds = seconds[row];
    out.given.promptTokens = promptTokens[row];
    out.given.outputTokens = outputTokens[row];
    out.given.contextCut = (flags[row] & ContextCut) != 0;
    out.given.failure = Failure(failure[row]);
    out.given.execution.end = Execution::End(execution[row]);
    out.judged.outcome = Outcome(outcome[row]);
    out.judged.score = score[row];
    out.judged.extracted = extracted[row];
    out.judged.rule = rule[row];
    out.judged.from = from[row];
    out.judged.length = length[row];
    out.judged.undecided = (flags[row] & Undecided) != 0;
    return out;
}

uint64_t RowChunk::bytes() const
{
    constexpr uint64_t kNumbers = sizeof(uint32_t) + 3 * sizeof(int64_t) + 2 * sizeof(uint64_t) + 2 * sizeof(double) + 4 + sizeof(std::shared_ptr<Texts>);
    return textBytes(*this) + size() * (kNumbers + axes.size() * sizeof(double));
}

ItemRows::ItemRows(const std::vector<ItemResult> &rows)
{
    for (const ItemResult &row : rows)
        push_back(row);
}

ItemRows::ItemRows(std::initializer_list<ItemResult> rows)
{
    for (const ItemResult &row : rows)
        push_back(row);
}

std::pair<size_t, size_t> ItemRows::find(size_t index) const
{
    // Chunks are full but for the last, so the guess is right unless rows were lost.
    size_t chunk = std::min(index / RowChunk::kRows, m_chunks.size() - 1);
    while (chunk + 1 < m_chunks.size() && m_starts[chunk + 1] <= index)
        ++chunk;
    return {chunk, index - m_starts[chunk]};
}

RowChunk &ItemRows::writable(size_t chunk)
{
    std::shared_ptr<const RowChunk> &slot = m_chunks[chunk];
    if (slot.use_count() > 1)
        slot = std::make_shared<RowChunk>(*slot);
    else
        std::atomic_thread_fence(std::memory_order_acquire); // a reader in another thread has just let go
    return const_cast<RowChunk &>(*slot); // made as one that may change, and nobody else has it
}

void ItemRows::push_back(const ItemResult &row)
{
    append(row, uint32_t(m_size));
}

void ItemRows::append(const ItemResult &row, uint32_t place)
{
    if (m_chunks.empty() || m_chunks.back()->size() >= RowChunk::kRows) {
        m_starts.push_back(m_size);
        m_chunks.push_back(std::make_shared<RowChunk>());
    }
    writable(m_chunks.size() - 1).append(row, place);
    ++m_size;
}

void ItemRows::appendChunk(std::shared_ptr<RowChunk> chunk)
{
    if (chunk->size() == 0)
        return;
    m_starts.push_back(m_size);
    m_size += chunk->size();
    m_chunks.push_back(std::move(chunk));
}

void ItemRows::set(size_t index, const ItemResult &row)
{
    const auto [chunk, at] = find(index);
    auto made = std::make_shared<RowChunk>();
    for (size_t i = 0; i < m_chunks[chunk]->size(); ++i) {
        const std::shared_ptr<const RowChunk::Texts> kept = m_chunks[chunk]->texts[i];
        made->append(i == at ? row : kept ? (*this)[m_starts[chunk] + i] : m_chunks[chunk]->light(i), m_chunks[chunk]->place[i]);
        if (i != at && !kept) {
            made->texts[i] = nullptr;
            made->flags[i] = m_chunks[chunk]->flags[i];
        }
    }
    m_chunks[chunk] = std::move(made);
}

size_t ItemRows::rejudge(const std::function<void(ItemResult &row)> &change)
{
    size_t unreadable = 0;
    for (size_t chunk = 0; chunk < m_chunks.size(); ++chunk) {
        const RowChunk &before = *m_chunks[chunk];
        auto made = std::make_shared<RowChunk>();
        for (size_t i = 0; i < before.size(); ++i) {
            Result<ItemResult> row = whole(m_starts[chunk] + i);
            if (row)
                change(*row);
            else
                ++unreadable;
            made->append(row ? *row : before.light(i), before.place[i]);
            // A long extracted text has no other place until the row is stored.
            if (!before.texts[i] && (!row || (made->flags[i] & RowChunk::LongTexts) == 0))
                made->texts[i] = nullptr;
            if (!row)
                made->flags[i] = before.flags[i];
        }
        m_chunks[chunk] = std::move(made);
    }
    return unreadable;
}

void ItemRows::resize(size_t size)
{
    while (m_size < size)
        push_back({});
    if (size == m_size)
        return;
    ItemRows kept;
    kept.m_source = m_source;
    for (size_t i = 0; i < size; ++i)
        kept.push_back((*this)[i]);
    *this = std::move(kept);
}

Result<ItemResult> ItemRows::whole(size_t index) const
{
    const auto [chunk, at] = find(index);
    const RowChunk &rows = *m_chunks[chunk];
    ItemResult out = rows.light(at);
    const bool longTexts = (rows.flags[at] & RowChunk::LongTexts) != 0;
    if (const auto &texts = rows.texts[at]) {
        out.given = texts->given;
        if (longTexts) {
            out.expected = texts->expected;
            out.judged.extracted = texts->extracted;
        }
        return out;
    }
    if (!m_source)
        return failure(ErrorCode::Internal, {"the rows have no source"});
    Result<ItemResult> stored = m_source->row(rows.place[at]);
    if (!stored)
        return stored;
    out.given = std::move(stored->given);
    if (longTexts) {
        out.expected = std::move(stored->expected);
        out.judged.extracted = std::move(stored->judged.extracted);
    }
    return out;
}

ItemResult ItemRows::operator[](size_t index) const
{
    Result<ItemResult> row = whole(index);
    if (row)
        return std::move(*row);
    ItemResult out = light(index);
    out.given.error = row.error().sentence();
    return out;
}

ItemResult ItemRows::at(size_t index) const
{
    return (*this)[index];
}

ItemResult ItemRows::light(size_t index) const
{
    const auto [chunk, at] = find(index);
    return m_chunks[chunk]->light(at);
}

uint32_t ItemRows::place(size_t index) const
{
    const auto [chunk, at] = find(index);
    return m_chunks[chunk]->place[at];
}

void ItemRows::releaseTexts(size_t chunk, std::shared_ptr<const AnswerSource> source)
{
    RowChunk &rows = writable(chunk);
    std::ranges::fill(rows.texts, nullptr);
    m_source = std::move(source);
}

bool ItemRows::allTextsHere() const
{
    return std::ranges::all_of(m_chunks, [](const auto &chunk) { return std::ranges::all_of(chunk->texts, [](const auto &one) { return one != nullptr; }); });
}

uint64_t ItemRows::bytes() const
{
    uint64_t bytes = 0;
    for (const auto &chunk : m_chunks)
        bytes += chunk->bytes();
    return bytes;
}

} // namespace assay
