// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace assay {

/// Lets this process have as many files open as the system allows it: the usual 1,024 are fewer than the connections of a load.
/// And has their table made large at once: the kernel doubles it at 256, 512, ... files, for which a program of several threads
/// stands still some 10 ms, in the middle of what it measures.
void allowManyFiles();

} // namespace assay
