// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// Records in one piece, each after its length (LEB128): some thousand rows instead of a hundred thousand make a store quick.
std::string joinRecords(const std::vector<std::string> &records);
/// Takes them apart again. Error: StoreDamaged when a length leads beyond the end; what came before was told.
Result<void> splitRecords(std::string_view body, const std::function<void(std::string_view)> &record);

} // namespace assay
