// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/expressionparser.h"

namespace assay::jinja {
namespace {

using Kind = Expression::Kind;

} // namespace

Token ExpressionParser::take()
{
    Token token = m_tokens[m_at];
    if (m_at + 1 < m_tokens.size())
        ++m_at;
    return token;
}

bool ExpressionParser::skipSymbol(std::string_view symbol)
{
    return isSymbol(symbol) && (take(), true);
}

bool ExpressionParser::skipName(std::string_view name)
{
    return isName(name) && (take(), true);
}

void ExpressionParser::expectSymbol(std::string_view symbol)
{
    if (!skipSymbol(symbol))
        fail(ASSAY_TEXT("Reason", "something is missing or does not belong here"));
}

std::string ExpressionParser::expectName()
{
    if (current().type != TokenType::Name) {
        fail(ASSAY_TEXT("Reason", "a name is missing"));
        return {};
    }
    return take().text;
}

void ExpressionParser::fail(std::string reason)
{
    if (!m_error)
        m_error = Error{ErrorCode::TemplateDamaged, {std::move(reason)}, "line " + std::to_string(current().line)};
    m_at = m_tokens.size() - 1;
}

ExpressionPointer ExpressionParser::make(Kind kind) const
{
    auto made = std::make_unique<Expression>();
    made->kind = kind;
    made->line = current().line;
    return made;
}

ExpressionPointer ExpressionParser::make(Kind kind, ExpressionPointer part) const
{
    auto made = make(kind);
    made->parts.push_back(std::move(part));
    return made;
}

ExpressionPointer ExpressionParser::binary(Operator op, ExpressionPointer left, ExpressionPointer right)
{
    auto made = make(Kind::Binary, std::move(left));
    made->op = op;
    made->parts.push_back(std::move(right));
    return made;
}

ExpressionPointer ExpressionParser::expression(bool conditional)
{
    Nesting nesting(*this);
    auto value = either();
    while (conditional && skipName("if")) {
        nesting.grow();
        auto choice = make(Kind::Conditional, either());
        choice->parts.push_back(std::move(value));
        choice->parts.push_back(skipName("else") ? expression() : nullptr);
        value = std::move(choice);
    }
    return value;
}

ExpressionPointer ExpressionParser::either()
{
    auto value = both();
    if (!isName("or"))
        return value;
    value = make(Kind::Or, std::move(value));
    while (skipName("or"))
        value->parts.push_back(both());
    return value;
}

ExpressionPointer ExpressionParser::both()
{
    auto value = negation();
    if (!isName("and"))
        return value;
    value = make(Kind::And, std::move(value));
    while (skipName("and"))
        value->parts.push_back(negation());
    return value;
}

ExpressionPointer ExpressionParser::negation()
{
    if (!skipName("not"))
        return comparison();
    const Nesting nesting(*this);
    return make(Kind::Not, negation());
}

std::optional<Operator> ExpressionParser::comparisonOperator()
{
    static constexpr std::pair<std::string_view, Operator> kOperators[] = {
        {"==", Operator::Equal}, {"!=", Operator::NotEqual}, {"<", Operator::Less},
        {"<=", Operator::LessEqual}, {">", Operator::Greater}, {">=", Operator::GreaterEqual}};
    for (const auto &[symbol, op] : kOperators) {
        if (skipSymbol(symbol))
            return op;
    }
    if (skipName("in"))
        return Operator::In;
    if (isName("not") && next().type == TokenType::Name && next().text == "in") {
        take();
        take();
        return Operator::NotIn;
    }
    return std::nullopt;
}

ExpressionPointer ExpressionParser::comparison()
{
    auto value = sum();
    auto op = comparisonOperator();
    if (!op)
        return value;
    value = make(Kind::Compare, std::move(value));
    for (; op && !failed(); op = comparisonOperator()) {
        value->comparisons.push_back(*op);
        value->parts.push_back(sum());
    }
    return value;
}

ExpressionPointer ExpressionParser::sum()
{
    Nesting nesting(*this, 0);
    auto value = joined();
    while (isSymbol("+") || isSymbol("-")) {
        const Operator op = take().text == "+" ? Operator::Add : Operator::Subtract;
        nesting.grow();
        value = binary(op, std::move(value), joined());
    }
    return value;
}

ExpressionPointer ExpressionParser::joined()
{
    auto value = product();
    if (!isSymbol("~"))
        return value;
    value = make(Kind::Concat, std::move(value));
    while (skipSymbol("~"))
        value->parts.push_back(product());
    return value;
}

ExpressionPointer ExpressionParser::product()
{
    static constexpr std::pair<std::string_view, Operator> kOperators[] = {
        {"*", Operator::Multiply}, {"/", Operator::Divide}, {"//", Operator::FloorDivide}, {"%", Operator::Modulo}};
    Nesting nesting(*this, 0);
    auto value = power();
    for (bool more = true; more;) {
        more = false;
        for (const auto &[symbol, op] : kOperators) {
            if (!more && skipSymbol(symbol)) {
                nesting.grow();
                value = binary(op, std::move(value), power());
                more = !failed();
            }
        }
    }
    return value;
}

ExpressionPointer ExpressionParser::power()
{
    Nesting nesting(*this, 0);
    auto value = unary(true);
    while (skipSymbol("**")) {
        nesting.grow();
        value = binary(Operator::Power, std::move(value), unary(true));
    }
    return value;
}

ExpressionPointer ExpressionParser::unary(bool withFilters)
{
    const Nesting nesting(*this);
    ExpressionPointer value;
    if (failed())
        return make(Kind::Constant);
    if (skipSymbol("-"))
        value = make(Kind::Negative, unary(false));
    else if (skipSymbol("+"))
        value = make(Kind::Positive, unary(false));
    else
        value = primary();
    value = postfix(std::move(value));
    return withFilters ? filterChain(std::move(value)) : std::move(value);
}

} // namespace assay::jinja
