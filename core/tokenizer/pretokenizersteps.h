// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/pretokenizer.h"

#include <functional>
#include <optional>

namespace assay::pretokenize {

/// What becomes of the matches of a pattern, in the file's order of names.
enum class Behaviour { Isolated, Removed, MergedWithPrevious, MergedWithNext, Contiguous };
/// Nothing for a name that is none.
std::optional<Behaviour> behaviourOf(std::string_view name);

using Step = std::shared_ptr<const PreTokenizerStep>;

Step splitAt(Pattern pattern, Behaviour behaviour, bool invert);
/// Every character of the kind is a match of its own.
Step splitAtCharacters(std::function<bool(char32_t)> delimiter, Behaviour behaviour);
/// Words of \w, and runs of what is neither that nor white space.
Step splitWords();
/// A blank before a word that has none.
Step prefixBlank();
/// Bytes as GPT-2's alphabet spells them.
Step spellBytes();

enum class Prepend { First, Always, Never };
/// Blanks become `replacement`, which also goes before words; `cut`: a word begins at each of them.
Step metaspace(std::string replacement, Prepend prepend, bool cut);
/// A word ends where the script changes; kana and Han are one, blanks go with what is before them.
Result<Step> splitScripts(const std::string &where);
Step splitLengths(uint64_t characters);

} // namespace assay::pretokenize
