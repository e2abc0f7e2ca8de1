// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/shardindex.h"

#include "core/base/naturalorder.h"
#include "core/base/textids.h"
#include "core/format/headerwalk.h"
#include "core/format/jsontext.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace assay {
namespace {

constexpr std::string_view kOf = "-of-";

bool unsafe(std::string_view name)
{
    return name.empty() || name.front() == '/' || name.find("..") != std::string::npos
           || name.find("://") != std::string::npos || name.find('\\') != std::string::npos
           || name.find('\0') != std::string::npos;
}

/// The text and what the parser made of its escapes: what the entries view.
struct ParsedText
{
    std::string text;
    simdjson::ondemand::parser parser;
};

/// Walks the JSON of an index: weight_map and metadata.total_size are kept, all else is passed over.
class IndexWalk
{
public:
    IndexWalk(ShardIndex &index, const std::string &where) : m_index(index), m_where(where) {}
    const std::optional<Error> &error() const { return m_error; }
    bool mapSeen() const { return m_mapSeen; }

    /// False when it stopped early: error() says why; nothing there when it is not valid JSON.
    bool run(simdjson::ondemand::document &document)
    {
        simdjson::ondemand::object root;
        if (const auto problem = document.get_object().get(root))
            return problem == simdjson::INCORRECT_TYPE && refuse(ASSAY_TEXT("Reason", "it is not an object"));
        for (auto member : root) {
            std::string_view key;
            simdjson::ondemand::value value;
            if (!keyOf(member, key) || member.value().get(value))
                return false;
            if (!(key == "weight_map" ? map(value) : key == "metadata" ? metadata(value) : skipValue(value)))
                return false;
        }
        return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
    }

private:
    bool refuse(const std::string &reason)
    {
        m_error = Error{ErrorCode::IndexDamaged, {m_where, reason}, {}};
        return false;
    }

    bool map(simdjson::ondemand::value &value)
    {
        m_mapSeen = true;
        simdjson::ondemand::object object;
        if (const auto problem = value.get_object().get(object))
            return problem == simdjson::INCORRECT_TYPE && refuse(ASSAY_TEXT("Reason", "weight_map is not an object"));
        for (auto member : object) {
            std::string_view tensor, file;
            simdjson::ondemand::value inner;
            if (!keyOf(member, tensor) || member.value().get(inner))
                return false;
            simdjson::ondemand::json_type type;
            if (inner.type().get(type))
                return false;
            if (type != simdjson::ondemand::json_type::string)
                return refuse(ASSAY_TEXT("Reason", "weight_map names something else than a file"));
            if (!textOf(inner, file) || !place(tensor, file))
                return false;
        }
        return true;
    }

    bool metadata(simdjson::ondemand::value &value)
    {
        simdjson::ondemand::json_type type;
        if (value.type().get(type))
            return false;
        simdjson::ondemand::object object;
        if (type != simdjson::ondemand::json_type::object)
            return skipValue(value);
        if (value.get_object().get(object))
            return false;
        for (auto member : object) {
            std::string_view key;
            simdjson::ondemand::value inner;
            if (!keyOf(member, key) || member.value().get(inner) || inner.type().get(type))
                return false;
            const bool size = key == "total_size" && type == simdjson::ondemand::json_type::number;
            if (!(size ? totalSize(inner) : skipValue(inner)))
                return false;
        }
        return true;
    }

    /// A whole number; some writers put it as 14483464192.0.
    bool totalSize(simdjson::ondemand::value &value)
    {
        uint64_t whole = 0;
        double number = 0;
        if (!value.get_uint64().get(whole))
            m_index.totalSize = whole;
        else if (value.get_double().get(number))
            return false;
        else if (number >= 0 && number < 9e15 && std::floor(number) == number)
            m_index.totalSize = uint64_t(number);
        return true;
    }

    bool place(std::string_view tensor, std::string_view file)
    {
        // Neighbours mostly lie in one file.
        if (m_index.files.empty() || file != m_lastFile) {
            m_lastNumber = m_files.add(file);
            m_lastFile = m_files.texts()[m_lastNumber];
            if (m_lastNumber == m_index.files.size() && !addFile(std::string(file)))
                return false;
        }
        m_index.entries.push_back({tensor, m_lastNumber});
        return true;
    }

