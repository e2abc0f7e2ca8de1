// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/bench/run.h"
#include "core/bench/statistics.h"
#include "core/evaluate/itemrows.h"

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// How far a distilled, quantised or pruned model is from the one that it stands for (evaluation.md 3.3). Where both have one vocabulary,
/// their distributions of the next token are compared over a text; else what each makes of texts that the reference wrote, and answers.
namespace assay {

/// Where the reference's distributions came from, and with that what the divergences are worth.
enum class FidelitySource : uint8_t {
    Models,     ///< both models side by side over the whole vocabulary: exact
    SixteenBit, ///< a base file of llama.cpp: log-probabilities in 16 bits, none below the largest less 16
    TopTokens,  ///< a base file of ours: the likeliest tokens, the rest as one: divergences are lower bounds, all else is exact
};
const char *fidelitySourceName(FidelitySource source); ///< a few words; translation context "Fidelity"
const char *fidelitySourceId(FidelitySource source);   ///< for files: "models", "16bit", "top"

/// What was found at each scored position of a text, in the order of the text: what all figures and charts are made of.
struct FidelityColumns
{
    std::vector<float> divergence;   ///< KL(reference || other) in nats, at temperature 1
    std::vector<float> nllReference; ///< -ln p of the text's own token, by the reference
    std::vector<float> nllOther;     ///< by the other
    std::vector<uint8_t> sameTop;    ///< 1: both have the same likeliest token
    std::vector<float> softened;     ///< KL of both softened by the protocol's temperature, times its square; empty: not asked
    std::vector<uint32_t> chunkEnds; ///< the number of positions up to the end of each chunk of the text: positions of a chunk go together
    size_t size() const { return divergence.size(); }
    bool operator==(const FidelityColumns &) const = default;
};
/// p by the other less p by the reference, of the token at this position.
inline double deltaP(const FidelityColumns &columns, size_t position)
{
    return std::exp(-columns.nllOther[position]) - std::exp(-columns.nllReference[position]);
}

/// A mean with its standard error, positions taken as independent: as llama.cpp prints it.
struct MeanError
{
    double mean = NAN, error = NAN;
};

/// A value at a rank: 1 is the largest, 0.5 the median, 0 the smallest; between ranks linear at share * (n - 1).
struct RankValue
{
    double share = 0;
    double value = NAN;
};
inline constexpr std::array kDivergenceRanks{1.0, .999, .99, .95, .9, .5, .1, .05, .01, .001, 0.0};
inline constexpr std::array kDeltaRanks{1.0, .999, .99, .95, .9, .75, .5, .25, .1, .05, .01, .001, 0.0};

/// The figures of a comparison over one vocabulary; errors and ranks by llama.cpp's formulas, intervals by chunk our own.
struct DivergenceFigures
{
    size_t positions = 0, chunks = 0;
    MeanError divergence;                   ///< nats
    std::vector<RankValue> divergenceRanks; ///< kDivergenceRanks
    Estimate divergenceByChunk;             ///< the mean with the 95 % interval of chunks taken as independent, not of positions
    MeanError sameTop;                      ///< share of positions; binomial error
    Estimate sameTopByChunk;
    MeanError deltaP;                       ///< of 1
    std::vector<RankValue> deltaPRanks;     ///< kDeltaRanks
    MeanError deltaPRms;
    MeanError perplexityReference, perplexityOther;
    MeanError logRatio;   ///< ln(other / reference), with the paired error
    MeanError ratio;      ///< other / reference
    MeanError difference; ///< other - reference
    Estimate logRatioByChunk;
    double correlation = NAN; ///< of the tokens' log-likelihoods, what llama.cpp calls Cor(ln(PPL(Q)), ln(PPL(base)))
};
/// All NaN without positions.
DivergenceFigures figuresOf(const FidelityColumns &columns);

/// What a distillation with these settings would minimise, as a measure and not as fidelity: alpha * T^2 KL(softened) +
/// (1 - alpha) * cross entropy of the other on the text (Hinton et al. 2015; both sides are softened).
struct DistillationObjective
{
    double temperature = 1, alpha = .5;
    MeanError softened, crossEntropy, objective; ///< nats
};
/// Nothing where the columns have no softened divergences.
std::optional<DistillationObjective> objectiveOf(const FidelityColumns &columns, double temperature, double alpha);

/// A vocabulary as models share it or do not: the same number of tokens means nothing by itself.
struct VocabularyIdentity
{
    int64_t rows = 0;      ///< of the model's output; those that are no tokens pad it
    int64_t tokens = 0;    ///< that the tokenizer has; 0: the model has none, or a base file does not tell
    std::string hash;      ///< SHA-256 over the tokens' spellings in the order of their ids; empty: not known
    std::string plainHash; ///< the same without the tokens that were added to the tokenizer's own
    bool operator==(const VocabularyIdentity &) const = default;
};
struct VocabularyMatch
{
    VocabularyIdentity reference, other;
    int64_t compared = 0;   ///< so many rows, from the first on, are of the same tokens and were compared; 0: the vocabularies differ
    bool addedDiffer = false; ///< added tokens (of chat templates, say) are spelled otherwise, all others alike
    bool spellingKnown = true; ///< false: a base file of llama.cpp, of which only the number of tokens and the text's own are known to fit
    bool operator==(const VocabularyMatch &) const = default;
};
/// Whether distributions over these vocabularies can be compared, and over how many tokens. Error: VocabulariesDiffer with the models'
/// names and why.
Result<VocabularyMatch> matchVocabularies(const VocabularyIdentity &reference, const VocabularyIdentity &other, const std::string &referenceName,
                                          const std::string &otherName);

/// A text that the reference wrote, and what both make of it.
struct WrittenText
{
    std::string prompt, text;
    int64_t bytes = 0; ///< of the text
    double nllReference = NAN, nllOther = NAN; ///< nats, summed over the text, after the prompt
    bool operator==(const WrittenText &) const = default;
};
/// Bits per byte over all texts together, with 95 % intervals of texts taken as independent (ratio of sums); comparable across vocabularies.
struct WrittenFigures
{
    size_t texts = 0;
    int64_t bytes = 0;
    Estimate reference, other;
    Estimate difference; ///< other - reference, paired
};
WrittenFigures figuresOf(std::span<const WrittenText> texts);

/// How alike two subjects answer the same items: what is left where vocabularies differ, and worth a look where they do not.
struct AnswerFidelity
{
    std::string suite;
    size_t items = 0;            ///< that both have; of repeated samples the first one counts
    Estimate agreement;          ///< share of items with the same answer
    std::optional<double> kappa; ///< Cohen's; nothing where chance explains all
    Estimate sameWrong;          ///< of the items that both have wrong
    Estimate flips;              ///< share of items that are right of one alone
    size_t onlyReference = 0, onlyOther = 0; ///< right
};
/// From two runs over the same items; answers are the judgements' extracted ones.
AnswerFidelity answerFidelity(const ItemRows &reference, const ItemRows &other);

/// How a comparison was made.
struct FidelityProtocol
{
    SubjectRef reference; ///< of a base file its path and name
    std::string referenceDtype, dtype; ///< as computed
    FidelitySource source = FidelitySource::Models;
    std::string text;            ///< the file's name
    std::string textFingerprint; ///< SHA-256 of its bytes; empty: the tokens of a base file were taken as they are
    std::string cut;             ///< how it was cut: cutName()
    double temperature = 1, alpha = .5; ///< of the distillation objective
    int64_t top = 0;             ///< tokens at each position of FidelitySource::TopTokens
    bool operator==(const FidelityProtocol &) const = default;
};

/// A model held against the reference; header.subject is that model. What was found is kept by position, figures are derived.
struct FidelityRun
{
    RunHeader header;
    FidelityProtocol protocol;
    VocabularyMatch vocabulary;
    std::optional<Error> notCompared;  ///< why there are no columns: the vocabularies differ (evaluation.md 10), ...
    FidelityColumns columns;           ///< empty where notCompared
    std::vector<WrittenText> written;  ///< empty: not asked
    double seconds = 0;                ///< that both models computed for the columns
};

/// All but the columns, and the figures that they give.
nlohmann::json toJson(const FidelityRun &run);
/// Figures are not read: they are derived. Errors: StoreDamaged with the field's name.
Result<FidelityRun> fidelityRunFromJson(const nlohmann::json &json);
/// The columns as bytes, and back. Error: StoreDamaged.
std::string encodeColumns(const FidelityColumns &columns);
Result<FidelityColumns> decodeColumns(std::string_view bytes);

/// The figures as llama.cpp prints them, line by line, what is not llama.cpp's below its own heading. In English, for the command line.
std::string fidelityText(const FidelityRun &run);

} // namespace assay
