// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace assay::engine {

/// Starts this program again with OMP_WAIT_POLICY=passive, unless the variable is set: OpenMP's threads, which libtorch
/// uses, otherwise spin for milliseconds after each loop and take the cores from the engine's own; the library reads the
/// variable only when it is loaded. First in main(); returns when there is nothing to do or the program cannot be started.
void waitPassively(char **arguments);

} // namespace assay::engine
