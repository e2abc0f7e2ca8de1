// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/slo.h"

#include <QString>

#include <optional>

namespace assay {

/// What the user chose on the Compare page: it outlives the page, which is built anew for another language.
struct CompareChoices
{
    QString referencePath, referenceDtype; ///< empty: the comparison's own choice
    std::optional<Slo> goals;              ///< as the user dragged them
    std::optional<double> margin;          ///< accuracy that may be lost; else the usual one
    std::optional<double> routingCost;     ///< that an item may take when it is routed
};

} // namespace assay
