// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/evaluate/answer.h"
#include "core/evaluate/judgement.h"

#include <atomic>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// One answer of one subject to one item, as a row of a run: an item that is asked k times has k rows.
struct ItemResult
{
    std::string itemId;
    int64_t sample = 0; ///< 0 ... k-1
    std::string task, cluster;
    std::string pairKey;  ///< of SuiteItem
    std::string expected; ///< the first right answer; the choice's text for Choice
    std::map<std::string, double> axes;
    std::map<std::string, std::string> labels;
    Answer given;
    Judgement judged;
};

/// Where the answers of a run are read from that memory does not hold. Called from any thread.
class AnswerSource
{
public:
    virtual ~AnswerSource() = default;
    /// The row that was stored in this place, whole. An error when it cannot be read.
    virtual Result<ItemResult> row(uint32_t place) const = 0;
};

/// Many texts of which neighbours are often equal: each is kept once among its last few.
class TextColumn
{
public:
    size_t size() const { return m_of.size(); }
    std::string_view operator[](size_t row) const { return word(m_of[row]); }
    void append(std::string_view text);
    size_t words() const { return m_ends.size(); }
    std::string_view word(size_t index) const
    {
        const size_t from = index == 0 ? 0 : m_ends[index - 1];
        return std::string_view(m_bytes).substr(from, m_ends[index] - from);
    }
    uint16_t wordOf(size_t row) const { return m_of[row]; } ///< equal words may have several numbers
    uint64_t bytes() const { return m_bytes.capacity() + m_ends.capacity() * sizeof(uint32_t) + m_of.capacity() * sizeof(uint16_t); }

private:
    friend struct RowChunkCoder;
    std::string m_bytes;
    std::vector<uint32_t> m_ends; ///< a word each
    std::vector<uint16_t> m_of;   ///< the word of each row
};

/// Up to kRows rows as columns; it never changes once it is full.
struct RowChunk
{
    static constexpr size_t kRows = 1024;
    enum Flag : uint8_t { Undecided = 1, ContextCut = 2, HasChoices = 4, HasText = 8, HasClasses = 16, LongTexts = 32 };

    TextColumn id, task, cluster, pairKey, labels, finish, rule;
    TextColumn expected, extracted; ///< empty where they are long: then (LongTexts) they stand with the answer
    std::vector<uint32_t> place;
    std::vector<int64_t> sample, promptTokens, outputTokens;
    std::vector<uint64_t> from, length;
    std::vector<double> score, seconds;
    std::vector<uint8_t> outcome, flags, failure, execution; ///< numbers of the enums
    std::map<std::string, std::vector<double>> axes; ///< NaN where an item has none

    /// What was answered, with long texts of the row; null where it is read from the source.
    struct Texts
    {
        Answer given;
        std::string expected, extracted; ///< only with LongTexts
    };
    std::vector<std::shared_ptr<const Texts>> texts;

    size_t size() const { return outcome.size(); }
    void append(const ItemResult &row, uint32_t place);
    /// Everything that the columns hold; of the answer its numbers alone.
    ItemResult light(size_t row) const;
    uint64_t bytes() const; ///< of memory, roughly, answers left out
};

/// The columns as bytes, answers left out, and back. Error: StoreDamaged.
std::string encodeRows(const RowChunk &chunk);
Result<std::shared_ptr<RowChunk>> decodeRows(std::string_view bytes);

/// The rows of a run as columns: some two hundred bytes a row, in pieces that copies share, so that a snapshot of a growing run costs
/// next to nothing. What was answered is read from the source where memory does not hold it: looking at a row by
/// operator[] or in a loop gives all of it, light() and the chunks' columns what is always at hand, and they are quick.
class ItemRows
{
public:
    ItemRows() = default;
    ItemRows(const std::vector<ItemResult> &rows); // NOLINT: a list of rows is what this is
    ItemRows(std::initializer_list<ItemResult> rows);

    size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    void push_back(const ItemResult &row);
    void append(const ItemResult &row, uint32_t place); ///< place: where the source has it
    void set(size_t index, const ItemResult &row);
    /// Gives each whole row to `change`, which may alter what is judged and expected. Answers stay where they are: those that the source
    /// holds do not come into memory. Gives how many answers could not be read: these rows stay as they are.
    size_t rejudge(const std::function<void(ItemResult &row)> &change);
    void resize(size_t size); ///< drops rows from the end, or adds empty ones
    void clear() { *this = {}; }

    /// The whole row. Where the answer cannot be read, its error says so.
    ItemResult operator[](size_t index) const;
    ItemResult at(size_t index) const;
    ItemResult front() const { return at(0); }
    ItemResult back() const { return at(m_size - 1); }
    /// The whole row; an error where the answer cannot be read.
    Result<ItemResult> whole(size_t index) const;
    /// Where the source has the row.
    uint32_t place(size_t index) const;
    /// Without the texts of the answer, its likelihoods and classes.
    ItemResult light(size_t index) const;

    /// Columns, one chunk after the other; all but the last have RowChunk::kRows rows, unless rows were lost.
    const std::vector<std::shared_ptr<const RowChunk>> &chunks() const { return m_chunks; }
    void appendChunk(std::shared_ptr<RowChunk> chunk);
    /// From now on answers of this chunk are read from the source.
    void releaseTexts(size_t chunk, std::shared_ptr<const AnswerSource> source);
    void setSource(std::shared_ptr<const AnswerSource> source) { m_source = std::move(source); }
    bool allTextsHere() const;
    uint64_t bytes() const; ///< of memory, roughly, answers left out

    class Iterator
    {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = ItemResult;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = ItemResult;
        Iterator() = default;
        Iterator(const ItemRows *rows, size_t index, bool light = false) : m_rows(rows), m_index(index), m_light(light) {}
        ItemResult operator*() const { return m_light ? m_rows->light(m_index) : (*m_rows)[m_index]; }
        Iterator &operator++()
        {
            ++m_index;
            return *this;
        }
        Iterator operator++(int) { return {m_rows, m_index++, m_light}; }
        bool operator==(const Iterator &) const = default;

    private:
        const ItemRows *m_rows = nullptr;
        size_t m_index = 0;
        bool m_light = false;
    };
    struct LightRows
    {
        const ItemRows &rows;
        Iterator begin() const { return {&rows, 0, true}; }
        Iterator end() const { return {&rows, rows.size(), true}; }
    };
    LightRows lightRows() const { return {*this}; } ///< light() of each
    Iterator begin() const { return {this, 0}; }
    Iterator end() const { return {this, m_size}; }

private:
    std::pair<size_t, size_t> find(size_t index) const; ///< chunk, row in it
    RowChunk &writable(size_t chunk);

    std::vector<std::shared_ptr<const RowChunk>> m_chunks;
    std::vector<size_t> m_starts; ///< of the chunks
    std::shared_ptr<const AnswerSource> m_source;
    size_t m_size = 0;
};

} // namespace assay
