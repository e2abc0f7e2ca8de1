// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/codepoints.h"
#include "core/tokenizer/template/functions.h"
#include "core/tokenizer/template/operators.h"
#include "core/tokenizer/template/pythontext.h"

#include <algorithm>

namespace assay::jinja {
namespace {

bool isNumber(const Value &value)
{
    return value.number().has_value();
}

bool isIterable(const Value &value)
{
    return value.isUndefined() || value.text() || value.sequence() || value.dict() || value.as<LoopPointer>();
}

bool isSequence(const Value &value)
{
    return value.isUndefined() || value.text() || value.dict() || (value.sequence() && value.sequence()->indexed());
}

/// A test that asks nothing but the value's kind.
template <bool (*check)(const Value &)>
Value kind(Interpreter &, const Value &self, const Given &)
{
    return Value::boolean(check(self));
}

template <Operator op>
Value comparison(Interpreter &run, const Value &self, const Given &given)
{
    const bool holds = compared(run, op, self, given[0]);
    return run.alive() ? Value::boolean(holds) : Value();
}

Value remainder(Interpreter &run, const Value &self, const Value &by, int64_t wanted)
{
    const Value rest = binary(run, Operator::Modulo, self, by);
    return run.alive() ? Value::boolean(equal(run, rest, Value::integer(wanted))) : Value();
}

Value odd(Interpreter &run, const Value &self, const Given &)
{
    return remainder(run, self, Value::integer(2), 1);
}

Value even(Interpreter &run, const Value &self, const Given &)
{
    return remainder(run, self, Value::integer(2), 0);
}

Value divisible(Interpreter &run, const Value &self, const Given &given)
{
    return remainder(run, self, given[0], 0);
}

template <Case wanted>
Value inCase(Interpreter &run, const Value &self, const Given &)
{
    return Value::boolean(allCased(decoded(printed(run, self)), wanted));
}

/// The same object, as far as that can be told of values without a place in memory.
Value same(Interpreter &run, const Value &self, const Given &given)
{
    const bool kinds = self.kindIndex() == given[0].kindIndex();
    const bool holds = kinds && (self.sequence() ? self.sequence() == given[0].sequence()
                                 : self.dict()   ? self.dict() == given[0].dict()
                                                 : equal(run, self, given[0]));
    return Value::boolean(holds);
}

Value knownFilter(Interpreter &, const Value &self, const Given &)
{
    return Value::boolean(self.text() && findFilter(self.text()->bytes));
}

Value knownTest(Interpreter &, const Value &self, const Given &)
{
    return Value::boolean(self.text() && findTest(self.text()->bytes));
}

constexpr Function kTests[] = {
    {"defined", "", 0, kind<[](const Value &v) { return !v.isUndefined(); }>},
    {"undefined", "", 0, kind<[](const Value &v) { return v.isUndefined(); }>},
    {"none", "", 0, kind<[](const Value &v) { return v.isNone(); }>},
    {"boolean", "", 0, kind<[](const Value &v) { return v.as<bool>() != nullptr; }>},
    {"true", "", 0, kind<[](const Value &v) { return v.as<bool>() && *v.as<bool>(); }>},
    {"false", "", 0, kind<[](const Value &v) { return v.as<bool>() && !*v.as<bool>(); }>},
    {"integer", "", 0, kind<[](const Value &v) { return v.as<int64_t>() != nullptr; }>},
    {"float", "", 0, kind<[](const Value &v) { return v.as<double>() != nullptr; }>},
    {"number", "", 0, kind<isNumber>},
    {"string", "", 0, kind<[](const Value &v) { return v.text() != nullptr; }>},
    {"mapping", "", 0, kind<[](const Value &v) { return v.dict() != nullptr; }>},
    {"iterable", "", 0, kind<isIterable>},
    {"sequence", "", 0, kind<isSequence>},
    {"callable", "", 0, kind<[](const Value &v) { return v.isUndefined() || v.as<CallablePointer>() || v.as<LoopPointer>(); }>},
    {"escaped", "", 0, kind<[](const Value &v) { return v.text() && v.text()->markup; }>},
    {"odd", "", 0, odd},
    {"even", "", 0, even},
    {"divisibleby", "num", 1, divisible},
    {"lower", "", 0, inCase<Case::Lower>},
    {"upper", "", 0, inCase<Case::Upper>},
    {"sameas", "other", 1, same},
    {"filter", "", 0, knownFilter},
    {"test", "", 0, knownTest},
    {"in", "seq", 1, comparison<Operator::In>},
    {"eq", "other", 1, comparison<Operator::Equal>},
    {"equalto", "other", 1, comparison<Operator::Equal>},
    {"==", "other", 1, comparison<Operator::Equal>},
    {"ne", "other", 1, comparison<Operator::NotEqual>},
    {"!=", "other", 1, comparison<Operator::NotEqual>},
    {"gt", "other", 1, comparison<Operator::Greater>},
    {"greaterthan", "other", 1, comparison<Operator::Greater>},
    {">", "other", 1, comparison<Operator::Greater>},
    {"ge", "other", 1, comparison<Operator::GreaterEqual>},
    {">=", "other", 1, comparison<Operator::GreaterEqual>},
    {"lt", "other", 1, comparison<Operator::Less>},
    {"lessthan", "other", 1, comparison<Operator::Less>},
    {"<", "other", 1, comparison<Operator::Less>},
    {"le", "other", 1, comparison<Operator::LessEqual>},
    {"<=", "other", 1, comparison<Operator::LessEqual>},
};

} // namespace

const Function *findTest(std::string_view name)
{
    return findIn(kTests, name);
}

} // namespace assay::jinja
