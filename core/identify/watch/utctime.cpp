// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/watch/utctime.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace assay {

namespace {

constexpr int64_t kDay = 86'400, kLast = 253'402'300'799; // the end of the year 9999

/// The digits at this place as a number; -1 where one is none.
int numberAt(std::string_view text, size_t place, size_t digits)
{
    int value = 0;
    for (const char c : text.substr(place, digits)) {
        if (c < '0' || c > '9')
            return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

} // namespace

std::string utcText(int64_t seconds)
{
    seconds = std::clamp<int64_t>(seconds, 0, kLast);
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{seconds / kDay}}};
    const int64_t rest = seconds % kDay;
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", int(date.year()), unsigned(date.month()), unsigned(date.day()),
                  int(rest / 3600), int(rest / 60 % 60), int(rest % 60));
    return text;
}

std::optional<int64_t> utcSeconds(std::string_view text)
{
    if (text.size() != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
        return std::nullopt;
    const int year = numberAt(text, 0, 4), month = numberAt(text, 5, 2), day = numberAt(text, 8, 2);
    const int hour = numberAt(text, 11, 2), minute = numberAt(text, 14, 2), second = numberAt(text, 17, 2);
    if (year < 1970 || month < 1 || day < 1 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(unsigned(month)), std::chrono::day(unsigned(day))};
    if (!date.ok())
        return std::nullopt;
    return std::chrono::sys_days(date).time_since_epoch().count() * kDay + hour * 3600 + minute * 60 + second;
}

std::string utcDay(int64_t seconds)
{
    return utcText(seconds).substr(0, 10);
}

} // namespace assay
