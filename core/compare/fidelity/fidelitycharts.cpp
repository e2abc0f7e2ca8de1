// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/compare/fidelity/fidelitycomparison.h"

#include <cmath>

namespace assay {
namespace {

/// The charts of one group of subjects.
class GroupCharts
{
public:
    GroupCharts(const ChartMaker &maker, const FidelityGroup &group, size_t number)
        : m_maker(maker), m_words(maker.words), m_group(group), m_end(number == 0 ? std::string() : "_" + std::to_string(number + 1))
    {
    }

    std::vector<ChartSpec> charts() const
    {
        std::vector<ChartSpec> out{percentiles()};
        for (auto &chart : {meanDivergence(), sameTop(), perplexity(), written()}) {
            if (!chart.series.empty())
                out.push_back(chart);
        }
        return out;
    }

private:
    ChartSpec make(const char *id, const std::string &title, ChartKind kind) const
    {
        ChartSpec chart = m_maker.make((id + m_end).c_str(), title, kind);
        chart.subtitle = m_words(ASSAY_TEXT("Compare", "held against %1 on %2; %3"),
                                 {m_group.reference, m_group.text,
                                  m_group.source});
        return chart;
    }

    /// Why subjects are missing.
    std::string reasons() const
    {
        std::string out;
        for (const FidelityColumn &column : m_group.columns) {
            if (column.run->notCompared)
                out += (out.empty() ? "" : " ") + m_words(ASSAY_TEXT("Compare", "%1 is not compared: %2"),
                                                          {m_maker.seriesOf(column.subject).name, column.run->notCompared->sentence(m_words.translate)});
        }
        return out;
    }

    bool anyBound() const
    {
        return m_group.columns.front().lowerBound();
    }

    /// A line a subject through the ranks of its divergences.
    ChartSpec percentiles() const
    {
        ChartSpec chart = make("fidelity_percentiles", m_words(ASSAY_TEXT("Compare", "Divergence of the next token, by position")), ChartKind::Lines);
        chart.xLabel = m_words(anyBound() ? ASSAY_TEXT("Compare", "KL divergence, lower bound (nats)") : ASSAY_TEXT("Compare", "KL divergence (nats)"));
        chart.yLabel = m_words(ASSAY_TEXT("Compare", "positions with no more"));
        chart.logX = chart.percent = true;
        chart.yMaximum = 1;
        const std::string reading = m_words(ASSAY_TEXT("Compare", "Further to the left is closer to the reference. Divergences that are not above 0 are left out."));
        const std::string why = reasons();
        chart.note = why.empty() ? reading : reading + " " + why;
        std::vector<ChartSeries> series;
        for (const FidelityColumn &column : m_group.columns) {
            series.push_back(m_maker.seriesOf(column.subject));
            // The smallest first.
            for (auto rank = column.figures.divergenceRanks.rbegin(); rank != column.figures.divergenceRanks.rend(); ++rank) {
                if (!(rank->value > 0))
                    continue;
                ChartPoint point;
                point.x = rank->value;
                point.y = rank->share;
                point.n = column.figures.positions;
                point.label = m_words(ASSAY_TEXT("Compare", "%1 of %2 positions: %3 nats or less"),
                                      {formatPercent(rank->share), groupedDigits(int64_t(point.n)), boundSign(column) + threeDigits(rank->value)});
                series.back().points.push_back(std::move(point));
            }
        }
        m_maker.finish(chart, std::move(series), why.empty() ? m_words(ASSAY_TEXT("Compare", "No position was compared.")) : why);
        return chart;
    }

    /// A line a subject, with its name; none where there is nothing of it.
    void addPoint(ChartSpec &chart, const FidelityColumn &column, const Estimate &value, double scale, size_t n, const std::string &label, const std::string &mark) const
    {
        if (!std::isfinite(value.value) || n == 0)
            return;
        ChartSeries series = m_maker.seriesOf(column.subject);
        ChartPoint point;
        point.x = value.value * scale;
        point.y = double(chart.categories.size());
        chart.categories.push_back(series.name);
        if (value.hasInterval && std::isfinite(value.low) && std::isfinite(value.high)) {
            point.low = value.low * scale;
            point.high = value.high * scale;
        }
        point.n = n;
        point.label = m_words(ASSAY_TEXT("Compare", "%1; n = %2"), {label, groupedDigits(int64_t(n))});
        point.mark = mark;
        series.points.push_back(std::move(point));
        chart.series.push_back(std::move(series));
    }

