// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/formatting.h"

#include "core/tokenizer/template/codepoints.h"
#include "core/tokenizer/template/pythontext.h"
#include "core/tokenizer/utf8.h"

#include <charconv>
#include <cmath>
#include <cstdlib>

namespace assay::jinja {
namespace {

const char *const kPattern = ASSAY_TEXT("Reason", "a pattern and its values do not fit each other");

/// Goes through "%-5.2f" and the like.
class PercentPattern
{
public:
    PercentPattern(Interpreter &run, const Text &pattern, const Value &values)
        : m_run(run), m_pattern(pattern.bytes), m_values(values), m_tuple(tupleOf(values))
    {
    }

    Value run()
    {
        while (m_at < m_pattern.size() && m_run.alive()) {
            const size_t mark = std::min(m_pattern.find('%', m_at), m_pattern.size());
            m_out += m_pattern.substr(m_at, mark - m_at);
            m_at = mark + 1;
            if (mark < m_pattern.size())
                placeholder();
        }
        if (m_tuple ? m_used < m_tuple->items.size() : m_used == 0 && !m_values.dict() && !m_values.sequence() && !m_values.isUndefined())
            return m_run.fail(kPattern);
        return m_run.alive() ? m_run.text(std::move(m_out)) : Value();
    }

private:
    static const Sequence *tupleOf(const Value &values)
    {
        const Sequence *sequence = values.sequence();
        return sequence && sequence->kind == Sequence::Kind::Tuple ? sequence : nullptr;
    }

    char peek() const { return m_at < m_pattern.size() ? m_pattern[m_at] : '\0'; }

    Value nextValue()
    {
        const size_t place = m_used++;
        if (m_tuple ? place < m_tuple->items.size() : place == 0)
            return m_tuple ? m_tuple->items[place] : m_values;
        return m_run.fail(kPattern);
    }

    /// "(name)" of a dict's entry.
    std::optional<Value> namedValue()
    {
        if (peek() != '(')
            return std::nullopt;
        const size_t end = m_pattern.find(')', m_at);
        const Dict *dict = m_values.dict();
        const Value *found = dict && end != std::string::npos ? dict->find(m_pattern.substr(m_at + 1, end - m_at - 1)) : nullptr;
        if (!found)
            return m_run.fail(kPattern);
        m_at = end + 1;
        ++m_used;
        return *found;
    }

    /// Digits, or "*" for the next value.
    std::string size()
    {
        std::string digits;
        if (peek() == '*') {
            ++m_at;
            const auto whole = nextValue().integer();
            return whole && *whole >= 0 ? std::to_string(*whole) : (m_run.fail(kPattern), "");
        }
        while (peek() >= '0' && peek() <= '9')
            digits += m_pattern[m_at++];
        return digits;
    }

    void placeholder()
    {
        const auto named = namedValue();
        std::string flags;
        while (peek() != '\0' && std::string_view("-+ #0").find(peek()) != std::string_view::npos)
            flags += m_pattern[m_at++];
        const std::string width = size();
        std::string precision;
        if (peek() == '.') {
            ++m_at;
            precision = "." + size();
            precision += precision.size() == 1 ? "0" : "";
        }
        while (peek() == 'h' || peek() == 'l' || peek() == 'L')
            ++m_at;
        const char type = peek();
        ++m_at;
        if (type == '%') {
            m_out += '%';
            return;
        }
        const Value value = named ? *named : nextValue();
        if (m_run.alive())
            m_out += conversion(value, type, flags, width, precision);
    }

    std::string conversion(const Value &value, char type, const std::string &flags, const std::string &width, const std::string &precision)
    {
        const bool left = flags.find('-') != std::string::npos, zero = flags.find('0') != std::string::npos;
        const auto has = [&flags](char flag) { return flags.find(flag) != std::string::npos; };
        std::string spec = left ? "<" : "";
        if (type == 's' || type == 'r' || type == 'a' || type == 'c') {
            const std::string text = type == 's' || (type == 'c' && value.text()) ? printed(m_run, value) : represented(m_run, value);
            return formattedBySpec(m_run, Value::text(text), (left ? "<" : ">") + width + precision + "s");
        }
        spec += has('+') ? "+" : has(' ') ? " " : "";
        spec += has('#') ? "#" : "";
        spec += (zero && !left ? "0" : "") + width;
        const auto number = value.number();
        const std::string_view wholes = "diuxXo", reals = "eEfFgG";
        if (!number || !std::isfinite(*number) || (wholes.find(type) == std::string_view::npos && reals.find(type) == std::string_view::npos)) {
            m_run.fail(kPattern);
            return {};
        }
        if (reals.find(type) != std::string_view::npos)
            return formattedBySpec(m_run, Value::real(*number), spec + precision + type);
        const bool real = value.as<double>() != nullptr;
        if ((real && (type == 'x' || type == 'X' || type == 'o')) || std::fabs(*number) > 9e18) {
            m_run.fail(kPattern);
            return {};
        }
        return formattedBySpec(m_run, Value::integer(real ? int64_t(*number) : *value.integer()), spec + (wholes.find(type) < 3 ? 'd' : type));
    }

