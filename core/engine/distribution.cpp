// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/distribution.h"

#include "core/engine/sampling.h"

#include <algorithm>
#include <cmath>

namespace assay::engine {
namespace {

/// A sum that carries what rounding would lose (Neumaier, 1974): exact to the last digits over any vocabulary.
class Sum
{
public:
    void add(double value)
    {
        const double next = m_sum + value;
        m_lost += std::abs(m_sum) >= std::abs(value) ? (m_sum - next) + value : (value - next) + m_sum;
        m_sum = next;
    }
    double value() const { return m_sum + m_lost; }

private:
    double m_sum = 0, m_lost = 0;
};

/// The ids of the k largest, largest first, of equals the smaller id.
std::vector<int64_t> largestIds(std::span<const float> logits, size_t k)
{
    const auto before = [logits](int64_t a, int64_t b) {
        const float x = logits[size_t(a)], y = logits[size_t(b)];
        return x != y ? x > y : a < b;
    };
    // A heap whose front is the last of those kept: nearly all of a vocabulary costs one comparison.
    std::vector<int64_t> kept;
    for (size_t i = 0; i < logits.size() && k > 0; ++i) {
        if (kept.size() == k) {
            if (!before(int64_t(i), kept.front()))
                continue;
            std::ranges::pop_heap(kept, before);
            kept.pop_back();
        }
        kept.push_back(int64_t(i));
        std::ranges::push_heap(kept, before);
    }
    std::ranges::sort_heap(kept, before);
    return kept;
}

} // namespace

Result<TokenScore> scoreToken(std::span<const float> logits, int64_t id, int64_t top)
{
    const auto largest = largestOf(logits);
    if (!largest)
        return noNumbers();
    const double shift = logits[*largest];
    const float own = logits[size_t(id)];
    TokenScore out;
    out.id = id;
    for (size_t i = 0; i < logits.size(); ++i)
        out.rank += logits[i] > own || (logits[i] == own && int64_t(i) < id);

    const std::vector<int64_t> first = largestIds(logits, size_t(std::max<int64_t>(top, 0)));
    std::vector<int64_t> inOrder = first;
    std::ranges::sort(inOrder);
    Sum inTop, outside;
    auto next = inOrder.begin();
    for (size_t i = 0; i < logits.size(); ++i) {
        const bool isTop = next != inOrder.end() && *next == int64_t(i);
        next += isTop;
        (isTop ? inTop : outside).add(std::exp(logits[i] - shift));
    }
    const double total = inTop.value() + outside.value(), logTotal = std::log(total);
    for (const int64_t one : first)
        out.top.push_back({one, logits[size_t(one)] - shift - logTotal});
    out.logProbability = own - shift - logTotal;
    out.tail = outside.value() / total;
    return out;
}

} // namespace assay::engine
