// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace assay {

/// One run of a subject.
struct DtypeOfRun
{
    std::string what;     ///< the suite, say: runs of one thing hide each other
    std::string computed; ///< the dtype that it was computed in
    std::string asked;    ///< the name that it was asked for by
};

/// The dtypes that these were computed in, where something would be hidden if only the newest run counted, or a what-if would be
/// taken for the model itself; else none. The widest first, or in the order of what is asked for; only that counts where it is not empty.
std::vector<std::string> dtypesApart(const std::vector<DtypeOfRun> &runs, const std::vector<std::string> &asked);

} // namespace assay
