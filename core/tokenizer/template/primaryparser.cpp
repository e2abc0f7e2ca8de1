// SPDX-License-Identifier: GPL-3.0-or-later
// What an ExpressionParser reads below its operators: names, literals, members, calls, filters, tests, targets.
#include "core/tokenizer/template/expressionparser.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace assay::jinja {
namespace {

using Kind = Expression::Kind;

} // namespace

ExpressionPointer ExpressionParser::primary()
{
    switch (current().type) {
    case TokenType::Name: return name();
    case TokenType::String: return string();
    case TokenType::Integer:
    case TokenType::Float: return number();
    default: break;
    }
    if (skipSymbol("(")) {
        auto value = tuple(true, {}, true);
        expectSymbol(")");
        return value;
    }
    if (isSymbol("["))
        return listLiteral();
    if (isSymbol("{"))
        return dictLiteral();
    fail(ASSAY_TEXT("Reason", "a value is missing"));
    return make(Kind::Constant);
}

ExpressionPointer ExpressionParser::name()
{
    auto made = make(Kind::Constant);
    made->name = take().text;
    if (made->name == "true" || made->name == "True")
        made->constant = Value::boolean(true);
    else if (made->name == "false" || made->name == "False")
        made->constant = Value::boolean(false);
    else if (made->name == "none" || made->name == "None")
        made->constant = Value::none();
    else {
        made->kind = Kind::Name;
        m_names.insert(made->name);
    }
    return made;
}

ExpressionPointer ExpressionParser::number()
{
    auto made = make(Kind::Constant);
    const Token token = take();
    if (token.type == TokenType::Float) {
        made->constant = Value::real(std::strtod(token.text.c_str(), nullptr));
        return made;
    }
    int64_t value = 0;
    const auto [end, error] = std::from_chars(token.text.data(), token.text.data() + token.text.size(), value);
    if (error != std::errc())
        fail(ASSAY_TEXT("Reason", "a number is too large"));
    made->constant = Value::integer(value);
    return made;
}

ExpressionPointer ExpressionParser::string()
{
    auto made = make(Kind::Constant);
    std::string text;
    while (current().type == TokenType::String)
        text += take().text;
    made->constant = Value::text(std::move(text));
    return made;
}

ExpressionPointer ExpressionParser::listLiteral()
{
    auto made = make(Kind::List);
    take();
    while (!isSymbol("]") && !failed()) {
        if (!made->parts.empty())
            expectSymbol(",");
        if (isSymbol("]"))
            break;
        made->parts.push_back(expression());
    }
    expectSymbol("]");
    return made;
}

ExpressionPointer ExpressionParser::dictLiteral()
{
    auto made = make(Kind::Dict);
    take();
    while (!isSymbol("}") && !failed()) {
        if (!made->parts.empty())
            expectSymbol(",");
        if (isSymbol("}"))
            break;
        made->parts.push_back(expression());
        expectSymbol(":");
        made->parts.push_back(expression());
    }
    expectSymbol("}");
    return made;
}

bool ExpressionParser::endsTuple(std::string_view end) const
{
    const TokenType type = current().type;
    return type == TokenType::VariableEnd || type == TokenType::BlockEnd || type == TokenType::End || isSymbol(")")
           || (!end.empty() && isName(end));
}

ExpressionPointer ExpressionParser::tuple(bool conditional, std::string_view end, bool parentheses)
{
    const Nesting nesting(*this);
    std::vector<ExpressionPointer> parts;
    bool several = false;
    while (!failed()) {
        if (!parts.empty())
            expectSymbol(",");
        if (endsTuple(end))
            break;
        parts.push_back(expression(conditional));
        if (!isSymbol(","))
            break;
        several = true;
    }
    if (!several && parts.size() == 1)
        return std::move(parts.front());
    if (parts.empty() && !parentheses)
        fail(ASSAY_TEXT("Reason", "a value is missing"));
    auto made = make(Kind::Tuple);
    made->parts = std::move(parts);
    return made;
}

ExpressionPointer ExpressionParser::postfix(ExpressionPointer object)
{
    Nesting nesting(*this, 0);
    while (!failed()) {
        nesting.grow();
        if (isSymbol("."))
            object = member(std::move(object));
        else if (isSymbol("["))
            object = subscript(std::move(object));
        else if (isSymbol("("))
            object = call(std::move(object));
        else
            break;
    }
    return object;
}

ExpressionPointer ExpressionParser::filterChain(ExpressionPointer object)
{
    Nesting nesting(*this, 0);
    while (!failed()) {
        nesting.grow();
        if (isSymbol("|"))
            object = filters(std::move(object));
        else if (isName("is"))
            object = test(std::move(object));
        else if (isSymbol("("))
            object = call(std::move(object));
        else
            break;
    }
    return object;
}

std::string ExpressionParser::dottedName()
{
    std::string name = expectName();
    while (skipSymbol("."))
        name += "." + expectName();
    return name;
}

