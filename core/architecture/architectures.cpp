// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/architectures.h"

namespace assay {
namespace {

constexpr const ArchitectureDescription *kAll[] = {
    &kLlamaArchitecture,
    &kMistralArchitecture,
    &kQwen2Architecture,
    &kGpt2Architecture,
    &kBigCodeArchitecture,
    &kNeoxArchitecture,
    &kGptjArchitecture,
    &kOptArchitecture,
    &kBloomArchitecture,
    &kFalconArchitecture,
    &kPhiArchitecture,
    &kStarcoder2Architecture,
    &kMptArchitecture,
    &kBertArchitecture,
    &kRobertaArchitecture,
    &kDistilBertArchitecture,
    &kMixtralArchitecture,
    &kQwen3Architecture,
    &kQwen2MoeArchitecture,
    &kQwen3MoeArchitecture,
    &kDotsArchitecture,
    &kDeepseekArchitecture,
    &kDeepseekV2Architecture,
    &kDeepseekV3Architecture,
    &kGemmaArchitecture,
    &kGemma2Architecture,
    &kGemma3Architecture,
    &kCohereArchitecture,
    &kCohere2Architecture,
    &kStableLmArchitecture,
    &kPhi3Architecture,
    &kOlmoArchitecture,
    &kOlmoeArchitecture,
    &kOlmo2Architecture,
    &kOlmo3Architecture,
    &kGlmArchitecture,
    &kGlm4Architecture,
    &kGlm4MoeArchitecture,
    &kGptOssArchitecture,
    &kGraniteArchitecture,
    &kGraniteMoeArchitecture,
    &kMiniCpmArchitecture,
    &kSmolLm3Architecture,
    &kInternLm2Architecture,
    &kInternLm3Architecture,
    &kExaoneArchitecture,
    &kExaone4Architecture,
};

} // namespace

std::span<const ArchitectureDescription *const> architectureDescriptions()
{
    return kAll;
}

const ArchitectureDescription *findArchitecture(std::string_view className)
{
    for (const ArchitectureDescription *each : kAll) {
        for (const char *name : each->classes) {
            if (className == name)
                return each;
        }
    }
    return nullptr;
}

Result<DecoderSpec> resolveDecoder(const ModelConfig &config)
{
    // GGUF's name for those that have none here.
    const std::string name = config.architecture().empty() ? config.metadataName : config.architecture();
    if (name.empty())
        return failure(ErrorCode::ConfigIncomplete, {"architectures", "the engine"});
    const ArchitectureDescription *description = findArchitecture(name);
    if (!description)
        return failure(ErrorCode::ArchitectureUnsupported, {name, "the architecture " + name});
    ConfigReader reader(config);
    DecoderSpec spec;
    spec.architecture = name;
    description->resolve(reader, spec);
    if (reader.failed())
        return tl::unexpected(reader.error());
    return spec;
}

} // namespace assay
