// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/run.h"
#include "core/evaluate/answer.h"
#include "core/evaluate/itemrows.h"
#include "core/evaluate/judgement.h"
#include "core/evaluate/suite.h"

namespace assay {

/// How a run was made: the card that two runs must share before they are compared.
struct EvaluationProtocol
{
    std::string suite, suiteTitle, suiteFingerprint;
    uint64_t suiteItems = 0; ///< in the suite; fewer results mean that the run did not end
    std::map<std::string, std::string> axes;
    std::string device = "cpu", dtype = "auto";
    double temperature = 0, topP = 1;
    int64_t batch = 1;   ///< prompts that were generated together at most: more than one changes the last bits of logits
    int64_t samples = 1; ///< asked of each item
    uint64_t seed = 0;   ///< of the sampling
    int64_t maxTokens = 0; ///< of each answer; 0: as the suite says
    std::string scorer = {};  ///< name and version: "exact_match 1"
    bool chat = false;        ///< prompts were to be put into a chat template; false for an endpoint that does so always
    std::string templateName = {}; ///< that was asked for; empty: the usual one
    std::string chatTemplate = {}; ///< hash of the template that prompts were put into; empty: handed over as they are
    std::string prefix = {};  ///< what stands before every prompt: the name of the BOS token, or "none"; empty: not told
    std::string textCut = {}; ///< how texts are cut for their perplexity: "llama.cpp 512", "stride 256 of 512"; empty: no texts
    std::string thinking = {}; ///< that an endpoint was asked for: "on", "low", ...; empty: its own
    std::string preparation = {}; ///< of images, before they came to the model: ImagePreparation::text()
    std::string tool = {};    ///< that made the run: empty for Assay, else "lm-evaluation-harness 0.4.9"
    bool operator==(const EvaluationProtocol &) const = default;
};

struct EvaluationRun
{
    RunHeader header;
    EvaluationProtocol protocol;
    ItemRows items;
};

nlohmann::json toJson(const Answer &answer);
nlohmann::json toJson(const ItemResult &item);
nlohmann::json toJson(const EvaluationProtocol &protocol);
nlohmann::json toJson(const EvaluationRun &run);
/// Rows of earlier versions, which had no answer of their own, are read, too.
Result<ItemResult> itemResultFromJson(const nlohmann::json &json);
Result<EvaluationProtocol> evaluationProtocolFromJson(const nlohmann::json &json);
Result<EvaluationRun> evaluationRunFromJson(const nlohmann::json &json);

/// The row of an item before it is answered: what is known of it.
ItemResult rowOf(const SuiteItem &item, int64_t sample = 0);
/// The row with this answer, judged by the suite's scorer.
ItemResult judgedRow(const Suite &suite, const SuiteItem &item, Answer answer, int64_t sample = 0);

} // namespace assay
