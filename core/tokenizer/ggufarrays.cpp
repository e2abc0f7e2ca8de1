// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/ggufarrays.h"

#include "core/format/ggufcursor.h"

#include <algorithm>

namespace assay {
namespace {

constexpr size_t kLongestText = 64 * 1024;

struct NumberType
{
    const char *name;
    double (*read)(GgufCursor &cursor);
};
template <class T>
double readAs(GgufCursor &cursor)
{
    return double(cursor.number<T>());
}
constexpr NumberType kNumberTypes[] = {
    {"array of uint8", readAs<uint8_t>},   {"array of int8", readAs<int8_t>},     {"array of uint16", readAs<uint16_t>},
    {"array of int16", readAs<int16_t>},   {"array of uint32", readAs<uint32_t>}, {"array of int32", readAs<int32_t>},
    {"array of float32", readAs<float>},   {"array of uint64", readAs<uint64_t>}, {"array of int64", readAs<int64_t>},
    {"array of float64", readAs<double>},
};

/// Goes to the array's first item; nothing is reserved by the count that is declared.
GgufCursor cursorAt(const ByteSource &file, const GgufHeader &header, const MetadataEntry &entry)
{
    GgufCursor cursor(file);
    cursor.setBigEndian(header.bigEndian);
    cursor.setWideCounts(header.version != 1);
    cursor.skip(entry.offset);
    return cursor;
}

} // namespace

const MetadataEntry *GgufValues::find(std::string_view key) const
{
    const auto found = std::find_if(m_header.metadata.begin(), m_header.metadata.end(),
                                    [&](const MetadataEntry &entry) { return entry.key == key; });
    return found == m_header.metadata.end() ? nullptr : &*found;
}

std::optional<std::string> GgufValues::text(std::string_view key) const
{
    const MetadataEntry *entry = find(key);
    const std::string *value = entry ? entry->text() : nullptr;
    return value ? std::optional(*value) : std::nullopt;
}

std::optional<int64_t> GgufValues::integer(std::string_view key) const
{
    const MetadataEntry *entry = find(key);
    return entry ? entry->integer() : std::nullopt;
}

bool GgufValues::flag(std::string_view key, bool otherwise) const
{
    const MetadataEntry *entry = find(key);
    const bool *value = entry ? std::get_if<bool>(&entry->value) : nullptr;
    return value ? *value : otherwise;
}

Result<std::vector<std::string>> GgufValues::texts(std::string_view key) const
{
    std::vector<std::string> result;
    const MetadataEntry *entry = find(key);
    if (!entry || entry->type != "array of string")
        return result;
    GgufCursor cursor = cursorAt(m_file, m_header, *entry);
    for (uint64_t i = 0; i < entry->count.value_or(0) && !cursor.failed(); ++i)
        result.push_back(cursor.text(kLongestText));
    if (cursor.failed())
        return tl::unexpected(cursor.error());
    return result;
}

Result<std::vector<double>> GgufValues::numbers(std::string_view key) const
{
    std::vector<double> result;
    const MetadataEntry *entry = find(key);
    const auto type = std::find_if(std::begin(kNumberTypes), std::end(kNumberTypes),
                                   [&](const NumberType &known) { return entry && entry->type == known.name; });
    if (type == std::end(kNumberTypes))
        return result;
    GgufCursor cursor = cursorAt(m_file, m_header, *entry);
    for (uint64_t i = 0; i < entry->count.value_or(0) && !cursor.failed(); ++i)
        result.push_back(type->read(cursor));
    if (cursor.failed())
        return tl::unexpected(cursor.error());
    return result;
}

} // namespace assay
