// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

#include "core/base/shownargument.h"

#include <array>

namespace assay {
namespace {

using C = ErrorCode;
using E = ExitCode;

constexpr std::array<ErrorDefinition, size_t(ErrorCode::Count_)> kErrors{{
    {C::FileMissing, "file.missing", E::FileError, ASSAY_TEXT("Error", "There is no file or directory %1"),
     ASSAY_TEXT("Error", "Check the path.")},
    {C::FileUnreadable, "file.unreadable", E::FileError, ASSAY_TEXT("Error", "%1 cannot be read: %2"),
     ASSAY_TEXT("Error", "Check its permissions and the disk.")},
    {C::FileUnwritable, "file.unwritable", E::FileError, ASSAY_TEXT("Error", "%1 cannot be written: %2"),
     ASSAY_TEXT("Error", "Choose another place or check its permissions.")},
    {C::DiskFull, "file.disk_full", E::FileError, ASSAY_TEXT("Error", "The disk is full: %1 was not written"),
     ASSAY_TEXT("Error", "Free some space and try again; what was saved before is kept.")},
    {C::DirectoryEmpty, "file.directory_empty", E::BadInput, ASSAY_TEXT("Error", "The directory %1 is empty"),
     ASSAY_TEXT("Error", "Choose the folder that holds config.json and the weights.")},
    {C::NoConfig, "model.no_config", E::BadInput, ASSAY_TEXT("Error", "%1 holds no config.json"),
     ASSAY_TEXT("Error", "Choose the folder that holds config.json and the weights.")},
    {C::NoWeights, "model.no_weights", E::BadInput, ASSAY_TEXT("Error", "%1 holds no weights in a known format"),
     ASSAY_TEXT("Error", "Known are: %2.")},
    {C::FileTooLarge, "file.too_large", E::BadInput, ASSAY_TEXT("Error", "%1 has %2 {2:byte|bytes}; at most %3 are read"),
     ASSAY_TEXT("Error", "The file is probably not what its name says.")},
    {C::FormatUnknown, "format.unknown", E::BadInput, ASSAY_TEXT("Error", "%1 is in no format that is known here"),
     ASSAY_TEXT("Error", "Known are: %2.")},
    {C::JsonDamaged, "json.damaged", E::BadInput, ASSAY_TEXT("Error", "%1 is not valid JSON: %2"),
     ASSAY_TEXT("Error", "Download the file again.")},
    {C::JsonWrongType, "json.wrong_type", E::BadInput, ASSAY_TEXT("Error", "In %1 the field %2 should be %3"),
     ASSAY_TEXT("Error", "Correct the field or download the file again.")},
    {C::SafetensorsTooShort, "safetensors.too_short", E::BadInput,
     ASSAY_TEXT("Error", "The file has %1 {1:byte|bytes}; a safetensors file has at least 8"),
     ASSAY_TEXT("Error", "The download is incomplete; download the file again.")},
    {C::SafetensorsHeaderTooLarge, "safetensors.header_too_large", E::BadInput,
     ASSAY_TEXT("Error", "The header declares %1 bytes; at most 100,000,000 are allowed"),
     ASSAY_TEXT("Error", "The file is not safetensors or is damaged.")},
    {C::SafetensorsHeaderBeyondFile, "safetensors.header_beyond_file", E::BadInput,
     ASSAY_TEXT("Error", "The header declares %1 {1:byte|bytes}, but the file has only %2"),
     ASSAY_TEXT("Error", "The download is incomplete; download the file again.")},
    {C::SafetensorsHeaderNotJson, "safetensors.header_not_json", E::BadInput,
     ASSAY_TEXT("Error", "The header is not valid JSON: %1"), ASSAY_TEXT("Error", "Download the file again.")},
    {C::SafetensorsEntryInvalid, "safetensors.entry_invalid", E::BadInput,
     ASSAY_TEXT("Error", "The header's entry %1 is invalid: %2"), ASSAY_TEXT("Error", "Download the file again.")},
    {C::SafetensorsDuplicateName, "safetensors.duplicate_name", E::BadInput,
     ASSAY_TEXT("Error", "The header names the tensor %1 twice"), ASSAY_TEXT("Error", "Write the file anew.")},
    {C::SafetensorsShapeOverflow, "safetensors.shape_overflow", E::BadInput,
     ASSAY_TEXT("Error", "The shape of the tensor %1 is larger than any memory"),
     ASSAY_TEXT("Error", "The header is forged or damaged.")},
    {C::SafetensorsSizeMismatch, "safetensors.size_mismatch", E::BadInput,
     ASSAY_TEXT("Error", "The tensor %1 needs %2 {2:byte|bytes} by its shape and dtype, but its offsets span %3"),
     ASSAY_TEXT("Error", "The header is forged or damaged.")},
    {C::GgufDamaged, "gguf.damaged", E::BadInput, ASSAY_TEXT("Error", "The GGUF header is damaged: %1"),
     ASSAY_TEXT("Error", "Download the file again.")},
    {C::GgufTooLarge, "gguf.too_large", E::BadInput,
     ASSAY_TEXT("Error", "The GGUF header declares %1 %2, but the file has only %3 bytes"),
     ASSAY_TEXT("Error", "The header is forged or damaged.")},
    {C::TorchDamaged, "torch.damaged", E::BadInput,
     ASSAY_TEXT("Error", "The PyTorch file holds no tensors that can be read: %1"),
     ASSAY_TEXT("Error", "Download the file again.")},
    {C::ZipDamaged, "zip.damaged", E::BadInput, ASSAY_TEXT("Error", "The archive is damaged: %1"),
     ASSAY_TEXT("Error", "The download is incomplete; download the file again.")},
    {C::OnnxDamaged, "onnx.damaged", E::BadInput, ASSAY_TEXT("Error", "The ONNX file is damaged: %1"),
     ASSAY_TEXT("Error", "Download the file again.")},
    {C::OllamaDamaged, "ollama.damaged", E::BadInput,
     ASSAY_TEXT("Error", "The manifest %1 cannot be used: %2"), ASSAY_TEXT("Error", "Pull the model again.")},
    {C::IndexDamaged, "index.damaged", E::BadInput, ASSAY_TEXT("Error", "The index %1 cannot be used: %2"),
     ASSAY_TEXT("Error", "Download the index again.")},
    {C::IndexUnsafeName, "index.unsafe_name", E::BadInput,
     ASSAY_TEXT("Error", "The index names the file %1, which leaves the directory"),
     ASSAY_TEXT("Error", "Do not trust this model's source.")},
    {C::ArchitectureUnsupported, "engine.architecture_unsupported", E::BadInput,
     ASSAY_TEXT("Error", "The engine cannot run %1: %2 is not supported"),
     ASSAY_TEXT("Error", "The model can still be inspected.")},
    {C::ConfigIncomplete, "engine.config_incomplete", E::BadInput,
     ASSAY_TEXT("Error", "config.json lacks the field %1, which %2 needs"),
     ASSAY_TEXT("Error", "Download config.json again.")},
    {C::ConfigOutOfRange, "engine.config_out_of_range", E::BadInput,
     ASSAY_TEXT("Error", "In config.json %1 is %2, which cannot be"), ASSAY_TEXT("Error", "Correct config.json.")},
    {C::TensorMissing, "engine.tensor_missing", E::BadInput, ASSAY_TEXT("Error", "The weights lack the tensor %1"),
     ASSAY_TEXT("Error", "A shard may be missing; download the model again.")},
    {C::TensorShapeWrong, "engine.tensor_shape_wrong", E::BadInput,
     ASSAY_TEXT("Error", "The tensor %1 has the shape %2, but the config asks for %3"),
     ASSAY_TEXT("Error", "config.json and weights belong to different models.")},
    {C::DtypeUnsupported, "engine.dtype_unsupported", E::BadInput,
     ASSAY_TEXT("Error", "The dtype %1 is not supported on %2"), ASSAY_TEXT("Error", "Choose another dtype.")},
    {C::DeviceMissing, "engine.device_missing", E::Unreachable,
     ASSAY_TEXT("Error", "The worker has no device %1; it offers %2"), ASSAY_TEXT("Error", "Choose another device.")},
    {C::NotEnoughMemory, "engine.not_enough_memory", E::BadInput,
     ASSAY_TEXT("Error", "Running %1 needs %2, but only %3 are free on %4"),
     ASSAY_TEXT("Error", "Choose a smaller dtype, a shorter context or another machine.")},
    {C::TokenOutOfRange, "engine.token_out_of_range", E::BadInput,
     ASSAY_TEXT("Error", "The token %1 is outside the vocabulary of %2"),
     ASSAY_TEXT("Error", "Tokenizer and model may not belong together.")},
    {C::ContextTooLong, "engine.context_too_long", E::BadInput,
     ASSAY_TEXT("Error", "%1 {1:token is|tokens are} asked for, but the context holds %2"),
     ASSAY_TEXT("Error", "Shorten the prompt or the output.")},
    {C::WrongTask, "engine.wrong_task", E::BadInput,
     ASSAY_TEXT("Error", "%1 is %2, which cannot %3"),
     ASSAY_TEXT("Error", "Models of its kind run with %4.")},
    {C::InputInvalid, "input.invalid", E::Usage, ASSAY_TEXT("Error", "The input %1 cannot be used: %2"),
     ASSAY_TEXT("Error", "An input is a type and sizes, as in f32[1,3,224,224], i64[1,128]<30522 or bool[1,128].")},
    {C::InputsUnfit, "script.inputs_unfit", E::Usage,
     ASSAY_TEXT("Error", "The declared inputs do not fit the module: %1"),
     ASSAY_TEXT("Error", "Its forward takes %2; declare each of these, as in f32[1,3,224,224] or i64[1,128]<30522.")},
    {C::ScriptUnloadable, "script.unloadable", E::BadInput,
     ASSAY_TEXT("Error", "%1 cannot be loaded as a TorchScript module: %2"),
     ASSAY_TEXT("Error", "A TorchScript module is written by torch.jit.save; write the file anew, or download it again.")},
    {C::OperatorMissing, "script.operator_missing", E::BadInput,
     ASSAY_TEXT("Error", "The module %1 needs the operator %2, which the worker's libtorch %3 does not have"),
     ASSAY_TEXT("Error", "It belongs to an extension or to another version of PyTorch; export the module without it.")},
    {C::ScriptFailed, "script.failed", E::BadInput, ASSAY_TEXT("Error", "The module failed while it ran: %1"),
     ASSAY_TEXT("Error", "Check the declared inputs; its forward takes %2.")},
    {C::EngineFailed, "engine.failed", E::Internal, ASSAY_TEXT("Error", "The engine failed: %1"),
     ASSAY_TEXT("Error", "Please report this with the log.")},
    {C::TokenizerMissing, "tokenizer.missing", E::BadInput, ASSAY_TEXT("Error", "%1 holds no tokenizer"),
     ASSAY_TEXT("Error", "Give token ids instead of text, or add the tokenizer's files.")},
    {C::TokenizerDamaged, "tokenizer.damaged", E::BadInput,
     ASSAY_TEXT("Error", "The tokenizer %1 cannot be used: %2"), ASSAY_TEXT("Error", "Download the file again.")},
    {C::TokenizerUnsupported, "tokenizer.unsupported", E::BadInput,
     ASSAY_TEXT("Error", "The tokenizer %1 uses %2, which is not supported"),
     ASSAY_TEXT("Error", "Give token ids instead of text.")},
    {C::TemplateMissing, "template.missing", E::BadInput, ASSAY_TEXT("Error", "%1 holds no chat template"),
     ASSAY_TEXT("Error", "Give the whole prompt instead of messages.")},
    {C::TemplateDamaged, "template.damaged", E::BadInput,
     ASSAY_TEXT("Error", "The chat template cannot be read: %1"),
     ASSAY_TEXT("Error", "Give the whole prompt instead of messages.")},
    {C::TemplateFailed, "template.failed", E::BadInput,
     ASSAY_TEXT("Error", "The chat template cannot write this dialogue: %1"), ""},
    {C::TemplateEndless, "template.endless", E::BadInput, ASSAY_TEXT("Error", "The chat template was stopped: %1"),
     ASSAY_TEXT("Error", "It repeats or calls itself without end, or was made to harm.")},
    {C::WorkerMissing, "worker.missing", E::Unreachable, ASSAY_TEXT("Error", "The worker %1 cannot be started: %2"),
     ASSAY_TEXT("Error", "Build or install assay-worker beside assay.")},
    {C::WorkerDied, "worker.died", E::Unreachable, ASSAY_TEXT("Error", "The worker ended while it was working: %1"),
     ASSAY_TEXT("Error", "What was measured before is kept; start the job again.")},
    {C::WorkerTooOld, "worker.too_old", E::Unreachable,
     ASSAY_TEXT("Error", "The worker speaks protocol %1, assay speaks %2"),
     ASSAY_TEXT("Error", "Install assay and assay-worker of the same version.")},
    {C::WorkerSilent, "worker.silent", E::Unreachable, ASSAY_TEXT("Error", "The worker did not answer within %1 s"),
     ASSAY_TEXT("Error", "Check the machine it runs on.")},
    {C::WorkerNotThere, "machine.no_worker", E::Unreachable, ASSAY_TEXT("Error", "%2 cannot start the worker %1: %3"),
     ASSAY_TEXT("Error", "Install assay-worker there, or say where it is: assay machines add.")},
    {C::MachineUnreachable, "machine.unreachable", E::Unreachable, ASSAY_TEXT("Error", "%1 cannot be reached: %2"),
     ASSAY_TEXT("Error", "Check its name and the network, and that the same command works in a terminal.")},
    {C::MachineRefused, "machine.refused", E::Unreachable, ASSAY_TEXT("Error", "%1 lets nobody in: %2"),
     ASSAY_TEXT("Error", "Log in there once by hand: passwords are never asked for, and no unknown key is accepted.")},
    {C::MachineLost, "machine.lost", E::Unreachable, ASSAY_TEXT("Error", "The connection to %1 was lost: %2"),
     ASSAY_TEXT("Error", "What was measured before is kept; start the job again.")},
    {C::ProtocolViolation, "protocol.violation", E::Unreachable,
     ASSAY_TEXT("Error", "A message does not follow the protocol: %1"),
     ASSAY_TEXT("Error", "Install assay and assay-worker of the same version.")},
    {C::UnknownMethod, "protocol.unknown_method", E::Internal,
     ASSAY_TEXT("Error", "The worker does not know the method %1"),
     ASSAY_TEXT("Error", "Install assay and assay-worker of the same version.")},
    {C::BadParameters, "protocol.bad_parameters", E::Usage,
     ASSAY_TEXT("Error", "The parameter %1 is missing or wrong: %2"), ""},
    {C::UnknownModel, "protocol.unknown_model", E::Internal, ASSAY_TEXT("Error", "No model %1 is loaded"), ""},
    {C::WeightsUnreadable, "weights.unreadable", E::BadInput,
     ASSAY_TEXT("Error", "The values of %1 cannot be read: %2"),
     ASSAY_TEXT("Error", "Its facts are shown all the same.")},
    {C::NotComparable, "weights.not_comparable", E::BadInput,
     ASSAY_TEXT("Error", "%1 and %2 have no tensors of the same name and shape"),
     ASSAY_TEXT("Error", "Compare their facts and layers instead.")},
    {C::UrlInvalid, "url.invalid", E::Usage, ASSAY_TEXT("Error", "%1 is not an address that can be opened: %2"),
     ASSAY_TEXT("Error", "Give the http or https address of an API, of a folder that holds config.json, or of a weight file.")},
    {C::ServerUnreachable, "server.unreachable", E::Unreachable,
     ASSAY_TEXT("Error", "%1 cannot be reached: %2"), ASSAY_TEXT("Error", "Check the address and the network.")},
    {C::ServerRefused, "server.refused", E::Unreachable, ASSAY_TEXT("Error", "%1 answered with %2"),
     ASSAY_TEXT("Error", "Check the address.")},
    {C::ServerWantsToken, "server.wants_token", E::Unreachable,
     ASSAY_TEXT("Error", "%1 does not exist or is not open to you: the server answered with %2, and %3"),
     ASSAY_TEXT("Error", "Set the environment variable HF_TOKEN to a token of an account that may see the model.")},
    {C::ServerBusy, "server.busy", E::Unreachable,
     ASSAY_TEXT("Error", "The server is too busy for %1: it answered with %2, tries: %3"),
     ASSAY_TEXT("Error", "Try again later.")},
    {C::ServerWithoutRanges, "server.no_ranges", E::Unreachable,
     ASSAY_TEXT("Error", "The server sends %1 only as a whole, so that its header cannot be read alone"),
     ASSAY_TEXT("Error", "Download the model, or serve it with support for range requests.")},
    {C::ServerLied, "server.wrong_bytes", E::Unreachable,
     ASSAY_TEXT("Error", "The server sent other bytes of %1 than were asked for: %2"),
     ASSAY_TEXT("Error", "Try again; a proxy in between may be at fault.")},
    {C::TooManyRedirects, "server.redirects", E::Unreachable,
     ASSAY_TEXT("Error", "%1 leads on and on: more than %2 redirects"), ASSAY_TEXT("Error", "Check the address.")},
    {C::NoModelThere, "server.no_model", E::BadInput,
     ASSAY_TEXT("Error", "There is no model at %1: neither config.json nor weights"),
     ASSAY_TEXT("Error", "Give the address of a folder that holds config.json, or of a weight file.")},
    {C::NoEndpointThere, "endpoint.none", E::Unreachable,
     ASSAY_TEXT("Error", "There is neither a model nor an API at %1: %2"),
     ASSAY_TEXT("Error", "Give the base address of the API, for example http://host:8000/v1.")},
    {C::EndpointWantsKey, "endpoint.wants_key", E::Unreachable,
     ASSAY_TEXT("Error", "%1 wants another key: the server answered with %2, and %3"),
     ASSAY_TEXT("Error", "Put the key into the environment variable ASSAY_KEY, or name another one with --key-env.")},
    {C::EndpointFailed, "endpoint.failed", E::Unreachable, ASSAY_TEXT("Error", "%1 gave no usable answer: %2"),
     ASSAY_TEXT("Error", "Check the address, the dialect and the name of the model.")},
    {C::KeyMissing, "key.missing", E::Usage, ASSAY_TEXT("Error", "There is no key in the environment variable %1"),
     ASSAY_TEXT("Error", "Set it, or leave the option out if the endpoint needs no key.")},
    {C::KeyStoreUnusable, "key.store", E::Unreachable, ASSAY_TEXT("Error", "The system's key store cannot be used: %1"),
     ASSAY_TEXT("Error", "Unlock it, or put the key into the environment variable ASSAY_KEY.")},
    {C::PlanDamaged, "plan.damaged", E::BadInput, ASSAY_TEXT("Error", "The plan %1 cannot be used: %2"),
     ASSAY_TEXT("Error", "Correct it, or write a new one with --save-plan.")},
    {C::RunMissing, "run.missing", E::Usage, ASSAY_TEXT("Error", "There is no run %1 that could go on"),
     ASSAY_TEXT("Error", "Only a run that was interrupted can be resumed.")},
    {C::MachineUnknown, "machine.unknown", E::Usage, ASSAY_TEXT("Error", "There is no machine %1"),
     ASSAY_TEXT("Error", "Known are: %2. Add one with assay machines add.")},
    {C::SuiteMissing, "suite.missing", E::FileError, ASSAY_TEXT("Error", "There is no suite %1"),
     ASSAY_TEXT("Error", "Give a file or folder (docs/SUITES.md says in which forms), or one of: %2.")},
    {C::SuiteDamaged, "suite.damaged", E::BadInput, ASSAY_TEXT("Error", "Line %2 of the suite %1 is wrong: %3"),
     ASSAY_TEXT("Error", "Correct the line.")},
    {C::SuiteUnreadable, "suite.unreadable", E::BadInput, ASSAY_TEXT("Error", "%1 cannot be read as a suite: %2"),
     ASSAY_TEXT("Error", "docs/SUITES.md lists the forms that are read and how a description tells of any other.")},
    {C::SuiteEmpty, "suite.empty", E::BadInput, ASSAY_TEXT("Error", "The suite %1 holds no item that can be asked: %2"), ""},
    {C::ImportEmpty, "import.empty", E::BadInput, ASSAY_TEXT("Error", "%1 holds no answers that can be imported: %2"),
     ASSAY_TEXT("Error", "docs/IMPORT.md says which files of which tools are read.")},
    {C::VocabulariesDiffer, "fidelity.vocabularies", E::BadInput,
     ASSAY_TEXT("Error", "The distributions of %1 and %2 cannot be compared: %3"),
     ASSAY_TEXT("Error", "Compare what both make of texts that the reference wrote, and their answers.")},
    {C::BaseFileDamaged, "fidelity.base_damaged", E::BadInput, ASSAY_TEXT("Error", "%1 cannot be read as a base file: %2"),
     ASSAY_TEXT("Error", "Write it anew: with --save-base, or by llama-perplexity --save-all-logits.")},
    {C::BaseFileUnfit, "fidelity.base_unfit", E::BadInput, ASSAY_TEXT("Error", "The base file %1 does not fit: %2"),
     ASSAY_TEXT("Error", "Write one of the same text, cut and vocabulary.")},
    {C::ClaimSheetDamaged, "identity.claims_damaged", E::BadInput, ASSAY_TEXT("Error", "%1 cannot be read as a claim sheet: %2"),
     ASSAY_TEXT("Error", "docs/IDENTITY.md describes the form; assay verify --claims lists the sheets that are known by name.")},
    {C::ProfileDamaged, "identity.profile_damaged", E::BadInput, ASSAY_TEXT("Error", "%1 cannot be read as a profile of a model: %2"),
     ASSAY_TEXT("Error", "Record it again from the model.")},
    {C::ManifestDamaged, "identity.manifest_damaged", E::BadInput, ASSAY_TEXT("Error", "%1 cannot be read as a list of checksums: %2"),
     ASSAY_TEXT("Error", "A line is a SHA-256 and a file's name, as sha256sum writes them.")},
    {C::BundleDamaged, "identity.bundle_damaged", E::BadInput, ASSAY_TEXT("Error", "The reference bundle %1 cannot be used: %2"),
     ASSAY_TEXT("Error", "Fetch it again from whoever recorded it, or record one from weights that you trust.")},
    {C::BundleUnfit, "identity.bundle_unfit", E::BadInput, ASSAY_TEXT("Error", "The reference bundle %1 does not fit: %2"),
     ASSAY_TEXT("Error", "Record one from the model that is claimed, with the template and the settings that the endpoint uses.")},
    {C::MonitorDamaged, "identity.monitor_damaged", E::BadInput, ASSAY_TEXT("Error", "%1 cannot be read as a watch: %2"),
     ASSAY_TEXT("Error", "docs/IDENTITY.md describes the form.")},
    {C::AuditBroken, "identity.audit_broken", E::BadInput, ASSAY_TEXT("Error", "The audit log %1 was altered: entry %2 %3"),
     ASSAY_TEXT("Error", "Entries before it are intact; take the later ones from a copy that was kept elsewhere.")},
    {C::StoreDamaged, "store.damaged", E::FileError, ASSAY_TEXT("Error", "The runs in %1 cannot be read: %2"),
     ASSAY_TEXT("Error", "Move the file away; a new one is made.")},
    {C::StoreUnwritable, "store.unwritable", E::FileError,
     ASSAY_TEXT("Error", "Results cannot be saved in %1: %2"),
     ASSAY_TEXT("Error", "Free some space; what is measured stays on the screen until you close the window.")},
    {C::BadUsage, "usage", E::Usage, ASSAY_TEXT("Error", "%1"), ASSAY_TEXT("Error", "See assay --help.")},
    {C::NoDisplay, "no_display", E::Unreachable, ASSAY_TEXT("Error", "There is no display to open a window on"),
     ASSAY_TEXT("Error", "Log in with a desktop, or use the commands that need none: see assay --help.")},
    {C::Cancelled, "cancelled", E::Cancelled, ASSAY_TEXT("Error", "Cancelled"), ""},
    {C::Internal, "internal", E::Internal, ASSAY_TEXT("Error", "A fault of Assay's own: %1"),
     ASSAY_TEXT("Error", "Please report this with the log.")},
}};

constexpr bool inOrder()
{
    for (size_t i = 0; i < kErrors.size(); ++i) {
        if (size_t(kErrors[i].code) != i)
            return false;
    }
    return true;
}
static_assert(inOrder(), "the table follows the order of ErrorCode");

} // namespace

const ErrorDefinition &definitionOf(ErrorCode code)
{
    return kErrors[size_t(code)];
}

ErrorCode errorCodeFromId(std::string_view id)
{
    for (const ErrorDefinition &row : kErrors) {
        if (id == row.id)
            return row.code;
    }
    return ErrorCode::Internal;
}

std::string Error::sentence(const Translate &translate) const
{
    const ErrorDefinition &row = definitionOf(code);
    const std::vector<std::string> shown = shownArguments(arguments, translate);
    const auto joined = [&translate](const char *pattern, const std::vector<std::string> &parts) {
        return fillIn(translate("Error", pattern), parts);
    };
    std::string text = joined(row.pattern, shown);
    if (!where.empty())
        text = joined(ASSAY_TEXT("Error", "%1 (%2)"), {text, where});
    if (!text.ends_with('.') && !text.ends_with("\u3002")) // what a server said may end with one
        text = joined(ASSAY_TEXT("Error", "%1."), {text});
    return *row.hint == '\0' ? text : joined(ASSAY_TEXT("Error", "%1 %2"), {text, joined(row.hint, shown)});
}

tl::unexpected<Error> failure(ErrorCode code, std::vector<std::string> arguments, std::string where)
{
    return tl::unexpected<Error>(Error{code, std::move(arguments), std::move(where)});
}

} // namespace assay
