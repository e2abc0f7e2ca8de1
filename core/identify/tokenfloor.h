// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/claimsheet.h"

#include <optional>

namespace assay {

/// The least time between two tokens of one request: every active weight is read once for each (identity.md, 7.12).
struct TokenFloor
{
    double seconds = 0;
    std::string hardware; ///< as it was understood: "8 x NVIDIA H800", "3350 GB/s"
};
/// Of a model with these facts on hardware that is named ("8x H800") or of a bandwidth ("3350 GB/s"). The claim has the benefit of every doubt: the fastest
/// device that fits the words, all of them reading at once, weights as small as published, else of 1.5 bits. Nothing where either is not known.
std::optional<TokenFloor> tokenFloor(const FoundFacts &facts, const std::string &hardware, const DeviceTable *devices);
/// The hardware that a sheet states for this version (its field "hardware", else that of a figure); empty: it states none.
std::string statedHardware(const ClaimSheet &sheet, const std::string &version);

} // namespace assay
