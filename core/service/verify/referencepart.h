// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/verify/endpointquestions.h"
#include "core/service/verify/recordbundle.h"
#include "core/service/verify/verifydistribution.h"

namespace assay {

/// The part of an endpoint's verification that holds it against a reference: records that where it is none yet, asks, compares.
class ReferencePart
{
public:
    /// plan.reference is there. seed: of the run.
    ReferencePart(const EndpointVerificationPlan &plan, uint64_t seed, QuestionLog &log, AskProgress progress, std::stop_token stop);

    /// The confirmatory tests, fixed before the first answer.
    std::vector<std::string> registered() const;
    /// Before the subject is asked: records a directory (or takes what an earlier session recorded), probes an endpoint. seconds: that it may
    /// take; 0: any. Errors: those of the worker, of reading and of probing; Cancelled.
    Result<void> prepare(double seconds);
    /// Asks the subject, at the same time as a reference that is an endpoint, and compares; left: what may still be spent. Errors: BundleUnfit.
    Result<DistributionFound> hold(const EndpointTarget &subject, const PlanLimits &left);
    int64_t probes() const { return m_probes; } ///< requests of probing a reference
    const Spending &spent() const { return m_spent; }

private:
    Questionnaire questions() const;
    RecordPlan recordPlan() const;
    Result<void> record(double seconds);
    std::shared_ptr<const ReferenceBundle> keptBundle(const RecordPlan &plan) const;
    void keepBundle(const ReferenceBundle &bundle);
    DistributionPlan distribution(std::shared_ptr<const ReferenceBundle> bundle) const;
    void askBesides(DistributionPlan &comparing, const EndpointTarget &subject, const PlanLimits &left);
    void withoutDecision(DistributionFound &found) const;

    const EndpointVerificationPlan &m_plan;
    const EndpointReference &m_reference;
    uint64_t m_seed;
    QuestionLog &m_log;
    AskProgress m_progress;
    std::stop_token m_stop;
    std::shared_ptr<const ReferenceBundle> m_bundle; ///< null: of an endpoint that is yet to be asked
    EndpointTarget m_other;                          ///< a reference that is an endpoint
    std::vector<Told> m_notes;
    Spending m_spent;
    int64_t m_probes = 0;
};

/// What a plan's reference costs at most, whatever the seed; all zero without one. Money is left out.
VerificationCost referenceCost(const EndpointVerificationPlan &plan);
/// What is left of limits after this has been spent; `reached` says which of them nothing is left of.
PlanLimits limitsLeft(const PlanLimits &limits, const Spending &spent, double seconds, EndpointAsker::End &reached);

/// A bundle of an endpoint's answers: nothing reads them token by token. Thinking is text, too, as where a subject is asked. Errors: those of
/// probing; Cancelled; BundleUnfit when not everything was answered: half a reference is none.
Result<ReferenceBundle> recordEndpoint(EndpointTarget target, const RecordPlan &plan, const AskProgress &progress = {}, std::stop_token stop = {});

/// Where a reference that a run recorded is kept: beside the file of raw answers. Empty where that is.
std::filesystem::path recordedBundleFile(const std::filesystem::path &rawFile);

} // namespace assay
