// SPDX-License-Identifier: GPL-3.0-or-later
// What tokenizers expect of the probes, beside what came back.
#include "core/base/units.h"
#include "core/compare/identity/chartparts.h"

#include <algorithm>
#include <cstdlib>

namespace assay {
namespace {

constexpr size_t kMostFamilies = 4; ///< as bars beside each other; the matrix has them all
constexpr int64_t kTolerance = 1;   ///< tokens that a frame may shift a count by (identity.md, section 5)

std::string probeName(const TokenProbe &probe, size_t place)
{
    return probe.id.empty() ? std::to_string(place + 1) : probe.id;
}

std::string signedNumber(int64_t value)
{
    return value > 0 ? "+" + groupedDigits(value) : groupedDigits(value);
}

std::vector<std::string> namesOf(const std::vector<TokenProbe> &probes)
{
    std::vector<std::string> out;
    for (size_t i = 0; i < probes.size(); ++i)
        out.push_back(probeName(probes[i], i));
    return out;
}

ChartSeries seriesOf(const std::string &name, int order, const std::vector<int64_t> &counts, const std::vector<TokenProbe> &probes)
{
    ChartSeries series{name, Role::Other, order, {}};
    for (size_t i = 0; i < counts.size(); ++i) {
        ChartPoint point;
        point.x = double(i);
        point.y = double(counts[i]);
        point.n = 1;
        point.label = groupedDigits(counts[i]);
        if (counts[i] != probes[i].counted)
            point.label += " (" + signedNumber(counts[i] - probes[i].counted) + ")";
        series.points.push_back(std::move(point));
    }
    return series;
}

} // namespace

std::string ProbeFamily::title() const
{
    std::string out;
    for (const std::string &name : names)
        out += (out.empty() ? "" : " = ") + name;
    return out;
}

std::vector<ProbeFamily> probeFamilies(const std::vector<TokenProbe> &probes)
{
    std::vector<ProbeFamily> out;
    if (probes.empty())
        return out;
    for (const auto &[name, unused] : probes.front().expected) {
        ProbeFamily family{{name}, {}, 0, 0};
        for (const TokenProbe &probe : probes) {
            const auto found = probe.expected.find(name);
            if (found == probe.expected.end())
                break;
            family.expected.push_back(found->second);
            const int64_t off = std::abs(found->second - probe.counted);
            family.mismatch += off;
            family.largest = std::max(family.largest, off);
        }
        if (family.expected.size() != probes.size())
            continue;
        const auto same = std::ranges::find(out, family.expected, &ProbeFamily::expected);
        if (same != out.end())
            same->names.push_back(name);
        else
            out.push_back(std::move(family));
    }
    std::ranges::stable_sort(out, {}, &ProbeFamily::mismatch);
    return out;
}

std::optional<ChartSpec> probeCounts(const Verification &verification, const Words &words)
{
    const std::vector<ProbeFamily> families = probeFamilies(verification.probes);
    if (families.empty())
        return std::nullopt;
    ChartSpec chart;
    chart.id = "identity_probes";
    chart.title = words(ASSAY_TEXT("Compare", "Tokens of each probe"));
    chart.subtitle = words(ASSAY_TEXT("Compare", "what the endpoint counted beside what known tokenizers count"));
    chart.xLabel = words(ASSAY_TEXT("Compare", "probe"));
    chart.yLabel = words(ASSAY_TEXT("Compare", "tokens"));
    chart.categories = namesOf(verification.probes);
    std::vector<int64_t> counted;
    for (const TokenProbe &probe : verification.probes)
        counted.push_back(probe.counted);
    chart.series.push_back(seriesOf(words(ASSAY_TEXT("Compare", "came back")), 0, counted, verification.probes));
    for (size_t i = 0; i < std::min(families.size(), kMostFamilies); ++i)
        chart.series.push_back(seriesOf(families[i].title(), int(i) + 1, families[i].expected, verification.probes));
    chart.note = words(ASSAY_TEXT("Compare", "The frame's own tokens are taken off. Counts tell tokenizers apart, not models that share one; a gateway may count by another tokenizer."));
    if (families.size() > kMostFamilies)
        chart.note += " " + words(ASSAY_TEXT("Compare", "The %1 nearest of %2 tokenizers are drawn."), {std::to_string(kMostFamilies), std::to_string(families.size())});
    return chart;
}

std::optional<ChartSpec> probeFit(const Verification &verification, const Words &words)
{
    const std::vector<ProbeFamily> families = probeFamilies(verification.probes);
    if (families.empty())
        return std::nullopt;
    ChartSpec chart;
    chart.id = "identity_probe_fit";
    chart.title = words(ASSAY_TEXT("Compare", "How far each tokenizer is from what came back"));
    chart.subtitle = words(ASSAY_TEXT("Compare", "tokens expected less tokens counted; a row of zeros fits"));
    chart.xLabel = words(ASSAY_TEXT("Compare", "probe"));
    chart.yLabel = words(ASSAY_TEXT("Compare", "tokenizer"));
    chart.kind = ChartKind::Matrix;
    chart.diverging = true;
    chart.categories = namesOf(verification.probes);
    ChartSeries cells{words(ASSAY_TEXT("Compare", "difference")), Role::Other, 0, {}};
    for (size_t row = 0; row < families.size(); ++row) {
        chart.rows.push_back(families[row].title());
        for (size_t i = 0; i < verification.probes.size(); ++i) {
            const int64_t counted = verification.probes[i].counted, expected = families[row].expected[i];
            ChartPoint point;
            point.x = double(i);
            point.y = double(row);
            point.value = double(expected - counted);
            point.n = 1;
            point.label = words(ASSAY_TEXT("Compare", "%1: expected %2, counted %3"), {signedNumber(expected - counted), groupedDigits(expected), groupedDigits(counted)});
            if (std::abs(expected - counted) > kTolerance)
                point.mark = words(ASSAY_TEXT("Compare", "does not fit"));
            cells.points.push_back(std::move(point));
        }
    }
    chart.series = {std::move(cells)};
    chart.note = words(ASSAY_TEXT("Compare", "Hatched: off by more than %1. Tokenizers of equal counts share a row."), {std::to_string(kTolerance)});
    return chart;
}

} // namespace assay
