// SPDX-License-Identifier: GPL-3.0-or-later
// A table of token counts and of families, in one text apart by a zero byte: it is refused, or has a baseline and counts of known families.
#include "core/identify/tokenizer/probes.h"

#include <algorithm>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const size_t apart = std::min(text.find('\0'), text.size());
    const auto table = assay::readTokenTable(text.substr(0, apart), text.substr(std::min(apart + 1, text.size())), "table");
    if (!table)
        return 0;
    for (const assay::TableProbe &probe : table->probes)
        for (const auto &[family, count] : probe.counts)
            if (table->family(family) == nullptr || count < 0)
                std::abort();
    const assay::TokenProbes probes = assay::makeTokenProbes(*table, {}, table->families.empty() ? "" : table->families.front().id, size);
    if (probes.messages.empty() || probes.digits.size() != 63)
        std::abort();
    return 0;
}
