// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace assay {

enum class HashKind {
    Sha256,
    GitBlob, ///< SHA-1 over "blob SIZE", a zero byte and the content: git's object id of a file
};

/// A hash over bytes that come in pieces, by OpenSSL.
class Hasher
{
public:
    /// The size of the whole content is part of a git object id.
    explicit Hasher(HashKind kind, uint64_t contentBytes = 0);
    void add(std::span<const std::byte> bytes);
    /// Lower-case hexadecimal; to be called once, at the end.
    std::string finish();

private:
    struct Free { void operator()(void *context) const; };
    std::unique_ptr<void, Free> m_context;
};

/// SHA-256 (FIPS 180-4) in lower-case hexadecimal, as sha256sum prints it.
std::string sha256(std::string_view bytes);

} // namespace assay
