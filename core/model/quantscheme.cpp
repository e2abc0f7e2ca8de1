// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/quantscheme.h"

#include "core/model/counting.h"

#include <algorithm>
#include <unordered_map>

namespace assay {
namespace {

int64_t ceilDiv(int64_t a, int64_t b)
{
    return b > 0 ? a / b + (a % b != 0 ? 1 : 0) : 0;
}

/// Whether sizes may be multiplied by a few bits without a second thought; nothing real is larger.
bool isUsual(const Shape &shape)
{
    return std::all_of(shape.begin(), shape.end(), [](int64_t size) { return size >= 0 && size < (int64_t(1) << 40); });
}

bool isFloat8(Dtype dtype)
{
    return dtype == Dtype::F8E4M3 || dtype == Dtype::F8E5M2 || dtype == Dtype::F8E4M3Fnuz || dtype == Dtype::F8E5M2Fnuz;
}

/// The tensors by name: what lies beside a weight is found through its name, of the first layer of its fold.
class Neighbours
{
public:
    explicit Neighbours(const CountedModel &model)
    {
        for (size_t i = 0; i < model.groups.size(); ++i)
            m_index.emplace(model.groups[i].group.tensor->name, i);
    }

    std::optional<size_t> find(const std::string &name) const
    {
        const auto found = m_index.find(name);
        return found == m_index.end() ? std::nullopt : std::optional(found->second);
    }

private:
    std::unordered_map<std::string_view, size_t> m_index;
};

/// What is known while one weight is looked at.
struct Case
{
    const TensorRecord &weight;
    std::string base; ///< the name without the ending
    const Neighbours &neighbours;
    const CountedModel &model;
    const ModelConfig &config;

