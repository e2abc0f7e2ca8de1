// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <string_view>

namespace assay::slow {

/// Numbers that are the same on every machine and with every standard library, for a seed and a name.
class RandomValues
{
public:
    RandomValues(uint64_t seed, std::string_view name)
    {
        m_state = 0xcbf29ce484222325 ^ seed; // FNV-1a
        for (const char letter : name)
            m_state = (m_state ^ static_cast<unsigned char>(letter)) * 0x100000001b3;
    }

    /// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
    uint64_t next()
    {
        uint64_t z = m_state += 0x9e3779b97f4a7c15;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        return z ^ z >> 31;
    }
    uint64_t below(uint64_t limit) { return next() % limit; }
    /// Box and Muller's transform.
    double normal()
    {
        const double radius = std::sqrt(-2 * std::log((double(next() >> 11) + 0.5) / 9007199254740992.0));
        return radius * std::cos(2 * M_PI * double(next() >> 11) / 9007199254740992.0);
    }

private:
    uint64_t m_state;
};

} // namespace assay::slow
