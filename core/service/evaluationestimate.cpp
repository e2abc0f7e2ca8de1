// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/evaluationestimate.h"

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/bench/budget.h"

#include <algorithm>
#include <cmath>

namespace assay {

void EvaluationPace::add(const Answer &answer)
{
    ++answers;
    promptTokens += std::max<int64_t>(answer.promptTokens, 0);
    outputTokens += std::max<int64_t>(answer.outputTokens, 0);
}

std::string restText(const EvaluationPace &pace, int64_t total, const std::optional<Prices> &prices, const Translate &translate)
{
    if (pace.answers == 0)
        return {};
    const auto say = [&translate](const char *text) { return translate("Estimate", text); };
    const double factor = double(std::max<int64_t>(total - pace.answers, 0)) / double(pace.answers);
    const auto scaled = [factor](int64_t tokens) { return int64_t(std::llround(double(tokens) * factor)); };
    std::string rest = fillIn(say(ASSAY_TEXT("Estimate", "about %1")), {formatSeconds(pace.seconds * factor)});
    if (pace.promptTokens > 0)
        rest += ", " + fillIn(say(ASSAY_TEXT("Estimate", "%1 prompt tokens")), {groupedDigits(scaled(pace.promptTokens))});
    if (pace.outputTokens > 0)
        rest += ", " + fillIn(say(ASSAY_TEXT("Estimate", "%1 output tokens")), {groupedDigits(scaled(pace.outputTokens))});
    if (prices) {
        const Spend spend{0, scaled(pace.promptTokens), scaled(pace.outputTokens), 0};
        rest += ", " + threeDigits(moneyOf(spend, *prices)) + " " + prices->currency;
    }
    return fillIn(say(ASSAY_TEXT("Estimate", "after %1 of %2 answers; the others: %3")),
                  {groupedDigits(pace.answers), groupedDigits(total), rest});
}

} // namespace assay