    ChartSpec forest(const char *id, const std::string &title, const std::string &xLabel) const
    {
        ChartSpec chart = make(id, title, ChartKind::Forest);
        chart.xLabel = xLabel;
        chart.yLabel = m_words(ASSAY_TEXT("Compare", "subject"));
        chart.lines = {{0, {}, true, {}}};
        return chart;
    }

    ChartSpec meanDivergence() const
    {
        ChartSpec chart = forest("fidelity_mean", m_words(ASSAY_TEXT("Compare", "Mean divergence of the next token")),
                                 m_words(anyBound() ? ASSAY_TEXT("Compare", "KL divergence, lower bound (nats)") : ASSAY_TEXT("Compare", "KL divergence (nats)")));
        std::string scale;
        for (const PublishedDivergence &one : publishedDivergences())
            scale += (scale.empty() ? "" : ", ") + std::string(one.name) + " " + threeDigits(one.nats);
        chart.note = m_words(ASSAY_TEXT("Compare", "Intervals are at 95 %, parts of the text taken as independent. Published means beside the same model in 16 "
                                                   "bits: %1 (Llama-3-8B, llama.cpp pull request 6936; Q3 of Watt-Tool-8B-GGUF, eaddario). Other "
                                                   "texts and models shift them."),
                             {scale});
        for (const FidelityColumn &column : m_group.columns)
            addPoint(chart, column, column.figures.divergenceByChunk, 1, column.figures.positions,
                     boundSign(column) + figureText(column.figures.divergenceByChunk, column.figures.divergence, 1),
                     (column.lowerBound() ? m_words(ASSAY_TEXT("Compare", "at least: ")) : std::string()) + bandOf(column.figures.divergence.mean, m_words.translate));
        return chart;
    }

    ChartSpec sameTop() const
    {
        ChartSpec chart = forest("fidelity_top", m_words(ASSAY_TEXT("Compare", "Same likeliest token")), m_words(ASSAY_TEXT("Compare", "positions (%)")));
        chart.note = m_words(ASSAY_TEXT("Compare", "Of the positions where both were asked for the next token. Intervals are at 95 %, parts of the text taken as independent."));
        for (const FidelityColumn &column : m_group.columns)
            addPoint(chart, column, column.figures.sameTopByChunk, 100, column.figures.positions,
                     figureText(column.figures.sameTopByChunk, column.figures.sameTop, 100) + " %", {});
        return chart;
    }

    /// ratio - 1 in percent, from the interval of its logarithm.
    ChartSpec perplexity() const
    {
        ChartSpec chart = forest("fidelity_perplexity", m_words(ASSAY_TEXT("Compare", "Perplexity beside the reference's")),
                                 m_words(ASSAY_TEXT("Compare", "above the reference (%)")));
        chart.note = m_words(ASSAY_TEXT("Compare", "The ratio of perplexities less 1, the same tokens paired. Intervals are at 95 %, parts of the text taken as independent."));
        for (const FidelityColumn &column : m_group.columns) {
            const DivergenceFigures &figures = column.figures;
            Estimate above = figures.logRatioByChunk;
            for (double *value : {&above.value, &above.low, &above.high})
                *value = std::expm1(*value);
            addPoint(chart, column, above, 100, figures.positions,
                     m_words(ASSAY_TEXT("Compare", "ratio %1 \u00b1 %2; perplexity %3, reference %4"),
                             {threeDigits(figures.ratio.mean), threeDigits(figures.ratio.error), threeDigits(figures.perplexityOther.mean),
                              threeDigits(figures.perplexityReference.mean)}),
                     {});
        }
        return chart;
    }

    ChartSpec written() const
    {
        ChartSpec chart = forest("fidelity_written", m_words(ASSAY_TEXT("Compare", "Bits per byte of what the reference wrote")),
                                 m_words(ASSAY_TEXT("Compare", "above the reference (bits per byte)")));
        chart.note = m_words(ASSAY_TEXT("Compare", "Comparable across vocabularies. Intervals are at 95 %, texts taken as independent."));
        for (const FidelityColumn &column : m_group.columns) {
            const WrittenFigures &w = column.written;
            if (w.texts == 0)
                continue;
            addPoint(chart, column, w.difference, 1, w.texts,
                     m_words(ASSAY_TEXT("Compare", "%1 more: %2, reference %3; %4 bytes"),
                             {figureText(w.difference, {w.difference.value, NAN}, 1), threeDigits(w.other.value), threeDigits(w.reference.value),
                              groupedDigits(w.bytes)}),
                     {});
        }
        return chart;
    }

