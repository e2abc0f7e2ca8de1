// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorers/exactnumber.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace assay {
namespace {

constexpr uint32_t kBase = 1'000'000'000;
constexpr size_t kDigitsOfBase = 9;
constexpr size_t kMostDigits = 200;
constexpr size_t kMostLimbs = 128;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// The digits before the point, without their commas; nothing where commas stand anywhere but before groups of three.
std::optional<std::string> wholePart(std::string_view text)
{
    std::string digits;
    size_t group = 0;
    bool grouped = false;
    for (const char c : text) {
        if (c == ',') {
            if (group == 0 || group > 3 || (grouped && group != 3))
                return std::nullopt;
            grouped = true;
            group = 0;
        } else if (isDigit(c)) {
            digits += c;
            ++group;
        } else {
            return std::nullopt;
        }
    }
    if (grouped && group != 3)
        return std::nullopt;
    return digits;
}

} // namespace

std::optional<ExactNumber> ExactNumber::fromDecimal(std::string_view text)
{
    const size_t point = text.find('.');
    const std::string_view behind = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    std::optional<std::string> digits = wholePart(text.substr(0, point));
    if (!digits || !std::ranges::all_of(behind, isDigit) || text.size() > 2 * kMostDigits)
        return std::nullopt;
    *digits += behind;
    if (digits->empty() || digits->size() > kMostDigits)
        return std::nullopt;
    const auto limbs = [](std::string_view all) {
        Digits out;
        for (size_t end = all.size(); end > 0; end -= std::min(end, kDigitsOfBase)) {
            const size_t from = end - std::min(end, kDigitsOfBase);
            out.push_back(uint32_t(std::stoul(std::string(all.substr(from, end - from)))));
        }
        while (out.size() > 1 && out.back() == 0)
            out.pop_back();
        return out;
    };
    ExactNumber number;
    number.m_over = limbs(*digits);
    number.m_under = limbs("1" + std::string(behind.size(), '0'));
    return number;
}

ExactNumber::Digits ExactNumber::product(const Digits &a, const Digits &b)
{
    Digits out(a.size() + b.size(), 0);
    for (size_t i = 0; i < a.size(); ++i) {
        uint64_t carry = 0;
        for (size_t j = 0; j < b.size(); ++j) {
            const uint64_t here = uint64_t(a[i]) * b[j] + out[i + j] + carry;
            out[i + j] = uint32_t(here % kBase);
            carry = here / kBase;
        }
        out[i + b.size()] = uint32_t(carry);
    }
    while (out.size() > 1 && out.back() == 0)
        out.pop_back();
    return out;
}

ExactNumber::Digits ExactNumber::sum(const Digits &a, const Digits &b)
{
    Digits out;
    uint32_t carry = 0;
    for (size_t i = 0; i < std::max(a.size(), b.size()) || carry > 0; ++i) {
        const uint32_t here = (i < a.size() ? a[i] : 0) + (i < b.size() ? b[i] : 0) + carry;
        out.push_back(here % kBase);
        carry = here / kBase;
    }
    return out;
}

bool ExactNumber::isZero() const
{
    return m_over.size() == 1 && m_over[0] == 0;
}

bool ExactNumber::tooLong() const
{
    return m_over.size() > kMostLimbs || m_under.size() > kMostLimbs;
}

ExactNumber ExactNumber::negated() const
{
    ExactNumber out = *this;
    out.m_negative = !m_negative && !isZero();
    return out;
}

ExactNumber ExactNumber::times(const ExactNumber &other) const
{
    ExactNumber out;
    out.m_over = product(m_over, other.m_over);
    out.m_under = product(m_under, other.m_under);
    out.m_negative = m_negative != other.m_negative && !out.isZero();
    return out;
}

std::optional<ExactNumber> ExactNumber::over(const ExactNumber &other) const
{
    if (other.isZero())
        return std::nullopt;
    ExactNumber turned = other;
    std::swap(turned.m_over, turned.m_under);
    return times(turned);
}

ExactNumber ExactNumber::plus(const ExactNumber &other) const
{
    ExactNumber out;
    out.m_over = sum(product(m_over, other.m_under), product(other.m_over, m_under));
    out.m_under = product(m_under, other.m_under);
    return out;
}

std::optional<ExactNumber> ExactNumber::power(uint32_t exponent) const
{
    ExactNumber out(1);
    for (uint32_t i = 0; i < exponent; ++i) {
        out = out.times(*this);
        if (i >= 100 || out.tooLong())
            return std::nullopt;
    }
    return out;
}

double ExactNumber::approximate(const Digits &digits)
{
    double out = 0;
    for (size_t i = digits.size(); i-- > 0;)
        out = out * kBase + digits[i];
    return out;
}

double ExactNumber::approximate() const
{
    const double value = approximate(m_over) / approximate(m_under);
    return m_negative ? -value : value;
}

bool ExactNumber::operator==(const ExactNumber &other) const
{
    return m_negative == other.m_negative && product(m_over, other.m_under) == product(other.m_over, m_under);
}

} // namespace assay
