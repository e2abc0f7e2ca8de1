// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/watch/changeevidence.h"
#include "core/identify/watch/watchrecord.h"

namespace assay {

/// The checks of one kind on one endpoint, one after the other: what a new one is compared with, and what that gives. Everything
/// follows from the records, so that a program that was ended goes on where it was.
class WatchSeries
{
public:
    WatchSeries(const WatchFile &file, WatchCheck check);

    /// Judges a new window (outcome, statistic, p, evidence, change, what) and takes it in. A failed one is only counted.
    void judge(WatchRecord &record);
    /// Takes in a record that was judged before.
    void replay(const WatchRecord &record);

    int64_t segment() const { return m_segment; }
    /// Whether there is enough to compare a new window with; false: it will become part of the baseline.
    bool isLearned() const;
    /// What was recorded first and later windows are compared with.
    const std::vector<WatchRecord> &baseline() const { return m_baseline; }
    /// Of border inputs: the prompts that were found to have two answers.
    const AnswerCounts &reference() const { return m_reference; }

private:
    void judgeLogprobs(WatchRecord &record);
    void judgeAnswers(WatchRecord &record);
    void judgeTokens(WatchRecord &record) const;
    void judgeLatency(WatchRecord &record);
    void addEvidence(WatchRecord &record);
    void judgeBand(WatchRecord &record, const LeavingRule &rule, std::vector<double> &values) const;
    void markChange(WatchRecord &record, size_t checksSince) const;
    void take(const WatchRecord &record);
    void beginSegment();
    size_t inputsAtTheBorder(const AnswerCounts &today) const;
    bool isBlind(const AnswerCounts &today) const;
    Shuffles shuffles(int64_t count) const;

    const WatchFile &m_file;
    WatchCheck m_check;
    int64_t m_segment = 0;
    std::vector<WatchRecord> m_baseline;
    ChangeEvidence m_evidence;
    std::vector<TopLogprobs> m_calls;   ///< of all windows of the segment
    AnswerCounts m_reference, m_answers; ///< what was recorded first; that and all since
    std::map<std::string, int64_t> m_tokens;
    std::vector<AnswerCounts> m_latest;  ///< of border inputs: the last checks
    std::vector<double> m_values;       ///< the statistic of each check, of latency and border inputs
    std::vector<int64_t> m_moments;     ///< when each check of the segment was made
};

/// The rules of the checks that have a band (identity.md, 3 "B3IT"): border inputs as published; speed in the same form, a third
/// faster or slower than before.
LeavingRule borderRule();
LeavingRule latencyRule();

} // namespace assay
