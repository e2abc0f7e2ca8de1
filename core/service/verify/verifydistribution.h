// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/distribution/distribution.h"
#include "core/identify/statistics/logprobdistance.h"
#include "core/identify/statistics/ranktest.h"
#include "core/service/verify/asking.h"
#include "core/service/verify/timesasking.h"

namespace assay {

/// What a subject's answers are held against, and how.
struct DistributionPlan
{
    std::shared_ptr<const ReferenceBundle> bundle;
    std::string bundleName;                          ///< for errors
    std::vector<std::shared_ptr<const Suite>> suites; ///< of the bundle's questions; those missing are told in notes
    std::string device = "cpu", dtype = "auto";      ///< of a local subject
    /// The reference's weights, to read the subject's answers (at temperature 0, and the first of each prompt's samples); empty: nobody reads them.
    std::function<std::unique_ptr<Backend>()> reference;
    std::optional<SuitePrompts> readAs; ///< what becomes of a prompt before the reference reads it; nothing: the same as for the subject
    std::optional<EndpointTarget> endpoint; ///< of a remote subject: log-probabilities and times are asked of it directly
    std::optional<TimesPlan> times;     ///< asked where `endpoint` is named; nothing: T5 is not asked
    StackKnown stack = StackKnown::Unknown;          ///< Same: of a local subject on the bundle's stack, or where the user says so
    uint64_t seed = 1;
    int64_t together = 8;
    AskLimits limits;
    SuitePrompts prompts;
    double alpha = 0.01; ///< of the family
    size_t draws = 9999;
    KeptAnswers there;   ///< of a session that was broken off
    std::function<void(const KeptAnswers &)> keep;
};

/// What the answers became where weights or log-probabilities are at hand.
struct ReadAnswers
{
    std::vector<ForcedAnswer> greedy;      ///< as the reference reads them, one each of the bundle's prompts, or none
    std::vector<ScoredPrompt> ranks;       ///< RUT: the first sample of each sampled prompt among the reference's own
    std::vector<LogprobPrompt> logprobs;   ///< at the first token; first: the reference
    std::vector<Evidence> times;
    Spending spent;                        ///< of log-probabilities and times
    std::vector<Told> notes;
};

/// What was found, to be judged together with all other evidence.
struct DistributionFound
{
    std::vector<Evidence> evidence;
    std::vector<std::string> registered; ///< ids of the confirmatory tests, fixed before the first answer
    std::vector<std::string> alternatives; ///< that power is told against
    std::vector<std::string> mixtures;     ///< of each of them one that answers one request in ten
    Answers answers;                     ///< raw
    bool interrupted = false;            ///< before everything was answered: no test counts as registered
    std::vector<Told> notes;
};

/// Which tests a plan registers: texts, or where the reference's weights are here and the stack is its own the tokens at temperature 0;
/// and the paired items of knowledge and of reasoning. Those of long contexts are looked at, and are none of the three.
std::vector<std::string> registeredTests(const DistributionPlan &plan);
/// What the subject's samples are drawn with: never what the bundle's were, since a worker gives the same answer to the same seed, and
/// samples that depend on each other agree too well.
uint64_t subjectSeed(const DistributionPlan &plan);
/// What asking will cost at most.
Spending costOf(const DistributionPlan &plan);
/// From answers to evidence; pure but for judging items.
DistributionFound distributionFound(const DistributionPlan &plan, Answers answers, ReadAnswers read);

/// Runs the plan against a backend that is not open yet. Blocks; a stop, a spent limit or an error of the subject ends it with what is there.
/// Errors: BundleUnfit; those of opening subject or reference.
Result<DistributionFound> verifyDistribution(Backend &subject, const DistributionPlan &plan, const AskProgress &progress = {}, std::stop_token stop = {});

/// Adds it to a verification and judges that anew.
void addDistribution(Verification &verification, const DistributionFound &found, const std::string &reference);

} // namespace assay
