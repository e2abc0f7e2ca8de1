// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/attention.h"
#include "core/engine/fixedstep.h"
#include "core/engine/kvcache.h"
#include "core/engine/layerweights.h"
#include "core/engine/rotation.h"

namespace assay::engine {

/// How MLA attends: with keys and values made of each latent vector, or with queries brought to the latent space
/// (DeepSeek-V2, arXiv 2405.04434, section 2.1.2). The same numbers; Auto takes the cheaper one.
enum class LatentWay { Auto, Expanded, Absorbed };

/// What all layers of one pass share.
struct Pass
{
    const Rotations &rotations;
    TokenPositions positions;
    KvCache *cache = nullptr;
    at::Tensor mask; ///< bool [batch, cached + tokens]; undefined: no padding
    bool causal = true;
    LatentWay latentWay = LatentWay::Auto;
    const FixedStep *step = nullptr; ///< instead of positions that the host knows; needs a cache

    int64_t past() const { return cache ? cache->length() : 0; }
};

/// The attention part of a layer on x [batch, tokens, hidden].
at::Tensor selfAttention(size_t index, const AttentionSpec &spec, const LayerWeights &layer, const at::Tensor &x, const Pass &pass);

/// Multi-head latent attention; the cache keeps the latent vectors.
at::Tensor latentAttention(size_t index, const AttentionSpec &spec, const LayerWeights &layer, const at::Tensor &x, const Pass &pass);

} // namespace assay::engine
