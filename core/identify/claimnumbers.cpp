// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as they are claimed: with as many digits as are meant, units of their own, ranges.
#include "core/identify/claimediting.h"
#include "core/identify/claimrules.h"

#include "core/base/units.h"

#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

namespace assay::claims {
namespace {

using nlohmann::json;

/// What a unit is in the field's own one.
struct Unit
{
    std::string_view name;
    std::string_view of; ///< the field's unit; "" : plain counts
    double factor;
};
// Of a unit that has several names the one that people write comes first.
constexpr std::array kUnits{
    Unit{"B", "", 1e9},          Unit{"bn", "", 1e9},        Unit{"billion", "", 1e9},   Unit{"M", "", 1e6},        Unit{"million", "", 1e6},
    Unit{"T", "", 1e12},         Unit{"K", "", 1e3},         Unit{"亿", "", 1e8},        Unit{"万", "", 1e4},       Unit{"x", "x", 1},
    Unit{"tokens", "tokens", 1}, Unit{"K", "tokens", 1024},  Unit{"bytes", "bytes", 1},  Unit{"B", "bytes", 1},     Unit{"KB", "bytes", 1e3},
    Unit{"MB", "bytes", 1e6},    Unit{"MiB", "bytes", 1048576.0}, Unit{"GB", "bytes", 1e9}, Unit{"GiB", "bytes", 1073741824.0}, Unit{"TB", "bytes", 1e12},
    Unit{"s", "s", 1},           Unit{"ms", "s", 1e-3},      Unit{"us", "s", 1e-6},      Unit{"ms/token", "s", 1e-3}, Unit{"s/token", "s", 1},
    Unit{"%", "%", 1},           Unit{"tokens/s", "tokens/s", 1}, Unit{"tok/s", "tokens/s", 1},
};
// Names of models round further than their digits say: "7B" has 7.6e9, "1.5B" 1.8e9 (namesize.cpp).
constexpr double kNameTolerance = 0.25;

std::string lowered(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c != ' ' && c != ',')
            out += char(std::tolower(static_cast<unsigned char>(c)));
    }
    return out;
}

std::optional<double> factorOf(std::string_view unit, std::string_view of)
{
    if (unit.empty())
        return 1.0;
    for (const Unit &known : kUnits) {
        if (known.of == of && lowered(known.name) == unit)
            return known.factor;
    }
    return std::nullopt;
}

/// Half a unit in the last digit that is written: 0.05 of "79.8", 5e8 of "671000000000".
double halfDigit(const std::string &digits)
{
    if (const size_t point = digits.find('.'); point != std::string::npos) {
        const size_t end = digits.find_first_of("eE");
        const int decimals = int(std::min(end, digits.size()) - point) - 1;
        const bool none = decimals == 1 && digits[point + 1] == '0'; // 30.0 may be a program's way to write 30
        const double exponent = end == std::string::npos ? 0 : std::strtod(digits.c_str() + end + 1, nullptr);
        return (none ? 0.5 : 0.5 * std::pow(10.0, -decimals)) * std::pow(10.0, exponent);
    }
    if (const size_t end = digits.find_first_of("eE"); end != std::string::npos)
        return 0.5 * std::pow(10.0, std::strtod(digits.c_str() + end + 1, nullptr));
    size_t zeros = 0;
    while (zeros + 1 < digits.size() && digits[digits.size() - 1 - zeros] == '0')
        ++zeros;
    // "671000000000" is rounded, "90" and "300" are meant so.
    return zeros < 3 ? 0.5 : 0.5 * std::pow(10.0, double(zeros));
}

struct Written
{
    double value = 0, half = 0;
    std::string unit;
    bool text = false;
};

std::optional<Written> writtenNumber(const json &claimed)
{
    Written out;
    if (claimed.is_number()) {
        out.value = claimed.get<double>();
        out.half = halfDigit(claimed.dump());
        return std::isfinite(out.value) ? std::optional(out) : std::nullopt;
    }
    if (!claimed.is_string())
        return std::nullopt;
    const std::string text = lowered(claimed.get_ref<const std::string &>());
    const auto [rest, problem] = std::from_chars(text.data(), text.data() + text.size(), out.value, std::chars_format::fixed);
    if (problem != std::errc() || !std::isfinite(out.value))
        return std::nullopt;
    const std::string digits(text.data(), rest);
    // Zeros before a unit are meant: "70B" is no 65 ... 75 B.
    out.half = digits.find('.') != std::string::npos ? halfDigit(digits) : 0.5;
    out.unit = std::string(rest, text.data() + text.size());
    out.text = true;
    return out;
}

