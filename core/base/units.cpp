// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <ctime>

namespace assay {
namespace {

std::string fixed(double value, int decimals)
{
    // The largest double has 309 digits.
    std::array<char, 336> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, value);
    return buffer.data();
}

struct Scale
{
    double size;
    const char *unit;
};

template <size_t N>
std::string scaled(double value, const std::array<Scale, N> &scales)
{
    // 999.6 would print as "1000": it belongs to the next unit.
    for (size_t i = 0; i + 1 < N; ++i) {
        if (std::abs(value) >= scales[i].size * 0.9995)
            return threeDigits(value / scales[i].size) + scales[i].unit;
    }
    return threeDigits(value / scales[N - 1].size) + scales[N - 1].unit;
}

} // namespace

std::string threeDigits(double value)
{
    if (!std::isfinite(value))
        return "-";
    if (value == 0)
        return "0";
    const double magnitude = std::abs(value);
    // So small that its last digits have no power of ten of their own.
    if (magnitude < 1e-300)
        return fixed(value, 12);
    // Rounding first decides how many digits stand before the point: 9.996 is "10.0".
    const int exponent = int(std::floor(std::log10(magnitude) + 1e-12));
    const double step = std::pow(10.0, exponent - 2);
    const double rounded = std::round(value / step) * step;
    const int digits = int(std::floor(std::log10(std::abs(rounded)) + 1e-12));
    if (digits >= 2)
        return fixed(rounded, 0);
    return fixed(rounded, std::min(2 - digits, 12));
}

std::string plainNumber(double value)
{
    if (!std::isfinite(value))
        return "-";
    // The largest double has 309 digits.
    std::array<char, 336> buffer;
    const bool huge = std::abs(value) >= 1e15;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   huge ? std::chars_format::general : std::chars_format::fixed);
    return end.ec == std::errc() ? std::string(buffer.data(), end.ptr) : threeDigits(value);
}

std::string formatBytes(double bytes)
{
    static constexpr std::array<Scale, 5> kScales{{{1099511627776.0, " TiB"},
                                                   {1073741824.0, " GiB"},
                                                   {1048576.0, " MiB"},
                                                   {1024.0, " KiB"},
                                                   {1.0, " B"}}};
    if (!std::isfinite(bytes))
        return "-";
    // There are no parts of a byte.
    if (std::abs(bytes) < 1023.5)
        return fixed(bytes, 0) + " B";
    return scaled(bytes, kScales);
}

std::string formatCount(double count)
{
    static constexpr std::array<Scale, 4> kScales{{{1e12, " T"}, {1e9, " B"}, {1e6, " M"}, {1e3, " K"}}};
    if (!std::isfinite(count))
        return "-";
    if (std::abs(count) < 1000)
        return count == std::floor(count) ? fixed(count, 0) : threeDigits(count);
    return scaled(count, kScales);
}

std::string formatSeconds(double seconds)
{
    if (!std::isfinite(seconds))
        return "-";
    const double magnitude = std::abs(seconds);
    if (magnitude >= 120) {
        const long whole = std::lround(seconds);
        return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
    }
    static constexpr std::array<Scale, 3> kScales{{{1.0, " s"}, {1e-3, " ms"}, {1e-6, " us"}}};
    return scaled(seconds, kScales);
}

std::string groupedDigits(int64_t value)
{
    std::string digits = std::to_string(value);
    const size_t first = digits[0] == '-' ? 1 : 0;
    for (size_t i = digits.size(); i > first + 3;) {
        i -= 3;
        digits.insert(i, ",");
    }
    return digits;
}

std::string formatPercent(double rate)
{
    return std::isfinite(rate) ? threeDigits(rate * 100) + " %" : "-";
}

std::string utcNow()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts = {};
    gmtime_r(&now, &parts);
    std::array<char, 32> buffer{};
    std::strftime(buffer.data(), buffer.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return buffer.data();
}

} // namespace assay
