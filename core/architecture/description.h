// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/configreader.h"
#include "core/architecture/spec.h"

#include <functional>
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
    ExpertsStacked,    ///< [experts, 2 out, in], the gate's rows before the up's
    HeadByHead,        ///< one tensor [headDim] for each "{head}": StableLM's norms
    LatentKeys,        ///< of LatentUp, the keys [heads, rank, nope]: newer GGUF files; LatentValues follows in the table
    LatentValues,      ///< of LatentUp, the values [heads, valueDim, rank]
};

/// Where a part's tensors are: name + ".weight" and name + ".bias". "{layer}", "{expert}" and "{head}" stand for
/// numbers. A name that ends in "!" is the tensor's whole name (without ".weight").
struct PartName
{
    Part part;
    const char *name;
    Layout layout = Layout::Own;
    const char *bias = nullptr; ///< the whole name of the bias where it is not name + ".bias"
};

/// One architecture or several that differ in nothing that is computed. Adding one is a file with such a row, listed in
/// architectures.cpp.
struct ArchitectureDescription
{
    std::span<const char *const> classes; ///< as "architectures" in config.json lists them
    std::span<const PartName> names;      ///< those of the base model are tried without their first word too
    /// Fills the spec from the config, whose errors the reader keeps.
    void (*resolve)(ConfigReader &config, DecoderSpec &spec);
    std::span<const PartName> ggufNames = {}; ///< tried before those that all GGUF files share
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
/// two last axes are exchanged first. All axes of a bias are rows.
struct TensorSource
{
    std::string name;
    std::vector<int64_t> shape; ///< that the tensor must have
    bool transposed = false;
    RowPattern rows;
    // A slot that several tensors fill together: rows [0, count) of each, by its pattern, are the slot's rows by `into`.
    int64_t count = 0; ///< 0: all rows of the slot, in order
    RowPattern into;
    std::vector<TensorSource> rest; ///< the other tensors: DeepSeek's k_b and v_b in GGUF, StableLM's norms of single heads
};

/// Where the tensor of a slot is under the names of Hugging Face or, for GGUF, of llama.cpp. Several candidates in the
/// order in which they are to be tried. One name may occur with two shapes (a matrix, and gate and up stacked in it), so
/// that findSource is to choose.
std::vector<TensorSource> sourcesOf(const DecoderSpec &spec, const TensorSlot &slot, bool gguf);

/// The logical shape of a checkpoint's tensor; nothing when there is none of this name.
using ShapeOf = std::function<std::optional<std::vector<int64_t>>(const std::string &name)>;
/// The candidate that a checkpoint has: the first whose tensors are there in its shapes, axes of size 1 aside; else the
/// first whose name is there, in another shape; else nothing.
std::optional<TensorSource> findSource(const DecoderSpec &spec, const TensorSlot &slot, bool gguf, const ShapeOf &shapeOf);
/// Whether two shapes differ in nothing but axes of size 1.
bool sameShape(std::span<const int64_t> one, std::span<const int64_t> other);

/// The slot's name in checkpoints of Hugging Face, as one that is written now has it.
std::string tensorName(const DecoderSpec &spec, const TensorSlot &slot);

/// Resolves a config: ArchitectureUnsupported (which names the part), ConfigIncomplete, ConfigOutOfRange. GGUF's
/// metadata, read as a config, resolve to what its files hold: rotation by neighbours where the converter reordered
/// rows, norms with their 1 added.
Result<DecoderSpec> resolveDecoder(const ModelConfig &config);

} // namespace assay