    Interpreter &m_run;
    const std::string &m_pattern;
    const Value &m_values;
    const Sequence *m_tuple;
    size_t m_at = 0, m_used = 0;
    std::string m_out;
};

/// Goes through "{0.name[key]!r:>5}" and the like.
class BracePattern
{
public:
    BracePattern(Interpreter &run, const Arguments &arguments) : m_run(run), m_arguments(arguments) {}

    std::string run(std::string_view pattern, int depth)
    {
        std::string out;
        for (size_t at = 0; at < pattern.size() && m_run.alive();) {
            const char c = pattern[at++];
            if ((c == '{' || c == '}') && at < pattern.size() && pattern[at] == c) {
                out += c;
                ++at;
            } else if (c == '}') {
                m_run.fail(kPattern);
            } else if (c == '{') {
                const size_t end = fieldEnd(pattern, at);
                if (end == std::string_view::npos || depth > 1)
                    m_run.fail(kPattern);
                else
                    out += field(pattern.substr(at, end - at), depth);
                at = end + 1;
            } else {
                out += c;
            }
        }
        return out;
    }

private:
    static size_t fieldEnd(std::string_view pattern, size_t at)
    {
        int open = 1;
        for (; at < pattern.size(); ++at) {
            open += pattern[at] == '{' ? 1 : pattern[at] == '}' ? -1 : 0;
            if (open == 0)
                return at;
        }
        return std::string_view::npos;
    }

    std::string field(std::string_view field, int depth)
    {
        const size_t mark = std::min(field.find_first_of("!:"), field.size());
        Value value = reference(field.substr(0, mark));
        std::string_view rest = field.substr(mark);
        if (rest.starts_with("!") && rest.size() >= 2) {
            value = rest[1] == 's' ? m_run.text(printed(m_run, value)) : m_run.text(represented(m_run, value));
            rest.remove_prefix(2);
        }
        if (!m_run.alive() || (!rest.empty() && rest[0] != ':'))
            return (m_run.fail(kPattern), "");
        return formattedBySpec(m_run, value, rest.empty() ? std::string() : run(rest.substr(1), depth + 1));
    }

    Value first(std::string_view name)
    {
        size_t place = 0;
        const bool number = std::from_chars(name.data(), name.data() + name.size(), place).ptr == name.data() + name.size();
        if (name.empty())
            place = m_next++;
        if (number || name.empty())
            return place < m_arguments.positional.size() ? m_arguments.positional[place] : m_run.fail(kPattern);
        for (const auto &[key, value] : m_arguments.named) {
            if (key == name)
                return value;
        }
        return m_run.fail(kPattern);
    }

    Value reference(std::string_view text)
    {
        const size_t end = std::min(text.find_first_of(".["), text.size());
        Value value = first(text.substr(0, end));
        for (text.remove_prefix(end); !text.empty() && m_run.alive();) {
            const bool bracket = text[0] == '[';
            const size_t stop = bracket ? text.find(']') : std::min(text.find_first_of(".[", 1), text.size());
            if (stop == std::string_view::npos)
                return m_run.fail(kPattern);
            const std::string_view name = text.substr(1, stop - 1);
            value = bracket ? m_run.item(value, keyFor(name)) : m_run.attribute(value, name);
            if (value.isUndefined())
                return m_run.fail(kPattern);
            text.remove_prefix(stop + (bracket ? 1 : 0));
        }
        return value;
    }

    static Value keyFor(std::string_view name)
    {
        int64_t place = 0;
        const bool number = !name.empty() && std::from_chars(name.data(), name.data() + name.size(), place).ptr == name.data() + name.size();
        return number ? Value::integer(place) : Value::text(std::string(name));
    }

    Interpreter &m_run;
    const Arguments &m_arguments;
    size_t m_next = 0;
};

} // namespace

Value formattedByPercent(Interpreter &run, const Text &pattern, const Value &values)
{
    return PercentPattern(run, pattern, values).run();
}

Value formattedByBraces(Interpreter &run, const Text &pattern, const Arguments &arguments)
{
    std::string out = BracePattern(run, arguments).run(pattern.bytes, 0);
    return run.alive() ? run.text(std::move(out)) : Value();
}

} // namespace assay::jinja
