// SPDX-License-Identifier: GPL-3.0-or-later
// Little-endian: u32 version, u64 positions, u64 chunks, u8 whether there are softened divergences, then the columns one after the other.
#include "core/evaluate/fidelity/fidelity.h"

#include <bit>
#include <cstring>

namespace assay {
namespace {

static_assert(std::endian::native == std::endian::little, "columns are little-endian");

constexpr uint32_t kVersion = 1;

template <class T> void put(std::string &out, const std::vector<T> &values)
{
    out.append(reinterpret_cast<const char *>(values.data()), values.size() * sizeof(T));
}

template <class T> void putOne(std::string &out, T value)
{
    out.append(reinterpret_cast<const char *>(&value), sizeof value);
}

/// Takes what is there; a count beyond it allocates nothing.
class Taker
{
public:
    explicit Taker(std::string_view bytes) : m_bytes(bytes) {}
    template <class T> bool take(T &value)
    {
        std::vector<T> one;
        if (!take(one, 1))
            return false;
        value = one.front();
        return true;
    }
    template <class T> bool take(std::vector<T> &values, uint64_t count)
    {
        if (count > m_bytes.size() / sizeof(T))
            return false;
        values.resize(size_t(count));
        if (count > 0)
            std::memcpy(values.data(), m_bytes.data(), size_t(count) * sizeof(T));
        m_bytes.remove_prefix(size_t(count) * sizeof(T));
        return true;
    }
    bool atEnd() const { return m_bytes.empty(); }

private:
    std::string_view m_bytes;
};

/// Chunks follow each other and end with the last position.
bool isSound(const FidelityColumns &columns)
{
    uint32_t last = 0;
    for (const uint32_t end : columns.chunkEnds) {
        if (end <= last)
            return false;
        last = end;
    }
    return last == columns.size();
}

} // namespace

std::string encodeColumns(const FidelityColumns &columns)
{
    std::string out;
    putOne(out, kVersion);
    putOne(out, uint64_t(columns.size()));
    putOne(out, uint64_t(columns.chunkEnds.size()));
    putOne(out, uint8_t(!columns.softened.empty()));
    put(out, columns.divergence);
    put(out, columns.nllReference);
    put(out, columns.nllOther);
    put(out, columns.sameTop);
    put(out, columns.softened);
    put(out, columns.chunkEnds);
    return out;
}

Result<FidelityColumns> decodeColumns(std::string_view bytes)
{
    Taker taker(bytes);
    uint32_t version = 0;
    uint64_t positions = 0, chunks = 0;
    uint8_t softened = 0;
    FidelityColumns out;
    const bool whole = taker.take(version) && version == kVersion && taker.take(positions) && taker.take(chunks) && taker.take(softened)
        && softened <= 1 && taker.take(out.divergence, positions) && taker.take(out.nllReference, positions)
        && taker.take(out.nllOther, positions) && taker.take(out.sameTop, positions) && taker.take(out.softened, softened ? positions : 0)
        && taker.take(out.chunkEnds, chunks) && taker.atEnd() && isSound(out);
    if (!whole)
        return failure(ErrorCode::StoreDamaged, {"the record", "columns"});
    return out;
}

} // namespace assay
