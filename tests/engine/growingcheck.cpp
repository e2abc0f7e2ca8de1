// SPDX-License-Identifier: GPL-3.0-or-later
// Runs one model whose frequencies depend on how long a sequence is, in every way that grows one, and prints as JSON how
// far each is from passes of the same length by the slow model. It ends with 0 when every check is within its limit.
//
//   growingcheck MODEL
//
// MODEL is a directory that `slowmodel grow` made.
#include "tests/engine/decoderpasses.h"
#include "tests/engine/referencelimits.h"

#include <cmath>
#include <cstdio>
#include <numeric>

namespace {

using namespace assay;
using namespace assay::test;
using nlohmann::json;

/// How many tokens the pass has that gives the logits of the token at this place of a prompt of so many tokens.
using PassLength = int64_t (*)(int64_t place, int64_t tokens);

int64_t whole(int64_t, int64_t tokens)
{
    return tokens;
}

int64_t halfAndSteps(int64_t place, int64_t tokens)
{
    return std::max(place + 1, std::max<int64_t>(1, tokens / 2));
}

int64_t pieces(int64_t place, int64_t tokens)
{
    int64_t end = 0;
    for (size_t piece = 0; end <= place; ++piece)
        end += kPieceLengths[piece % std::size(kPieceLengths)];
    return std::min(end, tokens);
}

int64_t lastPiece(int64_t place, int64_t tokens)
{
    return place < tokens - kLastPiece ? tokens - kLastPiece : tokens;
}

struct Prompt
{
    ReferenceInput input;
    std::vector<int64_t> greedy;
    std::vector<float> passes; ///< the rows of the pass over one token, over two, ...
    int64_t vocabulary = 0;

