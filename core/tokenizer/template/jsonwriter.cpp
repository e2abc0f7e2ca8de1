// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/pythontext.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace assay::jinja {
namespace {

/// Writes as Python's json.dumps does.
class JsonWriter
{
public:
    JsonWriter(Run &run, const JsonStyle &style)
        : m_run(run), m_style(style), m_separators(style.separators.value_or(std::pair<std::string, std::string>(style.indent ? "," : ", ", ": ")))
    {
    }

    std::string take() { return std::move(m_out); }

    void write(const Value &value, int level)
    {
        const Depth depth(m_run);
        const size_t before = m_out.size();
        if (!depth || !m_run.step())
            return;
        const Sequence *sequence = value.sequence();
        if (const Text *text = value.text())
            string(text->bytes);
        else if (sequence && (sequence->kind == Sequence::Kind::List || sequence->kind == Sequence::Kind::Tuple))
            list(*sequence, level);
        else if (const Dict *dict = value.dict())
            object(*dict, level);
        else if (const auto single = plain(value))
            m_out += *single;
        else
            m_run.fail(ASSAY_TEXT("Reason", "a value cannot be written as JSON"));
        if (!sequence && !value.dict())
            m_run.charge(m_out.size() - before);
    }

private:
    static std::optional<std::string> plain(const Value &value)
    {
        if (value.isNone())
            return "null";
        if (const auto *flag = value.as<bool>())
            return *flag ? "true" : "false";
        if (const auto *whole = value.as<int64_t>())
            return std::to_string(*whole);
        const auto *real = value.as<double>();
        if (!real)
            return std::nullopt;
        return std::isnan(*real) ? "NaN" : std::isinf(*real) ? (*real < 0 ? "-Infinity" : "Infinity") : floatText(*real);
    }

    void newLine(int level)
    {
        if (!m_style.indent)
            return;
        m_out += '\n';
        for (int i = 0; i < level; ++i)
            m_out += *m_style.indent;
    }

    void list(const Sequence &sequence, int level)
    {
        m_out += '[';
        for (size_t i = 0; i < sequence.items.size() && m_run.alive(); ++i) {
            m_out += i == 0 ? "" : m_separators.first;
            newLine(level + 1);
            write(sequence.items[i], level + 1);
        }
        if (!sequence.items.empty())
            newLine(level);
        m_out += ']';
    }

    void object(const Dict &dict, int level)
    {
        std::vector<const std::pair<Value, Value> *> entries;
        for (const auto &entry : dict.entries)
            entries.push_back(&entry);
        if (m_style.sorted)
            sort(entries);
        m_out += '{';
        for (size_t i = 0; i < entries.size() && m_run.alive(); ++i) {
            m_out += i == 0 ? "" : m_separators.first;
            newLine(level + 1);
            key(entries[i]->first);
            m_out += m_separators.second;
            write(entries[i]->second, level + 1);
        }
        if (!entries.empty())
            newLine(level);
        m_out += '}';
    }

    /// By the keys' texts; Python has no order between keys of several types.
    void sort(std::vector<const std::pair<Value, Value> *> &entries)
    {
        const bool texts = std::all_of(entries.begin(), entries.end(), [](const auto *entry) { return entry->first.text(); });
        if (!texts && entries.size() > 1)
            m_run.fail(ASSAY_TEXT("Reason", "it compares values that have no order"));
        else if (texts)
            std::sort(entries.begin(), entries.end(), [](const auto *a, const auto *b) { return a->first.text()->bytes < b->first.text()->bytes; });
    }

    void key(const Value &value)
    {
        const auto single = plain(value);
        if (const Text *text = value.text())
            string(text->bytes);
        else if (single)
            string(*single);
        else
            m_run.fail(ASSAY_TEXT("Reason", "a value cannot be written as JSON"));
    }

    void string(std::string_view text)
    {
        static constexpr std::string_view kNamed = "\"\\\n\r\t\b\f", kLetters = "\"\\nrtbf";
        m_out += '"';
        for (size_t at = 0; at < text.size();) {
            const size_t start = at;
            const char32_t c = nextCodePoint(text, at);
            const size_t named = c < 0x80 ? kNamed.find(char(c)) : std::string_view::npos;
            if (named != std::string_view::npos)
                (m_out += '\\') += kLetters[named];
            else if (c < 0x20 || (m_style.ascii && c > 0x7E))
                escape(c);
            else
                m_out += text.substr(start, at - start);
        }
        m_out += '"';
    }

    void escape(char32_t c)
    {
        char buffer[16];
        if (c >= 0x10000)
            std::snprintf(buffer, sizeof buffer, "\\u%04x\\u%04x", unsigned(0xD800 + ((c - 0x10000) >> 10)), unsigned(0xDC00 + ((c - 0x10000) & 0x3FF)));
        else
            std::snprintf(buffer, sizeof buffer, "\\u%04x", unsigned(c));
        m_out += buffer;
    }

    Run &m_run;
    const JsonStyle &m_style;
    std::pair<std::string, std::string> m_separators;
    std::string m_out;
};

} // namespace

std::string jsonText(Run &run, const Value &value, const JsonStyle &style)
{
    JsonWriter writer(run, style);
    writer.write(value, 0);
    return writer.take();
}

} // namespace assay::jinja
