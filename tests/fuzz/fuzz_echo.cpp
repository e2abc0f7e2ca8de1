// SPDX-License-Identifier: GPL-3.0-or-later
// What a server says that a prompt's tokens are worth, whatever its bytes: sums are of numbers, or there are none and it is said why.
#include "core/endpoint/echo.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const assay::EchoReading reading = assay::readEcho({reinterpret_cast<const char *>(data), size});
    if (reading.prompt.has_value() == (reading.why != nullptr))
        std::abort();
    if (!reading.prompt)
        return 0;
    const size_t count = reading.prompt->logProbabilities.size();
    for (const size_t context : {size_t(0), size_t(1), count / 2, count}) {
        const assay::EchoScoring scoring = assay::scoreBehind(*reading.prompt, context);
        if (scoring.score.has_value() == (scoring.why != nullptr))
            std::abort();
        if (scoring.score && (std::isnan(scoring.score->logLikelihood) || scoring.score->tokens != int64_t(count - context)))
            std::abort();
    }
    return 0;
}