    int64_t tokens() const { return int64_t(input.ids.size()); }
    const float *row(int64_t length, int64_t place) const
    {
        return passes.data() + (length * (length - 1) / 2 + place) * vocabulary;
    }
};

Result<std::vector<Prompt>> readPrompts(const ReferenceFiles &files)
{
    std::vector<Prompt> out;
    const auto inputs = files.inputs();
    for (size_t i = 0; i < inputs.size(); ++i) {
        auto passes = files.tensor("passes." + std::to_string(i));
        if (!passes)
            return tl::unexpected(passes.error());
        const int64_t tokens = int64_t(inputs[i].ids.size()), rows = tokens * (tokens + 1) / 2;
        out.push_back({inputs[i], files.expected().at("prompts").at(i).at("greedy_tokens").get<std::vector<int64_t>>(),
                       std::move(*passes), 0});
        out.back().vocabulary = int64_t(out.back().passes.size()) / rows;
    }
    return out;
}

json failed(const Error &error)
{
    return {{"ok", false}, {"error", error.sentence()}};
}

json measured(double value)
{
    return {{"ok", value <= kLogitsLimit}, {"value", std::isfinite(value) ? value : 1e30}};
}

json compare(const Result<Outputs> &outputs, const std::vector<Prompt> &prompts, PassLength lengthOf)
{
    if (!outputs)
        return failed(outputs.error());
    double worst = 0;
    for (const Prompt &prompt : prompts) {
        const auto given = outputs->find(prompt.input.outputs.front());
        if (given == outputs->end() || int64_t(given->second.size()) != prompt.tokens() * prompt.vocabulary)
            return measured(INFINITY);
        for (int64_t place = 0; place < prompt.tokens(); ++place) {
            const float *wanted = prompt.row(lengthOf(place, prompt.tokens()), place);
            for (int64_t i = 0; i < prompt.vocabulary; ++i) {
                const double difference = std::abs(double(given->second[size_t(place * prompt.vocabulary + i)]) - double(wanted[i]));
                worst = difference <= worst ? worst : difference; // not std::max, which a NaN slips through
            }
        }
    }
    return measured(worst);
}

json sameTokens(const Result<std::vector<engine::Generated>> &generated, const std::vector<Prompt> &prompts)
{
    if (!generated)
        return failed(generated.error());
    int64_t different = 0;
    for (size_t i = 0; i < prompts.size(); ++i)
        different += generated->at(i).ids != prompts[i].greedy;
    return {{"ok", different == 0}, {"different", different}};
}

engine::GenerateOptions greedy(const Prompt &prompt)
{
    return {.ids = prompt.input.ids, .maxTokens = int64_t(prompt.greedy.size()), .ignoreEnd = true};
}

Result<std::vector<engine::Generated>> oneByOne(engine::Engine &engine, const std::vector<Prompt> &prompts)
{
    std::vector<engine::Generated> out;
    for (const Prompt &prompt : prompts) {
        auto each = engine.generate(greedy(prompt));
        if (!each)
            return tl::unexpected(each.error());
        out.push_back(std::move(*each));
    }
    return out;
}

Result<std::vector<engine::Generated>> together(engine::Engine &engine, const std::vector<Prompt> &prompts)
{
    std::vector<engine::GenerateOptions> rows;
    for (const Prompt &prompt : prompts)
        rows.push_back(greedy(prompt));
    return engine.generateBatch(rows);
}

/// The log-likelihood of each prompt's last tokens behind the others, which is one pass over all of them but the last; with
/// a shorter item first whose cache the longer one goes on with.
json scores(engine::Engine &engine, const std::vector<Prompt> &prompts)
{
    double worst = 0;
    for (const Prompt &prompt : prompts) {
        const auto &ids = prompt.input.ids;
        const auto half = std::ptrdiff_t(ids.size() / 2);
        const std::vector<engine::Continuation> items = {{{ids.begin(), ids.end() - 3}, {ids.end() - 3, ids.end()}},
                                                         {{ids.begin(), ids.begin() + half - 1}, {ids[size_t(half - 1)], ids[size_t(half)]}}};
        const auto given = engine.score(items);
        if (!given)
            return failed(given.error());
        for (size_t item = 0; item < items.size(); ++item) {
            const int64_t before = int64_t(items[item].context.size()), count = int64_t(items[item].continuation.size());
            double wanted = 0;
            for (int64_t i = 0; i < count; ++i) {
                const float *row = prompt.row(before + count - 1, before - 1 + i);
                const double total = std::accumulate(row, row + prompt.vocabulary, 0.0, [](double sum, float x) { return sum + std::exp(double(x)); });
                wanted += double(row[items[item].continuation[size_t(i)]]) - std::log(total);
            }
            worst = std::max(worst, std::abs(given->at(item).logLikelihood - wanted));
        }
    }
    return measured(worst);
}

Result<json> check(const std::filesystem::path &path)
{
    const auto files = ReferenceFiles::open(path);
    if (!files)
        return tl::unexpected(files.error());
    const auto prompts = readPrompts(*files);
    if (!prompts)
        return tl::unexpected(prompts.error());
    const engine::LoadOptions options{.path = path, .dtype = "f32"};
    auto engine = engine::Engine::load(options);
    if (!engine)
        return tl::unexpected(engine.error());
    auto decoder = DecoderPasses::load(options);
    if (!decoder)
        return tl::unexpected(decoder.error());
    const auto inputs = files->inputs();
    json out;
    out["logits"] = compare(engineLogits(**engine, false, inputs), *prompts, whole);
    out["cache"] = compare(engineLogits(**engine, true, inputs), *prompts, halfAndSteps);
    out["chunks"] = compare(decoder->chunks(inputs), *prompts, pieces);
    out["batch, padded left"] = compare(decoder->batch(inputs, DecoderPasses::Padding::Left), *prompts, whole);
    out["batch, padded right"] = compare(decoder->batch(inputs, DecoderPasses::Padding::Right), *prompts, whole);
    out["batch with a cache"] = compare(decoder->cachedBatch(inputs), *prompts, lastPiece);
    out["greedy"] = sameTokens(oneByOne(**engine, *prompts), *prompts);
    out["greedy together"] = sameTokens(together(**engine, *prompts), *prompts);
    out["scores"] = scores(**engine, *prompts);
    // After longer ones: nothing of them may stay.
    out["logits again"] = compare(engineLogits(**engine, false, inputs), *prompts, whole);
    return out;
}

} // namespace

int main(int count, char **arguments)
{
    if (count != 2)
        return int(ExitCode::Usage);
    Result<json> checks = failure(ErrorCode::Internal, {"nothing was checked"});
    try {
        checks = check(arguments[1]);
    } catch (const std::exception &problem) {
        checks = failure(ErrorCode::Internal, {problem.what()});
    }
    if (!checks) {
        std::fprintf(stderr, "%s\n", checks.error().sentence().c_str());
        return 1;
    }
    std::printf("%s\n", checks->dump(1).c_str());
    bool sound = true;
    for (const json &each : *checks)
        sound = sound && each.at("ok") == true;
    return sound ? 0 : 1;
}
