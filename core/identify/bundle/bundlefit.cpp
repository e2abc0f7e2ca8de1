// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/bundle/bundle.h"

#include <algorithm>

namespace assay {

Result<void> checkFit(const ReferenceBundle &bundle, const BundleNeeds &needs, const std::string &name)
{
    const auto unfit = [&](std::string why) { return failure(ErrorCode::BundleUnfit, {name, std::move(why)}); };
    if (needs.samples && std::ranges::none_of(bundle.prompts, [](const BundlePrompt &prompt) { return prompt.samples.size() >= 2; }))
        return unfit("it holds no prompt with two samples or more");
    if (needs.greedy && std::ranges::none_of(bundle.prompts, [](const BundlePrompt &prompt) { return prompt.greedy && !prompt.greedy->margins.empty(); }))
        return unfit("it holds no answers at temperature 0 with their margins");
    if (needs.items && bundle.items.empty())
        return unfit("it holds no questions with their pass rates");
    if (!needs.tokenizer.empty() && !bundle.tokenizer.empty() && bundle.tokenizer != needs.tokenizer)
        return unfit("it was recorded with the tokenizer " + bundle.tokenizer + ", and " + needs.tokenizer + " is claimed");
    if (!needs.templateHash.empty() && !bundle.templateHash.empty() && bundle.templateHash != needs.templateHash)
        return unfit("it was recorded with another chat template");
    if (needs.temperature && bundle.sampling.temperature != *needs.temperature)
        return unfit("its samples were drawn at another temperature");
    return {};
}

} // namespace assay
