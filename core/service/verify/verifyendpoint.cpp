// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/verifyendpoint.h"

#include "core/base/file.h"
#include "core/base/units.h"
#include "core/endpoint/probe.h"
#include "core/identify/tokenizer/mixedcounts.h"
#include "core/service/verify/endpointchannels.h"
#include "core/service/verify/endpointclaims.h"
#include "core/service/verify/parameterchecks.h"
#include "core/service/verify/plannedtimes.h"
#include "core/service/verify/referencepart.h"

#include <algorithm>
#include <chrono>
#include <random>
#include <set>

namespace assay {
namespace {

uint64_t drawnSeed()
{
    std::random_device device;
    return ((uint64_t(device()) << 32) | device()) >> 11 | 1; // JSON readers keep 53 bits
}

Told told(const Error &error)
{
    return {ASSAY_TEXT("Identity", "It ended early: %1"), {error.sentence()}};
}

/// One run, from the probing to the judgement.
class EndpointVerifier
{
public:
    EndpointVerifier(const EndpointVerificationPlan &plan, const EndpointVerificationTold &progress, std::stop_token stop)
        : m_plan(plan), m_progress(progress), m_stop(std::move(stop))
    {
    }

    Result<Verification> run()
    {
        if (const auto fit = check(); !fit)
            return tl::unexpected<Error>(fit.error());
        const auto earlier = begin();
        if (!earlier)
            return tl::unexpected<Error>(earlier.error());
        if (const auto probed = probe(); !probed) {
            // What was stopped before it began has found nothing, which is a verdict of its own.
            if (probed.error().code != ErrorCode::Cancelled)
                return tl::unexpected<Error>(probed.error());
            m_out.interrupted = true;
            m_out.notes.push_back(told(probed.error()));
            return finished();
        }
        auto log = openLog();
        if (!log)
            return tl::unexpected<Error>(log.error());
        QuestionLog questions(*earlier, *log);
        if (m_plan.reference)
            m_part.emplace(m_plan, m_out.seed, questions, [this](const char *stage, double done, double all) {
                if (m_progress)
                    m_progress({int64_t(done), int64_t(all), {}, m_out.spent, stage});
            }, m_stop);
        if (const auto prepared = prepare(); !prepared)
            return tl::unexpected<Error>(prepared.error());
        if (!m_out.interrupted)
            askAll(*earlier, std::move(*log));
        if (const auto held = hold(); !held)
            return tl::unexpected<Error>(held.error());
        askTimesOfHardware();
        return finished();
    }

private:
    Result<void> check() const
    {
        if (m_plan.limits.money > 0 && !m_plan.prices)
            return failure(ErrorCode::BadUsage, {ASSAY_TEXT("Reason", "A cap on money needs the prices of tokens.")});
        if (m_plan.table.probes.empty())
            return failure(ErrorCode::BadUsage, {ASSAY_TEXT("Reason", "There is no table of token counts.")});
        return {};
    }

    Result<RawEarlier> begin()
    {
        m_out.startedAt = utcNow();
        m_out.endpoint = true;
        m_out.path = m_plan.target.url;
        m_out.subject = m_plan.target.model.empty() ? m_plan.target.url : m_plan.target.model;
        m_out.claim = m_plan.sheet.id;
        m_out.claimTitle = m_plan.sheet.title;
        m_out.version = m_plan.version;
        m_out.size = m_plan.size;
        m_out.rules = m_plan.rules;
        if (m_plan.reference)
            m_out.notes = m_plan.reference->notes;
        RawEarlier earlier;
        std::error_code none;
        if (!m_plan.rawFile.empty() && std::filesystem::exists(m_plan.rawFile, none)) {
            const auto text = readWholeFile(m_plan.rawFile, kMostRawBytes);
            if (!text)
                return tl::unexpected<Error>(text.error());
            earlier = readRawLog(*text, m_plan.target.url, m_plan.target.model);
        }
        // Another seed asks other strings, so nothing of the earlier session fits.
        if (m_plan.seed != 0 && earlier.seed != m_plan.seed)
            earlier = {};
        m_out.seed = earlier.seed ? *earlier.seed : m_plan.seed != 0 ? m_plan.seed : drawnSeed();
        std::string moment = m_out.startedAt;
        std::erase_if(moment, [](char c) { return c == ':' || c == '-'; });
        m_out.id = "verification-" + moment + "-" + std::to_string(m_out.seed);
        return earlier;
    }

