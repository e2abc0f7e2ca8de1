// SPDX-License-Identifier: GPL-3.0-or-later
// Stands for the NVIDIA driver's library: one card, whose readings the environment sets; what is not set is not supported.
#include <cstdlib>
#include <cstring>

namespace {

constexpr int kSuccess = 0, kInvalidArgument = 2, kNotSupported = 3;
int g_card = 0;

template <class Number> int give(const char *name, Number *out)
{
    const char *text = std::getenv(name);
    if (!text)
        return kNotSupported;
    *out = Number(std::strtoull(text, nullptr, 0));
    return kSuccess;
}

} // namespace

extern "C" {
// Declared as the library's own header does (NVML API reference).
int nvmlInit_v2();
int nvmlDeviceGetHandleByPciBusId_v2(const char *address, void **card);
int nvmlDeviceGetMemoryInfo(void *card, unsigned long long *info);
int nvmlDeviceGetComputeRunningProcesses_v3(void *card, unsigned int *count, void *processes);
int nvmlSystemGetDriverVersion(char *text, unsigned int length);
int nvmlDeviceGetTotalEnergyConsumption(void *card, unsigned long long *millijoules);
int nvmlDeviceGetPowerUsage(void *card, unsigned int *milliwatts);
int nvmlDeviceGetTemperature(void *card, int sensor, unsigned int *celsius);
int nvmlDeviceGetClockInfo(void *card, int clock, unsigned int *megahertz);
int nvmlDeviceGetCurrentClocksThrottleReasons(void *card, unsigned long long *reasons);

int nvmlInit_v2() { return kSuccess; }

int nvmlDeviceGetHandleByPciBusId_v2(const char *address, void **card)
{
    *card = &g_card;
    return std::strcmp(address, "00000000:17:00.0") == 0 ? kSuccess : kInvalidArgument;
}

int nvmlDeviceGetMemoryInfo(void *, unsigned long long *info)
{
    info[0] = 1000;
    info[1] = 400;
    info[2] = 600;
    return kSuccess;
}

int nvmlDeviceGetComputeRunningProcesses_v3(void *, unsigned int *count, void *)
{
    *count = 0;
    return kSuccess;
}

int nvmlSystemGetDriverVersion(char *text, unsigned int length)
{
    std::strncpy(text, "550.90.07", length);
    return kSuccess;
}

int nvmlDeviceGetTotalEnergyConsumption(void *, unsigned long long *millijoules) { return give("FAKE_ENERGY", millijoules); }
int nvmlDeviceGetPowerUsage(void *, unsigned int *milliwatts) { return give("FAKE_POWER", milliwatts); }

int nvmlDeviceGetTemperature(void *, int sensor, unsigned int *celsius)
{
    return sensor == 0 ? give("FAKE_TEMPERATURE", celsius) : kInvalidArgument;
}

int nvmlDeviceGetClockInfo(void *, int clock, unsigned int *megahertz)
{
    return clock == 1 ? give("FAKE_SM_CLOCK", megahertz) : clock == 2 ? give("FAKE_MEMORY_CLOCK", megahertz) : kInvalidArgument;
}

int nvmlDeviceGetCurrentClocksThrottleReasons(void *, unsigned long long *reasons) { return give("FAKE_REASONS", reasons); }
}
