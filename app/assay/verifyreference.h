// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/assay/arguments.h"
#include "core/service/verify/endpointreference.h"

namespace assay {

/// --reference, --trust, --weights and the rest: what an endpoint is held against.
void addVerifyReferenceOptions(Arguments &options);
/// What they name; the key of a reference that is an endpoint is looked up. Errors: BadUsage; those of reading a key's file and of findKey().
Result<ReferenceChoice> referenceChoiceOf(const Arguments &options);
/// Which of these options were given that are for an endpoint's reference alone; empty: none.
QString strayReferenceOption(const Arguments &options);

/// A key's file: one line of hexadecimal. Errors: those of reading.
Result<std::string> readKeyFile(const QString &file);
/// NAME=PATH of --alternative. Error: BadUsage.
Result<std::vector<std::pair<std::string, std::string>>> alternativesOf(const Arguments &options);

} // namespace assay
