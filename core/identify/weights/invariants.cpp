// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/weights/invariants.h"

#include "core/identify/weights/invariantmatrices.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

namespace assay {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr size_t kFewestTokens = 16;
constexpr int kKinds = int(InvariantKind::Count_);

/// Correlation of the entries of two matrices, the second with its rows and columns in another order: the cosine of both standardised.
double likeness(const FloatMatrix &a, const FloatMatrix &b, const std::vector<Eigen::Index> &order)
{
    const Eigen::Index n = a.rows();
    double sumA = 0, sumB = 0, squaresA = 0, squaresB = 0, dot = 0;
    for (Eigen::Index column = 0; column < n; ++column) {
        const Eigen::Index from = order[size_t(column)];
        for (Eigen::Index row = 0; row < n; ++row) {
            const double x = double(a(row, column)), y = double(b(order[size_t(row)], from));
            sumA += x;
            sumB += y;
            squaresA += x * x;
            squaresB += y * y;
            dot += x * y;
        }
    }
    const double count = double(n) * double(n), varianceA = squaresA - sumA * sumA / count, varianceB = squaresB - sumB * sumB / count;
    return varianceA > 0 && varianceB > 0 ? (dot - sumA * sumB / count) / std::sqrt(varianceA * varianceB) : kNone;
}

std::vector<Eigen::Index> inOrder(Eigen::Index n)
{
    std::vector<Eigen::Index> order(static_cast<size_t>(n));
    std::iota(order.begin(), order.end(), Eigen::Index(0));
    return order;
}

void shuffle(std::vector<Eigen::Index> &order, std::mt19937_64 &random)
{
    for (size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[random() % i]);
}

/// X X^T with its columns and rows centred. Linear CKA of two such Grams is the cosine of their entries.
FloatMatrix centredGram(const FloatMatrix &x)
{
    const FloatMatrix centred = x.rowwise() - x.colwise().mean();
    return centred * centred.transpose();
}

double cosine(const FloatMatrix &a, const FloatMatrix &b, const std::vector<Eigen::Index> &order)
{
    double dot = 0;
    for (Eigen::Index column = 0; column < a.cols(); ++column) {
        for (Eigen::Index row = 0; row < a.rows(); ++row)
            dot += double(a(row, column)) * double(b(order[size_t(row)], order[size_t(column)]));
    }
    const double norms = a.cast<double>().norm() * b.cast<double>().norm();
    return norms > 0 ? dot / norms : kNone;
}

/// As many tokens as memory and work allow, a power of two or all that are there.
size_t tokenCount(const InvariantMatrices &a, const InvariantMatrices &b, uint64_t there, const InvariantSampling &sampling)
{
    const LayerNeeds first = a.needs(sampling.layers), second = b.needs(sampling.layers);
    const double perToken = 4.0 * double(first.hidden + second.hidden + 2 * std::max(first.widest, second.widest));
    const double matrices = 4.0 * 2 * kKinds * sampling.layers;
    size_t n = size_t(std::min<uint64_t>(sampling.tokens, there));
    const auto tooMuch = [&](double count) {
        return count * perToken + count * count * matrices > double(sampling.memory) || 2 * count * (first.elements + second.elements) > sampling.work;
    };
    while (n > kFewestTokens && tooMuch(double(n)))
        n /= 2;
    return n;
}

/// Rarer tokens first: byte-pair encoders number them in the order of their merges, so the later half is taken, evenly.
std::vector<uint64_t> chosenTokens(uint64_t vocabulary, size_t count)
{
    const uint64_t from = vocabulary / 2 >= count ? vocabulary / 2 : vocabulary - count;
    std::vector<uint64_t> tokens;
    for (size_t i = 0; i < count; ++i)
        tokens.push_back(from + i * (vocabulary - from) / count);
    return tokens;
}

class Likeness
{
public:
    Likeness(const InvariantSide &subject, const InvariantSide &reference, const InvariantSampling &sampling, const StreamControl &control)
        : m_subject(subject), m_reference(reference), m_sampling(sampling), m_control(control), m_random(sampling.seed)
    {
    }

