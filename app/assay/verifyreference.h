// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/assay/arguments.h"
#include "core/endpoint/target.h"
#include "core/identify/verification.h"

namespace assay {

/// Whether --reference names a bundle instead of a model.
bool referenceIsBundle(const Arguments &options);
/// Asks the endpoint what the bundle's model was asked, and judges the verification anew with what that tells (T4, T6). Says before the start
/// what it costs at most. Errors: BundleDamaged, BundleUnfit; those of the endpoint.
Result<void> addReferenceEvidence(const Arguments &options, const EndpointTarget &target, Verification &verification);

} // namespace assay
