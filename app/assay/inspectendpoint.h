// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/endpointfacts.h"

namespace assay {

/// What an endpoint tells of itself, each field with its source, what contradicts each other and what nothing tells.
void printEndpoint(const EndpointFacts &facts);

} // namespace assay
