// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/template/interpreter.h"
#include "core/tokenizer/template/syntax.h"

namespace assay::jinja {

/// Python's operators between values. Each fails for types that Python refuses.
Value binary(Interpreter &run, Operator op, const Value &left, const Value &right);
bool compared(Interpreter &run, Operator op, const Value &left, const Value &right);
bool equal(Run &run, const Value &left, const Value &right);
/// Python's order; fails where there is none.
bool less(Run &run, const Value &left, const Value &right);
bool contains(Interpreter &run, const Value &container, const Value &item);
Value negative(Run &run, const Value &value);

/// A part of a text, list, tuple or range; null for what was not given.
Value sliced(Interpreter &run, const Value &object, const Value *start, const Value *stop, const Value *step);
/// & < > " ' as markupsafe escapes them.
std::string escaped(std::string_view text);

} // namespace assay::jinja
