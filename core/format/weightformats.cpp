// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/weightformat.h"

#include "core/format/gguf.h"
#include "core/format/onnx.h"
#include "core/format/safetensors.h"
#include "core/format/shardreader.h"
#include "core/format/torchfile.h"

#include <algorithm>

namespace assay {
namespace {

constexpr size_t kHeadBytes = 64;
constexpr std::string_view kSafetensors[] = {".safetensors"};
constexpr std::string_view kGguf[] = {".gguf"};
constexpr std::string_view kOnnx[] = {".onnx"};
constexpr std::string_view kTorch[] = {".bin", ".pt", ".pth", ".ckpt", ".ptl", ".pt2", ".torchscript"};

const WeightFormat kFormats[] = {
    {"safetensors", kSafetensors, "model.safetensors", "model.safetensors.index.json", looksLikeSafetensors,
     readSafetensors},
    {"gguf", kGguf, "", "", looksLikeGguf, readGguf},
    // TorchScript archives look the same from outside: the reader tells them apart.
    {"torch", kTorch, "pytorch_model.bin", "pytorch_model.bin.index.json", looksLikeTorch, readTorch},
    {"onnx", kOnnx, "model.onnx", "", looksLikeOnnx, readOnnx},
};

} // namespace

std::span<const WeightFormat> weightFormats()
{
    return kFormats;
}

std::string weightFormatNames()
{
    std::string names;
    for (const WeightFormat &format : kFormats)
        names += (names.empty() ? "" : ", ") + std::string(format.name);
    return names;
}

const WeightFormat *formatOf(const ByteSource &file, std::string_view name)
{
    const auto head = file.readText(0, std::min<uint64_t>(file.size(), kHeadBytes));
    for (const WeightFormat &format : kFormats) {
        if (head && format.recognises(*head))
            return &format;
    }
    for (const WeightFormat &format : kFormats) {
        if (std::any_of(format.extensions.begin(), format.extensions.end(),
                        [&](std::string_view extension) { return name.ends_with(extension); }))
            return &format;
    }
    return nullptr;
}

} // namespace assay
