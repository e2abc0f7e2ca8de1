// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/weightvariant.h"

#include <charconv>

namespace assay {
namespace {

constexpr std::string_view kPrune = "prune";
constexpr int kMostGroup = 64;

std::optional<int> wholeNumber(std::string_view text, int least, int most)
{
    int number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = problem == std::errc() && end == text.data() + text.size();
    return whole && number >= least && number <= most ? std::optional(number) : std::nullopt;
}

/// "50" or "2:4".
std::optional<Pruning> parsePruning(std::string_view text)
{
    const size_t colon = text.find(':');
    if (colon == text.npos) {
        const auto percent = wholeNumber(text, 1, 99);
        return percent ? std::optional(Pruning{*percent, 0, 0}) : std::nullopt;
    }
    const auto of = wholeNumber(text.substr(colon + 1), 2, kMostGroup);
    const auto keep = wholeNumber(text.substr(0, colon), 1, of.value_or(1) - 1);
    return of && keep ? std::optional(Pruning{0, *keep, *of}) : std::nullopt;
}

std::string numbersOf(const Pruning &pruning)
{
    return pruning.percent > 0 ? std::to_string(pruning.percent) : std::to_string(pruning.keep) + ":" + std::to_string(pruning.of);
}

} // namespace

std::optional<WeightVariant> parseWeightVariant(std::string_view id)
{
    const size_t plus = id.rfind('+');
    const std::string_view last = plus == id.npos ? id : id.substr(plus + 1);
    if (!last.starts_with(kPrune))
        return WeightVariant{std::string(id), {}};
    const auto pruning = parsePruning(last.substr(kPrune.size()));
    const std::string_view dtype = plus == id.npos ? "auto" : id.substr(0, plus);
    if (!pruning || dtype.empty())
        return std::nullopt;
    return WeightVariant{std::string(dtype), pruning};
}

std::string weightVariantId(const WeightVariant &variant)
{
    if (!variant.pruning)
        return variant.dtype;
    const std::string pruned = std::string(kPrune) + numbersOf(*variant.pruning);
    return variant.dtype == "auto" ? pruned : variant.dtype + "+" + pruned;
}

std::string computedDtype(std::string_view id)
{
    const auto variant = parseWeightVariant(id);
    return variant ? variant->dtype : std::string(id);
}

bool isWhatIf(std::string_view id)
{
    const auto variant = parseWeightVariant(id);
    return variant && (variant->pruning || variant->dtype == "int8");
}

std::string dtypeText(std::string_view id, const Translate &translate)
{
    const auto variant = parseWeightVariant(id);
    if (!variant || !variant->pruning)
        return std::string(id);
    const char *pattern = variant->pruning->percent > 0 ? ASSAY_TEXT("Dtype", "%1 % pruned") : ASSAY_TEXT("Dtype", "%1 pruned");
    const std::string pruned = fillIn(translate("Dtype", pattern), {numbersOf(*variant->pruning)});
    return variant->dtype == "auto" ? pruned : variant->dtype + ", " + pruned;
}

} // namespace assay
