// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/configreader.h"
#include "core/architecture/spec.h"

#include <span>

namespace assay {

/// How a part lies in the tensor that holds it.
enum class Layout : uint8_t {
    Own,          ///< it is the tensor: [out, in]
    Transposed,   ///< [in, out]: GPT-2's Conv1D
    Stacked,      ///< rows of the parts with the same name follow each other in the order of the table (Q, K, V; gate, up)
    StackedTransposed, ///< the same in columns: GPT-2's c_attn
    PerHead,      ///< [heads][Q, K, V][headDim] rows: GPT-NeoX, BLOOM, old Falcon
    PerGroup,     ///< [kvHeads][group Qs, K, V][headDim] rows: new Falcon
    Experts,      ///< [experts, out, in]
    ExpertsTransposed, ///< [experts, in, out]
    ExpertsPaired,     ///< [experts, 2 out, in], gate in the even and up in the odd rows: gpt-oss
    ExpertsPairedTransposed, ///< [experts, in, 2 out]: gpt-oss in bf16
};

/// Where a part's tensors are: name + ".weight" and name + ".bias". "{layer}" and "{expert}" stand for numbers. A name
/// that ends in "!" is the tensor's whole name (without ".weight").
struct PartName
{
    Part part;
    const char *name;
    Layout layout = Layout::Own;
};

/// One architecture or several that differ in nothing that is computed. Adding one is a file with such a row, listed in
/// architectures.cpp.
struct ArchitectureDescription
{
    std::span<const char *const> classes; ///< as "architectures" in config.json lists them
    std::span<const PartName> names;      ///< those of the base model are tried without their first word too
    /// Fills the spec from the config, whose errors the reader keeps.
    void (*resolve)(ConfigReader &config, DecoderSpec &spec);
};

std::span<const ArchitectureDescription *const> architectureDescriptions();
const ArchitectureDescription *findArchitecture(std::string_view className);

/// Rows of a matrix that a tensor holds among others: row r lies at first + r / run * stride + r % run.
struct RowPattern
{
    int64_t first = 0, run = 0, stride = 0; ///< run 0: all rows as they lie
    int64_t rowOf(int64_t row) const { return run == 0 ? first + row : first + row / run * stride + row % run; }
};

/// Where a slot's numbers are in a checkpoint. The tensor, its leading axes flattened, is [rows, columns]; transposed, its
/// two last axes are exchanged first.
struct TensorSource
{
    std::string name;
    std::vector<int64_t> shape; ///< that the tensor must have
    bool transposed = false;
    RowPattern rows;
};

/// Where the tensor of a slot is under the names of Hugging Face or, for GGUF, of llama.cpp. Several candidates in the
/// order in which they are to be tried; the first whose name the checkpoint has is meant.
std::vector<TensorSource> sourcesOf(const DecoderSpec &spec, const TensorSlot &slot, bool gguf);

/// Resolves a config: ArchitectureUnsupported (which names the part), ConfigIncomplete, ConfigOutOfRange. GGUF's
/// metadata, read as a config, resolve to what its files hold: rotation by neighbours where the converter reordered
/// rows, norms with their 1 added.
Result<DecoderSpec> resolveDecoder(const ModelConfig &config);

} // namespace assay
