// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/weights/invariantmatrices.h"

#include <cmath>
#include <set>

namespace assay {
namespace {

using RowMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Outcome = tl::expected<FloatMatrix, Told>;

constexpr uint64_t kPieceValues = 512 * 1024;
constexpr std::array kMatrixRoles{PartRole::Query, PartRole::Key, PartRole::Value, PartRole::AttentionOutput, PartRole::Gate, PartRole::Up,
                                  PartRole::Down, PartRole::ExpertGate, PartRole::ExpertUp, PartRole::ExpertDown,
                                  PartRole::SharedGate, PartRole::SharedUp, PartRole::SharedDown};

tl::unexpected<Told> told(const char *text, std::vector<std::string> arguments = {})
{
    return tl::unexpected(Told{text, std::move(arguments)});
}

/// use(first row, [rows, columns]) for the whole matrix in pieces; values that are not finite count as zero.
template <class Use> tl::expected<void, Told> eachPiece(WeightReader &weight, const std::stop_token &stop, Use use)
{
    const uint64_t columns = weight.columns(), most = std::max<uint64_t>(1, kPieceValues / std::max<uint64_t>(1, columns));
    RowMatrix piece;
    for (uint64_t row = 0; row < weight.rows(); row += most) {
        const uint64_t count = std::min(most, weight.rows() - row);
        piece.resize(Eigen::Index(count), Eigen::Index(columns));
        if (stop.stop_requested())
            return told(ASSAY_TEXT("Identity", "It was cancelled."));
        if (auto read = weight.read(row * columns, std::span(piece.data(), size_t(piece.size()))); !read)
            return told(ASSAY_TEXT("Identity", "%1 cannot be read: %2"), {weight.name(), read.error().sentence()});
        if (!piece.allFinite())
            piece = piece.unaryExpr([](float value) { return std::isfinite(value) ? value : 0.0f; });
        use(Eigen::Index(row), piece);
    }
    return {};
}

/// X W^T, where `to(row)` says which column a row of W is added to.
template <class To> tl::expected<FloatMatrix, Told> projected(const FloatMatrix &x, WeightReader &weight, uint64_t width, const std::stop_token &stop, To to)
{
    FloatMatrix out = FloatMatrix::Zero(x.rows(), Eigen::Index(width));
    const auto read = eachPiece(weight, stop, [&](Eigen::Index first, const RowMatrix &piece) {
        const FloatMatrix part = x * piece.transpose();
        for (Eigen::Index row = 0; row < part.cols(); ++row)
            out.col(to(first + row)) += part.col(row);
    });
    if (!read)
        return tl::unexpected(read.error());
    return out;
}

/// X W of a matrix stored [hidden, width].
tl::expected<FloatMatrix, Told> through(const FloatMatrix &x, WeightReader &weight, const std::stop_token &stop)
{
    FloatMatrix out = FloatMatrix::Zero(x.rows(), Eigen::Index(weight.columns()));
    const auto read = eachPiece(weight, stop, [&](Eigen::Index first, const RowMatrix &piece) {
        out.noalias() += x.middleCols(first, piece.rows()) * piece;
    });
    if (!read)
        return tl::unexpected(read.error());
    return out;
}

/// Adds X (Wg o Wu)^T Wd^T X^T of one gated MLP or expert.
tl::expected<void, Told> addGated(const FloatMatrix &x, WeightReader &gate, WeightReader &up, WeightReader &down, const std::stop_token &stop, FloatMatrix &sum)
{
    const auto outward = through(x, down, stop);
    if (!outward)
        return tl::unexpected(outward.error());
    RowMatrix other;
    tl::expected<void, Told> second;
    const auto read = eachPiece(gate, stop, [&](Eigen::Index first, const RowMatrix &piece) {
        if (!second)
            return;
        other.resize(piece.rows(), piece.cols());
        if (auto done = up.read(uint64_t(first) * up.columns(), std::span(other.data(), size_t(other.size()))); !done) {
            second = told(ASSAY_TEXT("Identity", "%1 cannot be read: %2"), {up.name(), done.error().sentence()});
            return;
        }
        if (!other.allFinite())
            other = other.unaryExpr([](float value) { return std::isfinite(value) ? value : 0.0f; });
        const FloatMatrix inward = x * piece.cwiseProduct(other).transpose();
        sum.noalias() += inward * outward->middleCols(first, piece.rows()).transpose();
    });
    return read ? second : read;
}

} // namespace

InvariantMatrices::InvariantMatrices(const InvariantSide &side) : m_side(side), m_places(weightPlaces(side.weights.catalog))
{
    m_embedding = findWeight(m_places, side.weights.catalog, PartRole::TokenEmbedding, -1);
    if (m_embedding != kNoTensor) {
        const Shape &shape = side.weights.catalog.checkpoint().tensors[m_embedding].shape;
        m_hidden = shape.size() == 2 ? uint64_t(shape[1]) : 0;
    }
    std::set<int64_t, std::greater<>> layers;
    for (const WeightPlace &place : m_places) {
        const bool main = side.layers <= 0 || place.layer < side.layers;
        if (place.layer >= 0 && main && place.matrix && place.section == WeightSection::Attention)
            layers.insert(place.layer);
    }
    m_lastLayers.assign(layers.begin(), layers.end());
}

LayerNeeds InvariantMatrices::needs(int layers) const
{
    LayerNeeds needs;
    needs.hidden = m_hidden;
    for (size_t i = 0; i < std::min(size_t(layers), m_lastLayers.size()); ++i) {
        for (const WeightPlace &place : m_places) {
            if (place.layer != m_lastLayers[i] || !place.matrix || std::find(kMatrixRoles.begin(), kMatrixRoles.end(), place.role) == kMatrixRoles.end())
                continue;
            const TensorRecord &record = m_side.weights.catalog.checkpoint().tensors[place.tensor];
            needs.elements += double(record.elements);
            needs.widest = std::max(needs.widest, m_hidden > 0 ? record.elements / m_hidden : 0);
        }
    }
    return needs;
}

Result<std::vector<bool>> InvariantMatrices::setTokens(const std::vector<uint64_t> &tokens)
{
    auto weight = openWeight(m_side.weights.catalog, m_embedding, m_side.weights.files);
    if (!weight)
        return tl::unexpected(weight.error());
    m_x.resize(Eigen::Index(tokens.size()), Eigen::Index(m_hidden));
    std::vector<float> row(m_hidden);
    std::vector<bool> usable;
    for (size_t i = 0; i < tokens.size(); ++i) {
        if (auto read = weight->read(tokens[i] * m_hidden, row); !read)
            return tl::unexpected(read.error());
        const Eigen::Map<const Eigen::RowVectorXf> values(row.data(), Eigen::Index(row.size()));
        m_x.row(Eigen::Index(i)) = values;
        usable.push_back(values.allFinite() && !values.isZero(0));
    }
    return usable;
}

void InvariantMatrices::keepTokens(const std::vector<bool> &kept)
{
    Eigen::Index to = 0;
    for (size_t i = 0; i < kept.size(); ++i) {
        if (kept[i])
            m_x.row(to++) = Eigen::RowVectorXf(m_x.row(Eigen::Index(i)));
    }
    m_x.conservativeResize(to, Eigen::NoChange);
}

Outcome InvariantMatrices::matrix(InvariantKind kind, int64_t layer, const std::stop_token &stop) const
{
    switch (kind) {
    case InvariantKind::QueryKey: return queryKey(layer, stop);
    case InvariantKind::ValueOutput: return valueOutput(layer, stop);
    default: return feedForward(layer, stop);
    }
}

tl::expected<WeightReader, Told> InvariantMatrices::open(PartRole role, int64_t layer, uint64_t rows, uint64_t columns) const
{
    const uint32_t tensor = findWeight(m_places, m_side.weights.catalog, role, layer);
    if (tensor == kNoTensor)
        return told(ASSAY_TEXT("Identity", "Layer %1 has no weight of its own for: %2."), {std::to_string(layer), definitionOf(role).id});
    auto weight = openWeight(m_side.weights.catalog, tensor, m_side.weights.files);
    if (!weight)
        return told(ASSAY_TEXT("Identity", "%1 cannot be read: %2"),
                    {std::string(m_side.weights.catalog.checkpoint().tensors[tensor].name), weight.error().sentence()});
    if ((rows > 0 && weight->rows() != rows) || weight->columns() != columns)
        return told(ASSAY_TEXT("Identity", "%1 does not have the shape that heads and hidden size ask for."), {weight->name()});
    return std::move(*weight);
}

tl::expected<void, Told> InvariantMatrices::headsKnown() const
{
    const int64_t heads = m_side.heads.value_or(0), kvHeads = m_side.kvHeads.value_or(0), size = m_side.headDim.value_or(0);
    constexpr int64_t kMost = 1 << 20;
    if (heads <= 0 || kvHeads <= 0 || size <= 0 || heads > kMost || size > kMost || heads % kvHeads != 0)
        return told(ASSAY_TEXT("Identity", "The number and size of the attention heads are not known."));
    return {};
}

Outcome InvariantMatrices::queryKey(int64_t layer, const std::stop_token &stop) const
{
    if (auto known = headsKnown(); !known)
        return tl::unexpected(known.error());
    const auto heads = uint64_t(*m_side.heads), kvHeads = uint64_t(*m_side.kvHeads), size = uint64_t(*m_side.headDim);
    auto query = open(PartRole::Query, layer, heads * size, m_hidden);
    auto key = open(PartRole::Key, layer, kvHeads * size, m_hidden);
    if (!query || !key)
        return tl::unexpected(!query ? query.error() : key.error());
    // Query heads that share a key are added: their products with it are.
    const auto group = [&](Eigen::Index row) { return Eigen::Index(uint64_t(row) / size / (heads / kvHeads) * size + uint64_t(row) % size); };
    const auto queries = projected(m_x, *query, kvHeads * size, stop, group);
    const auto keys = projected(m_x, *key, kvHeads * size, stop, [](Eigen::Index row) { return row; });
    if (!queries || !keys)
        return tl::unexpected(!queries ? queries.error() : keys.error());
    return FloatMatrix(*queries * keys->transpose());
}

Outcome InvariantMatrices::valueOutput(int64_t layer, const std::stop_token &stop) const
{
    if (auto known = headsKnown(); !known)
        return tl::unexpected(known.error());
    const auto heads = uint64_t(*m_side.heads), kvHeads = uint64_t(*m_side.kvHeads), size = uint64_t(*m_side.headDim);
    auto value = open(PartRole::Value, layer, kvHeads * size, m_hidden);
    auto output = open(PartRole::AttentionOutput, layer, m_hidden, heads * size);
    if (!value || !output)
        return tl::unexpected(!value ? value.error() : output.error());
    const auto values = projected(m_x, *value, kvHeads * size, stop, [](Eigen::Index row) { return row; });
    const auto outputs = through(m_x, *output, stop);
    if (!values || !outputs)
        return tl::unexpected(!values ? values.error() : outputs.error());
    FloatMatrix grouped = FloatMatrix::Zero(m_x.rows(), Eigen::Index(kvHeads * size));
    for (uint64_t column = 0; column < heads * size; ++column)
        grouped.col(Eigen::Index(column / size / (heads / kvHeads) * size + column % size)) += outputs->col(Eigen::Index(column));
    return FloatMatrix(*values * grouped.transpose());
}

Outcome InvariantMatrices::feedForward(int64_t layer, const std::stop_token &stop) const
{
    struct Trio
    {
        PartRole gate, up, down;
    };
    constexpr std::array kTrios{Trio{PartRole::Gate, PartRole::Up, PartRole::Down}, Trio{PartRole::ExpertGate, PartRole::ExpertUp, PartRole::ExpertDown},
                                Trio{PartRole::SharedGate, PartRole::SharedUp, PartRole::SharedDown}};
    const WeightSide &side = m_side.weights;
    FloatMatrix sum = FloatMatrix::Zero(m_x.rows(), m_x.rows());
    bool any = false;
    for (const Trio &trio : kTrios) {
        std::map<PartRole, std::vector<uint32_t>> found; // experts in their order
        for (const WeightPlace &place : m_places) {
            if (place.layer == layer && place.matrix)
                found[place.role].push_back(place.tensor);
        }
        const auto &gates = found[trio.gate], &ups = found[trio.up], &downs = found[trio.down];
        if (gates.size() != ups.size() || ups.size() != downs.size())
            continue;
        for (size_t i = 0; i < gates.size(); ++i) {
            auto gate = openWeight(side.catalog, gates[i], side.files), up = openWeight(side.catalog, ups[i], side.files),
                 down = openWeight(side.catalog, downs[i], side.files);
            for (const auto *opened : {&gate, &up, &down}) {
                if (!*opened)
                    return told(ASSAY_TEXT("Identity", "%1 cannot be read: %2"), {"model.layers." + std::to_string(layer), opened->error().sentence()});
            }
            const bool fits = gate->shape().size() == 2 && gate->columns() == m_hidden && up->columns() == m_hidden && up->rows() == gate->rows()
                              && down->rows() == m_hidden && down->columns() == gate->rows();
            if (!fits)
                return told(ASSAY_TEXT("Identity", "%1 does not have the shape that heads and hidden size ask for."), {gate->name()});
            if (auto added = addGated(m_x, *gate, *up, *down, stop, sum); !added)
                return tl::unexpected(added.error());
            any = true;
        }
    }
    if (!any)
        return told(ASSAY_TEXT("Identity", "Layer %1 has no gated feed-forward part with weights of its own."), {std::to_string(layer)});
    return sum;
}

} // namespace assay
