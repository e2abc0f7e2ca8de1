// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/rotation.h"

#include "core/engine/kernels/rows.h"
#include "core/engine/linear.h"

#include <algorithm>
#include <c10/core/InferenceMode.h>

namespace assay::engine {
namespace {

bool same(const RopeSpec &a, const RopeSpec &b)
{
    // Scalings of one model differ in whether they are there at all.
    return a.theta == b.theta && a.rotaryDim == b.rotaryDim && a.scaling.has_value() == b.scaling.has_value();
}

/// Frequencies that depend on how long the sequence is.
bool dependsOnLength(const RopeSpec &spec)
{
    return spec.scaling && (spec.scaling->type == "dynamic" || spec.scaling->type == "longrope");
}

} // namespace

Rotations::Rotations(const DecoderSpec &spec, at::Device device) : m_device(device)
{
    for (const LayerSpec &layer : spec.layers) {
        const AttentionSpec &a = layer.attention;
        size_t table = 0;
        while (table < m_tables.size() && !same(m_tables[table].spec, a.rope))
            ++table;
        if (table == m_tables.size() && a.positions == Positions::Rotary)
            m_tables.push_back({a.rope});
        m_ofLayer.push_back(table);
    }
}

void Rotations::prepare(const TokenPositions &positions)
{
    // The table outlives this call and may later be used for training.
    const c10::InferenceMode outside(false);
    const at::NoGradGuard noGradient;
    for (Table &table : m_tables) {
        if (positions.rows.defined() && !positions.lengths.empty() && dependsOnLength(table.spec))
            turnEachRow(table, positions);
        else
            extend(table, positions);
    }
}

void Rotations::extend(Table &table, const TokenPositions &positions)
{
    const int64_t end = positions.end(), have = table.cosine.defined() ? table.cosine.size(0) : 0;
    if (end <= have && !dependsOnLength(table.spec))
        return;
    RopeFrequencies frequencies = ropeFrequencies(table.spec, end);
    if (end <= have && frequencies.inverse == table.inverse)
        return;
    const auto options = at::TensorOptions(at::kFloat);
    const at::Tensor inverse = at::tensor(frequencies.inverse, options).to(m_device);
    const int64_t length = end <= have ? have : std::max(end, 2 * have);
    const at::Tensor angles = at::arange(length, options.device(m_device)).unsqueeze(1) * inverse;
    table.inverse = std::move(frequencies.inverse);
    table.cosine = angles.cos() * frequencies.attentionFactor;
    table.sine = angles.sin() * frequencies.attentionFactor;
}

void Rotations::turnEachRow(Table &table, const TokenPositions &positions)
{
    std::vector<at::Tensor> inverse;
    double factor = 1;
    for (const int64_t length : positions.lengths) {
        const RopeFrequencies frequencies = ropeFrequencies(table.spec, length);
        inverse.push_back(at::tensor(frequencies.inverse, at::TensorOptions(at::kFloat)));
        factor = frequencies.attentionFactor;
    }
    // [batch, tokens, 1, rotaryDim / 2]
    const at::Tensor places = positions.rows.to(at::kFloat).unsqueeze(-1).unsqueeze(-1);
    const at::Tensor angles = places * at::stack(inverse).to(m_device).unsqueeze(1).unsqueeze(1);
    table.ofRows = {angles.cos() * factor, angles.sin() * factor};
}

bool Rotations::dependOnLength() const
{
    return std::ranges::any_of(m_tables, [](const Table &table) { return dependsOnLength(table.spec); });
}

bool Rotations::sameFor(const std::vector<int64_t> &lengths, const std::vector<int64_t> &others) const
{
    const auto of = [](const std::vector<int64_t> &all, size_t row) { return all.size() == 1 ? all.front() : all[row]; };
    for (const Table &table : m_tables) {
        for (size_t row = 0; dependsOnLength(table.spec) && row < std::max(lengths.size(), others.size()); ++row) {
            if (ropeFrequencies(table.spec, of(lengths, row)).inverse != ropeFrequencies(table.spec, of(others, row)).inverse)
                return false;
        }
    }
    return true;
}

Rotation Rotations::of(size_t layer, const TokenPositions &positions) const
{
    const Table &table = m_tables[m_ofLayer[layer]];
    if (positions.rows.defined() && dependsOnLength(table.spec))
        return table.ofRows;
    const auto rows = [&](const at::Tensor &all) {
        return positions.rows.defined() ? all.index({positions.rows}).unsqueeze(2)
                                        : all.narrow(0, positions.first, positions.tokens).unsqueeze(1);
    };
    return {rows(table.cosine), rows(table.sine)};
}

bool dependsOnLength(const DecoderSpec &spec)
{
    return std::any_of(spec.layers.begin(), spec.layers.end(), [](const LayerSpec &layer) {
        return layer.attention.positions == Positions::Rotary && dependsOnLength(layer.attention.rope);
    });
}

at::Tensor rotate(const at::Tensor &x, const Rotation &rotation, RopePairing pairing)
{
    // One table for all rows of the batch, and nothing that needs a gradient: in place, in a copy.
    if (ownKernels(x.device()) && x.scalar_type() == at::kFloat && !at::GradMode::is_enabled() && rotation.cosine.dim() == 3) {
        at::Tensor out = x.contiguous();
        if (out.is_same(x))
            out = x.clone();
        const at::Tensor cosine = rotation.cosine.contiguous(), sine = rotation.sine.contiguous();
        const int64_t tokens = x.size(1), heads = x.size(2), dim = x.size(3);
        const auto pairs = pairing == RopePairing::Halves ? kernels::RotaryPairs::Halves : kernels::RotaryPairs::Neighbours;
        for (int64_t row = 0; row < x.size(0); ++row) {
            kernels::rotate({out.select(0, row).data_ptr<float>(), tokens, heads, heads * dim, dim}, 2 * cosine.size(-1),
                            cosine.data_ptr<float>(), sine.data_ptr<float>(), pairs, threadPool());
        }
        return out;
    }
    const int64_t half = rotation.cosine.size(-1), all = x.size(-1);
    const at::Tensor turned = x.narrow(-1, 0, 2 * half); // times the tables it becomes f32
    at::Tensor out;
    if (pairing == RopePairing::Halves) {
        // Few operators: on a GPU each costs more to begin than a token takes.
        const at::Tensor pairs = turned.unflatten(-1, {2, half});
        const at::Tensor sine = at::stack({-rotation.sine, rotation.sine}, -2);
        out = (pairs * rotation.cosine.unsqueeze(-2) + pairs.flip({-2}) * sine).flatten(-2);
    } else {
        const at::Tensor pairs = turned.unflatten(-1, {half, 2});
        const at::Tensor a = pairs.select(-1, 0), b = pairs.select(-1, 1);
        out = at::stack({a * rotation.cosine - b * rotation.sine, b * rotation.cosine + a * rotation.sine}, -1).flatten(-2);
    }
    out = out.to(x.scalar_type());
    return all == 2 * half ? out : at::cat({out, x.narrow(-1, 2 * half, all - 2 * half)}, -1);
}

} // namespace assay::engine
