// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/codepoints.h"
#include "core/tokenizer/template/functions.h"
#include "core/tokenizer/template/operators.h"
#include "core/tokenizer/template/pythontext.h"

#include <algorithm>

namespace assay::jinja {
namespace {

const char *const kUnfit = ASSAY_TEXT("Reason", "the arguments of a call do not fit");

Value length(Interpreter &run, const Value &self, const Given &)
{
    if (self.isUndefined())
        return Value::integer(0);
    if (self.text())
        return Value::integer(lengthOf(*self.text()));
    if (self.dict())
        return Value::integer(int64_t(self.dict()->entries.size()));
    if (const auto *loop = self.as<LoopPointer>())
        return Value::integer(run.lengthOfLoop(**loop));
    const Sequence *sequence = self.sequence();
    if (!sequence || sequence->kind == Sequence::Kind::Generator)
        return run.fail(ASSAY_TEXT("Reason", "it asks for the length of what has none"));
    return Value::integer(int64_t(sequence->items.size()));
}

Value first(Interpreter &run, const Value &self, const Given &)
{
    const SequencePointer items = run.iterate(self);
    return items && !items->items.empty() ? items->items.front() : Value();
}

Value last(Interpreter &run, const Value &self, const Given &)
{
    if (self.sequence() && self.sequence()->kind == Sequence::Kind::Generator)
        return run.fail(kUnfit);
    const SequencePointer items = run.iterate(self);
    return items && !items->items.empty() ? items->items.back() : Value();
}

Value asList(Interpreter &run, const Value &self, const Given &)
{
    const SequencePointer items = run.iterate(self);
    return items ? run.list(items->items) : Value();
}

Value join(Interpreter &run, const Value &self, const Given &given)
{
    const std::string between = given.has(0) ? printed(run, given[0]) : std::string();
    const SequencePointer items = run.iterate(self);
    std::string out;
    for (size_t i = 0; items && i < items->items.size() && run.alive(); ++i) {
        if (i > 0 && run.charge(between.size()))
            out += between;
        const Value &item = items->items[i];
        out += printed(run, given.has(1) && !given[1].isNone() ? memberAt(run, item, printed(run, given[1])) : item);
    }
    return run.alive() ? run.text(std::move(out)) : Value();
}

Value reversed(Interpreter &run, const Value &self, const Given &)
{
    if (const Text *text = self.text()) {
        std::u32string characters = decoded(text->bytes);
        std::reverse(characters.begin(), characters.end());
        return run.text(encoded(characters));
    }
    const SequencePointer items = run.iterate(self);
    return items ? run.generator({items->items.rbegin(), items->items.rend()}) : Value();
}

/// Items with what they are ordered or told apart by: themselves or a member, texts in lower case unless asked.
std::vector<std::pair<Value, Value>> keyed(Interpreter &run, const Value &self, bool caseSensitive, const Value &attribute)
{
    std::vector<std::pair<Value, Value>> out;
    const SequencePointer items = run.iterate(self);
    for (size_t i = 0; items && i < items->items.size() && run.step(); ++i) {
        const Value &item = items->items[i];
        Value key = attribute.isUndefined() || attribute.isNone() ? item : memberAt(run, item, printed(run, attribute));
        if (key.text() && !caseSensitive)
            key = run.text(cased(key.text()->bytes, Case::Lower));
        out.emplace_back(std::move(key), item);
    }
    return out;
}

Value sorted(Interpreter &run, const Value &self, const Given &given)
{
    auto items = keyed(run, self, given.isTrue(1, false), given.orElse(2, Value::none()));
    const bool backwards = given.isTrue(0, false);
    std::stable_sort(items.begin(), items.end(), [&](const auto &a, const auto &b) {
        return run.alive() && (backwards ? less(run, b.first, a.first) : less(run, a.first, b.first));
    });
    std::vector<Value> out;
    for (auto &entry : items)
        out.push_back(std::move(entry.second));
    return run.alive() ? run.list(std::move(out)) : Value();
}

Value unique(Interpreter &run, const Value &self, const Given &given)
{
    std::vector<Value> out;
    std::unordered_map<std::string, bool> seen;
    for (auto &[key, item] : keyed(run, self, given.isTrue(0, false), given.orElse(1, Value::none()))) {
        const auto spelled = keyOf(key);
        if (!spelled)
            return run.fail(kUnfit);
        if (seen.emplace(*spelled, true).second)
            out.push_back(item);
    }
    return run.alive() ? run.generator(std::move(out)) : Value();
}

template <bool largest>
Value extreme(Interpreter &run, const Value &self, const Given &given)
{
    const auto items = keyed(run, self, given.isTrue(0, false), given.orElse(1, Value::none()));
    if (items.empty())
        return {};
    size_t best = 0;
    for (size_t i = 1; i < items.size() && run.alive(); ++i) {
        if (largest ? less(run, items[best].first, items[i].first) : less(run, items[i].first, items[best].first))
            best = i;
    }
    return items[best].second;
}

Value sum(Interpreter &run, const Value &self, const Given &given)
{
    Value total = given.orElse(1, Value::integer(0));
    const SequencePointer items = run.iterate(self);
    const bool member = given.has(0) && !given[0].isNone();
    if (total.text())
        return run.fail(kUnfit);
    for (size_t i = 0; items && i < items->items.size() && run.alive(); ++i)
        total = binary(run, Operator::Add, total, member ? memberAt(run, items->items[i], printed(run, given[0])) : items->items[i]);
    return total;
}

/// Rows of so many items; the last one may be filled up.
Value batch(Interpreter &run, const Value &self, const Given &given)
{
    const int64_t width = wholeOf(run, given[0]);
    const SequencePointer items = run.iterate(self);
    if (!items || !run.alive() || width < 1 || width > 1'000'000)
        return run.fail(kUnfit);
    std::vector<Value> rows;
    for (size_t at = 0; at < items->items.size(); at += size_t(width)) {
        const size_t end = std::min(items->items.size(), at + size_t(width));
        std::vector<Value> row(items->items.begin() + long(at), items->items.begin() + long(end));
        if (given.has(1) && !given[1].isNone())
            row.resize(size_t(width), given[1]);
        rows.push_back(run.list(std::move(row)));
    }
    return run.generator(std::move(rows));
}

/// So many columns, the first ones longer by one.
Value columns(Interpreter &run, const Value &self, const Given &given)
{
    const int64_t count = wholeOf(run, given[0]);
    const SequencePointer items = run.iterate(self);
    if (!items || !run.alive() || count < 1 || count > 100'000)
        return run.fail(kUnfit);
    const size_t each = items->items.size() / size_t(count), longer = items->items.size() % size_t(count);
    std::vector<Value> out;
    size_t at = 0;
    for (size_t i = 0; i < size_t(count); ++i) {
        const size_t end = at + each + (i < longer);
        std::vector<Value> column(items->items.begin() + long(at), items->items.begin() + long(end));
        if (given.has(1) && !given[1].isNone() && i >= longer)
            column.push_back(given[1]);
        out.push_back(run.list(std::move(column)));
        at = end;
    }
    return run.generator(std::move(out));
}

std::vector<Value> pairsOf(Interpreter &run, const Dict &dict)
{
    std::vector<Value> pairs;
    for (const auto &[key, value] : dict.entries)
        pairs.push_back(run.tuple({key, value}));
    return pairs;
}

Value items(Interpreter &run, const Value &self, const Given &)
{
    if (self.isUndefined())
        return run.generator({});
    return self.dict() ? run.generator(pairsOf(run, *self.dict())) : run.fail(kUnfit);
}

Value sortedDict(Interpreter &run, const Value &self, const Given &given)
{
    const std::string by = given.has(1) ? printed(run, given[1]) : "key";
    if (!self.dict() || (by != "key" && by != "value"))
        return run.fail(kUnfit);
    const Value list = run.list(pairsOf(run, *self.dict()));
    Given how;
    how.places = {given.orElse(2, Value::boolean(false)), given.orElse(0, Value::boolean(false)), Value::integer(by == "key" ? 0 : 1)};
    return run.alive() ? sorted(run, list, how) : Value();
}

Value orDefault(Interpreter &run, const Value &self, const Given &given)
{
    const bool missing = self.isUndefined() || (given.isTrue(1, false) && !truth(self));
    return missing ? given.orElse(0, run.text({})) : self;
}

Value attribute(Interpreter &run, const Value &self, const Given &given)
{
    const Value found = run.attribute(self, printed(run, given[0]));
    return self.dict() && !found.as<CallablePointer>() ? Value() : found;
}

constexpr Function kFilters[] = {
    {"length", "", 0, length},
    {"count", "", 0, length},
    {"first", "", 0, first},
    {"last", "", 0, last},
    {"list", "", 0, asList},
    {"join", "d,attribute", 0, join},
    {"reverse", "", 0, reversed},
    {"sort", "reverse,case_sensitive,attribute", 0, sorted},
    {"unique", "case_sensitive,attribute", 0, unique},
    {"min", "case_sensitive,attribute", 0, extreme<false>},
    {"max", "case_sensitive,attribute", 0, extreme<true>},
    {"sum", "attribute,start", 0, sum},
    {"batch", "linecount,fill_with", 1, batch},
    {"slice", "slices,fill_with", 1, columns},
    {"items", "", 0, items},
    {"dictsort", "case_sensitive,by,reverse", 0, sortedDict},
    {"default", "default_value,boolean", 0, orDefault},
    {"d", "default_value,boolean", 0, orDefault},
    {"attr", "name", 1, attribute},
};

} // namespace

std::span<const Function> listFilters()
{
    return kFilters;
}

Value memberAt(Interpreter &run, const Value &object, std::string_view path)
{
    Value value = object;
    while (run.alive()) {
        const size_t dot = std::min(path.find('.'), path.size());
        const std::string part(path.substr(0, dot));
        const bool number = !part.empty() && part.size() < 10 && part.find_first_not_of("0123456789") == std::string::npos;
        value = run.item(value, number ? Value::integer(std::stol(part)) : Value::text(part));
        if (dot == path.size())
            break;
        path.remove_prefix(dot + 1);
    }
    return value;
}

} // namespace assay::jinja
