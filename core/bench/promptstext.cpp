// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/promptstext.h"

#include <algorithm>

namespace assay {

namespace {

constexpr const char *kText = ASSAY_TEXT("Run", "text: sentences of common words");
constexpr const char *kRandom = ASSAY_TEXT("Run", "random tokens");

} // namespace

std::string promptsText(const BenchRun &run, const Translate &translate)
{
    const auto isOf = [](const char *what) { return [what](const MeasureSample &sample) { return sample.prompts == what; }; };
    const bool text = run.plan.load ? !run.requests.empty() : std::ranges::any_of(run.samples, isOf("text"));
    const bool random = std::ranges::any_of(run.samples, isOf("random"));
    std::string out = text ? translate("Run", kText) : std::string();
    if (random)
        out += (out.empty() ? "" : "; ") + translate("Run", kRandom);
    return out;
}

bool anyRandomPrompt(const BenchRun &run)
{
    return std::ranges::any_of(run.samples, [](const MeasureSample &sample) { return sample.prompts != "text"; });
}

} // namespace assay
