// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/functions.h"
#include "core/tokenizer/template/operators.h"

#include <algorithm>

namespace assay::jinja {
namespace {

const char *const kMissing = ASSAY_TEXT("Reason", "a text or list does not hold what is looked for in it");

Value keys(Interpreter &run, const Value &self, const Given &)
{
    std::vector<Value> out;
    for (const auto &entry : self.dict()->entries)
        out.push_back(entry.first);
    return run.sequence(Sequence::Kind::View, std::move(out), "dict_keys");
}

Value values(Interpreter &run, const Value &self, const Given &)
{
    std::vector<Value> out;
    for (const auto &entry : self.dict()->entries)
        out.push_back(entry.second);
    return run.sequence(Sequence::Kind::View, std::move(out), "dict_values");
}

Value items(Interpreter &run, const Value &self, const Given &)
{
    std::vector<Value> out;
    for (const auto &[key, value] : self.dict()->entries)
        out.push_back(run.tuple({key, value}));
    return run.alive() ? run.sequence(Sequence::Kind::View, std::move(out), "dict_items") : Value();
}

Value get(Interpreter &run, const Value &self, const Given &given)
{
    if (!keyOf(given[0]) && !given[0].isUndefined())
        return run.fail(ASSAY_TEXT("Reason", "the arguments of a call do not fit"));
    const Value *found = self.dict()->find(given[0]);
    return found ? *found : given.orElse(1, Value::none());
}

Value copy(Interpreter &, const Value &self, const Given &)
{
    return self; // nothing can change either of them
}

Value count(Interpreter &run, const Value &self, const Given &given)
{
    int64_t times = 0;
    for (const Value &item : self.sequence()->items)
        times += equal(run, item, given[0]);
    return Value::integer(times);
}

Value index(Interpreter &run, const Value &self, const Given &given)
{
    const auto &all = self.sequence()->items;
    const auto length = int64_t(all.size());
    int64_t bounds[2] = {0, length};
    for (size_t i = 0; i < 2; ++i) {
        const int64_t wanted = given.has(i + 1) ? wholeOf(run, given[i + 1]) : bounds[i];
        bounds[i] = std::clamp<int64_t>(wanted < 0 ? wanted + length : wanted, 0, length);
    }
    for (int64_t i = bounds[0]; i < bounds[1] && run.alive(); ++i) {
        if (equal(run, all[size_t(i)], given[0]))
            return Value::integer(i);
    }
    return run.fail(kMissing);
}

Value cycle(Interpreter &run, const Value &self, const Given &given)
{
    const auto &choices = given.rest.positional;
    if (choices.empty())
        return run.fail(ASSAY_TEXT("Reason", "the arguments of a call do not fit"));
    return choices[(*self.as<LoopPointer>())->index % choices.size()];
}

/// Whether the arguments differ from those of the call before.
Value changed(Interpreter &run, const Value &self, const Given &given)
{
    LoopState &loop = **self.as<LoopPointer>();
    Value now = run.tuple(given.rest.positional);
    if (!isPlain(now)) // a loop must not hold itself
        return run.fail(ASSAY_TEXT("Reason", "the arguments of a call do not fit"));
    const bool differs = !loop.changed || !equal(run, *loop.changed, now);
    loop.changed = std::move(now);
    return Value::boolean(differs);
}

constexpr Function kDictMethods[] = {
    {"keys", "", 0, keys}, {"values", "", 0, values}, {"items", "", 0, items}, {"get", "key,default", 1, get}, {"copy", "", 0, copy},
};
constexpr Function kTupleMethods[] = {
    {"count", "value", 1, count},
    {"index", "value,start,stop", 1, index},
};
constexpr Function kListMethods[] = {
    {"count", "value", 1, count},
    {"index", "value,start,stop", 1, index},
    {"copy", "", 0, copy},
};
constexpr Function kLoopMethods[] = {
    {"cycle", "*", 0, cycle},
    {"changed", "*", 0, changed},
};
constexpr std::string_view kRefusedOfDicts[] = {"clear", "pop", "popitem", "setdefault", "update"};
constexpr std::string_view kRefusedOfLists[] = {"append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove"};

} // namespace

const Function *findMethod(const Value &object, std::string_view name)
{
    if (object.text()) {
        const Function *found = findIn(textMethods(), name);
        return found ? found : findIn(searchMethods(), name);
    }
    if (object.dict())
        return findIn(kDictMethods, name);
    if (object.as<LoopPointer>())
        return findIn(kLoopMethods, name);
    const Sequence *sequence = object.sequence();
    if (!sequence || !sequence->indexed())
        return nullptr;
    return sequence->kind == Sequence::Kind::List ? findIn(kListMethods, name) : findIn(kTupleMethods, name);
}

bool isRefusedMethod(const Value &object, std::string_view name)
{
    const auto in = [name](const auto &names) { return std::find(std::begin(names), std::end(names), name) != std::end(names); };
    if (object.dict())
        return in(kRefusedOfDicts);
    return object.sequence() && object.sequence()->kind == Sequence::Kind::List && in(kRefusedOfLists);
}

} // namespace assay::jinja