    Result<void> probe()
    {
        if (m_plan.facts) {
            m_facts = *m_plan.facts;
            return {};
        }
        auto facts = probeEndpoint(m_plan.target, m_stop, [this](const std::string &question) {
            ++m_probes;
            tell(question, 0, 0, {});
        });
        if (!facts)
            return tl::unexpected<Error>(facts.error());
        m_facts = std::move(*facts);
        return {};
    }

    /// Answers of the probing stand in it first.
    Result<std::optional<RawLog>> openLog()
    {
        if (m_plan.rawFile.empty())
            return std::optional<RawLog>();
        auto log = RawLog::open(m_plan.rawFile, {m_plan.target.url, m_plan.target.model, m_out.claim, m_out.startedAt, m_out.seed});
        if (!log)
            return tl::unexpected<Error>(log.error());
        int number = 0;
        for (const ProbeAnswer &answer : m_facts.answers) {
            RawCall call{"probe." + std::to_string(++number), m_out.startedAt, answer.method, answer.path, {}, {}};
            call.answer.status = answer.status;
            call.answer.failure = answer.failure;
            call.answer.detail = answer.detail;
            call.answer.headers = answer.headers;
            call.answer.body = answer.body;
            call.answer.seconds = answer.seconds;
            if (const auto kept = log->add(call); !kept)
                return tl::unexpected<Error>(kept.error());
        }
        return std::optional<RawLog>(std::move(*log));
    }

    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begun).count(); }

    EndpointTarget target() const
    {
        EndpointTarget out = m_plan.target;
        out.dialect = out.dialect.empty() ? m_facts.dialect : out.dialect;
        out.model = out.model.empty() ? m_facts.model : out.model;
        return out;
    }

    /// The reference stands before anything is paid for. Whoever stops that has found nothing, and what was recorded is kept.
    Result<void> prepare()
    {
        if (!m_part)
            return {};
        const auto prepared = m_part->prepare(m_plan.limits.seconds);
        m_probes += m_part->probes();
        if (prepared)
            return {};
        const bool late = m_plan.limits.seconds > 0 && seconds() >= m_plan.limits.seconds;
        if (prepared.error().code != ErrorCode::Cancelled && !late)
            return prepared;
        m_out.interrupted = true;
        m_out.notes.push_back(late ? notesOf(EndpointAsker::End::Time, 0, {}, {}).front() : told(prepared.error()));
        return {};
    }

    /// What the answers tell beside a reference; the tests that were planned count as planned whatever becomes of them.
    Result<void> hold()
    {
        if (!m_part)
            return {};
        m_held.registered = m_part->registered();
        m_held.interrupted = true;
        auto reached = EndpointAsker::End::None;
        const PlanLimits left = limitsLeft(m_plan.limits, m_out.spent, seconds(), reached);
        if (m_out.interrupted || reached != EndpointAsker::End::None) {
            if (!m_out.interrupted) // else it is said already
                m_out.notes.push_back(notesOf(reached, 0, {}, {}).front());
            return {};
        }
        auto held = m_part->hold(target(), left);
        if (!held)
            return tl::unexpected<Error>(held.error());
        m_held = std::move(*held);
        m_out.spent.requests += m_part->spent().requests;
        m_out.spent.promptTokens += m_part->spent().promptTokens;
        m_out.spent.outputTokens += m_part->spent().outputTokens;
        return {};
    }

