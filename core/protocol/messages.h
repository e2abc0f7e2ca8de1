// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/bench/roofline.h"
#include "core/bench/sample.h"

#include <nlohmann/json.hpp>
#include <optional>

/// The messages that assay and assay-worker exchange: JSON-RPC 2.0, one message a line, UTF-8.
/// assay -> worker: requests. worker -> assay: responses, and notifications that carry the request's id.
/// A request ends with exactly one response. `cancel {id}` ends a running request with the error "cancelled".
namespace assay::protocol {

inline constexpr int kVersion = 1;
inline constexpr size_t kMaximumLine = 64u << 20; ///< bytes; a longer line is a violation

namespace method {
inline constexpr const char *kHello = "hello";       // {protocol} -> Hello
inline constexpr const char *kLoad = "load";         // LoadRequest -> LoadResult; progress
inline constexpr const char *kUnload = "unload";     // {model} -> {}
inline constexpr const char *kTokenize = "tokenize"; // {model, text, special} -> {ids, tokens}
inline constexpr const char *kGenerate = "generate"; // GenerateRequest -> GenerateResult; generate.chunk
inline constexpr const char *kGenerateBatch = "generateBatch"; // GenerateBatchRequest -> GenerateBatchResult; generate.chunk
inline constexpr const char *kScore = "score";       // ScoreRequest -> ScoreResult; score.tokens
inline constexpr const char *kEncode = "encode";     // EncodeRequest -> EncodeResult (encodermessages.h); encode.states
inline constexpr const char *kClassify = "classify"; // ClassifyRequest -> ClassifyResult
inline constexpr const char *kFill = "fill";         // FillRequest -> FillResult
inline constexpr const char *kLogits = "logits";     // {model, ids, cache} -> {rows, columns}; logits.rows
inline constexpr const char *kMeasure = "measure";   // MeasureRequest -> MeasureResult; measure.sample
inline constexpr const char *kMemory = "memory";     // {} -> MemoryReading
inline constexpr const char *kMachine = "machine";   // {device} -> MachineLimits
inline constexpr const char *kCancel = "cancel";     // {id} -> {}; answered at once
inline constexpr const char *kShutdown = "shutdown"; // {} -> {}; the worker then exits with 0
} // namespace method

namespace notification {
inline constexpr const char *kProgress = "progress";            // Progress
inline constexpr const char *kGenerateChunk = "generate.chunk"; // GenerateChunk
inline constexpr const char *kScoreTokens = "score.tokens";     // ScoreTokens
inline constexpr const char *kLogitsRows = "logits.rows";       // {id, first, rows, data: base64 of f32 rows}
inline constexpr const char *kEncodeStates = "encode.states";   // {id, item, first, rows, data: base64 of f32 rows}
inline constexpr const char *kMeasureSample = "measure.sample"; // {id, sample: MeasureSample}
} // namespace notification

struct DeviceInfo
{
    std::string id;   ///< "cpu", "cuda:0"
    std::string name; ///< "AMD EPYC", "NVIDIA H200"
    uint64_t memoryBytes = 0;
    uint64_t freeBytes = 0;
    std::vector<std::string> dtypes; ///< "f32", "bf16", "f16", "int8"
};

/// What a worker is and can do.
struct Hello
{
    int protocol = kVersion;
    std::string worker; ///< "assay-worker 0.1.0"
    std::string libtorch; ///< "1.13.1"
    std::vector<std::string> methods;
    std::vector<DeviceInfo> devices;
    std::vector<std::string> architectures; ///< that the engine runs
    std::string host, system, processor;
    int cores = 0, threads = 0;
    int64_t pid = 0;
};

using assay::MemoryReading;
using assay::CacheWork;
using assay::DeviceState;
using assay::MachineLimits;
using assay::MatrixRate;
using assay::MeasureSample;
using assay::ModelWork;
using assay::TimeShare;
using assay::WeightShare;

struct Progress
{
    int64_t id = 0;
    std::string stage; ///< "load", "prefill", ...
    double done = 0, total = 0;
};

struct LoadRequest
{
    std::string path;
    std::string dtype = "auto"; ///< "auto" (as stored), "f32", "bf16", "f16", "int8"
    std::string device = "cpu";
    bool cold = false; ///< the weight files leave the page cache first, as far as the system lets them
};
struct LoadResult
{
    int64_t model = 0; ///< handle for later requests
    std::string architecture, dtype, device;
    std::string kind = "decoder"; ///< or "encoder", "classifier", "masked", "script": a TorchScript module
    double seconds = 0;
    uint64_t weightBytes = 0;
    uint64_t parameters = 0;
    int64_t contextLength = 0, vocabularySize = 0;
    bool tokenizer = false;
    std::string signature; ///< of a TorchScript module: what its forward takes and gives, "(x: Tensor) -> Tensor"
    bool pagesCached = true; ///< whether the weight files were in the page cache before loading (mincore)
    MemoryReading memory;
    std::vector<WeightShare> shares;    ///< the most first
    uint64_t predictedBytes = 0;        ///< before loading: weights, a short context's keys and values, workspace
    std::optional<uint64_t> heldBytes;  ///< CPU: what the weights take in tensors
    std::vector<std::string> unused;    ///< some of the checkpoint's tensors that the model has no place for
    uint64_t unusedCount = 0;           ///< of all of them
    bool pooler = false;                ///< an encoder has one
    std::vector<std::string> labels;    ///< of a classifier
    std::string problem;                ///< what its logits are: problem_type of config.json
    std::optional<ModelWork> work;      ///< of a decoder
    std::optional<bool> dropped;        ///< LoadRequest::cold: whether the pages were given up (mincore)
};

/// A prompt and how it goes on. The steps of sampling in their order, that of transformers: repetition penalty,
/// temperature, top-k, top-p, min-p; what is left out does nothing.
struct GenerateItem
{
    std::string prompt;           ///< used when ids is empty
    std::vector<int64_t> ids;
    bool special = true;          ///< add the tokenizer's special tokens to prompt
    int64_t maxTokens = 128;
    double temperature = 0;       ///< 0 is greedy
    int64_t topK = 0;             ///< 0 is all
    double topP = 1, minP = 0;
    double repetitionPenalty = 1;
    uint64_t seed = 0;            ///< the same seed gives the same tokens, alone and in any batch
    std::vector<std::string> stop;   ///< texts: what comes before the first of them is given, and nothing after
    std::vector<int64_t> stopTokens; ///< likewise; the token is among the ids, but not in the text
    bool ignoreEos = false;
    std::optional<int64_t> top;   ///< tell of each token and of so many of the likeliest at its position
};
struct GenerateRequest : GenerateItem
{
    int64_t model = 0;
};
/// Several prompts of any lengths together; each gets what it would get alone.
struct GenerateBatchRequest
{
    int64_t model = 0;
    std::vector<GenerateItem> rows;
};
struct TokenProbability
{
    int64_t id = 0;
    double logProbability = 0; ///< natural logarithm
    std::string piece;         ///< as the vocabulary spells it; empty without a tokenizer
};
/// A token as the model saw it, before any penalty, temperature or filter.
struct TokenScore
{
    int64_t id = 0;
    double logProbability = 0;         ///< natural logarithm
    int64_t rank = 1;                  ///< 1 is the likeliest
    std::vector<TokenProbability> top; ///< the likeliest first
    double tail = 1;                   ///< the probability of all tokens that are not in top: with them it makes 1
    std::string piece;                 ///< as the vocabulary spells it; empty without a tokenizer
};
struct GenerateChunk
{
    int64_t id = 0;
    int64_t row = 0;  ///< of a batch
    std::vector<int64_t> ids;
    std::string text; ///< whole UTF-8 characters only
    double at = 0;    ///< seconds since the request was begun in the worker
    std::vector<TokenScore> tokens; ///< one each of ids, when asked for
};
struct GenerateResult
{
    std::vector<int64_t> ids;
    std::string text;
    std::string finish; ///< "stop" (end token, stop token or stop string), "length"
    int64_t promptTokens = 0;
    double firstToken = 0; ///< seconds: TTFT
    double lastToken = 0;  ///< seconds: until the last token
};
struct GenerateBatchResult
{
    std::vector<GenerateResult> rows; ///< as they were asked for
};

/// Log-likelihoods of continuations (evaluation.md 3.1: whole text and context are encoded apart, the
/// continuation's tokens are what follows the context's).
struct ScoreItem
{
    std::string context, continuation;
    std::vector<int64_t> contextIds, continuationIds = {}; ///< used instead when continuationIds are there; without contextIds the prefix token stands before them
    bool special = true; ///< the begin token stands before the context, where the tokenizer puts it before texts
};
struct ScoreRequest
{
    int64_t model = 0;
    std::vector<ScoreItem> items;
    bool tokens = false; ///< tell of each token of the continuations, too (score.tokens)
    int64_t top = 0;     ///< and of so many of the likeliest at its position
};
/// Tokens of one item's continuation, from this one on.
struct ScoreTokens
{
    int64_t id = 0, item = 0, first = 0;
    std::vector<TokenScore> tokens;
};
struct Score
{
    double logLikelihood = 0; ///< natural logarithm, summed
    int64_t tokens = 0, characters = 0, bytes = 0;
    bool greedy = false;    ///< every token is the argmax
    bool truncated = false; ///< the context was cut from the left
    int64_t contextTokens = 0; ///< 0: an older worker does not tell
};
struct ScoreResult
{
    std::vector<Score> scores;
    double seconds = 0;
};

/// One point of a plan. Prompts are made from the seed, different in every run; so are declared inputs, which are random.
struct MeasureRequest
{
    int64_t model = 0;
    int64_t promptTokens = 64;
    int64_t outputTokens = 64; ///< 0: passes over batch x promptTokens tokens, or over `inputs`
    int64_t batch = 1;
    int64_t runs = 5, warmup = 1;
    uint64_t seed = 1;
    std::string decoding = "auto"; ///< CUDA: "auto", by graphs where the model allows it, or "eager"
    bool streamed = false;         ///< CUDA: each token is copied to the host before the next one begins
    int64_t depth = 0;             ///< tokens in the cache before the prompt comes, filled untimed
    std::string prompts = "auto";  ///< of "random" tokens, of "text" (the tokenizer's error without one), or text where a model with experts has one
    bool shares = false;           ///< one more run of the point tells where a step's time goes; its sample is a warm-up
    std::vector<std::string> inputs = {}; ///< of a pass: declared inputs (core/bench/inputspec.h); TorchScript needs them
};
struct MeasureResult
{
    std::vector<MeasureSample> samples;
};

// One toJson/fromJson pair a struct (messages.cpp). fromJson checks types and ranges: a lying peer gives
// ErrorCode::ProtocolViolation (in answers) or BadParameters (in requests), never an exception.
using Json = nlohmann::json;
#define ASSAY_MESSAGE(Type)                                                                                  \
    Json toJson(const Type &value);                                                                          \
    Result<void> fromJson(const Json &json, Type &value)
ASSAY_MESSAGE(DeviceInfo);
ASSAY_MESSAGE(Hello);
ASSAY_MESSAGE(MemoryReading);
ASSAY_MESSAGE(WeightShare);
ASSAY_MESSAGE(Progress);
ASSAY_MESSAGE(LoadRequest);
ASSAY_MESSAGE(LoadResult);
ASSAY_MESSAGE(GenerateItem);
ASSAY_MESSAGE(GenerateRequest);
ASSAY_MESSAGE(GenerateBatchRequest);
ASSAY_MESSAGE(TokenProbability);
ASSAY_MESSAGE(TokenScore);
ASSAY_MESSAGE(GenerateChunk);
ASSAY_MESSAGE(GenerateResult);
ASSAY_MESSAGE(GenerateBatchResult);
ASSAY_MESSAGE(ScoreItem);
ASSAY_MESSAGE(ScoreRequest);
ASSAY_MESSAGE(ScoreTokens);
ASSAY_MESSAGE(Score);
ASSAY_MESSAGE(ScoreResult);
ASSAY_MESSAGE(MeasureRequest);
ASSAY_MESSAGE(MeasureSample);
ASSAY_MESSAGE(MeasureResult);
ASSAY_MESSAGE(MachineLimits);
ASSAY_MESSAGE(MatrixRate);
ASSAY_MESSAGE(ModelWork);
ASSAY_MESSAGE(CacheWork);
ASSAY_MESSAGE(DeviceState);
ASSAY_MESSAGE(TimeShare);
#undef ASSAY_MESSAGE

/// A parsed line: request (id and method), notification (method only) or response (id and result or error).
struct Message
{
    std::optional<int64_t> id;
    std::string method;
    Json params;
    Json result;
    std::optional<Error> error;
};
Result<Message> parseLine(std::string_view line);
std::string requestLine(int64_t id, const char *method, const Json &params); ///< ends with \n
std::string notificationLine(const char *method, const Json &params);
std::string resultLine(int64_t id, const Json &result);
/// error: {code: -32000, message: sentence, data: {id, arguments, where}}
std::string errorLine(std::optional<int64_t> id, const Error &error);

} // namespace assay::protocol
