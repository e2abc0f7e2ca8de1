// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/weights/likenessnull.h"

#include "core/weights/pairkernels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <random>

namespace assay {
namespace {

constexpr size_t kPiece = 32 * 1024;
constexpr double kDeviations = 6;
constexpr double kMostLike = 1 - 0x1p-40; // what artanh is taken of
constexpr double kNoSpread = 0x1p-40; // one value again and again says nothing of others
constexpr double kNormalDeviation = 1.4826; // of a median deviation, where values are normal

struct Spread
{
    double middle = 0, deviation = 0;
};

Spread spreadOf(std::span<const double> values)
{
    double mean = 0, squares = 0;
    for (const double value : values)
        mean += value / double(values.size());
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    return {mean, values.size() > 1 ? std::sqrt(squares / double(values.size() - 1)) : 0};
}

/// Of ascending values without those that lie far from most: six median deviations, as if they were normal.
Spread spreadOfMost(std::span<const double> ascending)
{
    const double middle = ascending[ascending.size() / 2];
    std::vector<double> away;
    for (const double value : ascending)
        away.push_back(std::abs(value - middle));
    std::nth_element(away.begin(), away.begin() + ptrdiff_t(away.size() / 2), away.end());
    const double far = kDeviations * kNormalDeviation * away[away.size() / 2];
    const auto begin = std::lower_bound(ascending.begin(), ascending.end(), middle - far), end = std::upper_bound(begin, ascending.end(), middle + far);
    return spreadOf({begin, end});
}

/// Matrices of a model by layer and pattern.
using LayerMatrices = std::map<int64_t, std::map<std::string, uint32_t>>;

LayerMatrices layerMatrices(const WeightCatalog &catalog)
{
    LayerMatrices layers;
    for (const WeightPlace &place : weightPlaces(catalog)) {
        if (place.matrix && place.layer >= 0)
            layers[place.layer].emplace(std::move(place.pattern), place.tensor);
    }
    return layers;
}

struct LayerPair
{
    int64_t a = 0, b = 0;
    uint64_t moved = 0; ///< rows that b is moved by; 0: not at all
};

/// Mismatched layers first, in an order by chance; then layers with themselves moved.
std::vector<LayerPair> drawnPairs(const LayerMatrices &a, const LayerMatrices &b, const NullSampling &sampling)
{
    std::mt19937_64 random(sampling.seed);
    std::vector<LayerPair> pairs;
    for (const auto &[i, first] : a) {
        for (const auto &[j, second] : b) {
            if (i != j)
                pairs.push_back({i, j, 0});
        }
        if (pairs.size() > 100'000)
            break;
    }
    for (size_t i = pairs.size(); i > 1; --i)
        std::swap(pairs[i - 1], pairs[random() % i]);
    pairs.resize(std::min(pairs.size(), sampling.pairs));
    std::vector<int64_t> both;
    for (const auto &[layer, matrices] : a) {
        if (b.contains(layer))
            both.push_back(layer);
    }
    while (!both.empty() && pairs.size() < sampling.pairs) {
        const int64_t layer = both[random() % both.size()];
        pairs.push_back({layer, layer, 1 + random() % 1'000'000});
    }
    return pairs;
}

class RowSums
{
public:
    RowSums(const WeightSide &a, const WeightSide &b, const NullSampling &sampling) : m_a(a), m_b(b), m_sampling(sampling) {}

    /// False where it cannot be read or has another shape.
    bool add(uint32_t a, uint32_t b, uint64_t moved, const std::stop_token &stop)
    {
        auto left = openWeight(m_a.catalog, a, m_a.files), right = openWeight(m_b.catalog, b, m_b.files);
        if (!left || !right || left->rows() != right->rows() || left->columns() != right->columns() || left->columns() == 0)
            return false;
        const uint64_t rows = left->rows(), columns = left->columns();
        if (moved > 0 && rows < 3)
            return false;
        const uint64_t shift = moved > 0 ? 1 + moved % (rows - 1) : 0;
        const uint64_t wanted = std::max<uint64_t>(1, std::min(rows, m_sampling.elements / columns));
        for (uint64_t row = 0; row < wanted && !stop.stop_requested(); ++row) {
            if (!addRow(*left, *right, row * columns, (row + shift) % rows * columns, columns))
                return false;
        }
        return true;
    }
    double cosine() const
    {
        return m_sums.squaresA > 0 && m_sums.squaresB > 0 ? m_sums.dot / std::sqrt(m_sums.squaresA) / std::sqrt(m_sums.squaresB) : std::numeric_limits<double>::quiet_NaN();
    }

private:
    bool addRow(WeightReader &left, WeightReader &right, uint64_t from, uint64_t to, uint64_t columns)
    {
        for (uint64_t done = 0; done < columns; done += kPiece) {
            const size_t count = size_t(std::min<uint64_t>(kPiece, columns - done));
            m_left.resize(count);
            m_right.resize(count);
            if (!left.read(from + done, m_left) || !right.read(to + done, m_right))
                return false;
            m_sums.join(pairSums(m_left.data(), m_right.data(), count));
        }
        return true;
    }

    const WeightSide &m_a, &m_b;
    const NullSampling &m_sampling;
    std::vector<float> m_left, m_right;
    PairSums m_sums;
};

} // namespace

void LikenessNull::add(double value)
{
    if (std::isfinite(value))
        values.insert(std::upper_bound(values.begin(), values.end(), value), value);
}

double LikenessNull::percentile(double observed) const
{
    if (values.empty() || std::isnan(observed))
        return std::numeric_limits<double>::quiet_NaN();
    return double(std::lower_bound(values.begin(), values.end(), observed) - values.begin()) / double(values.size());
}

double LikenessNull::p(double observed) const
{
    const auto above = values.end() - std::lower_bound(values.begin(), values.end(), observed);
    return (1 + double(above)) / (double(values.size()) + 1);
}

double LikenessNull::limit() const
{
    if (values.empty())
        return std::numeric_limits<double>::infinity();
    std::vector<double> z; // as ascending as the values
    for (const double value : values)
        z.push_back(std::atanh(std::clamp(value, -kMostLike, kMostLike)));
    const bool outliers = from == From::MismatchedLayers;
    const Spread spread = outliers ? spreadOfMost(z) : spreadOf(z);
    if (spread.deviation < kNoSpread)
        return std::numeric_limits<double>::infinity();
    const double beyond = std::tanh(spread.middle + kDeviations * spread.deviation);
    return outliers ? beyond : std::max(values.back(), beyond);
}

bool LikenessNull::tells() const
{
    return limit() < std::numbers::sqrt2 / 2;
}

const char *nullFromName(LikenessNull::From from)
{
    switch (from) {
    case LikenessNull::From::UnrelatedPairs: return ASSAY_TEXT("Identity", "pairs of models that are known to be unrelated");
    case LikenessNull::From::MismatchedLayers: return ASSAY_TEXT("Identity", "mismatched layers of the same two models");
    case LikenessNull::From::MovedTokens: return ASSAY_TEXT("Identity", "the same matrices with permuted tokens, and those of other layers");
    }
    return "";
}

nlohmann::json nullToJson(const LikenessNull &null)
{
    constexpr std::array kIds{"unrelated_pairs", "mismatched_layers", "moved_tokens"};
    nlohmann::json out{{"from", kIds[size_t(null.from)]}, {"n", null.values.size()}};
    if (!null.values.empty()) {
        out["min"] = null.values.front();
        out["median"] = null.values[null.values.size() / 2];
        out["max"] = null.values.back();
        out["limit"] = null.limit();
    }
    return out;
}

Result<LikenessNull> mismatchedLayers(const WeightSide &subject, const WeightSide &reference, const NullSampling &sampling, const StreamControl &control)
{
    const LayerMatrices a = layerMatrices(subject.catalog), b = layerMatrices(reference.catalog);
    LikenessNull null;
    uint64_t done = 0;
    const std::vector<LayerPair> pairs = drawnPairs(a, b, sampling);
    for (const LayerPair &pair : pairs) {
        RowSums sums(subject, reference, sampling);
        for (const auto &[pattern, tensor] : a.at(pair.a)) {
            const auto other = b.at(pair.b).find(pattern);
            if (other != b.at(pair.b).end())
                sums.add(tensor, other->second, pair.moved, control.stop);
        }
        if (control.stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        null.add(sums.cosine());
        if (control.progress)
            control.progress(++done, pairs.size());
    }
    return null;
}

LikenessNull nullOfPairs(std::span<const ParameterLikeness> unrelated)
{
    LikenessNull null;
    null.from = LikenessNull::From::UnrelatedPairs;
    for (const ParameterLikeness &pair : unrelated) {
        for (const LayerLikeness &layer : pair.layers)
            null.add(layer.sums.cosine());
        if (pair.layers.empty())
            null.add(pair.matrices.cosine());
    }
    return null;
}

} // namespace assay
