// SPDX-License-Identifier: GPL-3.0-or-later
// The words of this room's enums.
#include "core/identify/verification.h"

#include <array>

namespace assay {

const char *verdictName(VerdictKind kind)
{
    constexpr std::array kNames{ASSAY_TEXT("Identity", "VERIFIED"), ASSAY_TEXT("Identity", "CONTRADICTED"), ASSAY_TEXT("Identity", "CONSISTENT"),
                                ASSAY_TEXT("Identity", "INCONCLUSIVE"), ASSAY_TEXT("Identity", "NOT TESTED")};
    return kNames[size_t(kind)];
}

const char *claimVerdictName(ClaimVerdict verdict)
{
    constexpr std::array kNames{ASSAY_TEXT("Identity", "supported"), ASSAY_TEXT("Identity", "contradicted"), ASSAY_TEXT("Identity", "impossible"),
                                ASSAY_TEXT("Identity", "contradicts itself"), ASSAY_TEXT("Identity", "not tested")};
    return kNames[size_t(verdict)];
}

const char *foundByName(FoundBy by)
{
    constexpr std::array kNames{ASSAY_TEXT("Identity", "published"), ASSAY_TEXT("Identity", "told"), ASSAY_TEXT("Identity", "declared"),
                                ASSAY_TEXT("Identity", "derived"), ASSAY_TEXT("Identity", "measured"), ASSAY_TEXT("Identity", "counted")};
    return kNames[size_t(by)];
}

const char *verificationSizeName(VerificationSize size)
{
    constexpr std::array kNames{ASSAY_TEXT("Identity", "quick"), ASSAY_TEXT("Identity", "standard"), ASSAY_TEXT("Identity", "deep")};
    return kNames[size_t(size)];
}

} // namespace assay
