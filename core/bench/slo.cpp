// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/slo.h"

#include "core/base/text.h"
#include "core/bench/requestmetrics.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

namespace assay {
namespace {

/// In floats: a time of 41 ms, taken in ns, meets a limit of 0.041 s whatever the last bit says, and goodputpoints.h agrees.
bool within(const std::optional<double> &value, const std::optional<double> &limit)
{
    return !limit || (value && float(*value) <= float(*limit));
}

std::optional<double> addedTo(const std::optional<double> &value, const std::optional<double> &delay)
{
    return value && delay ? std::optional(*value + *delay) : std::nullopt;
}

std::string_view trimmed(std::string_view text)
{
    const size_t first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

/// The whole text as a finite number.
std::optional<double> numberIn(std::string_view text)
{
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

Slo firstAndPer(const char *name, double ttft, double tpot)
{
    Slo slo;
    slo.name = name;
    slo.ttft = ttft;
    slo.tpot = tpot;
    return slo;
}

constexpr const char *kServer = ASSAY_TEXT("Slo", "mlperf.conf of MLPerf Inference, server; it asks 99 % of the requests to meet it");
constexpr const char *kInteractive = ASSAY_TEXT("Slo", "mlperf.conf of MLPerf Inference, interactive; it asks 99 % of the requests to meet it");

} // namespace

const std::vector<SloPreset> &sloPresets()
{
    static const std::vector<SloPreset> presets = [] {
        std::vector<SloPreset> out{
            {firstAndPer("chat", 1, 0.05), ASSAY_TEXT("Slo", "our own choice: text that comes faster than one reads, after a second at most")},
            {firstAndPer("RAG", 3, 0.05), ASSAY_TEXT("Slo", "our own choice: as chat, with time to read long prompts")},
            {firstAndPer("code", 0.5, 0.03), ASSAY_TEXT("Slo", "our own choice: a completion of some lines while one types on")},
            {firstAndPer("reasoning", 2, 0.025), ASSAY_TEXT("Slo", "our own choice: thousands of tokens before the answer need speed; it begins within a minute")},
            {firstAndPer("MLPerf DeepSeek-R1 server", 2, 0.08), kServer},
            {firstAndPer("MLPerf DeepSeek-R1 interactive", 1.5, 0.015), kInteractive},
            {firstAndPer("MLPerf Llama-3.1-8B server", 2, 0.1), kServer},
            {firstAndPer("MLPerf Llama-3.1-8B interactive", 0.5, 0.03), kInteractive},
            {firstAndPer("MLPerf Llama-2-70B server", 2, 0.2), kServer},
            {firstAndPer("MLPerf Llama-2-70B interactive", 0.45, 0.04), kInteractive},
            {firstAndPer("MLPerf Llama-3.1-405B server", 6, 0.175), kServer},
        };
        out[3].slo.ttfa = 60;
        return out;
    }();
    return presets;
}

std::optional<Slo> parseSlo(std::string_view text)
{
    struct Field
    {
        std::string_view name;
        std::optional<double> Slo::*member;
    };
    constexpr std::array<Field, 5> kFields{{{"ttft", &Slo::ttft}, {"ttfa", &Slo::ttfa}, {"tpot", &Slo::tpot}, {"e2e", &Slo::e2e}, {"gap", &Slo::longestGap}}};
    text = trimmed(text);
    const auto alike = [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); };
    for (const SloPreset &preset : sloPresets()) {
        if (std::ranges::equal(text, preset.slo.name, alike))
            return preset.slo;
    }
    Slo slo;
    slo.name = text;
    for (bool more = true; more;) {
        const size_t end = text.find(',');
        const std::string_view part = text.substr(0, end);
        const size_t equals = std::min(part.find('='), part.size());
        const auto *field = std::ranges::find(kFields, trimmed(part.substr(0, equals)), &Field::name);
        const auto seconds = numberIn(trimmed(part.substr(std::min(equals + 1, part.size()))));
        if (field == kFields.end() || !seconds || !(*seconds > 0))
            return std::nullopt;
        slo.*field->member = seconds;
        more = end != std::string_view::npos;
        text.remove_prefix(more ? end + 1 : text.size());
    }
    return slo;
}

bool meets(const RequestMetrics &m, const Slo &slo)
{
    if (m.failed)
        return false;
    const bool oneRead = !m.longestGap;
    const auto ttft = slo.fromSchedule ? m.scheduledTtft : m.ttft;
    const auto ttfa = slo.fromSchedule ? addedTo(m.ttfa, m.scheduleDelay) : m.ttfa;
    const auto e2e = slo.fromSchedule ? m.scheduledE2e : m.e2e;
    return within(ttft, slo.ttft) && within(ttfa, slo.ttfa) && within(e2e, slo.e2e) && (oneRead || within(m.tpot, slo.tpot))
           && (oneRead || within(m.longestGap, slo.longestGap));
}

bool meets(const RequestRecord &record, const Slo &slo)
{
    return record.attempt == 0 && meets(metricsOf(record), slo);
}

} // namespace assay
