// SPDX-License-Identifier: GPL-3.0-or-later
// The file of a verification's requests and answers, as another program or a crash may leave it: what is taken of it is whole calls.
#include "core/service/verify/rawlog.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const assay::RawEarlier earlier = assay::readRawLog({reinterpret_cast<const char *>(data), size}, "u", "m");
    for (const auto &[id, call] : earlier.calls)
        if (id.empty() || id != call.id || call.answer.status < 0 || call.answer.status > 999 || !earlier.seed)
            std::abort();
    return 0;
}
