// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/weightdifference.h"

#include "core/weights/workers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>

namespace assay {
namespace {

constexpr uint64_t kPieceValues = 32 * 1024;
constexpr uint64_t kProgressEvery = 4 * 1024 * 1024;

/// Axes of size 1 say nothing about the layout.
std::vector<int64_t> bare(const std::vector<int64_t> &shape)
{
    std::vector<int64_t> sizes;
    std::copy_if(shape.begin(), shape.end(), std::back_inserter(sizes), [](int64_t size) { return size != 1; });
    return sizes;
}

struct PieceSums
{
    double squaresA = 0, squaresB = 0, squaresDifference = 0, dot = 0, maximum = 0;
};

/// Without branches, so that the compiler can use vectors; any NaN or Inf shows in the sums.
PieceSums sumPiece(const float *a, const float *b, size_t count)
{
    constexpr size_t kLanes = 8;
    double squaresA[kLanes] = {}, squaresB[kLanes] = {}, differences[kLanes] = {}, dots[kLanes] = {}, largest[kLanes] = {};
    size_t i = 0;
    for (; i + kLanes <= count; i += kLanes) {
        for (size_t lane = 0; lane < kLanes; ++lane) {
            const double x = double(a[i + lane]), y = double(b[i + lane]), d = x - y;
            squaresA[lane] += x * x;
            squaresB[lane] += y * y;
            differences[lane] += d * d;
            dots[lane] += x * y;
            largest[lane] = std::max(largest[lane], std::abs(d));
        }
    }
    PieceSums sums;
    for (size_t lane = 0; lane < kLanes; ++lane) {
        sums.squaresA += squaresA[lane];
        sums.squaresB += squaresB[lane];
        sums.squaresDifference += differences[lane];
        sums.dot += dots[lane];
        sums.maximum = std::max(sums.maximum, largest[lane]);
    }
    for (; i < count; ++i) {
        const double x = double(a[i]), y = double(b[i]), d = x - y;
        sums.squaresA += x * x;
        sums.squaresB += y * y;
        sums.squaresDifference += d * d;
        sums.dot += x * y;
        sums.maximum = std::max(sums.maximum, std::abs(d));
    }
    return sums;
}

/// Gathers the differences of two streams.
class DifferenceSums
{
public:
    void add(std::vector<float> &a, std::vector<float> &b, size_t count)
    {
        uint64_t equal = 0;
        countEqual(a.data(), b.data(), count, equal);
        PieceSums sums = sumPiece(a.data(), b.data(), count);
        uint64_t left = 0;
        if (!std::isfinite(sums.squaresA) || !std::isfinite(sums.squaresB)) {
            for (size_t i = 0; i < count; ++i) {
                if (std::isfinite(a[i]) && std::isfinite(b[i]))
                    continue;
                equal += std::isnan(a[i]) && std::isnan(b[i]);
                a[i] = b[i] = 0; // adds nothing
                ++left;
            }
            sums = sumPiece(a.data(), b.data(), count);
        }
        m_difference.elements += count;
        m_difference.compared += count - left;
        m_difference.equal += equal;
        m_difference.maximum = std::max(m_difference.maximum, sums.maximum);
        m_difference.dot += sums.dot;
        m_squaresA += sums.squaresA;
        m_squaresB += sums.squaresB;
        m_squaresDifference += sums.squaresDifference;
    }

    WeightDifference finish()
    {
        m_difference.normA = std::sqrt(m_squaresA);
        m_difference.normB = std::sqrt(m_squaresB);
        m_difference.normDifference = std::sqrt(m_squaresDifference);
        return m_difference;
    }

private:
    void countEqual(const float *a, const float *b, size_t count, uint64_t &equal)
    {
        uint32_t same = 0, zerosA = 0, zerosB = 0; // as wide as the values: a piece has far fewer
        for (size_t i = 0; i < count; ++i) {
            same += a[i] == b[i];
            zerosA += a[i] == 0;
            zerosB += b[i] == 0;
        }
        equal = same;
        m_difference.zerosA += zerosA;
        m_difference.zerosB += zerosB;
    }

