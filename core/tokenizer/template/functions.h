// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/template/interpreter.h"

#include <span>

namespace assay::jinja {

/// The tables of what templates can call; null for a name that is not there.
const Function *findFilter(std::string_view name);
const Function *findTest(std::string_view name);
/// A method of a text, list, dict, ... or of a loop.
const Function *findMethod(const Value &object, std::string_view name);
/// Whether the sandbox hides it, for it changes the object.
bool isRefusedMethod(const Value &object, std::string_view name);

std::span<const Function> textFilters();
std::span<const Function> numberFilters();
std::span<const Function> listFilters();
std::span<const Function> selectionFilters();
std::span<const Function> textMethods();
std::span<const Function> searchMethods();
std::span<const Function> globalFunctions();
const Function *findIn(std::span<const Function> table, std::string_view name);

/// Sets the functions of the environment: range, namespace, dict, raise_exception, strftime_now.
void addGlobals(Scope &scope);

/// What several of them need: a text of any value, as Jinja's soft_str gives it; a whole number, or a failure.
Value asText(Interpreter &run, const Value &value);
int64_t wholeOf(Interpreter &run, const Value &value);
/// The member of a path "a.b.0".
Value memberAt(Interpreter &run, const Value &object, std::string_view path);

} // namespace assay::jinja
