// SPDX-License-Identifier: GPL-3.0-or-later
// Log-likelihoods of an endpoint that echoes its prompts: choices of items, texts in pieces.
#include "core/service/evaluatestate.h"

#include "core/service/endpointanswer.h"
#include "core/service/loadsession.h"
#include "core/service/translation.h"

#include <algorithm>

namespace assay {
namespace {

constexpr int64_t kTemplateTokens = 64;  ///< around a prompt, at most
constexpr size_t kPieceBytes = 2000;     ///< of a text, each behind as much of what stands before it
constexpr size_t kPiecesPerRequest = 16;

const char *const kPieces = "echo 2000 bytes behind 2000";

size_t characterStart(const std::string &text, size_t at)
{
    while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80)
        --at;
    return at;
}

/// The nearest place up to here where a blank begins; a text without blanks is cut between characters.
size_t cutBefore(const std::string &text, size_t from, size_t at)
{
    if (at >= text.size())
        return text.size();
    size_t blank = text.find_last_of(" \n\t\r", at);
    while (blank != std::string::npos && blank > from && std::string_view(" \n\t\r").find(text[blank - 1]) != std::string_view::npos)
        --blank; // all of them stand before what follows
    return blank != std::string::npos && blank > from ? blank : std::max(characterStart(text, at), from + 1);
}

/// Everything behind the first word is scored once: nobody tells what a text's first token is worth.
std::vector<EchoItem> piecesOf(const std::string &text)
{
    std::vector<EchoItem> out;
    const size_t first = text.find_first_not_of(" \t\r\n");
    size_t at = first == std::string::npos ? text.size() : text.find_first_of(" \t\n", first);
    at = at == std::string::npos ? cutBefore(text, first, first + kPieceBytes) : at;
    while (at < text.size()) {
        const size_t end = cutBefore(text, at, at + kPieceBytes);
        const size_t begin = at <= kPieceBytes ? 0 : cutBefore(text, 0, at - kPieceBytes);
        out.push_back({text.substr(begin, at - begin), text.substr(at, end - at)});
        at = end;
    }
    return out;
}

Answer failed(const EchoAnswer &echoed)
{
    Answer answer;
    answer.failure = echoed.failure;
    answer.error = qtTranslate()("Reason", echoed.error.c_str());
    return answer;
}

} // namespace

bool EvaluateJob::scores(const AskedRow &row) const
{
    return d->item(row).asking == Asking::Choice || d->item(row).asking == Asking::Text;
}

void EvaluateJob::findEcho(const LoadSample &sample)
{
    setProgress(tr("asking whether prompts are echoed with log-probabilities"), double(d->there), double(d->total));
    backend().findEcho(then<EchoProbe>([this, sample](const EchoProbe &probe) {
        d->echoes = probe.given;
        d->spent.requests += probe.tries;
        if (!probe.given) {
            addLog(tr("its completions were asked to echo a prompt with log-probabilities: %1").arg(toQString(qtTranslate()("Reason", probe.why.c_str()))));
            return finishRun(Error{ErrorCode::WrongTask, {subject().name, ASSAY_TEXT("Reason", "an endpoint"), ASSAY_TEXT("Reason", "tell the log-likelihoods that this suite asks for; --letters asks for the letter of a choice instead, which is another metric"), "assay evaluate --letters"}, qtTranslate()("Reason", probe.why.c_str())});
        }
        if (std::ranges::any_of(d->rows, [this](const AskedRow &row) { return d->item(row).asking == Asking::Text; }))
            d->protocol.textCut = kPieces;
        opened(sample);
    }));
}

/// How many of the next items, at most so many, even the worst case leaves within the limits; sets the limit where it is none.
size_t EvaluateJob::affordable(size_t count)
{
    Budget budget(d->plan.limits, d->plan.prices);
    budget.add(d->spent);
    const int64_t tries = d->plan.retries + 1;
    for (size_t i = 0; i < count; ++i) {
        const SuiteItem &item = d->item(d->rows[d->next + i]);
        size_t longest = 0;
        for (const std::string &choice : item.choices)
            longest = std::max(longest, choice.size());
        const bool text = item.asking == Asking::Text;
        const int64_t requests = text ? 2 * int64_t(item.prompt.size() / kPieceBytes + 1) : 2 * int64_t(item.choices.size()) + 1;
        const int64_t tokens = text ? int64_t(2 * kPieceBytes) : int64_t(item.prompt.size() + longest);
        if (!budget.reserve(int64_t(i), tokens + kTemplateTokens, 1, requests * tries)) {
            d->limit = i == 0 ? budget.reached() : d->limit;
            return i;
        }
    }
    return count;
}

