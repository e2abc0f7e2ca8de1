// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/functions.h"
#include "core/tokenizer/template/operators.h"
#include "core/tokenizer/template/pythontext.h"

#include <algorithm>

namespace assay::jinja {
namespace {

const char *const kUnfit = ASSAY_TEXT("Reason", "the arguments of a call do not fit");

/// What is left of the arguments behind the first ones: they go on to a filter or test.
Arguments behind(const Given &given, size_t count)
{
    Arguments rest = given.rest;
    rest.positional.erase(rest.positional.begin(), rest.positional.begin() + long(std::min(count, rest.positional.size())));
    return rest;
}

const Value *named(const Given &given, std::string_view name)
{
    for (const auto &[key, value] : given.rest.named) {
        if (key == name)
            return &value;
    }
    return nullptr;
}

Value map(Interpreter &run, const Value &self, const Given &given)
{
    const Value *attribute = given.rest.positional.empty() ? named(given, "attribute") : nullptr;
    if (!truth(self))
        return run.generator({}); // whatever it is
    if (!attribute && given.rest.positional.empty())
        return run.fail(kUnfit);
    const Value *fallback = named(given, "default");
    const SequencePointer items = run.iterate(self);
    std::vector<Value> out;
    for (size_t i = 0; items && i < items->items.size() && run.step(); ++i) {
        if (!attribute) {
            out.push_back(run.filter(printed(run, given.rest.positional[0]), items->items[i], behind(given, 1)));
            continue;
        }
        const Value value = memberAt(run, items->items[i], printed(run, *attribute));
        out.push_back(value.isUndefined() && fallback ? *fallback : value);
    }
    return run.alive() ? run.generator(std::move(out)) : Value();
}

/// The items that pass a test, or those that do not; member: a member of each is asked instead of itself.
template <bool wanted, bool member>
Value select(Interpreter &run, const Value &self, const Given &given)
{
    const auto &arguments = given.rest.positional;
    if (!truth(self))
        return run.generator({}); // whatever it is
    if (member && arguments.empty())
        return run.fail(kUnfit);
    const SequencePointer items = run.iterate(self);
    const size_t place = member ? 1 : 0;
    std::vector<Value> out;
    for (size_t i = 0; items && i < items->items.size() && run.step(); ++i) {
        const Value &item = items->items[i];
        const Value value = member ? memberAt(run, item, printed(run, arguments[0])) : item;
        const bool passes = arguments.size() > place ? truth(run.test(printed(run, arguments[place]), value, behind(given, place + 1))) : truth(value);
        if (run.alive() && passes == wanted)
            out.push_back(item);
    }
    return run.alive() ? run.generator(std::move(out)) : Value();
}

/// Pairs of what the items have in common and the items.
Value groupBy(Interpreter &run, const Value &self, const Given &given)
{
    Given how;
    how.places = {std::nullopt, given.orElse(2, Value::boolean(false)), given[0]};
    const Function *sort = findFilter("sort");
    const Value sorted = sort->native(run, self, how);
    std::vector<Value> groups, members;
    Value key;
    const auto close = [&] {
        if (!members.empty())
            groups.push_back(run.tuple({key, run.list(std::exchange(members, {}))}));
    };
    for (size_t i = 0; run.alive() && i < sorted.sequence()->items.size(); ++i) {
        const Value &item = sorted.sequence()->items[i];
        Value other = memberAt(run, item, printed(run, given[0]));
        if (other.isUndefined() && given.has(1))
            other = given[1];
        if (!members.empty() && !equal(run, key, other))
            close();
        if (members.empty())
            key = other;
        members.push_back(item);
    }
    close();
    return run.alive() ? run.list(std::move(groups)) : Value();
}

constexpr Function kFilters[] = {
    {"map", "*,**", 0, map},
    {"select", "*,**", 0, select<true, false>},
    {"reject", "*,**", 0, select<false, false>},
    {"selectattr", "*,**", 0, select<true, true>},
    {"rejectattr", "*,**", 0, select<false, true>},
    {"groupby", "attribute,default,case_sensitive", 1, groupBy},
};

} // namespace

std::span<const Function> selectionFilters()
{
    return kFilters;
}

} // namespace assay::jinja
