// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/interpreter.h"

#include "core/tokenizer/template/codepoints.h"
#include "core/tokenizer/template/functions.h"
#include "core/tokenizer/template/operators.h"
#include "core/tokenizer/template/pythontext.h"

namespace assay::jinja {
namespace {

using Kind = Expression::Kind;

Value undefinedName(const std::string &name)
{
    return Value(Undefined{std::make_shared<const std::string>(name)});
}

} // namespace

Value Interpreter::failUndefined(const Value &value)
{
    const auto *undefined = value.as<Undefined>();
    return fail(ASSAY_TEXT("Reason", "it uses a value that is undefined"),
                undefined && undefined->name ? std::string_view(*undefined->name) : std::string_view());
}

Value Interpreter::evaluate(const Expression &expression, Scope &scope)
{
    const Depth depth(*this);
    if (!depth || !step())
        return {};
    switch (expression.kind) {
    case Kind::Constant:
    case Kind::Name: return constantOrName(expression, scope);
    case Kind::List:
    case Kind::Tuple:
    case Kind::Dict: return literal(expression, scope);
    case Kind::Attribute:
    case Kind::Item: return place(expression, scope);
    case Kind::Call:
    case Kind::Filter:
    case Kind::Test: return applied(expression, scope);
    case Kind::Not:
    case Kind::And:
    case Kind::Or:
    case Kind::Conditional: return logical(expression, scope);
    case Kind::Compare: return comparison(expression, scope);
    case Kind::Concat: return joined(expression, scope);
    case Kind::Negative:
    case Kind::Positive: {
        const Value value = evaluate(*expression.parts[0], scope);
        if (value.isUndefined())
            return failUndefined(value);
        const Value turned = negative(*this, value);
        return expression.kind == Kind::Negative ? turned : negative(*this, turned);
    }
    case Kind::Binary: {
        const Value left = evaluate(*expression.parts[0], scope);
        const Value right = evaluate(*expression.parts[1], scope);
        return alive() ? binary(*this, expression.op, left, right) : Value();
    }
    case Kind::Slice: break;
    }
    return fail(ASSAY_TEXT("Reason", "it cuts by something that is no whole number, or by steps of 0"));
}

Value Interpreter::constantOrName(const Expression &expression, Scope &scope)
{
    if (expression.kind == Kind::Constant)
        return expression.constant;
    const Value *found = scope.find(expression.name);
    return found ? *found : undefinedName(expression.name);
}

Value Interpreter::literal(const Expression &expression, Scope &scope)
{
    std::vector<Value> items;
    for (const ExpressionPointer &part : expression.parts)
        items.push_back(evaluate(*part, scope));
    if (!alive())
        return {};
    if (expression.kind != Kind::Dict)
        return sequence(expression.kind == Kind::List ? Sequence::Kind::List : Sequence::Kind::Tuple, std::move(items));
    std::vector<std::pair<Value, Value>> entries;
    for (size_t i = 0; i + 1 < items.size(); i += 2)
        entries.emplace_back(std::move(items[i]), std::move(items[i + 1]));
    return dict(std::move(entries));
}

Value Interpreter::logical(const Expression &expression, Scope &scope)
{
    const auto &parts = expression.parts;
    if (expression.kind == Kind::Not)
        return Value::boolean(!truth(evaluate(*parts[0], scope)));
    if (expression.kind == Kind::Conditional) {
        if (truth(evaluate(*parts[0], scope)))
            return evaluate(*parts[1], scope);
        return parts[2] ? evaluate(*parts[2], scope) : Value();
    }
    Value value;
    for (const ExpressionPointer &part : parts) {
        value = evaluate(*part, scope);
        if (!alive() || truth(value) == (expression.kind == Kind::Or))
            break;
    }
    return value;
}

Value Interpreter::comparison(const Expression &expression, Scope &scope)
{
    Value left = evaluate(*expression.parts[0], scope);
    for (size_t i = 0; i < expression.comparisons.size() && alive(); ++i) {
        Value right = evaluate(*expression.parts[i + 1], scope);
        if (!alive() || !compared(*this, expression.comparisons[i], left, right))
            return Value::boolean(false);
        left = std::move(right);
    }
    return Value::boolean(true);
}

Value Interpreter::joined(const Expression &expression, Scope &scope)
{
    std::string text;
    for (const ExpressionPointer &part : expression.parts)
        text += printed(*this, evaluate(*part, scope));
    return alive() ? this->text(std::move(text)) : Value();
}

Value Interpreter::place(const Expression &expression, Scope &scope)
{
    const Value object = evaluate(*expression.parts[0], scope);
    if (!alive())
        return {};
    if (expression.kind == Kind::Attribute)
        return attribute(object, expression.name);
    const Expression &key = *expression.parts[1];
    if (key.kind != Kind::Slice) {
        const Value value = evaluate(key, scope);
        return alive() ? item(object, value) : Value();
    }
    Value bounds[3];
    for (size_t i = 0; i < 3; ++i)
        bounds[i] = key.parts[i] ? evaluate(*key.parts[i], scope) : Value::none();
    return alive() ? sliced(*this, object, &bounds[0], &bounds[1], &bounds[2]) : Value();
}

Arguments Interpreter::argumentsOf(const CallArguments &arguments, Scope &scope)
{
    Arguments out;
    for (const ExpressionPointer &argument : arguments.positional)
        out.positional.push_back(evaluate(*argument, scope));
    for (const auto &[name, argument] : arguments.named)
        out.named.emplace_back(name, evaluate(*argument, scope));
    if (arguments.list) {
        if (const SequencePointer items = iterate(evaluate(*arguments.list, scope)))
            out.positional.insert(out.positional.end(), items->items.begin(), items->items.end());
    }
    if (arguments.dict) {
        const Value value = evaluate(*arguments.dict, scope);
        if (!value.dict())
            fail(ASSAY_TEXT("Reason", "the arguments of a call do not fit"));
        for (size_t i = 0; alive() && i < value.dict()->entries.size(); ++i) {
            const auto &[key, entry] = value.dict()->entries[i];
            out.named.emplace_back(key.text() ? key.text()->bytes : std::string(), entry);
        }
    }
    charge((out.positional.size() + out.named.size()) * sizeof(Value));
    return out;
}

Value Interpreter::applied(const Expression &expression, Scope &scope)
{
    const Value object = evaluate(*expression.parts[0], scope);
    Arguments arguments = argumentsOf(expression.arguments, scope);
    if (!alive())
        return {};
    if (expression.kind == Kind::Call)
        return call(object, std::move(arguments));
    if (expression.kind == Kind::Filter)
        return filter(expression.name, object, std::move(arguments));
    return test(expression.name, object, std::move(arguments));
}

Value Interpreter::filter(std::string_view name, const Value &input, Arguments arguments)
{
    const Function *function = findFilter(name);
    return function ? callFunction(*function, input, std::move(arguments)) : fail(ASSAY_TEXT("Reason", "there is a filter that is not known"), name);
}

Value Interpreter::test(std::string_view name, const Value &input, Arguments arguments)
{
    const Function *function = findTest(name);
    return function ? callFunction(*function, input, std::move(arguments)) : fail(ASSAY_TEXT("Reason", "there is a test that is not known"), name);
}

SequencePointer Interpreter::iterate(const Value &value)
{
    static const SequencePointer kNothing = std::make_shared<const Sequence>();
    if (value.isUndefined())
        return alive() ? kNothing : nullptr;
    if (const auto *held = value.as<SequencePointer>()) {
        const bool again = (*held)->kind == Sequence::Kind::Generator && std::exchange((*held)->consumed, true);
        return again ? kNothing : *held;
    }
    std::vector<Value> items;
    if (const Dict *dict = value.dict()) {
        for (const auto &entry : dict->entries)
            items.push_back(entry.first);
    } else if (const Text *text = value.text()) {
        if (!charge(text->bytes.size() * 2 * sizeof(Value)))
            return nullptr;
        for (const char32_t c : decoded(text->bytes))
            items.push_back(Value::text(encoded({&c, 1})));
    } else {
        fail(ASSAY_TEXT("Reason", "it goes through what is no list"));
        return nullptr;
    }
    const Value list = this->list(std::move(items));
    const auto *held = list.as<SequencePointer>();
    return held ? *held : nullptr;
}

} // namespace assay::jinja
