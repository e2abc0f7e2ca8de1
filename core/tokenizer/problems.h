// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace assay {

/// The tokenizer contradicts itself or its format. The reason is a translated text (context "Reason"); the place
/// names section and entry.
inline tl::unexpected<Error> tokenizerDamaged(const std::string &where, const char *reason, std::string place)
{
    return failure(ErrorCode::TokenizerDamaged, {where, reason}, std::move(place));
}

/// The tokenizer asks for something that is not built; `what` is its name in the file.
inline tl::unexpected<Error> tokenizerUnsupported(const std::string &where, const std::string &what, std::string place)
{
    return failure(ErrorCode::TokenizerUnsupported, {where, validUtf8(what)}, std::move(place));
}

/// Memory ran out for its tables.
inline tl::unexpected<Error> tokenizerTooLarge(const std::string &where)
{
    return failure(ErrorCode::TokenizerUnsupported, {where, ASSAY_TEXT("Reason", "more memory than there is")});
}

} // namespace assay