void EvaluateJob::askEcho()
{
    const SuiteItem &item = d->item(d->rows[d->next]);
    const size_t most = item.asking == Asking::Text ? 1 : std::max<size_t>(1, size_t(4 * d->plan.inFlight) / (item.choices.size() + 1));
    size_t count = 0;
    while (count < most && d->next + count < d->rows.size() && d->item(d->rows[d->next + count]).asking == item.asking)
        ++count;
    count = affordable(count);
    if (count == 0)
        return goOn(); // which ends the run at its limit
    if (item.asking == Asking::Choice)
        return echoChoices(count);
    d->pieces = piecesOf(item.prompt);
    d->text = {};
    d->text.text = {0, 0, 0, 0, 0};
    echoText(d->rows[d->next], 0);
}

/// No answer of a whole batch came, since there is no endpoint, or none for us: what was asked counts as not asked.
bool EvaluateJob::goneForGood(const std::vector<EchoAnswer> &answers)
{
    if (!std::ranges::all_of(answers, [](const EchoAnswer &answer) { return endpointIsGone(answer.failure); }))
        return false;
    RequestRecord record;
    record.failure = answers.front().failure;
    record.detail = answers.front().error;
    finishRun(errorOf(record, subject().path));
    return true;
}

void EvaluateJob::echoChoices(size_t count)
{
    std::vector<EchoItem> asked;
    const bool twice = needsUnconditional(*d->suite);
    for (size_t i = d->next; i < d->next + count; ++i) {
        for (const std::string &choice : d->item(d->rows[i]).choices) {
            asked.push_back({d->item(d->rows[i]).prompt, choice});
            if (twice)
                asked.push_back({{}, choice});
        }
    }
    const auto judge = [this, count, twice](const std::vector<EchoAnswer> &answers) {
        if (answers.empty() || goneForGood(answers))
            return;
        size_t place = 0;
        for (size_t i = 0; i < count; ++i) {
            Answer given;
            int64_t tries = 0;
            for (size_t choice = 0; choice < d->item(d->rows[d->next]).choices.size(); ++choice) {
                const EchoAnswer &one = answers[place++];
                tries += one.tries;
                if (!one.error.empty() && given.error.empty())
                    given = failed(one);
                if (given.error.empty()) {
                    given.choices.push_back({one.logLikelihood, NAN, one.tokens, one.greedy});
                    given.promptTokens = one.contextTokens;
                }
                if (!twice)
                    continue;
                // Without a begin token the first one of a text by itself is worth nothing that anybody tells: then it is left out.
                tries += answers[place].tries;
                if (given.error.empty())
                    given.choices.back().unconditional = answers[place].logLikelihood;
                ++place;
            }
            given.tries = tries;
            addNext(std::move(given));
        }
        goOn();
    };
    backend().scoreByEcho(std::move(asked), {d->plan.inFlight, d->plan.retries}, then<std::vector<EchoAnswer>>(judge));
}

void EvaluateJob::echoText(const AskedRow &row, size_t piece)
{
    if (d->pieces.empty())
        d->text.error = Error{ErrorCode::InputInvalid, {d->item(row).id, ASSAY_TEXT("Reason", "behind its first word there is nothing to score")}, {}}.sentence();
    if (piece >= d->pieces.size() || !d->text.error.empty()) {
        if (d->text.error.empty())
            d->text.outputTokens = 2 * int64_t(d->pieces.size());
        addNext(std::move(d->text));
        return goOn();
    }
    const size_t end = std::min(d->pieces.size(), piece + kPiecesPerRequest);
    std::vector<EchoItem> asked(d->pieces.begin() + std::ptrdiff_t(piece), d->pieces.begin() + std::ptrdiff_t(end));
    const auto judge = [this, row, piece, end](const std::vector<EchoAnswer> &answers) {
        if (answers.size() != end - piece || goneForGood(answers))
            return;
        for (size_t i = piece; i < end; ++i) {
            const EchoAnswer &one = answers[i - piece];
            const int64_t tries = d->text.tries + one.tries;
            if (!one.error.empty() && d->text.error.empty())
                d->text = failed(one);
            d->text.tries = tries;
            if (!d->text.error.empty())
                continue;
            d->text.text.logLikelihood += one.logLikelihood;
            d->text.text.squares += one.squares;
            d->text.text.tokens += one.tokens;
            d->text.text.bytes += int64_t(d->pieces[i].continuation.size());
            d->text.text.words += wordCount(d->pieces[i].continuation);
            d->text.promptTokens += 2 * one.contextTokens + one.tokens;
        }
        echoText(row, end);
    };
    backend().scoreByEcho(std::move(asked), {d->plan.inFlight, d->plan.retries}, then<std::vector<EchoAnswer>>(judge));
}

} // namespace assay
