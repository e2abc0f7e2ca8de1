// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/verify/verifyendpoint.h"
#include "core/service/verify/verifyjob.h"
#include "core/service/verify/verifylocal.h"

namespace assay {

/// What a VerifyJob does for files, and for an endpoint.
VerifyWork workOf(LocalVerificationPlan plan);
VerifyWork workOf(EndpointVerificationPlan plan);

} // namespace assay
