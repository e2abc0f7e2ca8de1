// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/codepoints.h"
#include "core/tokenizer/template/functions.h"
#include "core/tokenizer/template/operators.h"
#include "core/tokenizer/template/pythontext.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace assay::jinja {
namespace {

const char *const kUnfit = ASSAY_TEXT("Reason", "the arguments of a call do not fit");

/// The digits of int() and float(): blanks around them and single underscores between them are passed over.
std::optional<std::string> plainNumber(std::string_view text)
{
    text = strippedRight(strippedLeft(text));
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool between = i > 0 && i + 1 < text.size() && isalnum(uint8_t(text[i - 1])) && isalnum(uint8_t(text[i + 1]));
        if (text[i] == '_' && !between)
            return std::nullopt;
        if (text[i] != '_')
            out += text[i];
    }
    if (out.starts_with('+'))
        out.erase(0, 1);
    return out.empty() || out.starts_with('+') ? std::nullopt : std::optional(out);
}

std::optional<int64_t> parsedWhole(std::string_view text, int base)
{
    auto digits = plainNumber(text);
    int64_t value = 0;
    if (!digits)
        return std::nullopt;
    const bool negative = digits->starts_with('-');
    const std::string_view prefix = base == 16 ? "0x" : base == 8 ? "0o" : "0b";
    if ((base == 16 || base == 8 || base == 2) && cased(digits->substr(negative), Case::Lower).starts_with(prefix))
        digits->erase(size_t(negative), 2);
    const auto [end, error] = std::from_chars(digits->data(), digits->data() + digits->size(), value, base);
    return error == std::errc() && end == digits->data() + digits->size() ? std::optional(value) : std::nullopt;
}

std::optional<double> parsedReal(std::string_view text)
{
    const auto digits = plainNumber(text);
    double value = 0;
    if (!digits)
        return std::nullopt;
    const auto [end, error] = std::from_chars(digits->data(), digits->data() + digits->size(), value);
    return error == std::errc() && end == digits->data() + digits->size() ? std::optional(value) : std::nullopt;
}

Value asWhole(Interpreter &run, const Value &self, const Given &given)
{
    const int64_t base = given.has(1) ? wholeOf(run, given[1]) : 10;
    if (self.isUndefined())
        return run.failUndefined(self);
    if (base < 2 || base > 36)
        return run.fail(kUnfit);
    if (const auto whole = self.integer())
        return Value::integer(*whole);
    const Text *text = self.text();
    if (const auto whole = text ? parsedWhole(text->bytes, int(base)) : std::nullopt)
        return Value::integer(*whole);
    const auto real = text ? parsedReal(text->bytes) : self.number();
    if (!real || std::isnan(*real))
        return given.orElse(0, Value::integer(0));
    return std::fabs(*real) < 9.2e18 ? Value::integer(int64_t(*real)) : run.fail(ASSAY_TEXT("Reason", "a number is too large"));
}

Value asReal(Interpreter &run, const Value &self, const Given &given)
{
    if (self.isUndefined())
        return run.failUndefined(self);
    const auto real = self.text() ? parsedReal(self.text()->bytes) : self.number();
    return real ? Value::real(*real) : given.orElse(0, Value::real(0));
}

Value absolute(Interpreter &run, const Value &self, const Given &)
{
    const auto number = self.number();
    if (!number)
        return self.isUndefined() ? run.failUndefined(self) : run.fail(kUnfit);
    return *number < 0 ? negative(run, self) : self.integer() ? Value::integer(*self.integer()) : Value::real(*number + 0.0);
}

/// To the nearest, ties to even, as Python does: by the exact decimal digits.
double nearest(double value, int64_t places)
{
    if (!std::isfinite(value) || places > 300)
        return value;
    if (places < 0) {
        const double unit = std::pow(10.0, double(-places));
        return std::nearbyint(value / unit) * unit;
    }
    char buffer[700];
    std::snprintf(buffer, sizeof buffer, "%.*f", int(places), value);
    return std::strtod(buffer, nullptr);
}

Value rounded(Interpreter &run, const Value &self, const Given &given)
{
    const int64_t places = given.has(0) ? wholeOf(run, given[0]) : 0;
    const std::string method = given.has(1) ? printed(run, given[1]) : "common";
    const auto number = self.number();
    if (!number || !run.alive() || (method != "common" && method != "ceil" && method != "floor"))
        return self.isUndefined() ? run.failUndefined(self) : run.fail(kUnfit);
    if (method == "common" && self.integer() && places >= 0)
        return Value::integer(*self.integer());
    if (method == "common")
        return self.integer() ? Value::integer(int64_t(nearest(*number, places))) : Value::real(nearest(*number, places));
    const double unit = std::pow(10.0, double(places));
    return Value::real((method == "ceil" ? std::ceil(*number * unit) : std::floor(*number * unit)) / unit);
}

constexpr Function kFilters[] = {
    {"int", "default,base", 0, asWhole},
    {"float", "default", 0, asReal},
    {"abs", "", 0, absolute},
    {"round", "precision,method", 0, rounded},
};

} // namespace

std::span<const Function> numberFilters()
{
    return kFilters;
}

} // namespace assay::jinja
