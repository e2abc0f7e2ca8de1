// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/description.h"

/// Every description there is, one line each; architectures.cpp lists them.
namespace assay {

extern const ArchitectureDescription kLlamaArchitecture, kMistralArchitecture, kQwen2Architecture;
extern const ArchitectureDescription kGpt2Architecture, kBigCodeArchitecture, kNeoxArchitecture, kGptjArchitecture;
extern const ArchitectureDescription kOptArchitecture, kBloomArchitecture, kFalconArchitecture, kPhiArchitecture;
extern const ArchitectureDescription kStarcoder2Architecture;
extern const ArchitectureDescription kBertArchitecture, kRobertaArchitecture, kDistilBertArchitecture;

} // namespace assay
