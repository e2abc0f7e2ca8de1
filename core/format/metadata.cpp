// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/metadata.h"

#include "core/base/text.h"
#include "core/base/units.h"

#include <limits>

namespace assay {
namespace {

constexpr size_t kShownItems = 8;

std::string shownNumber(double value)
{
    // What no int64_t can hold must not be turned into one.
    const bool small = value > -9e15 && value < 9e15;
    return small && double(int64_t(value)) == value ? std::to_string(int64_t(value)) : threeDigits(value);
}

} // namespace

std::optional<int64_t> MetadataEntry::integer() const
{
    if (const auto *number = std::get_if<int64_t>(&value))
        return *number;
    if (const auto *number = std::get_if<uint64_t>(&value);
        number && *number <= uint64_t(std::numeric_limits<int64_t>::max()))
        return int64_t(*number);
    return std::nullopt;
}

std::optional<double> MetadataEntry::number() const
{
    if (const auto *real = std::get_if<double>(&value))
        return *real;
    if (const auto *number = std::get_if<uint64_t>(&value))
        return double(*number);
    if (const auto *number = std::get_if<int64_t>(&value))
        return double(*number);
    return std::nullopt;
}

const std::string *MetadataEntry::text() const
{
    return std::get_if<std::string>(&value);
}

std::string MetadataEntry::shown() const
{
    if (const auto *written = text())
        return validUtf8(*written);
    if (const auto *flag = std::get_if<bool>(&value))
        return *flag ? "true" : "false";
    if (const auto whole = integer())
        return std::to_string(*whole);
    if (const auto real = number())
        return shownNumber(*real);
    std::string out;
    for (size_t i = 0; i < std::min(texts.size(), kShownItems); ++i)
        out += (out.empty() ? "" : ", ") + validUtf8(texts[i]);
    for (size_t i = 0; i < std::min(numbers.size(), kShownItems); ++i)
        out += (out.empty() ? "" : ", ") + shownNumber(numbers[i]);
    const bool more = count.value_or(0) > std::min(std::max(texts.size(), numbers.size()), kShownItems);
    return "[" + out + (more ? ", ..." : "") + "]";
}

} // namespace assay
