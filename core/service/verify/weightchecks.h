// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/verification.h"
#include "core/identify/weights/hiddenquantisation.h"
#include "core/identify/weights/manifest.h"
#include "core/service/job.h"
#include "core/service/mailbox.h"

#include <thread>

namespace assay {

/// Two models that are known to have nothing in common: what they reach by chance calibrates (20 pairs or more are asked for).
struct UnrelatedPair
{
    std::shared_ptr<const Inspection> first, second;
};

/// What is checked of a local model's weights (tier T7).
struct WeightCheckPlan
{
    std::shared_ptr<const Inspection> subject;
    std::optional<WeightManifest> manifest = {};
    std::shared_ptr<const Inspection> reference = {};                ///< may be null: no lineage then
    std::vector<std::shared_ptr<const Inspection>> otherParents = {}; ///< further models that the subject may be merged from
    std::vector<UnrelatedPair> unrelated = {};
    bool referenceIsClaimed = false; ///< the reference is the model that the subject is said to be
    PrecisionClaim precision = {};
    VerificationSize size = VerificationSize::Standard;
    uint64_t seed = 20260101;
    unsigned threads = 0; ///< 0: as many as there are cores
};

/// From the calling thread or one that it waits for. `stage`: translation context "Identity".
using WeightProgress = std::function<void(const char *stage, double done, double total)>;

/// Runs the checks one after another and gives what they found; each is kept when a later one cannot be made or is stopped. Blocks: for other threads
/// than the window's.
std::vector<Evidence> weightEvidence(const WeightCheckPlan &plan, const WeightProgress &progress = {}, const std::stop_token &stop = {});

/// The files that a manifest speaks of, hashed; at least all weights. Files on a server are not fetched for this.
std::vector<HashedFile> hashedFiles(const Inspection &subject, const WeightManifest &manifest, const WeightProgress &progress = {},
                                    const std::stop_token &stop = {});

/// weightEvidence() on a thread of its own. What was found before it was cancelled is kept.
class WeightCheckJob : public Job
{
    Q_OBJECT
public:
    WeightCheckJob(WeightCheckPlan plan, const QString &subjectName, QObject *parent = nullptr);
    ~WeightCheckJob() override; ///< stops the thread's work
    const std::vector<Evidence> &evidence() const { return m_evidence; } ///< once it is over

protected:
    void run() override;
    void abort() override;

private:
    std::shared_ptr<const WeightCheckPlan> m_plan;
    std::vector<Evidence> m_evidence;
    std::shared_ptr<Mailbox> m_mailbox;
    std::jthread m_thread; ///< is asked to stop and waited for when it goes
};

} // namespace assay
