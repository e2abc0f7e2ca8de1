// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace assay::jinja {

/// What stands between the quotes of a text, its escapes resolved as Python's "unicode-escape" does; unknown ones
/// stay. Nothing for a damaged one.
std::optional<std::string> readStringLiteral(std::string_view body);

} // namespace assay::jinja