bool inside(double value, const Amount &amount)
{
    return value >= amount.low && value <= amount.high;
}

bool agrees(double found, const json &claimed, const Amount &amount, const ClaimField &field)
{
    if (field.kind == ClaimField::Kind::AtMost)
        return found <= amount.high;
    if (field.kind == ClaimField::Kind::AtLeast)
        return found >= amount.low;
    if (field.kind != ClaimField::Kind::Exact)
        return inside(found, amount);
    // Thousands of tokens are written for 1024 of them.
    const bool thousands = std::string_view(field.unit) == "tokens" && std::fmod(amount.value, 1000) == 0 && amount.value / 1000 * 1024 == found;
    const bool inText = claimed.is_string() && std::string_view(field.unit) == "tokens" && amount.value / 1024 * 1000 == found;
    return amount.range ? inside(found, amount) : std::abs(found - amount.value) <= 1e-9 * std::abs(amount.value) || thousands || inText;
}

} // namespace

std::optional<double> numberIn(const json &value)
{
    if (value.is_boolean())
        return value.get<bool>() ? 1.0 : 0.0;
    return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
}

std::optional<Amount> amountOf(const json &claimed, const std::string &unit, const ClaimField &field)
{
    if (claimed.is_boolean()) {
        const double value = claimed.get<bool>() ? 1 : 0;
        return Amount{value, value, value};
    }
    if (claimed.is_array()) {
        if (claimed.size() != 2)
            return std::nullopt;
        const auto low = amountOf(claimed[0], unit, field), high = amountOf(claimed[1], unit, field);
        if (!low || !high || low->value > high->value)
            return std::nullopt;
        return Amount{low->value, high->value, (low->value + high->value) / 2, true};
    }
    const auto written = writtenNumber(claimed);
    if (!written)
        return std::nullopt;
    const auto factor = factorOf(written->unit.empty() ? lowered(unit) : written->unit, field.unit);
    if (!factor)
        return std::nullopt;
    Amount out;
    out.value = written->value * *factor;
    out.named = written->text && written->unit == "b" && *factor == 1e9;
    const double half = out.named ? std::max(written->half * *factor, kNameTolerance * out.value) : written->half * *factor;
    out.low = out.value - half;
    out.high = out.value + half;
    return out;
}

Judged checkNumber(const json &claimed, const std::string &unit, const ClaimField &field, const FoundFacts &facts)
{
    const auto amount = amountOf(claimed, unit, field);
    if (!amount)
        return {ClaimVerdict::NotTested, {}, {ASSAY_TEXT("Identity", "No number can be read from what is claimed."), {}}};
    const Found *best = facts.best(field.id);
    if (!best)
        return {};
    const auto [begin, end] = facts.fields.equal_range(std::string(field.id));
    std::vector<Found> strongest;
    for (auto it = begin; it != end; ++it) {
        if (it->second.by != best->by || !numberIn(it->second.value))
            continue;
        if (agrees(*numberIn(it->second.value), claimed, *amount, field))
            return {ClaimVerdict::Supported, {it->second}, {ASSAY_TEXT("Identity", "It was found so."), {}}};
        strongest.push_back(it->second);
    }
    if (strongest.empty())
        return {};
    // A served context may be shorter than the model's: what an endpoint tells of it decides only one way.
    if (best->by == FoundBy::Told && std::string_view(field.unit) == "tokens" && amount->value > *numberIn(strongest.front().value))
        return {ClaimVerdict::NotTested, strongest, {ASSAY_TEXT("Identity", "A host may serve less than the model can."), {}}};
    return {ClaimVerdict::Contradicted, strongest, {ASSAY_TEXT("Identity", "It was found otherwise."), {}}};
}

} // namespace assay::claims

std::vector<std::string> assay::unitsOf(const ClaimField &field)
{
    std::vector<std::string> out;
    if (field.kind == ClaimField::Kind::Word || field.kind == ClaimField::Kind::Free)
        return out;
    for (const claims::Unit &unit : claims::kUnits) {
        if (unit.of == field.unit)
            out.emplace_back(unit.name);
    }
    return out;
}
