// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/checkpoint.h"

#include <algorithm>
#include <numeric>

namespace assay {

uint64_t Checkpoint::tensorBytes() const
{
    return std::accumulate(tensors.begin(), tensors.end(), uint64_t(0),
                           [](uint64_t sum, const TensorRecord &tensor) { return sum + tensor.bytes; });
}

uint64_t Checkpoint::fileBytes() const
{
    return std::accumulate(files.begin(), files.end(), uint64_t(0),
                           [](uint64_t sum, const CheckpointFile &file) { return sum + file.bytes; });
}

bool Checkpoint::complete() const
{
    return std::all_of(files.begin(), files.end(), [](const CheckpointFile &file) { return file.present; });
}

const TensorRecord *Checkpoint::find(std::string_view name) const
{
    for (const TensorRecord &tensor : tensors) {
        if (tensor.name == name)
            return &tensor;
    }
    return nullptr;
}

const MetadataEntry *Checkpoint::findMetadata(std::string_view key) const
{
    const auto found = std::find_if(metadata.begin(), metadata.end(),
                                    [key](const MetadataEntry &entry) { return entry.key == key; });
    return found == metadata.end() ? nullptr : &*found;
}

} // namespace assay
