// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/asking.h"

#include "core/evaluate/scorer.h"
#include "core/service/verify/backendcall.h"

#include <algorithm>
#include <chrono>

namespace assay {
namespace {

struct Chunk
{
    std::vector<size_t> places;
    std::vector<protocol::GenerateItem> rows;
};

using Clock = std::chrono::steady_clock;

bool limitReached(const AskLimits &limits, const Spending &spent, Clock::time_point begun)
{
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    return limits.nothing || (limits.seconds > 0 && seconds > limits.seconds) || (limits.requests > 0 && spent.requests >= limits.requests) || (limits.outputTokens > 0 && spent.outputTokens >= limits.outputTokens);
}

/// The next rows without an answer; `next` moves on.
Result<Chunk> chunkFrom(const AskPlan &plan, const Answers &answers, size_t &next)
{
    Chunk chunk;
    const int64_t left = plan.limits.requests > 0 ? plan.limits.requests - answers.spent.requests : plan.together;
    while (next < answers.rows().size() && int64_t(chunk.rows.size()) < std::min(std::max<int64_t>(plan.together, 1), left)) {
        const size_t place = next++;
        if (answers.kept.contains(place))
            continue;
        protocol::GenerateItem row = requestOf(plan.questions, answers.rows()[place], plan.seed);
        auto prompt = plan.prompts.make(row.prompt);
        if (!prompt)
            return tl::unexpected(prompt.error());
        row.prompt = std::move(*prompt);
        row.special = plan.prompts.special();
        chunk.places.push_back(place);
        chunk.rows.push_back(std::move(row));
    }
    return chunk;
}

void take(Answers &answers, const Chunk &chunk, const protocol::GenerateBatchResult &result)
{
    for (size_t i = 0; i < chunk.places.size() && i < result.rows.size(); ++i) {
        const protocol::GenerateResult &row = result.rows[i];
        answers.spent.promptTokens += row.promptTokens;
        answers.spent.outputTokens += int64_t(row.ids.size());
        answers.kept[chunk.places[i]] = {row.text, row.finish, row.ids, row.promptTokens, row.firstToken, row.lastToken};
    }
}

/// Tokens of a prompt as the reference gets it; of an answer as the reference cuts it.
Result<std::vector<int64_t>> idsOf(Backend &reference, const std::string &text, bool special, std::stop_token stop)
{
    auto tokens = callAndWait<Backend::Tokens>(reference, stop, [&](Backend::Done<Backend::Tokens> done) { reference.tokenize(text, special, std::move(done)); });
    return tokens ? Result<std::vector<int64_t>>(std::move(tokens->ids)) : tl::unexpected(tokens.error());
}

ForcedAnswer forcedOf(std::vector<int64_t> promptIds, std::vector<int64_t> ids, const std::vector<protocol::TokenScore> &scores)
{
    ForcedAnswer out{std::move(promptIds), std::move(ids), {}, {}, {}};
    for (const protocol::TokenScore &score : scores) {
        out.margins.push_back(score.top.empty() ? 0 : std::max(0.0, score.top.front().logProbability - score.logProbability));
        out.ranks.push_back(uint32_t(std::max<int64_t>(score.rank, 1)));
    }
    if (!scores.empty()) {
        for (const protocol::TokenProbability &token : scores.front().top)
            out.first.push_back({token.id, token.logProbability, token.piece});
    }
    return out;
}

Result<ForcedAnswer> forceOne(Backend &reference, const ForcedText &text, int64_t top, const SuitePrompts &prompts, std::stop_token stop)
{
    const auto prompt = prompts.make(text.prompt);
    if (!prompt)
        return tl::unexpected(prompt.error());
    auto promptIds = idsOf(reference, *prompt, prompts.special(), stop);
    auto ids = !promptIds || !text.ids.empty() ? Result<std::vector<int64_t>>(text.ids) : idsOf(reference, text.text, false, stop);
    if (!promptIds || !ids)
        return tl::unexpected(promptIds ? ids.error() : promptIds.error());
    if (ids->empty())
        return ForcedAnswer{std::move(*promptIds), {}, {}, {}, {}};
    std::vector<protocol::TokenScore> scores;
    protocol::ScoreItem item;
    item.contextIds = *promptIds;
    item.continuationIds = *ids;
    const auto scored = callAndWait<protocol::ScoreResult>(reference, stop, [&](Backend::Done<protocol::ScoreResult> done) {
        reference.scoreTokens({item}, top, [&](const protocol::ScoreTokens &part) { scores.insert(scores.end(), part.tokens.begin(), part.tokens.end()); }, std::move(done));
    });
    if (!scored)
        return tl::unexpected(scored.error());
    return forcedOf(std::move(*promptIds), std::move(*ids), scores);
}

} // namespace

Answers::Answers(Questionnaire questions, uint64_t seed) : m_questions(std::move(questions)), m_rows(rowsOf(m_questions, seed))
{
    for (size_t i = 0; i < m_rows.size(); ++i)
        m_places[{m_rows[i].kind, m_rows[i].index, m_rows[i].draw}] = i;
}

const KeptAnswer *Answers::answerOf(QuestionRow::Kind kind, size_t index, int64_t draw) const
{
    const auto place = m_places.find({kind, index, draw});
    const auto found = place == m_places.end() ? kept.end() : kept.find(place->second);
    return found == kept.end() ? nullptr : &found->second;
}

std::vector<std::string> Answers::samplesOf(size_t prompt) const
{
    std::vector<std::string> out;
    for (int64_t draw = 0; draw < m_questions.samples; ++draw) {
        if (const KeptAnswer *answer = answerOf(QuestionRow::Kind::Sample, prompt, draw))
            out.push_back(answer->text);
    }
    return out;
}

std::optional<bool> Answers::isRight(size_t item, int64_t draw) const
{
    const KeptAnswer *given = answerOf(QuestionRow::Kind::Item, item, draw);
    if (!given)
        return std::nullopt;
    const AskedItem &asked = m_questions.items[item];
    Answer answer;
    answer.output = given->text;
    answer.finish = given->finish;
    answer.promptTokens = given->promptTokens;
    answer.outputTokens = int64_t(given->ids.size());
    const Judgement judged = judge(*asked.suite, asked.question(), answer);
    return judged.outcome == Outcome::Error ? std::nullopt : std::optional(judged.outcome == Outcome::Right);
}

Answers askQuestions(Backend &backend, const AskPlan &plan, const AskProgress &progress, std::stop_token stop)
{
    Answers out(plan.questions, plan.seed);
    out.kept = plan.there;
    const auto begun = Clock::now();
    for (size_t next = 0; !limitReached(plan.limits, out.spent, begun) && !stop.stop_requested();) {
        if (progress)
            progress(ASSAY_TEXT("Identity", "asking"), double(out.kept.size()), double(out.rows().size()));
        const auto chunk = chunkFrom(plan, out, next);
        if (chunk && chunk->rows.empty())
            break;
        out.spent.requests += chunk ? int64_t(chunk->rows.size()) : 0;
        const auto result = !chunk ? Result<protocol::GenerateBatchResult>(tl::unexpected(chunk.error()))
                                   : callAndWait<protocol::GenerateBatchResult>(backend, stop, [&](Backend::Done<protocol::GenerateBatchResult> done) {
                                         backend.generateBatch(chunk->rows, {}, std::move(done));
                                     });
        if (!result) {
            if (result.error().code != ErrorCode::Cancelled)
                out.end = result.error();
            break;
        }
        take(out, *chunk, *result);
        if (plan.keep)
            plan.keep(out.kept);
    }
    return out;
}

Result<std::vector<ForcedAnswer>> teacherForce(Backend &reference, const std::vector<ForcedText> &texts, int64_t top, const SuitePrompts &prompts,
                                               const AskProgress &progress, std::stop_token stop)
{
    std::vector<ForcedAnswer> out;
    for (const ForcedText &text : texts) {
        if (progress)
            progress(ASSAY_TEXT("Identity", "reading the answers with the reference"), double(out.size()), double(texts.size()));
        auto one = forceOne(reference, text, top, prompts, stop);
        if (!one)
            return tl::unexpected(one.error());
        out.push_back(std::move(*one));
    }
    return out;
}

} // namespace assay
