// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/sandbox.h"

#include <string>
#include <vector>

namespace assay {

/// The calls to the system that a sandboxed program is refused, as a BPF program for seccomp: those that take memory which no
/// limit counts (memfd, System V's shared memory), and what no test of generated code needs and kernels had holes in.
/// Empty for processors that it was not written for.
std::string refusedCalls();

/// How a process in the sandbox ended.
struct SandboxEnd
{
    enum class Why { Itself, Time, Memory, Output, Stopped };
    Why why = Why::Itself;
    int status = -1;        ///< of Why::Itself: the exit status; 128 + the signal that ended it
    std::string output;     ///< the end of what it printed
    double seconds = 0;
    std::string notStarted; ///< not empty: it was not, and why
};

/// Starts the command, root as nobody, with this as its standard input and the filter as descriptor 3, and watches it until it
/// has gone. The command must die with the process that is started: bwrap --die-with-parent.
SandboxEnd runWatched(const std::vector<std::string> &command, const std::string &input, const std::string &filter,
                      const SandboxLimits &limits, const std::stop_token &stop);

} // namespace assay
