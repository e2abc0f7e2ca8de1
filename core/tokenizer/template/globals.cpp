// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/functions.h"
#include "core/tokenizer/template/operators.h"
#include "core/tokenizer/template/pythontext.h"

#include <algorithm>

namespace assay::jinja {
namespace {

constexpr int64_t kLongestRange = 100'000; // jinja2's sandbox: MAX_RANGE

Value range(Interpreter &run, const Value &, const Given &given)
{
    int64_t numbers[3] = {0, wholeOf(run, given[0]), 1};
    if (given.has(1)) {
        numbers[0] = numbers[1];
        numbers[1] = wholeOf(run, given[1]);
    }
    if (given.has(2))
        numbers[2] = wholeOf(run, given[2]);
    const auto [start, stop, step] = numbers;
    if (!run.alive() || step == 0)
        return run.fail(ASSAY_TEXT("Reason", "the arguments of a call do not fit"));
    // In unsigned arithmetic no difference of two numbers is too large.
    const uint64_t distance = step > 0 ? uint64_t(stop) - uint64_t(start) : uint64_t(start) - uint64_t(stop);
    const uint64_t width = step > 0 ? uint64_t(step) : 0 - uint64_t(step);
    const bool any = step > 0 ? start < stop : start > stop;
    const uint64_t count = any ? (distance - 1) / width + 1 : 0;
    if (count > kLongestRange) {
        run.stop(ASSAY_TEXT("Reason", "a range has more than 100,000 numbers"));
        return {};
    }
    std::vector<Value> items;
    for (int64_t i = 0; i < int64_t(count); ++i)
        items.push_back(Value::integer(start + i * step));
    std::string shown = "range(" + std::to_string(start) + ", " + std::to_string(stop);
    return run.sequence(Sequence::Kind::Range, std::move(items), shown + (step == 1 ? ")" : ", " + std::to_string(step) + ")"));
}

/// The entries of dict(mapping, a=1) or namespace(...).
std::vector<std::pair<Value, Value>> entriesOf(Interpreter &run, const Given &given)
{
    std::vector<std::pair<Value, Value>> entries;
    if (given.has(0) && given[0].dict()) {
        entries = given[0].dict()->entries;
    } else if (given.has(0)) {
        const SequencePointer pairs = run.iterate(given[0]);
        for (size_t i = 0; pairs && i < pairs->items.size(); ++i) {
            const SequencePointer pair = run.iterate(pairs->items[i]);
            if (!pair || pair->items.size() != 2) {
                run.fail(ASSAY_TEXT("Reason", "the arguments of a call do not fit"));
                break;
            }
            entries.emplace_back(pair->items[0], pair->items[1]);
        }
    }
    for (const auto &[name, value] : given.rest.named)
        entries.emplace_back(Value::text(name), value);
    return entries;
}

Value dict(Interpreter &run, const Value &, const Given &given)
{
    auto entries = entriesOf(run, given);
    return run.alive() ? run.dict(std::move(entries)) : Value();
}

Value makeNamespace(Interpreter &run, const Value &, const Given &given)
{
    const auto entries = entriesOf(run, given);
    if (!run.charge(sizeof(Namespace) + entries.size() * 4 * sizeof(Value)))
        return {};
    Namespace *space = run.makeNamespace();
    for (const auto &[key, value] : entries) {
        if (key.text())
            space->set(key.text()->bytes, value);
    }
    return Value(Value::Content(space));
}

Value raiseException(Interpreter &run, const Value &, const Given &given)
{
    return run.fail(printed(run, given[0]));
}

Value formattedTime(Interpreter &run, const Value &, const Given &given)
{
    const Text *format = given[0].text();
    char buffer[1024];
    if (!format || format->bytes.size() > 200)
        return run.fail(ASSAY_TEXT("Reason", "the arguments of a call do not fit"));
    if (format->bytes.empty())
        return run.text({});
    const size_t size = std::strftime(buffer, sizeof buffer, format->bytes.c_str(), &run.now());
    return run.text(validUtf8({buffer, size}));
}

constexpr Function kGlobals[] = {
    {"range", "start,stop,step", 1, range},
    {"dict", " ,**", 0, dict},
    {"namespace", " ,**", 0, makeNamespace},
    {"raise_exception", "message", 1, raiseException},
    {"strftime_now", "format", 1, formattedTime},
};

} // namespace

std::span<const Function> globalFunctions()
{
    return kGlobals;
}

void addGlobals(Scope &scope)
{
    for (const Function &function : kGlobals) {
        auto callable = std::make_shared<Callable>();
        callable->name = function.name;
        callable->function = &function;
        scope.set(function.name, Value(Value::Content(CallablePointer(std::move(callable)))));
    }
}

const Function *findIn(std::span<const Function> table, std::string_view name)
{
    const auto found = std::find_if(table.begin(), table.end(), [name](const Function &function) { return function.name == name; });
    return found == table.end() ? nullptr : &*found;
}

const Function *findFilter(std::string_view name)
{
    for (const auto table : {textFilters(), numberFilters(), listFilters(), selectionFilters()}) {
        if (const Function *found = findIn(table, name))
            return found;
    }
    return nullptr;
}

Value asText(Interpreter &run, const Value &value)
{
    return value.text() ? value : run.text(printed(run, value));
}

int64_t wholeOf(Interpreter &run, const Value &value)
{
    const auto whole = value.integer();
    if (!whole)
        run.fail(ASSAY_TEXT("Reason", "the arguments of a call do not fit"));
    return whole.value_or(0);
}

} // namespace assay::jinja
