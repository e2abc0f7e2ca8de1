// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/dtypesapart.h"

#include "core/model/weightvariant.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>

namespace assay {
namespace {

/// Full precision first, rounded weights after it, pruned ones last.
size_t widthOf(const std::string &name)
{
    constexpr std::array kWidest{"f32", "f16", "bf16"};
    const std::string dtype = computedDtype(name);
    return size_t(std::ranges::find(kWidest, dtype) - kWidest.begin()) + (dtype == "int8" ? 1 : 0) + (dtype == name ? 0 : 10);
}

} // namespace

std::vector<std::string> dtypesApart(const std::vector<DtypeOfRun> &runs, const std::vector<std::string> &asked)
{
    std::map<std::string, std::set<std::string>> measured;
    std::map<std::string, size_t> order;
    for (const DtypeOfRun &run : runs) {
        const auto place = std::ranges::find(asked, run.asked);
        if (!asked.empty() && place == asked.end())
            continue;
        measured[run.what].insert(run.computed);
        const size_t rank = asked.empty() ? widthOf(run.computed) : size_t(place - asked.begin());
        order[run.computed] = std::min(order.try_emplace(run.computed, rank).first->second, rank);
    }
    std::vector<std::string> out;
    const auto tellsApart = [](const auto &of) { return of.second.size() > 1 || std::ranges::any_of(of.second, isWhatIf); };
    if (std::ranges::any_of(measured, tellsApart)) {
        for (const auto &[dtype, rank] : order)
            out.push_back(dtype);
    }
    std::ranges::stable_sort(out, std::ranges::less(), [&](const std::string &dtype) { return order[dtype]; });
    return out;
}

} // namespace assay
