// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/tokenizer/template/syntax.h"

namespace assay::jinja {

/// The statements of a template. Errors: TemplateDamaged, with the line.
Result<Block> parseTemplate(std::string_view source);

} // namespace assay::jinja
