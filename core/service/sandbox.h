// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/answer.h"

#include <cstdint>
#include <stop_token>
#include <string>

namespace assay {

/// What a program may use in the sandbox. All its processes together: memory, wall time, temporary files, output.
struct SandboxLimits
{
    double seconds = 10;                   ///< on the wall's clock, from the start of bubblewrap
    int64_t processorSeconds = 10;         ///< of each process
    uint64_t memoryBytes = 512ull << 20;   ///< address space of each process, resident memory of all
    uint64_t temporaryBytes = 16ull << 20; ///< of /tmp, the only place that can be written to; of each file, too
    int64_t processes = 16;                ///< threads count
    int64_t openFiles = 64;
    uint64_t outputBytes = 1ull << 20;     ///< a program that prints more is killed
};

/// Why programs cannot be run on this machine, as a sentence: bubblewrap or Python is missing, or the system forbids user
/// namespaces. Empty: they can. The first call tries it, which takes a fraction of a second; safe from any thread.
std::string whyNoSandbox();

/// Runs a Python program in bubblewrap: no network, of the machine's files only /usr for reading, no process of others, no
/// environment, a /tmp of its own in memory, no privileges (root becomes nobody). It passes when it runs to its end. Without
/// a sandbox it is not run: End::NotExecuted and the reason. Blocks; for threads that may. A stop ends it: NotExecuted.
Execution runSandboxed(const std::string &program, const SandboxLimits &limits = {}, std::stop_token stop = {});

} // namespace assay
