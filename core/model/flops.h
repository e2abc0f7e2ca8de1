// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/facts.h"

namespace assay {

/// FLOPs of generating one token after `context` others (inspectors.md 4i): 2 x the active matrix weights, and
/// 2 x heads x (key + value width) for each layer and token that it attends to. `expanded`: latent attention computed
/// on keys and values of every head instead of the latent vector. A state's update is left out. Nothing where the
/// weights were not counted.
std::optional<double> decodeFlops(const ModelFacts &facts, int64_t context, bool expanded);

/// FLOPs of reading so many tokens at once: the matrices for each of them, the head for the last one alone, half of
/// the attention's square because what comes later is not attended to. Latent attention is expanded, as prefills do.
std::optional<double> prefillFlops(const ModelFacts &facts, int64_t tokens);

} // namespace assay