    bool addFile(const std::string &file)
    {
        if (unsafe(file)) {
            m_error = Error{ErrorCode::IndexUnsafeName, {file}, m_where};
            return false;
        }
        m_index.files.push_back(file);
        return m_index.files.size() <= kShardCountLimit
               || refuse("it names more than " + std::to_string(kShardCountLimit) + " files");
    }

    ShardIndex &m_index;
    const std::string &m_where;
    std::optional<Error> m_error;
    bool m_mapSeen = false;
    TextIds m_files;
    std::string_view m_lastFile;
    uint32_t m_lastNumber = 0;
};

/// Brings the files into natural order; the entries follow.
void sortFiles(ShardIndex &index)
{
    std::vector<uint32_t> order(index.files.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&](uint32_t a, uint32_t b) { return naturalLess(index.files[a], index.files[b]); });
    std::vector<uint32_t> place(order.size());
    std::vector<std::string> files;
    for (uint32_t old : order) {
        place[old] = uint32_t(files.size());
        files.push_back(std::move(index.files[old]));
    }
    index.files = std::move(files);
    for (ShardIndex::Entry &entry : index.entries)
        entry.file = place[entry.file];
}

/// The number that these digits give; nothing when they are none or too many.
std::optional<uint64_t> wholeNumber(std::string_view digits)
{
    if (digits.empty() || digits.size() > 9
        || !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    return std::accumulate(digits.begin(), digits.end(), uint64_t(0),
                           [](uint64_t sum, char c) { return sum * 10 + uint64_t(c - '0'); });
}

} // namespace

Result<ShardIndex> parseShardIndex(std::string text, const std::string &where)
{
    const auto damaged = [&where](size_t byte) {
        return failure(ErrorCode::IndexDamaged, {where, "it is not valid JSON at byte " + std::to_string(byte + 1)});
    };
    if (const auto byte = forbiddenByte(text))
        return damaged(*byte - 1);
    const auto parsed = std::make_shared<ParsedText>();
    const size_t size = text.size();
    parsed->text = std::move(text);
    parsed->text.resize(size + simdjson::SIMDJSON_PADDING);
    ShardIndex index;
    IndexWalk walk(index, where);
    simdjson::ondemand::document document;
    if (parsed->parser.iterate(parsed->text.data(), size, parsed->text.size()).get(document))
        return damaged(0);
    if (!walk.run(document)) {
        if (walk.error())
            return tl::unexpected(*walk.error());
        const char *place = nullptr;
        return damaged(document.current_location().get(place) ? size : size_t(place - parsed->text.data()));
    }
    if (!walk.mapSeen() || index.entries.empty())
        return failure(ErrorCode::IndexDamaged, {where, ASSAY_TEXT("Reason", "it has no weight_map")});
    index.text = parsed;
    sortFiles(index);
    return index;
}

std::optional<ShardName> parseShardName(std::string_view fileName)
{
    const size_t dot = fileName.rfind('.');
    if (dot == std::string_view::npos)
        return std::nullopt;
    const std::string_view stem = fileName.substr(0, dot);
    const size_t of = stem.rfind(kOf);
    if (of == std::string_view::npos)
        return std::nullopt;
    const std::string_view before = stem.substr(0, of);
    const size_t separator = before.find_last_of("-_");
    if (separator == std::string_view::npos)
        return std::nullopt;
    const std::string_view digits = before.substr(separator + 1);
    const auto number = wholeNumber(digits);
    const auto count = wholeNumber(stem.substr(of + kOf.size()));
    if (!number || !count || *count == 0)
        return std::nullopt;
    return ShardName{std::string(before.substr(0, separator)), *number, *count, digits.size(),
                     std::string(stem.substr(of + kOf.size())), std::string(fileName.substr(dot)), before[separator]};
}

std::string shardFileName(const ShardName &set, uint64_t number)
{
    std::string digits = std::to_string(number);
    digits.insert(0, digits.size() < set.numberDigits ? set.numberDigits - digits.size() : 0, '0');
    return set.prefix + set.separator + digits + std::string(kOf) + set.countText + set.extension;
}

} // namespace assay
