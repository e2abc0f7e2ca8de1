// SPDX-License-Identifier: GPL-3.0-or-later
// What was found of fidelity as rows of the table of everything, so that command line, window and every form of report have them.
#include "core/base/units.h"
#include "core/compare/fidelity/fidelitycomparison.h"

#include <array>
#include <cmath>

namespace assay {
namespace {

/// A figure as a row has it: the number that ratios and files use, and as text.
struct Figure
{
    double value = NAN;
    std::string text;
};

struct FigureRow
{
    const char *id, *label, *tooltip; ///< translation context "Compare"
    Figure (*of)(const FidelityColumn &);
};

Figure divergenceAt(const FidelityColumn &column, double share)
{
    for (const RankValue &rank : column.figures.divergenceRanks) {
        if (rank.share == share)
            return {rank.value, boundSign(column) + threeDigits(rank.value)};
    }
    return {};
}

Figure plain(const MeanError &x, double scale, const char *unit)
{
    return {x.mean * scale, figureText({}, x, scale) + unit};
}

Figure interval(const Estimate &x, size_t n, double scale, const char *unit)
{
    return n == 0 ? Figure{} : Figure{x.value * scale, figureText(x, {x.value, NAN}, scale) + unit};
}

using C = const FidelityColumn &;
constexpr const char *kKl = ASSAY_TEXT("Compare", "KL(reference || subject) of the next token in nats, at temperature 1, over the positions of the text.");
constexpr std::array kRows{
    FigureRow{"kld_mean", ASSAY_TEXT("Compare", "Mean divergence (nats)"), kKl,
              [](C c) { return Figure{c.figures.divergence.mean, boundSign(c) + figureText(c.figures.divergenceByChunk, c.figures.divergence, 1)}; }},
    FigureRow{"kld_median", ASSAY_TEXT("Compare", "Divergence, median (nats)"), kKl, [](C c) { return divergenceAt(c, .5); }},
    FigureRow{"kld_90", ASSAY_TEXT("Compare", "Divergence, 90 % (nats)"), kKl, [](C c) { return divergenceAt(c, .9); }},
    FigureRow{"kld_99", ASSAY_TEXT("Compare", "Divergence, 99 % (nats)"), kKl, [](C c) { return divergenceAt(c, .99); }},
    FigureRow{"kld_99.9", ASSAY_TEXT("Compare", "Divergence, 99.9 % (nats)"), kKl, [](C c) { return divergenceAt(c, .999); }},
    FigureRow{"kld_max", ASSAY_TEXT("Compare", "Divergence, largest (nats)"), kKl, [](C c) { return divergenceAt(c, 1); }},
    FigureRow{"same_top", ASSAY_TEXT("Compare", "Same likeliest token (%)"), ASSAY_TEXT("Compare", "Share of the positions where both find the same token the likeliest."),
              [](C c) { return Figure{c.figures.sameTop.mean * 100, figureText(c.figures.sameTopByChunk, c.figures.sameTop, 100)}; }},
    FigureRow{"delta_p_mean", ASSAY_TEXT("Compare", "Change of probability, mean (points)"),
              ASSAY_TEXT("Compare", "Of the text's own token: the subject's probability less the reference's."), [](C c) { return plain(c.figures.deltaP, 100, ""); }},
    FigureRow{"delta_p_rms", ASSAY_TEXT("Compare", "Change of probability, RMS (points)"),
              ASSAY_TEXT("Compare", "Root of the mean square of the changes of probability of the text's own token."), [](C c) { return plain(c.figures.deltaPRms, 100, ""); }},
    FigureRow{"perplexity_reference", ASSAY_TEXT("Compare", "Perplexity of the reference"), ASSAY_TEXT("Compare", "On the same positions."),
              [](C c) { return plain(c.figures.perplexityReference, 1, ""); }},
    FigureRow{"perplexity", ASSAY_TEXT("Compare", "Perplexity"), ASSAY_TEXT("Compare", "On the same positions."),
              [](C c) { return plain(c.figures.perplexityOther, 1, ""); }},
    FigureRow{"perplexity_ratio", ASSAY_TEXT("Compare", "Ratio of perplexities"),
              ASSAY_TEXT("Compare", "Subject over reference, with its paired error: SEq^2 + SEb^2 - 2 Cov of the logarithms."), [](C c) { return plain(c.figures.ratio, 1, ""); }},
    FigureRow{"correlation", ASSAY_TEXT("Compare", "Correlation of log-likelihoods (%)"), ASSAY_TEXT("Compare", "Of the text's tokens."),
              [](C c) { return plain({c.figures.correlation, NAN}, 100, ""); }},
    FigureRow{"objective", ASSAY_TEXT("Compare", "Distillation objective (nats)"),
              ASSAY_TEXT("Compare", "alpha T^2 KL(reference || subject), both softened by T, + (1 - alpha) cross entropy: a loss to train by, no measure of fidelity."),
              [](C c) {
                  return c.objective ? Figure{c.objective->objective.mean, figureText({}, c.objective->objective, 1) + ", T = " + threeDigits(c.objective->temperature)
                                                                               + ", alpha = " + threeDigits(c.objective->alpha)}
                                     : Figure{};
              }},
    FigureRow{"bits_reference", ASSAY_TEXT("Compare", "Bits per byte of the reference's texts, by itself"), ASSAY_TEXT("Compare", "Texts that the reference wrote, over all together."),
              [](C c) { return interval(c.written.reference, c.written.texts, 1, ""); }},
    FigureRow{"bits", ASSAY_TEXT("Compare", "Bits per byte of the reference's texts"), ASSAY_TEXT("Compare", "Texts that the reference wrote, over all together."),
              [](C c) { return interval(c.written.other, c.written.texts, 1, ""); }},
    FigureRow{"bits_difference", ASSAY_TEXT("Compare", "Bits per byte above the reference"), ASSAY_TEXT("Compare", "Paired, text by text."),
              [](C c) { return interval(c.written.difference, c.written.texts, 1, ""); }},
};

ComparisonCell cellOf(const Words &words, const FidelityGroup &group, const FidelityColumn &column, const Figure &figure)
{
    ComparisonCell cell;
    const FidelityRun &run = *column.run;
    if (!std::isfinite(figure.value)) {
        cell.text = "-";
        cell.detail = run.notCompared ? run.notCompared->sentence(words.translate) : words(ASSAY_TEXT("Compare", "Not measured."));
        return cell;
    }
    cell.text = figure.text;
    cell.value = figure.value;
    cell.detail = words(ASSAY_TEXT("Compare", "held against %1 on %2; %3; %4 positions, %5 texts"),
                        {group.reference, group.text, group.source,
                         groupedDigits(int64_t(column.figures.positions)), std::to_string(column.written.texts)});
    return cell;
}

/// What an answer's row tells of one subject.
struct AnswerRow
{
    const char *id, *label, *tooltip; ///< translation context "Compare"; %1 of the label is the suite
    Figure (*of)(const AnswerFidelity &);
};
using A = const AnswerFidelity &;
constexpr std::array kAnswerRows{
    AnswerRow{"agreement", ASSAY_TEXT("Compare", "%1: same answer (%)"), ASSAY_TEXT("Compare", "Share of the items that both answered with the same answer."),
              [](A a) { return interval(a.agreement, a.agreement.n, 100, ""); }},
    AnswerRow{"kappa", ASSAY_TEXT("Compare", "%1: kappa"), ASSAY_TEXT("Compare", "Cohen's kappa: agreement beyond chance, 1 for all, 0 for what chance would give."),
              [](A a) { return a.kappa ? Figure{*a.kappa, threeDigits(*a.kappa)} : Figure{}; }},
    AnswerRow{"same_wrong", ASSAY_TEXT("Compare", "%1: same wrong answer (%)"), ASSAY_TEXT("Compare", "Of the items that both have wrong. Shared mistakes speak for a common origin."),
              [](A a) { return interval(a.sameWrong, a.sameWrong.n, 100, ""); }},
    AnswerRow{"flips", ASSAY_TEXT("Compare", "%1: flips (%)"), ASSAY_TEXT("Compare", "Share of the items that are right of one alone: accuracy may stay while answers change."),
              [](A a) { return interval(a.flips, a.items, 100, ""); }},
};

void addAnswerRows(const Joined &joined, const Words &words, std::vector<ComparisonRow> &rows)
{
    if (joined.size() < 2)
        return;
    const std::string group = words(ASSAY_TEXT("Compare", "Answers beside those of %1"), {spokenName(joined.comparison, joined.reference, words.translate)});
    for (const SuiteView &suite : suitesOf(joined.comparison)) {
        const std::vector<AnswerColumn> columns = answerColumns(joined, suite);
        for (const AnswerRow &figure : kAnswerRows) {
            ComparisonRow row;
            row.id = std::string("fidelity.answers.") + suite.name + "." + figure.id;
            row.group = group;
            row.label = words(figure.label, {suite.title});
            row.tooltip = words(figure.tooltip);
            row.cells.assign(joined.size(), {"-", words(ASSAY_TEXT("Compare", "No items that both answered.")), {}, {}, {}});
            bool any = false;
            for (const AnswerColumn &column : columns) {
                const Figure found = figure.of(column.answers);
                if (!std::isfinite(found.value))
                    continue;
                ComparisonCell &cell = row.cells[column.subject];
                cell.text = found.text;
                cell.value = found.value;
                cell.detail = words(ASSAY_TEXT("Compare", "%1 items; right of the reference alone %2, of this one alone %3"),
                                    {std::to_string(column.answers.items), std::to_string(column.answers.onlyReference), std::to_string(column.answers.onlyOther)});
                any = true;
            }
            if (any)
                rows.push_back(std::move(row));
        }
    }
}

} // namespace

std::vector<ComparisonRow> fidelityRows(const Joined &joined, const Words &words)
{
    std::vector<ComparisonRow> rows;
    const std::vector<FidelityGroup> groups = fidelityGroups(joined.comparison, words.translate);
    for (size_t number = 0; number < groups.size(); ++number) {
        const FidelityGroup &group = groups[number];
        const std::string start = number == 0 ? "fidelity." : "fidelity." + std::to_string(number + 1) + ".";
        for (const FigureRow &figure : kRows) {
            ComparisonRow row;
            row.id = start + figure.id;
            row.group = words(ASSAY_TEXT("Compare", "Fidelity to %1 on %2; %3"), {group.reference, group.text, group.source});
            row.label = words(figure.label);
            row.tooltip = words(figure.tooltip);
            row.cells.assign(joined.size(), {"-", words(ASSAY_TEXT("Compare", "Not held against this reference.")), {}, {}, {}});
            bool any = false;
            for (const FidelityColumn &column : group.columns) {
                row.cells[column.subject] = cellOf(words, group, column, figure.of(column));
                any = any || row.cells[column.subject].value.has_value();
            }
            if (any)
                rows.push_back(std::move(row));
        }
        // A vocabulary of its own leaves no figures: the reason must not be lost with them.
        ComparisonRow why;
        why.id = start + "not_compared";
        why.group = words(ASSAY_TEXT("Compare", "Fidelity to %1 on %2; %3"), {group.reference, group.text, group.source});
        why.label = words(ASSAY_TEXT("Compare", "Not compared token by token"));
        why.cells.assign(joined.size(), {"-", {}, {}, {}, {}});
        bool any = false;
        for (const FidelityColumn &column : group.columns) {
            if (column.run->notCompared) {
                why.cells[column.subject].text = column.run->notCompared->sentence(words.translate);
                any = true;
            }
        }
        if (any)
            rows.push_back(std::move(why));
    }
    addAnswerRows(joined, words, rows);
    return rows;
}

std::vector<ComparisonRow> fidelityTable(const Comparison &comparison, const Translate &translate)
{
    if (comparison.subjects.empty())
        return {};
    const Joined joined(comparison);
    return fidelityRows(joined, Words{translate});
}

} // namespace assay
