// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace assay {

/// How many of the first requests were answered before the server had settled (benchmarking.md 4, pitfall 15): those before the
/// running median of five TPOTs first comes to the median of the later half, as near as that half's own scatter or a tenth. At
/// most half of them; 0 below twelve requests. `tpots` in the order of sending; NaN where a request has none.
size_t unsettledRequests(const std::vector<double> &tpots);

} // namespace assay
