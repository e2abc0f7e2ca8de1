// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/dialect.h"
#include "core/endpoint/loadrunner.h"

#include <string>

namespace assay {

/// The JSON body of a streamed request. Bytes that are no UTF-8 become U+FFFD.
std::string requestBody(const Dialect &dialect, const std::string &model, const LoadRequest &request);
/// The same body without the question for usage in the stream, which older servers refuse.
std::string withoutUsage(const std::string &body);

} // namespace assay