    /// Without a reference: what stated hardware cannot do, where all of it may still be spent.
    void askTimesOfHardware()
    {
        const auto times = timesAlone(m_plan);
        if (!times || m_out.interrupted)
            return;
        const Spending cost = costOf(*times);
        auto reached = EndpointAsker::End::None;
        const PlanLimits left = limitsLeft(m_plan.limits, m_out.spent, seconds(), reached);
        const bool fits = reached == EndpointAsker::End::None && left.seconds <= 0 && (left.requests <= 0 || cost.requests <= left.requests)
            && (left.tokens <= 0 || cost.promptTokens + cost.outputTokens <= left.tokens)
            && (left.money <= 0 || moneyOf({cost.requests, cost.promptTokens, cost.outputTokens, 0}, *m_plan.prices) <= left.money);
        if (!fits) {
            m_out.notes.push_back({ASSAY_TEXT("Identity", "Times were not asked: what may be spent is not enough for them.")});
            return;
        }
        TimesFound found = askTimes(target(), *times, m_out.seed, {}, m_stop);
        add(std::move(found.evidence));
        m_out.notes.insert(m_out.notes.end(), found.notes.begin(), found.notes.end());
        m_out.spent.requests += found.spent.requests;
        m_out.spent.promptTokens += found.spent.promptTokens;
        m_out.spent.outputTokens += found.spent.outputTokens;
        if (m_plan.prices)
            m_out.spent.money = m_out.spent.money.value_or(0) + moneyOf({found.spent.requests, found.spent.promptTokens, found.spent.outputTokens, 0}, *m_plan.prices);
        m_out.interrupted = m_stop.stop_requested();
    }

    void askAll(const RawEarlier &earlier, std::optional<RawLog> log)
    {
        const EndpointTarget target = this->target();
        m_out.subject = target.model.empty() ? m_plan.target.url : target.model;
        const EndpointCalls calls = planCalls(m_plan, m_out.seed, target.dialect, target.model);
        EndpointVerificationPlan plan = m_plan;
        if (plan.limits.seconds > 0)
            plan.limits.seconds = std::max(1e-3, plan.limits.seconds - seconds());
        EndpointAsker asker(target, plan, m_out.seed, earlier, std::move(log), m_stop);
        asker.countProbing(m_probes);
        int64_t done = 0;
        for (const PlannedCall &call : calls.all) {
            tell(call.id, done++, int64_t(calls.all.size()), asker.spent());
            if (!isNeeded(call, asker, calls))
                continue;
            if (!asker.ask(call))
                break;
        }
        m_out.spent = asker.spent();
        m_out.interrupted = asker.ended() != EndpointAsker::End::None;
        for (Told &note : asker.notes())
            m_out.notes.push_back(std::move(note));
        conclude(asker, calls, target.model);
    }

    /// Whether what it stands for told nothing.
    bool isNeeded(const PlannedCall &call, const EndpointAsker &asker, const EndpointCalls &calls) const
    {
        if (call.insteadOf.empty())
            return true;
        const AskedCall *first = asker.find(call.insteadOf);
        if (first == nullptr || !first->good())
            return true;
        if (call.insteadOf != "cut.completion")
            return false;
        return !cutOffChannel(first->tokens.answer, calls.probes.digits, kCutOffTokens, first->tokens.finish == "length", m_plan.table).usable;
    }

    void conclude(const EndpointAsker &asker, const EndpointCalls &calls, const std::string &model)
    {
        const std::string day = m_out.startedAt.substr(0, 10);
        const std::string claimed = claimedTokenizer(m_plan);
        const std::vector<CountedMessage> messages = countedMessages(asker, calls);
        m_out.probes = tokenProbes(messages);
        add(declaredEvidence(m_facts, toldNames(asker, model), m_plan, day));
        if (claimed.empty() || m_plan.table.family(claimed) == nullptr) {
            m_out.notes.push_back({ASSAY_TEXT("Identity", "The claim names no tokenizer that is known here, so counts could not be held against it.")});
        } else {
            add(tokenizerEvidence(tokenChannels(asker, calls, messages, m_plan), claimed, tokenizerAlternatives(m_plan), m_plan.table, day));
            if (auto mixed = m_plan.size == VerificationSize::Quick ? std::nullopt : mixedCountsEvidence(allCounted(asker, calls), claimed, day))
                m_out.evidence.push_back(std::move(*mixed));
            const std::vector<CountedText> texts = countedTexts(asker);
            m_out.evidence.push_back(outputCountEvidence(texts, claimed, m_plan.tokenizers, day));
        }
        add(parameterEvidence(checkParameters(asker, calls), day));
    }

