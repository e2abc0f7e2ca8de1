// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/pickle.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace assay {
namespace {

// Globals that only rebuild data, whatever they are called with. What is not here would run code: a list of what is
// bad is never complete (inspectors.md 4d). Sorted.
constexpr std::array<std::string_view, 76> kHarmless{
    "__builtin__.bool",
    "__builtin__.bytearray",
    "__builtin__.complex",
    "__builtin__.dict",
    "__builtin__.float",
    "__builtin__.frozenset",
    "__builtin__.int",
    "__builtin__.list",
    "__builtin__.long",
    "__builtin__.set",
    "__builtin__.tuple",
    "__builtin__.unicode",
    "_codecs.encode",
    "builtins.bool",
    "builtins.bytearray",
    "builtins.bytes",
    "builtins.complex",
    "builtins.dict",
    "builtins.float",
    "builtins.frozenset",
    "builtins.int",
    "builtins.list",
    "builtins.set",
    "builtins.slice",
    "builtins.str",
    "builtins.tuple",
    "collections.Counter",
    "collections.OrderedDict",
    "collections.defaultdict",
    "collections.deque",
    "numpy._core.multiarray._reconstruct",
    "numpy._core.multiarray.scalar",
    "numpy.core.multiarray._reconstruct",
    "numpy.core.multiarray.scalar",
    "numpy.dtype",
    "numpy.ndarray",
    "torch.Size",
    "torch.Tensor",
    "torch._tensor._rebuild_from_type_v2",
    "torch._utils._rebuild_device_tensor_from_numpy",
    "torch._utils._rebuild_meta_tensor_no_storage",
    "torch._utils._rebuild_nested_tensor",
    "torch._utils._rebuild_parameter",
    "torch._utils._rebuild_parameter_with_state",
    "torch._utils._rebuild_qtensor",
    "torch._utils._rebuild_sparse_csr_tensor",
    "torch._utils._rebuild_sparse_tensor",
    "torch._utils._rebuild_tensor",
    "torch._utils._rebuild_tensor_v2",
    "torch._utils._rebuild_tensor_v3",
    "torch._utils._rebuild_xla_tensor",
    "torch.channels_last",
    "torch.contiguous_format",
    "torch.device",
    "torch.jit._pickle.build_boollist",
    "torch.jit._pickle.build_doublelist",
    "torch.jit._pickle.build_intlist",
    "torch.jit._pickle.build_tensor_from_id",
    "torch.jit._pickle.build_tensorlist",
    "torch.jit._pickle.restore_type_tag",
    "torch.nn.parameter.Buffer",
    "torch.nn.parameter.Parameter",
    "torch.per_channel_affine",
    "torch.per_channel_affine_float_qparams",
    "torch.per_channel_symmetric",
    "torch.per_tensor_affine",
    "torch.per_tensor_symmetric",
    "torch.preserve_format",
    "torch.serialization._get_layout",
    "torch.sparse_coo",
    "torch.sparse_csr",
    "torch.storage.TypedStorage",
    "torch.storage.UntypedStorage",
    "torch.storage._TypedStorage",
    "torch.storage._UntypedStorage",
    "torch.strided",
};
static_assert(std::is_sorted(kHarmless.begin(), kHarmless.end()));

/// Names of the form torch.XStorage, torch.XTensor and torch.DTYPE, whose X and DTYPE grow with PyTorch.
bool isTorchDataName(std::string_view global)
{
    constexpr std::string_view kTorch = "torch.";
    constexpr std::array<std::string_view, 14> kDtypePrefixes{
        "uint", "int", "float", "bfloat", "complex", "bits", "qint", "quint", "bool", "half", "double", "long", "short", "cfloat"};
    if (!global.starts_with(kTorch))
        return false;
    std::string_view name = global.substr(kTorch.size());
    for (const std::string_view place : {"cuda.", "sparse."})
        name = name.starts_with(place) ? name.substr(place.size()) : name;
    if (name.find('.') != std::string_view::npos)
        return false;
    if ((name.ends_with("Storage") || name.ends_with("Tensor")) && name.front() >= 'A' && name.front() <= 'Z')
        return true;
    // Data types hold digits and letters only: float8_e4m3fn, quint4x2, bits1x8.
    return std::any_of(kDtypePrefixes.begin(), kDtypePrefixes.end(), [&](std::string_view prefix) {
        return name == prefix
               || (name.starts_with(prefix) && name[prefix.size()] >= '0' && name[prefix.size()] <= '9');
    });
}

} // namespace

bool isHarmlessGlobal(std::string_view global, bool script)
{
    // The classes of a TorchScript archive are looked up in its own code folder, which torch.jit compiles itself.
    return std::binary_search(kHarmless.begin(), kHarmless.end(), global) || isTorchDataName(global)
           || (script && global.starts_with("__torch__."));
}

PickleReport judgePickle(const Pickle &pickle, std::string name, bool script)
{
    PickleReport report;
    report.file = std::move(name);
    std::unordered_set<std::string_view> seen;
    for (const std::string &global : pickle.globals) {
        if (!seen.insert(global).second)
            continue;
        report.globals.push_back(validUtf8(global));
        if (!isHarmlessGlobal(global, script))
            report.suspicious.push_back(report.globals.back());
    }
    // Python runs what comes before the place where it fails.
    if (!report.suspicious.empty())
        report.verdict = PickleVerdict::RunsCode;
    else if (!pickle.analysable)
        report.verdict = PickleVerdict::NotAnalysable;
    else
        report.verdict = pickle.complete ? PickleVerdict::Clean : PickleVerdict::Damaged;
    if (pickle.problem) {
        report.reason = pickle.problem;
        report.position = pickle.end;
    }
    return report;
}

Finding pickleFinding(const PickleReport &report)
{
    const auto listed = [](const std::vector<std::string> &names) {
        constexpr size_t kShown = 8;
        std::string out;
        for (size_t i = 0; i < std::min(names.size(), kShown); ++i)
            out += (i == 0 ? "" : ", ") + names[i];
        return names.size() > kShown ? out + ", ..." : out;
    };
    const std::string place = report.file + ": " + std::to_string(report.position);
    switch (report.verdict) {
    case PickleVerdict::RunsCode:
        return {FindingCode::PickleRunsCode, {report.file, listed(report.suspicious)}, report.file, {}};
    case PickleVerdict::NotAnalysable:
        return {FindingCode::PickleNotAnalysable, {report.file, report.reason}, place, {}};
    case PickleVerdict::Damaged: return {FindingCode::PickleDamaged, {report.file, report.reason}, place, {}};
    case PickleVerdict::Clean: break;
    }
    return {FindingCode::PickleClean, {report.file, listed(report.globals)}, report.file, {}};
}

} // namespace assay
