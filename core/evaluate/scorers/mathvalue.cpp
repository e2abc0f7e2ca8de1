// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorers/mathvalue.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr int kDeepest = 8;          // fractions in fractions
constexpr size_t kLongestText = 1000;
constexpr uint32_t kLargestExponent = 100;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

class Reader
{
public:
    explicit Reader(std::string_view text) : m_text(text) {}

    std::optional<MathValue> whole()
    {
        std::optional<MathValue> value = signedProduct(0);
        if (!value)
            return std::nullopt;
        value->percent = take("\\%") || take("%");
        return m_text.empty() ? value : std::nullopt;
    }

private:
    bool take(std::string_view what)
    {
        if (!m_text.starts_with(what))
            return false;
        m_text.remove_prefix(what.size());
        return true;
    }

    /// Sign, factor, and "times ten to a power" or "/ divisor" behind it.
    std::optional<MathValue> signedProduct(int depth)
    {
        const bool negative = take("-");
        if (!negative)
            take("+");
        std::optional<MathValue> value = factor(depth);
        if (value && (take("\\times") || take("\\cdot") || take("*")))
            value = scaled(*value);
        else if (value && take("/"))
            value = divided(*value, factor(depth));
        if (value && negative)
            value->value = value->value.negated();
        return value;
    }

    static std::optional<MathValue> divided(const MathValue &over, const std::optional<MathValue> &under)
    {
        const auto value = under ? over.value.over(under->value) : std::nullopt;
        return value && !value->tooLong() ? std::optional(MathValue{*value}) : std::nullopt;
    }

    /// Only by a power of ten: whether "2\cdot3" was to be worked out is not told.
    std::optional<MathValue> scaled(const MathValue &value)
    {
        if (!m_text.starts_with("10^"))
            return std::nullopt;
        const std::optional<MathValue> ten = factor(0);
        return ten ? std::optional(MathValue{value.value.times(ten->value)}) : std::nullopt;
    }

    /// A fraction, or a number with a fraction or a power behind it.
    std::optional<MathValue> factor(int depth)
    {
        if (depth > kDeepest)
            return std::nullopt;
        if (take("\\frac"))
            return fraction(depth);
        std::optional<MathValue> value = decimal();
        if (!value)
            return value;
        if (value->decimals == 0 && take("\\frac")) {
            const std::optional<MathValue> rest = fraction(depth);
            return rest ? std::optional(MathValue{value->value.plus(rest->value)}) : std::nullopt;
        }
        return take("^") ? powered(*value) : value;
    }

    std::optional<MathValue> fraction(int depth)
    {
        const std::optional<MathValue> over = braced(depth);
        return over ? divided(*over, braced(depth)) : std::nullopt;
    }

    std::optional<MathValue> braced(int depth)
    {
        if (!take("{"))
            return std::nullopt;
        const std::optional<MathValue> value = signedProduct(depth + 1);
        return value && take("}") ? value : std::nullopt;
    }

    std::optional<MathValue> decimal()
    {
        size_t end = 0;
        while (end < m_text.size() && (isDigit(m_text[end]) || m_text[end] == '.' || m_text[end] == ','))
            ++end;
        const std::string_view digits = m_text.substr(0, end);
        const std::optional<ExactNumber> value = ExactNumber::fromDecimal(digits);
        if (!value)
            return std::nullopt;
        m_text.remove_prefix(end);
        const size_t point = digits.find('.');
        return MathValue{*value, point == std::string_view::npos ? 0 : int(digits.size() - point - 1)};
    }

    std::optional<MathValue> powered(const MathValue &base)
    {
        const bool inBraces = take("{");
        const bool negative = take("-");
        uint32_t exponent = 0;
        size_t digits = 0;
        // Without braces only one digit is the exponent.
        while (digits < (inBraces ? 3u : 1u) && digits < m_text.size() && isDigit(m_text[digits]))
            exponent = exponent * 10 + uint32_t(m_text[digits++] - '0');
        m_text.remove_prefix(digits);
        if (digits == 0 || exponent > kLargestExponent || (inBraces && !take("}")))
            return std::nullopt;
        const std::optional<ExactNumber> power = base.value.power(exponent);
        if (!power)
            return std::nullopt;
        const std::optional<ExactNumber> value = negative ? ExactNumber(1).over(*power) : power;
        return value ? std::optional(MathValue{*value}) : std::nullopt;
    }

    std::string_view m_text;
};

} // namespace

std::optional<MathValue> mathValue(std::string_view latex)
{
    return latex.size() <= kLongestText ? Reader(latex).whole() : std::nullopt;
}

} // namespace assay
