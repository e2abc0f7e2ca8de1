// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/bench/roofline.h"
#include "core/bench/sample.h"
#include "core/model/classlabels.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

/// The inference engine without a trace of libtorch in its interface. Nothing here throws; what takes long
/// asks its stop token between the layers of the model and ends with ErrorCode::Cancelled.
namespace assay::engine {

struct DeviceDescription
{
    std::string id;   ///< "cpu", "cuda:0"
    std::string name; ///< the processor's or the card's
    uint64_t memoryBytes = 0;
    uint64_t freeBytes = 0;
    std::vector<std::string> dtypes;
};

/// Memory in bytes; absent where the platform cannot tell.
struct Memory
{
    std::optional<uint64_t> tensorPeak; ///< since the last load or run began
    std::optional<uint64_t> tensorCurrent;
    std::optional<uint64_t> reservedPeak;   ///< CUDA: allocator's peak reserved
    std::optional<uint64_t> processPeak;    ///< CPU: VmHWM since the last load or run began
    std::optional<uint64_t> processDevice;  ///< CUDA: this process on the device (NVML)
    std::optional<uint64_t> deviceUsed;     ///< CUDA: everybody on the device (NVML)
    std::optional<uint64_t> deviceBaseline; ///< CUDA: the same before loading
};

struct LoadOptions
{
    std::filesystem::path path;
    std::string dtype = "auto"; ///< "auto": as stored; "f32", "bf16", "f16"; "int8", "prune50": planStorage says of what
    std::string device = "cpu";
    bool cold = false; ///< the weight files leave the page cache first, as far as the system lets them
};

/// Memory in bytes as it is predicted before loading.
struct PredictedMemory
{
    uint64_t weights = 0;
    uint64_t cache = 0;     ///< keys and values of kPredictedTokens tokens
    uint64_t workspace = 0; ///< what a prefill of as many needs besides