    const TensorRecord *beside(std::string_view ending) const
    {
        const auto found = neighbours.find(base + std::string(ending));
        return found ? model.groups[*found].group.tensor : nullptr;
    }
    int64_t size(size_t axis) const { return axis < weight.shape.size() ? weight.shape[axis] : 0; }
};

using Reader = bool (*)(const Case &, PackedWeight &);

uint64_t unpacked(const Case &so, int64_t bits)
{
    return so.weight.elements * uint64_t(dtypeBits(so.weight.dtype)) / uint64_t(std::clamp<int64_t>(bits, 1, 32));
}

/// GPTQ packs along the input, [in x bits / 32, out]; AWQ along the output, [in, out x bits / 32]; the scales
/// [groups, out] and zero points [groups, out x bits / 32] are the same.
bool readColumns(const Case &so, PackedWeight &out)
{
    const TensorRecord *scales = so.beside(".scales"), *zeros = so.beside(".qzeros");
    const int64_t columns = scales && scales->shape.size() == 2 ? scales->shape[1] : 0;
    const bool rows = columns > 0 && so.size(1) == columns;
    int64_t bits = so.config.quantizationBits.value_or(4);
    if (rows && zeros && zeros->shape.size() == 2 && zeros->shape[1] > 0 && zeros->shape[1] <= columns)
        bits = 32 * zeros->shape[1] / columns;
    else if (!rows && columns > 0 && so.size(1) > 0 && so.size(1) <= columns)
        bits = 32 * so.size(1) / columns;
    bits = std::clamp<int64_t>(bits, 1, 32);
    const bool awq = columns > 0 ? !rows : so.config.quantizationMethod == "awq";
    out.scheme.method = awq ? "awq" : "gptq";
    out.scheme.bits = bits;
    out.scaleName = so.base + ".scales";
    out.parametersEach = unpacked(so, bits);
    const int64_t inputs = awq ? so.size(0) : int64_t(uint64_t(so.size(0)) * 32 / uint64_t(bits));
    const int64_t outputs = awq ? int64_t(uint64_t(so.size(1)) * 32 / uint64_t(bits)) : so.size(1);
    const int64_t groups = scales && scales->shape.size() == 2 ? scales->shape[0] : 0;
    if (groups > 0)
        out.scheme.groupSize = ceilDiv(inputs, groups);
    if (so.config.quantizationGroup)
        out.expectedScale = {ceilDiv(inputs, *so.config.quantizationGroup), outputs};
    else if (groups > 0)
        out.expectedScale = {groups, outputs};
    return so.weight.dtype == Dtype::I32;
}

/// compressed-tensors: I32 words along the input, or pairs of 4-bit floats in bytes.
bool readPacked(const Case &so, PackedWeight &out)
{
    const TensorRecord *scale = so.beside(".weight_scale");
    const bool bytes = so.weight.dtype == Dtype::U8;
    if (!bytes && so.weight.dtype != Dtype::I32)
        return false;
    const int64_t bits = bytes ? 4 : std::clamp<int64_t>(so.config.quantizationBits.value_or(4), 1, 32);
    out.scheme.method = "compressed-tensors";
    if (bytes)
        out.scheme.detail = so.beside(".weight_global_scale") ? "nvfp4" : "mxfp4";
    out.scheme.bits = bits;
    out.scaleName = so.base + ".weight_scale";
    out.parametersEach = unpacked(so, bits);
    const int64_t inputs = int64_t(uint64_t(so.size(1)) * uint64_t(dtypeBits(so.weight.dtype)) / uint64_t(bits));
    if (scale && scale->shape.size() == 2 && scale->shape[1] > 1)
        out.scheme.groupSize = ceilDiv(inputs, scale->shape[1]);
    // The last word of a row may be part empty: how many inputs there are is not known to the last one.
    if (scale && scale->shape.size() == 2 && scale->shape[1] > 0)
        out.expectedScale = {so.size(0), scale->shape[1]};
    return true;
}

/// gpt-oss: X_blocks [.., blocks, 16] of two 4-bit floats a byte, X_scales one byte a block.
bool readBlocks(const Case &so, PackedWeight &out)
{
    if (so.weight.dtype != Dtype::U8 || so.weight.shape.size() < 2)
        return false;
    out.scheme.method = "mxfp4";
    out.scheme.bits = 4;
    out.scheme.groupSize = so.size(so.weight.shape.size() - 1) * 2;
    out.scaleName = so.base + "_scales";
    out.parametersEach = so.weight.elements * 2;
    out.expectedScale.assign(so.weight.shape.begin(), so.weight.shape.end() - 1);
    return true;
}

/// bitsandbytes: 4-bit codes as a column of bytes, or whole bytes with a scale for each row.
bool readBytes(const Case &so, PackedWeight &out)
{
    const bool named = so.config.quantizationMethod == "bitsandbytes";
    if (so.weight.dtype == Dtype::U8) {
        const TensorRecord *absmax = so.beside(".weight.absmax");
        const bool nf4 = so.beside(".weight.quant_state.bitsandbytes__nf4") != nullptr;
        const bool fp4 = so.beside(".weight.quant_state.bitsandbytes__fp4") != nullptr;
        if (!named && !absmax && !nf4 && !fp4)
            return false;
        out.scheme.method = "bitsandbytes";
        out.scheme.detail = nf4 ? "nf4" : fp4 ? "fp4" : so.config.quantizationFormat;
        out.scheme.bits = 4;
        out.scaleName = so.base + ".weight.absmax";
        out.parametersEach = so.weight.elements * 2;
        if (absmax && absmax->elements > 0)
            out.scheme.groupSize = ceilDiv(int64_t(out.parametersEach), int64_t(absmax->elements));
        return true;
    }
    if (so.weight.dtype != Dtype::I8 || (!named && !so.beside(".SCB")) || so.weight.shape.size() != 2)
        return false;
    out.scheme.method = "bitsandbytes";
    out.scheme.detail = "int8";
    out.scheme.bits = 8;
    out.scaleName = so.base + ".SCB";
    out.parametersEach = so.weight.elements;
    out.expectedScale = {so.size(0)};
    return true;
}

/// ModelOpt: pairs of 4-bit floats under the plain name, a scale for 16 of them and one for all.
bool readNvfp4(const Case &so, PackedWeight &out)
{
    const TensorRecord *scale = so.beside(".weight_scale");
    if (so.weight.dtype != Dtype::U8 || so.weight.shape.size() < 2 || !scale || !so.beside(".weight_scale_2"))
        return false;
    out.scheme.method = "nvfp4";
    out.scheme.bits = 4;
    out.scheme.groupSize = 16;
    out.scaleName = so.base + ".weight_scale";
    out.parametersEach = so.weight.elements * 2;
    out.expectedScale.assign(so.weight.shape.begin(), so.weight.shape.end());
    out.expectedScale.back() = ceilDiv(out.expectedScale.back() * 2, 16);
    return true;
}

/// MLX: U32 words along the input; scales and biases [out, groups] beside them.
bool readWords(const Case &so, PackedWeight &out)
{
    const TensorRecord *scales = so.beside(".scales");
    if (so.weight.dtype != Dtype::U32 || (!scales && so.config.quantizationMethod != "mlx"))
        return false;
    const int64_t bits = std::clamp<int64_t>(so.config.quantizationBits.value_or(4), 1, 32);
    out.scheme.method = "mlx";
    out.scheme.bits = bits;
    out.scaleName = so.base + ".scales";
    out.parametersEach = unpacked(so, bits);
    const size_t last = so.weight.shape.size() - 1;
    const int64_t inputs = int64_t(uint64_t(so.size(last)) * 32 / uint64_t(bits));
    if (scales && scales->shape.size() == so.weight.shape.size() && scales->shape[last] > 0)
        out.scheme.groupSize = ceilDiv(inputs, scales->shape[last]);
    return true;
}

/// DeepSeek-V4's experts: two 4-bit floats a byte, told by the config.
bool readFloat4(const Case &so, PackedWeight &out)
{
    const bool experts = so.weight.name.find(".experts.") != std::string_view::npos;
    if (so.weight.dtype != Dtype::I8 || !experts || so.config.expertDtype != "fp4")
        return false;
    out.scheme.method = "fp4";
    out.scheme.bits = 4;
    out.scaleName = so.base + (so.beside(".scale") ? ".scale" : ".weight_scale_inv");
    out.parametersEach = so.weight.elements * 2;
    if (const TensorRecord *scale = so.beside(".scale"); scale && scale->shape.size() == 2 && scale->shape[1] > 0)
        out.scheme.groupSize = ceilDiv(so.size(1) * 2, scale->shape[1]);
    return true;
}

/// Rows or columns in a block, when so many blocks cover them: the usual 128 if it fits, else the next power of two.
int64_t blockSize(int64_t size, int64_t blocks)
{
    for (int64_t block = 128; block > 0 && block <= size; block *= 2) {
        if (ceilDiv(size, block) == blocks)
            return block;
    }
    for (int64_t block = 64; block > 0; block /= 2) {
        if (ceilDiv(size, block) == blocks)
            return block;
    }
    return 0;
}

bool readFloat8(const Case &so, PackedWeight &out)
{
    if (!isFloat8(so.weight.dtype))
        return false;
    out.scheme.method = "fp8";
    out.scheme.bits = 8;
    out.parametersEach = so.weight.elements;
    for (const char *ending : {".weight_scale_inv", ".weight_scale", ".scale_weight", ".scale"}) {
        if (out.scaleName.empty() && so.beside(ending))
            out.scaleName = so.base + ending;
    }
    const TensorRecord *scale = out.scaleName.empty() ? nullptr : so.beside(out.scaleName.substr(so.base.size()));
    out.needsScale = false; // decided for the model as a whole: some store plain fp8
    if (out.scaleName.empty())
        out.scaleName = so.base + ".weight_scale_inv";
    const auto &declared = so.config.quantizationBlock;
    if (so.weight.shape.size() != 2 || !scale || scale->shape.size() != 2 || scale->elements <= 1)
        return true;
    const bool channels = scale->shape[1] == 1 && scale->shape[0] == so.size(0);
    if (declared.size() == 2 && declared[0] > 0 && declared[1] > 0) {
        out.scheme.block = declared;
        out.expectedScale = {ceilDiv(so.size(0), declared[0]), ceilDiv(so.size(1), declared[1])};
    } else if (!channels) {
        out.scheme.block = {blockSize(so.size(0), scale->shape[0]), blockSize(so.size(1), scale->shape[1])};
    }
    return true;
}

bool readGguf(const Case &so, PackedWeight &out)
{
    if (!isBlockQuantized(so.weight.dtype))
        return false;
    out.scheme.method = "gguf";
    out.scheme.detail = dtypeName(so.weight.dtype);
    out.parametersEach = so.weight.elements;
    out.needsScale = false;
    return true;
}

struct ReaderRow
{
    std::string_view ending;
    Reader read;
};
constexpr ReaderRow kReaders[] = {
    {".qweight", readColumns}, {".weight_packed", readPacked}, {"_blocks", readBlocks}, {".weight", readNvfp4},
    {".weight", readBytes},    {".weight", readWords},         {".weight", readFloat4}, {".weight", readFloat8},
    {"", readGguf},
};

// What belongs to packed weights and is a scale whatever the config says.
constexpr std::string_view kBeside[] = {".scales", ".biases", ".qzeros", ".g_idx", "_scales", ".scale", ".scale_weight",
                                        ".weight_scale", ".weight_scale_2", ".input_scale"};

void markBeside(CountedModel &model, const Neighbours &neighbours, const std::string &base, size_t weight)
{
    for (std::string_view ending : kBeside) {
        const auto found = neighbours.find(base + std::string(ending));
        if (found && *found != weight)
            model.groups[*found].kind = TensorKind{TensorRole::Scale, TensorPurpose::Other, false, 0};
    }
}

} // namespace

std::string QuantizationScheme::text() const
{
    if (method == "gguf")
        return detail;
    std::string out = method;
    if (!detail.empty())
        out += " " + detail;
    else if (bits && method != "fp8" && method != "fp4" && method != "nvfp4" && method != "mxfp4")
        out += " " + std::to_string(*bits) + "-bit";
    if (block.size() == 2 && block[0] > 0 && block[1] > 0)
        out += " block " + std::to_string(block[0]) + "x" + std::to_string(block[1]);
    else if (groupSize && method != "fp8" && method != "mxfp4")
        out += " group " + std::to_string(*groupSize);
    return out;
}

void readPacking(CountedModel &model, const ModelConfig &config)
{
    const Neighbours neighbours(model);
    for (size_t i = 0; i < model.groups.size(); ++i) {
        const CountedGroup &counted = model.groups[i];
        if (counted.kind.role != TensorRole::Weight || !isUsual(counted.group.tensor->shape))
            continue;
        const std::string_view name = counted.group.tensor->name;
        for (const ReaderRow &row : kReaders) {
            if (!name.ends_with(row.ending))
                continue;
            const Case so{*counted.group.tensor, std::string(name.substr(0, name.size() - row.ending.size())), neighbours,
                          model, config};
            PackedWeight packed;
            if (!row.read(so, packed))
                continue;
            packed.weight = i;
            const auto scale = neighbours.find(packed.scaleName);
            packed.scale = scale ? model.groups[*scale].group.tensor : nullptr;
            packed.scheme.tensors = counted.group.copies;
            packed.scheme.parameters = packed.parametersEach * counted.group.copies;
            packed.scheme.example = std::string(name);
            model.packed.push_back(std::move(packed));
            markBeside(model, neighbours, so.base, i);
            model.groups[i].kind.parametersEach = model.packed.back().parametersEach;
            break;
        }
    }
}

std::vector<QuantizationScheme> quantizationSchemes(const CountedModel &model)
{
    std::vector<QuantizationScheme> out;
    for (const PackedWeight &packed : model.packed) {
        const auto same = std::find_if(out.begin(), out.end(), [&](const QuantizationScheme &scheme) {
            return scheme.method == packed.scheme.method && scheme.detail == packed.scheme.detail
                   && scheme.bits == packed.scheme.bits;
        });
        if (same == out.end()) {
            out.push_back(packed.scheme);
            continue;
        }
        same->tensors += packed.scheme.tensors;
        same->parameters += packed.scheme.parameters;
        // What differs from tensor to tensor is no property of the scheme.
        if (same->groupSize != packed.scheme.groupSize)
            same->groupSize.reset();
        if (same->block != packed.scheme.block && !packed.scheme.block.empty())
            same->block = same->block.empty() ? packed.scheme.block : std::vector<int64_t>();
    }
    std::stable_sort(out.begin(), out.end(), [](const QuantizationScheme &a, const QuantizationScheme &b) {
        return a.parameters > b.parameters;
    });
    return out;
}

} // namespace assay
