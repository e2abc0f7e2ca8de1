// SPDX-License-Identifier: GPL-3.0-or-later
// Asking a model that a worker runs: one request after the other.
#include "core/service/evaluatestate.h"

#include "core/evaluate/scorer.h"

#include <algorithm>
#include <utility>

namespace assay {
namespace {

/// Choice items of one request: enough that the worker computes many of them together, few enough that progress is shown and
/// little is lost when it dies. The same in every run: what is computed together may change the last bits.
constexpr size_t kItemsPerRequest = 64, kBytesPerRequest = 24 << 10;
constexpr size_t kWindowsPerRequest = 4, kImagesPerRequest = 16;

size_t sizeOf(const SuiteItem &item)
{
    size_t size = item.prompt.size();
    for (const std::string &choice : item.choices)
        size += choice.size();
    return size;
}

} // namespace

bool needsUnconditional(const Suite &suite)
{
    const auto subtracts = [](const std::string &name) { return name.find("mutual_info") != std::string::npos || name.find("pmi") != std::string::npos; };
    return subtracts(suite.scorer.name) || std::ranges::any_of(suite.alsoScored, subtracts);
}

void EvaluateJob::askNext()
{
    const SuiteItem &item = d->item(d->rows[d->next]);
    const auto alike = [&](size_t i) { return d->item(d->rows[i]).asking == item.asking; };
    size_t most = d->next < d->single ? 1 : item.asking == Asking::Choice ? kItemsPerRequest : item.asking == Asking::Image ? kImagesPerRequest : item.asking == Asking::Generate ? size_t(d->plan.batch) : 1;
    size_t count = 0, bytes = 0;
    while (count < most && d->next + count < d->rows.size() && alike(d->next + count)) {
        bytes += item.asking == Asking::Choice ? sizeOf(d->item(d->rows[d->next + count])) : 0;
        if (count > 0 && bytes > kBytesPerRequest)
            break;
        ++count;
    }
    if (item.asking == Asking::Choice)
        score(count);
    else if (item.asking == Asking::Text)
        cutText(d->rows[d->next]);
    else if (item.asking == Asking::Image)
        classifyImages(count);
    else if (count > 1)
        generateTogether(count);
    else
        generate(d->rows[d->next]);
}

void EvaluateJob::addNext(Answer answer)
{
    add(d->rows[d->next], std::move(answer));
    ++d->next;
}

void EvaluateJob::refuseNext(const Error &error)
{
    refused(d->rows[d->next], error);
    ++d->next;
    goOn();
}

Result<protocol::GenerateRequest> EvaluateJob::requestFor(const AskedRow &row) const
{
    const SuiteItem &item = d->item(row);
    auto prompt = d->prompts.make(item.prompt);
    if (!prompt)
        return tl::unexpected(prompt.error());
    protocol::GenerateRequest request;
    request.prompt = std::move(*prompt);
    request.special = d->prompts.special();
    request.maxTokens = d->plan.maxTokens > 0 ? d->plan.maxTokens : item.maxTokens > 0 ? item.maxTokens : d->suite->maxTokens;
    request.temperature = d->plan.temperature;
    request.topP = d->plan.temperature > 0 ? d->plan.topP : 1;
    request.seed = sampleSeed(d->plan.seed, item.id, row.sample);
    request.stop = d->suite->stop;
    std::erase(request.stop, std::string()); // a suite may name none like this; the worker refuses it
    return request;
}

namespace {

Answer answerOf(const protocol::GenerateResult &result)
{
    Answer given;
    given.output = result.text;
    given.finish = result.finish;
    given.seconds = result.lastToken;
    given.promptTokens = result.promptTokens;
    given.outputTokens = int64_t(result.ids.size());
    return given;
}

} // namespace

void EvaluateJob::generate(const AskedRow &row)
{
    auto request = requestFor(row);
    if (!request)
        return refuseNext(request.error());
    const auto judge = [this](const protocol::GenerateResult &result) {
        addNext(answerOf(result));
        goOn();
    };
    const auto handle = [this](const Error &error) {
        if (endsBackend(error.code))
            return survive(error, 1);
        refuseNext(error);
        return true;
    };
    backend().generate(std::move(*request), {}, then<protocol::GenerateResult>(judge, handle));
}

void EvaluateJob::generateTogether(size_t count)
{
    std::vector<protocol::GenerateItem> rows;
    for (size_t i = d->next; i < d->next + count; ++i) {
        auto request = requestFor(d->rows[i]);
        if (!request)
            return askOneByOne(count);
        rows.push_back(std::move(*request));
    }
    const auto judge = [this](const protocol::GenerateBatchResult &answers) {
        for (const protocol::GenerateResult &result : answers.rows)
            addNext(answerOf(result));
        goOn();
    };
    const auto handle = [this, count](const Error &error) {
        if (endsBackend(error.code))
            return survive(error, count);
        askOneByOne(count);
        return true;
    };
    backend().generateBatch(std::move(rows), {}, then<protocol::GenerateBatchResult>(judge, handle));
}

/// So that only the item that was refused has an error.
void EvaluateJob::askOneByOne(size_t count)
{
    d->single = d->next + count;
    goOn();
}

/// Of each item its choices after the prompt, and where a scorer needs it the same after nothing.
Result<std::vector<protocol::ScoreItem>> EvaluateJob::scoreItems(size_t count) const
{
    const bool twice = needsUnconditional(*d->suite);
    std::vector<protocol::ScoreItem> asked;
    for (size_t i = d->next; i < d->next + count; ++i) {
        const SuiteItem &item = d->item(d->rows[i]);
        auto prompt = d->prompts.make(item.prompt);
        if (!prompt)
            return tl::unexpected(prompt.error());
        for (const std::string &choice : item.choices) {
            protocol::ScoreItem one;
            one.context = *prompt;
            one.continuation = choice;
            one.special = d->prompts.special();
            asked.push_back(one);
            if (!twice)
                continue;
            one.context.clear();
            one.special = true;
            asked.push_back(std::move(one));
        }
    }
    return asked;
}

void EvaluateJob::score(size_t count)
{
    auto asked = scoreItems(count);
    if (!asked)
        return count == 1 ? refuseNext(asked.error()) : askOneByOne(count);
    const auto judge = [this, count](const protocol::ScoreResult &result) {
        const size_t first = d->next;
        d->next += count;
        // The worker computes the next ones while these are judged and kept; a limit has to know them before.
        const bool together = d->plan.limits.tokens <= 0 && d->plan.limits.seconds <= 0;
        d->keeping = true;
        if (together)
            goOn();
        addScores(first, count, result);
        d->keeping = false;
        if (!together)
            goOn();
        else if (std::exchange(d->ends, false))
            finishWhenTested();
    };
    const auto handle = [this, count](const Error &error) {
        if (endsBackend(error.code))
            return survive(error, count);
        if (count == 1)
            refuseNext(error);
        else
            askOneByOne(count);
        return true;
    };
    backend().score(std::move(*asked), then<protocol::ScoreResult>(judge, handle));
}

void EvaluateJob::addScores(size_t first, size_t count, const protocol::ScoreResult &result)
{
    const bool twice = needsUnconditional(*d->suite);
    size_t place = 0;
    for (size_t i = first; i < first + count; ++i) {
        Answer given;
        for (size_t choice = 0; choice < d->item(d->rows[i]).choices.size(); ++choice) {
            const protocol::Score &score = result.scores[place++];
            given.choices.push_back({score.logLikelihood, NAN, score.tokens, score.greedy});
            given.contextCut = given.contextCut || score.truncated;
            given.promptTokens = score.contextTokens;
            if (twice)
                given.choices.back().unconditional = result.scores[place++].logLikelihood;
        }
        given.seconds = result.seconds / double(count);
        add(d->rows[i], std::move(given));
    }
}

/// A text is cut where tokens are counted: in the subject.
void EvaluateJob::cutText(const AskedRow &row)
{
    const auto handle = [this](const Error &error) {
        if (endsBackend(error.code))
            return survive(error, 1);
        refuseNext(error);
        return true;
    };
    const auto cut = [this, row](const Backend::Tokens &prefix, const Backend::Tokens &text) {
        const bool one = prefix.ids.size() == 1;
        d->windows = textWindows(text.ids, one ? std::optional(prefix.ids.front()) : std::nullopt, d->plan.text);
        d->window = 0;
        d->text = {};
        d->text.text = {0, 0, 0, 0, 0};
        if (d->windows.empty())
            return refuseNext(Error{ErrorCode::InputInvalid, {d->item(row).id, tr("its %1 tokens are fewer than two contexts of %2, which llama.cpp's way needs; --stride scores every token").arg(text.ids.size()).arg(d->plan.text.context).toStdString()}, {}});
        scoreText(row);
    };
    const auto encode = [this, row, cut, handle](const Backend::Tokens &prefix) {
        backend().tokenize(d->item(row).prompt, false, then<Backend::Tokens>([cut, prefix](const Backend::Tokens &text) { cut(prefix, text); }, handle));
    };
    backend().tokenize({}, true, then<Backend::Tokens>(encode, handle));
}

void EvaluateJob::scoreText(const AskedRow &row)
{
    if (d->window == d->windows.size()) {
        // Only where every token is scored is it known whose bytes they are.
        if (d->plan.text.stride > 0) {
            d->text.text.bytes = int64_t(d->item(row).prompt.size());
            d->text.text.words = wordCount(d->item(row).prompt);
        }
        addNext(std::move(d->text));
        return goOn();
    }
    std::vector<protocol::ScoreItem> asked;
    const size_t end = std::min(d->windows.size(), d->window + kWindowsPerRequest);
    for (; d->window < end; ++d->window) {
        protocol::ScoreItem item;
        item.contextIds = d->windows[d->window].context;
        item.continuationIds = d->windows[d->window].scored;
        asked.push_back(std::move(item));
    }
    const auto tokens = [this](const protocol::ScoreTokens &part) {
        for (const protocol::TokenScore &token : part.tokens)
            d->text.text.squares += token.logProbability * token.logProbability;
    };
    const auto judge = [this, row](const protocol::ScoreResult &result) {
        for (const protocol::Score &score : result.scores) {
            d->text.text.logLikelihood += score.logLikelihood;
            d->text.text.tokens += score.tokens;
            d->text.contextCut = d->text.contextCut || score.truncated;
        }
        d->text.seconds += result.seconds;
        scoreText(row);
    };
    const auto handle = [this](const Error &error) {
        if (endsBackend(error.code))
            return survive(error, 1);
        refuseNext(error);
        return true;
    };
    backend().scoreTokens(std::move(asked), 0, tokens, then<protocol::ScoreResult>(judge, handle));
}

} // namespace assay
