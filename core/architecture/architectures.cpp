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
    &kBertArchitecture,
    &kRobertaArchitecture,
    &kDistilBertArchitecture,
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
    const std::string name = config.architecture();
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
