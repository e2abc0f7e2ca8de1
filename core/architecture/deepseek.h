// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/description.h"

/// DeepSeek's experts, which others took over.
namespace assay {

struct DeepseekDefaults
{
    ExpertScores scores = ExpertScores::Sigmoid;
    const char *method = "noaux_tc"; ///< topk_method
    bool normalised = true;          ///< norm_topk_prob
    double scale = 1;                ///< routed_scaling_factor
};

/// Routed and shared experts behind the first dense layers (arXiv 2401.06066, 2405.04434, 2412.19437). A config without
/// experts leaves all layers dense.
void placeDeepseekExperts(ConfigReader &config, DecoderSpec &spec, const DeepseekDefaults &defaults);

} // namespace assay
