// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/tensorquery.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace assay {

using Kind = TensorQuery::Kind;
using Relation = TensorQuery::Relation;
using Bound = TensorQuery::Bound;
using Term = TensorQuery::Term;

namespace {

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c + 32) : c;
}

/// Where the word, which is lower case and has no star, stands in the text; npos when nowhere.
size_t findWord(std::string_view text, std::string_view word, size_t from)
{
    if (word.empty())
        return from;
    const char first = word.front(), other = first >= 'a' && first <= 'z' ? char(first - 32) : first;
    for (size_t at = from; at + word.size() <= text.size(); ++at) {
        if (text[at] != first && text[at] != other)
            continue;
        size_t i = 1;
        while (i < word.size() && lowered(text[at + i]) == word[i])
            ++i;
        if (i == word.size())
            return at;
    }
    return std::string_view::npos;
}

/// Whether the text holds the word somewhere; the parts between stars in their order.
bool holdsWord(std::string_view text, std::string_view word)
{
    size_t from = 0;
    while (true) {
        const size_t star = word.find('*');
        const std::string_view part = word.substr(0, star);
        const size_t at = findWord(text, part, from);
        if (at == std::string_view::npos)
            return false;
        if (star == std::string_view::npos)
            return true;
        from = at + part.size();
        word.remove_prefix(star + 1);
    }
}

bool holdsOne(std::string_view text, const std::vector<std::string> &words)
{
    return std::any_of(words.begin(), words.end(), [text](const std::string &word) { return holdsWord(text, word); });
}

bool hasShape(const Shape &shape, const std::vector<Bound> &axes)
{
    return shape.size() == axes.size()
           && std::equal(axes.begin(), axes.end(), shape.begin(),
                         [](const Bound &axis, int64_t size) { return axis.holds(double(size)); });
}

bool hasAxes(const Shape &shape, const std::vector<Bound> &axes)
{
    for (size_t from = 0; from + axes.size() <= shape.size(); ++from) {
        if (std::equal(axes.begin(), axes.end(), shape.begin() + ptrdiff_t(from),
                       [](const Bound &axis, int64_t size) { return axis.holds(double(size)); }))
            return true;
    }
    return false;
}

struct Unit
{
    const char *name;
    double factor;
};
constexpr Unit kByteUnits[] = {{"", 1},     {"b", 1},     {"k", 1e3},          {"m", 1e6},           {"g", 1e9},
                               {"t", 1e12}, {"kb", 1e3},  {"mb", 1e6},         {"gb", 1e9},          {"tb", 1e12},
                               {"kib", 1024.0}, {"mib", 1048576.0}, {"gib", 1073741824.0}, {"tib", 1099511627776.0}};
constexpr Unit kCountUnits[] = {{"", 1}, {"k", 1e3}, {"m", 1e6}, {"b", 1e9}, {"g", 1e9}, {"t", 1e12}};
constexpr Unit kNoUnits[] = {{"", 1}};

struct RelationName
{
    std::string_view text;
    Relation relation;
};
// Longer ones first.
constexpr RelationName kRelations[] = {{">=", Relation::GreaterEqual}, {"<=", Relation::LessEqual},
                                       {">", Relation::Greater},       {"<", Relation::Less},
                                       {"=", Relation::Equal}};

