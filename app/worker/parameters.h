// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/protocol/messages.h"

/// Parameters of the small requests that have no struct of their own; all give BadParameters.
namespace assay::worker {

Result<int64_t> integerParameter(const protocol::Json &params, const char *name);
Result<std::string> textParameter(const protocol::Json &params, const char *name);
Result<bool> booleanParameter(const protocol::Json &params, const char *name, bool otherwise);
Result<std::vector<int64_t>> integersParameter(const protocol::Json &params, const char *name);

} // namespace assay::worker
