// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/model/checks.h"

#include <cctype>
#include <charconv>
#include <cmath>

namespace assay {
namespace {

// Names round ("7B" is 7.62e9, "2b" of Gemma 2 is 2.61e9 with and 2.02e9 without its embedding).
constexpr double kTolerance = 0.25;

bool isAlphanumeric(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

struct NamedSize
{
    double parameters;
    std::string text;
};

/// The first part of the name that is a number with B or M behind it and nothing else: "7B", "1.5b", "270m".
std::optional<NamedSize> sizeInName(const std::string &name)
{
    for (size_t begin = 0; begin < name.size();) {
        size_t end = begin;
        while (end < name.size() && (isAlphanumeric(name[end]) || name[end] == '.'))
            ++end;
        double number = 0;
        const char *first = name.data() + begin, *last = name.data() + end;
        const auto [rest, problem] = std::from_chars(first, last, number, std::chars_format::fixed);
        const char unit = rest + 1 == last ? char(std::tolower(static_cast<unsigned char>(*rest))) : '\0';
        if (problem == std::errc() && number > 0 && (unit == 'b' || unit == 'm'))
            return NamedSize{number * (unit == 'b' ? 1e9 : 1e6), name.substr(begin, end - begin)};
        begin = end + 1;
    }
    return std::nullopt;
}

bool near(double counted, double named)
{
    return std::abs(counted - named) <= kTolerance * named;
}

} // namespace

std::optional<Finding> checkNameSize(const std::string &name, const ParameterCounts &counts)
{
    const auto named = sizeInName(name);
    if (!named || counts.total == 0)
        return std::nullopt;
    for (uint64_t counted : {counts.main, counts.main - counts.embedding, counts.total}) {
        if (near(double(counted), named->parameters))
            return std::nullopt;
    }
    return Finding{FindingCode::NameSizeDisagrees, {named->text, formatCount(double(counts.main))}, name};
}

} // namespace assay
