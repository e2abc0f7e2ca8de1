// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/verify/endpointplan.h"

namespace assay {

/// What answers say of their model beside the text: T2.
struct ToldNames
{
    std::string requested;                 ///< model
    std::map<std::string, int64_t> models; ///< that answers name, with how often
    std::vector<std::string> fingerprints, fields;
};

/// An endpoint's own words as what was found of it, by the fields of claim sheets.
FoundFacts foundAtEndpoint(const EndpointFacts &facts);

/// The model that a name says it is, of those that are not claimed: "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B"; null: none, or the claimed one.
const Profile *otherModelNamed(const std::string &name, const EndpointVerificationPlan &plan);

/// T1 and T2: names, declared numbers, marks of the software. A matching name weighs nothing; one that says it is another model
/// contradicts, each place where it stands being a channel.
std::vector<Evidence> declaredEvidence(const EndpointFacts &facts, const ToldNames &names, const EndpointVerificationPlan &plan, const std::string &day);

} // namespace assay