    uint64_t total() const { return weights + cache + workspace; }
};
inline constexpr int64_t kPredictedTokens = 512;

/// What a model computes.
enum class ModelKind {
    Decoder,    ///< logits of the next token
    Encoder,    ///< hidden states
    Classifier, ///< logits of labels
    Masked,     ///< logits of the token at each position itself
};
const char *nameOf(ModelKind kind); ///< "decoder", "encoder", "classifier", "masked"

/// What was loaded.
struct Description
{
    std::string architecture, dtype, device;
    ModelKind kind = ModelKind::Decoder;
    double seconds = 0;
    uint64_t weightBytes = 0;
    uint64_t parameters = 0;
    int64_t contextLength = 0;
    int64_t vocabularySize = 0;
    std::vector<int64_t> endTokens; ///< of generation_config.json, else of config.json
    std::optional<int64_t> beginToken;
    bool pagesCached = true; ///< the weight files were in the page cache before
    std::optional<bool> dropped; ///< LoadOptions::cold: whether they left it
    std::optional<ModelWork> work; ///< of a decoder
    Memory memory;
    std::vector<WeightShare> shares;    ///< the most first
    PredictedMemory predicted;
    std::optional<uint64_t> heldBytes;  ///< CPU: tensors that live since the loading began, as counted by the allocator
    std::vector<std::string> unused;    ///< tensors of the checkpoint that the model has no place for; at most kMostUnused
    uint64_t unusedCount = 0;
    int64_t hiddenSize = 0;
    int64_t tokenTypes = 0;          ///< of an encoder; 0: it knows none
    bool pooler = false;             ///< an encoder has one
    std::optional<ClassLabels> labels; ///< of a classifier
};
inline constexpr size_t kMostUnused = 100;

/// How the next token is taken from the logits. The steps in their order, that of transformers: repetition penalty,
/// temperature, top-k, top-p, min-p. What is left out does nothing.
struct Sampling
{
    double temperature = 0;       ///< 0 takes the largest logit, after the penalty
    int64_t topK = 0;             ///< the k likeliest; 0 is all
    double topP = 1;              ///< the likeliest that reach this probability together, above 0 to 1
    double minP = 0;              ///< at least this share of the likeliest's probability, 0 to 1
    double repetitionPenalty = 1; ///< above 1 makes what was in prompt and answer less likely
    uint64_t seed = 0;            ///< the same seed gives the same tokens, alone and in any batch
};

/// One prompt and how it goes on.
struct GenerateOptions
{
    std::vector<int64_t> ids; ///< the prompt, not empty
    int64_t maxTokens = 128;
    Sampling sampling = {};
    bool ignoreEnd = false;          ///< end tokens do not end it
    std::vector<int64_t> stopTokens = {}; ///< these do in any case
    std::optional<int64_t> top = {}; ///< the likeliest tokens to tell of with each token: 0 to kMostTop
};

/// The most of the likeliest tokens that are told of at a position.
inline constexpr int64_t kMostTop = 1000;
/// The most sequences that are generated together.
inline constexpr size_t kMostRows = 1024;

struct TokenProbability
{
    int64_t id = 0;
    double logProbability = 0; ///< natural logarithm
};

/// A token as the model saw it: of the softmax over the whole vocabulary, before any penalty, temperature or filter.
struct TokenScore
{
    int64_t id = 0;
    double logProbability = 0;         ///< natural logarithm
    int64_t rank = 1;                  ///< 1 is the likeliest; of equals the smaller id is before
    std::vector<TokenProbability> top; ///< the likeliest first
    double tail = 1;                   ///< the probability of all tokens that are not in top: with them it makes 1
};

/// A token that was just chosen.
struct NewToken
{
    size_t row = 0;                  ///< the prompt's index
    int64_t id = 0;
    double seconds = 0;              ///< from the call until it was known
    bool stops = false;              ///< one of GenerateOptions::stopTokens
    std::optional<TokenScore> score; ///< when GenerateOptions::top asks for it
};

struct Generated
{
    std::vector<int64_t> ids; ///< with the end or stop token, when one came
    bool ended = false;       ///< by an end token, a stop token or the callback
    double firstToken = 0;    ///< seconds from the call until the first token was known
    double lastToken = 0;
};

/// A continuation to be scored after its context; context not empty.
struct Continuation
{
    std::vector<int64_t> context, continuation;
};

struct ContinuationScore
{
    double logLikelihood = 0; ///< natural logarithm, summed over the continuation
    bool greedy = true;       ///< each token is the argmax
    bool truncated = false;   ///< the context was cut from the left to fit
    std::vector<TokenScore> tokens; ///< of the continuation, when ScoreOptions::tokens asks for them
};

struct ScoreOptions
{
    bool tokens = false; ///< tells of each token, too
    int64_t top = 0;     ///< and of so many of the likeliest at its position, up to kMostTop
};

/// What an encoder reads: a text's ids, its special tokens among them.
struct EncoderInput
{
    std::vector<int64_t> ids;        ///< not empty, at most Description::contextLength
    std::vector<int64_t> types = {}; ///< one each, below Description::tokenTypes; empty: all 0
};

/// How a text's hidden states become one vector.
enum class Pooling {
    Mean,   ///< of all tokens
    First,  ///< the first token's
    Pooler, ///< the model's own: tanh(dense(first)), BERT
};
struct EncodeOptions
{
    Pooling pooling = Pooling::Mean;
    bool normalise = false; ///< the vector is divided by its length
    bool states = false;    ///< gives the states, too
};
struct Encoded
{
    std::vector<float> vector; ///< [hidden]
    std::vector<float> states; ///< [tokens, hidden] behind the last layer, when EncodeOptions::states asks for them
};

struct Classified
{
    std::vector<float> logits;  ///< [labels]
    std::vector<double> values; ///< what ClassLabels::problem makes of them
};

/// A text some tokens of which are to be filled in.
struct MaskedInput
{
    EncoderInput text;
    std::vector<int64_t> positions; ///< indices into its ids
};

/// How tokens are decoded on CUDA; elsewhere there is one way.
enum class Decoding {
    Auto,  ///< by recorded graphs where the model allows it
    Eager, ///< operator by operator
};

/// Ids of a prompt of so many tokens: of this run (-1: what stands before all runs' prompts) and this sequence of the batch.
/// Never the same twice, always the same for the same place.
using PromptIds = std::function<std::vector<int64_t>(int64_t run, int64_t sequence, int64_t tokens)>;

struct MeasureOptions
{
    int64_t promptTokens = 64, outputTokens = 64, batch = 1;
    int64_t runs = 5, warmup = 1;
    uint64_t seed = 1;
    Decoding decoding = Decoding::Auto;
    bool streamed = false; ///< CUDA: each token is copied to the host before the next one begins, as for somebody who reads along
    int64_t depth = 0;     ///< tokens that the cache holds before the prompt comes; filling it is not timed
    bool shares = false;   ///< the last run's sample tells where a step's time goes, timed in some more steps
    PromptIds prompts = {}; ///< of text; empty: random tokens
};

/// One run; seconds on the monotonic clock, or on CUDA on the device's own.
struct Sample
{
    int64_t index = 0;
    bool warmup = false;
    double firstToken = 0;
    std::vector<double> gaps; ///< between consecutive tokens
    double total = 0;
    Memory memory;
    uint64_t predictedBytes = 0; ///< what was predicted of Memory::tensorPeak
    double load1 = 0; ///< the machine's load average when the run began
    std::string decoding = "eager"; ///< or "graph"
    std::string eagerReason;        ///< CUDA: why not by graphs, a reason
    DeviceState state;
    std::vector<TimeShare> shares;
};

/// (done, total) in any unit.
using Progress = std::function<void(double, double)>;
/// A token and when it was known (seconds from the call); false ends the generation.
using OnToken = std::function<bool(int64_t, double)>;
/// The same of one sequence of several; false ends that sequence.
using OnNewToken = std::function<bool(const NewToken &)>;
/// Rows of logits from this position on: values [rows, vocabulary].
using OnRows = std::function<void(int64_t first, int64_t rows, std::span<const float> values)>;
/// An input's index and what came out; not in the order of the inputs.
using OnEncoded = std::function<void(size_t index, const Encoded &)>;
using OnSample = std::function<void(const Sample &)>;

std::string libtorchVersion();
std::vector<DeviceDescription> devices();
/// Threads that operators use; 0 means one a physical core that this process may run on.
void setThreads(int threads);
int threads();
/// The reading for a device without a model.
Memory memoryOf(const std::string &device);

/// One loaded model. Calls may come from any thread, one at a time. A call for another kind of model than this one is
/// WrongTask.
class Engine
{
public:
    /// Reads config and weights; refuses before allocating when the memory will not do.
    static Result<std::unique_ptr<Engine>> load(const LoadOptions &options, const Progress &progress = {},
                                                std::stop_token stop = {});
    ~Engine();
    Engine(const Engine &) = delete;
    Engine &operator=(const Engine &) = delete;

