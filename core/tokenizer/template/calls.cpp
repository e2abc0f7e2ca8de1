// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/functions.h"
#include "core/tokenizer/template/interpreter.h"

#include <algorithm>

namespace assay::jinja {
namespace {

const char *const kArguments = ASSAY_TEXT("Reason", "the arguments of a call do not fit");

} // namespace

Value Interpreter::call(const Value &callee, Arguments arguments)
{
    const Depth depth(*this);
    if (!depth || !step())
        return {};
    if (callee.isUndefined())
        return failUndefined(callee);
    if (const auto *loop = callee.as<LoopPointer>())
        return callLoop(**loop, arguments);
    const auto *callable = callee.as<CallablePointer>();
    if (!callable)
        return fail(ASSAY_TEXT("Reason", "it calls what is no function"));
    const CallablePointer kept = *callable;
    return kept->macro ? callMacro(*kept, arguments) : callFunction(*kept->function, kept->self, std::move(arguments));
}

Value Interpreter::makeMacro(const Macro &macro, Scope &scope)
{
    auto callable = std::make_shared<Callable>();
    callable->name = macro.name;
    callable->macro = &macro;
    callable->scope = &scope;
    scope.capture();
    charge(sizeof(Scope) + sizeof(Callable));
    return Value(Value::Content(CallablePointer(std::move(callable))));
}

bool Interpreter::fillParameters(const Macro &macro, Arguments &arguments, Scope &scope)
{
    std::vector<const Parameter *> missing;
    for (size_t i = 0; i < macro.parameters.size(); ++i) {
        const Parameter &parameter = macro.parameters[i];
        const auto named = std::find_if(arguments.named.begin(), arguments.named.end(), [&](const auto &entry) { return entry.first == parameter.name; });
        if (i < arguments.positional.size()) {
            scope.set(parameter.name, arguments.positional[i]);
        } else if (named != arguments.named.end()) {
            scope.set(parameter.name, named->second);
            arguments.named.erase(named);
        } else {
            missing.push_back(&parameter);
        }
    }
    for (const Parameter *parameter : missing)
        scope.set(parameter->name, parameter->fallback ? evaluate(*parameter->fallback, scope)
                                                       : Value(Undefined{std::make_shared<const std::string>(parameter->name)}));
    return alive();
}

Value Interpreter::callMacro(const Callable &callable, Arguments &arguments)
{
    const Macro &macro = *callable.macro;
    Inner inner(*this, callable.scope);
    Scope &scope = *inner;
    if (!fillParameters(macro, arguments, scope))
        return {};
    const auto caller = std::find_if(arguments.named.begin(), arguments.named.end(), [](const auto &entry) { return entry.first == "caller"; });
    if (macro.usesCaller) {
        scope.set("caller", caller == arguments.named.end() ? Value(Undefined{std::make_shared<const std::string>("caller")}) : caller->second);
        if (caller != arguments.named.end())
            arguments.named.erase(caller);
    }
    const size_t taken = std::min(macro.parameters.size(), arguments.positional.size());
    std::vector<Value> more(arguments.positional.begin() + long(taken), arguments.positional.end());
    if ((!more.empty() && !macro.usesPositional) || (!arguments.named.empty() && !macro.usesNamed))
        return fail(kArguments);
    if (macro.usesPositional)
        scope.set("varargs", tuple(std::move(more)));
    if (macro.usesNamed) {
        std::vector<std::pair<Value, Value>> entries;
        for (auto &[name, value] : arguments.named)
            entries.emplace_back(Value::text(name), std::move(value));
        scope.set("kwargs", dict(std::move(entries)));
    }
    std::string out;
    const int line = Run::line();
    execute(macro.body, scope, out);
    if (!alive())
        return {};
    atLine(line);
    return text(std::move(out));
}

/// loop(children) within a recursive loop.
Value Interpreter::callLoop(LoopState &loop, Arguments &arguments)
{
    if (!loop.statement->recursive || arguments.positional.size() != 1 || !arguments.named.empty())
        return fail(kArguments);
    std::string out;
    repeat(*loop.statement, *loop.outer, arguments.positional[0], loop.depth + 1, out);
    return alive() ? text(std::move(out)) : Value();
}

} // namespace assay::jinja
