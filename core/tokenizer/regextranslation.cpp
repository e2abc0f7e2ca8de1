// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/regextranslation.h"

#include "core/tokenizer/scripts.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <vector>

namespace assay {
namespace {

/// White_Space spelt out: PCRE2's \s with Unicode has U+180E besides.
constexpr std::string_view kSpace =
    R"(\x{09}-\x{0D}\x{20}\x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000})";
/// Oniguruma's word characters: of the numbers that are no digits only those of Latin-1.
constexpr std::string_view kWord = R"(\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\x{B2}\x{B3}\x{B9}\x{BC}-\x{BE})";
constexpr std::string_view kHexDigit = "0-9A-Fa-f";
constexpr std::string_view kAny = "(?s:.)";
constexpr int kDeepest = 32;

/// Members of the class that a letter behind a backslash means; empty: PCRE2 means the same.
std::string_view membersOf(char letter)
{
    switch (letter) {
    case 's': case 'S': return kSpace;
    case 'w': case 'W': return kWord;
    case 'h': case 'H': return kHexDigit;
    default: return {};
    }
}

struct Name
{
    std::string_view name, members;
};
/// POSIX brackets and long names of properties, where PCRE2 has others or means others.
constexpr Name kNames[] = {
    {"alpha", R"(\p{Alphabetic})"}, {"alnum", R"(\p{Alphabetic}\p{Nd})"}, {"digit", R"(\p{Nd})"},
    {"upper", R"(\p{Uppercase})"},  {"lower", R"(\p{Lowercase})"},        {"space", kSpace},
    {"word", kWord},                {"xdigit", kHexDigit},                {"punct", R"(\p{P}\p{S})"},
    {"blank", R"(\p{Zs}\x{09})"},   {"letter", R"(\p{L})"},               {"mark", R"(\p{M})"},
    {"number", R"(\p{N})"},         {"punctuation", R"(\p{P})"},          {"symbol", R"(\p{S})"},
    {"separator", R"(\p{Z})"},      {"other", R"(\p{C})"},
};

std::string_view membersOfName(std::string_view name)
{
    std::string lower(name);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return char(std::tolower(uint8_t(c))); });
    const auto known = std::find_if(std::begin(kNames), std::end(kNames), [&](const Name &n) { return n.name == lower; });
    return known == std::end(kNames) ? std::string_view() : known->members;
}

class Translator
{
public:
    explicit Translator(std::string_view regex) : m_text(regex) {}

    std::string run()
    {
        std::string out;
        while (m_at < m_text.size()) {
            if (m_text[m_at] == '[')
                out += characterClass(0);
            else if (m_text[m_at] == '\\')
                out += escape(false);
            else
                out += m_text[m_at++];
        }
        return out;
    }

private:
    std::string_view rest() const { return m_text.substr(m_at); }

    /// What stands from the backslash on; in a class as members, else by itself. A negated set cannot be members of
    /// a class: then it goes to `apart`.
    std::string escape(bool inClass, std::vector<std::string> *apart = nullptr)
    {
        if (rest().size() < 2) {
            m_at = m_text.size();
            return "\\";
        }
        const char letter = m_text[m_at + 1];
        if (letter == 'p' || letter == 'P')
            return property(inClass, apart);
        m_at += 2;
        if (letter == 'u')
            return codePoint();
        const std::string_view members = membersOf(letter);
        return members.empty() ? std::string("\\") + letter : set(members, std::isupper(uint8_t(letter)) != 0, inClass, apart);
    }

    static std::string set(std::string_view members, bool negated, bool inClass, std::vector<std::string> *apart)
    {
        const std::string text(members);
        if (inClass && !negated)
            return text;
        const std::string single = (negated ? "[^" : "[") + text + "]";
        if (!inClass)
            return single;
        apart->push_back(single);
        return {};
    }

