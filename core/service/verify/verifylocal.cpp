// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/verifylocal.h"

#include "core/base/units.h"
#include "core/identify/structuralevidence.h"
#include "core/service/verify/weightchecks.h"

#include <QUuid>
#include <algorithm>

namespace assay {
namespace {

constexpr size_t kMostNearest = 5;
constexpr double kNear = 0.5; // what agrees in less is not near in any use of the word

/// What the dtype of a known model promises of its weights. Published ones are a word; those that were recorded from a directory are what was
/// counted there, with the method of its quantisation behind it, and promise 16 bits only where there is none.
PrecisionClaim precisionOf(const Profile *claimed)
{
    const Found *dtype = claimed ? claimed->facts.best("dtype") : nullptr;
    if (!dtype)
        return {};
    const nlohmann::json names = dtype->value.is_array() ? dtype->value : nlohmann::json::array({dtype->value});
    const auto isOneOf = [](const nlohmann::json &name, std::initializer_list<const char *> words) {
        return name.is_string() && std::any_of(words.begin(), words.end(), [&](const char *word) { return name.get_ref<const std::string &>() == word; });
    };
    if (std::any_of(names.begin(), names.end(), [&](const auto &name) { return isOneOf(name, {"fp8", "F8_E4M3"}); }))
        return {8, true};
    if (!names.empty() && std::all_of(names.begin(), names.end(), [&](const auto &name) { return isOneOf(name, {"bfloat16", "float16", "BF16", "F16"}); }))
        return {16, false};
    return {};
}

class LocalVerifier
{
public:
    LocalVerifier(const LocalVerificationPlan &plan, const LocalVerificationTold &progress, std::stop_token stop)
        : m_plan(plan), m_progress(progress), m_stop(std::move(stop)), m_checkpoint(plan.subject->directory.checkpoint)
    {
    }

    Verification run()
    {
        begin();
        m_facts = foundIn(*m_plan.subject);
        m_structure = structureOf(m_checkpoint);
        m_matches = matchProfiles(m_facts, m_structure, m_plan.profiles);
        nearest();
        chooseClaimed();
        claims();
        structure();
        weights();
        m_out.rules.weightsHere = !m_structure.empty();
        if (m_claimed)
            m_out.rules.leftOpen = m_claimed->sameConfig;
        m_out.verdict = judge(m_out.evidence, m_out.rules);
        m_out.interrupted = m_stop.stop_requested();
        m_out.finishedAt = utcNow();
        return std::move(m_out);
    }

private:
    void begin()
    {
        m_out.id = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
        m_out.startedAt = utcNow();
        m_out.subject = m_plan.subject->facts.name;
        m_out.path = m_plan.subject->directory.path.string();
        m_out.claim = m_plan.sheet.id;
        m_out.claimTitle = m_plan.sheet.title;
        m_out.version = m_plan.version.empty() ? usualVersion(m_plan.sheet) : m_plan.version;
        m_out.reference = m_plan.reference ? m_plan.reference->directory.path.string() : std::string();
        m_out.size = m_plan.size;
        m_out.seed = m_plan.seed;
        m_out.rules.priorOdds = m_plan.priorOdds;
        m_out.notes = m_plan.sheet.problems;
    }

    void nearest()
    {
        for (size_t i = 0; i < m_matches.size() && i < kMostNearest; ++i) {
            const ProfileMatch &match = m_matches[i];
            if (match.score < kNear)
                return;
            m_out.nearest.push_back({match.profile->id, match.profile->title, match.score, match.structureEqual, match.agrees, match.differs});
        }
    }

    /// Of several models that a version may be, the one that the subject is most like.
    void chooseClaimed()
    {
        const auto names = profilesOf(m_plan.sheet, m_out.version);
        const auto is = [&names](const Profile &profile) { return std::find(names.begin(), names.end(), profile.id) != names.end(); };
        for (const ProfileMatch &match : m_matches) {
            if (!m_claimed && is(*match.profile))
                m_claimed = match.profile;
        }
        for (const Profile &profile : m_plan.profiles) {
            if (!m_claimed && is(profile))
                m_claimed = &profile;
        }
        if (!m_claimed && !names.empty())
            m_out.notes.push_back({ASSAY_TEXT("Identity", "The claimed model %1 is not among the known ones."), {names.front()}});
    }

    void add(std::vector<Evidence> found)
    {
        for (Evidence &one : found)
            m_out.evidence.push_back(std::move(one));
    }

    void claims()
    {
        std::vector<FoundFacts> published;
        for (const Profile &profile : m_plan.profiles)
            published.push_back(profile.facts);
        m_out.claims = checkClaims(m_plan.sheet, m_out.version, m_facts, published, m_plan.devices);
        // A model's own published facts as a sheet say no more than the structure does, and conversions change precision honestly.
        if (!m_claimed || m_plan.sheet.id != m_claimed->id)
            add(claimEvidence(m_out.claims, m_out.version));
    }

    void structure()
    {
        if (m_claimed)
            add(structuralEvidence({m_facts, m_structure, m_checkpoint.complete()}, *m_claimed));
        if (auto name = nameEvidence(m_facts, m_matches, m_plan.profiles))
            m_out.evidence.push_back(std::move(*name));
        if (m_claimed && !m_matches.empty() && m_matches.front().differs.empty()) {
            const auto &friends = m_claimed->falseFriends;
            const std::string &is = m_matches.front().profile->id;
            if (std::find(friends.begin(), friends.end(), is) != friends.end())
                m_out.notes.push_back({ASSAY_TEXT("Identity", "%1 is often taken for %2."), {m_matches.front().profile->title, m_claimed->title}});
        }
    }

    void weights()
    {
        if (m_structure.empty())
            return;
        WeightCheckPlan plan;
        plan.subject = m_plan.subject;
        plan.manifest = m_plan.manifest;
        plan.reference = m_plan.reference;
        plan.referenceIsClaimed = m_plan.reference != nullptr;
        plan.precision = precisionOf(m_claimed);
        plan.size = m_plan.size;
        plan.seed = m_plan.seed;
        add(weightEvidence(plan, m_progress, m_stop));
    }

    const LocalVerificationPlan &m_plan;
    const LocalVerificationTold &m_progress;
    const std::stop_token m_stop;
    const Checkpoint &m_checkpoint;
    FoundFacts m_facts;
    std::map<std::string, uint64_t> m_structure;
    std::vector<ProfileMatch> m_matches;
    const Profile *m_claimed = nullptr;
    Verification m_out;
};

} // namespace

std::string usualVersion(const ClaimSheet &sheet)
{
    if (sheet.versions.empty())
        return {};
    return sheet.versions.contains("full") ? "full" : sheet.versions.begin()->first;
}

Verification verifyLocal(const LocalVerificationPlan &plan, const LocalVerificationTold &progress, std::stop_token stop)
{
    return LocalVerifier(plan, progress, std::move(stop)).run();
}

} // namespace assay
