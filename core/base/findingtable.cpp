// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/finding.h"

#include "core/base/shownargument.h"

#include <array>

namespace assay {
namespace {

using C = FindingCode;
using S = Severity;

constexpr std::array<FindingDefinition, size_t(FindingCode::Count_)> kFindings{{
    {C::ShardMissing, "shard.missing", S::Problem,
     ASSAY_TEXT("Finding", "The index names %1, which is not there: %2 {2:tensor is|tensors are} missing"),
     ASSAY_TEXT("Finding", "The download is incomplete; the model cannot be run.")},
    {C::ShardUnreadable, "shard.unreadable", S::Problem, ASSAY_TEXT("Finding", "The shard %1 cannot be read: %2"),
     ASSAY_TEXT("Finding", "Its tensors are not counted; the model cannot be run.")},
    {C::ShardOrphanTensors, "shard.orphan_tensors", S::Warning,
     ASSAY_TEXT("Finding", "%1 holds %2 {2:tensor|tensors} that the index does not name"),
     ASSAY_TEXT("Finding", "Index and shards may come from different versions.")},
    {C::TensorInTwoShards, "shard.tensor_twice", S::Problem,
     ASSAY_TEXT("Finding", "The tensor %1 stands in %2 and in %3"),
     ASSAY_TEXT("Finding", "Which one a program loads is left to chance.")},
    {C::TensorNotInItsShard, "shard.tensor_absent", S::Problem,
     ASSAY_TEXT("Finding", "%1 lacks %2 {2:tensor|tensors} that the index places there"),
     ASSAY_TEXT("Finding", "Index and shards come from different versions.")},
    {C::ShardsOfSetMissing, "shard.set_incomplete", S::Problem,
     ASSAY_TEXT("Finding", "%1 of the %2 shards {1:is not there:|are not there, the first is} %3"),
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
     ASSAY_TEXT("Finding", "It may hold other weights, or the same in another format.")},
    {C::WeightsMissing, "weights.missing", S::Problem,
     ASSAY_TEXT("Finding", "The folder holds no weights in a known format (%1)"),
     ASSAY_TEXT("Finding", "All facts are declared by the config, none is counted; the model cannot be run.")},
    {C::IndexTotalSizeWrong, "index.total_size", S::Warning,
     ASSAY_TEXT("Finding", "The index declares %1 {1:byte|bytes} of tensors, the shards hold %2"),
     ASSAY_TEXT("Finding", "Index and shards may come from different versions.")},
    {C::HeaderLarge, "safetensors.header_large", S::Warning,
     ASSAY_TEXT("Finding", "The header of %1 has %2 bytes; hub readers stop at 25,000,000"),
     ASSAY_TEXT("Finding", "Some programs will refuse this file.")},
    {C::TrailingBytes, "safetensors.trailing_bytes", S::Warning,
     ASSAY_TEXT("Finding", "%1 has %2 {2:byte|bytes} after its last tensor"),
     ASSAY_TEXT("Finding", "They belong to no tensor: other data may be hidden there, and some programs will refuse this file.")},
    {C::UnknownDtype, "tensor.unknown_dtype", S::Warning,
     ASSAY_TEXT("Finding", "%1 {1:tensor has|tensors have} the unknown dtype %2"),
     ASSAY_TEXT("Finding", "Their values cannot be read, and their parameters may be counted wrong.")},
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
     ASSAY_TEXT("Finding", "The config declares %1 {1:layer|layers}, the tensors have %2"),
     ASSAY_TEXT("Finding", "Config and weights belong to different models, or layers were removed.")},
    {C::HiddenSizeDisagrees, "config.hidden_size", S::Problem,
     ASSAY_TEXT("Finding", "The config declares the hidden size %1, the embedding has %2"),
     ASSAY_TEXT("Finding", "Config and weights belong to different models.")},
    {C::VocabularyDisagrees, "config.vocabulary", S::Warning,
     ASSAY_TEXT("Finding", "The config declares a vocabulary of %1, the embedding has %2 {2:row|rows}"),
     ASSAY_TEXT("Finding", "Tokens were added or the config is not this model's.")},
    {C::IntermediateSizeDisagrees, "config.intermediate_size", S::Problem,
     ASSAY_TEXT("Finding", "The config declares the intermediate size %1, the tensors have %2"),
     ASSAY_TEXT("Finding", "Config and weights belong to different models, or neurons were pruned.")},
    {C::HeadsDisagree, "config.heads", S::Problem,
     ASSAY_TEXT("Finding", "By the config %1 should have %2 {2:row|rows}, the tensor has %3"),
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
     ASSAY_TEXT("Finding", "%1 {1:tensor is|tensors are} not part of %2{1:: |, for example }%3"),
     ASSAY_TEXT("Finding", "They take space and are not used.")},
    {C::TensorsMissing, "tensors.missing", S::Problem,
     ASSAY_TEXT("Finding", "%1 {1:tensor|tensors} that %2 needs {1:is missing: |are missing, for example }%3"),
     ASSAY_TEXT("Finding", "The model cannot be run.")},
    {C::NameSizeDisagrees, "name.size", S::Warning,
     ASSAY_TEXT("Finding", "The name says %1 parameters, the tensors have %2"),
     ASSAY_TEXT("Finding", "The model may not be what its name says.")},
    {C::TokenizerVocabularyLarger, "tokenizer.vocabulary", S::Problem,
     ASSAY_TEXT("Finding", "The tokenizer gives ids up to %1, the embedding has %2 {2:row|rows}"),
     ASSAY_TEXT("Finding", "Some texts cannot be run; tokenizer and weights may not belong together.")},
    {C::ShardOverlap, "tensor.overlap", S::Problem,
     ASSAY_TEXT("Finding", "%1 {1:tensor|tensors} of %2 {1:shares|share} bytes with another one{1:: |, for example }%3"),
     ASSAY_TEXT("Finding", "The header is forged or damaged, or was written by a program of its own; others refuse the file.")},
    {C::TensorsBeyondFile, "tensor.beyond_file", S::Problem,
     ASSAY_TEXT("Finding", "%1 {1:tensor reaches|tensors reach} beyond the end of %2{1:: |, for example }%3"),
     ASSAY_TEXT("Finding", "The download is incomplete; the model cannot be run.")},
    {C::TensorGaps, "tensor.gap", S::Warning,
     ASSAY_TEXT("Finding", "%2 has %1 {1:byte|bytes} between its tensors that {1:belongs|belong} to none"),
     ASSAY_TEXT("Finding", "The format forbids holes; other data may be hidden there.")},
    {C::TensorSizeWrong, "tensor.size", S::Problem,
     ASSAY_TEXT("Finding", "%1 {1:tensor|tensors} of %2 {1:takes|take} more or fewer bytes than shape and dtype ask for{1:: |, for example }%3"),
     ASSAY_TEXT("Finding", "The header is forged or damaged.")},
    {C::TensorTwiceInFile, "tensor.twice_in_file", S::Problem,
     ASSAY_TEXT("Finding", "%2 names the tensor %1 twice"),
     ASSAY_TEXT("Finding", "Which one a program loads is left to chance.")},
    {C::TensorUnreadable, "tensor.unreadable", S::Warning,
     ASSAY_TEXT("Finding", "The values of %1 {1:tensor|tensors} cannot be read in place{1:: |, for example }%2: %3"),
     ASSAY_TEXT("Finding", "Their statistics and differences cannot be computed.")},
    {C::BigEndianFile, "file.big_endian", S::Info,
     ASSAY_TEXT("Finding", "%1 is stored with the largest byte first"),
     ASSAY_TEXT("Finding", "Programs on usual machines refuse it.")},
    {C::OldVersion, "format.old_version", S::Info,
     ASSAY_TEXT("Finding", "%1 is in version %2 of its format, which today's programs refuse"),
     ASSAY_TEXT("Finding", "Convert it with a program of its time.")},
    {C::MetadataTwice, "metadata.twice", S::Warning,
     ASSAY_TEXT("Finding", "%2 gives the key %1 twice"),
     ASSAY_TEXT("Finding", "Which value counts is left to chance.")},
    {C::MetadataType, "metadata.type", S::Warning,
     ASSAY_TEXT("Finding", "The key %1 is %2, where %3 is expected"),
     ASSAY_TEXT("Finding", "Programs that trust the type crash or read nonsense.")},
    {C::FileTypeDisagrees, "gguf.file_type", S::Info,
     ASSAY_TEXT("Finding", "The header declares the file type %1, most weights are %2"),
     ASSAY_TEXT("Finding", "The file was repacked after its header was written.")},
    {C::SplitCountDisagrees, "gguf.split_count", S::Problem,
     ASSAY_TEXT("Finding", "The first file declares %1 {1:tensor|tensors} in all, the files hold %2"),
     ASSAY_TEXT("Finding", "A file is missing, or the files come from different versions.")},
    {C::PickleRunsCode, "pickle.runs_code", S::Problem,
     ASSAY_TEXT("Finding", "Loading %1 would run %2"),
     ASSAY_TEXT("Finding", "Whoever loads this file with PyTorch runs what its maker wanted: do not load it.")},
    {C::PickleNotAnalysable, "pickle.not_analysable", S::Warning,
     ASSAY_TEXT("Finding", "%1 cannot be analysed: %2"),
     ASSAY_TEXT("Finding", "It is neither known to be safe nor known to be dangerous.")},
    {C::PickleDamaged, "pickle.damaged", S::Problem,
     ASSAY_TEXT("Finding", "%1 is damaged: %2"),
     ASSAY_TEXT("Finding", "Its tensors may be incomplete.")},
    {C::PickleClean, "pickle.clean", S::Info,
     ASSAY_TEXT("Finding", "%1 names only harmless globals: %2"),
     ASSAY_TEXT("Finding", "Loading a pickle can run code; this one was read without running anything.")},
    {C::ArchiveIrregular, "zip.irregular", S::Warning,
     ASSAY_TEXT("Finding", "The archive %1 contradicts itself: %2"),
     ASSAY_TEXT("Finding", "Two programs may see two different contents: a way to hide code from scanners.")},
    {C::StorageMissing, "torch.storage_missing", S::Problem,
     ASSAY_TEXT("Finding", "%1 {1:tensor has|tensors have} no storage in the file{1:: |, for example }%2"),
     ASSAY_TEXT("Finding", "The file is incomplete.")},
    {C::StorageUnused, "torch.storage_unused", S::Info,
     ASSAY_TEXT("Finding", "The storages of %1 hold %2 {2:byte|bytes}, its tensors use %3"),
     ASSAY_TEXT("Finding", "Slices of larger tensors were saved; the file is larger than the model.")},
    {C::ExternalDataMissing, "onnx.external_missing", S::Problem,
     ASSAY_TEXT("Finding", "%1 names %2, which is not there: %3 {3:tensor is|tensors are} missing"),
     ASSAY_TEXT("Finding", "The download is incomplete; the model cannot be run.")},
    {C::ExternalDataUnsafe, "onnx.external_path", S::Problem,
     ASSAY_TEXT("Finding", "%1 takes weights from %2, which lies outside its folder"),
     ASSAY_TEXT("Finding", "Loading it could read any file of this machine.")},
    {C::HashWrong, "file.hash", S::Problem,
     ASSAY_TEXT("Finding", "%1 does not have the hash that %2 declares"),
     ASSAY_TEXT("Finding", "The file is damaged or was exchanged.")},
    {C::SizeWrong, "file.size", S::Problem,
     ASSAY_TEXT("Finding", "%1 has %2 {2:byte|bytes}, %4 declares %3"),
     ASSAY_TEXT("Finding", "The download is incomplete, or the file was exchanged.")},
    {C::ListedFileMissing, "file.missing", S::Warning,
     ASSAY_TEXT("Finding", "%2 lists %1, which is not there"),
     ASSAY_TEXT("Finding", "The download is incomplete.")},
    {C::LinkDangling, "file.dangling", S::Problem,
     ASSAY_TEXT("Finding", "%1 is a link to a file that is not there"),
     ASSAY_TEXT("Finding", "The cache is incomplete; download the model again.")},
    {C::LicenceMissing, "licence.missing", S::Info,
     ASSAY_TEXT("Finding", "No licence is named"),
     ASSAY_TEXT("Finding", "Whether the model may be used for work is unknown.")},
    {C::AdapterOnly, "adapter.only", S::Info,
     ASSAY_TEXT("Finding", "This is an adapter (LoRA) for %1"),
     ASSAY_TEXT("Finding", "It does not run without its base model.")},
    {C::RemoteCode, "config.remote_code", S::Warning,
     ASSAY_TEXT("Finding", "The config asks programs to run %1 from the model's folder"),
     ASSAY_TEXT("Finding", "Loading it with trust_remote_code runs the maker's Python code.")},
    {C::ArchitectureDisagrees, "config.architecture", S::Problem,
     ASSAY_TEXT("Finding", "The config says %1, the tensors have the structure of %2"),
     ASSAY_TEXT("Finding", "Config and weights belong to different models.")},
    {C::FamilyNameDisagrees, "name.family", S::Problem,
     ASSAY_TEXT("Finding", "The name says %1, the model is %2"),
     ASSAY_TEXT("Finding", "The model may not be what its name says.")},
    {C::DistilledName, "name.distilled", S::Warning,
     ASSAY_TEXT("Finding", "The name says %1, but config and tensors are those of its distilled version on %2"),
     ASSAY_TEXT("Finding", "A distilled model is not the full model: it is smaller and less able.")},
    {C::ExpertsDisagree, "config.experts", S::Problem,
     ASSAY_TEXT("Finding", "The config declares %1 routed {1:expert|experts}, the tensors have %2"),
     ASSAY_TEXT("Finding", "Config and weights belong to different models, or experts were removed.")},
    {C::NextTokenDisagrees, "config.next_token_layers", S::Info,
     ASSAY_TEXT("Finding", "The config declares %1 {1:layer|layers} for further tokens, the tensors have %2"),
     ASSAY_TEXT("Finding", "They were left out; speculative decoding with them is not possible.")},
    {C::ContextDisagrees, "config.context", S::Info,
     ASSAY_TEXT("Finding", "%1 gives the context length %2, %3 gives %4"),
     ASSAY_TEXT("Finding", "Programs differ in how many tokens they accept.")},
    {C::PositionsDisagree, "config.positions", S::Problem,
     ASSAY_TEXT("Finding", "The config declares %1 {1:position|positions}, the table has %2"),
     ASSAY_TEXT("Finding", "Longer texts cannot be run.")},
    {C::SpecialTokenDisagrees, "tokenizer.special_token", S::Warning,
     ASSAY_TEXT("Finding", "%1 is %2 in %3 and %4 in %5"),
     ASSAY_TEXT("Finding", "Generation may not stop where it should, or begin with the wrong token.")},
    {C::ChatTemplateMissing, "tokenizer.chat_template", S::Info,
     ASSAY_TEXT("Finding", "There is no chat template"),
     ASSAY_TEXT("Finding", "Programs guess how to write a dialogue, and may guess wrong.")},
    {C::VocabularyUnused, "tokenizer.vocabulary_unused", S::Info,
     ASSAY_TEXT("Finding", "The embedding has %1 {1:row|rows} more than the tokenizer has ids"),
     ASSAY_TEXT("Finding", "Rows for padding are usual; many of them may mean another tokenizer.")},
    {C::QuantizationDisagrees, "config.quantization", S::Warning,
     ASSAY_TEXT("Finding", "The config declares the quantization %1, the tensors are %2"),
     ASSAY_TEXT("Finding", "Programs that trust the config fail or compute nonsense.")},
    {C::ScalesMissing, "quantization.scales_missing", S::Problem,
     ASSAY_TEXT("Finding", "%1 quantized {1:tensor has|tensors have} no scales{1:: |, for example }%2"),
     ASSAY_TEXT("Finding", "Their values cannot be known; the model cannot be run.")},
    {C::ScaleShapeWrong, "quantization.scale_shape", S::Problem,
     ASSAY_TEXT("Finding", "The scales %1 have the shape %2, %3 is expected"),
     ASSAY_TEXT("Finding", "Weights and scales do not belong together.")},
    {C::ValuesNotFinite, "values.not_finite", S::Problem,
     ASSAY_TEXT("Finding", "%1 holds %2 NaN and %3 infinite {3:value|values}"),
     ASSAY_TEXT("Finding", "One such value spoils every answer of the model.")},
    {C::ValuesConstant, "values.constant", S::Warning,
     ASSAY_TEXT("Finding", "Every value of %1 is %2"),
     ASSAY_TEXT("Finding", "The tensor was not trained, or was erased.")},
    {C::RowsZero, "values.zero_rows", S::Info,
     ASSAY_TEXT("Finding", "%2 of the %3 {3:row|rows} of %1 {2:is|are} zero"),
     ASSAY_TEXT("Finding", "Neurons were pruned, or rows were added and never trained.")},
    {C::TensorsEqual, "values.equal", S::Warning,
     ASSAY_TEXT("Finding", "%1 and %2 have the same values"),
     ASSAY_TEXT("Finding", "One was copied from the other: layers or experts were duplicated.")},
    {C::ScalesBroken, "values.scales", S::Problem,
     ASSAY_TEXT("Finding", "%2 of the %3 {3:scale|scales} of %1 {2:is|are} zero, negative or not finite"),
     ASSAY_TEXT("Finding", "The weights they belong to are lost.")},
    {C::HiddenQuantization, "values.hidden_quantization", S::Warning,
     ASSAY_TEXT("Finding", "%1 of the %2 weight {2:matrix|matrices} looked at {1:holds|hold} %3 different {3:value|values} among 128, as if {1:it|they} had been stored in %4 {4:bit|bits}"),
     ASSAY_TEXT("Finding", "The weights were quantized and stored as full precision again: the size is that of the full model, the quality is not.")},
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
    std::vector<std::string> shown = shownArguments(arguments, translate);
    if (cause && !shown.empty())
        shown.back() = cause->sentence(translate);
    return fillIn(translate("Finding", definitionOf(code).pattern), shown);
}

std::string Finding::shownEvidence(const Translate &translate) const
{
    // Names of tensors may hold anything: only what has arguments is a pattern.
    if (evidenceArguments.empty())
        return translate("Reason", evidence.c_str());
    return fillIn(translate("Reason", evidence.c_str()), shownArguments(evidenceArguments, translate));
}

Finding findingOf(FindingCode code, std::vector<std::string> arguments, const Error &cause, std::string where)
{
    Error told = cause;
    if (told.where == where) // the finding names it
        told.where.clear();
    arguments.push_back(told.sentence());
    Finding finding{code, std::move(arguments), std::move(where)};
    finding.cause = std::move(told);
    return finding;
}

} // namespace assay
