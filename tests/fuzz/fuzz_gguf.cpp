// SPDX-License-Identifier: GPL-3.0-or-later
// Input: a GGUF file.
#include "core/format/gguf.h"
#include "tests/format/ggufwriter.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const assay::test::MemorySource file(std::string(reinterpret_cast<const char *>(data), size));
    const auto header = assay::readGgufHeader(file);
    if (!header) {
        // Whatever the input was, the sentence can be shown.
        const std::string sentence = header.error().sentence();
        return assay::validUtf8(sentence) == sentence ? 0 : (std::abort(), 0);
    }
    uint64_t elements = 0;
    for (const assay::TensorRecord &tensor : header->tensors) {
        if (tensor.shape.elements() != std::optional(tensor.elements)
            || __builtin_add_overflow(elements, tensor.elements, &elements)
            || (tensor.offset != assay::kNoOffset && tensor.offset < header->dataOffset))
            std::abort();
    }
    for (const assay::MetadataEntry &entry : header->metadata)
        entry.shown();
    for (const assay::Finding &finding : header->findings)
        finding.sentence();
    return 0;
}
