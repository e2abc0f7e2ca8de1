// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/parser.h"

#include "core/tokenizer/template/expressionparser.h"

#include <algorithm>

namespace assay::jinja {
namespace {

using Kind = Statement::Kind;

constexpr int kDeepestBlock = 60;
constexpr std::string_view kRefused[] = {"include", "import", "from", "extends", "block", "autoescape"};

class Parser
{
public:
    explicit Parser(std::vector<Token> tokens) : m_parser(std::move(tokens)) {}

    Result<Block> run()
    {
        Block block = body({});
        if (m_parser.failed())
            return tl::unexpected(*m_parser.error());
        return block;
    }

private:
    /// Statements up to a block that starts with one of these names, which is not taken; up to the end without any.
    Block body(std::initializer_list<std::string_view> ends)
    {
        Block block;
        const bool fits = ++m_depth <= kDeepestBlock;
        if (!fits)
            m_parser.fail(ASSAY_TEXT("Reason", "it is nested too deep"));
        while (m_parser.current().type != TokenType::End) {
            const Token token = m_parser.take();
            if (token.type == TokenType::Data) {
                block.push_back(made(Kind::Text, token.line));
                block.back().text = token.text;
            } else if (token.type == TokenType::VariableBegin) {
                block.push_back(made(Kind::Output, token.line));
                block.back().expressions.push_back(m_parser.tuple());
                expect(TokenType::VariableEnd);
            } else if (token.type == TokenType::BlockBegin) {
                for (const std::string_view end : ends) {
                    if (m_parser.isName(end)) {
                        --m_depth;
                        return block;
                    }
                }
                block.push_back(statement(token.line));
                expect(TokenType::BlockEnd);
            } else {
                m_parser.fail(ASSAY_TEXT("Reason", "something is missing or does not belong here"));
            }
        }
        if (ends.size() > 0)
            m_parser.fail(ASSAY_TEXT("Reason", "a block does not end"));
        --m_depth;
        return block;
    }

    static Statement made(Kind kind, int line)
    {
        Statement statement;
        statement.kind = kind;
        statement.line = line;
        return statement;
    }

    void expect(TokenType type)
    {
        if (m_parser.take().type != type)
            m_parser.fail(ASSAY_TEXT("Reason", "something is missing or does not belong here"));
    }

    /// The end of an opening block, and what stands up to the closing one, whose name is taken.
    Block closedBody(std::string_view end)
    {
        endOfHead();
        Block block = body({end});
        m_parser.take();
        return block;
    }

    void endOfHead()
    {
        m_parser.skipSymbol(":");
        expect(TokenType::BlockEnd);
    }

    Statement statement(int line)
    {
        static constexpr std::pair<std::string_view, Statement (Parser::*)(int)> kStatements[] = {
            {"for", &Parser::loop},         {"if", &Parser::choice},       {"set", &Parser::assignment}, {"macro", &Parser::macro},
            {"call", &Parser::call},        {"filter", &Parser::filter},   {"with", &Parser::with},      {"print", &Parser::print},
            {"generation", &Parser::scope}, {"break", &Parser::leaveLoop}, {"continue", &Parser::leaveLoop}};
        m_name = m_parser.current().text;
        for (const auto &[known, parse] : kStatements) {
            if (m_parser.isName(known)) {
                m_parser.take();
                return (this->*parse)(line);
            }
        }
        const bool refused = std::find(std::begin(kRefused), std::end(kRefused), m_name) != std::end(kRefused);
        m_parser.fail(refused ? ASSAY_TEXT("Reason", "it uses another template or a block of one, which is not supported")
                              : ASSAY_TEXT("Reason", "there is a statement that is not known"));
        return {};
    }

    Statement loop(int line)
    {
        Statement made = Parser::made(Kind::For, line);
        made.targets.push_back(m_parser.target(false));
        if (!m_parser.skipName("in"))
            m_parser.fail(ASSAY_TEXT("Reason", "something is missing or does not belong here"));
        made.expressions.push_back(m_parser.tuple(false, "recursive"));
        made.expressions.push_back(m_parser.skipName("if") ? m_parser.expression() : nullptr);
        made.recursive = m_parser.skipName("recursive");
        endOfHead();
        ++m_loops;
        made.bodies.push_back(body({"endfor", "else"}));
        --m_loops;
        if (m_parser.skipName("else"))
            made.bodies.push_back(closedBody("endfor"));
        else
            m_parser.take();
        return made;
    }

    Statement choice(int line)
    {
        Statement made = Parser::made(Kind::If, line);
        do {
            made.expressions.push_back(m_parser.tuple(false));
            endOfHead();
            made.bodies.push_back(body({"elif", "else", "endif"}));
        } while (m_parser.skipName("elif"));
        if (m_parser.skipName("else"))
            made.bodies.push_back(closedBody("endif"));
        else
            m_parser.take();
        return made;
    }

