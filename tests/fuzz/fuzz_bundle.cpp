// SPDX-License-Identifier: GPL-3.0-or-later
// Reference bundles of strangers: what can be read is written and read again to the same, and its hash is its own.
#include "core/identify/bundle/bundle.h"

#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    using namespace assay;
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    if (const auto read = readBundle(text, "fuzz")) {
        const auto again = readBundle(bundleText(read->bundle), "again");
        if (!again || !(again->bundle == read->bundle) || again->hash != read->hash)
            std::abort();
        (void)checkFit(read->bundle, {.samples = true, .greedy = true, .items = true, .tokenizer = "x"}, "fuzz");
    }
    if (checkSignature(text, "fuzz", std::string(64, '0'), std::string(64, '0')))
        std::abort();
    return 0;
}
