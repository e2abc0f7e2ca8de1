// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace assay::trainer {

/// Random numbers that are the same on every platform (std's distributions are not).
class Random
{
public:
    explicit Random(uint64_t seed) : m_engine(seed) {}

    /// Uniform in [0, bound); bound > 0.
    int below(int bound) { return int(m_engine() % uint64_t(bound)); }
    /// Uniform in [0, 1).
    double real() { return double(m_engine() >> 11) * 0x1.0p-53; }
    bool chance(double probability) { return real() < probability; }

    template <class T>
    void shuffle(std::vector<T> &items)
    {
        for (size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[size_t(below(int(i)))]);
    }

private:
    std::mt19937_64 m_engine;
};

} // namespace assay::trainer
