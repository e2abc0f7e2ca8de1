// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace assay::jinja {

enum class TokenType { Data, VariableBegin, VariableEnd, BlockBegin, BlockEnd, Name, String, Integer, Float, Symbol, End };

struct Token
{
    TokenType type = TokenType::End;
    std::string text; ///< of a string its value, of a number its digits without underscores
    int line = 1;
};

/// Cuts a template as Jinja does with trim_blocks and lstrip_blocks: a line end after a block goes, and so do the
/// blanks before a block that starts its line. Errors: TemplateDamaged.
Result<std::vector<Token>> cutTemplate(std::string_view source);

} // namespace assay::jinja
