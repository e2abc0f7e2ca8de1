// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/verifydistribution.h"

#include "core/base/units.h"
#include "core/evaluate/statistics/randombits.h"
#include "core/identify/distribution/capability.h"
#include "core/service/verify/backendcall.h"
#include "core/service/verify/logprobasking.h"

#include <algorithm>
#include <iterator>

namespace assay {
namespace {

constexpr uint64_t kSubjectStream = 0x5ab1ec7;
struct Group
{
    const char *name;
    bool registered;
};
constexpr Group kGroups[] = {{"knowledge", true}, {"reasoning", true}, {"context", false}};
constexpr const char *kAxes[] = {"difficulty", "context", "depth"};

bool readsTokens(const DistributionPlan &plan)
{
    return plan.reference && plan.stack == StackKnown::Same;
}

Questionnaire questionsOf(const DistributionPlan &plan)
{
    return questionnaireOf(*plan.bundle, plan.suites);
}

std::vector<SampledPrompt> sampledOf(const ReferenceBundle &bundle, const Answers &answers)
{
    std::vector<SampledPrompt> out;
    for (size_t i = 0; i < bundle.prompts.size(); ++i)
        out.push_back({bundle.prompts[i].samples, answers.samplesOf(i)});
    return out;
}

std::vector<PairedItem> pairsOf(const ReferenceBundle &bundle, const Answers &answers)
{
    std::vector<PairedItem> out;
    for (size_t i = 0; i < answers.questions().items.size(); ++i) {
        const AskedItem &asked = answers.questions().items[i];
        const auto known = std::ranges::find_if(bundle.items, [&](const BundleItem &item) { return item.id == asked.question().id && item.suiteFingerprint == asked.suite->fingerprint; });
        const auto right = answers.isRight(i, 0);
        if (known == bundle.items.end() || !right || known->asked == 0)
            continue;
        PairedItem pair{known->id, known->group, known->first, *right, double(known->right) / double(known->asked), {}, asked.question().axes};
        for (const BundleAlternative &alternative : bundle.alternatives) {
            if (const auto rate = alternative.rates.find(known->id); rate != alternative.rates.end())
                pair.alternatives[alternative.name] = rate->second;
        }
        out.push_back(std::move(pair));
    }
    return out;
}

std::vector<KnownEffect> effectsOf(const ReferenceBundle &bundle, bool texts)
{
    std::vector<KnownEffect> out;
    for (const BundleAlternative &alternative : bundle.alternatives) {
        if (texts)
            out.push_back({alternative.name, alternative.mmd, alternative.mmdSpread});
        else
            out.push_back({alternative.name, alternative.greedyMargin, alternative.greedySpread, alternative.greedyDifferences});
    }
    return out;
}

/// Of an unknown stack no p-value is to be had from few honest ones: what the margins are beside is all there is to see.
Told marginsBeside(const Evidence &greedy, const ReferenceBundle &bundle)
{
    std::string words;
    const auto add = [&words](const std::string &name, double margin) { words += (words.empty() ? "" : ", ") + name + " " + threeDigits(margin); };
    for (const BundleHonest &one : bundle.honest)
        add(one.stack.dtype, one.greedyMargin);
    for (const BundleAlternative &one : bundle.alternatives)
        add(one.name, one.greedyMargin);
    return {ASSAY_TEXT("Identity", "Margins of the tokens at temperature 0 beyond the reference's own: %1 %2 a token; others beside it, in nats: %3"),
            {threeDigits(greedy.effect.value_or(0)), greedy.effectUnit, words.empty() ? "-" : words}};
}

void addGreedy(DistributionFound &out, const DistributionPlan &plan, const std::vector<ForcedAnswer> &forced, const TestPlan &test)
{
    std::vector<GreedyPrompt> prompts;
    for (size_t i = 0; i < plan.bundle->prompts.size() && i < forced.size(); ++i) {
        const auto &greedy = plan.bundle->prompts[i].greedy;
        prompts.push_back({greedy ? greedy->margins : std::vector<double>(), forced[i].margins});
    }
    std::vector<double> honest;
    for (const BundleHonest &one : plan.bundle->honest)
        honest.push_back(one.greedyMargin);
    const auto effects = effectsOf(*plan.bundle, false);
    out.evidence.push_back(greedyEvidence(prompts, plan.stack, honest, effects, test));
    if (plan.stack == StackKnown::Unknown && out.evidence.back().effect)
        out.notes.push_back(marginsBeside(out.evidence.back(), *plan.bundle));
    else if (plan.stack == StackKnown::Same)
        std::ranges::move(mixtureNotes(prompts, effects, test), std::back_inserter(out.notes));
}

void addItems(DistributionFound &out, const DistributionPlan &plan, TestPlan test)
{
    const auto pairs = pairsOf(*plan.bundle, out.answers);
    for (const Group &group : kGroups) {
        if (std::ranges::none_of(pairs, [&](const PairedItem &item) { return item.group == group.name; }))
            continue;
        test.registered = group.registered;
        out.evidence.push_back(pairedItemsEvidence(pairs, group.name, test));
        for (const char *axis : kAxes) {
            if (auto apart = itemsByAxis(pairs, group.name, axis))
                out.evidence.push_back(std::move(*apart));
        }
    }
    for (Evidence &ratio : itemRatioEvidence(pairs))
        out.evidence.push_back(std::move(ratio));
}

/// Places of the bundle's prompts whose first tokens are known.
std::vector<size_t> logprobPrompts(const DistributionPlan &plan)
{
    std::vector<size_t> out;
    for (size_t i = 0; i < plan.bundle->prompts.size() && int64_t(out.size()) < kMostLogprobPrompts; ++i) {
        if (!plan.bundle->prompts[i].first.empty())
            out.push_back(i);
    }
    return out;
}

void add(Spending &sum, const Spending &more)
{
    sum.requests += more.requests;
    sum.promptTokens += more.promptTokens;
    sum.outputTokens += more.outputTokens;
}

/// RUT asks one answer a prompt and ranks it among all the reference's own.
Result<void> scoreSamples(ReadAnswers &out, Backend &reference, const ReferenceBundle &bundle, const Answers &answers, const SuitePrompts &prompts, const AskProgress &progress,
                          std::stop_token stop)
{
    for (size_t i = 0; i < bundle.prompts.size() && int64_t(i) < answers.questions().sampled; ++i) {
        const KeptAnswer *given = answers.answerOf(QuestionRow::Kind::Sample, i);
        if (!given || bundle.prompts[i].samples.empty())
            continue;
        std::vector<ForcedText> texts{{bundle.prompts[i].text, given->text}};
        for (const std::string &sample : bundle.prompts[i].samples)
            texts.push_back({bundle.prompts[i].text, sample});
        const auto read = teacherForce(reference, texts, 1, prompts, progress, stop);
        if (!read)
            return tl::unexpected<Error>(read.error());
        ScoredPrompt scored{logRankScore(read->front().ranks), {}};
        for (size_t k = 1; k < read->size(); ++k) {
            if (!(*read)[k].ranks.empty())
                scored.reference.push_back(logRankScore((*read)[k].ranks));
        }
        out.ranks.push_back(std::move(scored));
    }
    return {};
}

Result<void> readWithReference(ReadAnswers &out, const DistributionPlan &plan, const Answers &answers, const AskProgress &progress, std::stop_token stop)
{
    const auto reference = plan.reference();
    const SuitePrompts &prompts = plan.readAs ? *plan.readAs : plan.prompts;
    const auto opened = callAndWait<LoadSample>(*reference, stop, [&](Backend::Done<LoadSample> done) { reference->open(plan.device, plan.dtype, {}, std::move(done)); });
    if (!opened)
        return tl::unexpected<Error>(opened.error());
    std::vector<ForcedText> greedy;
    for (size_t i = 0; i < plan.bundle->prompts.size(); ++i) {
        const KeptAnswer *given = answers.answerOf(QuestionRow::Kind::Greedy, i);
        greedy.push_back({plan.bundle->prompts[i].text, given ? given->text : std::string()});
    }
    auto read = teacherForce(*reference, greedy, 1, prompts, progress, stop);
    if (!read)
        return tl::unexpected<Error>(read.error());
    out.greedy = std::move(*read);
    return scoreSamples(out, *reference, *plan.bundle, answers, prompts, progress, stop);
}

/// What no backend is asked: log-probabilities and times of the endpoint itself.
void askBesides(ReadAnswers &out, const DistributionPlan &plan, const AskProgress &progress, std::stop_token stop)
{
    const std::vector<size_t> places = logprobPrompts(plan);
    std::vector<std::string> prompts;
    for (const size_t place : places) {
        const auto made = plan.prompts.make(plan.bundle->prompts[place].text);
        prompts.push_back(made ? *made : plan.bundle->prompts[place].text);
    }
    if (!places.empty()) {
        AskedLogprobs asked = askLogprobs(*plan.endpoint, prompts, progress, stop);
        for (size_t i = 0; i < places.size(); ++i)
            out.logprobs.push_back({{firstTokensOf(*plan.bundle, places[i])}, {asked.byPrompt[i]}});
        add(out.spent, asked.spent);
        if (asked.why)
            out.notes.push_back(std::move(*asked.why));
    }
    if (plan.times && !stop.stop_requested()) {
        TimesFound times = askTimes(*plan.endpoint, *plan.times, subjectSeed(plan), progress, stop);
        out.times = std::move(times.evidence);
        add(out.spent, times.spent);
        std::ranges::move(times.notes, std::back_inserter(out.notes));
    }
}

/// An interrupted plan is no planned test any more: its p-values are looked at, and do not judge.
void unregister(DistributionFound &found)
{
    for (Evidence &evidence : found.evidence)
        evidence.registered = false;
    found.notes.push_back({ASSAY_TEXT("Identity", "Only %1 of %2 answers came: the tests are smaller than planned and do not decide"),
                           {std::to_string(found.answers.kept.size()), std::to_string(found.answers.rows().size())}});
    if (found.answers.end)
        found.notes.push_back({ASSAY_TEXT("Identity", "The subject stopped answering: %1"), {found.answers.end->sentence()}});
}

} // namespace

std::vector<std::string> registeredTests(const DistributionPlan &plan)
{
    std::vector<std::string> out{readsTokens(plan) ? "distribution.greedy" : "distribution.text"};
    const Questionnaire questions = questionsOf(plan);
    for (const Group &group : kGroups) {
        if (group.registered && std::ranges::any_of(questions.items, [&](const AskedItem &item) { return item.group == group.name; }))
            out.push_back(std::string("capability.") + group.name);
    }
    return out;
}

uint64_t subjectSeed(const DistributionPlan &plan)
{
    return RandomBits(plan.seed, kSubjectStream + plan.bundle->sampling.seed).next() >> 12; // exact as a JSON number
}

Spending costOf(const DistributionPlan &plan)
{
    Spending out;
    const Questionnaire questions = questionsOf(plan);
    for (const QuestionRow &row : rowsOf(questions, subjectSeed(plan))) {
        ++out.requests;
        out.outputTokens += requestOf(questions, row, subjectSeed(plan)).maxTokens;
    }
    if (plan.endpoint) {
        const int64_t logprobs = int64_t(logprobPrompts(plan).size());
        const Spending times = plan.times ? costOf(*plan.times) : Spending();
        out.requests += logprobs + times.requests;
        out.outputTokens += logprobs + times.outputTokens;
        out.promptTokens += times.promptTokens;
    }
    return out;
}

DistributionFound distributionFound(const DistributionPlan &plan, Answers answers, ReadAnswers read)
{
    DistributionFound out;
    out.answers = std::move(answers);
    out.notes = std::move(read.notes);
    out.registered = registeredTests(plan);
    for (const BundleAlternative &alternative : plan.bundle->alternatives) {
        out.alternatives.push_back(alternative.name);
        out.mixtures.push_back(mixtureName(alternative.name));
    }
    TestPlan test;
    test.alpha = plan.alpha / double(out.registered.size());
    test.draws = plan.draws;
    test.seed = plan.seed;
    test.registered = !readsTokens(plan);
    out.evidence.push_back(textEvidence(sampledOf(*plan.bundle, out.answers), size_t(plan.bundle->sampling.maxTokens), effectsOf(*plan.bundle, true), test));
    test.registered = readsTokens(plan);
    if (!read.greedy.empty())
        addGreedy(out, plan, read.greedy, test);
    test.registered = false; // both look at what the others look at
    if (!read.ranks.empty())
        out.evidence.push_back(rankEvidence(read.ranks, test));
    if (!read.logprobs.empty())
        out.evidence.push_back(logprobEvidence(read.logprobs, test));
    addItems(out, plan, test);
    std::ranges::move(read.times, std::back_inserter(out.evidence));
    out.interrupted = !out.answers.complete();
    add(out.answers.spent, read.spent);
    if (out.answers.questions().items.size() < plan.bundle->items.size())
        out.notes.push_back({ASSAY_TEXT("Identity", "%1 of the bundle's %2 questions belong to suites that are not here, and were not asked"),
                             {std::to_string(plan.bundle->items.size() - out.answers.questions().items.size()), std::to_string(plan.bundle->items.size())}});
    if (out.interrupted)
        unregister(out);
    return out;
}

Result<DistributionFound> verifyDistribution(Backend &subject, const DistributionPlan &plan, const AskProgress &progress, std::stop_token stop)
{
    BundleNeeds needs{.samples = true, .greedy = readsTokens(plan), .tokenizer = {}, .templateHash = plan.prompts.templateHash(), .temperature = {}};
    if (auto fit = checkFit(*plan.bundle, needs, plan.bundleName); !fit)
        return tl::unexpected(fit.error());
    const auto opened = callAndWait<LoadSample>(subject, stop, [&](Backend::Done<LoadSample> done) { subject.open(plan.device, plan.dtype, {}, std::move(done)); });
    if (!opened)
        return tl::unexpected(opened.error());
    AskPlan asking{questionsOf(plan), subjectSeed(plan), plan.together, plan.limits, plan.prompts, plan.there, plan.keep};
    Answers answers = askQuestions(subject, asking, progress, stop);
    ReadAnswers read;
    if (plan.reference && !stop.stop_requested()) {
        if (const auto done = readWithReference(read, plan, answers, progress, stop); !done)
            read.notes.push_back({ASSAY_TEXT("Identity", "The reference could not read the answers: %1"), {done.error().sentence()}});
    }
    // What the endpoint is asked besides is part of no test that decides, and comes when these are complete.
    if (plan.endpoint && answers.complete() && !stop.stop_requested())
        askBesides(read, plan, progress, stop);
    return distributionFound(plan, std::move(answers), std::move(read));
}

void addDistribution(Verification &verification, const DistributionFound &found, const std::string &reference)
{
    verification.evidence.insert(verification.evidence.end(), found.evidence.begin(), found.evidence.end());
    verification.rules.registered.insert(verification.rules.registered.end(), found.registered.begin(), found.registered.end());
    const auto addOnce = [](std::vector<std::string> &to, const std::vector<std::string> &names) {
        for (const std::string &name : names) {
            if (std::find(to.begin(), to.end(), name) == to.end())
                to.push_back(name);
        }
    };
    addOnce(verification.rules.alternatives, found.alternatives);
    addOnce(verification.rules.mixtures, found.mixtures);
    verification.notes.insert(verification.notes.end(), found.notes.begin(), found.notes.end());
    verification.spent.requests += found.answers.spent.requests;
    verification.spent.promptTokens += found.answers.spent.promptTokens;
    verification.spent.outputTokens += found.answers.spent.outputTokens;
    verification.interrupted |= found.interrupted;
    verification.reference = reference;
    verification.verdict = judge(verification.evidence, verification.rules);
}

} // namespace assay
