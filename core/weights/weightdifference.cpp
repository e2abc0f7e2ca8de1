// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/weightdifference.h"

#include "core/weights/pairkernels.h"
#include "core/weights/piecebuffer.h"
#include "core/weights/statisticskernels.h"
#include "core/weights/workers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <numeric>

namespace assay {
namespace {

constexpr uint64_t kProgressEvery = 4 * 1024 * 1024;

/// Axes of size 1 say nothing about the layout.
std::vector<int64_t> bare(const std::vector<int64_t> &shape)
{
    std::vector<int64_t> sizes;
    std::copy_if(shape.begin(), shape.end(), std::back_inserter(sizes), [](int64_t size) { return size != 1; });
    return sizes;
}

WeightDifference differenceOf(uint64_t elements, const PairSums &sums)
{
    WeightDifference out;
    out.elements = elements;
    out.compared = elements - sums.notFinite;
    out.equal = sums.equal;
    out.zerosA = sums.zerosA;
    out.zerosB = sums.zerosB;
    out.normA = std::sqrt(sums.squaresA);
    out.normB = std::sqrt(sums.squaresB);
    out.normDifference = std::sqrt(sums.squaresDifference);
    out.maximum = sums.maximum;
    out.dot = sums.dot;
    return out;
}

/// Pieces of numbers as they are stored. What read() gives (elements from `first` on, at most `count`) is valid until the next call.
template <class Value> class StoredReader
{
public:
    StoredReader(WeightReader &weight, uint64_t bytes) : m_weight(weight), m_piece(bytes) {}
    Result<std::span<const Value>> read(uint64_t first, uint64_t count)
    {
        const std::span<Value> part = m_piece.first(count);
        if (auto read = m_weight.readBytes(first * sizeof(Value), std::as_writable_bytes(part)); !read)
            return tl::unexpected(read.error());
        return std::span<const Value>(part);
    }

private:
    WeightReader &m_weight;
    PieceBuffer<Value> m_piece;
};

/// Pieces of whatever is decoded.
class DecodedReader
{
public:
    DecodedReader(WeightReader &weight, uint64_t bytes) : m_weight(weight), m_piece(bytes) {}
    Result<std::span<const float>> read(uint64_t first, uint64_t count)
    {
        const std::span<float> part = m_piece.first(count);
        if (auto read = m_weight.read(first, part); !read)
            return tl::unexpected(read.error());
        return std::span<const float>(part);
    }

private:
    WeightReader &m_weight;
    PieceBuffer<float> m_piece;
};

/// float16 as it is stored, widened.
class HalfReader
{
public:
    HalfReader(WeightReader &weight, uint64_t bytes) : m_stored(weight, bytes), m_wide(2 * bytes) {}
    Result<std::span<const float>> read(uint64_t first, uint64_t count)
    {
        const auto stored = m_stored.read(first, count);
        if (!stored)
            return tl::unexpected(stored.error());
        const std::span<float> wide = m_wide.first(stored->size());
        widenFloat16(stored->data(), stored->size(), wide.data());
        return std::span<const float>(wide);
    }

private:
    StoredReader<uint16_t> m_stored;
    PieceBuffer<float> m_wide;
};

template <class Reader> Result<WeightDifference> comparePieces(Reader &a, Reader &b, uint64_t total, const StreamControl &control)
{
    PairSums sums;
    uint64_t told = 0;
    for (uint64_t done = 0; done < total;) {
        const auto left = a.read(done, total - done);
        if (!left)
            return tl::unexpected(left.error());
        const auto right = b.read(done, left->size());
        if (!right)
            return tl::unexpected(right.error());
        sums.join(pairSums(left->data(), right->data(), right->size()));
        done += right->size();
        if (control.stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        if (control.progress && (done - told >= kProgressEvery || done == total)) {
            control.progress(done, total);
            told = done;
        }
    }
    return differenceOf(total, sums);
}

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
    const uint64_t total = a.elements(), bytes = std::min(std::max(a.readAhead(), b.readAhead()), total * sizeof(float));
    const auto compared = [&]<class Reader>(Reader left, Reader right) { return comparePieces(left, right, total, control); };
    const auto both = [stored = a.storedAs(), other = b.storedAs()](Dtype dtype) { return stored == dtype && other == dtype; };
    if (both(Dtype::BF16))
        return compared(StoredReader<uint16_t>(a, bytes), StoredReader<uint16_t>(b, bytes));
    if (both(Dtype::F16))
        return compared(HalfReader(a, bytes), HalfReader(b, bytes));
    if (both(Dtype::F32))
        return compared(StoredReader<float>(a, bytes), StoredReader<float>(b, bytes));
    return compared(DecodedReader(a, bytes), DecodedReader(b, bytes));
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
    // The largest first, so that no thread is left with one at the end.
    std::vector<size_t> order(pairs.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](size_t x, size_t y) { return elementsOf(a, pairs[x].a) > elementsOf(a, pairs[y].a); });
    std::mutex mutex;
    uint64_t finished = 0;
    forEachOnThreads(pairs.size(), threads, control.stop, [&](size_t place) {
        const size_t index = order[place];
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
