// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/watch/watchseries.h"

#include "core/bench/statistics.h"
#include "core/identify/watch/utctime.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace assay {

namespace {

using Outcome = WatchRecord::Outcome;

constexpr size_t kBorderChecks = 3; ///< in which an input must show two answers once, to lie at the border still

std::string digits(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", value);
    return text;
}

/// The count of a probe that came each time alike.
std::optional<int64_t> constantOf(const std::vector<int64_t> &counts)
{
    return !counts.empty() && std::all_of(counts.begin(), counts.end(), [&](int64_t count) { return count == counts.front(); }) ? std::optional(counts.front()) : std::nullopt;
}

/// Each check has shuffles of its own.
uint64_t streamOf(WatchCheck check, int64_t segment, size_t checks)
{
    return (uint64_t(check) << 56) ^ (uint64_t(segment) << 32) ^ uint64_t(checks);
}

} // namespace

LeavingRule borderRule()
{
    return {};
}

LeavingRule latencyRule()
{
    LeavingRule rule;
    rule.least = std::log(4.0 / 3.0);
    rule.bothSides = true;
    return rule;
}

WatchSeries::WatchSeries(const WatchFile &file, WatchCheck check) : m_file(file), m_check(check), m_evidence(file.alpha, file.horizon) {}

bool WatchSeries::isLearned() const
{
    switch (m_check) {
    case WatchCheck::Logprobs: return int64_t(m_baseline.size()) >= m_file.logprobs.baselineWindows;
    case WatchCheck::Latency: return m_baseline.size() >= latencyRule().baseline + latencyRule().skipped;
    default: return !m_baseline.empty();
    }
}

Shuffles WatchSeries::shuffles(int64_t count) const
{
    return {count, m_file.seed, streamOf(m_check, m_segment, m_moments.size())};
}

void WatchSeries::markChange(WatchRecord &record, size_t checksSince) const
{
    record.change = true;
    record.since = checksSince == 0 || m_moments.size() < checksSince ? record.at : m_moments[m_moments.size() - checksSince];
}

/// Takes the p of the record in, and says whether it is one too many.
void WatchSeries::addEvidence(WatchRecord &record)
{
    ChangeEvidence with = m_evidence;
    const bool over = with.add(*record.p);
    record.evidence = with.value();
    if (over)
        markChange(record, with.checksSince());
}

void WatchSeries::judgeLogprobs(WatchRecord &record)
{
    const WindowTest test = logprobTest(m_calls, record.window.logprobs, shuffles(m_file.logprobs.permutations));
    record.statistic = test.statistic;
    record.p = test.p;
    addEvidence(record);
    record.what = record.change ? Told{ASSAY_TEXT("Identity", "log-probabilities of the first token changed: mean difference %1, evidence %2 from %3 on"),
                                       {digits(test.statistic), digits(*record.evidence), utcDay(record.since)}}
                                : Told{ASSAY_TEXT("Identity", "log-probabilities as before: mean difference %1, p %2"), {digits(test.statistic), digits(test.p)}};
}

void WatchSeries::judgeBand(WatchRecord &record, const LeavingRule &rule, std::vector<double> &values) const
{
    values.push_back(*record.statistic);
    if (const auto band = bandAt(values, values.size() - 1, rule)) {
        record.bandHigh = band->high;
        record.bandLow = rule.bothSides ? std::optional(band->low) : std::nullopt;
    }
    if (leaves(values, rule))
        markChange(record, rule.days - 1);
}

void WatchSeries::judgeAnswers(WatchRecord &record)
{
    record.statistic = meanTotalVariation(m_reference, record.window.answers);
    record.p = borderTest(m_answers, record.window.answers, shuffles(m_file.border.permutations)).p;
    std::vector<double> values = m_values;
    judgeBand(record, borderRule(), values);
    if (!record.change)
        addEvidence(record);
    if (record.change)
        record.what = {ASSAY_TEXT("Identity", "answers to border inputs changed: mean total variation %1 from the reference, since %2"), {digits(*record.statistic), utcDay(record.since)}};
    else if (isBlind(record.window.answers))
        record.what = {ASSAY_TEXT("Identity", "no change was found, but only %1 of %2 inputs still have two answers: others are looked for at the next check"),
                       {std::to_string(inputsAtTheBorder(record.window.answers)), std::to_string(m_reference.size())}};
    else
        record.what = {ASSAY_TEXT("Identity", "answers to border inputs as before: mean total variation %1, p %2"), {digits(*record.statistic), digits(*record.p)}};
}

/// How many inputs of the reference had two answers or more within the last checks and today. All of them while these are too few:
/// an input with a rare second answer shows one alone now and then.
size_t WatchSeries::inputsAtTheBorder(const AnswerCounts &today) const
{
    if (m_latest.size() + 1 < kBorderChecks)
        return m_reference.size();
    AnswerCounts all = today;
    for (const AnswerCounts &one : m_latest)
        addCounts(all, one);
    return size_t(std::count_if(m_reference.begin(), m_reference.end(), [&all](const auto &input) {
        const auto found = all.find(input.first);
        return found != all.end() && found->second.size() >= 2;
    }));
}

