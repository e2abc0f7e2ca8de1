// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/template/interpreter.h"

namespace assay::jinja {

/// Python's "..." % values.
Value formattedByPercent(Interpreter &run, const Text &pattern, const Value &values);
/// Python's "...".format().
Value formattedByBraces(Interpreter &run, const Text &pattern, const Arguments &arguments);
/// A value by what stands behind the colon in "{:>8.2f}".
std::string formattedBySpec(Interpreter &run, const Value &value, std::string_view spec);

} // namespace assay::jinja
