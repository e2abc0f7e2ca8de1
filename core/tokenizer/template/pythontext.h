// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/template/run.h"

namespace assay::jinja {

/// A float as Python writes it: the shortest digits that read back the same, "1.0", "1e+16", "inf".
std::string floatText(double value);
/// Python's repr() of a text.
std::string quoted(std::string_view text);
/// Python's str() of a value: what {{ }} prints.
std::string printed(Run &run, const Value &value);
/// Python's repr().
std::string represented(Run &run, const Value &value);

/// How JSON is written, by the arguments of transformers' tojson.
struct JsonStyle
{
    bool ascii = false;
    std::optional<std::string> indent;
    std::optional<std::pair<std::string, std::string>> separators; ///< of items, of keys
    bool sorted = false;
};
/// Python's json.dumps(). Fails for what JSON does not have.
std::string jsonText(Run &run, const Value &value, const JsonStyle &style);

} // namespace assay::jinja
