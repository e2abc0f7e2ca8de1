// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/finding.h"

#include <array>

namespace assay {
namespace {

using C = FindingCode;
using S = Severity;

constexpr std::array<FindingDefinition, size_t(FindingCode::Count_)> kFindings{{
    {C::ShardMissing, "shard.missing", S::Problem,
     ASSAY_TEXT("Finding", "The index names %1, which is not there: %2 tensors are missing"),
     ASSAY_TEXT("Finding", "The download is incomplete; the model cannot be run.")},
    {C::ShardUnreadable, "shard.unreadable", S::Problem, ASSAY_TEXT("Finding", "The shard %1 cannot be read: %2"),
     ASSAY_TEXT("Finding", "Its tensors are not counted; the model cannot be run.")},
    {C::ShardOrphanTensors, "shard.orphan_tensors", S::Warning,
     ASSAY_TEXT("Finding", "%1 holds %2 tensors that the index does not name"),
     ASSAY_TEXT("Finding", "Index and shards may come from different versions.")},
    {C::TensorInTwoShards, "shard.tensor_twice", S::Problem,
     ASSAY_TEXT("Finding", "The tensor %1 stands in %2 and in %3"),
     ASSAY_TEXT("Finding", "Which one a program loads is left to chance.")},
    {C::TensorNotInItsShard, "shard.tensor_absent", S::Problem,
     ASSAY_TEXT("Finding", "%1 lacks %2 tensors that the index places there"),
     ASSAY_TEXT("Finding", "Index and shards come from different versions.")},
    {C::ShardsOfSetMissing, "shard.set_incomplete", S::Problem,
     ASSAY_TEXT("Finding", "%1 of the %2 shards are not there, the first is %3"),
     ASSAY_TEXT("Finding", "The download is incomplete; the model cannot be run.")},
    {C::IndexMissing, "index.missing", S::Info, ASSAY_TEXT("Finding", "The shards have no index.json"),
     ASSAY_TEXT("Finding", "Whether tensors are missing can only be told from the architecture.")},
    {C::TwoShardSets, "shard.two_sets", S::Warning,
     ASSAY_TEXT("Finding", "The folder holds two sets of shards: %1 and %2; only the first is counted"),
     ASSAY_TEXT("Finding", "Counting both would double the model's size.")},
    {C::ConsolidatedBesideShards, "weights.consolidated_beside", S::Info,
     ASSAY_TEXT("Finding", "%1 lies beside the model's files and is not counted"),
     ASSAY_TEXT("Finding", "It is a second copy of the weights in another layout.")},
    {C::OtherWeightsBeside, "weights.other_format_beside", S::Info,
     ASSAY_TEXT("Finding", "%1 lies beside the model's files and is not counted as weights"),
     ASSAY_TEXT("Finding", "It may hold other weights; loading formats other than safetensors may run code.")},
    {C::WeightsMissing, "weights.missing", S::Problem,
     ASSAY_TEXT("Finding", "The folder holds no weights in safetensors format"),
     ASSAY_TEXT("Finding", "All facts are declared by the config, none is counted; the model cannot be run.")},
    {C::IndexTotalSizeWrong, "index.total_size", S::Warning,
     ASSAY_TEXT("Finding", "The index declares %1 bytes of tensors, the shards hold %2"),
     ASSAY_TEXT("Finding", "Index and shards may come from different versions.")},
    {C::HeaderLarge, "safetensors.header_large", S::Warning,
     ASSAY_TEXT("Finding", "The header of %1 has %2 bytes; hub readers stop at 25,000,000"),
     ASSAY_TEXT("Finding", "Some programs will refuse this file.")},
    {C::TrailingBytes, "safetensors.trailing_bytes", S::Warning,
     ASSAY_TEXT("Finding", "%1 has %2 bytes after its last tensor"),
     ASSAY_TEXT("Finding", "The format forbids them; some programs will refuse this file.")},
    {C::UnknownDtype, "tensor.unknown_dtype", S::Warning,
     ASSAY_TEXT("Finding", "%1 tensors have the unknown dtype %2"),
     ASSAY_TEXT("Finding", "Their parameters cannot be counted.")},
    {C::ConfigMissing, "config.missing", S::Problem, ASSAY_TEXT("Finding", "There is no config.json"),
     ASSAY_TEXT("Finding", "Facts come from the tensors alone; the model cannot be run.")},
    {C::ConfigUnreadable, "config.unreadable", S::Problem, ASSAY_TEXT("Finding", "config.json cannot be used: %1"),
     ASSAY_TEXT("Finding", "Facts come from the tensors alone; the model cannot be run.")},
    {C::GenerationConfigUnreadable, "config.generation_unreadable", S::Warning,
     ASSAY_TEXT("Finding", "generation_config.json cannot be used: %1"),
     ASSAY_TEXT("Finding", "Default sampling settings are unknown.")},
    {C::ArchitectureUnknown, "architecture.unknown", S::Info,
     ASSAY_TEXT("Finding", "The architecture %1 is not known here"),
     ASSAY_TEXT("Finding", "Facts are read from the config's common fields; the model cannot be run.")},
    {C::LayersDisagree, "config.layers", S::Problem,
     ASSAY_TEXT("Finding", "The config declares %1 layers, the tensors have %2"),
     ASSAY_TEXT("Finding", "Config and weights belong to different models, or layers were removed.")},
    {C::HiddenSizeDisagrees, "config.hidden_size", S::Problem,
     ASSAY_TEXT("Finding", "The config declares the hidden size %1, the embedding has %2"),
     ASSAY_TEXT("Finding", "Config and weights belong to different models.")},
    {C::VocabularyDisagrees, "config.vocabulary", S::Warning,
     ASSAY_TEXT("Finding", "The config declares a vocabulary of %1, the embedding has %2 rows"),
     ASSAY_TEXT("Finding", "Tokens were added or the config is not this model's.")},
    {C::IntermediateSizeDisagrees, "config.intermediate_size", S::Problem,
     ASSAY_TEXT("Finding", "The config declares the intermediate size %1, the tensors have %2"),
     ASSAY_TEXT("Finding", "Config and weights belong to different models, or neurons were pruned.")},
    {C::HeadsDisagree, "config.heads", S::Problem,
     ASSAY_TEXT("Finding", "By the config %1 should have %2 rows, the tensor has %3"),
     ASSAY_TEXT("Finding", "Config and weights belong to different models, or heads were pruned.")},
    {C::TiedHeadDisagrees, "config.tied_head", S::Warning,
     ASSAY_TEXT("Finding", "The config ties the language head to the embedding, but both are stored"),
     ASSAY_TEXT("Finding", "Programs differ in which of the two they use.")},
    {C::HeadMissing, "config.head_missing", S::Problem,
     ASSAY_TEXT("Finding", "The config declares a language head of its own, but none is stored"),
     ASSAY_TEXT("Finding", "The model cannot be run as it is declared.")},
    {C::DtypeDisagrees, "config.dtype", S::Info,
     ASSAY_TEXT("Finding", "The config declares the dtype %1, most weights are %2"),
     ASSAY_TEXT("Finding", "The files were converted after the config was written.")},
    {C::TensorsUnexpected, "tensors.unexpected", S::Info,
     ASSAY_TEXT("Finding", "%1 tensors are not part of %2, for example %3"),
     ASSAY_TEXT("Finding", "They take space and are not used.")},
    {C::TensorsMissing, "tensors.missing", S::Problem,
     ASSAY_TEXT("Finding", "%1 tensors that %2 needs are missing, for example %3"),
     ASSAY_TEXT("Finding", "The model cannot be run.")},
    {C::NameSizeDisagrees, "name.size", S::Warning,
     ASSAY_TEXT("Finding", "The name says %1 parameters, the tensors have %2"),
     ASSAY_TEXT("Finding", "The model may not be what its name says.")},
    {C::TokenizerVocabularyLarger, "tokenizer.vocabulary", S::Problem,
     ASSAY_TEXT("Finding", "The tokenizer gives ids up to %1, the embedding has %2 rows"),
     ASSAY_TEXT("Finding", "Some texts cannot be run; tokenizer and weights may not belong together.")},
}};

constexpr bool inOrder()
{
    for (size_t i = 0; i < kFindings.size(); ++i) {
        if (size_t(kFindings[i].code) != i)
            return false;
    }
    return true;
}
static_assert(inOrder(), "the table follows the order of FindingCode");

} // namespace

const FindingDefinition &definitionOf(FindingCode code)
{
    return kFindings[size_t(code)];
}

const char *severityName(Severity severity)
{
    switch (severity) {
    case Severity::Info: return ASSAY_TEXT("Severity", "info");
    case Severity::Warning: return ASSAY_TEXT("Severity", "warning");
    case Severity::Problem: return ASSAY_TEXT("Severity", "problem");
    }
    return "info";
}

std::string Finding::sentence(const Translate &translate) const
{
    return fillIn(translate("Finding", definitionOf(code).pattern), arguments);
}

} // namespace assay
