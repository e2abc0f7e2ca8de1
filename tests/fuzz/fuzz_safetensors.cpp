// SPDX-License-Identifier: GPL-3.0-or-later
// Input: 4 bytes for the size of the data, then a header.
#include "core/format/safetensors.h"

#include <cstdlib>
#include <cstring>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 4)
        return 0;
    uint32_t dataBytes = 0;
    std::memcpy(&dataBytes, data, 4);
    const std::string_view json(reinterpret_cast<const char *>(data) + 4, size - 4);
    const auto header = assay::parseSafetensorsHeader(json, 8 + json.size(), 8 + json.size() + dataBytes);
    if (!header) {
        // Whatever the input was, the sentence can be shown.
        const std::string sentence = header.error().sentence();
        return assay::validUtf8(sentence) == sentence ? 0 : (std::abort(), 0);
    }
    // What is accepted is in the order of its bytes, and what is not told as odd covers the data without gap.
    const assay::HeaderOddities &oddities = header->oddities;
    uint64_t end = header->headerBytes, last = 0;
    bool told = oddities.gapBytes > 0 || oddities.overlapping.tensors > 0 || oddities.beyondFile.tensors > 0;
    for (const assay::TensorRecord &tensor : header->tensors) {
        if (tensor.offset < last || tensor.offset < header->headerBytes)
            std::abort();
        told = told || (tensor.bytes == 0 && tensor.offset < end);
        if (!told && tensor.offset != end)
            std::abort();
        last = tensor.offset;
        end = tensor.offset + tensor.bytes;
    }
    if (!told && end + oddities.trailingBytes != 8 + json.size() + dataBytes)
        std::abort();
    return 0;
}