    Statement assignment(int line)
    {
        Statement made = Parser::made(Kind::Set, line);
        made.targets.push_back(m_parser.target(true));
        if (m_parser.skipSymbol("=")) {
            made.expressions.push_back(m_parser.tuple());
            return made;
        }
        made.kind = Kind::SetBlock;
        made.expressions.push_back(nullptr);
        if (m_parser.skipSymbol("|"))
            made.expressions.back() = m_parser.filters(nullptr);
        made.bodies.push_back(closedBody("endset"));
        return made;
    }

    /// A body that no break of an outer loop can leave: it is a function of its own in the reference.
    Block inner(std::string_view end)
    {
        const int loops = std::exchange(m_loops, 0);
        Block block = closedBody(end);
        m_loops = loops;
        return block;
    }

    std::vector<Parameter> parameters()
    {
        std::vector<Parameter> parameters;
        m_parser.expectSymbol("(");
        while (!m_parser.isSymbol(")") && !m_parser.failed()) {
            if (!parameters.empty())
                m_parser.expectSymbol(",");
            Parameter parameter{m_parser.nameTarget().name, nullptr};
            if (m_parser.skipSymbol("="))
                parameter.fallback = m_parser.expression();
            else if (!parameters.empty() && parameters.back().fallback)
                m_parser.fail(ASSAY_TEXT("Reason", "a parameter without a value follows one that has it"));
            parameters.push_back(std::move(parameter));
        }
        m_parser.expectSymbol(")");
        return parameters;
    }

    void macroBody(Macro &macro, std::string_view end)
    {
        std::set<std::string> seen = std::exchange(m_parser.namesSeen(), {});
        macro.body = inner(end);
        std::set<std::string> &own = m_parser.namesSeen();
        macro.usesCaller = own.contains("caller");
        macro.usesNamed = own.contains("kwargs");
        macro.usesPositional = own.contains("varargs");
        own.insert(seen.begin(), seen.end());
    }

    Statement macro(int line)
    {
        Statement made = Parser::made(Kind::Macro, line);
        made.macro = std::make_unique<Macro>();
        made.macro->name = m_parser.nameTarget().name;
        made.macro->parameters = parameters();
        macroBody(*made.macro, "endmacro");
        return made;
    }

    Statement call(int line)
    {
        Statement made = Parser::made(Kind::Call, line);
        made.macro = std::make_unique<Macro>();
        made.macro->name = "caller";
        if (m_parser.isSymbol("("))
            made.macro->parameters = parameters();
        made.expressions.push_back(m_parser.expression());
        if (made.expressions.back()->kind != Expression::Kind::Call)
            m_parser.fail(ASSAY_TEXT("Reason", "a call is missing"));
        macroBody(*made.macro, "endcall");
        return made;
    }

    Statement filter(int line)
    {
        Statement made = Parser::made(Kind::Filter, line);
        made.expressions.push_back(m_parser.filters(nullptr));
        made.bodies.push_back(closedBody("endfilter"));
        return made;
    }

    Statement with(int line)
    {
        Statement made = Parser::made(Kind::With, line);
        while (m_parser.current().type != TokenType::BlockEnd && !m_parser.failed()) {
            if (!made.targets.empty())
                m_parser.expectSymbol(",");
            Target name = m_parser.nameTarget();
            m_parser.expectSymbol("=");
            made.targets.push_back(std::move(name));
            made.expressions.push_back(m_parser.expression());
        }
        made.bodies.push_back(closedBody("endwith"));
        return made;
    }

    Statement print(int line)
    {
        Statement made = Parser::made(Kind::Output, line);
        do
            made.expressions.push_back(m_parser.expression());
        while (m_parser.skipSymbol(","));
        return made;
    }

    Statement scope(int line)
    {
        Statement made = Parser::made(Kind::Scope, line);
        made.bodies.push_back(inner("endgeneration"));
        return made;
    }

    Statement leaveLoop(int line)
    {
        const bool stops = m_name == "break";
        if (m_loops == 0)
            m_parser.fail(ASSAY_TEXT("Reason", "a break or continue stands outside of a loop"));
        return made(stops ? Kind::Break : Kind::Continue, line);
    }

    ExpressionParser m_parser;
    std::string m_name; ///< of the statement read last
    int m_depth = 0;
    int m_loops = 0; ///< around what is read, within the same function
};

} // namespace

Result<Block> parseTemplate(std::string_view source)
{
    auto tokens = cutTemplate(source);
    if (!tokens)
        return tl::unexpected(tokens.error());
    return Parser(std::move(*tokens)).run();
}

} // namespace assay::jinja
