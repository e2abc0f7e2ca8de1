// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/machinetext.h"

#include "core/base/units.h"

#include <algorithm>
#include <functional>
#include <map>

namespace assay {
namespace {

constexpr const char *kRead = ASSAY_TEXT("Machine", "memory read %1");
constexpr const char *kThrottled = ASSAY_TEXT("Machine", "%1 in %2 of %3 {3:run|runs}");

std::string joined(const std::vector<std::string> &parts)
{
    std::string out;
    for (const std::string &part : parts)
        out += (out.empty() ? "" : ", ") + part;
    return out;
}

std::string rateText(const MatrixRate &rate)
{
    constexpr double kGiga = 1e9, kTera = 1e12;
    return rate.flops >= kTera ? threeDigits(rate.flops / kTera) + " TFLOP/s " + rate.dtype : threeDigits(rate.flops / kGiga) + " GFLOP/s " + rate.dtype;
}

} // namespace

std::string limitsText(const Environment &environment, const Translate &translate)
{
    if (!environment.limits)
        return {};
    const std::string read = threeDigits(environment.limits->readBandwidth / 1e9) + " GB/s";
    std::vector<std::string> parts{fillIn(translate("Machine", kRead), {read})};
    for (const MatrixRate &rate : environment.limits->matrixRates)
        parts.push_back(rateText(rate));
    return environment.machine.empty() ? joined(parts) : environment.machine + ": " + joined(parts);
}

std::string sharesText(const BenchRun &run, const BenchPoint &point, const Translate &translate)
{
    std::vector<TimeShare> shares;
    for (const MeasureSample &sample : run.samples) {
        if (pointOf(sample) == point && !sample.shares.empty())
            shares = sample.shares;
    }
    double all = 0;
    for (const TimeShare &share : shares)
        all += share.seconds;
    if (!(all > 0))
        return {};
    std::ranges::stable_sort(shares, std::greater<>(), &TimeShare::seconds);
    std::vector<std::string> parts;
    for (const TimeShare &share : shares)
        parts.push_back(translate("StepPart", share.part.c_str()) + " " + formatPercent(share.seconds / all));
    return joined(parts);
}

std::string throttlingText(const BenchRun &run, const Translate &translate)
{
    std::map<std::string, size_t> reasons;
    size_t counted = 0;
    for (const MeasureSample &sample : run.samples) {
        counted += !sample.warmup;
        for (const std::string &reason : sample.state.throttled)
            reasons[reason] += !sample.warmup;
    }
    std::vector<std::string> parts;
    for (const auto &[reason, runs] : reasons) {
        if (runs > 0) {
            parts.push_back(fillIn(translate("Machine", kThrottled),
                                   {translate("Throttle", reason.c_str()), std::to_string(runs), std::to_string(counted)}));
        }
    }
    return joined(parts);
}

} // namespace assay
