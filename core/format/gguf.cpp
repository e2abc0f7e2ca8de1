// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/gguf.h"

#include "core/base/text.h"
#include "core/format/ggufkeys.h"
#include "core/format/gguflayout.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <unordered_set>

namespace assay {
namespace {

constexpr uint32_t kNewestVersion = 3;
constexpr uint64_t kDefaultAlignment = 32, kLargestAlignment = 1u << 30;
// More than any model has (inspectors.md 4c): 1e5 keys; tensors as many as Kimi-K3 has weights, twice.
constexpr uint64_t kMostKeys = 100'000, kMostTensors = 1'000'000;
constexpr uint32_t kMostAxes = 16;
constexpr size_t kLongestName = 64u << 10;

/// Magic, version and byte order: a version whose lower half is zero was written the other way round.
void readVersion(GgufCursor &cursor, GgufHeader &header)
{
    std::string magic;
    for (int i = 0; i < 4; ++i)
        magic += char(cursor.number<uint8_t>());
    if (magic != "GGUF")
        return cursor.damaged(ASSAY_TEXT("Reason", "it does not begin with GGUF"));
    header.version = cursor.number<uint32_t>();
    if ((header.version & 0xFFFF) == 0 && header.version != 0) {
        header.version = __builtin_bswap32(header.version);
        header.bigEndian = true;
        cursor.setBigEndian(true);
    }
    cursor.setWideCounts(header.version != 1);
    if (header.version == 0 || header.version > kNewestVersion)
        cursor.damaged(ASSAY_TEXT("Reason", "its version is not known"));
}

/// The alignment that the keys ask for; what cannot be one is told and taken for the usual one.
void takeAlignment(GgufHeader &header)
{
    for (const MetadataEntry &entry : header.metadata) {
        if (entry.key != "general.alignment")
            continue;
        const auto declared = entry.integer();
        if (declared && *declared > 0 && uint64_t(*declared) <= kLargestAlignment
            && std::has_single_bit(uint64_t(*declared))) {
            header.alignment = uint64_t(*declared);
        } else {
            header.alignment = kDefaultAlignment;
            if (declared)
                header.findings.push_back(
                    {FindingCode::MetadataType,
                     {entry.key, std::to_string(*declared), ASSAY_TEXT("Reason", "a power of two")}, entry.key});
        }
        return;
    }
}

/// Texts for the types that have no name here, each kept once.
class TypeTexts
{
public:
    explicit TypeTexts(Arena &arena) : m_arena(arena) {}

    std::string_view of(uint32_t number)
    {
        std::string_view &text = m_texts[number];
        if (text.empty())
            text = m_arena.text("type #" + std::to_string(number) + (wasRemoved(number) ? " (removed)" : " (fork)"));
        return text;
    }

private:
    /// Types that ggml had once; a fork has taken 36 over (inspectors.md 4c).
    static bool wasRemoved(uint32_t number)
    {
        return number == 4 || number == 5 || (number >= 31 && number <= 33) || number == 37 || number == 38;
    }

