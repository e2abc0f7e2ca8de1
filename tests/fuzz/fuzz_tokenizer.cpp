// SPDX-License-Identifier: GPL-3.0-or-later
// A tokenizer.json and a text, parted by a zero byte: whatever they hold, nothing crashes, and what can be read
// gives ids of its vocabulary.
#include "tests/fuzz/tokenizerchecks.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    const size_t zero = input.find('\0');
    const std::string_view text = zero == std::string_view::npos ? "A text 123." : input.substr(zero + 1);
    assay::test::checkTokenizer(assay::Tokenizer::parse(std::string(input.substr(0, zero)), "input"), text);
    return 0;
}
