// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/template/run.h"
#include "core/tokenizer/template/scope.h"

#include <ctime>
#include <deque>

namespace assay::jinja {

/// Walks a template's statements and writes its text, by the rules of Jinja's immutable sandbox. For one rendering.
class Interpreter : public Run
{
public:
    Interpreter(const Limits &limits, const std::tm &now) : Run(limits), m_now(now) {}

    /// The text; whatever there is of it once alive() is false.
    std::string write(const Block &block, Scope &scope);

    Value evaluate(const Expression &expression, Scope &scope);
    Value call(const Value &callee, Arguments arguments);
    Value filter(std::string_view name, const Value &input, Arguments arguments);
    /// A boolean; Undefined after a failure.
    Value test(std::string_view name, const Value &input, Arguments arguments);
    Value callFunction(const Function &function, const Value &self, Arguments arguments);

    Value attribute(const Value &object, std::string_view name);
    Value item(const Value &object, const Value &key);
    /// What a loop over the value goes through; null after a failure. Uses a generator up.
    SequencePointer iterate(const Value &value);
    int64_t lengthOfLoop(LoopState &loop);
    Namespace *makeNamespace() { return &m_namespaces.emplace_back(); }
    /// Fails by what an undefined value says of itself.
    Value failUndefined(const Value &value);
    const std::tm &now() const { return m_now; }

private:
    enum class Flow { Next, Break, Continue };
    /// A block's names; they stay when a macro was made among them.
    class Inner
    {
    public:
        Inner(Interpreter &owner, Scope *parent) : m_owner(owner), m_scope(std::make_unique<Scope>(parent)) {}
        ~Inner()
        {
            if (m_scope->captured())
                m_owner.m_kept.push_back(std::move(m_scope));
        }
        Inner(const Inner &) = delete;
        Inner &operator=(const Inner &) = delete;
        Scope &operator*() { return *m_scope; }

    private:
        Interpreter &m_owner;
        std::unique_ptr<Scope> m_scope;
    };

    Flow execute(const Block &block, Scope &scope, std::string &out);
    Flow execute(const Statement &statement, Scope &scope, std::string &out);
    void append(std::string &out, std::string_view text);
    void output(const Statement &statement, Scope &scope, std::string &out);
    Flow choose(const Statement &statement, Scope &scope, std::string &out);
    Flow repeat(const Statement &statement, Scope &scope, std::string &out);
    Flow repeat(const Statement &statement, Scope &scope, const Value &over, int depth, std::string &out);
    bool reach(LoopState &loop, size_t index);
    void assign(const Target &target, const Value &value, Scope &scope);
    Flow assignBlock(const Statement &statement, Scope &scope, std::string &out);
    Value filtered(const Expression *filters, std::string text, Scope &scope);
    void define(const Statement &statement, Scope &scope);
    void callBlock(const Statement &statement, Scope &scope, std::string &out);
    Flow with(const Statement &statement, Scope &scope, std::string &out);

    Value constantOrName(const Expression &expression, Scope &scope);
    Value literal(const Expression &expression, Scope &scope);
    Value logical(const Expression &expression, Scope &scope);
    Value comparison(const Expression &expression, Scope &scope);
    Value joined(const Expression &expression, Scope &scope);
    Value place(const Expression &expression, Scope &scope);
    Value applied(const Expression &expression, Scope &scope);
    Arguments argumentsOf(const CallArguments &arguments, Scope &scope);
    Value makeMacro(const Macro &macro, Scope &scope);
    Value callMacro(const Callable &callable, Arguments &arguments);
    bool fillParameters(const Macro &macro, Arguments &arguments, Scope &scope);
    Value callLoop(LoopState &loop, Arguments &arguments);
    Value loopAttribute(const LoopPointer &loop, std::string_view name);

    std::tm m_now;
    std::deque<Namespace> m_namespaces;
    std::vector<std::unique_ptr<Scope>> m_kept;
};

} // namespace assay::jinja
