// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/verifywork.h"

namespace assay {

VerifyWork workOf(LocalVerificationPlan plan)
{
    return [plan = std::move(plan)](VerifyProgress &progress, std::stop_token stop) -> Result<Verification> {
        return verifyLocal(plan, [&](const char *stage, double done, double total) { progress.set({stage}, done, total); }, stop);
    };
}

VerifyWork workOf(EndpointVerificationPlan plan)
{
    return [plan = std::move(plan)](VerifyProgress &progress, std::stop_token stop) {
        const auto told = [&](const EndpointVerificationProgress &state) {
            const Told stage = state.stage != nullptr ? Told{state.stage} : Told{ASSAY_TEXT("Identity", "asking %1"), {state.doing}};
            progress.set(stage, double(state.done), double(state.planned));
        };
        return verifyEndpoint(plan, told, stop);
    };
}

} // namespace assay
