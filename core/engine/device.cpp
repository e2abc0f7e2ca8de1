// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/device.h"

#include "core/engine/cuda.h"
#include "core/engine/processor.h"
#include "core/engine/tensormemory.h"

#include <algorithm>

namespace assay::engine {
namespace {

struct DtypeRow
{
    const char *id;
    at::ScalarType type;
    bool onCpu;
};
// Half precision is left out on the CPU: libtorch 1.13 has no kernels for it.
constexpr DtypeRow kDtypes[] = {
    {"f32", at::kFloat, true}, {"bf16", at::kBFloat16, true}, {"f16", at::kHalf, false}};

bool computesIn(at::Device device, const DtypeRow &row)
{
    return row.onCpu || device.is_cuda();
}

std::vector<std::string> dtypesOf(at::Device device)
{
    std::vector<std::string> out;
    for (const DtypeRow &row : kDtypes) {
        if (computesIn(device, row))
            out.push_back(row.id);
    }
    if (device.is_cpu())
        out.push_back("int8"); // rows of the weights, rounded at load (weightstorage.h)
    return out;
}

} // namespace

const char *dtypeId(at::ScalarType type)
{
    for (const DtypeRow &row : kDtypes) {
        if (row.type == type)
            return row.id;
    }
    return "?";
}

std::vector<DeviceDescription> devices()
{
    std::vector<DeviceDescription> out;
    out.push_back({"cpu", processorName(), totalMemory(), availableMemory(), dtypesOf(at::kCPU)});
    for (int index = 0; index < cuda::count(); ++index) {
        const at::Device device(at::kCUDA, at::DeviceIndex(index));
        out.push_back({"cuda:" + std::to_string(index), cuda::name(index), cuda::totalMemory(index),
                       freeMemory(device), dtypesOf(device)});
    }
    return out;
}

Result<at::Device> deviceFromId(const std::string &id)
{
    if (id == "cpu")
        return at::Device(at::kCPU);
    std::string offered = "cpu";
    for (int index = 0; index < cuda::count(); ++index) {
        const std::string name = "cuda:" + std::to_string(index);
        if (id == name || (id == "cuda" && index == 0))
            return at::Device(at::kCUDA, at::DeviceIndex(index));
        offered += ", " + name;
    }
    return failure(ErrorCode::DeviceMissing, {id, offered});
}

Result<std::vector<at::Device>> devicesFromId(const std::string &id)
{
    std::vector<at::Device> out;
    if (id == "cuda") {
        for (int index = 0; index < cuda::count(); ++index)
            out.emplace_back(at::kCUDA, at::DeviceIndex(index));
    }
    if (!out.empty())
        return out;
    const size_t comma = id.find(',');
    std::string name = id.substr(0, comma);
    const std::string kind = name.substr(0, name.find(':') + 1);
    for (size_t end = comma;; end = id.find(',', end + 1)) {
        const auto device = deviceFromId(name);
        if (!device)
            return tl::unexpected(device.error());
        if (std::ranges::find(out, *device) != out.end())
            return failure(ErrorCode::BadParameters, {"device", id});
        out.push_back(*device);
        if (end == std::string::npos)
            return out;
        name = kind + id.substr(end + 1, id.find(',', end + 1) - end - 1);
    }
}

std::string idOf(const std::vector<at::Device> &devices)
{
    std::string out = devices.front().is_cuda() ? devices.front().str() : "cpu";
    for (size_t i = 1; i < devices.size(); ++i)
        out += ',' + std::to_string(int(devices[i].index()));
    return out;
}

Result<at::ScalarType> dtypeFor(const std::string &id, at::ScalarType stored, at::Device device)
{
    const bool automatic = id == "auto";
    for (const DtypeRow &row : kDtypes) {
        if ((automatic ? row.type == stored : id == row.id) && computesIn(device, row))
            return row.type;
    }
    // A stored type that the device does not compute in goes into the type that holds all its values.
    if (automatic)
        return at::kFloat;
    return failure(ErrorCode::DtypeUnsupported, {id, device.str()});
}

uint64_t freeMemory(at::Device device)
{
    return device.is_cuda() ? cuda::freeMemory(device.index()) : availableMemory();
}

Memory readMemory(at::Device device)
{
    if (device.is_cuda())
        return cuda::memory(device.index());
    Memory out;
    const TensorMemory tensors = tensorMemory();
    out.tensorPeak = tensors.peak;
    out.tensorCurrent = tensors.current;
    out.processPeak = peakResident();
    return out;
}

uint64_t freeMemory(const std::vector<at::Device> &devices)
{
    uint64_t out = 0;
    for (const at::Device each : devices)
        out += freeMemory(each);
    return out;
}

Memory readMemory(const std::vector<at::Device> &devices)
{
    Memory out = readMemory(devices.front());
    constexpr std::optional<uint64_t> Memory::*kSummed[] = {&Memory::tensorPeak,    &Memory::tensorCurrent, &Memory::reservedPeak,
                                                            &Memory::processDevice, &Memory::deviceUsed,    &Memory::deviceBaseline};
    for (size_t i = 1; i < devices.size(); ++i) {
        const Memory more = readMemory(devices[i]);
        for (const auto part : kSummed) {
            if (out.*part && more.*part)
                *(out.*part) += *(more.*part);
        }
    }
    return out;
}

Memory memoryOf(const std::string &device)
{
    const auto found = deviceFromId(device);
    return found ? readMemory(*found) : Memory();
}

void resetPeaks(at::Device device)
{
    if (device.is_cuda()) {
        cuda::resetPeaks(device.index());
        return;
    }
    resetTensorPeak();
    resetPeakResident();
}

void synchronise(at::Device device)
{
    if (device.is_cuda())
        cuda::synchronise(device.index());
}

std::string libtorchVersion()
{
    return TORCH_VERSION;
}

void setThreads(int threads)
{
    at::set_num_threads(threads > 0 ? threads : usableCores());
}

int threads()
{
    return at::get_num_threads();
}

} // namespace assay::engine
