// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"

#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace assay {

/// The documented exit codes of assay and assay-worker.
enum class ExitCode {
    Ok = 0,
    Contradicted = 1,
    Inconclusive = 2,
    Usage = 64,
    BadInput = 65,
    Unreachable = 69,
    Internal = 70,
    FileError = 74,
    Cancelled = 130,
};

/// Every way something can go wrong. Each has one row in errortable.cpp and at least one test.
enum class ErrorCode {
    // files
    FileMissing,
    FileUnreadable,
    FileUnwritable,
    DiskFull,
    DirectoryEmpty,
    NoConfig,
    NoWeights,
    FileTooLarge,
    FormatUnknown,
    // JSON
    JsonDamaged,
    JsonWrongType,
    // safetensors (inspectors.md 4a)
    SafetensorsTooShort,
    SafetensorsHeaderTooLarge,
    SafetensorsHeaderBeyondFile,
    SafetensorsHeaderNotJson,
    SafetensorsEntryInvalid,
    SafetensorsDuplicateName,
    SafetensorsShapeOverflow,
    SafetensorsSizeMismatch,
    // other formats
    GgufDamaged,
    GgufTooLarge,
    TorchDamaged,
    ZipDamaged,
    OnnxDamaged,
    OllamaDamaged,
    // sharding
    IndexDamaged,
    IndexUnsafeName,
    // engine
    ArchitectureUnsupported,
    ConfigIncomplete,
    ConfigOutOfRange,
    TensorMissing,
    TensorShapeWrong,
    DtypeUnsupported,
    DeviceMissing,
    NotEnoughMemory,
    TokenOutOfRange,
    ContextTooLong,
    WrongTask,
    InputInvalid,
    InputsUnfit,
    ScriptUnloadable,
    OperatorMissing,
    ScriptFailed,
    EngineFailed,
    // tokenizer
    TokenizerMissing,
    TokenizerDamaged,
    TokenizerUnsupported,
    // chat templates
    TemplateMissing,
    TemplateDamaged,
    TemplateFailed,
    TemplateEndless,
    // protocol and worker
    WorkerMissing,
    WorkerDied,
    WorkerTooOld,
    WorkerSilent,
    WorkerNotThere,
    MachineUnreachable,
    MachineRefused,
    MachineLost,
    ProtocolViolation,
    UnknownMethod,
    BadParameters,
    UnknownModel,
    // weights and their differences
    WeightsUnreadable,
    NotComparable,
    // servers
    UrlInvalid,
    ServerUnreachable,
    ServerRefused,
    ServerWantsToken,
    ServerBusy,
    ServerWithoutRanges,
    ServerLied,
    TooManyRedirects,
    NoModelThere,
    // endpoints, plans, machines
    NoEndpointThere,
    EndpointWantsKey,
    EndpointFailed,
    KeyMissing,
    KeyStoreUnusable,
    PlanDamaged,
    RunMissing,
    MachineUnknown,
    // suites
    SuiteMissing,
    SuiteDamaged,
    SuiteUnreadable,
    SuiteEmpty,
    ImportEmpty,
    // fidelity
    VocabulariesDiffer,
    BaseFileDamaged,
    BaseFileUnfit,
    // identity
    ClaimSheetDamaged,
    ProfileDamaged,
    ManifestDamaged,
    BundleDamaged,
    BundleUnfit,
    MonitorDamaged,
    AuditBroken,
    // store, command line
    StoreDamaged,
    StoreUnwritable,
    BadUsage,
    NoDisplay,
    Cancelled,
    Internal,
    Count_
};

/// One row of the error table.
struct ErrorDefinition
{
    ErrorCode code;
    const char *id;      ///< stable name, for JSON and scripts: "safetensors.too_short"
    ExitCode exitCode;
    const char *pattern; ///< the sentence, with %1...; translation context "Error"
    const char *hint;    ///< what to do; may be empty; translation context "Error"
};

/// The row of a code.
const ErrorDefinition &definitionOf(ErrorCode code);
/// The code with this id; Internal when there is none.
ErrorCode errorCodeFromId(std::string_view id);

/// What went wrong: a code, what fills its sentence in, and where (file, byte offset, tensor).
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    std::vector<std::string> arguments;
    std::string where;

    /// "sentence (where). hint", in the translator's language.
    std::string sentence(const Translate &translate = untranslated) const;
};

template <class T>
using Result = tl::expected<T, Error>;

/// An Error as the unexpected value of a Result.
tl::unexpected<Error> failure(ErrorCode code, std::vector<std::string> arguments = {}, std::string where = {});

} // namespace assay
