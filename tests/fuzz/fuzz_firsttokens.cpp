// SPDX-License-Identifier: GPL-3.0-or-later
// First tokens' log-probabilities as any server may tell them: bounded, and every value one that can be compared.
#include "core/service/verify/logprobasking.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const assay::TopTokens found = assay::firstTokensIn({reinterpret_cast<const char *>(data), size});
    if (found.size() > 1001)
        std::abort();
    for (const auto &[token, logprob] : found) {
        if (!(logprob <= 0 && logprob >= -1e4))
            std::abort();
    }
    return 0;
}
