// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/verify/endpointasker.h"

namespace assay {

/// Whether sampling parameters are honoured: what later tiers presuppose (identity.md, section 8).
struct ParameterCheck
{
    enum class Found : uint8_t { Honoured, Ignored, Refused, Open };
    std::string parameter; ///< "temperature", "seed", "stop", "max_tokens", "logit_bias"
    Found found = Found::Open;
    Told what;
    std::vector<std::string> raw; ///< ids of the calls
};
std::vector<ParameterCheck> checkParameters(const EndpointAsker &asked, const EndpointCalls &calls);
/// Notes of T4: conditions, not findings.
std::vector<Evidence> parameterEvidence(const std::vector<ParameterCheck> &checks, const std::string &day);

} // namespace assay
