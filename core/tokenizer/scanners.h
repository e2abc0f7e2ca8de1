// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace assay {

/// Length in bytes of a pattern's match at this place of valid UTF-8; 0: it does not match there.
using Scanner = size_t (*)(std::string_view text, size_t offset);

/// The hand-made matcher of a well-known split pattern, recognised by its exact text; null for every other one.
/// PCRE2 takes several times as long where \p classes are many.
Scanner scannerOf(std::string_view regex);
/// The patterns that have one, for tests.
std::string_view knownPattern(size_t index); ///< empty behind the last

} // namespace assay
