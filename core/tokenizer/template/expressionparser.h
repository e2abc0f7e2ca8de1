// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/template/lexer.h"
#include "core/tokenizer/template/syntax.h"

#include <algorithm>
#include <set>

namespace assay::jinja {

/// Reads expressions from tokens, by Jinja's grammar and precedences. After the first error every token reads as the
/// end, so that whoever is reading comes back soon.
class ExpressionParser
{
public:
    explicit ExpressionParser(std::vector<Token> tokens) : m_tokens(std::move(tokens)) {}

    const Token &current() const { return m_tokens[m_at]; }
    const Token &next() const { return m_tokens[std::min(m_at + 1, m_tokens.size() - 1)]; }
    Token take();
    bool isSymbol(std::string_view symbol) const { return current().type == TokenType::Symbol && current().text == symbol; }
    bool isName(std::string_view name) const { return current().type == TokenType::Name && current().text == name; }
    bool skipSymbol(std::string_view symbol);
    bool skipName(std::string_view name);
    void expectSymbol(std::string_view symbol);
    std::string expectName();
    void fail(std::string reason);
    bool failed() const { return m_error.has_value(); }
    const std::optional<Error> &error() const { return m_error; }

    ExpressionPointer expression(bool conditional = true);
    /// One expression, or several with commas as a tuple. end: a name that ends it.
    ExpressionPointer tuple(bool conditional = true, std::string_view end = {}, bool parentheses = false);
    /// Filters one after another; input null: they stand alone, and the first has no bar before it.
    ExpressionPointer filters(ExpressionPointer input);
    Target target(bool member);
    Target nameTarget();

    /// Names that have been read, for macros that ask who calls them.
    std::set<std::string> &namesSeen() { return m_names; }

private:
    /// Counts levels of expressions within expressions while it lives.
    class Nesting
    {
    public:
        explicit Nesting(ExpressionParser &parser, int levels = 1) : m_parser(parser)
        {
            for (; m_levels < levels && !parser.failed();)
                grow();
        }
        ~Nesting() { m_parser.m_depth -= m_levels; }
        Nesting(const Nesting &) = delete;
        Nesting &operator=(const Nesting &) = delete;
        /// One level more: a chain that grows to the left.
        void grow()
        {
            ++m_levels;
            if (++m_parser.m_depth > kDeepest)
                m_parser.fail(ASSAY_TEXT("Reason", "it is nested too deep"));
        }

    private:
        ExpressionParser &m_parser;
        int m_levels = 0;
    };
    /// Expressions within expressions, at most; each level costs the stack about 2 kB here and in the interpreter.
    static constexpr int kDeepest = 150;
    ExpressionPointer make(Expression::Kind kind) const;
    ExpressionPointer make(Expression::Kind kind, ExpressionPointer part) const;
    ExpressionPointer either();
    ExpressionPointer both();
    ExpressionPointer negation();
    ExpressionPointer comparison();
    std::optional<Operator> comparisonOperator();
    ExpressionPointer sum();
    ExpressionPointer joined();
    ExpressionPointer product();
    ExpressionPointer power();
    ExpressionPointer unary(bool withFilters);
    ExpressionPointer primary();
    ExpressionPointer name();
    ExpressionPointer number();
    ExpressionPointer string();
    ExpressionPointer listLiteral();
    ExpressionPointer dictLiteral();
    ExpressionPointer postfix(ExpressionPointer object);
    ExpressionPointer filterChain(ExpressionPointer object);
    ExpressionPointer member(ExpressionPointer object);
    ExpressionPointer subscript(ExpressionPointer object);
    ExpressionPointer slicePart();
    ExpressionPointer call(ExpressionPointer callee);
    ExpressionPointer test(ExpressionPointer object);
    std::string dottedName();
    CallArguments callArguments();
    bool argument(CallArguments &arguments);
    ExpressionPointer binary(Operator op, ExpressionPointer left, ExpressionPointer right);
    bool endsTuple(std::string_view end) const;

    std::vector<Token> m_tokens;
    size_t m_at = 0;
    int m_depth = 0;
    std::set<std::string> m_names;
    std::optional<Error> m_error;
};

} // namespace assay::jinja
