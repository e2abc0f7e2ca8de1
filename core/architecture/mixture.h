// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/description.h"

/// What mixtures of experts have in common.
namespace assay {

/// The config's experts, checked: count, active and intermediate, with these where the config is silent (0: it must say).
ExpertsSpec routedExperts(ConfigReader &config, int64_t defaultCount, int64_t defaultActive, int64_t defaultIntermediate);
/// scoring_func (GGUF: expert_gating_func); one that is not known is an error.
ExpertScores expertScores(ConfigReader &config, ExpertScores otherwise);
/// n_group and topk_group.
void limitToGroups(ConfigReader &config, ExpertsSpec &experts, GroupScores scores);
/// Gives the experts to the layers for which `sparse` says so; their network is that of the layer's.
void placeExperts(ConfigReader &config, DecoderSpec &spec, const ExpertsSpec &experts, const std::function<bool(int64_t layer)> &sparse);

} // namespace assay
