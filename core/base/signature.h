// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <optional>
#include <string>
#include <string_view>

namespace assay {

/// A pair of Ed25519 (RFC 8032), 32 bytes each in lower-case hexadecimal.
struct SigningKey
{
    std::string secret, open;
};

SigningKey makeSigningKey(); ///< from the system's randomness
/// Of a secret key; nothing where it is none.
std::optional<SigningKey> signingKeyFrom(std::string_view secret);
/// 64 bytes in hexadecimal; nothing where the key is none.
std::optional<std::string> sign(std::string_view message, std::string_view secret);
/// False for anything that is no signature or no key, too.
bool isSignedBy(std::string_view message, std::string_view signature, std::string_view open);

} // namespace assay