/// ">100MB"; without a sign the value itself. Nothing when it is no number with a known unit.
template <size_t N>
std::optional<Bound> parseBound(std::string_view text, const Unit (&units)[N])
{
    Bound bound;
    for (const RelationName &name : kRelations) {
        if (text.starts_with(name.text)) {
            bound.relation = name.relation;
            text.remove_prefix(name.text.size());
            break;
        }
    }
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), bound.value);
    if (problem != std::errc() || !std::isfinite(bound.value) || bound.value < 0)
        return std::nullopt;
    const std::string_view rest(end, size_t(text.data() + text.size() - end));
    for (const Unit &unit : units) {
        if (rest == unit.name) {
            bound.value *= unit.factor;
            return bound;
        }
    }
    return std::nullopt;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators)
{
    std::vector<std::string_view> parts;
    for (size_t begin = 0; begin <= text.size();) {
        const size_t end = std::min(text.find_first_of(separators, begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

} // namespace

/// Cuts a query into terms and reads them.
class QueryReader
{
public:
    tl::expected<TensorQuery, QueryProblem> read(std::string_view text)
    {
        while (cutTerm(text)) {
            if (!readTerm())
                return tl::unexpected(m_problem);
        }
        if (!m_problem.part.empty())
            return tl::unexpected(m_problem);
        return std::move(m_query);
    }

private:
    bool fail(const char *pattern, std::string_view part)
    {
        m_problem = {pattern, std::string(part)};
        return false;
    }

    /// Up to the next blank that stands neither in brackets nor in quotation marks.
    bool cutTerm(std::string_view &text)
    {
        const size_t begin = std::min(text.find_first_not_of(" \t\n\r"), text.size());
        text.remove_prefix(begin);
        m_whole = text;
        m_term.clear();
        m_quoted = false;
        char open = 0;
        size_t at = 0;
        for (; at < text.size() && (open || !std::strchr(" \t\n\r", text[at])); ++at) {
            const char c = text[at];
            if (c == '"') {
                open = open == '"' ? '\0' : open ? open : '"';
                m_quoted = true;
                continue;
            }
            if (c == '[' && !open)
                open = '[';
            if (c == ']' && open == '[')
                open = 0;
            if (open != '[' || c != ' ')
                m_term += lowered(c);
        }
        m_whole = text.substr(0, at);
        text.remove_prefix(at);
        if (open)
            return fail(open == '"' ? ASSAY_TEXT("Query", "%1: the closing quotation mark is missing")
                                    : ASSAY_TEXT("Query", "%1: the closing bracket is missing"),
                        m_whole);
        return !m_whole.empty();
    }

    bool readTerm()
    {
        Term term;
        std::string_view text = m_term;
        if (text.size() > 1 && text.front() == '-') {
            term.negated = true;
            text.remove_prefix(1);
        }
        const size_t colon = m_whole.starts_with('"') ? std::string_view::npos : text.find(':');
        const bool sign = !text.empty() && std::strchr("<>=", text.front());
        if (sign && !m_quoted) {
            if (!readBound(term, Kind::Bytes, text, kByteUnits))
                return false;
        } else if (colon == std::string_view::npos) {
            term.words = {std::string(text)};
        } else if (!readField(term, text.substr(0, colon), text.substr(colon + 1))) {
            return false;
        }
        m_query.m_terms.push_back(std::move(term));
        return true;
    }

    bool readField(Term &term, std::string_view field, std::string_view value)
    {
        if (value.empty())
            return fail(ASSAY_TEXT("Query", "%1: nothing follows the colon"), m_whole);
        if (field == "bytes" || field == "size")
            return readBound(term, Kind::Bytes, value, kByteUnits);
        if (field == "params" || field == "elements")
            return readBound(term, Kind::Elements, value, kCountUnits);
        if (field == "shape")
            return readShape(term, value);
        struct WordField
        {
            std::string_view name;
            Kind kind;
        };
        static constexpr WordField kFields[] = {
            {"name", Kind::Name}, {"file", Kind::File}, {"dtype", Kind::Type}, {"role", Kind::Role}};
        for (const WordField &known : kFields) {
            if (field != known.name)
                continue;
            term.kind = known.kind;
            for (const std::string_view word : split(value, ","))
                term.words.emplace_back(word);
            return term.kind != Kind::Role || checkRoles(term);
        }
        return fail(ASSAY_TEXT("Query", "%1: known are name, file, dtype, role, shape, bytes and params"), m_whole);
    }

    bool checkRoles(const Term &term)
    {
        for (const std::string &word : term.words) {
            if (word != "weight" && word != "scale" && word != "buffer")
                return fail(ASSAY_TEXT("Query", "%1: a role is weight, scale or buffer"), word);
        }
        return true;
    }

    template <size_t N>
    bool readBound(Term &term, Kind kind, std::string_view text, const Unit (&units)[N])
    {
        const auto bound = parseBound(text, units);
        if (!bound)
            return fail(kind == Kind::Bytes ? ASSAY_TEXT("Query", "%1 is no size such as >100MB or <2GiB")
                                            : ASSAY_TEXT("Query", "%1 is no number such as >1e9 or <7B"),
                        m_whole);
        term.kind = kind;
        term.bounds = {*bound};
        return true;
    }

    bool readShape(Term &term, std::string_view text)
    {
        const bool exact = text.starts_with('[');
        term.kind = exact ? Kind::ExactShape : Kind::Axes;
        if (exact) {
            if (!text.ends_with(']'))
                return fail(ASSAY_TEXT("Query", "%1: the closing bracket is missing"), m_whole);
            text = text.substr(1, text.size() - 2);
        }
        if (exact && text.empty())
            return true; // a scalar's
        for (const std::string_view part : split(text, exact ? ",x" : "x,")) {
            const auto axis = part == "*" ? std::optional(Bound{Relation::Any, 0}) : parseBound(part, kNoUnits);
            if (!axis)
                return fail(ASSAY_TEXT("Query", "%1 is no shape such as [7168,*] or 4096x1024"), m_whole);
            term.bounds.push_back(*axis);
        }
        return true;
    }

    TensorQuery m_query;
    QueryProblem m_problem;
    std::string_view m_whole; ///< the term as written
    std::string m_term;       ///< in lower case, without quotation marks
    bool m_quoted = false;
};

std::string QueryProblem::sentence(const Translate &translate) const
{
    return fillIn(translate("Query", pattern), {validUtf8(part)});
}

bool TensorQuery::Bound::holds(double other) const
{
    switch (relation) {
    case Relation::Equal: return other == value;
    case Relation::Less: return other < value;
    case Relation::LessEqual: return other <= value;
    case Relation::Greater: return other > value;
    case Relation::GreaterEqual: return other >= value;
    case Relation::Any: break;
    }
    return true;
}

bool TensorQuery::holds(const Term &term, const TensorRecord &tensor, std::string_view file, const ModelConfig &config)
{
    switch (term.kind) {
    case Kind::Name: return holdsOne(tensor.name, term.words);
    case Kind::File: return holdsOne(file, term.words);
    case Kind::Type: return holdsOne(tensor.dtypeText, term.words);
    case Kind::Role: return holdsOne(tensorRoleName(roleOf(tensor, config)), term.words);
    case Kind::Bytes: return term.bounds.front().holds(double(tensor.bytes));
    case Kind::Elements: return term.bounds.front().holds(double(tensor.elements));
    case Kind::ExactShape: return hasShape(tensor.shape, term.bounds);
    case Kind::Axes: return hasAxes(tensor.shape, term.bounds);
    }
    return false;
}

bool TensorQuery::matches(const TensorRecord &tensor, std::string_view file, const ModelConfig &config) const
{
    return std::all_of(m_terms.begin(), m_terms.end(), [&](const Term &term) {
        return holds(term, tensor, file, config) != term.negated;
    });
}

std::vector<uint32_t> TensorQuery::select(const Checkpoint &checkpoint, const ModelConfig &config,
                                          const std::function<bool()> &stop) const
{
    constexpr uint32_t kBetweenLooks = 4096;
    std::vector<uint32_t> out;
    for (uint32_t i = 0; i < checkpoint.tensors.size(); ++i) {
        if (stop && i % kBetweenLooks == 0 && stop())
            break;
        const TensorRecord &tensor = checkpoint.tensors[i];
        const std::string_view file =
            tensor.file < checkpoint.files.size() ? std::string_view(checkpoint.files[tensor.file].name) : "";
        if (matches(tensor, file, config))
            out.push_back(i);
    }
    return out;
}

tl::expected<TensorQuery, QueryProblem> parseTensorQuery(std::string_view text)
{
    return QueryReader().read(text);
}

TensorRole roleOf(const TensorRecord &tensor, const ModelConfig &config)
{
    LeafGroup group;
    group.tensor = &tensor;
    group.pattern = tensor.name;
    return kindOf(group, config, "").role;
}

const char *tensorRoleName(TensorRole role)
{
    static constexpr std::array kNames{ASSAY_TEXT("Query", "weight"), ASSAY_TEXT("Query", "scale"),
                                       ASSAY_TEXT("Query", "buffer")};
    return kNames[size_t(role)];
}

} // namespace assay
