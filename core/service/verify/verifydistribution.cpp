// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/verifydistribution.h"

#include "core/evaluate/statistics/randombits.h"
#include "core/identify/distribution/capability.h"
#include "core/identify/distribution/distribution.h"
#include "core/identify/distribution/timing.h"
#include "core/service/verify/backendcall.h"

#include <algorithm>

namespace assay {
namespace {

constexpr uint64_t kSubjectStream = 0x5ab1ec7;
constexpr const char *kGroups[] = {"knowledge", "reasoning"};

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
    for (const BundleAlternative &alternative : bundle.alternatives)
        out.push_back({alternative.name, texts ? alternative.mmd : alternative.greedyMargin, texts ? alternative.mmdSpread : alternative.greedySpread, texts ? std::vector<double>() : alternative.greedyDifferences});
    return out;
}

Evidence greedyOf(const DistributionPlan &plan, const std::vector<ForcedAnswer> &forced, const TestPlan &test)
{
    std::vector<GreedyPrompt> prompts;
    for (size_t i = 0; i < plan.bundle->prompts.size() && i < forced.size(); ++i) {
        const auto &greedy = plan.bundle->prompts[i].greedy;
        prompts.push_back({greedy ? greedy->margins : std::vector<double>(), forced[i].margins});
    }
    std::vector<double> honest;
    for (const BundleHonest &one : plan.bundle->honest)
        honest.push_back(one.greedyMargin);
    return greedyEvidence(prompts, plan.stack, honest, effectsOf(*plan.bundle, false), test);
}

/// Times say something only of requests that wait for no others.
std::optional<Evidence> timesOf(const DistributionPlan &plan, const Answers &answers)
{
    std::vector<FirstToken> points;
    for (const auto &[place, answer] : answers.kept) {
        if (answer.promptTokens > 0 && answer.firstToken > 0)
            points.push_back({answer.promptTokens, answer.firstToken});
    }
    return plan.together == 1 && !points.empty() ? std::optional(firstTokenEvidence(points, std::nullopt)) : std::nullopt;
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
    for (const char *group : kGroups) {
        if (std::ranges::any_of(questions.items, [&](const AskedItem &item) { return item.group == group; }))
            out.push_back(std::string("capability.") + group);
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
    return out;
}

DistributionFound distributionFound(const DistributionPlan &plan, Answers answers, const std::vector<ForcedAnswer> &forced)
{
    DistributionFound out;
    out.registered = registeredTests(plan);
    for (const BundleAlternative &alternative : plan.bundle->alternatives)
        for (const std::string &name : {alternative.name, mixtureName(alternative.name)})
            out.alternatives.push_back(name);
    TestPlan test;
    test.alpha = plan.alpha / double(out.registered.size());
    test.draws = plan.draws;
    test.seed = plan.seed;
    test.registered = !readsTokens(plan);
    out.evidence.push_back(textEvidence(sampledOf(*plan.bundle, answers), size_t(plan.bundle->sampling.maxTokens), effectsOf(*plan.bundle, true), test));
    test.registered = readsTokens(plan);
    if (!forced.empty())
        out.evidence.push_back(greedyOf(plan, forced, test));
    test.registered = true;
    const auto pairs = pairsOf(*plan.bundle, answers);
    for (const char *group : kGroups) {
        if (std::ranges::any_of(pairs, [&](const PairedItem &item) { return item.group == group; }))
            out.evidence.push_back(pairedItemsEvidence(pairs, group, test));
    }
    for (Evidence &ratio : itemRatioEvidence(pairs))
        out.evidence.push_back(std::move(ratio));
    if (auto times = timesOf(plan, answers))
        out.evidence.push_back(std::move(*times));
    out.interrupted = !answers.complete();
    out.answers = std::move(answers);
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
    const auto open = [&](Backend &backend) {
        return callAndWait<LoadSample>(backend, stop, [&](Backend::Done<LoadSample> done) { backend.open(plan.device, plan.dtype, {}, std::move(done)); });
    };
    if (auto opened = open(subject); !opened)
        return tl::unexpected(opened.error());
    AskPlan asking{questionsOf(plan), subjectSeed(plan), plan.together, plan.limits, plan.prompts, plan.there, plan.keep};
    Answers answers = askQuestions(subject, asking, progress, stop);
    std::vector<ForcedAnswer> forced;
    std::optional<Told> unread;
    if (plan.reference && !stop.stop_requested()) {
        const auto reference = plan.reference();
        std::vector<ForcedText> texts;
        for (size_t i = 0; i < plan.bundle->prompts.size(); ++i) {
            const KeptAnswer *given = answers.answerOf(QuestionRow::Kind::Greedy, i);
            texts.push_back({plan.bundle->prompts[i].text, given ? given->text : std::string()});
        }
        const auto opened = open(*reference);
        auto read = opened ? teacherForce(*reference, texts, 1, plan.prompts, progress, stop) : Result<std::vector<ForcedAnswer>>(tl::unexpected(opened.error()));
        if (read)
            forced = std::move(*read);
        else
            unread = Told{ASSAY_TEXT("Identity", "The reference could not read the answers: %1"), {read.error().sentence()}};
    }
    DistributionFound out = distributionFound(plan, std::move(answers), forced);
    if (unread)
        out.notes.push_back(std::move(*unread));
    return out;
}

void addDistribution(Verification &verification, const DistributionFound &found, const std::string &reference)
{
    verification.evidence.insert(verification.evidence.end(), found.evidence.begin(), found.evidence.end());
    verification.rules.registered.insert(verification.rules.registered.end(), found.registered.begin(), found.registered.end());
    for (const std::string &name : found.alternatives) {
        if (std::ranges::find(verification.rules.alternatives, name) == verification.rules.alternatives.end())
            verification.rules.alternatives.push_back(name);
    }
    verification.notes.insert(verification.notes.end(), found.notes.begin(), found.notes.end());
    verification.spent.requests += found.answers.spent.requests;
    verification.spent.promptTokens += found.answers.spent.promptTokens;
    verification.spent.outputTokens += found.answers.spent.outputTokens;
    verification.interrupted |= found.interrupted;
    verification.reference = reference;
    verification.verdict = judge(verification.evidence, verification.rules);
}

} // namespace assay
