// SPDX-License-Identifier: GPL-3.0-or-later
// Rotary positions stretched beyond the context that a model was trained with.
#include "tests/engine/slow/parts.h"

#include <algorithm>
#include <cmath>

namespace assay::slow {
namespace {

using nlohmann::json;

double numberOf(const json &scaling, const char *key, double otherwise)
{
    return scaling.contains(key) && !scaling.at(key).is_null() ? scaling.at(key).get<double>() : otherwise;
}

/// Llama 3.1's model card and reference code: long waves are stretched, short ones kept, those between mixed.
void llama3(Rope &rope, const json &scaling)
{
    const double factor = scaling.at("factor"), low = scaling.at("low_freq_factor"), high = scaling.at("high_freq_factor");
    const double context = scaling.at("original_max_position_embeddings");
    for (double &frequency : rope.frequencies) {
        const double turns = context * frequency / (2 * M_PI); // within the original context
        const double kept = std::clamp((turns - low) / (high - low), 0.0, 1.0);
        frequency = frequency * kept + frequency / factor * (1 - kept);
    }
}

/// YaRN (arXiv 2309.00071): section 3.2, "NTK-by-parts", with the ramp over the numbers' places as its published code
/// has it, and 3.4 for the factor of cosine and sine.
void yarn(Rope &rope, const json &scaling, int64_t dim, double theta, double context)
{
    const double factor = scaling.at("factor");
    const double original = numberOf(scaling, "original_max_position_embeddings", context);
    const auto place = [&](double turns) { return double(dim) * std::log(original / (turns * 2 * M_PI)) / (2 * std::log(theta)); };
    double first = place(numberOf(scaling, "beta_fast", 32)), last = place(numberOf(scaling, "beta_slow", 1));
    if (scaling.value("truncate", true)) {
        first = std::floor(first);
        last = std::ceil(last);
    }
    first = std::max(first, 0.0);
    last = std::min(last, double(dim) - 1);
    if (first == last)
        last += 0.001;
    for (size_t i = 0; i < rope.frequencies.size(); ++i) {
        const double stretched = std::clamp((double(i) - first) / (last - first), 0.0, 1.0);
        rope.frequencies[i] *= 1 - stretched + stretched / factor;
    }
    rope.factor = numberOf(scaling, "attention_factor", 0.1 * std::log(factor) + 1);
}

/// LongRoPE (arXiv 2402.13753) as Phi-3 has it: a divisor for each frequency, from one list for passes within the
/// original context and another for longer ones.
void longRope(Rope &rope, const json &scaling, double original, double context, size_t tokens)
{
    const json &divisors = scaling.at(double(tokens) > original ? "long_factor" : "short_factor");
    for (size_t i = 0; i < rope.frequencies.size(); ++i)
        rope.frequencies[i] /= divisors.at(i).get<double>();
    const double factor = context / original;
    rope.factor = factor > 1 ? std::sqrt(1 + std::log(factor) / std::log(original)) : 1;
}

/// NTK-aware scaling with a factor that follows the length (arXiv 2309.00071, section 3.1 with appendix A.1, and its published
/// code): beyond the original context theta grows, such that the slowest frequency is stretched by as much as the length.
double dynamicTheta(double theta, int64_t dim, double factor, double original, size_t tokens)
{
    const double growth = factor * std::max(double(tokens) / original, 1.0) - (factor - 1);
    return theta * std::pow(growth, double(dim) / double(dim - 2));
}

} // namespace

Rope Parts::rope(int64_t dim, double theta, size_t tokens) const
{
    Rope out = plainRope(dim, theta);
    const char *key = hasKey("rope_parameters") ? "rope_parameters" : "rope_scaling";
    if (!hasKey(key))
        return out;
    const json &scaling = m_config.at(key);
    if (scaling.contains("rope_theta"))
        out = plainRope(dim, theta = scaling.at("rope_theta"));
    const std::string type = scaling.contains("rope_type") ? scaling.at("rope_type") : scaling.at("type");
    const double context = number("max_position_embeddings", 0);
    if (type == "linear") { // arXiv 2306.15595
        for (double &frequency : out.frequencies)
            frequency /= scaling.at("factor").get<double>();
    } else if (type == "llama3") {
        llama3(out, scaling);
    } else if (type == "yarn") {
        yarn(out, scaling, dim, theta, context);
    } else if (type == "dynamic") {
        const double original = numberOf(scaling, "original_max_position_embeddings", context);
        out = plainRope(dim, dynamicTheta(theta, dim, scaling.at("factor"), original, tokens));
    } else if (type == "longrope") {
        longRope(out, scaling, number("original_max_position_embeddings", context), context, tokens);
    }
    return out;
}

} // namespace assay::slow
