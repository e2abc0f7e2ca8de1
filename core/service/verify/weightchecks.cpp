// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/weightchecks.h"

#include "core/format/verification.h"
#include "core/identify/weights/aboutweights.h"
#include "core/identify/weights/implementationmarks.h"
#include "core/identify/weights/lineage.h"
#include "core/service/translation.h"

#include <algorithm>

namespace assay {
namespace {

constexpr double kTellEvery = 32 << 20; // bytes between two reports

/// What is read of a model for each size. Everything that a reference is compared with is read whole.
struct Depth
{
    QuantisationSampling quantisation;
    bool zeroRowsAlone; ///< without a reference, which needs a reading of all weights
};
Depth depthOf(VerificationSize size, uint64_t seed)
{
    switch (size) {
    case VerificationSize::Quick: return {{{1024, 8, seed}, 64, 0}, false};
    case VerificationSize::Standard: return {{{4096, 8, seed}, 512, 0}, true};
    case VerificationSize::Deep: break;
    }
    return {{{4096, 16, seed}, 4096, 0}, true};
}

/// A model with its catalog; must outlive what is made of it.
struct OpenedModel
{
    explicit OpenedModel(const Inspection &model)
        : inspection(model), catalog(catalogOf(model.directory.checkpoint, model.facts.config, model.directory.files.get()))
    {
    }
    WeightSide side() const { return {catalog, *inspection.directory.files}; }
    InvariantSide invariants() const { return invariantSide(catalog, *inspection.directory.files, inspection.facts); }
    const Inspection &inspection;
    WeightCatalog catalog;
};

class Checks
{
public:
    Checks(const WeightCheckPlan &plan, const WeightProgress &progress, const std::stop_token &stop)
        : m_plan(plan), m_progress(progress), m_stop(stop), m_depth(depthOf(plan.size, plan.seed)), m_subject(*plan.subject)
    {
        m_depth.quantisation.threads = plan.threads;
    }

    std::vector<Evidence> run()
    {
        if (auto marks = markEvidence(implementationMarks(*m_plan.subject)))
            m_found.push_back(std::move(*marks));
        if (m_plan.subject->directory.checkpoint.tensors.empty()) {
            Evidence nothing = aboutWeights(Evidence::Kind::Note, "weights.none");
            nothing.what = {ASSAY_TEXT("Identity", "There are no weights here, so nothing was looked at in them."), {}};
            m_found.push_back(std::move(nothing));
        }
        checkQuantisation();
        if (m_plan.reference)
            checkLineage();
        else if (m_depth.zeroRowsAlone)
            checkZeroRows();
        if (m_plan.manifest)
            checkFiles();
        return std::move(m_found);
    }

private:
    StreamControl control(const char *stage) const
    {
        return {m_stop, [this, stage](uint64_t done, uint64_t total) {
                    if (m_progress)
                        m_progress(stage, double(done), double(total));
                }};
    }

    void take(std::vector<Evidence> evidence)
    {
        std::move(evidence.begin(), evidence.end(), std::back_inserter(m_found));
    }

    void checkQuantisation()
    {
        const WeightSide side = m_subject.side();
        if (auto found = hiddenQuantisation(side.catalog, side.files, m_depth.quantisation, control(ASSAY_TEXT("Identity", "distinct values")))) {
            take(quantisationEvidence(*found, m_plan.precision));
            m_quantisation = std::move(*found);
        }
    }

    /// Of the precisions that both had at any time the coarser one; nothing where they are alike.
    std::optional<int> coarsestBits(const OpenedModel &reference)
    {
        QuantisationSampling few = m_depth.quantisation;
        few.matrices = 16;
        const WeightSide side = reference.side();
        const auto theirs = hiddenQuantisation(side.catalog, side.files, few, {m_stop, {}});
        const auto bits = [](const HiddenQuantisation &found) { return std::min(found.bits().value_or(32), found.storedBits.value_or(32)); };
        if (!theirs)
            return std::nullopt;
        const int here = bits(m_quantisation), there = bits(*theirs);
        const auto names = [](const HiddenQuantisation &found) {
            std::vector<std::string> all;
            for (const auto &[kind, values] : found.stored)
                all.push_back(kind);
            return all;
        };
        return here != there || names(m_quantisation) != names(*theirs) ? std::optional(std::min(here, there)) : std::nullopt;
    }

