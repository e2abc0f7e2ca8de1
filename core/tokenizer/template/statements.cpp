// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/interpreter.h"
#include "core/tokenizer/template/pythontext.h"

namespace assay::jinja {
namespace {

using Kind = Statement::Kind;

const char *const kUnpacked = ASSAY_TEXT("Reason", "a value has not as many parts as are taken from it");

} // namespace

std::string Interpreter::write(const Block &block, Scope &scope)
{
    std::string out;
    execute(block, scope, out);
    return out;
}

Interpreter::Flow Interpreter::execute(const Block &block, Scope &scope, std::string &out)
{
    const Depth depth(*this);
    for (const Statement &statement : block) {
        if (!depth || !step())
            break;
        if (const Flow flow = execute(statement, scope, out); flow != Flow::Next)
            return flow;
    }
    return Flow::Next;
}

Interpreter::Flow Interpreter::execute(const Statement &statement, Scope &scope, std::string &out)
{
    atLine(statement.line);
    switch (statement.kind) {
    case Kind::Text: append(out, statement.text); break;
    case Kind::Output: output(statement, scope, out); break;
    case Kind::For: return repeat(statement, scope, out);
    case Kind::If: return choose(statement, scope, out);
    case Kind::Set: assign(statement.targets[0], evaluate(*statement.expressions[0], scope), scope); break;
    case Kind::SetBlock: return assignBlock(statement, scope, out);
    case Kind::Macro: define(statement, scope); break;
    case Kind::Call: callBlock(statement, scope, out); break;
    case Kind::Filter: return assignBlock(statement, scope, out);
    case Kind::With:
    case Kind::Scope: return with(statement, scope, out);
    case Kind::Break: return Flow::Break;
    case Kind::Continue: return Flow::Continue;
    }
    return Flow::Next;
}

void Interpreter::append(std::string &out, std::string_view text)
{
    if (!charge(text.size()))
        return;
    if (out.size() + text.size() > limits().outputBytes)
        stop(ASSAY_TEXT("Reason", "it makes too much text"));
    else
        out += text;
}

void Interpreter::output(const Statement &statement, Scope &scope, std::string &out)
{
    for (const ExpressionPointer &expression : statement.expressions) {
        const Value value = evaluate(*expression, scope);
        if (!alive())
            return;
        if (const Text *text = value.text())
            append(out, text->bytes);
        else
            append(out, printed(*this, value));
    }
}

Interpreter::Flow Interpreter::choose(const Statement &statement, Scope &scope, std::string &out)
{
    for (size_t i = 0; i < statement.expressions.size(); ++i) {
        const bool chosen = truth(evaluate(*statement.expressions[i], scope));
        if (!alive())
            return Flow::Next;
        if (chosen)
            return execute(statement.bodies[i], scope, out);
    }
    const bool hasElse = statement.bodies.size() > statement.expressions.size();
    return hasElse ? execute(statement.bodies.back(), scope, out) : Flow::Next;
}

Interpreter::Flow Interpreter::repeat(const Statement &statement, Scope &scope, std::string &out)
{
    const Value over = evaluate(*statement.expressions[0], scope);
    return alive() ? repeat(statement, scope, over, 1, out) : Flow::Next;
}

/// Whether the loop has an item of this index: looks for those that fulfil its condition.
bool Interpreter::reach(LoopState &loop, size_t index)
{
    const Expression *condition = loop.statement->expressions[1].get();
    while (condition && loop.passed.size() <= index && loop.seen < loop.all->items.size() && alive()) {
        const Value &item = loop.all->items[loop.seen++];
        Inner inner(*this, loop.outer);
        assign(loop.statement->targets[0], item, *inner);
        if (truth(evaluate(*condition, *inner)) && charge(sizeof(Value)))
            loop.passed.push_back(item);
    }
    return alive() && index < loop.items().size();
}

int64_t Interpreter::lengthOfLoop(LoopState &loop)
{
    reach(loop, SIZE_MAX);
    return int64_t(loop.items().size());
}

Interpreter::Flow Interpreter::repeat(const Statement &statement, Scope &scope, const Value &over, int depth, std::string &out)
{
    const auto loop = std::make_shared<LoopState>();
    loop->all = iterate(over);
    loop->depth = depth;
    loop->statement = &statement;
    loop->outer = &scope;
    for (; loop->all && reach(*loop, loop->index); ++loop->index) {
        Inner inner(*this, &scope);
        (*inner).set("loop", Value(Value::Content(loop)));
        assign(statement.targets[0], loop->items()[loop->index], *inner);
        if (!step() || execute(statement.bodies[0], *inner, out) == Flow::Break)
            break;
    }
    // Jinja's else runs when the loop had nothing to go through, not as Python's.
    if (!alive() || !loop->items().empty() || statement.bodies.size() < 2)
        return Flow::Next;
    Inner inner(*this, &scope);
    return execute(statement.bodies[1], *inner, out);
}

void Interpreter::assign(const Target &target, const Value &value, Scope &scope)
{
    if (!alive())
        return;
    if (!target.parts.empty()) {
        const SequencePointer items = iterate(value);
        if (items && (items->items.size() != target.parts.size() || value.isUndefined()))
            fail(kUnpacked);
        for (size_t i = 0; alive() && i < target.parts.size(); ++i)
            assign(target.parts[i], items->items[i], scope);
    } else if (target.member.empty()) {
        scope.set(target.name, value);
    } else {
        const Value *found = scope.find(target.name);
        auto *const *space = found ? found->as<Namespace *>() : nullptr;
        if (space)
            (*space)->set(target.member, value);
        else
            fail(ASSAY_TEXT("Reason", "it sets a member of what is no namespace"));
    }
}

Value Interpreter::filtered(const Expression *filters, std::string text, Scope &scope)
{
    const Value value = this->text(std::move(text));
    if (!filters || !alive())
        return value;
    Inner inner(*this, &scope);
    (*inner).set(kBlockText, value);
    return evaluate(*filters, *inner);
}

/// {% set x %}...{% endset %} and {% filter f %}...{% endfilter %}.
Interpreter::Flow Interpreter::assignBlock(const Statement &statement, Scope &scope, std::string &out)
{
    std::string body;
    Inner inner(*this, &scope);
    const Flow flow = execute(statement.bodies[0], *inner, body);
    if (flow != Flow::Next || !alive())
        return flow;
    const Value value = filtered(statement.expressions[0].get(), std::move(body), scope);
    if (statement.kind == Kind::SetBlock)
        assign(statement.targets[0], value, scope);
    else if (alive())
        append(out, printed(*this, value));
    return Flow::Next;
}

void Interpreter::define(const Statement &statement, Scope &scope)
{
    scope.set(statement.macro->name, makeMacro(*statement.macro, scope));
}

void Interpreter::callBlock(const Statement &statement, Scope &scope, std::string &out)
{
    const Expression &expression = *statement.expressions[0];
    const Value callee = evaluate(*expression.parts[0], scope);
    Arguments arguments = argumentsOf(expression.arguments, scope);
    arguments.named.emplace_back("caller", makeMacro(*statement.macro, scope));
    const Value value = call(callee, std::move(arguments));
    if (alive())
        append(out, printed(*this, value));
}

Interpreter::Flow Interpreter::with(const Statement &statement, Scope &scope, std::string &out)
{
    Inner inner(*this, &scope);
    for (size_t i = 0; i < statement.targets.size(); ++i)
        assign(statement.targets[i], evaluate(*statement.expressions[i], scope), *inner);
    return alive() ? execute(statement.bodies[0], *inner, out) : Flow::Next;
}

} // namespace assay::jinja
