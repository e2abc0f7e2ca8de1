// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/inputspec.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string text(reinterpret_cast<const char *>(data), size);
    const auto inputs = assay::parseInputs({text});
    if (!inputs) {
        const std::string sentence = inputs.error().sentence();
        return assay::validUtf8(sentence) == sentence ? 0 : (std::abort(), 0);
    }
    // What is accepted is small enough, and is written as what is read again.
    uint64_t bytes = 0;
    for (const assay::InputSpec &input : *inputs)
        bytes += input.bytes();
    const auto again = assay::parseInputs({assay::inputsText(*inputs)});
    if (bytes > assay::kMostInputBytes || inputs->size() > assay::kMostInputs || !again || *again != *inputs
        || assay::batchOf(*inputs) < 1)
        std::abort();
    return 0;
}
