// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace assay {

/// A regular expression as tokenizer.json has them (Oniguruma's syntax, doc/RE) in PCRE2's: \s, \w and \h mean other
/// characters there, scripts are told apart from their extensions, classes may hold classes and intersections, and
/// ^ and $ stand at every line. What cannot be read is passed on as it is: PCRE2 says what is wrong.
std::string pcreFromOniguruma(std::string_view regex);

/// Whether this is the name of a script in Unicode's Scripts.txt, as PCRE2 10.42 knows them.
bool isScriptName(std::string_view name);

} // namespace assay