    /// \uHHHH
    std::string codePoint()
    {
        const std::string_view digits = rest().substr(0, 4);
        if (digits.size() < 4 || !std::all_of(digits.begin(), digits.end(), [](char c) { return std::isxdigit(uint8_t(c)); }))
            return "\\u";
        m_at += 4;
        return "\\x{" + std::string(digits) + "}";
    }

    /// \p{...}, \p{^...} and \P{...}
    std::string property(bool inClass, std::vector<std::string> *apart)
    {
        bool negated = m_text[m_at + 1] == 'P';
        const size_t begin = m_at + 2, end = m_text.find('}', begin);
        if (begin >= m_text.size() || m_text[begin] != '{' || end == std::string_view::npos) {
            m_at = begin;
            return std::string("\\") + m_text[begin - 1];
        }
        std::string_view name = m_text.substr(begin + 1, end - begin - 1);
        m_at = end + 1;
        if (name.starts_with('^')) {
            negated = !negated;
            name.remove_prefix(1);
        }
        if (const std::string_view members = membersOfName(name); !members.empty())
            return set(members, negated, inClass, apart);
        const std::string sort = isScriptName(name) ? "sc:" : "";
        return std::string(negated ? "\\P{" : "\\p{") + sort + std::string(name) + "}";
    }

    /// One class with all that is in it, as something that matches one character.
    std::string characterClass(int depth)
    {
        ++m_at; // [
        const bool negated = rest().starts_with('^');
        m_at += negated;
        std::vector<std::string> parts; // of an intersection
        std::string members;
        std::vector<std::string> apart;
        for (bool first = true; m_at < m_text.size() && (m_text[m_at] != ']' || first); first = false)
            member(members, apart, parts, depth);
        ++m_at; // ]
        if (parts.empty() && apart.empty()) // as PCRE2 writes it, too
            return (negated ? "[^" : "[") + members + "]";
        parts.push_back(united(members, apart));
        std::string result;
        for (size_t i = 0; i + 1 < parts.size(); ++i)
            result += "(?=" + parts[i] + ")";
        result = "(?:" + result + parts.back() + ")";
        return negated ? "(?:(?!" + result + ")" + std::string(kAny) + ")" : result;
    }

    void member(std::string &members, std::vector<std::string> &apart, std::vector<std::string> &parts, int depth)
    {
        if (rest().starts_with("&&")) {
            m_at += 2;
            parts.push_back(united(members, apart));
            members.clear();
            apart.clear();
        } else if (rest().starts_with("[:") && m_text.find(":]", m_at) != std::string_view::npos) {
            posix(members, apart);
        } else if (m_text[m_at] == '[' && depth < kDeepest) {
            apart.push_back(characterClass(depth + 1));
        } else if (m_text[m_at] == '\\') {
            members += escape(true, &apart);
        } else if (m_text[m_at] == '[') {
            members += "\\[";
            ++m_at;
        } else {
            members += m_text[m_at++];
        }
    }

    void posix(std::string &members, std::vector<std::string> &apart)
    {
        const size_t end = m_text.find(":]", m_at);
        std::string_view name = m_text.substr(m_at + 2, end - m_at - 2);
        const std::string whole(m_text.substr(m_at, end + 2 - m_at));
        m_at = end + 2;
        const bool negated = name.starts_with('^');
        name.remove_prefix(negated);
        const std::string_view known = membersOfName(name);
        members += known.empty() ? whole : set(known, negated, true, &apart);
    }

    static std::string united(const std::string &members, const std::vector<std::string> &apart)
    {
        std::string text = members.empty() ? std::string() : "[" + members + "]";
        for (const std::string &other : apart)
            text += (text.empty() ? "" : "|") + other;
        return text.empty() ? "(?!)" : "(?:" + text + ")";
    }

    std::string_view m_text;
    size_t m_at = 0;
};

} // namespace

bool isScriptName(std::string_view name)
{
    return std::binary_search(std::begin(kScripts), std::end(kScripts), name);
}

std::string pcreFromOniguruma(std::string_view regex)
{
    return Translator(regex).run();
}

} // namespace assay
