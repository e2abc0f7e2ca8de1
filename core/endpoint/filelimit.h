// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace assay {

/// Lets this process have as many files open as the system allows it: the usual 1,024 are fewer than the connections of a load.
void allowManyFiles();

} // namespace assay
