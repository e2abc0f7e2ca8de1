// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kernels/attentionstate.h"
#include "core/engine/kernels/panels.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

namespace assay::kernels {
namespace {

constexpr int64_t kMostRows = 16 * kTileColumns, kBlock = kPanelUnits;

/// Rows of queries that share keys and values: row r is head r % group of query r / group.
struct Rows
{
    const AttentionRule &rule;
    const KeyValues &cache;
    const Queries &queries;
    int64_t kvHead, begin, end;

    int64_t count() const { return end - begin; }
    int64_t group() const { return rule.heads / rule.kvHeads; }
    int64_t query(int64_t row) const { return (begin + row) / group(); }
    int64_t head(int64_t row) const { return kvHead * group() + (begin + row) % group(); }
    int64_t position(int64_t row) const { return queries.firstPosition + query(row); }
};

/// What a thread needs, kept from one use to the next.
struct Room
{
    std::vector<float> queries, sums; ///< [rows, keyWidth], [rows, valueWidth]
    std::vector<uint32_t> packed;     ///< [rows / kTileColumns, keyWidth, kTileColumns]
    RunningSoftmax softmax[kMostRows];
    float scores[kMostRows * kBlock];
    uint32_t weights[kMostRows * kBlock]; ///< packed as the queries are
    PanelRoom panels;
};

MatrixView view(StoredAs type, const std::byte *data, int64_t rows, int64_t columns, int64_t rowBytes)
{
    return {type, data, nullptr, rows, columns, rowBytes};
}

void packQueries(const Rows &rows, Room &room)
{
    const int64_t width = rows.rule.keyWidth;
    room.queries.resize(size_t(kMostRows * width));
    room.packed.resize(size_t(kMostRows * width));
    for (int64_t row = 0; row < rows.count(); ++row) {
        std::memcpy(room.queries.data() + row * width,
                    rows.queries.values + rows.query(row) * rows.queries.distance + rows.head(row) * width,
                    size_t(width) * sizeof(float));
    }
    for (int64_t row = 0; row < rows.count(); row += kTileColumns) {
        packActivations(room.queries.data() + row * width, width, std::min(kTileColumns, rows.count() - row),
                        UnitKind::Float, room.packed.data() + row * width);
    }
}

/// scores[row, key] of one block of keys.
void score(const Rows &rows, KeyRange keys, Room &room)
{
    const KernelTable &use = table();
    const int64_t width = rows.rule.keyWidth;
    const std::byte *const first = rows.cache.keys + rows.kvHead * rows.cache.keyHeadBytes;
    for (int64_t key = keys.begin; key < keys.end; key += use.panelRows) {
        const MatrixView panel = view(rows.cache.type, first + key * rows.cache.keyRowBytes,
                                      std::min(use.panelRows, keys.end - key), width, rows.cache.keyRowBytes);
        for (int64_t from = 0; from < width; from += kPanelUnits) {
            const int64_t elements = std::min(kPanelUnits, width - from);
            fillPanel(panel, from, elements, UnitKind::Float, room.panels);
            for (int64_t row = 0; row < rows.count(); row += kTileColumns) {
                use.tile({room.panels.panel, room.packed.data() + row * width + from * kTileColumns, elements,
                          std::min(kTileColumns, rows.count() - row),
                          room.scores + row * kBlock + (key - keys.begin), kBlock, panel.rows, from > 0});
            }
        }
    }
}

/// Turns the scores into weights, 0 for the keys that a row does not see.
void weigh(const Rows &rows, KeyRange keys, Room &room)
{
    for (int64_t row = 0; row < rows.count(); ++row) {
        const KeyRange visible = visibleKeys(rows.rule, rows.cache, rows.position(row));
        const int64_t begin = std::clamp(visible.begin, keys.begin, keys.end),
                      end = std::clamp(visible.end, begin, keys.end);
        float *const scores = room.scores + row * kBlock;
        if (begin < end) {
            const float distance = float(rows.position(row) - rows.cache.firstPosition - begin);
            const float factor = room.softmax[row].take(scores + (begin - keys.begin), end - begin,
                                                        scoreRule(rows.rule, rows.head(row)), distance);
            if (factor != 1)
                table().scaleBy(room.sums.data() + row * rows.rule.valueWidth, rows.rule.valueWidth, factor);
        }
        std::fill(scores, scores + (begin - keys.begin), 0.0f);
        std::fill(scores + (end - keys.begin), scores + kBlock, 0.0f);
    }
    for (int64_t row = 0; row < rows.count(); row += kTileColumns)
        packActivations(room.scores + row * kBlock, kBlock, std::min(kTileColumns, rows.count() - row),
                        UnitKind::Float, room.weights + row * kBlock);
}

/// Adds the values of one block by their weights. Values lie as a panel does already.
void addValues(const Rows &rows, KeyRange keys, Room &room)
{
    const KernelTable &use = table();
    const int64_t width = rows.rule.valueWidth, tokens = keys.end - keys.begin;
    const MatrixView values = view(rows.cache.type,
                                   rows.cache.values + rows.kvHead * rows.cache.valueHeadBytes +
                                       keys.begin * rows.cache.valueRowBytes,
                                   tokens, width, rows.cache.valueRowBytes);
    for (int64_t from = 0; from < width; from += use.panelRows) {
        const int64_t columns = std::min(use.panelRows, width - from);
        if (columns < use.panelRows)
            std::memset(room.panels.panel, 0, sizeof(room.panels.panel));
        for (int64_t token = 0; token < tokens; ++token)
            widenColumns(values, token, from, columns,
                         reinterpret_cast<float *>(room.panels.panel + token * use.panelRows));
        for (int64_t row = 0; row < rows.count(); row += kTileColumns) {
            use.tile({room.panels.panel, room.weights + row * kBlock, tokens,
                      std::min(kTileColumns, rows.count() - row), room.sums.data() + row * width + from,
                      width, columns, true});
        }
    }
}

void finish(const Rows &rows, Room &room, float *result)
{
    const int64_t width = rows.rule.valueWidth;
    for (int64_t row = 0; row < rows.count(); ++row) {
        float sum = room.softmax[row].sum;
        float *const sums = room.sums.data() + row * width;
        if (rows.rule.sinks) {
            // The sink may be larger than all scores: then they shrink.
            const float sink = rows.rule.sinks[rows.head(row)], largest = room.softmax[row].largest;
            const float factor = sink > largest ? std::exp(largest - sink) : 1.0f;
            sum = sum * factor + std::exp(sink - std::max(sink, largest));
            table().scaleBy(sums, width, factor);
        }
        table().scaleBy(sums, width, sum == 0 ? 0.0f : 1.0f / sum);
        std::copy_n(sums, width, result + (rows.query(row) * rows.rule.heads + rows.head(row)) * width);
    }
}

void attend(const Rows &rows, float *result)
{
    thread_local const auto kept = std::make_unique<Room>();
    Room &room = *kept;
    packQueries(rows, room);
    room.sums.assign(size_t(kMostRows * rows.rule.valueWidth), 0.0f);
    std::fill(std::begin(room.softmax), std::end(room.softmax), RunningSoftmax{});
    const KeyRange first = visibleKeys(rows.rule, rows.cache, rows.position(0));
    const KeyRange last = visibleKeys(rows.rule, rows.cache, rows.position(rows.count() - 1));
    for (int64_t key = first.begin; key < last.end; key += kBlock) {
        const KeyRange keys{key, std::min(key + kBlock, last.end)};
        score(rows, keys, room);
        weigh(rows, keys, room);
        addValues(rows, keys, room);
    }
    finish(rows, room, result);
}

} // namespace

void blockAttention(const AttentionRule &rule, const KeyValues &cache, const Queries &queries, float *result,
                    ThreadPool &pool)
{
    const int64_t rows = queries.count * (rule.heads / rule.kvHeads),
                  blocks = (rows + kMostRows - 1) / kMostRows;
    pool.parallelFor(blocks * rule.kvHeads, 1, [&](int64_t begin, int64_t end) {
        for (int64_t task = begin; task < end; ++task) {
            // The last see the most keys and come first, so that no thread begins one of them at the end.
            const int64_t from = (blocks - 1 - task / rule.kvHeads) * kMostRows;
            attend({rule, cache, queries, task % rule.kvHeads, from, std::min(from + kMostRows, rows)},
                   result);
        }
    });
}

} // namespace assay::kernels
