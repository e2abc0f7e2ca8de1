// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sensors.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <map>
#include <set>

namespace assay::engine {
namespace {

namespace fs = std::filesystem;

std::string firstLine(const fs::path &path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

std::optional<int64_t> number(const fs::path &path)
{
    const std::string text = firstLine(path);
    int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc() && end != text.data() ? std::optional(value) : std::nullopt;
}

/// The folders in a folder, sorted; none when it cannot be read.
std::vector<fs::path> entriesOf(const fs::path &folder)
{
    std::vector<fs::path> out;
    std::error_code problem;
    for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem))
        out.push_back(it->path());
    std::ranges::sort(out);
    return out;
}

bool beginsWith(const fs::path &path, std::string_view prefix)
{
    return path.filename().string().starts_with(prefix);
}

/// "32768K".
uint64_t sizeIn(const std::string &text)
{
    uint64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc())
        return 0;
    const char unit = end == text.data() + text.size() ? ' ' : *end;
    return value << (unit == 'K' ? 10 : unit == 'M' ? 20 : 0);
}

struct Cache
{
    int64_t level = 0;
    uint64_t bytes = 0;
    std::string shared; ///< the processors that share it
};

std::vector<Cache> cachesOf(const fs::path &processor)
{
    std::vector<Cache> out;
    for (const fs::path &index : entriesOf(processor / "cache")) {
        if (!beginsWith(index, "index") || firstLine(index / "type") == "Instruction")
            continue;
        out.push_back({number(index / "level").value_or(0), sizeIn(firstLine(index / "size")), firstLine(index / "shared_cpu_list")});
    }
    std::ranges::sort(out, {}, &Cache::level);
    return out;
}

// Of the drivers of processors' own sensors (Linux, Documentation/hwmon), and of thermal zones.
constexpr std::array<std::string_view, 5> kSensors{"coretemp", "k10temp", "zenpower", "cpu_thermal", "x86_pkg_temp"};

bool isProcessor(const std::string &name)
{
    return std::ranges::find(kSensors, name) != kSensors.end();
}

} // namespace

ProcessorCaches processorCaches(const fs::path &root)
{
    ProcessorCaches out;
    const fs::path processors = root / "sys/devices/system/cpu";
    for (const Cache &cache : cachesOf(processors / "cpu0"))
        out.one.push_back(cache.bytes);
    std::map<std::string, uint64_t> last; // each piece once
    for (const fs::path &processor : entriesOf(processors)) {
        if (!beginsWith(processor, "cpu"))
            continue;
        if (const auto caches = cachesOf(processor); !caches.empty())
            last[caches.back().shared] = caches.back().bytes;
    }
    for (const auto &[shared, bytes] : last)
        out.lastInAll += bytes;
    return out;
}

std::string clockGovernor(const fs::path &root)
{
    return firstLine(root / "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
}

std::optional<double> processorClock(const fs::path &root)
{
    if (const auto kilohertz = number(root / "sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq"))
        return double(*kilohertz) * 1e3;
    std::ifstream file(root / "proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        const size_t colon = line.find(':');
        if (!line.starts_with("cpu MHz") || colon == std::string::npos)
            continue;
        const size_t begin = std::min(line.find_first_not_of(" \t", colon + 1), line.size());
        double megahertz = 0;
        const auto [end, problem] = std::from_chars(line.data() + begin, line.data() + line.size(), megahertz);
        return problem == std::errc() && megahertz > 0 ? std::optional(megahertz * 1e6) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<double> processorTemperature(const fs::path &root)
{
    std::optional<double> hottest;
    const auto take = [&](const fs::path &file) {
        // Millidegrees; sensors that are not there give 0 or nonsense.
        const auto value = number(file);
        if (value && *value > 0 && *value < 150'000)
            hottest = std::max(hottest.value_or(0), double(*value) / 1e3);
    };
    for (const fs::path &zone : entriesOf(root / "sys/class/thermal")) {
        if (beginsWith(zone, "thermal_zone") && isProcessor(firstLine(zone / "type")))
            take(zone / "temp");
    }
    for (const fs::path &sensor : entriesOf(root / "sys/class/hwmon")) {
        if (!isProcessor(firstLine(sensor / "name")))
            continue;
        for (const fs::path &file : entriesOf(sensor)) {
            if (beginsWith(file, "temp") && file.filename().string().ends_with("_input"))
                take(file);
        }
    }
    return hottest;
}

PackageEnergy::PackageEnergy(const fs::path &root)
{
    // Only whole packages: their parts (core, dram) are zones below them, and psys would count them twice.
    for (const fs::path &zone : entriesOf(root / "sys/class/powercap")) {
        if (!firstLine(zone / "name").starts_with("package"))
            continue;
        const auto now = number(zone / "energy_uj"), range = number(zone / "max_energy_range_uj");
        if (now && range && *range > 0)
            m_packages.push_back({zone / "energy_uj", uint64_t(*range), uint64_t(*now)});
    }
}

std::optional<double> PackageEnergy::joules()
{
    if (m_packages.empty())
        return std::nullopt;
    for (Package &package : m_packages) {
        const auto now = number(package.counter);
        if (!now)
            return std::nullopt;
        const uint64_t here = uint64_t(*now);
        m_joules += double(here >= package.last ? here - package.last : here + package.range - package.last) / 1e6;
        package.last = here;
    }
    return m_joules;
}

} // namespace assay::engine
