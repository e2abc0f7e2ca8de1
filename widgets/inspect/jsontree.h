// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/metadata.h"

#include <QString>

#include <string>
#include <vector>

namespace assay {

/// A JSON text as flat rows, each naming its parent: what JsonModel shows. Made on any thread.
struct JsonTree
{
    struct Node
    {
        QString key;
        QString value;   ///< scalars as JSON text; empty for objects and arrays
        QString summary; ///< objects and arrays: "{3}", "[12]"
        int parent = -1;
        int position = 0;
        std::vector<int> children;
    };
    std::vector<Node> nodes; ///< the first is the root
    bool cut = false;        ///< there is more than is shown
    QString raw;             ///< the text as it stands in the file
};

/// The metadata of a weight file in the same form; arrays as far as they were kept, at most a thousand items each.
JsonTree metadataTree(const std::vector<MetadataEntry> &entries, size_t mostNodes = 50'000);

/// Never fails: what is not JSON gives only the raw text. At most this many rows are made.
JsonTree parseJsonTree(const std::string &text, size_t mostNodes = 50'000);

} // namespace assay
