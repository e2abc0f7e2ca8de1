// SPDX-License-Identifier: GPL-3.0-or-later
// A chunk as bytes: a version, the number of rows, then column after column. Numbers are LEB128 (signed ones in zigzag), reals eight bytes,
// the lowest first; a text column is its words, then the word of each row.
#include "core/bench/recordwire.h"
#include "core/evaluate/itemrows.h"
#include "core/evaluate/rowlabels.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr uint8_t kVersion = 1;
constexpr size_t kMostAxes = 1024;

void putNumber(std::string &out, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        out += char(uint8_t(value) | 0x80u);
    out += char(uint8_t(value));
}

void putText(std::string &out, std::string_view text)
{
    putNumber(out, text.size());
    out += text;
}

void putReal(std::string &out, double value)
{
    const auto word = std::bit_cast<uint64_t>(value);
    for (int shift = 0; shift < 64; shift += 8)
        out += char(uint8_t(word >> shift));
}

uint64_t zigzag(int64_t value)
{
    return (uint64_t(value) << 1) ^ uint64_t(value >> 63);
}

template <class Column> void putNumbers(std::string &out, const Column &column)
{
    for (const auto value : column)
        putNumber(out, uint64_t(value));
}

void putSigned(std::string &out, const std::vector<int64_t> &column)
{
    for (const int64_t value : column)
        putNumber(out, zigzag(value));
}

void putReals(std::string &out, const std::vector<double> &column)
{
    for (const double value : column)
        putReal(out, value);
}

template <class Column> void readNumbers(WireReader &wire, size_t rows, Column &column)
{
    column.resize(rows);
    for (auto &value : column)
        value = typename Column::value_type(wire.number());
}

void readSigned(WireReader &wire, size_t rows, std::vector<int64_t> &column)
{
    column.resize(rows);
    for (int64_t &value : column)
        value = wire.signedNumber();
}

void readReals(WireReader &wire, size_t rows, std::vector<double> &column)
{
    const std::string_view bytes = wire.bytes(rows * sizeof(double));
    column.resize(rows);
    if (bytes.empty()) // too few are left
        return;
    if (std::endian::native == std::endian::little) {
        std::memcpy(column.data(), bytes.data(), bytes.size());
        return;
    }
    WireReader each(bytes);
    for (double &value : column)
        value = each.real();
}

/// The numbers of an enum; one that a newer program wrote cannot be shown.
void readKinds(WireReader &wire, size_t rows, size_t count, std::vector<uint8_t> &column)
{
    column.resize(rows);
    for (uint8_t &value : column) {
        value = wire.byte();
        if (value >= count)
            wire.fail();
    }
}

template <class Chunk> auto textColumns(Chunk &chunk)
{
    return std::array{&chunk.id, &chunk.task, &chunk.cluster, &chunk.pairKey, &chunk.labels, &chunk.finish, &chunk.rule, &chunk.expected, &chunk.extracted};
}

} // namespace

struct RowChunkCoder
{
    static void put(std::string &out, const TextColumn &column)
    {
        putNumber(out, column.words());
        for (size_t i = 0; i < column.words(); ++i)
            putNumber(out, column.word(i).size());
        out += column.m_bytes;
        putNumbers(out, column.m_of);
    }
    static void read(WireReader &wire, size_t rows, TextColumn &column)
    {
        const uint64_t words = wire.number();
        if (words > rows || (rows > 0 && words == 0))
            return wire.fail();
        uint64_t end = 0;
        for (uint64_t i = 0; i < words && wire.ok(); ++i) {
            const uint64_t size = wire.number();
            if (size > wire.left() || end + size > wire.left())
                return wire.fail();
            end += size;
            column.m_ends.push_back(uint32_t(end));
        }
        column.m_bytes = wire.bytes(end);
        column.m_of.resize(rows);
        for (uint16_t &word : column.m_of) {
            const uint64_t value = wire.number();
            if (value >= words)
                return wire.fail();
            word = uint16_t(value);
        }
    }
};

std::string joinLabels(const std::map<std::string, std::string> &labels)
{
    std::string out;
    for (const auto &[key, value] : labels) {
        putText(out, key);
        putText(out, value);
    }
    return out;
}

std::map<std::string, std::string> splitLabels(std::string_view text)
{
    std::map<std::string, std::string> out;
    WireReader wire(text);
    while (wire.left() > 0) {
        const std::string key(wire.string());
        const std::string_view value = wire.string();
        if (wire.ok())
            out.emplace(key, value);
    }
    return out;
}

std::string encodeRows(const RowChunk &chunk)
{
    std::string out(1, char(kVersion));
    putNumber(out, chunk.size());
    for (const TextColumn *column : textColumns(chunk))
        RowChunkCoder::put(out, *column);
    putNumbers(out, chunk.place);
    for (const auto *column : {&chunk.sample, &chunk.promptTokens, &chunk.outputTokens})
        putSigned(out, *column);
    putNumbers(out, chunk.from);
    putNumbers(out, chunk.length);
    putReals(out, chunk.score);
    putReals(out, chunk.seconds);
    for (const auto *column : {&chunk.outcome, &chunk.flags, &chunk.failure, &chunk.execution})
        out.append(column->begin(), column->end());
    putNumber(out, chunk.axes.size());
    for (const auto &[axis, values] : chunk.axes) {
        putText(out, axis);
        putReals(out, values);
    }
    return out;
}

Result<std::shared_ptr<RowChunk>> decodeRows(std::string_view bytes)
{
    constexpr size_t kAnyFlags = 256, kFailures = size_t(Failure::Count_), kEnds = size_t(Execution::End::Killed) + 1;
    WireReader wire(bytes);
    const bool known = wire.byte() == kVersion;
    const uint64_t rows = wire.number();
    if (!known || !wire.ok() || rows == 0 || rows > RowChunk::kRows)
        return failure(ErrorCode::StoreDamaged, {"the record", "rows"});
    auto chunk = std::make_shared<RowChunk>();
    for (TextColumn *column : textColumns(*chunk))
        RowChunkCoder::read(wire, rows, *column);
    readNumbers(wire, rows, chunk->place);
    for (auto *column : {&chunk->sample, &chunk->promptTokens, &chunk->outputTokens})
        readSigned(wire, rows, *column);
    readNumbers(wire, rows, chunk->from);
    readNumbers(wire, rows, chunk->length);
    readReals(wire, rows, chunk->score);
    readReals(wire, rows, chunk->seconds);
    readKinds(wire, rows, kOutcomes.size(), chunk->outcome);
    readKinds(wire, rows, kAnyFlags, chunk->flags);
    readKinds(wire, rows, kFailures, chunk->failure);
    readKinds(wire, rows, kEnds, chunk->execution);
    const uint64_t axes = wire.number();
    for (uint64_t i = 0; i < std::min<uint64_t>(axes, kMostAxes) && wire.ok(); ++i)
        readReals(wire, rows, chunk->axes[std::string(wire.string())]);
    if (!wire.ok() || axes > kMostAxes || wire.left() > 0)
        return failure(ErrorCode::StoreDamaged, {"the record", "rows"});
    chunk->texts.resize(rows);
    return chunk;
}

} // namespace assay
