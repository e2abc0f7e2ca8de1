// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/bench/requestlog.h"

#include <nlohmann/json_fwd.hpp>

namespace assay {

/// All records of a run, each field a column of its own over all requests: many times smaller than an object a request. The
/// layout is told in docs/REPORT.md; every number comes back as it was.
nlohmann::json requestColumns(const RequestLog &log);
/// Error: StoreDamaged with the column's name. What comes out is bounded by the text that was there.
Result<RequestLog> requestsFromColumns(const nlohmann::json &json);

} // namespace assay
