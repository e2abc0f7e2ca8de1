// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/referencepart.h"

#include "core/base/file.h"
#include "core/endpoint/probe.h"
#include "core/service/endpointbackend.h"
#include "core/service/endpointsubject.h"
#include "core/service/verify/logprobasking.h"
#include "core/service/verify/plannedtimes.h"

#include <algorithm>
#include <chrono>
#include <set>

namespace assay {
namespace {

using Kind = EndpointReference::Kind;

constexpr int64_t kTogether = 8; ///< requests of each endpoint at a time
constexpr int64_t kRates = 8;    ///< answers to each question, where rates of alternatives are told

/// What is planned to be compared, before anybody has answered: for the tests that are registered and the subject's seed.
ReferenceBundle plannedBundle(const Questionnaire &questions, uint64_t seed)
{
    ReferenceBundle out;
    out.sampling = questions.sampling;
    out.sampling.seed = seed;
    for (size_t i = 0; i < questions.prompts.size(); ++i)
        out.prompts.push_back({questions.prompts[i], {}, {}, std::vector<std::string>(int64_t(i) < questions.sampled ? size_t(questions.samples) : 0), {}});
    for (const AskedItem &item : questions.items)
        out.items.push_back({item.question().id, item.group, item.suite->name, item.suite->fingerprint, 0, 0, false});
    return out;
}

/// By the places that the comparison looks at.
KeptAnswers placed(const Answers &answers, const Questionnaire &wanted, uint64_t seed)
{
    KeptAnswers out;
    const std::vector<QuestionRow> rows = rowsOf(wanted, seed);
    for (size_t place = 0; place < rows.size(); ++place) {
        if (const KeptAnswer *answer = answers.answerOf(rows[place].kind, rows[place].index, rows[place].draw))
            out[place] = *answer;
    }
    return out;
}

constexpr int64_t kTemplate = 100; ///< tokens that a template may add to a prompt
constexpr int64_t kSpare = 4;      ///< requests that find out what log-probabilities an endpoint grants

/// What one side is asked at most.
Spending askedOf(const EndpointReference &reference, VerificationSize size)
{
    Spending out;
    if (reference.bundle) {
        const Questionnaire questions = questionnaireOf(*reference.bundle, reference.suites);
        for (const QuestionRow &row : rowsOf(questions, 1)) {
            const protocol::GenerateItem item = requestOf(questions, row, 1);
            ++out.requests;
            out.promptTokens += int64_t(item.prompt.size()) + kTemplate;
            out.outputTokens += item.maxTokens;
        }
        return out;
    }
    const QuestionCounts &counts = questionCounts(size);
    const BundleSampling sampling = questionsAgainst(reference, size, 1).sampling;
    const int64_t prompts = std::max(counts.sampled, counts.greedy), samples = counts.sampled * counts.samples;
    out.requests = samples + prompts;
    out.promptTokens = out.requests * (mostPromptBytes(reference.suites) + kTemplate);
    out.outputTokens = samples * sampling.maxTokens + prompts * sampling.greedyTokens;
    const std::pair<const Suite *, int64_t> groups[] = {{reference.suites.front().get(), counts.knowledge}, {reference.suites.back().get(), counts.reasoning}};
    for (const auto &[suite, count] : groups) {
        const ItemsMost most = mostOfItems(*suite, count);
        out.requests += most.items;
        out.promptTokens += most.promptBytes + most.items * kTemplate;
        out.outputTokens += most.outputTokens;
    }
    return out;
}

/// Log-probabilities of so many prompts, and times.
Spending besidesOf(int64_t logprobs, bool twoTimed)
{
    const Spending times = costOf(TimesPlan());
    const int64_t sides = twoTimed ? 2 : 1, asked = logprobs > 0 ? logprobs + kSpare : 0;
    constexpr int64_t kMostBytes = 4 * 60; // of a prompt's beginning
    return {times.requests * sides + asked, times.promptTokens * sides + asked * (kMostBytes + kTemplate), times.outputTokens * sides + asked, {}};
}

int64_t logprobsOf(const EndpointReference &reference, VerificationSize size)
{
    if (reference.kind == Kind::Endpoint)
        return 0;
    const int64_t prompts = reference.bundle ? int64_t(std::ranges::count_if(reference.bundle->prompts, [](const BundlePrompt &prompt) { return !prompt.first.empty(); }))
                                             : std::max(questionCounts(size).sampled, questionCounts(size).greedy);
    return std::min(prompts, kMostLogprobPrompts);
}

/// How the endpoint is spoken to, and the model that it serves, where neither was named.
Result<void> findOut(EndpointTarget &target, std::stop_token stop, const ProbeProgress &progress)
{
    auto facts = probeEndpoint(target, stop, progress);
    if (!facts)
        return tl::unexpected(facts.error());
    target.dialect = target.dialect.empty() ? facts->dialect : target.dialect;
    target.model = target.model.empty() ? facts->model : target.model;
    return {};
}

std::string localBody(const protocol::GenerateItem &item)
{
    return nlohmann::json{{"prompt", item.prompt}, {"max_tokens", item.maxTokens}, {"temperature", item.temperature}, {"top_p", item.topP}, {"seed", item.seed}, {"stop", item.stop}}
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

std::filesystem::path recordedBundleFile(const std::filesystem::path &rawFile)
{
    std::filesystem::path out = rawFile;
    return rawFile.empty() ? out : out.replace_extension(".reference.json");
}

VerificationCost referenceCost(const EndpointVerificationPlan &plan)
{
    VerificationCost out;
    if (!plan.reference)
        return out;
    const EndpointReference &reference = *plan.reference;
    const Spending asked = askedOf(reference, plan.size);
    const bool two = reference.kind == Kind::Endpoint;
    const Spending besides = besidesOf(logprobsOf(reference, plan.size), two);
    const int64_t sides = two ? 2 : 1;
    out.requests = mostRequests(asked.requests) * sides + besides.requests;
    out.promptTokens = asked.promptTokens * sides + besides.promptTokens;
    out.outputTokens = asked.outputTokens * sides + besides.outputTokens;
    out.ofReference = two ? mostRequests(asked.requests) + costOf(TimesPlan()).requests : 0;
    if (reference.kind == Kind::Files) {
        const QuestionCounts &counts = questionCounts(plan.size);
        const int64_t again = reference.choice.alternatives.empty() ? 0 : (kRates - 1) * (counts.knowledge + counts.reasoning);
        out.localAnswers = (asked.requests + again) * int64_t(1 + reference.choice.alternatives.size());
    }
    return out;
}

PlanLimits limitsLeft(const PlanLimits &limits, const Spending &spent, double seconds, EndpointAsker::End &reached)
{
    using End = EndpointAsker::End;
    PlanLimits left = limits;
    const auto take = [&reached](auto &value, auto used, End end) {
        if (value <= 0)
            return;
        value -= used;
        if (value <= 0 && reached == End::None)
            reached = end;
    };
    take(left.requests, spent.requests, End::Requests);
    take(left.tokens, spent.promptTokens + spent.outputTokens, End::Tokens);
    take(left.money, spent.money.value_or(0), End::Money);
    take(left.seconds, seconds, End::Time);
    return left;
}

ReferencePart::ReferencePart(const EndpointVerificationPlan &plan, uint64_t seed, QuestionLog &log, AskProgress progress, std::stop_token stop)
    : m_plan(plan), m_reference(*plan.reference), m_seed(seed), m_log(log), m_progress(std::move(progress)), m_stop(std::move(stop)),
      m_bundle(plan.reference->bundle)
{
}

Questionnaire ReferencePart::questions() const
{
    return m_bundle ? questionnaireOf(*m_bundle, m_reference.suites) : questionsAgainst(m_reference, m_plan.size, m_seed);
}

DistributionPlan ReferencePart::distribution(std::shared_ptr<const ReferenceBundle> bundle) const
{
    const ReferenceChoice &choice = m_reference.choice;
    DistributionPlan out;
    out.bundle = std::move(bundle);
    out.bundleName = m_reference.name;
    out.suites = m_reference.suites;
    out.device = choice.device;
    out.dtype = choice.dtype;
    out.stack = choice.sameStack ? StackKnown::Same : StackKnown::Unknown;
    out.seed = m_seed;
    out.readAs = m_reference.prompts; // the endpoint puts its own template around a prompt
    out.alpha = m_plan.rules.alpha;
    out.limits.nothing = true; // asked here, where money and tokens are counted
    const std::string weights = m_reference.kind == Kind::Files ? choice.place : choice.weights;
    if (!weights.empty())
        out.reference = [make = choice.model, weights] { return make(weights); };
    return out;
}

std::vector<std::string> ReferencePart::registered() const
{
    const auto bundle = m_bundle ? m_bundle : std::make_shared<const ReferenceBundle>(plannedBundle(questions(), m_seed));
    return registeredTests(distribution(bundle));
}

RecordPlan ReferencePart::recordPlan() const
{
    const ReferenceChoice &choice = m_reference.choice;
    RecordPlan out;
    out.title = m_reference.name;
    out.subject = choice.place;
    out.structure = m_reference.structure;
    out.device = choice.device;
    out.dtype = choice.dtype;
    out.repeats = choice.alternatives.empty() ? 1 : kRates;
    out.asking.questions = questionsAgainst(m_reference, m_plan.size, m_seed);
    out.asking.questions.repeats = out.repeats;
    out.asking.seed = m_seed;
    out.asking.together = kTogether;
    out.asking.prompts = m_reference.prompts;
    for (const auto &[name, place] : choice.alternatives)
        out.beside.push_back({name, {}, [make = choice.model, directory = place] { return make(directory); }});
    return out;
}

std::shared_ptr<const ReferenceBundle> ReferencePart::keptBundle(const RecordPlan &plan) const
{
    const std::filesystem::path file = recordedBundleFile(m_plan.rawFile);
    std::error_code none;
    if (file.empty() || !std::filesystem::exists(file, none))
        return nullptr;
    auto read = readBundle(file); // a damaged one is recorded anew
    if (!read || read->bundle.weights != plan.weights || read->bundle.templateHash != plan.asking.prompts.templateHash() || read->bundle.alternatives.size() != plan.beside.size())
        return nullptr;
    Questionnaire there = questionnaireOf(read->bundle, m_reference.suites);
    there.repeats = plan.asking.questions.repeats;
    there.sampling.seed = plan.asking.questions.sampling.seed;
    const bool same = read->bundle.sampling.seed == m_seed && questionsHash(there, m_seed) == questionsHash(plan.asking.questions, m_seed);
    return same ? std::make_shared<const ReferenceBundle>(std::move(read->bundle)) : nullptr;
}

void ReferencePart::keepBundle(const ReferenceBundle &bundle)
{
    const std::filesystem::path file = recordedBundleFile(m_plan.rawFile);
    if (file.empty())
        return;
    if (auto written = writeFileAtomically(file, bundleText(bundle)); !written)
        m_notes.push_back({ASSAY_TEXT("Identity", "The recorded reference could not be kept: %1"), {written.error().sentence()}});
    else
        m_notes.push_back({ASSAY_TEXT("Identity", "The reference was recorded for this run and is kept in %1, where --reference can take it from."), {file.string()}});
}

Result<void> ReferencePart::record(double seconds)
{
    RecordPlan plan = recordPlan();
    auto hash = hashOfFiles(m_reference.weightFiles, m_stop);
    if (!hash)
        return tl::unexpected(hash.error());
    plan.weights = std::move(*hash);
    if ((m_bundle = keptBundle(plan))) {
        m_notes.push_back({ASSAY_TEXT("Identity", "The reference was recorded by an earlier run.")});
        return {};
    }
    const std::vector<QuestionRow> rows = rowsOf(plan.asking.questions, m_seed);
    const auto bodyOf = [&](size_t place) { return localBody(requestOf(plan.asking.questions, rows[place], m_seed)); };
    for (size_t place = 0; place < rows.size(); ++place) {
        if (auto there = m_log.find(questionId("reference", rows[place]), bodyOf(place)))
            plan.asking.there[place] = std::move(*there);
    }
    std::set<size_t> written;
    for (const auto &[place, answer] : plan.asking.there)
        written.insert(place);
    std::optional<Error> unwritable;
    plan.asking.limits.seconds = seconds;
    plan.asking.keep = [&](const KeptAnswers &answers) {
        for (const auto &[place, answer] : answers) {
            if (unwritable || place >= rows.size() || !written.insert(place).second)
                continue;
            if (auto kept = m_log.add(questionId("reference", rows[place]), {}, bodyOf(place), answer); !kept)
                unwritable = kept.error();
        }
    };
    const auto backend = m_reference.choice.model(m_reference.choice.place);
    auto bundle = recordBundle(*backend, plan, m_progress, m_stop);
    if (unwritable)
        return tl::unexpected(*unwritable);
    if (!bundle)
        return tl::unexpected(bundle.error());
    keepBundle(*bundle);
    m_bundle = std::make_shared<const ReferenceBundle>(std::move(*bundle));
    return {};
}

Result<ReferenceBundle> recordEndpoint(EndpointTarget target, const RecordPlan &plan, const AskProgress &progress, std::stop_token stop)
{
    if (auto found = findOut(target, stop, {}); !found)
        return tl::unexpected(found.error());
    Questionnaire questions = plan.asking.questions;
    questions.repeats = plan.repeats;
    std::vector<AskedEndpoint> sides{{"reference", target, Answers(questions, plan.asking.seed), plan.asking.seed}};
    const RawEarlier none;
    QuestionLog log(none, std::nullopt);
    QuestionAsker asker({}, std::nullopt, log, stop);
    asker.ask(sides, plan.asking.together, progress);
    if (asker.ended() == QuestionAsker::End::Stopped)
        return failure(ErrorCode::Cancelled);
    if (asker.ended() != QuestionAsker::End::None)
        return failure(ErrorCode::BundleUnfit, {plan.subject, asker.notes().front().sentence()});
    return bundleOf(plan, {"endpoint", target.url, {}, plan.asking.together}, sides.front().answers);
}

Result<void> ReferencePart::prepare(double seconds)
{
    if (m_reference.kind == Kind::Files)
        return record(seconds);
    if (m_reference.kind == Kind::Bundle)
        return {};
    m_other = endpointTarget(m_reference.choice.place);
    m_other.key = m_reference.choice.key;
    m_other.dialect = m_reference.choice.dialect;
    return findOut(m_other, m_stop, [this](const std::string &) { ++m_probes; });
}

/// Log-probabilities and times are part of no test that decides: asked where all of it may still be spent.
void ReferencePart::askBesides(DistributionPlan &comparing, const EndpointTarget &subject, const PlanLimits &left)
{
    DistributionPlan more = comparing;
    more.endpoint = subject;
    more.times = plannedTimes(m_plan).value_or(TimesPlan());
    if (m_reference.kind == Kind::Endpoint)
        more.times->reference = m_other;
    const Spending besides = besidesOf(logprobsOf(m_reference, m_plan.size), m_reference.kind == Kind::Endpoint);
    const bool fits = left.seconds <= 0 && (left.requests <= 0 || besides.requests <= left.requests) && (left.tokens <= 0 || besides.promptTokens + besides.outputTokens <= left.tokens)
        && (left.money <= 0 || moneyOf({besides.requests, besides.promptTokens, besides.outputTokens, 0}, *m_plan.prices) <= left.money);
    if (fits)
        comparing = std::move(more);
    else
        m_notes.push_back({ASSAY_TEXT("Identity", "Log-probabilities and times were not asked: what may be spent is not enough for them.")});
}

/// What was planned did not come in full: it is looked at, and decides nothing.
void ReferencePart::withoutDecision(DistributionFound &found) const
{
    for (Evidence &evidence : found.evidence)
        evidence.registered = false;
    found.interrupted = true;
}

Result<DistributionFound> ReferencePart::hold(const EndpointTarget &subject, const PlanLimits &left)
{
    const std::vector<std::string> planned = registered();
    const Questionnaire asked = questions();
    const uint64_t seed = subjectSeed(distribution(m_bundle ? m_bundle : std::make_shared<const ReferenceBundle>(plannedBundle(asked, m_seed))));
    std::vector<AskedEndpoint> sides{{"subject", subject, Answers(asked, seed), seed}};
    if (m_reference.kind == Kind::Endpoint)
        sides.push_back({"reference", m_other, Answers(asked, m_seed), m_seed});
    int64_t all = 0;
    for (const AskedEndpoint &side : sides)
        all += mostRequests(int64_t(side.answers.rows().size()));
    PlanLimits limits = left;
    limits.requests = left.requests > 0 ? std::min(left.requests, all) : all;
    const auto begun = std::chrono::steady_clock::now();
    QuestionAsker asker(limits, m_plan.prices, m_log, m_stop);
    asker.ask(sides, kTogether, m_progress);
    m_spent = asker.spent();
    const bool complete = asker.ended() == QuestionAsker::End::None;
    auto bundle = m_bundle;
    if (!bundle) {
        bundle = std::make_shared<const ReferenceBundle>(bundleOf(recordPlan(), {"endpoint", m_other.url, {}, kTogether}, sides.back().answers));
        if (sides.back().answers.complete())
            keepBundle(*bundle);
    }
    DistributionPlan comparing = distribution(bundle);
    comparing.there = placed(sides.front().answers, questionnaireOf(*bundle, m_reference.suites), seed);
    auto reached = QuestionAsker::End::None;
    const PlanLimits rest = limitsLeft(left, m_spent, std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count(), reached);
    if (complete && reached == QuestionAsker::End::None)
        askBesides(comparing, subject, rest);
    EndpointBackend backend(subject);
    auto found = verifyDistribution(backend, comparing, m_progress, m_stop);
    if (!found && (complete || found.error().code != ErrorCode::BundleUnfit))
        return found;
    DistributionFound out = found ? std::move(*found) : DistributionFound();
    if (!complete)
        withoutDecision(out);
    out.registered = planned;
    for (const std::vector<Told> &notes : {m_notes, asker.notes()})
        out.notes.insert(out.notes.end(), notes.begin(), notes.end());
    return out;
}

} // namespace assay
