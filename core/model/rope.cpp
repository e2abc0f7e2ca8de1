// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/rope.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace assay {
namespace {

std::vector<double> plainFrequencies(double theta, int64_t rotaryDim)
{
    std::vector<double> out(size_t(rotaryDim / 2));
    for (size_t i = 0; i < out.size(); ++i)
        out[i] = std::pow(theta, -2.0 * double(i) / double(rotaryDim));
    return out;
}

double originalContext(const RopeSpec &spec)
{
    return double(spec.scaling->originalContext.value_or(spec.context));
}

// NTK-aware: past the trained context the base grows, so that the slowest pair is interpolated to fit.
std::vector<double> dynamicFrequencies(const RopeSpec &spec, int64_t length)
{
    const double trained = originalContext(spec);
    const double reach = std::max(double(length), trained);
    const double factor = spec.scaling->factor;
    const double dim = double(spec.rotaryDim);
    const double growth = factor * reach / trained - (factor - 1);
    return plainFrequencies(spec.theta * std::pow(growth, dim / std::max(dim - 2, 1.0)), spec.rotaryDim);
}

// Long waves are stretched, short ones kept, those between blended.
void scaleLlama3(std::vector<double> &inverse, const RopeSpec &spec)
{
    const RopeScaling &scaling = *spec.scaling;
    const double trained = originalContext(spec);
    const double low = scaling.lowFrequencyFactor.value_or(1.0);
    const double high = scaling.highFrequencyFactor.value_or(4.0);
    for (double &value : inverse) {
        const double wavelength = 2 * std::numbers::pi / value;
        if (wavelength > trained / low) {
            value /= scaling.factor;
        } else if (wavelength >= trained / high) {
            const double smooth = (trained / wavelength - low) / (high - low);
            value = (1 - smooth) * value / scaling.factor + smooth * value;
        }
    }
}

/// The pair of dimensions that turns this often over the trained context.
double yarnDimension(double turns, const RopeSpec &spec)
{
    return double(spec.rotaryDim) * std::log(originalContext(spec) / (turns * 2 * std::numbers::pi)) /
           (2 * std::log(spec.theta));
}

void scaleYarn(std::vector<double> &inverse, const RopeSpec &spec)
{
    const RopeScaling &scaling = *spec.scaling;
    const double last = double(spec.rotaryDim - 1);
    const double first = yarnDimension(scaling.betaFast.value_or(32), spec), final = yarnDimension(scaling.betaSlow.value_or(1), spec);
    const double low = std::max(scaling.truncate ? std::floor(first) : first, 0.0);
    double high = std::min(scaling.truncate ? std::ceil(final) : final, last);
    if (low == high)
        high += 0.001;
    for (size_t i = 0; i < inverse.size(); ++i) {
        const double ramp = std::clamp((double(i) - low) / (high - low), 0.0, 1.0);
        inverse[i] = inverse[i] / scaling.factor * ramp + inverse[i] * (1 - ramp);
    }
}

// Each pair has a divisor of its own; the long ones count past the trained length.
void scaleLongRope(std::vector<double> &inverse, const RopeSpec &spec, int64_t length)
{
    const bool past = double(length) > originalContext(spec);
    const std::vector<double> &factors = past ? spec.scaling->longFactor : spec.scaling->shortFactor;
    for (size_t i = 0; i < std::min(inverse.size(), factors.size()); ++i)
        inverse[i] /= factors[i];
}

double longRopeAttentionFactor(const RopeSpec &spec)
{
    if (spec.scaling->attentionFactor)
        return *spec.scaling->attentionFactor;
    const double trained = originalContext(spec);
    const double factor = spec.scaling->factor > 1 ? spec.scaling->factor : double(spec.context) / trained;
    return factor <= 1 || trained <= 1 ? 1.0 : std::sqrt(1 + std::log(factor) / std::log(trained));
}

double yarnAttentionFactor(const RopeScaling &scaling)
{
    if (scaling.attentionFactor)
        return *scaling.attentionFactor;
    if (scaling.mscale.value_or(0) != 0 && scaling.mscaleAllDim.value_or(0) != 0)
        return yarnMagnitude(scaling.factor, *scaling.mscale) /
               yarnMagnitude(scaling.factor, *scaling.mscaleAllDim);
    return yarnMagnitude(scaling.factor, 1.0);
}

} // namespace

double yarnMagnitude(double factor, double mscale)
{
    return factor <= 1 ? 1.0 : 0.1 * mscale * std::log(factor) + 1.0;
}

bool ropeScalingSupported(const std::optional<RopeScaling> &scaling)
{
    if (!scaling)
        return true;
    static constexpr const char *kKnown[] = {"default", "linear", "dynamic", "llama3", "yarn", "longrope", kRopeDivisors};
    return std::ranges::find(kKnown, scaling->type) != std::end(kKnown);
}

RopeFrequencies ropeFrequencies(const RopeSpec &spec, int64_t length)
{
    RopeFrequencies out;
    const std::string type = spec.scaling ? spec.scaling->type : std::string();
    std::vector<double> inverse =
        type == "dynamic" ? dynamicFrequencies(spec, length) : plainFrequencies(spec.theta, spec.rotaryDim);
    if (type == "linear") {
        for (double &value : inverse)
            value /= spec.scaling->factor;
    } else if (type == "llama3") {
        scaleLlama3(inverse, spec);
    } else if (type == "yarn") {
        scaleYarn(inverse, spec);
        out.attentionFactor = yarnAttentionFactor(*spec.scaling);
    } else if (type == "longrope") {
        scaleLongRope(inverse, spec, length);
        out.attentionFactor = longRopeAttentionFactor(spec);
    } else if (type == kRopeDivisors) {
        for (size_t i = 0; i < std::min(inverse.size(), spec.scaling->longFactor.size()); ++i)
            inverse[i] /= spec.scaling->longFactor[i];
    }
    out.inverse.assign(inverse.begin(), inverse.end());
    return out;
}

} // namespace assay
