// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"

#include <string>
#include <vector>

namespace assay {

/// A sentence that is translated where it is shown: a pattern of the translation context "Identity" and what fills it.
struct Told
{
    std::string text; ///< with %1, ...
    std::vector<std::string> arguments = {};

    bool empty() const { return text.empty(); }
    std::string sentence(const Translate &translate = untranslated) const { return fillIn(translate("Identity", text.c_str()), arguments); }
    bool operator==(const Told &) const = default;
};

} // namespace assay