    WeightDifference m_difference;
    double m_squaresA = 0, m_squaresB = 0, m_squaresDifference = 0;
};

uint64_t elementsOf(const WeightSide &side, uint32_t tensor)
{
    return side.catalog.checkpoint().tensors[tensor].elements;
}

/// "X" of "X.qweight", "X.weight_packed", "X.weight".
std::string_view stemOf(std::string_view name)
{
    for (const std::string_view ending : {std::string_view(".qweight"), std::string_view(".weight_packed")}) {
        if (name.ends_with(ending))
            return name.substr(0, name.size() - ending.size());
    }
    return {};
}

} // namespace

double WeightDifference::relative() const
{
    if (normDifference == 0)
        return 0;
    return normB > 0 ? normDifference / normB : std::numeric_limits<double>::infinity();
}

double WeightDifference::cosine() const
{
    if (!(normA > 0 && normB > 0))
        return std::numeric_limits<double>::quiet_NaN();
    return std::clamp(dot / normA / normB, -1.0, 1.0);
}

double WeightDifference::equalShare() const
{
    return elements == 0 ? 1 : double(equal) / double(elements);
}

Result<WeightDifference> compareWeights(WeightReader &a, WeightReader &b, const StreamControl &control)
{
    if (bare(a.shape()) != bare(b.shape()))
        return failure(ErrorCode::NotComparable, {a.name(), b.name()});
    DifferenceSums sums;
    const uint64_t total = a.elements();
    std::vector<float> left(size_t(std::min(kPieceValues, total))), right(left.size());
    uint64_t told = 0;
    for (uint64_t done = 0; done < total;) {
        const size_t count = size_t(std::min<uint64_t>(left.size(), total - done));
        auto read = a.read(done, std::span(left).first(count));
        if (read)
            read = b.read(done, std::span(right).first(count));
        if (!read)
            return tl::unexpected(read.error());
        sums.add(left, right, count);
        done += count;
        if (control.stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        if (control.progress && (done - told >= kProgressEvery || done == total)) {
            control.progress(done, total);
            told = done;
        }
    }
    return sums.finish();
}

std::vector<WeightPair> pairsByName(const WeightCatalog &a, const WeightCatalog &b)
{
    std::vector<WeightPair> pairs;
    std::unordered_map<std::string, uint32_t> packedOfB;
    for (size_t tensor = 0; tensor < b.count(); ++tensor) {
        if (const auto stem = stemOf(b.checkpoint().tensors[tensor].name); !stem.empty())
            packedOfB.emplace(std::string(stem) + ".weight", uint32_t(tensor));
    }
    for (size_t tensor = 0; tensor < a.count(); ++tensor) {
        if (a.owner(tensor))
            continue;
        const std::string_view name = a.checkpoint().tensors[tensor].name;
        auto match = b.find(name);
        if (const auto stem = stemOf(name); !match && !stem.empty())
            match = b.find(std::string(stem) + ".weight");
        if (const auto packed = packedOfB.find(std::string(name)); !match && packed != packedOfB.end())
            match = packed->second;
        if (match && !b.owner(*match))
            pairs.push_back({uint32_t(tensor), uint32_t(*match)});
    }
    return pairs;
}

Result<std::vector<PairDifference>> compareCheckpoints(const WeightSide &a, const WeightSide &b, const std::vector<WeightPair> &pairs,
                                                       const StreamControl &control,
                                                       const std::function<void(const PairDifference &)> &done, unsigned threads)
{
    if (pairs.empty())
        return failure(ErrorCode::NotComparable, {a.files.name(), b.files.name()});
    std::vector<PairDifference> results(pairs.size());
    uint64_t total = 0;
    for (const WeightPair &pair : pairs)
        total += elementsOf(a, pair.a);
    std::mutex mutex;
    uint64_t finished = 0;
    forEachOnThreads(pairs.size(), threads, control.stop, [&](size_t index) {
        const WeightPair &pair = pairs[index];
        auto left = openWeight(a.catalog, pair.a, a.files);
        auto right = openWeight(b.catalog, pair.b, b.files);
        Result<WeightDifference> difference = !left    ? tl::unexpected(left.error())
                                              : !right ? tl::unexpected(right.error())
                                                       : compareWeights(*left, *right, {control.stop, {}});
        const std::lock_guard lock(mutex);
        results[index] = {pair, std::move(difference)};
        finished += elementsOf(a, pair.a);
        if (done)
            done(results[index]);
        if (control.progress)
            control.progress(finished, total);
    });
    if (control.stop.stop_requested())
        return failure(ErrorCode::Cancelled);
    return results;
}

} // namespace assay
