// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::protocol {

/// RFC 4648, section 4, with padding.
std::string toBase64(std::span<const std::byte> bytes);
/// ProtocolViolation when it is not exactly that.
Result<std::vector<std::byte>> fromBase64(std::string_view text);

} // namespace assay::protocol