    const Description &description() const;
    Memory memory() const;

    Result<Generated> generate(const GenerateOptions &options, const OnToken &onToken = {},
                               std::stop_token stop = {});
    /// Several prompts of any lengths together; each gets what it would get alone. An error says which prompt is wrong;
    /// at most kMostRows.
    Result<std::vector<Generated>> generateBatch(const std::vector<GenerateOptions> &rows, const OnNewToken &onToken = {},
                                                 std::stop_token stop = {});
    /// What several contexts have in common is computed once, in whatever order they come: a context that is shared whole, and of long ones
    /// what they begin with. Equally long short contexts go through the model together, which may change the last bits.
    Result<std::vector<ContinuationScore>> score(const std::vector<Continuation> &items, const ScoreOptions &options = {},
                                                 const Progress &progress = {}, std::stop_token stop = {});
    /// Logits at every position in f32. With the cache the first half is prefilled and the rest decoded token
    /// by token, as generation does it; without, it is one full pass.
    Result<void> logits(const std::vector<int64_t> &ids, bool cache, const OnRows &onRows,
                        std::stop_token stop = {});
    /// The texts' vectors and states, of models of every kind but decoders. Inputs of any lengths go through the model
    /// together, padded; each gets what it would get alone. An error says which input is wrong.
    Result<void> encode(const std::vector<EncoderInput> &inputs, const EncodeOptions &options, const OnEncoded &onEncoded,
                        const Progress &progress = {}, std::stop_token stop = {});
    /// Of each input what a classifier says of its labels.
    Result<std::vector<Classified>> classify(const std::vector<EncoderInput> &inputs, const Progress &progress = {},
                                             std::stop_token stop = {});
    /// Of each position of each input the likeliest token and the `top` likeliest, up to kMostTop, by a masked model.
    Result<std::vector<std::vector<TokenScore>>> fill(const std::vector<MaskedInput> &inputs, int64_t top,
                                                      const Progress &progress = {}, std::stop_token stop = {});
    /// Prompts are different in every run; the model's end tokens do not end a run. With 0 output tokens it is passes
    /// over the prompts, of models that generate nothing.
    Result<void> measure(const MeasureOptions &options, const OnSample &onSample, std::stop_token stop = {});

    struct Implementation;
    const Implementation &implementation() const { return *m_implementation; } ///< for the engine's own sources

private:
    explicit Engine(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace assay::engine
