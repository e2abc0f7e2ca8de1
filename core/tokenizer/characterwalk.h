// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/unicode.h"
#include "core/tokenizer/utf8.h"

namespace assay {

/// The classes of the character at this offset of valid UTF-8; moves the offset behind it.
inline uint32_t nextClass(std::string_view text, size_t &offset)
{
    static const CharacterClasses &classes = CharacterClasses::instance();
    return classes.of(nextCodePoint(text, offset));
}

} // namespace assay