    void checkLineage()
    {
        const OpenedModel reference(*m_plan.reference);
        auto parameters = parameterLikeness(m_subject.side(), reference.side(), control(ASSAY_TEXT("Identity", "weights beside the reference's")), m_plan.threads);
        if (!parameters)
            return;
        calibrate();
        auto null = m_parameterNull ? Result<LikenessNull>(*m_parameterNull) : mismatchedLayers(m_subject.side(), reference.side(), nullSampling(), control(ASSAY_TEXT("Identity", "calibration")));
        if (!null)
            return;
        auto invariants = m_plan.size == VerificationSize::Quick || parameters->same()
                              ? tl::unexpected(Error{})
                              : invariantLikeness(m_subject.invariants(), reference.invariants(), invariantSampling(), control(ASSAY_TEXT("Identity", "invariants")));
        const bool claimed = m_plan.referenceIsClaimed;
        const std::string name = m_plan.reference->facts.name;
        LineageInput input{name, *parameters, *null};
        input.invariants = invariants ? &*invariants : nullptr;
        input.invariantsNull = m_invariantsNull ? &*m_invariantsNull : nullptr;
        input.coarsestBits = coarsestBits(reference);
        input.claimed = claimed;
        take(lineageEvidence(input));
        checkPruning(*parameters, name);
        checkMerge(*parameters, null->limit());
    }

    void checkPruning(const ParameterLikeness &parameters, const std::string &name)
    {
        auto found = pruningOf(m_subject.side(), &parameters, control(ASSAY_TEXT("Identity", "rows of zeros")));
        if (!found)
            return;
        comparePrunedParts(m_plan.subject->facts, &m_plan.reference->facts, *found);
        if (auto evidence = pruningEvidence(*found, name, m_plan.referenceIsClaimed))
            m_found.push_back(std::move(*evidence));
    }

    void checkZeroRows()
    {
        auto found = pruningOf(m_subject.side(), nullptr, control(ASSAY_TEXT("Identity", "rows of zeros")));
        if (!found)
            return;
        comparePrunedParts(m_plan.subject->facts, nullptr, *found);
        if (auto evidence = pruningEvidence(*found, {}, false))
            m_found.push_back(std::move(*evidence));
    }

    void checkMerge(const ParameterLikeness &first, double limit)
    {
        std::vector<ParameterLikeness> likenesses;
        std::vector<double> limits;
        std::vector<std::string> names;
        for (const auto &parent : m_plan.otherParents) {
            const OpenedModel other(*parent);
            auto parameters = parameterLikeness(m_subject.side(), other.side(), control(ASSAY_TEXT("Identity", "weights beside another parent's")), m_plan.threads);
            auto null = mismatchedLayers(m_subject.side(), other.side(), nullSampling(), {m_stop, {}});
            if (!parameters || !null)
                return;
            likenesses.push_back(std::move(*parameters));
            limits.push_back(m_parameterNull ? m_parameterNull->limit() : null->limit());
            names.push_back(parent->facts.name);
        }
        std::vector<MergeParent> parents{{m_plan.reference->facts.name, first, limit}};
        for (size_t i = 0; i < likenesses.size(); ++i)
            parents.push_back({names[i], likenesses[i], limits[i]});
        if (auto evidence = mergeEvidence(parents, m_plan.referenceIsClaimed))
            m_found.push_back(std::move(*evidence));
    }

    /// Nulls from unrelated pairs, where enough were given.
    void calibrate()
    {
        std::vector<ParameterLikeness> parameters;
        std::vector<InvariantLikeness> invariants;
        for (const UnrelatedPair &pair : m_plan.unrelated) {
            const OpenedModel first(*pair.first), second(*pair.second);
            if (auto likeness = parameterLikeness(first.side(), second.side(), {m_stop, {}}, m_plan.threads))
                parameters.push_back(std::move(*likeness));
            if (m_plan.size == VerificationSize::Quick)
                continue;
            if (auto likeness = invariantLikeness(first.invariants(), second.invariants(), invariantSampling(), {m_stop, {}}))
                invariants.push_back(std::move(*likeness));
        }
        if (parameters.size() >= LikenessNull::kEnough)
            m_parameterNull = nullOfPairs(parameters);
        if (invariants.size() >= LikenessNull::kEnough)
            m_invariantsNull = nullOfPairs(invariants);
    }