ExpressionPointer ExpressionParser::filters(ExpressionPointer input)
{
    Nesting nesting(*this, 0);
    const bool alone = !input;
    if (alone) {
        input = make(Kind::Name);
        input->name = kBlockText;
    }
    for (bool first = alone; first || isSymbol("|"); first = false) {
        nesting.grow();
        if (!first)
            take();
        auto made = make(Kind::Filter, std::move(input));
        made->name = dottedName();
        if (isSymbol("("))
            made->arguments = callArguments();
        input = std::move(made);
    }
    return input;
}

ExpressionPointer ExpressionParser::test(ExpressionPointer object)
{
    take();
    const bool negated = skipName("not");
    auto made = make(Kind::Test, std::move(object));
    made->name = dottedName();
    const TokenType type = current().type;
    const bool argument = type == TokenType::String || type == TokenType::Integer || type == TokenType::Float || isSymbol("[") || isSymbol("{")
                          || (type == TokenType::Name && !isName("else") && !isName("or") && !isName("and"));
    if (isSymbol("("))
        made->arguments = callArguments();
    else if (isName("is"))
        fail(ASSAY_TEXT("Reason", "two tests stand one behind the other"));
    else if (argument)
        made->arguments.positional.push_back(postfix(primary()));
    return negated ? make(Kind::Not, std::move(made)) : std::move(made);
}

ExpressionPointer ExpressionParser::member(ExpressionPointer object)
{
    take();
    if (current().type == TokenType::Integer) {
        auto made = make(Kind::Item, std::move(object));
        made->parts.push_back(number());
        return made;
    }
    auto made = make(Kind::Attribute, std::move(object));
    made->name = expectName();
    return made;
}

/// One part of what stands in brackets: a value, or up to three with colons between them.
ExpressionPointer ExpressionParser::slicePart()
{
    ExpressionPointer first = isSymbol(":") ? nullptr : expression();
    if (first && !isSymbol(":"))
        return first;
    auto slice = make(Kind::Slice);
    slice->parts.push_back(std::move(first));
    for (int i = 0; i < 2; ++i) {
        const bool given = skipSymbol(":") && !isSymbol(":") && !isSymbol("]") && !isSymbol(",");
        slice->parts.push_back(given ? expression() : nullptr);
    }
    return slice;
}

ExpressionPointer ExpressionParser::subscript(ExpressionPointer object)
{
    auto made = make(Kind::Item, std::move(object));
    take();
    std::vector<ExpressionPointer> parts;
    do
        parts.push_back(slicePart());
    while (skipSymbol(",") && !failed());
    expectSymbol("]");
    if (parts.size() == 1) {
        made->parts.push_back(std::move(parts.front()));
        return made;
    }
    auto key = make(Kind::Tuple);
    key->parts = std::move(parts);
    made->parts.push_back(std::move(key));
    return made;
}

ExpressionPointer ExpressionParser::call(ExpressionPointer callee)
{
    auto made = make(Kind::Call, std::move(callee));
    made->arguments = callArguments();
    return made;
}

/// One argument of a call; false when its order is wrong.
bool ExpressionParser::argument(CallArguments &arguments)
{
    if (skipSymbol("**")) {
        const bool fits = !arguments.dict;
        arguments.dict = expression();
        return fits;
    }
    if (skipSymbol("*")) {
        const bool fits = !arguments.list && !arguments.dict;
        arguments.list = expression();
        return fits;
    }
    if (current().type == TokenType::Name && next().type == TokenType::Symbol && next().text == "=") {
        std::string name = take().text;
        take();
        arguments.named.emplace_back(std::move(name), expression());
        return !arguments.dict;
    }
    arguments.positional.push_back(expression());
    return arguments.named.empty() && !arguments.list && !arguments.dict;
}

CallArguments ExpressionParser::callArguments()
{
    CallArguments arguments;
    expectSymbol("(");
    for (bool first = true; !isSymbol(")") && !failed(); first = false) {
        if (!first)
            expectSymbol(",");
        if (isSymbol(")"))
            break;
        if (!argument(arguments))
            fail(ASSAY_TEXT("Reason", "the arguments of a call stand in a wrong order"));
    }
    expectSymbol(")");
    return arguments;
}

Target ExpressionParser::nameTarget()
{
    Target target;
    target.name = expectName();
    static constexpr std::string_view kConstants[] = {"true", "false", "none", "True", "False", "None"};
    if (std::find(std::begin(kConstants), std::end(kConstants), target.name) != std::end(kConstants))
        fail(ASSAY_TEXT("Reason", "a value is put where none can be"));
    return target;
}

Target ExpressionParser::target(bool member)
{
    const Nesting nesting(*this);
    Target all;
    bool several = false;
    do {
        if (!all.parts.empty() && (isName("in") || isSymbol("=") || isSymbol(")")))
            break; // a comma at the end
        Target part;
        if (skipSymbol("(")) {
            part = target(false);
            expectSymbol(")");
        } else {
            part = nameTarget();
            if (member && skipSymbol("."))
                part.member = expectName();
        }
        all.parts.push_back(std::move(part));
        several = several || isSymbol(",");
    } while (skipSymbol(",") && !failed());
    if (several)
        return all;
    Target only = std::move(all.parts.front());
    return only;
}

} // namespace assay::jinja
