// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/run.h"
#include "core/evaluate/suite.h"

namespace assay {

/// What became of one item; never folded together (DESIGN.md, section 2).
enum class Outcome { Right, Wrong, Unparsed, Truncated, Error };
const char *outcomeName(Outcome outcome); ///< "right", ... ; translation context "Outcome"

/// The answer of one subject to one item.
struct ItemResult
{
    std::string itemId;
    std::string task;
    Outcome outcome = Outcome::Error;
    std::string expected;
    std::string answer; ///< as extracted; the choice's text for Choice
    std::string output; ///< everything generated
    std::vector<double> logLikelihoods; ///< of each choice
    std::map<std::string, double> axes;
    double seconds = 0;
    int64_t outputTokens = 0;
    std::string error;
};

struct EvaluationProtocol
{
    std::string suite, suiteTitle, suiteFingerprint;
    uint64_t suiteItems = 0; ///< in the suite; fewer results mean that the run did not end
    std::map<std::string, std::string> axes;
    std::string device = "cpu", dtype = "auto";
    double temperature = 0;
    int64_t batch = 1; ///< prompts that were generated together at most: more than one changes the last bits of logits
    bool operator==(const EvaluationProtocol &) const = default;
};

struct EvaluationRun
{
    RunHeader header;
    EvaluationProtocol protocol;
    std::vector<ItemResult> items;
};

nlohmann::json toJson(const ItemResult &item);
nlohmann::json toJson(const EvaluationProtocol &protocol);
nlohmann::json toJson(const EvaluationRun &run);
Result<ItemResult> itemResultFromJson(const nlohmann::json &json);
Result<EvaluationProtocol> evaluationProtocolFromJson(const nlohmann::json &json);
Result<EvaluationRun> evaluationRunFromJson(const nlohmann::json &json);

/// Judges generated text. finish is "stop" or "length": an answer that cannot be extracted is Truncated
/// when the output ran into its limit, else Unparsed; so is one that the limit cut off: `until` is not reached,
/// or it is the beginning of the right answer. Only text after the last </think> counts (evaluation.md 3.4).
ItemResult judgeGenerated(const Suite &suite, const SuiteItem &item, const std::string &output, const std::string &finish);
/// Judges log-likelihoods of the choices: the largest wins, ties go to the first (evaluation.md 3.1, acc).
ItemResult judgeChoice(const SuiteItem &item, const std::vector<double> &logLikelihoods);

/// What follows the last `after`, up to `until`; nothing when it is not there.
std::optional<std::string> extractAnswer(const ExtractRule &rule, const std::string &output);

} // namespace assay
