// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/ggufblocks.h"

namespace assay {

BlockDecoder ggufBlockDecoder(Dtype dtype)
{
    for (const auto family : {ggufSimpleDecoder, ggufSuperBlockDecoder, ggufTableDecoder, ggufGridDecoder}) {
        if (const BlockDecoder decoder = family(dtype))
            return decoder;
    }
    return nullptr;
}

} // namespace assay
