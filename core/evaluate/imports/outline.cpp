// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/imports/outline.h"

#include <array>

namespace assay::imports {
namespace {

constexpr size_t kMostKeys = 256; // that tell what a file is; folders of answers by number have as many as answers

/// Where the text that begins at this quote ends (its other quote), or the end.
size_t endOfText(std::string_view json, size_t quote)
{
    for (size_t i = quote + 1; i < json.size(); ++i) {
        if (json[i] == '\\')
            ++i;
        else if (json[i] == '"')
            return i;
    }
    return json.size();
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Walks the brackets of JSON and collects the names of members at two depths.
class Walker
{
public:
    Outline walk(std::string_view json)
    {
        for (size_t i = 0; i < json.size(); ++i) {
            const char c = json[i];
            if (isBlank(c))
                continue;
            if (m_ended) {
                m_out.form = Form::Lines;
                break;
            }
            if (c == '"') {
                const size_t end = endOfText(json, i);
                takeText(json.substr(i + 1, end - i - 1), json.substr(std::min(end + 1, json.size())));
                i = end;
            } else if (!takeSign(c)) {
                return {};
            }
        }
        return std::move(m_out);
    }

private:
    /// False when the root is neither an object nor a list.
    bool takeSign(char c)
    {
        if (c == '{' || c == '[') {
            if (m_depth == 0)
                m_out.form = c == '{' ? Form::Object : Form::List;
            ++m_depth;
        } else if (c == '}' || c == ']') {
            --m_depth;
            // Of a list only the first element is looked at.
            if (m_depth == keyDepth() - 1 && m_out.form == Form::List)
                m_closed = true;
            m_ended = m_depth <= 0;
        }
        return m_out.form != Form::Other;
    }
    int keyDepth() const { return m_out.form == Form::List ? 2 : 1; }
    void takeText(std::string_view text, std::string_view rest)
    {
        const size_t next = rest.find_first_not_of(" \t\r\n");
        const bool isKey = next != std::string_view::npos && rest[next] == ':';
        if (!isKey || m_closed)
            return;
        if (m_depth == keyDepth() && m_out.keys.size() < kMostKeys)
            m_out.keys.emplace_back(text);
        else if (m_depth == keyDepth() + 1 && m_out.keys.size() == 1 && m_out.inner.size() < kMostKeys)
            m_out.inner.emplace_back(text);
    }
    Outline m_out;
    int64_t m_depth = 0;
    bool m_closed = false, m_ended = false;
};

} // namespace

Outline outlineOf(std::string_view head)
{
    if (head.starts_with("\xEF\xBB\xBF"))
        head.remove_prefix(3);
    return Walker().walk(head);
}

bool replaceNotNumbers(std::string &text)
{
    struct Word { std::string_view python, json; };
    static constexpr std::array<Word, 3> kWords{{{"NaN", "null"}, {"-Infinity", "\"-inf\""}, {"Infinity", "\"inf\""}}};
    std::string out;
    size_t kept = 0;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') {
            i = endOfText(text, i);
            continue;
        }
        if (text[i] != 'N' && text[i] != 'I' && text[i] != '-')
            continue;
        for (const Word &word : kWords) {
            if (std::string_view(text).substr(i, word.python.size()) != word.python)
                continue;
            out.append(text, kept, i - kept).append(word.json);
            i += word.python.size() - 1;
            kept = i + 1;
            break;
        }
    }
    if (kept == 0)
        return false;
    text = out.append(text, kept);
    return true;
}

} // namespace assay::imports
