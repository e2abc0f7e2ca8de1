// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/sweepends.h"

#include "core/base/units.h"
#include "core/bench/saturation.h"

#include <algorithm>

namespace assay {
namespace {

std::string goalsText(const Slo &slo, const std::vector<SweepLevel> &levels, const std::optional<size_t> &last, const Words &words)
{
    const std::string share = formatPercent(kGoodShare);
    if (last)
        return words(ASSAY_TEXT("Compare", "At least %1 of the answers meet all goals (%2) up to this load: %3."),
                     {share, slo.name, loadText(levels[*last].point, words.translate)});
    return words(ASSAY_TEXT("Compare", "Fewer than %1 of the answers meet all goals (%2) even under the lowest load: %3."),
                 {share, slo.name, loadText(levels.front().point, words.translate)});
}

} // namespace

SweepEnds sweepEnds(const BenchRun &run, const BenchPoint &compared, const Words &words)
{
    if (run.requests.empty() || !run.plan.load)
        return {};
    BenchPoint like = compared;
    if (like.rate == 0)
        like.concurrency = std::max<int64_t>(like.concurrency, 1);
    const Slo *slo = run.plan.load->slos.empty() ? nullptr : &run.plan.load->slos.front();
    const std::vector<SweepLevel> levels = sweepOf(run, like, slo);
    if (levels.size() < 2)
        return {};
    SweepEnds ends;
    const Saturation saturation = saturationOf(levels);
    if (saturation.reached && saturation.knee)
        ends.knee = comparedPoint(levels[*saturation.knee].point);
    ends.text = saturation.text(words.translate);
    if (!slo || !levels.front().goodShare)
        return ends;
    const std::optional<size_t> last = lastGoodLevel(levels);
    if (last && *last + 1 < levels.size()) // else the goals may hold beyond
        ends.lastGood = comparedPoint(levels[*last].point);
    ends.text += " " + goalsText(*slo, levels, last, words);
    return ends;
}

std::string markAt(const SweepEnds &ends, const BenchPoint &compared, const Words &words)
{
    const bool knee = ends.knee == compared, good = ends.lastGood == compared;
    if (knee && good)
        return words(ASSAY_TEXT("Compare", "knee, goals met up to here"));
    if (knee)
        return words(ASSAY_TEXT("Compare", "knee"));
    return good ? words(ASSAY_TEXT("Compare", "goals met up to here")) : std::string();
}

} // namespace assay
