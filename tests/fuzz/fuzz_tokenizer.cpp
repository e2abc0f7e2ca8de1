// SPDX-License-Identifier: GPL-3.0-or-later
// A tokenizer.json and a text, parted by a zero byte: whatever they hold, nothing crashes, and what can be read
// gives ids of its vocabulary.
#include "core/tokenizer/tokenizer.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    const size_t zero = input.find('\0');
    const std::string json(input.substr(0, zero));
    const std::string_view text = zero == std::string_view::npos ? "A text 123." : input.substr(zero + 1);
    const auto tokenizer = assay::Tokenizer::parse(json, "input");
    if (!tokenizer)
        return 0;
    const std::vector<int64_t> ids = (*tokenizer)->encode(text, false);
    for (int64_t id : ids) {
        if (id < 0 || id >= (*tokenizer)->vocabularySize())
            std::abort();
    }
    (*tokenizer)->decode(ids, true);
    (*tokenizer)->encode(text, true);
    return 0;
}
