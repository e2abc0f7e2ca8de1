// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/facts.h"

#include <array>
#include <bit>
#include <cstdio>
#include <cstring>

namespace assay {
namespace {

/// Two lanes of 64 bits, fed 8 bytes at a time: multiply, rotate, and a final avalanche as in SplitMix64. It tells
/// structures apart; it is no defence against forgery.
class Hash
{
public:
    void add(uint64_t word)
    {
        m_a = std::rotl((m_a ^ word) * 0x9E3779B97F4A7C15ULL, 29) + m_b;
        m_b = std::rotl((m_b + word) * 0xC2B2AE3D27D4EB4FULL, 37) ^ m_a;
    }

    void add(std::string_view text)
    {
        add(uint64_t(text.size()));
        for (; text.size() >= 8; text.remove_prefix(8)) {
            uint64_t word = 0;
            std::memcpy(&word, text.data(), 8);
            add(word);
        }
        uint64_t rest = 0;
        std::memcpy(&rest, text.data(), text.size());
        add(rest);
    }

    std::string hex() const
    {
        std::array<char, 33> out{};
        std::snprintf(out.data(), out.size(), "%016llx%016llx", static_cast<unsigned long long>(finish(m_a)),
                      static_cast<unsigned long long>(finish(m_b ^ std::rotl(m_a, 32))));
        return out.data();
    }

private:
    static uint64_t finish(uint64_t word)
    {
        word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9ULL;
        word = (word ^ (word >> 27)) * 0x94D049BB133111EBULL;
        return word ^ (word >> 31);
    }

    uint64_t m_a = 0x243F6A8885A308D3ULL, m_b = 0x13198A2E03707344ULL; // digits of pi
};

} // namespace

std::string structureFingerprint(const Checkpoint &checkpoint)
{
    Hash hash;
    hash.add(uint64_t(checkpoint.files.size()));
    for (const CheckpointFile &file : checkpoint.files)
        hash.add(file.bytes);
    for (const TensorRecord &tensor : checkpoint.tensors) {
        hash.add(tensor.name);
        hash.add(tensor.dtypeText);
        hash.add(uint64_t(tensor.shape.size()));
        for (int64_t dimension : tensor.shape)
            hash.add(uint64_t(dimension));
    }
    return hash.hex();
}

} // namespace assay
