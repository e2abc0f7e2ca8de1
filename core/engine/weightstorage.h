// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"
#include "core/engine/kernels/matrix.h"
#include "core/engine/torch.h"
#include "core/engine/weightmatch.h"
#include "core/model/weightvariant.h"

namespace assay::engine {

/// How a model is kept in memory.
struct StoragePlan
{
    at::ScalarType dtype = at::kFloat;    ///< of keys and values, and of every tensor that is not kept as it is stored
    std::vector<kernels::StoredAs> slots; ///< of each tensor, in the order of DecoderSpec::tensors()
    bool int8 = false;
    std::optional<Pruning> pruning; ///< to be done when the weights are there
};

/// What LoadOptions::dtype means for these weights. On the CPU "auto" keeps float32, bfloat16, float16 and those blocks of GGUF that
/// the kernels multiply by; everything else becomes the type that most weights are stored in, bfloat16 when that is packed.
/// "int8" quantises each row of the matrices of layers and of a head of its own; embeddings (a tied head too), routers,
/// norms and biases are as with "auto". "prune50", "bf16+prune2:4": the matrices of layers, routers apart, are kept in a plain type
/// and pruned. DtypeUnsupported, also for int8 that is to be pruned.
Result<StoragePlan> planStorage(const std::vector<MatchedWeight> &weights, const WeightCatalog &catalog, const std::string &dtype,
                                at::Device device);

/// A tensor of a model that computes in this type: on the CPU what flows between the matrices of inference is float32, and
/// so are the norms and biases that meet it there.
kernels::StoredAs keptIn(at::ScalarType dtype, const TensorSlot &slot, at::Device device, bool inference = true);

/// Whether magnitude pruning is about this tensor: matrices of layers that hidden states are multiplied by.
bool isPruned(const TensorSlot &slot);

/// Bytes of a tensor that is kept so.
uint64_t bytesKept(const TensorSlot &slot, kernels::StoredAs kept);
uint64_t bytesKept(const std::vector<MatchedWeight> &weights, const StoragePlan &plan);

/// "bf16", "int8", "Q4_K".
const char *storedAsId(kernels::StoredAs type);
/// libtorch's type; nothing for blocks and int8.
std::optional<at::ScalarType> scalarTypeOf(kernels::StoredAs type);
/// The kernels' type for a stored one; nothing when they cannot multiply by it.
std::optional<kernels::StoredAs> storedAsOf(Dtype dtype);

/// How many parameters are stored and kept how, with their bytes in memory, the most parameters first.
std::vector<WeightShare> sharesOf(const std::vector<MatchedWeight> &weights, const WeightCatalog &catalog, const StoragePlan &plan);

} // namespace assay::engine
