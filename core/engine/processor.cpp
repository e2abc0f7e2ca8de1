// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/processor.h"

#include "core/base/units.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sched.h>
#include <set>
#include <sys/resource.h>
#include <sys/utsname.h>

namespace assay::engine {
namespace {

std::optional<uint64_t> number(const std::string &text)
{
    const size_t begin = text.find_first_of("0123456789");
    if (begin == std::string::npos)
        return std::nullopt;
    uint64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data() + begin, text.data() + text.size(), value);
    return problem == std::errc() ? std::optional(value) : std::nullopt;
}

std::string firstLine(const std::string &path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

/// What follows "name:" in a file of such lines.
std::optional<std::string> field(const char *path, const std::string &name)
{
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.compare(0, name.size(), name) != 0)
            continue;
        const size_t colon = line.find(':');
        const size_t begin = colon == std::string::npos ? colon : line.find_first_not_of(" \t", colon + 1);
        return begin == std::string::npos ? std::string() : line.substr(begin);
    }
    return std::nullopt;
}

std::optional<uint64_t> kilobytes(const char *path, const std::string &name)
{
    const auto text = field(path, name);
    const auto value = text ? number(*text) : std::nullopt;
    return value ? std::optional(*value * 1024) : std::nullopt;
}

/// Cores that the control group's quota amounts to; infinity without one.
double quotaCores()
{
    const std::string line = firstLine("/sys/fs/cgroup/cpu.max"); // "200000 100000" or "max 100000"
    const size_t space = line.find(' ');
    if (space == std::string::npos || line.starts_with("max"))
        return std::numeric_limits<double>::infinity();
    const double quota = double(number(line.substr(0, space)).value_or(0));
    const double period = double(number(line.substr(space)).value_or(0));
    return quota > 0 && period > 0 ? quota / period : std::numeric_limits<double>::infinity();
}

/// What the process may still map (ulimit -v); without a limit more than any memory.
uint64_t addressesLeft()
{
    rlimit limit = {};
    if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return std::numeric_limits<uint64_t>::max();
    const uint64_t used = kilobytes("/proc/self/status", "VmSize:").value_or(0);
    return limit.rlim_cur > used ? limit.rlim_cur - used : 0;
}

} // namespace

std::string processorName()
{
    if (const auto name = field("/proc/cpuinfo", "model name"); name && !name->empty())
        return *name;
    utsname system = {};
    return ::uname(&system) == 0 ? system.machine : "unknown";
}

int usableCores()
{
    cpu_set_t allowed;
    if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return 1;
    // Hardware threads of one core name the same siblings.
    std::set<std::string> cores;
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (!CPU_ISSET(cpu, &allowed))
            continue;
        const std::string number = std::to_string(cpu);
        const std::string siblings =
            firstLine("/sys/devices/system/cpu/cpu" + number + "/topology/thread_siblings_list");
        cores.insert(siblings.empty() ? number : siblings);
    }
    const double usable = std::min(double(cores.size()), std::ceil(quotaCores()));
    return std::max(1, int(usable));
}

uint64_t totalMemory()
{
    return kilobytes("/proc/meminfo", "MemTotal:").value_or(0);
}

uint64_t availableMemory()
{
    uint64_t available = kilobytes("/proc/meminfo", "MemAvailable:").value_or(0);
    const auto limit = number(firstLine("/sys/fs/cgroup/memory.max"));
    const auto used = number(firstLine("/sys/fs/cgroup/memory.current"));
    if (limit && used)
        available = std::min(available, *limit > *used ? *limit - *used : 0);
    return std::min(available, addressesLeft());
}

Error memoryRanOut(const std::string &needed, uint64_t unused, const std::string &device)
{
    const std::string what = needed.empty() ? std::string(ASSAY_TEXT("Reason", "more memory")) : needed;
    return {ErrorCode::NotEnoughMemory, {ASSAY_TEXT("Reason", "the model"), what, formatBytes(double(unused)), device}, {}};
}

std::optional<uint64_t> peakResident()
{
    return kilobytes("/proc/self/status", "VmHWM:");
}

void resetPeakResident()
{
    // proc(5): writing 5 resets the peak to the current resident set.
    std::ofstream("/proc/self/clear_refs") << "5";
}

double loadAverage()
{
    double averages[1] = {};
    return ::getloadavg(averages, 1) == 1 ? averages[0] : 0.0;
}

} // namespace assay::engine
