// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/shardindex.h"

#include "core/base/naturalorder.h"
#include "core/format/jsontext.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <unordered_map>

namespace assay {
namespace {

constexpr std::string_view kOf = "-of-";

bool unsafe(const std::string &name)
{
    return name.empty() || name.front() == '/' || name.find("..") != std::string::npos
           || name.find("://") != std::string::npos || name.find('\\') != std::string::npos
           || name.find('\0') != std::string::npos;
}

/// Receives the JSON events of an index: weight_map and metadata.total_size are kept, all else is passed over.
class IndexHandler
{
public:
    using string_t = nlohmann::json::string_t;

    IndexHandler(ShardIndex &index, const std::string &where) : m_index(index), m_where(where) {}
    const std::optional<Error> &error() const { return m_error; }
    bool mapSeen() const { return m_mapSeen; }

    bool null() { return value(); }
    bool boolean(bool) { return value(); }
    bool number_integer(int64_t) { return value(); }
    bool number_unsigned(uint64_t number)
    {
        if (m_depth == 2 && m_section == Section::Metadata && m_key == "total_size")
            m_index.totalSize = number;
        return value();
    }
    bool number_float(double number, const string_t &)
    {
        // Some writers put whole numbers as 14483464192.0.
        return number >= 0 && number < 9e15 && std::floor(number) == number ? number_unsigned(uint64_t(number))
                                                                            : value();
    }
    bool binary(nlohmann::json::binary_t &) { return value(); }
    bool string(string_t &text) { return inMap() ? place(text) : value(); }
    bool start_object(size_t)
    {
        if (inMap())
            return value();
        ++m_depth;
        if (m_depth == 2) {
            m_section = m_key == "weight_map" ? Section::Map
                        : m_key == "metadata" ? Section::Metadata
                                              : Section::Other;
            m_mapSeen |= m_section == Section::Map;
        }
        return true;
    }
    bool key(string_t &name)
    {
        m_key = name;
        return true;
    }
    bool end_object()
    {
        --m_depth;
        m_section = m_depth < 2 ? Section::Other : m_section;
        return true;
    }
    bool start_array(size_t)
    {
        if (m_depth == 0 || inMap())
            return value();
        ++m_depth;
        return true;
    }
    bool end_array() { return end_object(); }
    bool parse_error(size_t position, const std::string &, const nlohmann::detail::exception &)
    {
        return refuse("it is not valid JSON at byte " + std::to_string(position));
    }

private:
    enum class Section { Other, Map, Metadata };

    bool inMap() const { return m_depth == 2 && m_section == Section::Map; }
    bool refuse(const std::string &reason)
    {
        m_error = Error{ErrorCode::IndexDamaged, {m_where, reason}, {}};
        return false;
    }
    bool value()
    {
        if (m_depth == 0)
            return refuse("it is not an object");
        return !inMap() || refuse("weight_map does not give a file name for " + m_key);
    }
    bool place(const std::string &file)
    {
        const auto [known, added] = m_files.try_emplace(file, uint32_t(m_index.files.size()));
        if (added && unsafe(file)) {
            m_error = Error{ErrorCode::IndexUnsafeName, {file}, m_where};
            return false;
        }
        if (added)
            m_index.files.push_back(file);
        if (m_index.files.size() > kShardCountLimit)
            return refuse("it names more than " + std::to_string(kShardCountLimit) + " files");
        m_index.entries.push_back({m_key, known->second});
        return true;
    }

    ShardIndex &m_index;
    const std::string &m_where;
    std::optional<Error> m_error;
    size_t m_depth = 0;
    Section m_section = Section::Other;
    bool m_mapSeen = false;
    std::string m_key;
    std::unordered_map<std::string, uint32_t> m_files;
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

Result<ShardIndex> parseShardIndex(std::string_view text, const std::string &where)
{
    if (const auto byte = forbiddenByte(text))
        return failure(ErrorCode::IndexDamaged, {where, "it is not valid JSON at byte " + std::to_string(*byte)});
    ShardIndex index;
    IndexHandler handler(index, where);
    try {
        if (!nlohmann::json::sax_parse(text.begin(), text.end(), &handler))
            return tl::unexpected(handler.error().value_or(Error{ErrorCode::IndexDamaged, {where, "?"}, {}}));
    } catch (const std::exception &problem) {
        return failure(ErrorCode::IndexDamaged, {where, problem.what()});
    }
    if (!handler.mapSeen() || index.entries.empty())
        return failure(ErrorCode::IndexDamaged, {where, "it has no weight_map"});
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
