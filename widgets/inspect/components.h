// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/layertree.h"

#include <vector>

namespace assay {

/// How many stored elements belong to a part of the network.
struct ComponentTotal
{
    const char *name; ///< translation context "Component"
    uint64_t elements = 0;
};

/// Elements by component, told by the parts of the tensors' names; components without elements are left out.
std::vector<ComponentTotal> componentTotals(const LayerNode &tree);

} // namespace assay
