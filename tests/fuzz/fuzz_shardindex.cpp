// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/shardindex.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const auto index = assay::parseShardIndex(std::string(text), "index");
    if (index) {
        for (const assay::ShardIndex::Entry &entry : index->entries) {
            const std::string &file = index->files.at(entry.file);
            if (file.empty() || file[0] == '/' || file.find("..") != std::string::npos)
                std::abort();
        }
    }
    if (const auto shard = assay::parseShardName(text.substr(0, 200))) {
        // The name of the shard's own number leads back to the same set.
        const auto again = assay::parseShardName(assay::shardFileName(*shard, shard->number));
        if (!again || again->number != shard->number || again->count != shard->count)
            std::abort();
    }
    return 0;
}
