// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace assay {

/// Odds as people write them: "20", "0.05", "20:1", "1 : 20". Nothing where it is neither, or beyond a million to one either way.
std::optional<double> oddsFromText(const QString &text);

} // namespace assay