    void checkFiles()
    {
        const auto files = hashedFiles(*m_plan.subject, *m_plan.manifest, m_progress, m_stop);
        if (!m_stop.stop_requested())
            take(manifestEvidence(checkManifest(*m_plan.manifest, files)));
    }

    NullSampling nullSampling() const
    {
        NullSampling sampling;
        sampling.seed = m_plan.seed;
        return sampling;
    }
    InvariantSampling invariantSampling() const
    {
        InvariantSampling sampling;
        sampling.seed = m_plan.seed;
        return sampling;
    }

    const WeightCheckPlan &m_plan;
    const WeightProgress &m_progress;
    const std::stop_token &m_stop;
    Depth m_depth;
    OpenedModel m_subject;
    HiddenQuantisation m_quantisation;
    std::optional<LikenessNull> m_parameterNull, m_invariantsNull;
    std::vector<Evidence> m_found;
};

} // namespace

std::vector<HashedFile> hashedFiles(const Inspection &subject, const WeightManifest &manifest, const WeightProgress &progress, const std::stop_token &stop)
{
    const FileSet &files = *subject.directory.files;
    std::vector<HashedFile> hashed;
    double total = 0, done = 0, shown = 0;
    for (const CheckpointFile &file : subject.directory.checkpoint.files) {
        hashed.push_back({file.name, {}, file.bytes, true, file.present, {}});
        total += double(file.bytes);
    }
    for (const ManifestEntry &entry : manifest.entries) {
        const FileEntry *here = files.find(entry.file);
        const bool known = std::any_of(hashed.begin(), hashed.end(), [&](const HashedFile &file) { return file.file == entry.file; });
        if (!here || !here->present || known)
            continue;
        hashed.push_back({entry.file, {}, here->bytes, false, true, {}});
        total += double(here->bytes.value_or(0));
    }
    for (HashedFile &file : hashed) {
        if (!file.present || stop.stop_requested())
            continue;
        if (files.remote()) {
            file.problem = "on a server";
            continue;
        }
        const auto source = files.open(file.file);
        const auto sum = source ? hashFile(**source, HashKind::Sha256, stop,
                                           [&](uint64_t bytes) {
                                               done += double(bytes);
                                               if (!progress || done - shown < kTellEvery)
                                                   return;
                                               shown = done;
                                               progress(ASSAY_TEXT("Identity", "file hashes"), done, total);
                                           })
                                : tl::unexpected(source.error());
        if (sum)
            file.sha256 = *sum;
        else
            file.problem = sum.error().sentence();
    }
    return hashed;
}

std::vector<Evidence> weightEvidence(const WeightCheckPlan &plan, const WeightProgress &progress, const std::stop_token &stop)
{
    return Checks(plan, progress, stop).run();
}

WeightCheckJob::WeightCheckJob(WeightCheckPlan plan, const QString &subjectName, QObject *parent)
    : Job(tr("Weights"), subjectName, parent), m_plan(std::make_shared<const WeightCheckPlan>(std::move(plan))),
      m_mailbox(std::make_shared<Mailbox>(this))
{
}

WeightCheckJob::~WeightCheckJob()
{
    m_mailbox->close();
}

void WeightCheckJob::run()
{
    m_thread = std::jthread([this, plan = m_plan, mailbox = m_mailbox](const std::stop_token &stop) {
        const auto progress = [&](const char *stage, double done, double total) {
            mailbox->post([this, stage, done, total] { setProgress(toQString(qtTranslate()("Identity", stage)), done, total); });
        };
        std::vector<Evidence> found = weightEvidence(*plan, progress, stop);
        mailbox->post([this, found = std::move(found), cancelled = stop.stop_requested()] {
            m_evidence = found;
            end(cancelled ? JobState::Cancelled : JobState::Finished, cancelled ? std::optional(Error{ErrorCode::Cancelled, {}, {}}) : std::nullopt);
        });
    });
}

void WeightCheckJob::abort()
{
    m_thread.request_stop();
}

} // namespace assay
