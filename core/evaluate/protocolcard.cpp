// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/protocolcard.h"

#include "core/base/units.h"

#include <algorithm>

namespace assay {
namespace {

struct CardRule
{
    const char *id;
    const char *name; ///< translation context "Card"
    CardWeight weight;
    const char *meaning; ///< translation context "Card"
    std::string (*value)(const EvaluationRun &);
};

std::string firstWord(const std::string &text)
{
    return text.substr(0, text.rfind(' '));
}

std::string shortHash(const std::string &hash)
{
    constexpr size_t kShown = 12;
    return hash.substr(0, kShown);
}

constexpr CardRule kRules[] = {
    {"suite", ASSAY_TEXT("Card", "Suite"), CardWeight::Forbids, ASSAY_TEXT("Card", "They were not asked the same questions."),
     [](const EvaluationRun &run) { return run.protocol.suite + (run.protocol.suiteFingerprint.empty() ? "" : " " + shortHash(run.protocol.suiteFingerprint)); }},
    {"scorer", ASSAY_TEXT("Card", "Scorer"), CardWeight::Forbids,
     ASSAY_TEXT("Card", "The scores measure different things; judging one run again by the other's scorer makes them comparable."),
     [](const EvaluationRun &run) { return firstWord(run.protocol.scorer); }},
    {"scorer_version", ASSAY_TEXT("Card", "Version of the scorer"), CardWeight::Warns, ASSAY_TEXT("Card", "Judging the older run again settles it."),
     [](const EvaluationRun &run) { return run.protocol.scorer.substr(firstWord(run.protocol.scorer).size()); }},
    {"tool", ASSAY_TEXT("Card", "Tool"), CardWeight::Warns, ASSAY_TEXT("Card", "Tools differ in prompts, in how they cut thinking and in how they extract answers."),
     [](const EvaluationRun &run) { return run.protocol.tool.empty() ? std::string("Assay") : run.protocol.tool; }},
    {"chat_template", ASSAY_TEXT("Card", "Chat template"), CardWeight::Warns, ASSAY_TEXT("Card", "The same question reached them in other words."),
     [](const EvaluationRun &run) { return shortHash(run.protocol.chatTemplate); }},
    {"prefix", ASSAY_TEXT("Card", "Before each prompt"), CardWeight::Warns,
     ASSAY_TEXT("Card", "A missing or doubled beginning-of-text token alone can cost most of the accuracy."), [](const EvaluationRun &run) { return run.protocol.prefix; }},
    {"temperature", ASSAY_TEXT("Card", "Temperature"), CardWeight::Warns, ASSAY_TEXT("Card", "Sampling changes the rate of right answers."),
     [](const EvaluationRun &run) { return threeDigits(run.protocol.temperature); }},
    {"top_p", ASSAY_TEXT("Card", "Top-p"), CardWeight::Warns, ASSAY_TEXT("Card", "Sampling changes the rate of right answers."),
     [](const EvaluationRun &run) { return threeDigits(run.protocol.topP); }},
    {"max_tokens", ASSAY_TEXT("Card", "Longest answer, in tokens"), CardWeight::Warns, ASSAY_TEXT("Card", "A lower limit cuts answers off."),
     [](const EvaluationRun &run) { return run.protocol.maxTokens > 0 ? std::to_string(run.protocol.maxTokens) : std::string(ASSAY_TEXT("Card", "as the suite says")); }},
    {"thinking", ASSAY_TEXT("Card", "Thinking"), CardWeight::Warns, ASSAY_TEXT("Card", "One may have thought longer than the other."),
     [](const EvaluationRun &run) { return run.protocol.thinking; }},
    {"text_cut", ASSAY_TEXT("Card", "Windows of texts"), CardWeight::Forbids, ASSAY_TEXT("Card", "Perplexities over other windows cannot be compared."),
     [](const EvaluationRun &run) { return run.protocol.textCut; }},
    {"preparation", ASSAY_TEXT("Card", "Preparation of images"), CardWeight::Notes, ASSAY_TEXT("Card", "Each model has its own; it belongs to the subject."),
     [](const EvaluationRun &run) { return run.protocol.preparation; }},
    {"samples", ASSAY_TEXT("Card", "Samples of each item"), CardWeight::Notes, ASSAY_TEXT("Card", "Scores are averaged per item first."),
     [](const EvaluationRun &run) { return std::to_string(run.protocol.samples); }},
    {"dtype", ASSAY_TEXT("Card", "Computed in"), CardWeight::Notes, ASSAY_TEXT("Card", "Rounding flips a few answers."),
     [](const EvaluationRun &run) { return run.header.environment.dtype.empty() ? run.protocol.dtype : run.header.environment.dtype; }},
    {"engine", ASSAY_TEXT("Card", "Engine"), CardWeight::Notes, ASSAY_TEXT("Card", "Other kernels round otherwise, which flips a few answers."),
     [](const EvaluationRun &run) {
         const Environment &environment = run.header.environment;
         return environment.worker.empty() ? std::string() : environment.worker + " / libtorch " + environment.libtorch;
     }},
    {"device", ASSAY_TEXT("Card", "Device"), CardWeight::Notes, ASSAY_TEXT("Card", "Other kernels round otherwise, which flips a few answers."),
     [](const EvaluationRun &run) { return run.protocol.device; }},
    {"batch", ASSAY_TEXT("Card", "Prompts together"), CardWeight::Notes, ASSAY_TEXT("Card", "Other kernels round otherwise, which flips a few answers."),
     [](const EvaluationRun &run) { return std::to_string(run.protocol.batch); }},
};

} // namespace

std::vector<CardDifference> cardDifferences(const EvaluationRun &first, const EvaluationRun &second, JoinBy by, const Translate &translate)
{
    const auto say = [&translate](const char *text) { return translate("Card", text); };
    const auto shown = [&say](const std::string &value) { return say(value.empty() ? ASSAY_TEXT("Card", "not told") : value.c_str()); };
    std::vector<CardDifference> out;
    for (const CardRule &rule : kRules) {
        const std::string one = rule.value(first), two = rule.value(second);
        if (one == two)
            continue;
        CardDifference difference{rule.id, rule.weight, shown(one), shown(two), {}};
        // What is told on one side only is no proof that they differ; joined by what is asked, the suite's name does not matter.
        const bool oneSided = one.empty() || two.empty();
        if (rule.weight == CardWeight::Forbids && (oneSided || (by == JoinBy::PairKey && difference.id == "suite")))
            difference.weight = CardWeight::Warns;
        difference.sentence = fillIn(say(ASSAY_TEXT("Card", "%1: %2 against %3. %4")),
                                     {say(rule.name), difference.first, difference.second, say(rule.meaning)});
        out.push_back(std::move(difference));
    }
    std::ranges::stable_sort(out, std::ranges::less(), &CardDifference::weight);
    return out;
}

} // namespace assay
