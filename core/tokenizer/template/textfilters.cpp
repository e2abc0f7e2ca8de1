// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/codepoints.h"
#include "core/tokenizer/template/formatting.h"
#include "core/tokenizer/template/functions.h"
#include "core/tokenizer/template/operators.h"
#include "core/tokenizer/template/pythontext.h"
#include "core/tokenizer/template/textparts.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>
#include <cstdio>

namespace assay::jinja {
namespace {

std::string bytesOf(Interpreter &run, const Value &value)
{
    return printed(run, value);
}

template <Case wanted>
Value inCase(Interpreter &run, const Value &self, const Given &)
{
    return run.text(cased(bytesOf(run, self), wanted));
}

Value capitalized(Interpreter &run, const Value &self, const Given &)
{
    return run.text(capitalizedText(bytesOf(run, self)));
}

/// Words start behind blanks, "-", "(", "{", "[" and "<".
Value titled(Interpreter &run, const Value &self, const Given &)
{
    std::string out;
    bool start = true;
    for (const char32_t c : decoded(bytesOf(run, self))) {
        const bool divides = isSpace(c) || std::u32string_view(U"-({[<").find(c) != std::u32string_view::npos;
        appendCased(out, c, start ? Case::Upper : Case::Lower);
        start = divides;
    }
    return run.text(std::move(out));
}

Value trimmed(Interpreter &run, const Value &self, const Given &given)
{
    const std::string text = bytesOf(run, self);
    if (given.has(0) && !given[0].isNone() && !given[0].text())
        return run.fail(ASSAY_TEXT("Reason", "the arguments of a call do not fit"));
    return run.text(std::string(strippedOf(text, given[0].text(), true, true)));
}

Value replaced(Interpreter &run, const Value &self, const Given &given)
{
    const bool all = !given.has(2) || given[2].isNone();
    return replacedText(run, bytesOf(run, self), bytesOf(run, given[0]), bytesOf(run, given[1]), all ? -1 : wholeOf(run, given[2]));
}

Value asString(Interpreter &run, const Value &self, const Given &)
{
    return asText(run, self);
}

Value safe(Interpreter &run, const Value &self, const Given &)
{
    return run.text(bytesOf(run, self), true);
}

Value escape(Interpreter &run, const Value &self, const Given &)
{
    return self.text() && self.text()->markup ? self : run.text(escaped(bytesOf(run, self)), true);
}

Value forceEscape(Interpreter &run, const Value &self, const Given &)
{
    return run.text(escaped(bytesOf(run, self)), true);
}

Value indented(Interpreter &run, const Value &self, const Given &given)
{
    const Value width = given.orElse(0, Value::integer(4));
    const int64_t blanks = width.text() ? 0 : wholeOf(run, width);
    if (!run.alive() || !run.charge(uint64_t(std::max<int64_t>(blanks, 0))))
        return {};
    const std::string margin = width.text() ? width.text()->bytes : std::string(size_t(std::max<int64_t>(blanks, 0)), ' ');
    const bool first = given.isTrue(1, false), blank = given.isTrue(2, false);
    std::string out;
    if (!self.text())
        return self.isUndefined() ? run.failUndefined(self) : run.fail(ASSAY_TEXT("Reason", "the arguments of a call do not fit"));
    const std::vector<std::string_view> lines = linesOf(self.text()->bytes, false, true);
    for (size_t i = 0; i < lines.size() && run.charge(lines[i].size() + margin.size()); ++i) {
        out += i == 0 ? "" : "\n";
        if (i == 0 ? first : blank || !lines[i].empty())
            out += margin;
        out += lines[i];
    }
    return run.text(std::move(out));
}

Value truncated(Interpreter &run, const Value &self, const Given &given)
{
    if (!self.text())
        return self.isUndefined() ? self : run.fail(ASSAY_TEXT("Reason", "the arguments of a call do not fit"));
    const std::u32string text = decoded(self.text()->bytes);
    const auto length = given.has(0) ? wholeOf(run, given[0]) : 255, leeway = given.has(3) ? wholeOf(run, given[3]) : 5;
    const std::string end = given.has(2) ? bytesOf(run, given[2]) : "...";
    const int64_t kept = length - int64_t(decoded(end).size());
    if (!run.alive() || kept < 0)
        return run.fail(ASSAY_TEXT("Reason", "the arguments of a call do not fit"));
    if (int64_t(text.size()) - leeway <= length)
        return run.text(encoded(text));
    std::u32string part = text.substr(0, size_t(kept));
    if (const size_t blank = part.rfind(U' '); !given.isTrue(1, false) && blank != std::u32string::npos)
        part.resize(blank);
    return run.text(encoded(part) + end);
}

Value centred(Interpreter &run, const Value &self, const Given &given)
{
    return paddedText(run, *asText(run, self).text(), given.has(0) ? wholeOf(run, given[0]) : 80, " ", Side::Both);
}

Value wordCount(Interpreter &run, const Value &self, const Given &)
{
    int64_t words = 0;
    bool inside = false;
    for (const char32_t c : decoded(bytesOf(run, self))) {
        const bool word = isWordCharacter(c);
        words += word && !inside;
        inside = word;
    }
    return Value::integer(words);
}

std::string urlEncoded(std::string_view text, bool slash)
{
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("_.-~").find(c) != std::string_view::npos;
        char buffer[4];
        std::snprintf(buffer, sizeof buffer, "%%%02X", unsigned(uint8_t(c)));
        out += plain || (slash && c == '/') ? std::string(1, c) : buffer;
    }
    return out;
}

Value urlEncode(Interpreter &run, const Value &self, const Given &)
{
    if (self.dict() || self.sequence())
        return run.fail(ASSAY_TEXT("Reason", "the arguments of a call do not fit"));
    return run.text(urlEncoded(bytesOf(run, self), true));
}

Value format(Interpreter &run, const Value &self, const Given &given)
{
    if (!given.rest.positional.empty() && !given.rest.named.empty())
        return run.fail(ASSAY_TEXT("Reason", "the arguments of a call do not fit"));
    const Value pattern = asText(run, self);
    Value values = run.tuple(given.rest.positional);
    if (!given.rest.named.empty()) {
        std::vector<std::pair<Value, Value>> entries;
        for (const auto &[name, value] : given.rest.named)
            entries.emplace_back(Value::text(name), value);
        values = run.dict(std::move(entries));
    }
    return pattern.text() ? formattedByPercent(run, *pattern.text(), values) : Value();
}

/// As transformers sets it: json.dumps, not Jinja's own that escapes for HTML.
Value toJson(Interpreter &run, const Value &self, const Given &given)
{
    JsonStyle style;
    style.ascii = given.isTrue(0, false);
    if (given.has(1) && given[1].text())
        style.indent = given[1].text()->bytes;
    else if (given.has(1) && !given[1].isNone())
        style.indent = std::string(size_t(std::clamp<int64_t>(wholeOf(run, given[1]), 0, 64)), ' ');
    if (given.has(2) && !given[2].isNone()) {
        const Sequence *pair = given[2].sequence();
        if (!pair || pair->items.size() != 2 || !pair->items[0].text() || !pair->items[1].text())
            return run.fail(ASSAY_TEXT("Reason", "the arguments of a call do not fit"));
        style.separators = {pair->items[0].text()->bytes, pair->items[1].text()->bytes};
    }
    style.sorted = given.isTrue(3, false);
    std::string text = run.alive() ? jsonText(run, self, style) : std::string();
    return run.alive() ? run.text(std::move(text)) : Value();
}

constexpr Function kFilters[] = {
    {"upper", "", 0, inCase<Case::Upper>},
    {"lower", "", 0, inCase<Case::Lower>},
    {"capitalize", "", 0, capitalized},
    {"title", "", 0, titled},
    {"trim", "chars", 0, trimmed},
    {"replace", "old,new,count", 2, replaced},
    {"string", "", 0, asString},
    {"safe", "", 0, safe},
    {"escape", "", 0, escape},
    {"e", "", 0, escape},
    {"forceescape", "", 0, forceEscape},
    {"indent", "width,first,blank", 0, indented},
    {"truncate", "length,killwords,end,leeway", 0, truncated},
    {"center", "width", 0, centred},
    {"wordcount", "", 0, wordCount},
    {"urlencode", "", 0, urlEncode},
    {"format", "*,**", 0, format},
    {"tojson", "ensure_ascii,indent,separators,sort_keys", 0, toJson},
};

} // namespace

std::span<const Function> textFilters()
{
    return kFilters;
}

} // namespace assay::jinja
