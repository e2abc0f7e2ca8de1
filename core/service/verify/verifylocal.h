// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/profile.h"
#include "core/identify/verification.h"
#include "core/identify/weights/manifest.h"
#include "core/model/devices.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace assay {

/// What is claimed of files, and what they are held against.
struct LocalVerificationPlan
{
    std::shared_ptr<const Inspection> subject;
    ClaimSheet sheet;
    std::string version;           ///< of the sheet's models; empty: "full" where the sheet tells versions apart
    std::vector<Profile> profiles; ///< known models
    const DeviceTable *devices = nullptr; ///< for claims that name hardware
    std::shared_ptr<const Inspection> reference = {}; ///< what the weights are compared with; may be null
    std::optional<WeightManifest> manifest = {};
    VerificationSize size = VerificationSize::Quick;
    uint64_t seed = 1;
    std::optional<double> priorOdds = {};
};

using LocalVerificationTold = std::function<void(const char *stage, double done, double total)>; ///< stage: translation context "Identity"

/// Runs every check that files allow, without a network: claims (T0, T1), names, shapes and counts of tensors (T7), and, of weights that
/// are here, manifest, values and lineage. Blocks. Whoever stops it has what was found so far (`interrupted`).
Verification verifyLocal(const LocalVerificationPlan &plan, const LocalVerificationTold &progress = {}, std::stop_token stop = {});

/// The version that is meant where none is named.
std::string usualVersion(const ClaimSheet &sheet);

} // namespace assay
