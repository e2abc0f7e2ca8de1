// SPDX-License-Identifier: GPL-3.0-or-later
// Traces of arrivals as people have them: a number a line, CSV with or without names, JSON lines.
#include "core/bench/schedule.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>

namespace assay {
namespace {

constexpr std::array<std::string_view, 5> kNames{"timestamp", "time", "arrival", "arrived_at", "at"};
constexpr size_t kMostLine = 1 << 20;
constexpr int kMostDepth = 16;

std::string_view trimmed(std::string_view text)
{
    const auto is = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '"' || c == '\xef' || c == '\xbb' || c == '\xbf'; };
    while (!text.empty() && is(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is(text.back()))
        text.remove_suffix(1);
    return text;
}

/// Seconds that a schedule can hold; nothing else is a moment.
std::optional<double> secondsIn(std::string_view text)
{
    text = trimmed(text);
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || problem != std::errc() || end != text.data() + text.size() || !(std::abs(value) < 1e12))
        return std::nullopt;
    return value;
}

std::optional<double> secondsInObject(std::string_view line)
{
    using nlohmann::json;
    // A line is short; one that nests deeper than any trace does is not read on.
    const auto shallow = [](int depth, json::parse_event_t, json &) { return depth <= kMostDepth; };
    const json object = json::parse(line.begin(), line.end(), shallow, false);
    for (const std::string_view name : object.is_object() ? std::span(kNames) : std::span<const std::string_view>()) {
        const auto found = object.find(std::string(name));
        if (found == object.end())
            continue;
        if (found->is_number())
            return std::abs(found->get<double>()) < 1e12 ? std::optional(found->get<double>()) : std::nullopt;
        if (found->is_string())
            return secondsIn(found->get_ref<const std::string &>());
    }
    return std::nullopt;
}

std::string_view columnOf(std::string_view line, size_t column)
{
    for (; column > 0; --column) {
        const size_t comma = line.find_first_of(",;\t");
        if (comma == std::string_view::npos)
            return {};
        line.remove_prefix(comma + 1);
    }
    return line.substr(0, line.find_first_of(",;\t"));
}

/// Where a line of names has the moments; nothing when it is no such line.
std::optional<size_t> columnNamed(std::string_view line)
{
    if (secondsIn(columnOf(line, 0)) || line.find_first_not_of(",;\t 0123456789.eE+-") == std::string_view::npos)
        return std::nullopt;
    const auto count = size_t(std::count_if(line.begin(), line.end(), [](char c) { return c == ',' || c == ';' || c == '\t'; }));
    for (size_t column = 0; column <= std::min<size_t>(count, 1000); ++column) {
        std::string name(trimmed(columnOf(line, column)));
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return char(std::tolower(c)); });
        if (std::find(kNames.begin(), kNames.end(), name) != kNames.end())
            return column;
    }
    return 0;
}

} // namespace

Result<std::vector<double>> parseTrace(std::string_view text)
{
    const auto wrong = [](size_t line, const char *what) {
        return failure(ErrorCode::BadUsage, {what}, std::to_string(line));
    };
    if (text.size() > kMostTraceBytes)
        return failure(ErrorCode::FileTooLarge, {ASSAY_TEXT("Reason", "the trace of arrivals"), std::to_string(text.size()), std::to_string(kMostTraceBytes)});
    std::vector<double> moments;
    size_t column = 0, number = 0;
    bool begun = false;
    while (!text.empty()) {
        const std::string_view line = trimmed(text.substr(0, text.find('\n')));
        text.remove_prefix(std::min(text.size(), text.find('\n') == std::string_view::npos ? text.size() : text.find('\n') + 1));
        ++number;
        if (line.empty() || line.front() == '#')
            continue;
        if (line.size() > kMostLine)
            return wrong(number, ASSAY_TEXT("Reason", "This line of the trace of arrivals is too long"));
        if (!begun && line.front() != '{') {
            begun = true;
            if (const std::optional<size_t> named = columnNamed(line)) {
                column = *named;
                continue;
            }
        }
        begun = true;
        const std::optional<double> seconds = line.front() == '{' ? secondsInObject(line) : secondsIn(columnOf(line, column));
        if (!seconds)
            return wrong(number, ASSAY_TEXT("Reason", "This line of the trace of arrivals holds no number of seconds"));
        if (moments.size() >= size_t(kMostArrivals))
            return wrong(number, ASSAY_TEXT("Reason", "The trace holds too many arrivals"));
        moments.push_back(*seconds);
    }
    if (moments.empty())
        return wrong(number, ASSAY_TEXT("Reason", "The trace holds no arrivals"));
    std::sort(moments.begin(), moments.end());
    return moments;
}

} // namespace assay
