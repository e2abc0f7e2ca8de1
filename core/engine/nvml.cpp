// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/nvml.h"

#include <dlfcn.h>
#include <unistd.h>
#include <vector>

namespace assay::engine {
namespace {

// The few declarations of NVIDIA's nvml.h that are used (NVML API reference, "Device queries").
using Handle = void *;
struct MemoryInfo
{
    unsigned long long total, free, used;
};
struct ProcessInfo
{
    unsigned int pid;
    unsigned long long usedMemory;
    unsigned int gpuInstance, computeInstance;
};
constexpr int kSuccess = 0;
constexpr unsigned long long kNotAvailable = ~0ull;

struct Library
{
    int (*initialise)() = nullptr;
    int (*handleByPciAddress)(const char *, Handle *) = nullptr;
    int (*memoryInfo)(Handle, MemoryInfo *) = nullptr;
    int (*processes)(Handle, unsigned int *, ProcessInfo *) = nullptr;
    bool usable = false;
};

template <class Function> bool resolve(void *library, const char *name, Function &function)
{
    function = reinterpret_cast<Function>(::dlsym(library, name));
    return function != nullptr;
}

Library open()
{
    Library out;
    void *library = ::dlopen("libnvidia-ml.so.1", RTLD_NOW | RTLD_LOCAL);
    out.usable = library && resolve(library, "nvmlInit_v2", out.initialise) &&
                 resolve(library, "nvmlDeviceGetHandleByPciBusId_v2", out.handleByPciAddress) &&
                 resolve(library, "nvmlDeviceGetMemoryInfo", out.memoryInfo) &&
                 resolve(library, "nvmlDeviceGetComputeRunningProcesses_v3", out.processes) &&
                 out.initialise() == kSuccess;
    return out;
}

std::optional<uint64_t> ownUse(const Library &library, Handle device)
{
    unsigned int count = 256;
    std::vector<ProcessInfo> running(count);
    if (library.processes(device, &count, running.data()) != kSuccess)
        return std::nullopt;
    for (unsigned int i = 0; i < count; ++i) {
        if (running[i].pid == unsigned(::getpid()) && running[i].usedMemory != kNotAvailable)
            return running[i].usedMemory;
    }
    return std::nullopt;
}

} // namespace

std::optional<NvmlReading> readNvml(const std::string &pciAddress)
{
    static const Library library = open();
    Handle device = nullptr;
    MemoryInfo memory = {};
    if (!library.usable || library.handleByPciAddress(pciAddress.c_str(), &device) != kSuccess ||
        library.memoryInfo(device, &memory) != kSuccess)
        return std::nullopt;
    return NvmlReading{memory.total, memory.used, ownUse(library, device)};
}

} // namespace assay::engine