    const ChartMaker &m_maker;
    const Words &m_words;
    const FidelityGroup &m_group;
    std::string m_end;
};

ChartPoint sharePoint(const Words &words, size_t category, const Estimate &share, size_t n, const std::string &more)
{
    ChartPoint point;
    point.x = share.value * 100;
    point.y = double(category);
    if (share.hasInterval) {
        point.low = share.low * 100;
        point.high = share.high * 100;
    }
    point.n = n;
    point.label = words(ASSAY_TEXT("Compare", "%1 %; n = %2"), {figureText(share, {share.value, NAN}, 100), groupedDigits(int64_t(n))}) + more;
    return point;
}

/// Three lines a suite: the same answer, the same wrong one where both are wrong, right of one alone.
std::optional<ChartSpec> answerChart(const ChartMaker &maker)
{
    const Joined &joined = maker.joined;
    const Words &words = maker.words;
    ChartSpec chart = maker.make("fidelity_answers", words(ASSAY_TEXT("Compare", "How alike the answers are")), ChartKind::Forest);
    chart.subtitle = words(ASSAY_TEXT("Compare", "the same items, beside %1"), {spokenName(joined.comparison, joined.reference, words.translate)});
    chart.xLabel = words(ASSAY_TEXT("Compare", "items (%)"));
    chart.yLabel = words(ASSAY_TEXT("Compare", "suite"));
    chart.lines = {{0, {}, true, {}}};
    chart.note = words(ASSAY_TEXT("Compare", "Needs no common vocabulary. Same wrong: of the items that both have wrong. Flips: right of one alone. Kappa is agreement "
                                             "beyond chance. Intervals are at 95 %."));
    std::vector<ChartSeries> series;
    for (size_t subject = 0; subject < joined.size(); ++subject)
        series.push_back(maker.seriesOf(subject));
    for (const SuiteView &suite : suitesOf(joined.comparison)) {
        const std::vector<AnswerColumn> columns = answerColumns(joined, suite);
        if (columns.empty())
            continue;
        const size_t first = chart.categories.size();
        for (const char *what : {ASSAY_TEXT("Compare", "same answer: %1"), ASSAY_TEXT("Compare", "same wrong: %1"), ASSAY_TEXT("Compare", "flips: %1")})
            chart.categories.push_back(words(what, {suite.title}));
        for (const AnswerColumn &column : columns) {
            const AnswerFidelity &a = column.answers;
            auto &points = series[column.subject].points;
            const std::string kappa = a.kappa ? words(ASSAY_TEXT("Compare", "; kappa %1"), {threeDigits(*a.kappa)}) : std::string();
            points.push_back(sharePoint(words, first, a.agreement, a.agreement.n, kappa));
            if (a.sameWrong.n > 0)
                points.push_back(sharePoint(words, first + 1, a.sameWrong, a.sameWrong.n, {}));
            points.push_back(sharePoint(words, first + 2, a.flips, a.items,
                                        words(ASSAY_TEXT("Compare", "; right of the reference alone %1, of this one alone %2"),
                                              {std::to_string(a.onlyReference), std::to_string(a.onlyOther)})));
        }
    }
    maker.finish(chart, std::move(series), {});
    return chart.series.empty() ? std::nullopt : std::optional(std::move(chart));
}

} // namespace

std::vector<ChartSpec> fidelityCharts(const ChartMaker &maker)
{
    std::vector<ChartSpec> charts;
    const std::vector<FidelityGroup> groups = fidelityGroups(maker.joined.comparison, maker.words.translate);
    for (size_t i = 0; i < groups.size(); ++i) {
        for (ChartSpec &chart : GroupCharts(maker, groups[i], i).charts())
            charts.push_back(std::move(chart));
    }
    if (auto answers = answerChart(maker))
        charts.push_back(std::move(*answers));
    return charts;
}

std::vector<ChartSpec> fidelityCharts(const Comparison &comparison, const Translate &translate)
{
    if (comparison.subjects.empty())
        return {};
    const Joined joined(comparison);
    return fidelityCharts(ChartMaker{joined, Words{translate}});
}

} // namespace assay
