// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

// Marks an English source text for translation; core itself stays English. The translation tool is told
// that this is its QT_TRANSLATE_NOOP, so a text is written once, where it is declared.
#define ASSAY_TEXT(context, text) text

namespace assay {

/// Looks up the translation of an English source text; the edge (window, command line) supplies it.
using Translate = std::function<std::string(const char *context, const char *source)>;

/// The translator of core: gives the source back.
std::string untranslated(const char *context, const char *source);

/// Replaces %1 ... %9 by the arguments. A missing argument leaves its mark standing. A text that follows a count has both
/// forms in it, "%1 {1:layer keeps|layers keep}": the first where argument 1 is "1", else the second. A translation
/// into a language without plurals leaves the braces out.
std::string fillIn(std::string_view pattern, const std::vector<std::string> &arguments);

/// The text with every byte that is not valid UTF-8 replaced by U+FFFD: file names may hold anything.
std::string validUtf8(std::string_view text);

/// Unicode characters of valid UTF-8.
size_t characters(std::string_view text);

} // namespace assay
