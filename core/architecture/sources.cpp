// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/description.h"

#include <algorithm>

namespace assay {
namespace {

/// llama.cpp's names, the same for all architectures (its llama-arch.cpp). A part may have several.
constexpr PartName kGguf[] = {
    {Part::Embedding, "token_embd"},
    {Part::PositionEmbedding, "position_embd"},
    {Part::TypeEmbedding, "token_types"},
    {Part::EmbeddingNorm, "token_embd_norm"},
    {Part::InputNorm, "blk.{layer}.attn_norm"},
    {Part::Query, "blk.{layer}.attn_q"},
    {Part::Key, "blk.{layer}.attn_k"},
    {Part::Value, "blk.{layer}.attn_v"},
    {Part::Query, "blk.{layer}.attn_qkv", Layout::Stacked},
    {Part::Key, "blk.{layer}.attn_qkv", Layout::Stacked},
    {Part::Value, "blk.{layer}.attn_qkv", Layout::Stacked},
    {Part::QueryNorm, "blk.{layer}.attn_q_norm"},
    {Part::KeyNorm, "blk.{layer}.attn_k_norm"},
    {Part::Sinks, "blk.{layer}.attn_sinks"},
    {Part::AttentionOutput, "blk.{layer}.attn_output"},
    {Part::QueryDown, "blk.{layer}.attn_q_a"},
    {Part::QueryDownNorm, "blk.{layer}.attn_q_a_norm"},
    {Part::QueryUp, "blk.{layer}.attn_q_b"},
    {Part::LatentDown, "blk.{layer}.attn_kv_a_mqa"},
    {Part::LatentDownNorm, "blk.{layer}.attn_kv_a_norm"},
    {Part::LatentUp, "blk.{layer}.attn_kv_b"},
    {Part::LatentUp, "blk.{layer}.attn_k_b", Layout::LatentKeys},
    {Part::LatentUp, "blk.{layer}.attn_v_b", Layout::LatentValues},
    {Part::AttentionOutputNorm, "blk.{layer}.post_attention_norm"},
    {Part::AttentionOutputNorm, "blk.{layer}.attn_output_norm"},
    {Part::MlpNorm, "blk.{layer}.ffn_norm"},
    {Part::MlpNorm, "blk.{layer}.post_attention_norm"},
    {Part::Gate, "blk.{layer}.ffn_gate"},
    {Part::Up, "blk.{layer}.ffn_up"},
    {Part::Gate, "blk.{layer}.ffn_up", Layout::Stacked},
    {Part::Up, "blk.{layer}.ffn_up", Layout::Stacked},
    {Part::Down, "blk.{layer}.ffn_down"},
    {Part::MlpOutputNorm, "blk.{layer}.post_ffw_norm"},
    {Part::MlpOutputNorm, "blk.{layer}.layer_output_norm"},
    {Part::Router, "blk.{layer}.ffn_gate_inp"},
    {Part::RouterCorrection, "blk.{layer}.exp_probs_b.bias!"},
    {Part::RouterCorrection, "blk.{layer}.exp_probs_b!"},
    {Part::ExpertGate, "blk.{layer}.ffn_gate_exps", Layout::Experts},
    {Part::ExpertUp, "blk.{layer}.ffn_up_exps", Layout::Experts},
    {Part::ExpertDown, "blk.{layer}.ffn_down_exps", Layout::Experts},
    {Part::ExpertGate, "blk.{layer}.ffn_gate_up_exps", Layout::ExpertsStacked},
    {Part::ExpertUp, "blk.{layer}.ffn_gate_up_exps", Layout::ExpertsStacked},
    // Files of early 2024 have each expert by itself.
    {Part::ExpertGate, "blk.{layer}.ffn_gate.{expert}"},
    {Part::ExpertUp, "blk.{layer}.ffn_up.{expert}"},
    {Part::ExpertDown, "blk.{layer}.ffn_down.{expert}"},
    {Part::SharedGate, "blk.{layer}.ffn_gate_shexp"},
    {Part::SharedUp, "blk.{layer}.ffn_up_shexp"},
    {Part::SharedDown, "blk.{layer}.ffn_down_shexp"},
    {Part::SharedScale, "blk.{layer}.ffn_gate_inp_shexp"},
    {Part::FinalNorm, "output_norm"},
    {Part::Head, "output"},
    {Part::RopeDivisors, "rope_freqs"},
    {Part::RopeShortFactors, "rope_factors_short"},
    {Part::RopeLongFactors, "rope_factors_long"},
};

void replace(std::string &text, std::string_view mark, int64_t number)
{
    if (const size_t at = text.find(mark); at != std::string::npos)
        text.replace(at, mark.size(), std::to_string(number));
}

std::string fullName(const PartName &row, const TensorSlot &slot)
{
    const bool ownBias = slot.bias && row.bias;
    std::string name = ownBias ? row.bias : row.name;
    replace(name, "{layer}", slot.layer);
    replace(name, "{expert}", slot.expert);
    if (ownBias)
        return name;
    if (name.ends_with('!'))
        name.pop_back();
    else
        name += slot.bias ? ".bias" : ".weight";
    return name;
}

int64_t rowsOf(const DecoderSpec &spec, Part part, int64_t layer)
{
    const LayerSpec &at = spec.layers[size_t(layer)];
    const AttentionSpec &a = at.attention;
    const int64_t shared = at.feedForward.experts ? at.feedForward.experts->sharedIntermediate : 0;
    switch (part) {
    case Part::Query:
        return a.heads * a.headDim;
    case Part::Key:
        return a.kvHeads * a.headDim;
    case Part::Value:
        return a.kvHeads * a.valueDim;
    case Part::SharedGate:
    case Part::SharedUp:
        return shared;
    default:
        return at.feedForward.intermediate;
    }
}

/// First row and number of all rows of parts that follow each other under one name.
std::pair<int64_t, int64_t> stackedRows(const DecoderSpec &spec, const TensorSlot &slot, std::span<const PartName> names,
                                        const PartName &own)
{
    int64_t first = 0, all = 0;
    for (const PartName &row : names) {
        if (std::string_view(row.name) != own.name || row.layout != own.layout)
            continue;
        if (row.part == slot.part)
            first = all;
        all += rowsOf(spec, row.part, slot.layer);
    }
    return {first, all};
}

/// Place among the queries, keys and values of a head or group: first row and rows in heads.
std::pair<int64_t, int64_t> headRows(Part part, int64_t queries)
{
    return part == Part::Query ? std::pair<int64_t, int64_t>{0, queries} : std::pair<int64_t, int64_t>{part == Part::Key ? queries : queries + 1, 1};
}

void placeExpert(const DecoderSpec &spec, const TensorSlot &slot, Layout layout, TensorSource &source)
{
    const int64_t out = slot.shape.front(), in = slot.shape.back(), count = spec.layers[size_t(slot.layer)].feedForward.experts->count;
    const bool paired = layout == Layout::ExpertsPaired || layout == Layout::ExpertsPairedTransposed;
    const bool both = paired || layout == Layout::ExpertsStacked;
    const int64_t height = both ? 2 * out : out, first = slot.expert * height, up = slot.part == Part::ExpertUp ? 1 : 0;
    source.transposed = !slot.bias && (layout == Layout::ExpertsTransposed || layout == Layout::ExpertsPairedTransposed);
    source.shape = slot.bias            ? std::vector<int64_t>{count, height}
                   : source.transposed ? std::vector<int64_t>{count, in, height}
                                       : std::vector<int64_t>{count, height, in};
    source.rows = paired ? RowPattern{first + up, 1, 2} : RowPattern{first + (both ? up * out : 0), 0, 0};
}

/// The first head's tensor, and those of the others as its rest.
void placeHeads(const TensorSlot &slot, TensorSource &source)
{
    const std::string pattern = source.name;
    for (int64_t head = 0; head < slot.shape.front(); ++head) {
        TensorSource one;
        one.name = pattern;
        replace(one.name, "{head}", head);
        one.shape = {slot.shape.back()};
        one.count = 1;
        one.into = {head, 0, 0};
        if (head == 0)
            source = one;
        else
            source.rest.push_back(std::move(one));
    }
}

void placeLatent(const AttentionSpec &a, bool keys, TensorSource &source)
{
    const int64_t nope = a.latent->nopeDim, height = keys ? nope : a.valueDim;
    source.shape = keys ? std::vector<int64_t>{a.heads, a.latent->rank, nope} : std::vector<int64_t>{a.heads, a.valueDim, a.latent->rank};
    source.transposed = keys;
    source.count = a.heads * height;
    source.into = {keys ? 0 : nope, height, nope + a.valueDim};
}

/// Fills shape, rows and transposed of a source.
void place(const DecoderSpec &spec, const TensorSlot &slot, std::span<const PartName> names, const PartName &row, TensorSource &source)
{
    const int64_t out = slot.shape.front(), in = slot.shape.back();
    const auto matrix = [&](int64_t rows) { return slot.bias ? std::vector<int64_t>{rows} : std::vector<int64_t>{rows, in}; };
    switch (row.layout) {
    case Layout::Own:
        source.shape = slot.shape;
        return;
    case Layout::Transposed:
        source.shape = slot.bias ? slot.shape : std::vector<int64_t>{in, out};
        source.transposed = !slot.bias;
        return;
    case Layout::Stacked:
    case Layout::StackedTransposed: {
        const auto [first, all] = stackedRows(spec, slot, names, row);
        source.transposed = row.layout == Layout::StackedTransposed && !slot.bias;
        source.shape = source.transposed ? std::vector<int64_t>{in, all} : matrix(all);
        source.rows = {first, 0, 0};
        return;
    }
    case Layout::PerHead:
    case Layout::PerGroup: {
        const AttentionSpec &a = spec.layers[size_t(slot.layer)].attention;
        const int64_t queries = row.layout == Layout::PerHead ? 1 : a.heads / a.kvHeads;
        const auto [first, heads] = headRows(slot.part, queries);
        source.shape = matrix((queries + 2) * a.kvHeads * a.headDim);
        source.rows = {first * a.headDim, heads * a.headDim, (queries + 2) * a.headDim};
        return;
    }
    case Layout::HeadByHead:
        placeHeads(slot, source);
        return;
    case Layout::LatentKeys:
    case Layout::LatentValues:
        placeLatent(spec.layers[size_t(slot.layer)].attention, row.layout == Layout::LatentKeys, source);
        return;
    default:
        placeExpert(spec, slot, row.layout, source);
    }
}
/// What wraps a base model: its own names come with and without. Longer ones first.
constexpr std::string_view kWrappers[] = {"model.language_model.", "language_model.model.", "language_model.", "model.",
                                          "transformer.", "gpt_neox.", "bert.", "roberta.", "distilbert."};

/// The same with the first letters of all its names exchanged.
TensorSource renamed(TensorSource source, size_t letters, const char *prefix)
{
    source.name.replace(0, letters, prefix);
    for (TensorSource &other : source.rest)
        other.name.replace(0, letters, prefix);
    return source;
}

void addWithoutWrapper(std::vector<TensorSource> &sources)
{
    const TensorSource own = sources.back();
    for (const std::string_view wrapper : kWrappers) {
        if (!own.name.starts_with(wrapper))
            continue;
        sources.push_back(renamed(own, wrapper.size(), ""));
        if (wrapper == "bert.")
            sources.push_back(renamed(own, wrapper.size(), "roberta."));
        if (wrapper == "model.") {
            for (const char *other : {"model.language_model.", "language_model.model."})
                sources.push_back(renamed(own, wrapper.size(), other));
        }
        return;
    }
    sources.push_back(renamed(own, 0, "language_model.")); // the head of a multimodal model
}

/// What these rows say of the slot, behind what is there.
void addSources(const DecoderSpec &spec, const TensorSlot &slot, std::span<const PartName> names, bool gguf, std::vector<TensorSource> &sources)
{
    for (const PartName &row : names) {
        // A whole name is the weight's alone.
        if (row.part != slot.part || (slot.bias && !row.bias && std::string_view(row.name).ends_with('!')))
            continue;
        TensorSource source;
        source.name = fullName(row, slot);
        place(spec, slot, names, row, source);
        if (row.layout == Layout::LatentValues && !sources.empty()) {
            sources.back().rest.push_back(std::move(source));
            continue;
        }
        sources.push_back(std::move(source));
        if (!gguf)
            addWithoutWrapper(sources);
    }
}

} // namespace

std::vector<TensorSource> sourcesOf(const DecoderSpec &spec, const TensorSlot &slot, bool gguf)
{
    std::vector<TensorSource> sources;
    if (const ArchitectureDescription *description = findArchitecture(spec.architecture))
        addSources(spec, slot, gguf ? description->ggufNames : description->names, gguf, sources);
    if (gguf)
        addSources(spec, slot, kGguf, gguf, sources);
    return sources;
}

bool sameShape(std::span<const int64_t> one, std::span<const int64_t> other)
{
    size_t i = 0, j = 0;
    while (true) {
        while (i < one.size() && one[i] == 1)
            ++i;
        while (j < other.size() && other[j] == 1)
            ++j;
        if (i == one.size() || j == other.size())
            return i == one.size() && j == other.size();
        if (one[i++] != other[j++])
            return false;
    }
}

std::optional<TensorSource> findSource(const DecoderSpec &spec, const TensorSlot &slot, bool gguf, const ShapeOf &shapeOf)
{
    const auto fits = [&shapeOf](const TensorSource &source) {
        const auto shape = shapeOf(source.name);
        return shape && sameShape(*shape, source.shape);
    };
    std::optional<TensorSource> misshapen;
    for (TensorSource &source : sourcesOf(spec, slot, gguf)) {
        if (fits(source) && std::ranges::all_of(source.rest, fits))
            return std::move(source);
        if (!misshapen && shapeOf(source.name))
            misshapen = std::move(source);
    }
    return misshapen;
}

std::string tensorName(const DecoderSpec &spec, const TensorSlot &slot)
{
    const auto sources = sourcesOf(spec, slot, false);
    return sources.empty() ? std::string() : sources.front().name;
}

} // namespace assay