    static ToldNames toldNames(const EndpointAsker &asker, const std::string &model)
    {
        ToldNames names;
        names.requested = model;
        std::set<std::string> fingerprints, fields;
        for (const AskedCall &call : asker.answered()) {
            if (!call.good())
                continue;
            if (!call.tokens.model.empty())
                ++names.models[call.tokens.model];
            if (!call.tokens.fingerprint.empty())
                fingerprints.insert(call.tokens.fingerprint);
            fields.insert(call.tokens.fields.begin(), call.tokens.fields.end());
        }
        names.fingerprints.assign(fingerprints.begin(), fingerprints.end());
        names.fields.assign(fields.begin(), fields.end());
        return names;
    }

    void add(std::vector<Evidence> more)
    {
        for (Evidence &one : more)
            m_out.evidence.push_back(std::move(one));
    }

    Result<Verification> finished()
    {
        if (m_out.rules.alternatives.empty())
            for (const auto &[id, family] : tokenizerAlternatives(m_plan))
                m_out.rules.alternatives.push_back(id);
        leaveOpen();
        m_out.rules.weightsHere = false;
        holdClaims();
        addHeld();
        m_out.verdict = judge(m_out.evidence, m_out.rules);
        m_out.finishedAt = utcNow();
        return std::move(m_out);
    }

    void addHeld()
    {
        if (!m_part)
            return;
        const Spending &besides = m_held.answers.spent;
        if (m_plan.prices)
            m_out.spent.money = m_out.spent.money.value_or(0) + m_part->spent().money.value_or(0) + moneyOf({besides.requests, besides.promptTokens, besides.outputTokens, 0}, *m_plan.prices);
        addDistribution(m_out, m_held, m_plan.reference->name);
    }

    /// Models that share the claimed one's tokenizer: no quick check tells them apart.
    void leaveOpen()
    {
        std::set<std::string> open(m_out.rules.leftOpen.begin(), m_out.rules.leftOpen.end());
        for (const Profile *profile : claimedProfiles(m_plan))
            open.insert(profile->sameConfig.begin(), profile->sameConfig.end());
        for (const std::string &alternative : m_out.rules.alternatives)
            open.erase(alternative);
        m_out.rules.leftOpen.assign(open.begin(), open.end());
    }

    void holdClaims()
    {
        std::vector<FoundFacts> published;
        for (const Profile &profile : m_plan.profiles)
            published.push_back(profile.facts);
        const FoundFacts found = foundAtEndpoint(m_facts);
        m_out.claims = checkClaims(m_plan.sheet, m_plan.version, found, published);
        constexpr size_t kNearest = 5;
        for (const ProfileMatch &match : matchProfiles(found, {}, m_plan.profiles))
            if (m_out.nearest.size() < kNearest)
                m_out.nearest.push_back({match.profile->id, match.profile->title, match.score, match.structureEqual, match.agrees, match.differs});
    }

    void tell(const std::string &doing, int64_t done, int64_t planned, const Spending &spent) const
    {
        if (m_progress)
            m_progress({done, planned, doing, spent, nullptr});
    }

    const EndpointVerificationPlan &m_plan;
    const EndpointVerificationTold &m_progress;
    std::stop_token m_stop;
    EndpointFacts m_facts;
    Verification m_out;
    int64_t m_probes = 0;
    std::chrono::steady_clock::time_point m_begun = std::chrono::steady_clock::now();
    std::optional<ReferencePart> m_part;
    DistributionFound m_held; ///< by it
};

} // namespace

Result<Verification> verifyEndpoint(const EndpointVerificationPlan &plan, const EndpointVerificationTold &progress, std::stop_token stop)
{
    return EndpointVerifier(plan, progress, std::move(stop)).run();
}

} // namespace assay
