// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/facts.h"

#include <QString>

#include <array>

namespace assay {

/// One figure of the Inspect page's header.
struct TileFact
{
    QString title;
    QString value;    ///< "-" when it is not known
    QString detail;   ///< the line below
    QString exact;    ///< the whole number, or why there is none
    QString evidence; ///< field, file or formula with the numbers in
    Provenance provenance = Provenance::Counted;
};

/// Parameters, weights, context, attention, KV cache per token, memory at 8k context as planMemory has it for the
/// usual runtime.
std::array<TileFact, 6> tileFacts(const ModelFacts &facts);

} // namespace assay
