// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <optional>
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
    /// Numbers and fields behind it: names and figures, or a pattern of the translation context "Reason"; may be empty.
    std::string evidence = {};
    std::vector<std::string> evidenceArguments = {}; ///< for the evidence's %1, ...; without any it holds no marks
    std::optional<Error> cause = {}; ///< the error that the last argument tells

    /// The sentence with its arguments, in the translator's language.
    std::string sentence(const Translate &translate = untranslated) const;
    /// The evidence with its arguments, in the translator's language.
    std::string shownEvidence(const Translate &translate = untranslated) const;
};

/// A finding that an error led to: its sentence becomes the last argument.
Finding findingOf(FindingCode code, std::vector<std::string> arguments, const Error &cause, std::string where);

} // namespace assay
