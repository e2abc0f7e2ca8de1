// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/ggufkeys.h"

#include "core/base/text.h"

#include <unordered_set>

namespace assay {
namespace {

constexpr int kDeepestArray = 4;
constexpr size_t kLongestKey = 64u << 10, kLongestKeptItem = 4u << 10;
// All values together: a forged file must not fill the memory with what is only shown.
constexpr size_t kKeptTextBytes = 32u << 20, kKeptNumbers = 4u << 20;

/// What was kept so far, against the bounds.
struct Kept
{
    size_t textBytes = 0, numbers = 0;
    size_t textLeft(size_t limit) const
    {
        return std::min(limit, kKeptTextBytes - std::min(textBytes, kKeptTextBytes));
    }
};

template <class T>
void readNumber(GgufCursor &cursor, MetadataEntry &entry)
{
    const T value = cursor.number<T>();
    if constexpr (std::is_floating_point_v<T>)
        entry.value = double(value);
    else if constexpr (std::is_signed_v<T>)
        entry.value = int64_t(value);
    else
        entry.value = uint64_t(value);
}

template <class T>
double readItem(GgufCursor &cursor)
{
    return double(cursor.number<T>());
}

void readBool(GgufCursor &cursor, MetadataEntry &entry)
{
    entry.value = cursor.number<uint8_t>() != 0;
}

/// One type of value (gguf.md, enum gguf_metadata_value_type); its place in the table is its number.
struct ValueType
{
    const char *name;
    uint64_t bytes; ///< of one; 0 for texts and arrays
    void (*read)(GgufCursor &, MetadataEntry &);
    double (*item)(GgufCursor &);
};
constexpr ValueType kTypes[] = {
    {"uint8", 1, readNumber<uint8_t>, readItem<uint8_t>},
    {"int8", 1, readNumber<int8_t>, readItem<int8_t>},
    {"uint16", 2, readNumber<uint16_t>, readItem<uint16_t>},
    {"int16", 2, readNumber<int16_t>, readItem<int16_t>},
    {"uint32", 4, readNumber<uint32_t>, readItem<uint32_t>},
    {"int32", 4, readNumber<int32_t>, readItem<int32_t>},
    {"float32", 4, readNumber<float>, readItem<float>},
    {"bool", 1, readBool, readItem<uint8_t>},
    {"string", 0, nullptr, nullptr},
    {"array", 0, nullptr, nullptr},
    {"uint64", 8, readNumber<uint64_t>, readItem<uint64_t>},
    {"int64", 8, readNumber<int64_t>, readItem<int64_t>},
    {"float64", 8, readNumber<double>, readItem<double>},
};
constexpr uint32_t kText = 8, kArray = 9;

const ValueType *readType(GgufCursor &cursor, uint32_t &number)
{
    number = cursor.number<uint32_t>();
    if (number < std::size(kTypes))
        return cursor.failed() ? nullptr : &kTypes[number];
    cursor.damaged(ASSAY_TEXT("Reason", "a key has a type that does not exist"));
    return nullptr;
}

uint64_t smallestItem(GgufCursor &cursor, uint32_t type)
{
    return type == kText ? cursor.countBytes() : type == kArray ? 4 + cursor.countBytes() : kTypes[type].bytes;
}

/// Item type and count of an array; the type is null after a failure.
const ValueType *readArrayHead(GgufCursor &cursor, uint32_t &type, uint64_t &count)
{
    const ValueType *item = readType(cursor, type);
    if (!item)
        return nullptr;
    count = cursor.boundedCount(cursor.count(), smallestItem(cursor, type), ASSAY_TEXT("Reason", "items of an array"));
    return cursor.failed() ? nullptr : item;
}

void skipItems(GgufCursor &cursor, uint32_t type, uint64_t count, int depth, const std::stop_token &stop)
{
    if (kTypes[type].bytes > 0)
        return cursor.skip(count * kTypes[type].bytes);
    if (type == kArray && depth >= kDeepestArray)
        return cursor.damaged(ASSAY_TEXT("Reason", "arrays are nested too deeply"));
    for (uint64_t i = 0; i < count && !cursor.failed() && !stop.stop_requested(); ++i) {
        uint32_t inner = 0;
        uint64_t items = 0;
        if (type == kText)
            cursor.skipText();
        else if (readArrayHead(cursor, inner, items))
            skipItems(cursor, inner, items, depth + 1, stop);
    }
}

void readArray(GgufCursor &cursor, MetadataEntry &entry, Kept &kept, const std::stop_token &stop)
{
    uint32_t type = 0;
    uint64_t count = 0;
    const ValueType *item = readArrayHead(cursor, type, count);
    if (!item)
        return;
    entry.type = std::string("array of ") + item->name;
    entry.count = count;
    entry.offset = cursor.position();
    uint64_t read = 0;
    if (item->item && count <= MetadataEntry::kKeptNumbers && kept.numbers + count <= kKeptNumbers) {
        for (; read < count && !cursor.failed(); ++read)
            entry.numbers.push_back(item->item(cursor));
        kept.numbers += count;
    }
    if (type == kText) {
        for (; read < std::min<uint64_t>(count, MetadataEntry::kKeptTexts) && !cursor.failed(); ++read) {
            entry.texts.push_back(cursor.text(kept.textLeft(kLongestKeptItem)));
            kept.textBytes += entry.texts.back().size();
        }
    }
    skipItems(cursor, type, count - read, 1, stop);
}

MetadataEntry readEntry(GgufCursor &cursor, Kept &kept, const std::stop_token &stop)
{
    MetadataEntry entry;
    entry.key = validUtf8(cursor.text(kLongestKey));
    uint32_t number = 0;
    const ValueType *type = readType(cursor, number);
    if (!type)
        return entry;
    entry.type = type->name;
    if (number == kArray) {
        readArray(cursor, entry, kept, stop);
    } else if (number == kText) {
        std::string text = cursor.text(kept.textLeft(kKeptTextBytes));
        kept.textBytes += text.size();
        entry.value = std::move(text);
    } else {
        type->read(cursor, entry);
    }
    return entry;
}

/// Keys that the format gives a type. Whole numbers may have any integer type: writers differ.
struct ExpectedType
{
    std::string_view key; ///< "*." stands for the architecture's name
    const char *expected;
};
constexpr ExpectedType kExpected[] = {
    {"general.architecture", "string"},
    {"general.alignment", "uint32"},
    {"general.file_type", "integer"},
    {"general.name", "string"},
    {"split.no", "integer"},
    {"split.count", "integer"},
    {"split.tensors.count", "integer"},
    {"tokenizer.ggml.model", "string"},
    {"tokenizer.ggml.tokens", "array of string"},
    {"tokenizer.ggml.merges", "array of string"},
    {"tokenizer.ggml.bos_token_id", "integer"},
    {"tokenizer.ggml.eos_token_id", "integer"},
    {"tokenizer.chat_template", "string"},
    {"*.block_count", "integer"},
    {"*.context_length", "integer"},
    {"*.embedding_length", "integer"},
    {"*.expert_count", "integer"},
    {"*.expert_used_count", "integer"},
    {"*.rope.freq_base", "number"},
};

bool isOfType(const MetadataEntry &entry, std::string_view expected)
{
    const bool whole = std::holds_alternative<int64_t>(entry.value) || std::holds_alternative<uint64_t>(entry.value);
    if (expected == "integer")
        return whole;
    if (expected == "number")
        return entry.number().has_value();
    return entry.type == expected;
}

bool isKey(const MetadataEntry &entry, std::string_view pattern, std::string_view architecture)
{
    const std::string_view key = entry.key;
    if (!pattern.starts_with("*."))
        return key == pattern;
    return !architecture.empty() && key.size() == architecture.size() + pattern.size() - 1
           && key.starts_with(architecture) && key.ends_with(pattern.substr(1));
}

} // namespace

std::vector<MetadataEntry> readGgufKeys(GgufCursor &cursor, uint64_t count, const std::stop_token &stop)
{
    std::vector<MetadataEntry> keys;
    Kept kept;
    for (uint64_t i = 0; i < count && !cursor.failed() && !stop.stop_requested(); ++i)
        keys.push_back(readEntry(cursor, kept, stop));
    return keys;
}

std::vector<Finding> checkGgufKeys(const std::vector<MetadataEntry> &keys, const std::string &file)
{
    std::vector<Finding> findings;
    std::unordered_set<std::string_view> seen;
    std::string_view architecture;
    for (const MetadataEntry &entry : keys) {
        if (!seen.insert(entry.key).second && findings.size() < kMostToldAlike)
            findings.push_back({FindingCode::MetadataTwice, {entry.key, file}, entry.key});
        if (entry.key == "general.architecture" && entry.text())
            architecture = *entry.text();
    }
    const size_t most = findings.size() + kMostToldAlike;
    for (const MetadataEntry &entry : keys) {
        for (const ExpectedType &row : kExpected) {
            if (isKey(entry, row.key, architecture) && !isOfType(entry, row.expected) && findings.size() < most)
                findings.push_back({FindingCode::MetadataType, {entry.key, entry.type, row.expected}, entry.key});
        }
    }
    return findings;
}

} // namespace assay
