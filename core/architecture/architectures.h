// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/description.h"

/// Every description there is, one line each; architectures.cpp lists them.
namespace assay {

extern const ArchitectureDescription kLlamaArchitecture, kMistralArchitecture, kQwen2Architecture;

} // namespace assay
