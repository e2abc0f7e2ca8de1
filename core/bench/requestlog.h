// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/bench/requestrecord.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace assay {

/// The record in a compact form: variable-length numbers, moments as differences. Its first byte is the version.
std::string encodeRecord(const RequestRecord &record);
/// Error: StoreDamaged with what is wrong. Never throws, never reads beyond the bytes.
Result<RequestRecord> decodeRecord(std::string_view bytes);

/// Records of a run in their compact form, some bytes a chunk: a hundred thousand requests fit in memory. A copy shares the
/// full blocks, so that a snapshot of a growing log costs next to nothing and never changes under its reader.
class RequestLog
{
public:
    void append(const RequestRecord &record) { appendEncoded(encodeRecord(record)); }
    void appendEncoded(std::string_view bytes);
    size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    uint64_t memoryBytes() const;
    std::string_view encoded(size_t index) const; ///< valid until the log grows or goes
    RequestRecord at(size_t index) const; ///< one that cannot be decoded is an empty record that failed as Malformed

    /// What was derived of exactly these records, kept with them and their copies; made by the first who asks, on any thread.
    std::shared_ptr<const void> derived(const std::function<std::shared_ptr<const void>()> &make) const;

private:
    struct Block;
    struct Derived;
    const Block &blockOf(size_t index) const;
    static std::shared_ptr<Derived> newDerived();

    std::vector<std::shared_ptr<const Block>> m_full;
    std::shared_ptr<Block> m_last; ///< copied when it grows while a snapshot holds it
    std::shared_ptr<Derived> m_derived = newDerived();
    size_t m_size = 0;
};

} // namespace assay
