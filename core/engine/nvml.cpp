// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/nvml.h"

#include "core/base/text.h"

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
    // Absent in old drivers:
    int (*driverVersion)(char *, unsigned int) = nullptr;
    int (*energy)(Handle, unsigned long long *) = nullptr;    // millijoules
    int (*power)(Handle, unsigned int *) = nullptr;           // milliwatts
    int (*temperature)(Handle, int, unsigned int *) = nullptr;
    int (*clock)(Handle, int, unsigned int *) = nullptr;      // MHz
    int (*throttleReasons)(Handle, unsigned long long *) = nullptr;
};
constexpr int kGpuSensor = 0, kClockOfSm = 1, kClockOfMemory = 2;

/// nvmlClocksThrottleReasons; that a card is idle or runs at clocks that somebody set is no throttling.
struct ThrottleReason
{
    unsigned long long bit;
    const char *name;
};
constexpr ThrottleReason kThrottleReasons[] = {{0x04, ASSAY_TEXT("Throttle", "power cap")},
                                               {0x08, ASSAY_TEXT("Throttle", "hardware slowdown")},
                                               {0x10, ASSAY_TEXT("Throttle", "sync boost")},
                                               {0x20, ASSAY_TEXT("Throttle", "thermal slowdown by the driver")},
                                               {0x40, ASSAY_TEXT("Throttle", "thermal slowdown by the hardware")},
                                               {0x80, ASSAY_TEXT("Throttle", "power brake")}};

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
    if (!out.usable)
        return out;
    resolve(library, "nvmlSystemGetDriverVersion", out.driverVersion);
    resolve(library, "nvmlDeviceGetTotalEnergyConsumption", out.energy);
    resolve(library, "nvmlDeviceGetPowerUsage", out.power);
    resolve(library, "nvmlDeviceGetTemperature", out.temperature);
    resolve(library, "nvmlDeviceGetClockInfo", out.clock);
    resolve(library, "nvmlDeviceGetCurrentClocksThrottleReasons", out.throttleReasons);
    return out;
}

const Library &library()
{
    static const Library loaded = open();
    return loaded;
}

/// The number that a call gives, times a factor; nothing where the driver does not know the function or the card the number.
template <class Number, class Function, class... Before>
std::optional<double> numberOf(Function function, double factor, Before... before)
{
    Number value = 0;
    if (!function || function(before..., &value) != kSuccess)
        return std::nullopt;
    return double(value) * factor;
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
    const Library &nvml = library();
    Handle device = nullptr;
    MemoryInfo memory = {};
    if (!nvml.usable || nvml.handleByPciAddress(pciAddress.c_str(), &device) != kSuccess ||
        nvml.memoryInfo(device, &memory) != kSuccess)
        return std::nullopt;
    return NvmlReading{memory.total, memory.used, ownUse(nvml, device)};
}

std::optional<NvmlState> readNvmlState(const std::string &pciAddress)
{
    const Library &nvml = library();
    Handle device = nullptr;
    if (!nvml.usable || nvml.handleByPciAddress(pciAddress.c_str(), &device) != kSuccess)
        return std::nullopt;
    NvmlState out;
    char driver[96] = {};
    if (nvml.driverVersion && nvml.driverVersion(driver, sizeof driver - 1) == kSuccess)
        out.driver = driver;
    out.joules = numberOf<unsigned long long>(nvml.energy, 1e-3, device);
    out.watts = numberOf<unsigned int>(nvml.power, 1e-3, device);
    out.temperature = numberOf<unsigned int>(nvml.temperature, 1, device, kGpuSensor);
    out.clockHertz = numberOf<unsigned int>(nvml.clock, 1e6, device, kClockOfSm);
    out.memoryClockHertz = numberOf<unsigned int>(nvml.clock, 1e6, device, kClockOfMemory);
    unsigned long long reasons = 0;
    if (nvml.throttleReasons && nvml.throttleReasons(device, &reasons) == kSuccess) {
        for (const ThrottleReason &reason : kThrottleReasons) {
            if (reasons & reason.bit)
                out.throttled.push_back(reason.name);
        }
    }
    return out;
}

} // namespace assay::engine
