// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/devices.h"

#include "core/base/units.h"
#include "core/format/jsontext.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

constexpr double kGiga = 1e9, kGibi = 1073741824.0;
constexpr double kMostMemory = 1e15, kMostBandwidth = 1e17; // bytes; far beyond any device
constexpr std::array kKinds{DeviceKind::Gpu, DeviceKind::Unified, DeviceKind::Cpu};

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return out;
}

std::string textOf(const json &entry, const char *key)
{
    const auto it = entry.find(key);
    return it != entry.end() && it->is_string() ? it->get<std::string>() : std::string();
}

/// A positive number below the bound; nothing when it is absent, null or no such number.
std::optional<double> figure(const json &entry, const char *key, double unit, double most)
{
    const auto it = entry.find(key);
    if (it == entry.end() || !it->is_number())
        return std::nullopt;
    const double value = it->get<double>() * unit;
    return std::isfinite(value) && value > 0 && value < most ? std::optional(value) : std::nullopt;
}

void takeMemory(Device &device, const json &entry)
{
    if (const auto reported = figure(entry, "reported_gib", kGibi, kMostMemory)) {
        device.memory = uint64_t(*reported);
        device.memoryReported = true;
        device.memorySource = textOf(entry, "reported_source");
    } else if (const auto advertised = figure(entry, "memory_gb", kGiga, kMostMemory)) {
        device.memory = uint64_t(*advertised);
    }
}

Result<Device> deviceOf(const json &entry, const std::string &where)
{
    const auto wrong = [&](const char *field, const char *expected) {
        return failure(ErrorCode::JsonWrongType, {where, field, expected}, where);
    };
    if (!entry.is_object() || textOf(entry, "name").empty())
        return wrong("devices.name", "a text");
    Device device;
    device.name = textOf(entry, "name");
    const std::string kind = textOf(entry, "kind");
    const auto known = std::find_if(kKinds.begin(), kKinds.end(), [&](DeviceKind k) { return kind == deviceKindName(k); });
    const auto bandwidth = figure(entry, "bandwidth_gb_s", kGiga, kMostBandwidth);
    if (known == kKinds.end())
        return wrong("devices.kind", "gpu, unified or cpu");
    if (!bandwidth)
        return wrong("devices.bandwidth_gb_s", "a positive number");
    device.kind = *known;
    device.bandwidth = *bandwidth;
    takeMemory(device, entry);
    const auto sources = entry.find("sources");
    for (const json &source : sources != entry.end() && sources->is_array() ? *sources : json::array()) {
        if (source.is_string())
            device.sources.push_back(source.get<std::string>());
    }
    device.confidence = textOf(entry, "confidence");
    device.note = textOf(entry, "note");
    return device;
}

} // namespace

const char *deviceKindName(DeviceKind kind)
{
    switch (kind) {
    case DeviceKind::Gpu: return "gpu";
    case DeviceKind::Unified: return "unified";
    case DeviceKind::Cpu: return "cpu";
    }
    return "";
}

std::string memoryEvidence(const Device &device, bool withSource, const Translate &translate)
{
    if (!device.memory)
        return {};
    const double bytes = double(*device.memory);
    const char *advertised = ASSAY_TEXT("Memory", "%1 GB advertised, read as 10^9 bytes each");
    if (!device.memoryReported)
        return fillIn(translate("Memory", advertised), {threeDigits(bytes / kGiga)});
    const char *pattern = withSource && !device.memorySource.empty() ? ASSAY_TEXT("Memory", "%1 GiB told by the driver (%2)")
                                                                     : ASSAY_TEXT("Memory", "%1 GiB told by the driver");
    return fillIn(translate("Memory", pattern), {threeDigits(bytes / kGibi), device.memorySource});
}

const Device *DeviceTable::find(std::string_view name) const
{
    const std::string wanted = lowered(name);
    const Device *found = nullptr;
    for (const Device &device : devices) {
        const std::string own = lowered(device.name);
        if (own == wanted)
            return &device;
    }
    for (const Device &device : devices) {
        if (wanted.empty() || lowered(device.name).find(wanted) == std::string::npos)
            continue;
        if (found)
            return nullptr;
        found = &device;
    }
    return found;
}

Result<DeviceTable> parseDevices(const std::string &text, const std::string &where)
{
    auto parsed = parseJsonObject(text, where);
    if (!parsed)
        return tl::unexpected(parsed.error());
    const json &root = *parsed;
    const auto list = root.find("devices");
    if (list == root.end() || !list->is_array())
        return failure(ErrorCode::JsonWrongType, {where, "devices", "a list"}, where);
    DeviceTable table;
    for (const json &entry : *list) {
        auto device = deviceOf(entry, where);
        if (!device)
            return tl::unexpected(device.error());
        table.devices.push_back(std::move(*device));
    }
    for (const json &rule : root.value("reading_rules", json::array())) {
        if (rule.is_string())
            table.rules.push_back(rule.get<std::string>());
    }
    if (const auto sources = root.find("sources"); sources != root.end() && sources->is_object()) {
        for (const auto &[key, value] : sources->items())
            table.sources.emplace_back(key, value.is_string() ? value.get<std::string>() : std::string());
    }
    return table;
}

} // namespace assay
