// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace assay {

/// A rational number, exactly: numerator over denominator, of at most a few hundred digits.
class ExactNumber
{
public:
    explicit ExactNumber(uint32_t value = 0) : m_over{value}, m_under{1} {}
    /// "12", "1,234.50", ".5": digits with commas in groups of three and at most one point; nothing for anything else, or more than
    /// 200 digits.
    static std::optional<ExactNumber> fromDecimal(std::string_view text);

    ExactNumber negated() const;
    ExactNumber times(const ExactNumber &other) const;
    std::optional<ExactNumber> over(const ExactNumber &other) const; ///< nothing for division by zero
    ExactNumber plus(const ExactNumber &other) const;                ///< of numbers that are not negative
    /// A whole power, 0 to 100; nothing where the result would be too long.
    std::optional<ExactNumber> power(uint32_t exponent) const;

    bool isZero() const;
    bool tooLong() const; ///< no result is wanted any more
    double approximate() const;
    bool operator==(const ExactNumber &other) const;

private:
    using Digits = std::vector<uint32_t>; ///< base 10^9, least first, without zeros at the top but for 0 itself
    static Digits product(const Digits &a, const Digits &b);
    static Digits sum(const Digits &a, const Digits &b);
    static double approximate(const Digits &digits);

    bool m_negative = false;
    Digits m_over, m_under;
};

} // namespace assay
