// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence of a verification as a store or file holds it, and the verdict over it.
#include "core/identify/verdict.h"

#include <algorithm>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto json = nlohmann::json::parse(data, data + size, nullptr, false);
    std::vector<assay::Evidence> evidence;
    const auto take = [&](const nlohmann::json &one) {
        if (auto read = assay::evidenceFromJson(one))
            evidence.push_back(std::move(*read));
    };
    take(json);
    if (json.is_array())
        std::for_each(json.begin(), json.end(), take);
    for (const assay::Evidence &one : evidence) {
        // What was read can be written, and comes back as what it was.
        const auto written = assay::evidenceToJson(one);
        const auto again = assay::evidenceFromJson(written);
        if (!again || assay::evidenceToJson(*again) != written)
            std::abort();
    }
    assay::VerdictRules rules;
    rules.alternatives = {"distilled"};
    rules.weightsHere = size % 2 == 0;
    const assay::Verdict verdict = assay::judge(evidence, rules);
    if (verdict.sentence.sentence().empty() || (evidence.empty() && verdict.kind != assay::VerdictKind::NotTested))
        std::abort();
    return 0;
}
