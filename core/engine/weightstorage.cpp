// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/weightstorage.h"

#include "core/engine/device.h"
#include "core/engine/linear.h"
#include "core/engine/weightloader.h"

#include <algorithm>
#include <map>

namespace assay::engine {
namespace {

using kernels::StoredAs;

struct StorageRow
{
    StoredAs type;
    Dtype dtype;
    const char *id;
};
constexpr StorageRow kStorage[] = {
    {StoredAs::F32, Dtype::F32, "f32"},          {StoredAs::BF16, Dtype::BF16, "bf16"},
    {StoredAs::F16, Dtype::F16, "f16"},          {StoredAs::I8Rows, Dtype::Unknown, "int8"},
    {StoredAs::Q8_0, Dtype::Q8_0, "Q8_0"},       {StoredAs::Q4_0, Dtype::Q4_0, "Q4_0"},
    {StoredAs::Q4_1, Dtype::Q4_1, "Q4_1"},       {StoredAs::Q5_0, Dtype::Q5_0, "Q5_0"},
    {StoredAs::Q5_1, Dtype::Q5_1, "Q5_1"},       {StoredAs::Q4_K, Dtype::Q4_K, "Q4_K"},
    {StoredAs::Q5_K, Dtype::Q5_K, "Q5_K"},       {StoredAs::Q6_K, Dtype::Q6_K, "Q6_K"},
    {StoredAs::Q2_K, Dtype::Q2_K, "Q2_K"},       {StoredAs::Q3_K, Dtype::Q3_K, "Q3_K"},
    {StoredAs::MXFP4, Dtype::MXFP4, "MXFP4"},    {StoredAs::IQ4_NL, Dtype::IQ4_NL, "IQ4_NL"},
    {StoredAs::IQ4_XS, Dtype::IQ4_XS, "IQ4_XS"},
};

/// Matrices that nothing but products reads.
bool isMultiplied(const TensorSlot &slot)
{
    if (slot.bias || slot.shape.size() != 2)
        return false;
    switch (slot.part) {
    case Part::Query:
    case Part::Key:
    case Part::Value:
    case Part::AttentionOutput:
    case Part::QueryDown:
    case Part::QueryUp:
    case Part::LatentDown:
    case Part::Gate:
    case Part::Up:
    case Part::Down:
    case Part::ExpertGate:
    case Part::ExpertUp:
    case Part::ExpertDown:
    case Part::SharedGate:
    case Part::SharedUp:
    case Part::SharedDown:
    case Part::Head:
        return true;
    default:
        return false;
    }
}

/// The type that all pieces of a weight are stored in, when their bytes are its numbers.
std::optional<Dtype> plainType(const MatchedWeight &weight, const WeightCatalog &catalog)
{
    const Checkpoint &checkpoint = catalog.checkpoint();
    const Dtype first = checkpoint.tensors[weight.pieces.front().tensor].dtype;
    for (const MatchedWeight::Piece &piece : weight.pieces) {
        const TensorRecord &record = checkpoint.tensors[piece.tensor];
        if (catalog.parts(piece.tensor).scheme != WeightScheme::Plain || record.dtype != first)
            return std::nullopt;
    }
    return first;
}

/// Whether rows of the slot are rows of one tensor as the kernels read them.
bool rowsAreThere(const MatchedWeight &weight, const WeightCatalog &catalog)
{
    const TensorRecord &record = catalog.checkpoint().tensors[weight.pieces.front().tensor];
    return weight.pieces.size() == 1 && !weight.pieces.front().source.transposed && record.strides.empty()
           && !catalog.checkpoint().files[record.file].bigEndian;
}

/// The type to keep a weight in as it is stored; nothing where it has to be converted.
std::optional<StoredAs> asStored(const MatchedWeight &weight, const WeightCatalog &catalog, bool blocks)
{
    const TensorSlot &slot = weight.slot;
    const auto plain = plainType(weight, catalog);
    const auto type = plain ? storedAsOf(*plain) : std::nullopt;
    if (!type || slot.bias || slot.shape.size() == 1)
        return std::nullopt;
    if (!kernels::inBlocks(*type))
        return type;
    const bool usable = blocks && (isMultiplied(slot) || slot.part == Part::Embedding) && rowsAreThere(weight, catalog)
                        && kernels::bytesOfRow(*type, slot.shape[1]) > 0;
    return usable ? type : std::nullopt;
}

std::string storedName(const MatchedWeight &weight, const WeightCatalog &catalog)
{
    const size_t tensor = weight.pieces.front().tensor;
    const WeightScheme scheme = catalog.parts(tensor).scheme;
    return scheme == WeightScheme::Plain ? dtypeName(catalog.checkpoint().tensors[tensor].dtype) : weightSchemeName(scheme);
}

uint64_t elementsOf(const TensorSlot &slot)
{
    uint64_t out = 1;
    for (const int64_t size : slot.shape)
        out *= uint64_t(size);
    return out;
}

} // namespace

Result<StoragePlan> planStorage(const std::vector<MatchedWeight> &weights, const WeightCatalog &catalog, const std::string &dtype,
                                at::Device device)
{
    StoragePlan plan;
    const auto variant = parseWeightVariant(dtype);
    if (!variant)
        return failure(ErrorCode::DtypeUnsupported, {dtype, device.str()});
    plan.int8 = variant->dtype == "int8";
    plan.pruning = variant->pruning;
    if (plan.int8 && (!device.is_cpu() || plan.pruning))
        return failure(ErrorCode::DtypeUnsupported, {dtype, device.str()});
    const bool automatic = variant->dtype == "auto" || plan.int8;
    const auto scalar = dtypeFor(automatic ? "auto" : variant->dtype, storedType(weights, catalog.checkpoint()), device);
    if (!scalar)
        return tl::unexpected(scalar.error());
    plan.dtype = *scalar;
    for (const MatchedWeight &weight : weights) {
        const bool blocks = !plan.pruning || !isPruned(weight.slot); // their numbers share offsets: hardly any block has a zero
        const auto stored = automatic && ownKernels(device) ? asStored(weight, catalog, blocks) : std::nullopt;
        const bool rounded = plan.int8 && isMultiplied(weight.slot);
        plan.slots.push_back(rounded ? StoredAs::I8Rows : stored.value_or(keptIn(plan.dtype, weight.slot, device)));
    }
    return plan;
}

bool isPruned(const TensorSlot &slot)
{
    return (isMultiplied(slot) && slot.part != Part::Head) || (slot.part == Part::LatentUp && !slot.bias && slot.shape.size() == 2);
}

StoredAs keptIn(at::ScalarType dtype, const TensorSlot &slot, at::Device device, bool inference)
{
    const bool vector = slot.bias || slot.shape.size() == 1;
    // Which experts are chosen hangs on small differences; libtorch multiplies by one type only.
    if (slot.part == Part::Router && inference && !ownKernels(device))
        return StoredAs::F32;
    return vector && inference && ownKernels(device) ? StoredAs::F32 : storedAs(dtype).value_or(StoredAs::F32);
}

uint64_t bytesKept(const TensorSlot &slot, StoredAs kept)
{
    const kernels::StoredBlock block = kernels::storedBlock(kept);
    const uint64_t scales = kept == StoredAs::I8Rows ? uint64_t(slot.shape[0]) * sizeof(float) : 0;
    return elementsOf(slot) / uint64_t(block.elements) * uint64_t(block.bytes) + scales;
}

uint64_t bytesKept(const std::vector<MatchedWeight> &weights, const StoragePlan &plan)
{
    uint64_t out = 0;
    for (size_t i = 0; i < weights.size(); ++i)
        out += bytesKept(weights[i].slot, plan.slots[i]);
    return out;
}

const char *storedAsId(StoredAs type)
{
    return std::ranges::find(kStorage, type, &StorageRow::type)->id;
}

std::optional<at::ScalarType> scalarTypeOf(StoredAs type)
{
    switch (type) {
    case StoredAs::F32: return at::kFloat;
    case StoredAs::BF16: return at::kBFloat16;
    case StoredAs::F16: return at::kHalf;
    default: return std::nullopt;
    }
}

std::optional<StoredAs> storedAsOf(Dtype dtype)
{
    const auto *found = std::ranges::find(kStorage, dtype, &StorageRow::dtype);
    return found == std::end(kStorage) || dtype == Dtype::Unknown ? std::nullopt : std::optional(found->type);
}

std::vector<WeightShare> sharesOf(const std::vector<MatchedWeight> &weights, const WeightCatalog &catalog, const StoragePlan &plan)
{
    std::map<std::pair<std::string, std::string>, WeightShare> shares;
    for (size_t i = 0; i < weights.size(); ++i) {
        const std::string stored = storedName(weights[i], catalog), kept = storedAsId(plan.slots[i]);
        WeightShare &share = shares.try_emplace({stored, kept}, WeightShare{stored, kept, 0, 0}).first->second;
        share.parameters += elementsOf(weights[i].slot);
        share.bytes += bytesKept(weights[i].slot, plan.slots[i]);
    }
    std::vector<WeightShare> out;
    for (auto &[names, share] : shares)
        out.push_back(std::move(share));
    std::ranges::stable_sort(out, std::ranges::greater(), &WeightShare::parameters);
    return out;
}

} // namespace assay::engine
