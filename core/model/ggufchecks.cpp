// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/ggufchecks.h"

#include "core/base/text.h"

#include <algorithm>
#include <map>

namespace assay {
namespace {

/// general.file_type (llama.h, enum llama_ftype): its name, and what most weights then are.
struct FileType
{
    int64_t number;
    const char *name;
    Dtype most, orElse = Dtype::Unknown;
};
constexpr FileType kFileTypes[] = {
    {0, "F32", Dtype::F32},          {1, "F16", Dtype::F16},
    {2, "Q4_0", Dtype::Q4_0},        {3, "Q4_1", Dtype::Q4_1},
    {7, "Q8_0", Dtype::Q8_0},        {8, "Q5_0", Dtype::Q5_0},
    {9, "Q5_1", Dtype::Q5_1},        {10, "Q2_K", Dtype::Q2_K, Dtype::Q3_K},
    {11, "Q3_K_S", Dtype::Q3_K},     {12, "Q3_K_M", Dtype::Q3_K},
    {13, "Q3_K_L", Dtype::Q3_K},     {14, "Q4_K_S", Dtype::Q4_K},
    {15, "Q4_K_M", Dtype::Q4_K},     {16, "Q5_K_S", Dtype::Q5_K},
    {17, "Q5_K_M", Dtype::Q5_K},     {18, "Q6_K", Dtype::Q6_K},
    {19, "IQ2_XXS", Dtype::IQ2_XXS}, {20, "IQ2_XS", Dtype::IQ2_XS},
    {21, "Q2_K_S", Dtype::Q2_K},     {22, "IQ3_XS", Dtype::IQ3_S, Dtype::IQ3_XXS},
    {23, "IQ3_XXS", Dtype::IQ3_XXS}, {24, "IQ1_S", Dtype::IQ1_S},
    {25, "IQ4_NL", Dtype::IQ4_NL},   {26, "IQ3_S", Dtype::IQ3_S},
    {27, "IQ3_M", Dtype::IQ3_S},     {28, "IQ2_S", Dtype::IQ2_XS, Dtype::IQ2_S},
    {29, "IQ2_M", Dtype::IQ2_S},     {30, "IQ4_XS", Dtype::IQ4_XS},
    {31, "IQ1_M", Dtype::IQ1_M},     {32, "BF16", Dtype::BF16},
    {36, "TQ1_0", Dtype::TQ1_0},     {37, "TQ2_0", Dtype::TQ2_0},
    {38, "MXFP4_MOE", Dtype::MXFP4}, {39, "NVFP4", Dtype::NVFP4},
    {40, "Q1_0", Dtype::Q1_0},
};
// Set in the number when it was guessed by the program that wrote it.
constexpr int64_t kGuessed = 1024;

} // namespace

Dtype majorityDtype(const Checkpoint &checkpoint)
{
    std::map<Dtype, uint64_t> elements;
    for (const TensorRecord &tensor : checkpoint.tensors) {
        if (tensor.shape.size() >= 2 && tensor.name.find("blk.") != std::string_view::npos)
            elements[tensor.dtype] += tensor.elements;
    }
    const auto most = std::max_element(elements.begin(), elements.end(),
                                       [](const auto &a, const auto &b) { return a.second < b.second; });
    return most == elements.end() ? Dtype::Unknown : most->first;
}

std::optional<Finding> checkGgufFileType(const Checkpoint &checkpoint)
{
    const MetadataEntry *entry = checkpoint.findMetadata("general.file_type");
    const int64_t declared = entry ? entry->integer().value_or(-1) : -1;
    const auto row = std::find_if(std::begin(kFileTypes), std::end(kFileTypes), [declared](const FileType &type) {
        return declared >= 0 && type.number == declared % kGuessed;
    });
    const Dtype most = majorityDtype(checkpoint);
    if (!checkpoint.complete() || row == std::end(kFileTypes) || most == Dtype::Unknown || most == row->most || most == row->orElse)
        return std::nullopt;
    return Finding{FindingCode::FileTypeDisagrees, {row->name, dtypeName(most)}, "general.file_type"};
}

std::string ggufQuantization(const Checkpoint &checkpoint)
{
    const Dtype most = majorityDtype(checkpoint);
    return isBlockQuantized(most) ? dtypeName(most) : std::string();
}

} // namespace assay
