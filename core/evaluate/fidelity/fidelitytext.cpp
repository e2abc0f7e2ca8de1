// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/fidelity/fidelity.h"

#include <cstdarg>
#include <cstdio>

namespace assay {
namespace {

/// printf into a text: the figures are laid out to the digit as llama.cpp lays them out.
[[gnu::format(printf, 2, 3)]] void say(std::string &out, const char *format, ...)
{
    char line[256];
    std::va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    out += line;
    out += '\n';
}

std::string rankName(double share)
{
    if (share >= 1)
        return "Maximum";
    if (share <= 0)
        return "Minimum";
    if (share == .5)
        return "Median ";
    char name[16];
    std::snprintf(name, sizeof name, "%4.1f%%  ", 100 * share);
    return name;
}

void sayPerplexities(std::string &out, const DivergenceFigures &x)
{
    say(out, "====== Perplexity statistics ======");
    say(out, "Mean PPL(Q)                   : %10.6f ± %10.6f", x.perplexityOther.mean, x.perplexityOther.error);
    say(out, "Mean PPL(base)                : %10.6f ± %10.6f", x.perplexityReference.mean, x.perplexityReference.error);
    say(out, "Cor(ln(PPL(Q)), ln(PPL(base))): %6.2f%%", 100 * x.correlation);
    say(out, "Mean ln(PPL(Q)/PPL(base))     : %10.6f ± %10.6f", x.logRatio.mean, x.logRatio.error);
    say(out, "Mean PPL(Q)/PPL(base)         : %10.6f ± %10.6f", x.ratio.mean, x.ratio.error);
    say(out, "Mean PPL(Q)-PPL(base)         : %10.6f ± %10.6f", x.difference.mean, x.difference.error);
}

void sayDivergences(std::string &out, const DivergenceFigures &x)
{
    say(out, "\n====== KL divergence statistics ======");
    say(out, "Mean    KLD: %10.6f ± %10.6f", x.divergence.mean, x.divergence.error);
    for (const RankValue &rank : x.divergenceRanks)
        say(out, "%s KLD: %10.6f", rankName(rank.share).c_str(), rank.value);
}

void sayProbabilities(std::string &out, const DivergenceFigures &x)
{
    say(out, "\n====== Token probability statistics ======");
    say(out, "Mean    Δp: %6.3f ± %5.3f %%", 100 * x.deltaP.mean, 100 * x.deltaP.error);
    for (const RankValue &rank : x.deltaPRanks)
        say(out, "%s Δp: %6.3f%%", rankName(rank.share).c_str(), 100 * rank.value);
    say(out, "RMS Δp    : %6.3f ± %5.3f %%", 100 * x.deltaPRms.mean, 100 * x.deltaPRms.error);
    say(out, "Same top p: %6.3f ± %5.3f %%", 100 * x.sameTop.mean, 100 * x.sameTop.error);
}

void sayInterval(std::string &out, const char *name, const Estimate &value, double scale, const char *unit)
{
    if (value.hasInterval)
        say(out, "%s: %.6f [%.6f, %.6f]%s", name, scale * value.value, scale * value.low, scale * value.high, unit);
    else
        say(out, "%s: %.6f (too few parts for an interval)%s", name, scale * value.value, unit);
}

void sayOurs(std::string &out, const FidelityRun &run, const DivergenceFigures &x)
{
    say(out, "\n====== 95 %% intervals, %zu chunks taken as independent ======", x.chunks);
    sayInterval(out, "Mean KLD                 ", x.divergenceByChunk, 1, "");
    sayInterval(out, "Mean ln(PPL(Q)/PPL(base))", x.logRatioByChunk, 1, "");
    sayInterval(out, "Same top p               ", x.sameTopByChunk, 100, " %");
    if (const auto objective = objectiveOf(run.columns, run.protocol.temperature, run.protocol.alpha)) {
        say(out, "\n====== Distillation objective, T = %g, alpha = %g (a loss, no fidelity) ======", objective->temperature, objective->alpha);
        say(out, "T^2 KL(base || Q), both softened: %10.6f ± %10.6f", objective->softened.mean, objective->softened.error);
        say(out, "Cross entropy of Q on the text  : %10.6f ± %10.6f", objective->crossEntropy.mean, objective->crossEntropy.error);
        say(out, "alpha T^2 KL + (1-alpha) CE     : %10.6f ± %10.6f", objective->objective.mean, objective->objective.error);
    }
}

void sayWritten(std::string &out, const FidelityRun &run)
{
    const WrittenFigures written = figuresOf(run.written);
    say(out, "\n====== Texts that the base wrote: %zu, %lld bytes ======", written.texts, static_cast<long long>(written.bytes));
    if (written.texts == 0)
        return;
    sayInterval(out, "Bits per byte, Q       ", written.other, 1, "");
    sayInterval(out, "Bits per byte, base    ", written.reference, 1, "");
    sayInterval(out, "Bits per byte, Q - base", written.difference, 1, "");
}

} // namespace

const char *fidelitySourceId(FidelitySource source)
{
    switch (source) {
    case FidelitySource::SixteenBit:
        return "16bit";
    case FidelitySource::TopTokens:
        return "top";
    default:
        return "models";
    }
}

const char *fidelitySourceName(FidelitySource source)
{
    switch (source) {
    case FidelitySource::SixteenBit:
        return ASSAY_TEXT("Fidelity", "from log-probabilities in 16 bits, as llama.cpp keeps them");
    case FidelitySource::TopTokens:
        return ASSAY_TEXT("Fidelity", "from the likeliest tokens: divergences are lower bounds");
    default:
        return ASSAY_TEXT("Fidelity", "exact, over the whole vocabulary");
    }
}

std::string fidelityText(const FidelityRun &run)
{
    std::string out;
    if (run.columns.size() > 0) {
        const DivergenceFigures figures = figuresOf(run.columns);
        sayPerplexities(out, figures);
        sayDivergences(out, figures);
        sayProbabilities(out, figures);
        sayOurs(out, run, figures);
    }
    if (!run.written.empty())
        sayWritten(out, run);
    return out;
}

} // namespace assay
