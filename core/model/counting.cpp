// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/counting.h"

#include "core/format/sharedbytes.h"
#include "core/model/ggufnames.h"

#include <algorithm>
#include <map>
#include <set>

namespace assay {
namespace {

/// What one numbered list of layers holds.
struct Container
{
    std::set<int64_t> layers;
    uint64_t parameters = 0;
};

/// The list with the most parameters is the model's own; a vision tower or a next-token module has fewer.
void findLayers(CountedModel &model, const Checkpoint &checkpoint, const ModelConfig &config)
{
    // A frozen TorchScript module numbers its constants, whatever layers they were in.
    const bool frozen = checkpoint.format == "torchscript";
    std::map<std::string, Container> containers;
    for (const CountedGroup &counted : model.groups) {
        const LeafGroup &group = counted.group;
        if (group.firstLayer < 0 || counted.kind.nextToken || (frozen && group.container == "constants"))
            continue;
        Container &container = containers[group.container];
        container.parameters += counted.kind.parametersEach * group.copies;
        for (int64_t i = 0; i < group.layerCount; ++i)
            container.layers.insert(group.firstLayer + i);
    }
    const auto most = std::max_element(containers.begin(), containers.end(), [](const auto &a, const auto &b) {
        return a.second.parameters < b.second.parameters;
    });
    if (most == containers.end())
        return;
    model.container = most->first;
    model.firstNextTokenLayer = *most->second.layers.rbegin() + 1;
    if (config.mtpLayers.value_or(0) > 0 && config.layers.value_or(0) > 0)
        model.firstNextTokenLayer = std::min(model.firstNextTokenLayer, *config.layers);
    const auto &layers = most->second.layers;
    model.layers = std::distance(layers.begin(), layers.lower_bound(model.firstNextTokenLayer));
}

/// active / routed of the parameters of routed experts, whole parameters.
uint64_t activeShare(uint64_t routed, const ModelConfig &config)
{
    if (!config.experts || config.experts->active <= 0 || config.experts->active >= config.experts->routed)
        return routed;
    const auto active = uint64_t(config.experts->active), all = uint64_t(config.experts->routed);
    return routed / all * active + routed % all * active / all;
}

bool ties(const CountedModel &model, const ModelConfig &config)
{
    return config.tiedEmbeddings.value_or(model.family ? model.family->tiedByDefault : false);
}

/// Whether the model gives words, so that an embedding without a head of its own is the head.
bool speaks(const CountedModel &model)
{
    return model.task == ModelTask::LanguageModel || model.task == ModelTask::MaskedLanguageModel;
}

/// Marks all but one of the tensors that share their bytes; the head gives way to the embedding.
void findShared(CountedModel &model, const Checkpoint &checkpoint)
{
    const auto shared = sharedTensors(checkpoint);
    if (shared.empty())
        return;
    std::multimap<std::string_view, CountedGroup *> byPattern;
    for (CountedGroup &counted : model.groups)
        byPattern.emplace(counted.group.pattern, &counted);
    const auto ownerOf = [&](const TensorRecord &tensor) -> CountedGroup * {
        const LeafGroup named = groupOfName(tensor.name);
        const auto [begin, end] = byPattern.equal_range(named.pattern);
        for (auto it = begin; it != end; ++it) {
            const LeafGroup &group = it->second->group;
            if (group.tensor->shape == tensor.shape && group.tensor->dtype == tensor.dtype
                && named.firstLayer >= group.firstLayer
                && named.firstLayer < group.firstLayer + std::max<int64_t>(group.layerCount, 1))
                return it->second;
        }
        return nullptr;
    };
    for (const std::vector<uint32_t> &tensors : shared) {
        std::vector<CountedGroup *> owners;
        for (const uint32_t tensor : tensors) {
            if (CountedGroup *owner = ownerOf(checkpoint.tensors[tensor]))
                owners.push_back(owner);
        }
        auto kept = std::find_if(owners.begin(), owners.end(), [](const CountedGroup *owner) {
            return owner->kind.purpose == TensorPurpose::TokenEmbedding;
        });
        if (kept == owners.end())
            kept = owners.begin();
        for (auto it = owners.begin(); it != owners.end(); ++it)
            (*it)->repeated += it != kept && (*it)->repeated < (*it)->group.copies;
    }
}

} // namespace

const CountedGroup *CountedModel::find(TensorPurpose purpose) const
{
    for (const CountedGroup &counted : groups) {
        if (counted.kind.purpose == purpose)
            return &counted;
    }
    return nullptr;
}

uint64_t CountedModel::nextTokenCopies(const CountedGroup &counted) const
{
    if (counted.kind.nextToken)
        return counted.group.copies;
    return counted.group.container == container ? counted.group.copiesFrom(firstNextTokenLayer) : 0;
}

uint64_t CountedModel::mainCopies(const CountedGroup &counted) const
{
    const uint64_t copies = counted.group.copies - std::min(counted.group.copies, nextTokenCopies(counted));
    return copies - std::min(copies, counted.repeated);
}

CountedModel countModel(const LayerNode &tree, const Checkpoint &checkpoint, const ModelConfig &config)
{
    CountedModel model;
    const GgufArchitecture *gguf = findGgufArchitecture(checkpoint);
    model.family = gguf ? &gguf->family : findFamily(config.architecture(), config.modelType);
    model.task = taskOf(config.architecture());
    for (LeafGroup &group : leafGroups(tree, checkpoint)) {
        const TensorKind kind = kindOf(group, config, model.family ? model.family->head : "");
        model.groups.push_back({std::move(group), kind});
    }
    readPacking(model, config);
    findLayers(model, checkpoint, config);
    const CountedGroup *head = model.find(TensorPurpose::Head);
    const CountedGroup *embedding = model.find(TensorPurpose::TokenEmbedding);
    findShared(model, checkpoint);
    model.tiedTwice = head && embedding && head->repeated == 0 && ties(model, config)
                      && head->group.tensor->shape == embedding->group.tensor->shape;
    return model;
}

ParameterCounts countParameters(const CountedModel &model, const ModelConfig &config)
{
    ParameterCounts out;
    uint64_t routed = 0;
    for (const CountedGroup &counted : model.groups) {
        const uint64_t elements = counted.group.tensor->elements * (counted.group.copies - counted.repeated);
        out.storedElements += elements;
        if (counted.kind.role == TensorRole::Scale)
            out.scales += elements;
        if (counted.kind.role == TensorRole::Buffer)
            out.buffers += elements;
        if (model.tiedTwice && counted.kind.purpose == TensorPurpose::Head)
            continue;
        const uint64_t main = counted.kind.parametersEach * model.mainCopies(counted);
        out.mtp += counted.kind.parametersEach * model.nextTokenCopies(counted);
        out.main += main;
        if (counted.kind.purpose == TensorPurpose::TokenEmbedding)
            out.embedding += main;
        if (counted.kind.purpose == TensorPurpose::RoutedExpert)
            routed += main;
    }
    out.total = out.main + out.mtp;
    out.active = out.main - routed + activeShare(routed, config);
    uint64_t head = 0;
    for (const CountedGroup &counted : model.groups) {
        if (counted.kind.purpose == TensorPurpose::Head && !model.tiedTwice)
            head += counted.kind.parametersEach * model.mainCopies(counted);
    }
    // A tied embedding is the head as well.
    const bool tied = head == 0 && speaks(model);
    out.activeWithHead = out.active - (tied ? 0 : out.embedding);
    out.activeCore = out.active - out.embedding - head;
    return out;
}

WorkFacts matrixWork(const CountedModel &model, const ModelConfig &config)
{
    uint64_t dense = 0, routed = 0, embedding = 0, head = 0;
    for (const CountedGroup &counted : model.groups) {
        if (counted.group.tensor->shape.size() < 2 || counted.group.pattern.ends_with("bias"))
            continue;
        const uint64_t main =
            counted.kind.parametersEach * (counted.group.copies - model.nextTokenCopies(counted));
        switch (counted.kind.purpose) {
        case TensorPurpose::TokenEmbedding: embedding += main; break;
        case TensorPurpose::PositionEmbedding: break;
        case TensorPurpose::RoutedExpert: routed += main; break;
        case TensorPurpose::Head: head += main; break;
        default: dense += main;
        }
    }
    // A tied head still costs its product.
    if (!model.find(TensorPurpose::Head) && speaks(model))
        head = embedding;
    return {2.0 * double(dense + activeShare(routed, config) + head), 2.0 * double(head)};
}

std::optional<int64_t> countedExperts(const CountedModel &model)
{
    // Experts of one layer may lie in several groups: some packed, some not.
    std::map<std::pair<std::string_view, int64_t>, int64_t> layers;
    for (const CountedGroup &counted : model.groups) {
        const LeafGroup &group = counted.group;
        if (counted.kind.purpose != TensorPurpose::RoutedExpert || counted.kind.role != TensorRole::Weight
            || group.layerCount <= 0)
            continue;
        const bool separate = group.pattern.find("experts.*.") != std::string::npos;
        const Shape &shape = group.tensor->shape;
        // Fused ones have the experts as their first axis, biases too.
        const int64_t own = separate            ? int64_t(group.copies) / group.layerCount
                            : shape.size() >= 2 ? shape[0]
                                                : 0;
        for (int64_t i = 0; i < group.layerCount; ++i) {
            int64_t &sum = layers[{group.pattern, group.firstLayer + i}];
            sum = separate ? sum + own : std::max(sum, own);
        }
    }
    std::optional<int64_t> most;
    for (const auto &[layer, experts] : layers)
        most = std::max(most.value_or(0), experts);
    return most;
}

int64_t countedNextTokenLayers(const CountedModel &model)
{
    std::set<int64_t> layers;
    bool module = false;
    for (const CountedGroup &counted : model.groups) {
        const LeafGroup &group = counted.group;
        if (counted.kind.nextToken && group.container != model.container && group.layerCount > 0) {
            for (int64_t i = 0; i < group.layerCount; ++i)
                layers.insert(-1 - group.firstLayer - i); // numbered by themselves: mtp.layers.0
        } else if (counted.kind.nextToken) {
            module = true;
        } else if (group.container == model.container && model.layers > 0) {
            for (int64_t i = std::max(group.firstLayer, model.firstNextTokenLayer);
                 i < group.firstLayer + group.layerCount; ++i)
                layers.insert(i);
        }
    }
    return layers.empty() && module ? 1 : int64_t(layers.size());
}

} // namespace assay
