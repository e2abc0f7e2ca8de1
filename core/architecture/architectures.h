// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/description.h"

/// Every description there is, one line each; architectures.cpp lists them.
namespace assay {

extern const ArchitectureDescription kLlamaArchitecture, kMistralArchitecture, kQwen2Architecture;
extern const ArchitectureDescription kGpt2Architecture, kBigCodeArchitecture, kNeoxArchitecture, kGptjArchitecture;
extern const ArchitectureDescription kOptArchitecture, kBloomArchitecture, kFalconArchitecture, kPhiArchitecture;
extern const ArchitectureDescription kStarcoder2Architecture, kMptArchitecture;
extern const ArchitectureDescription kBertArchitecture, kRobertaArchitecture, kDistilBertArchitecture;
extern const ArchitectureDescription kMixtralArchitecture, kQwen3Architecture, kQwen2MoeArchitecture, kQwen3MoeArchitecture;
extern const ArchitectureDescription kDotsArchitecture, kDeepseekArchitecture, kDeepseekV2Architecture, kDeepseekV3Architecture;
extern const ArchitectureDescription kGemmaArchitecture, kGemma2Architecture, kGemma3Architecture;
extern const ArchitectureDescription kCohereArchitecture, kCohere2Architecture, kStableLmArchitecture, kPhi3Architecture;
extern const ArchitectureDescription kOlmoArchitecture, kOlmoeArchitecture, kOlmo2Architecture, kOlmo3Architecture;
extern const ArchitectureDescription kGlmArchitecture, kGlm4Architecture, kGlm4MoeArchitecture, kGptOssArchitecture;
extern const ArchitectureDescription kGraniteArchitecture, kGraniteMoeArchitecture, kMiniCpmArchitecture;
extern const ArchitectureDescription kSmolLm3Architecture, kInternLm2Architecture, kInternLm3Architecture;
extern const ArchitectureDescription kExaoneArchitecture, kExaone4Architecture;

} // namespace assay
