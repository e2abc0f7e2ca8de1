// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/weights/weightplaces.h"

namespace assay {
namespace {

using R = PartRole;
using S = WeightSection;

struct SectionDefinition
{
    S section;
    const char *id, *label;
};
constexpr std::array<SectionDefinition, kWeightSections> kSections{{
    {S::Embedding, "embedding", ASSAY_TEXT("Identity", "embedding")},
    {S::Attention, "attention", ASSAY_TEXT("Identity", "attention")},
    {S::Mlp, "mlp", ASSAY_TEXT("Identity", "feed-forward")},
    {S::Experts, "experts", ASSAY_TEXT("Identity", "experts")},
    {S::Norm, "norm", ASSAY_TEXT("Identity", "norms")},
    {S::Head, "head", ASSAY_TEXT("Identity", "output head")},
    {S::Other, "other", ASSAY_TEXT("Identity", "other weights")},
}};

constexpr R kNorms[] = {R::EmbeddingNorm, R::AttentionNorm, R::QueryNorm, R::KeyNorm, R::LatentQueryNorm, R::LatentKvNorm,
                        R::AttentionOutputNorm, R::MlpNorm, R::MlpOutputNorm, R::FinalNorm};

S sectionOf(R role)
{
    if (std::find(std::begin(kNorms), std::end(kNorms), role) != std::end(kNorms))
        return S::Norm;
    if (role <= R::TypeEmbedding)
        return S::Embedding;
    if (role >= R::Query && role <= R::StateSpace)
        return S::Attention;
    if (role >= R::Gate && role <= R::Down)
        return S::Mlp;
    if (role >= R::Router && role <= R::SharedRouter)
        return S::Experts;
    return role == R::Head || role == R::Pooler || role == R::Classifier ? S::Head : S::Other;
}

} // namespace

const char *weightSectionId(WeightSection section)
{
    return kSections[size_t(section)].id;
}

const char *weightSectionLabel(WeightSection section)
{
    return kSections[size_t(section)].label;
}

WeightPlace weightPlaceOf(const WeightCatalog &catalog, uint32_t tensor)
{
    const TensorRecord &record = catalog.checkpoint().tensors[tensor];
    LeafGroup group = groupOfName(record.name);
    WeightPlace place;
    place.tensor = tensor;
    place.role = partRoleOf(group);
    place.section = sectionOf(place.role);
    place.layer = group.firstLayer;
    place.pattern = std::move(group.pattern);
    place.matrix = record.shape.size() > 1;
    return place;
}

std::vector<WeightPlace> weightPlaces(const WeightCatalog &catalog)
{
    std::vector<WeightPlace> places;
    for (size_t tensor = 0; tensor < catalog.count(); ++tensor) {
        if (!catalog.owner(tensor))
            places.push_back(weightPlaceOf(catalog, uint32_t(tensor)));
    }
    return places;
}

uint32_t findWeight(std::span<const WeightPlace> places, const WeightCatalog &catalog, PartRole role, int64_t layer)
{
    for (const WeightPlace &place : places) {
        if (place.role != role || place.layer != layer)
            continue;
        const std::string_view suffix = parameterSuffix(catalog.checkpoint().tensors[place.tensor].name);
        if (suffix != "bias" && suffix != "biases")
            return place.tensor;
    }
    return kNoTensor;
}

} // namespace assay
