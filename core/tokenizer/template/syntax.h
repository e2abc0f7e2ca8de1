// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/template/value.h"

namespace assay::jinja {

struct Expression;
struct Statement;
using ExpressionPointer = std::unique_ptr<Expression>;
using Block = std::vector<Statement>;

enum class Operator {
    Add, Subtract, Multiply, Divide, FloorDivide, Modulo, Power,
    Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, In, NotIn,
};

/// What stands in the parentheses of a call, filter or test.
struct CallArguments
{
    std::vector<ExpressionPointer> positional;
    std::vector<std::pair<std::string, ExpressionPointer>> named;
    ExpressionPointer list, dict; ///< of *list and **dict; null for none
};

struct Expression
{
    enum class Kind {
        Constant,
        Name,
        List,
        Tuple,
        Dict,        ///< keys and values take turns
        Attribute,   ///< parts: object
        Item,        ///< parts: object, key
        Slice,       ///< parts: start, stop, step; each may be null
        Call,        ///< parts: callee
        Filter,      ///< parts: input
        Test,        ///< parts: input
        Not,
        Negative,
        Positive,
        And,
        Or,
        Conditional, ///< parts: condition, then, else (may be null)
        Compare,     ///< parts: first, and one for each of comparisons
        Binary,
        Concat,
    };
    Kind kind = Kind::Constant;
    int line = 1;
    Value constant;
    std::string name; ///< of a name, attribute, filter or test
    Operator op = Operator::Add;
    std::vector<Operator> comparisons;
    std::vector<ExpressionPointer> parts;
    CallArguments arguments;
};

/// Where a value is put: a name, a namespace's member, or several of these.
struct Target
{
    std::string name, member;
    std::vector<Target> parts; ///< not empty: the value is taken apart
};

struct Parameter
{
    std::string name;
    ExpressionPointer fallback; ///< null when there is none
};

struct Macro
{
    std::string name;
    std::vector<Parameter> parameters;
    Block body;
    bool usesCaller = false, usesNamed = false, usesPositional = false; ///< names caller, kwargs, varargs
};

struct Statement
{
    enum class Kind {
        Text,
        Output,
        For,      ///< expressions: iterable, condition (may be null); bodies: body, else
        If,       ///< expressions: conditions; bodies: one each, and one for else
        Set,      ///< expressions: value
        SetBlock, ///< expressions: filters (may be null); bodies: one
        Macro,
        Call,     ///< expressions: the call; macro: what the callee finds as caller
        Filter,   ///< expressions: filters; bodies: one
        With,     ///< targets and expressions
        Scope,    ///< a body with names of its own
        Break,
        Continue,
    };
    Kind kind = Kind::Text;
    int line = 1;
    std::string text;
    bool recursive = false;
    std::vector<ExpressionPointer> expressions;
    std::vector<Target> targets;
    std::vector<Block> bodies;
    std::unique_ptr<Macro> macro;
};

/// The name under which filters of a block find its text; no template can write it.
inline constexpr const char *kBlockText = " block";

} // namespace assay::jinja
