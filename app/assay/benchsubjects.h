// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/assay/arguments.h"
#include "core/endpoint/target.h"

#include <optional>

namespace assay {

/// What is measured as an endpoint.
struct BenchEndpoint
{
    SubjectRef reference;
    EndpointTarget target;
};

/// The endpoint behind a subject of `bench`; nothing where it is files. It is asked what it is, unless --dialect and --model
/// say so. Errors: those of openSubject(), KeyMissing, BadUsage (no such dialect).
Result<std::optional<BenchEndpoint>> benchEndpoint(const Arguments &options, const QString &subject);

/// Where a stored run of an endpoint was made, with the key of today.
Result<EndpointTarget> resumedEndpoint(const Arguments &options, const RunHeader &run);

} // namespace assay
