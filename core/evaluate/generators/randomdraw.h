// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace assay {

/// Random draws that are the same on every platform (the standard fixes the engine's numbers, not the distributions').
class RandomDraw
{
public:
    explicit RandomDraw(uint64_t seed) : m_engine(seed) {}
    uint64_t bits() { return m_engine(); }
    /// From low to high, both included.
    int64_t between(int64_t low, int64_t high) { return low + int64_t(m_engine() % uint64_t(high - low + 1)); }
    template <class T>
    const T &oneOf(const std::vector<T> &of)
    {
        return of[size_t(between(0, int64_t(of.size()) - 1))];
    }
    template <class T>
    void shuffle(std::vector<T> &of)
    {
        for (size_t i = of.size(); i > 1; --i)
            std::swap(of[i - 1], of[size_t(between(0, int64_t(i) - 1))]);
    }
    /// So many different ones, in the order in which they were drawn; all of them where there are no more.
    template <class T>
    std::vector<T> some(std::vector<T> of, size_t count)
    {
        shuffle(of);
        of.resize(std::min(count, of.size()));
        return of;
    }

private:
    std::mt19937_64 m_engine;
};

} // namespace assay
