// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/worker/syntheticmodel.h"

#include <algorithm>

namespace assay::benchmark {

/// Writes a bfloat16 Llama of this config. Real bytes, no holes: those a system reads without memory.
inline bool writeHalf(const std::filesystem::path &directory, const nlohmann::json &config)
{
    const auto spec = synthetic::specOf(config);
    if (!spec || !synthetic::writeConfig(directory, config))
        return false;
    nlohmann::json header = nlohmann::json::object();
    uint64_t at = 0;
    for (const TensorSlot &slot : spec->tensors()) {
        uint64_t bytes = 2;
        for (const int64_t size : slot.shape)
            bytes *= uint64_t(size);
        header[tensorName(*spec, slot)] = {{"dtype", "BF16"}, {"shape", slot.shape}, {"data_offsets", {at, at + bytes}}};
        at += bytes;
    }
    const std::string text = header.dump();
    const uint64_t length = text.size();
    std::ofstream file(directory / "model.safetensors", std::ios::binary);
    file.write(reinterpret_cast<const char *>(&length), sizeof length);
    file << text;
    const std::vector<uint16_t> values(1 << 20, 0x3c23);
    for (uint64_t written = 0; written < at && file; written += values.size() * 2)
        file.write(reinterpret_cast<const char *>(values.data()), std::streamsize(std::min<uint64_t>(values.size() * 2, at - written)));
    return file.good();
}

} // namespace assay::benchmark