    Arena &m_arena;
    std::map<uint32_t, std::string_view> m_texts;
};

/// Sizes of the axes, slowest first: the file has the fastest first.
bool readShape(GgufCursor &cursor, TensorRecord &tensor, Arena &arena)
{
    const uint32_t axes = cursor.number<uint32_t>();
    if (axes > kMostAxes) {
        cursor.damaged(ASSAY_TEXT("Reason", "a tensor has too many axes"));
        return false;
    }
    std::array<int64_t, kMostAxes> sizes{};
    bool fits = true;
    for (uint32_t i = 0; i < axes; ++i) {
        const uint64_t size = cursor.count();
        fits = fits && size <= uint64_t(std::numeric_limits<int64_t>::max());
        sizes[axes - 1 - i] = int64_t(size);
    }
    tensor.shape = Shape(arena.numbers(std::span(sizes.data(), axes)));
    const auto elements = fits ? tensor.shape.elements() : std::nullopt;
    tensor.elements = elements.value_or(0);
    if (!elements)
        cursor.damaged(ASSAY_TEXT("Reason", "the sizes of a tensor overflow"), std::string(tensor.name));
    return !cursor.failed();
}

void readTensors(GgufCursor &cursor, GgufHeader &header, uint64_t count, const std::stop_token &stop)
{
    TypeTexts texts(*header.arena);
    uint64_t elements = 0;
    std::string name;
    for (uint64_t i = 0; i < count && !stop.stop_requested(); ++i) {
        TensorRecord tensor;
        cursor.readText(name, kLongestName);
        // Nearly all names are ASCII, which needs no repair.
        if (std::any_of(name.begin(), name.end(), [](char c) { return (c & 0x80) != 0; }))
            name = validUtf8(name);
        if (name.empty() && !cursor.failed())
            cursor.damaged(ASSAY_TEXT("Reason", "a tensor has no name"));
        tensor.name = header.arena->text(name);
        if (cursor.failed() || !readShape(cursor, tensor, *header.arena))
            return;
        const uint32_t type = cursor.number<uint32_t>();
        tensor.dtype = dtypeFromGguf(type);
        tensor.dtypeText = tensor.dtype == Dtype::Unknown ? texts.of(type) : std::string_view(dtypeName(tensor.dtype));
        tensor.offset = cursor.number<uint64_t>();
        // Sums over all tensors must stay in range, in bits as well.
        uint64_t bits = 0;
        if (__builtin_add_overflow(elements, tensor.elements, &elements)
            || __builtin_mul_overflow(elements, uint64_t(128), &bits))
            return cursor.damaged(ASSAY_TEXT("Reason", "the sizes of a tensor overflow"), name);
        header.tensors.push_back(std::move(tensor));
    }
}

void tellDoubles(GgufHeader &header, const std::string &file)
{
    std::unordered_set<std::string_view> names;
    names.reserve(header.tensors.size());
    size_t told = 0;
    for (const TensorRecord &tensor : header.tensors) {
        if (!names.insert(tensor.name).second && told++ < kMostToldAlike)
            header.findings.push_back(
                {FindingCode::TensorTwiceInFile, {std::string(tensor.name), file}, std::string(tensor.name)});
    }
}

void tellVersion(GgufHeader &header, const std::string &file)
{
    if (header.version == 1)
        header.findings.push_back({FindingCode::OldVersion, {file, std::to_string(header.version)}, file});
    if (header.bigEndian)
        header.findings.push_back({FindingCode::BigEndianFile, {file}, file});
}

void readCounts(GgufCursor &cursor, uint64_t &tensors, uint64_t &keys)
{
    // Name length, number of axes, type and offset; key length, type and one byte.
    tensors = cursor.count();
    keys = cursor.count();
    tensors = cursor.boundedCount(tensors, cursor.countBytes() + 16, ASSAY_TEXT("Reason", "tensors"));
    keys = cursor.boundedCount(keys, cursor.countBytes() + 5, ASSAY_TEXT("Reason", "keys"));
    if (tensors > kMostTensors || keys > kMostKeys)
        cursor.damaged(ASSAY_TEXT("Reason", "it declares more keys or tensors than any model has"));
}

} // namespace

bool looksLikeGguf(std::string_view head)
{
    return head.starts_with("GGUF");
}

Result<GgufHeader> readGgufHeader(const ByteSource &file, std::shared_ptr<Arena> arena, const std::stop_token &stop)
{
    const std::string name = std::filesystem::path(file.label()).filename().string();
    GgufHeader header;
    header.arena = std::move(arena);
    GgufCursor cursor(file);
    uint64_t tensors = 0, keys = 0;
    readVersion(cursor, header);
    readCounts(cursor, tensors, keys);
    header.metadata = readGgufKeys(cursor, cursor.failed() ? 0 : keys, stop);
    readTensors(cursor, header, cursor.failed() ? 0 : tensors, stop);
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled);
    if (cursor.failed()) {
        Error error = cursor.error();
        if (error.code == ErrorCode::GgufDamaged || error.code == ErrorCode::GgufTooLarge)
            error.where = error.where.empty() ? name : name + ", " + error.where;
        return tl::unexpected(std::move(error));
    }
    takeAlignment(header);
    const uint64_t end = cursor.position();
    header.dataOffset = (end + header.alignment - 1) / header.alignment * header.alignment;
    tellVersion(header, name);
    for (Finding &finding : checkGgufKeys(header.metadata, name))
        header.findings.push_back(std::move(finding));
    tellDoubles(header, name);
    layOutGguf(header, file.size(), name);
    return header;
}

} // namespace assay
