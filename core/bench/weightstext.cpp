// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/weightstext.h"

#include "core/base/units.h"

#include <algorithm>
#include <cctype>

namespace assay {
namespace {

constexpr size_t kMostShares = 4; // in a line
constexpr size_t kMostNames = 3;
constexpr const char *kMoreKinds = ASSAY_TEXT("Run", "%1 more {1:kind|kinds}");
constexpr const char *kParameters = ASSAY_TEXT("Run", "%1: %2 {2:parameter|parameters}");
constexpr const char *kTensors = ASSAY_TEXT("Run", "%1 {1:tensor|tensors}: %2");

/// "BF16" and "bf16" are one type: the file's spelling and the engine's.
bool asStored(const WeightShare &share)
{
    return std::ranges::equal(share.stored, share.computed, [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
    });
}

std::string sizeOf(const WeightShare &share)
{
    return share.bytes > 0 ? formatBytes(double(share.bytes)) : formatCount(double(share.parameters));
}

std::string shareText(const WeightShare &share, const Translate &translate)
{
    const char *pattern = asStored(share) ? ASSAY_TEXT("Run", "%1 as stored in %2") : ASSAY_TEXT("Run", "%1 in %3 from %2");
    return fillIn(translate("Run", pattern), {sizeOf(share), share.stored, share.computed});
}

std::string joined(const std::vector<std::string> &parts, const char *separator)
{
    std::string out;
    for (const std::string &part : parts)
        out += (out.empty() ? "" : separator) + part;
    return out;
}

} // namespace

std::string weightsText(const Environment &environment, const Translate &translate)
{
    std::vector<WeightShare> shares = environment.weights;
    std::ranges::stable_sort(shares, std::ranges::greater(), &WeightShare::bytes);
    std::vector<std::string> parts;
    for (const WeightShare &share : shares) {
        if (parts.size() < kMostShares)
            parts.push_back(shareText(share, translate));
    }
    if (shares.size() > kMostShares)
        parts.push_back(fillIn(translate("Run", kMoreKinds), {std::to_string(shares.size() - kMostShares)}));
    return joined(parts, "; "); // "fp8, scaled" has a comma of its own
}

std::string weightsDetail(const Environment &environment, const Translate &translate)
{
    std::vector<std::string> parts;
    for (const WeightShare &share : environment.weights)
        parts.push_back(fillIn(translate("Run", kParameters), {shareText(share, translate), groupedDigits(int64_t(share.parameters))}));
    return joined(parts, "\n");
}

std::string unusedText(const Environment &environment, const Translate &translate)
{
    if (environment.unusedCount == 0)
        return {};
    const size_t shown = std::min(environment.unused.size(), kMostNames);
    std::string names = joined({environment.unused.begin(), environment.unused.begin() + std::ptrdiff_t(shown)}, ", ");
    if (environment.unusedCount > shown)
        names += ", ...";
    return fillIn(translate("Run", kTensors), {groupedDigits(int64_t(environment.unusedCount)), names});
}

} // namespace assay