    Result<InvariantLikeness> compute(const InvariantSide &subject, const InvariantSide &reference)
    {
        m_out.null.from = m_out.embeddingsNull.from = LikenessNull::From::MovedTokens;
        if (!setTokens(subject, reference))
            return std::move(m_out);
        compareEmbeddings();
        const size_t layers = std::min({size_t(m_sampling.layers), m_subject.lastLayers().size(), m_reference.lastLayers().size()});
        for (int kind = 0; kind < kKinds; ++kind) {
            compareKind(InvariantKind(kind), layers);
            if (m_control.stop.stop_requested())
                return failure(ErrorCode::Cancelled);
            if (m_control.progress)
                m_control.progress(uint64_t(kind + 1), uint64_t(kKinds));
        }
        return std::move(m_out);
    }

private:
    bool setTokens(const InvariantSide &subject, const InvariantSide &reference)
    {
        const auto rows = [](const InvariantSide &side, uint32_t tensor) {
            return tensor == kNoTensor ? uint64_t(0) : uint64_t(std::max<int64_t>(0, side.weights.catalog.checkpoint().tensors[tensor].shape[0]));
        };
        const bool matrices = m_subject.needs(1).hidden > 0 && m_reference.needs(1).hidden > 0;
        const uint64_t vocabulary = matrices ? std::min(rows(subject, m_subject.embedding()), rows(reference, m_reference.embedding())) : 0;
        if (vocabulary < kFewestTokens) {
            m_out.leftOut.push_back({ASSAY_TEXT("Identity", "One of the models has no token embedding that could be used."), {}});
            return false;
        }
        const auto tokens = chosenTokens(vocabulary, tokenCount(m_subject, m_reference, vocabulary, m_sampling));
        const auto here = m_subject.setTokens(tokens), there = m_reference.setTokens(tokens);
        if (!here || !there) {
            m_out.leftOut.push_back({ASSAY_TEXT("Identity", "The token embedding cannot be read: %1"), {(!here ? here : there).error().sentence()}});
            return false;
        }
        std::vector<bool> both = *here;
        for (size_t i = 0; i < both.size(); ++i)
            both[i] = both[i] && (*there)[i];
        m_subject.keepTokens(both);
        m_reference.keepTokens(both);
        m_out.tokens = size_t(m_subject.embeddings().rows());
        if (m_out.tokens < kFewestTokens)
            m_out.leftOut.push_back({ASSAY_TEXT("Identity", "Too few tokens have an embedding in both models."), {}});
        return m_out.tokens >= kFewestTokens;
    }

    void compareEmbeddings()
    {
        const FloatMatrix a = centredGram(m_subject.embeddings()), b = centredGram(m_reference.embeddings());
        std::vector<Eigen::Index> order = inOrder(a.rows());
        if (const double observed = cosine(a, b, order); std::isfinite(observed))
            m_out.embeddings = observed;
        for (size_t i = 0; i < m_sampling.permutations && !m_control.stop.stop_requested(); ++i) {
            shuffle(order, m_random);
            m_out.embeddingsNull.add(cosine(a, b, order));
        }
    }

    std::vector<std::optional<FloatMatrix>> matricesOf(const InvariantMatrices &model, InvariantKind kind, size_t layers)
    {
        std::vector<std::optional<FloatMatrix>> matrices;
        for (size_t i = 0; i < layers; ++i) {
            auto matrix = model.matrix(kind, model.lastLayers()[i], m_control.stop);
            if (!matrix && std::find(m_out.leftOut.begin(), m_out.leftOut.end(), matrix.error()) == m_out.leftOut.end())
                m_out.leftOut.push_back(matrix.error());
            matrices.push_back(matrix ? std::optional(std::move(*matrix)) : std::nullopt);
        }
        return matrices;
    }

    void compareKind(InvariantKind kind, size_t layers)
    {
        const auto a = matricesOf(m_subject, kind, layers), b = matricesOf(m_reference, kind, layers);
        for (size_t i = 0; i < layers; ++i) {
            for (size_t j = 0; j < layers; ++j) {
                if (!a[i] || !b[j])
                    continue;
                std::vector<Eigen::Index> order = inOrder(a[i]->rows());
                const InvariantRow row{kind, m_subject.lastLayers()[i], m_reference.lastLayers()[j], likeness(*a[i], *b[j], order)};
                (i == j ? m_out.rows : m_out.mismatched).push_back(row);
                if (i != j)
                    m_out.null.add(row.likeness); // two models of one language are alike beyond chance without any relation
                for (size_t k = 0; i == j && k < m_sampling.permutations && !m_control.stop.stop_requested(); ++k) {
                    shuffle(order, m_random);
                    m_out.null.add(likeness(*a[i], *b[j], order));
                }
            }
        }
    }

    InvariantMatrices m_subject, m_reference;
    const InvariantSampling &m_sampling;
    const StreamControl &m_control;
    std::mt19937_64 m_random;
    InvariantLikeness m_out;
};

} // namespace

const char *invariantKindId(InvariantKind kind)
{
    constexpr std::array kIds{"query_key", "value_output", "feed_forward"};
    return kIds[size_t(kind)];
}

InvariantSide invariantSide(const WeightCatalog &catalog, const FileSet &files, const ModelFacts &facts)
{
    return {{catalog, files}, facts.heads, facts.kvHeads, facts.headDim, facts.layers};
}

double InvariantLikeness::mean() const
{
    double sum = 0;
    size_t count = 0;
    for (const InvariantRow &row : rows) {
        if (std::isfinite(row.likeness)) {
            sum += row.likeness;
            ++count;
        }
    }
    return count > 0 ? sum / double(count) : kNone;
}

Result<InvariantLikeness> invariantLikeness(const InvariantSide &subject, const InvariantSide &reference, const InvariantSampling &sampling,
                                            const StreamControl &control)
{
    return Likeness(subject, reference, sampling, control).compute(subject, reference);
}

LikenessNull nullOfPairs(std::span<const InvariantLikeness> unrelated)
{
    LikenessNull null;
    null.from = LikenessNull::From::UnrelatedPairs;
    for (const InvariantLikeness &pair : unrelated) {
        for (const InvariantRow &row : pair.rows)
            null.add(row.likeness);
    }
    return null;
}

} // namespace assay
