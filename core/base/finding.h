// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"

#include <string>
#include <vector>

namespace assay {

enum class Severity { Info, Warning, Problem };

/// Something worth telling about a subject. Each code has one row in findingtable.cpp.
enum class FindingCode {
    ShardMissing,
    ShardUnreadable,
    ShardOrphanTensors,
    TensorInTwoShards,
    TensorNotInItsShard,
    ShardsOfSetMissing,
    IndexMissing,
    TwoShardSets,
    ConsolidatedBesideShards,
    OtherWeightsBeside,
    WeightsMissing,
    IndexTotalSizeWrong,
    HeaderLarge,
    TrailingBytes,
    UnknownDtype,
    ConfigMissing,
    ConfigUnreadable,
    GenerationConfigUnreadable,
    ArchitectureUnknown,
    LayersDisagree,
    HiddenSizeDisagrees,
    VocabularyDisagrees,
    IntermediateSizeDisagrees,
    HeadsDisagree,
    TiedHeadDisagrees,
    HeadMissing,
    DtypeDisagrees,
    TensorsUnexpected,
    TensorsMissing,
    NameSizeDisagrees,
    TokenizerVocabularyLarger,
    // found by reading other formats
    ShardOverlap,
    TensorsBeyondFile,
    TensorGaps,
    TensorSizeWrong,
    TensorTwiceInFile,
    TensorUnreadable,
    BigEndianFile,
    OldVersion,
    MetadataTwice,
    MetadataType,
    FileTypeDisagrees,
    SplitCountDisagrees,
    PickleRunsCode,
    PickleNotAnalysable,
    PickleDamaged,
    PickleClean,
    ArchiveIrregular,
    StorageMissing,
    StorageUnused,
    ExternalDataMissing,
    ExternalDataUnsafe,
    HashWrong,
    SizeWrong,
    ListedFileMissing,
    LinkDangling,
    LicenceMissing,
    AdapterOnly,
    RemoteCode,
    ArchitectureDisagrees,
    FamilyNameDisagrees,
    DistilledName,
    ExpertsDisagree,
    NextTokenDisagrees,
    ContextDisagrees,
    PositionsDisagree,
    SpecialTokenDisagrees,
    ChatTemplateMissing,
    VocabularyUnused,
    QuantizationDisagrees,
    ScalesMissing,
    ScaleShapeWrong,
    ValuesNotFinite,
    ValuesConstant,
    RowsZero,
    TensorsEqual,
    ScalesBroken,
    HiddenQuantization,
    Count_
};

/// One row of the finding table.
struct FindingDefinition
{
    FindingCode code;
    const char *id; ///< stable name, for JSON and scripts: "shard.missing"
    Severity severity;
    const char *pattern; ///< the sentence, with %1...; translation context "Finding"
    const char *why;     ///< why it matters; translation context "Finding"
};

const FindingDefinition &definitionOf(FindingCode code);
/// "info", "warning" or "problem".
const char *severityName(Severity severity);

struct Finding
{
    FindingCode code = FindingCode::Count_;
    std::vector<std::string> arguments;
    std::string where; ///< file, tensor or field
    std::string evidence = {}; ///< numbers and fields behind it, in field names and figures; may be empty

    /// The sentence with its arguments, in the translator's language.
    std::string sentence(const Translate &translate = untranslated) const;
};

} // namespace assay