void WatchSeries::judgeTokens(WatchRecord &record) const
{
    std::string first, was, now;
    int64_t differing = 0, compared = 0;
    for (const auto &[probe, counts] : record.window.tokens) {
        const auto count = constantOf(counts);
        const auto before = m_tokens.find(probe);
        if (!count || before == m_tokens.end())
            continue;
        ++compared;
        if (*count != before->second && ++differing == 1) {
            first = probe;
            was = std::to_string(before->second);
            now = std::to_string(*count);
        }
    }
    record.statistic = double(differing);
    if (compared == 0) {
        record.outcome = Outcome::Failed;
        record.what = {ASSAY_TEXT("Identity", "no text was counted the same each time that it was asked")};
    } else if (differing > 0) {
        markChange(record, 0);
        record.what = {ASSAY_TEXT("Identity", "%1 of %2 texts have other token counts than before: \"%3\" had %4, now %5"),
                       {std::to_string(differing), std::to_string(compared), first, was, now}};
    } else {
        record.what = {ASSAY_TEXT("Identity", "token counts of %1 texts as before"), {std::to_string(compared)}};
    }
}

void WatchSeries::judgeLatency(WatchRecord &record)
{
    record.statistic = std::log(std::max(medianEstimate(record.window.ttft).value, 1e-9));
    std::vector<double> values = m_values;
    judgeBand(record, latencyRule(), values);
    const std::string median = digits(std::exp(*record.statistic));
    if (!isLearned())
        record.outcome = Outcome::Learning;
    record.what = record.change ? Told{ASSAY_TEXT("Identity", "the time to the first token changed: median %1 s, since %2"), {median, utcDay(record.since)}}
                                : Told{ASSAY_TEXT("Identity", "time to the first token: median %1 s"), {median}};
}

/// Where too few inputs lie at the border still, no change would show.
bool WatchSeries::isBlind(const AnswerCounts &today) const
{
    return inputsAtTheBorder(today) < std::min(size_t(m_file.border.least), m_reference.size());
}

void WatchSeries::judge(WatchRecord &record)
{
    record.segment = m_segment;
    if (record.outcome == Outcome::Failed || record.outcome == Outcome::Clock || record.outcome == Outcome::Limits || record.outcome == Outcome::Renewed)
        return;
    record.outcome = Outcome::Compared;
    if (m_check == WatchCheck::Latency) {
        judgeLatency(record);
    } else if (!isLearned()) {
        record.outcome = Outcome::Learning;
        record.what = {ASSAY_TEXT("Identity", "recorded as part of the baseline")};
    } else if (m_check == WatchCheck::Logprobs) {
        judgeLogprobs(record);
    } else if (m_check == WatchCheck::Border) {
        judgeAnswers(record);
    } else {
        judgeTokens(record);
    }
    replay(record);
}

void WatchSeries::replay(const WatchRecord &record)
{
    const bool counts = record.outcome == Outcome::Compared || record.outcome == Outcome::Learning || record.outcome == Outcome::Renewed;
    if (!counts || record.segment < m_segment)
        return;
    m_segment = record.segment;
    if (record.outcome == Outcome::Renewed) {
        beginSegment();
    } else if (!record.change) {
        take(record);
    } else {
        beginSegment();
        if (m_check != WatchCheck::Tokenizer)
            return;
        WatchRecord first = record; // token counts need no sample: the new ones are known at once
        first.change = false;
        first.segment = m_segment;
        first.outcome = Outcome::Learning;
        take(first);
    }
}

void WatchSeries::take(const WatchRecord &record)
{
    if (record.outcome == Outcome::Learning)
        m_baseline.push_back(record);
    if (record.outcome == Outcome::Compared && record.p)
        m_evidence.add(*record.p);
    m_calls.insert(m_calls.end(), record.window.logprobs.begin(), record.window.logprobs.end());
    if (m_check == WatchCheck::Border) {
        addCounts(m_answers, record.window.answers);
        if (record.outcome == Outcome::Learning)
            m_reference = record.window.answers;
        else if (isBlind(record.window.answers))
            return beginSegment();
        else
            m_latest.push_back(record.window.answers);
        if (m_latest.size() >= kBorderChecks)
            m_latest.erase(m_latest.begin());
    }
    if (m_check == WatchCheck::Tokenizer && record.outcome == Outcome::Learning) {
        for (const auto &[probe, counts] : record.window.tokens) {
            if (const auto count = constantOf(counts))
                m_tokens[probe] = *count;
        }
    }
    if (record.statistic && (m_check == WatchCheck::Border || m_check == WatchCheck::Latency))
        m_values.push_back(*record.statistic);
    m_moments.push_back(record.at);
}

/// What came before is compared with nothing that follows.
void WatchSeries::beginSegment()
{
    ++m_segment;
    m_baseline.clear();
    m_evidence = ChangeEvidence(m_file.alpha, m_file.horizon);
    m_calls.clear();
    m_reference.clear();
    m_answers.clear();
    m_latest.clear();
    m_tokens.clear();
    m_values.clear();
    m_moments.clear();
}

} // namespace assay
