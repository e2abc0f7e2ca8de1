// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/dialect.h"
#include "core/evaluate/scorer.h"
#include "core/service/evaluatestate.h"
#include "core/service/translation.h"

#include <algorithm>

namespace assay {
namespace {

Answer noAnswer(const Error &error)
{
    Answer answer;
    answer.error = error.sentence();
    return answer;
}

EvaluationPlan onDevice(std::string device, std::string dtype)
{
    EvaluationPlan plan;
    plan.device = std::move(device);
    plan.dtype = std::move(dtype);
    return plan;
}

/// A dialect that takes messages puts them into a template of the server's.
bool takesMessages(const std::string &dialect)
{
    const Dialect *known = findDialect(dialect);
    return known && known->body.prompt != BodyRule::Prompt::Text;
}

/// Each choice was sent behind its prompt, which was sent by itself, too; a token was written each time.
Spend spendOfChoices(const Answer &answer)
{
    const int64_t sent = int64_t(answer.choices.size()) + 1;
    Spend spend{answer.tries, sent * std::max<int64_t>(answer.promptTokens, 0), sent, 0};
    for (const ChoiceLikelihood &choice : answer.choices)
        spend.promptTokens += std::max<int64_t>(choice.tokens, 0);
    return spend;
}

Spend spendOf(const Answer &answer)
{
    if (answer.tries > 0 && !answer.choices.empty())
        return spendOfChoices(answer);
    return {std::max<int64_t>(answer.tries, 0), std::max<int64_t>(answer.promptTokens, 0), std::max<int64_t>(answer.outputTokens, 0), 0};
}

/// What was asked for in vain so far, the last time included.
std::vector<EarlierFailure> failuresOf(const Answer &answer)
{
    std::vector<EarlierFailure> out = answer.earlier;
    int64_t before = 0;
    for (const EarlierFailure &one : out)
        before += one.tries;
    out.push_back({answer.failure, answer.error, answer.tries - before});
    return out;
}

/// A run that was judged again goes on with the scorer that its card names.
std::shared_ptr<const Suite> judgedBy(const std::shared_ptr<const Suite> &suite, const EvaluationProtocol &card)
{
    const std::string name = card.scorer.substr(0, card.scorer.rfind(' '));
    if (card.scorer == protocolOf(*suite, {}).scorer || findScorer(name) == nullptr)
        return suite;
    auto out = std::make_shared<Suite>(*suite);
    out->scorer.name = name;
    return out;
}

/// Deaths of the worker after which a job goes on.
constexpr int kMostRestarts = 8;

} // namespace

EvaluateJob::EvaluateJob(SubjectRef subject, std::shared_ptr<const Suite> suite, EvaluationPlan plan, BackendFactory factory,
                         RunLibrary *library, QObject *parent)
    : SubjectJob(tr("Accuracy: %1").arg(toQString(suite->name)), std::move(subject), plan.device, plan.dtype, std::move(factory), library, parent),
      d(std::make_unique<Private>())
{
    d->suite = std::move(suite);
    d->plan = std::move(plan);
    d->plan.batch = std::max<int64_t>(1, d->plan.batch);
    d->plan.samples = std::max<int64_t>(1, d->plan.samples);
}

EvaluateJob::EvaluateJob(SubjectRef subject, std::shared_ptr<const Suite> suite, std::string device, std::string dtype,
                         BackendFactory factory, RunLibrary *library, QObject *parent)
    : EvaluateJob(std::move(subject), std::move(suite), onDevice(std::move(device), std::move(dtype)), std::move(factory), library, parent)
{
}

EvaluateJob::~EvaluateJob() = default;

void EvaluateJob::resume(const EvaluationRun &run)
{
    m_runId = toQString(run.header.id);
    d->plan = planOf(run.protocol, std::move(d->plan));
    d->protocol = run.protocol;
    size_t place = 0;
    for (const ItemResult &row : run.items) {
        const RowKey key{row.itemId, row.sample};
        if (mayComeAgain(row.given.failure))
            d->failed.emplace(key, Private::Failed{place, failuresOf(row.given), row.given.tries});
        else
            d->earlier.insert(key);
        d->spent += spendOf(row.given);
        ++place;
    }
    d->suite = judgedBy(d->suite, run.protocol);
    d->resumed = true;
}

bool EvaluateJob::isPaused() const
{
    return d->paused;
}

PlanLimit EvaluateJob::limit() const
{
    return d->limit;
}

void EvaluateJob::begin(const RunHeader &header)
{
    d->rows = rowsToAsk(*d->suite, d->plan, d->earlier);
    d->total = rowCount(*d->suite, d->plan);
    d->there = d->total - int64_t(d->rows.size());
    if (!d->resumed) {
        EvaluationRun run;
        run.header = header;
        run.protocol = d->protocol = protocolOf(*d->suite, d->plan);
        if (library()) {
            library()->keepSuite(d->suite);
            library()->begin(run);
        }
    } else if (library()) {
        library()->reopen(runKey());
    }
    setProgress(loadingStage(), double(d->there), double(d->total));
}

QString EvaluateJob::loadingStage() const
{
    return tr("loading");
}

/// What would fail for every item in the same way is said once.
std::optional<Error> EvaluateJob::whyImpossible()
{
    const Backend::Capabilities can = backend().capabilities();
    if (std::ranges::any_of(d->rows, [this](const AskedRow &row) { return d->item(row).asking == Asking::Image; }))
        return prepareForImages();
    // What gives no logits is asked in words: it has its own tokenizer.
    if (!can.tokenize && can.logits)
        return Error{ErrorCode::TokenizerMissing, {subject().path}, {}};
    const bool echoed = can.many && !can.score && std::ranges::any_of(d->rows, [this](const AskedRow &row) { return scores(row); });
    if (echoed && d->plan.chat) // its completions take no messages
        return Error{ErrorCode::TemplateMissing, {subject().name}, {}};
    if (!d->plan.chat)
        return std::nullopt;
    if (can.many) {
        if (takesMessages(backend().environment().worker))
            return std::nullopt;
        return Error{ErrorCode::TemplateMissing, {subject().name}, {}};
    }
    auto prompts = SuitePrompts::ofModel(subject().path, d->plan.templateName);
    if (!prompts)
        return prompts.error();
    d->prompts = std::move(*prompts);
    return std::nullopt;
}

void EvaluateJob::opened(const LoadSample &sample)
{
    if (d->looked) // the worker was started again
        return goOn();
    if (const auto why = whyImpossible())
        return finishRun(*why);
    const bool many = backend().capabilities().many;
    const auto isScored = [this](const AskedRow &row) { return scores(row); };
    if (many && !d->echoes && std::ranges::any_of(d->rows, isScored))
        return findEcho(sample);
    const std::string before = d->protocol.chatTemplate;
    d->protocol.chatTemplate = d->prompts.templateHash();
    // What is scored by its echo goes to the completions as it stands.
    if (many && takesMessages(backend().environment().worker) && !std::ranges::all_of(d->rows, isScored))
        d->protocol.chatTemplate = "endpoint";
    if (d->resumed && !before.empty() && before != d->protocol.chatTemplate)
        return finishRun(Error{ErrorCode::BadUsage, {tr("the chat template is another one than when the run began").toStdString()}, {}});
    if (!d->clock.isValid())
        d->clock.start();
    look([this] { goOn(); });
}

/// How the first prompt begins: a begin token that is missing or stands twice costs much, and no figure shows it.
void EvaluateJob::look(std::function<void()> next)
{
    const auto finish = [this, next] {
        d->looked = true;
        if (library())
            library()->setProtocol(runKey(), d->protocol);
        next();
    };
    if (!backend().capabilities().tokenize || d->next == d->rows.size())
        return finish();
    const auto text = d->prompts.make(d->item(d->rows[d->next]).prompt);
    if (!text)
        return finish();
    const auto go = [finish](const Error &error) {
        if (endsBackend(error.code))
            return false;
        finish();
        return true;
    };
    const auto prefix = [this, finish, go, text = *text](const Backend::Tokens &none) {
        backend().tokenize(text, d->prompts.special(), then<Backend::Tokens>([this, finish, none](const Backend::Tokens &prompt) {
            lookedAt(none.ids, none.pieces, prompt.ids);
            finish();
        }, [this, go](const Error &error) { return endsBackend(error.code) ? survive(error, 1) : go(error); }));
    };
    backend().tokenize({}, true, then<Backend::Tokens>(prefix, go));
}

void EvaluateJob::lookedAt(const std::vector<int64_t> &prefix, const std::vector<std::string> &pieces, const std::vector<int64_t> &prompt)
{
    if (prefix.empty()) {
        d->protocol.prefix = "none";
        return;
    }
    const auto end = std::ranges::find_if(prompt, [&](int64_t id) { return id != prefix.front(); });
    const auto count = end - prompt.begin();
    const QString piece = pieces.empty() ? QString::number(prefix.front()) : toQString(pieces.front());
    d->protocol.prefix = count == 0 ? "none" : piece.toStdString() + (count > 1 ? " x " + std::to_string(count) : std::string());
    if (count > 1)
        warn(tr("prompts begin with %1 more than once: the template and the tokenizer both put it there").arg(piece));
    else if (count == 0)
        warn(tr("prompts do not begin with %1, which the tokenizer puts before texts: the template leaves it out").arg(piece));
}

void EvaluateJob::warn(const QString &text)
{
    addLog(text);
    emit warned(text);
}

PlanLimit EvaluateJob::passed() const
{
    const PlanLimits &limits = d->plan.limits;
    if (limits.seconds > 0 && d->seconds() >= limits.seconds)
        return PlanLimit::Time;
    return limits.tokens > 0 && d->spent.tokens() >= limits.tokens ? PlanLimit::Tokens : PlanLimit::None;
}

/// Asks what is next, unless something stands in the way.
void EvaluateJob::goOn()
{
    if (d->paused) {
        d->idle = true;
        return;
    }
    if (d->next == d->rows.size())
        return finishWhenTested();
    if (d->limit == PlanLimit::None)
        d->limit = passed();
    if (d->limit != PlanLimit::None) {
        EndedEarly ended = endedAt(d->limit, d->plan.limits, d->plan.prices);
        ended.counted = EndedEarly::Counted::Answers;
        ended.done = d->there;
        ended.planned = d->total;
        addLog(toQString(endedEarlyText(ended, qtTranslate())));
        if (library())
            library()->setEndedEarly(runKey(), ended);
        return finishWhenTested();
    }
    showProgress();
    if (backend().capabilities().many && d->item(d->rows[d->next]).asking == Asking::Generate)
        askMany();
    else if (backend().capabilities().many && scores(d->rows[d->next]))
        askEcho();
    else
        askNext();
}

void EvaluateJob::setPaused(bool paused)
{
    if (d->paused == paused || isOver())
        return;
    d->paused = paused;
    addLog(paused ? tr("paused: what is under way ends") : tr("goes on"));
    const qint64 now = d->clock.isValid() ? d->clock.elapsed() : 0;
    if (paused)
        d->pausedAt = now;
    else
        d->pausedFor += now - d->pausedAt;
    if (paused && d->go)
        d->go->stop = true;
    setProgress(paused ? tr("paused") : tr("goes on"), double(d->there), double(d->total));
    if (!paused && std::exchange(d->idle, false))
        goOn();
}

void EvaluateJob::showProgress()
{
    if (!d->paused)
        setProgress(tr("answer %1/%2").arg(std::min(d->there + 1, d->total)).arg(d->total), double(d->there), double(d->total));
}

void EvaluateJob::add(const AskedRow &row, Answer answer)
{
    d->spent += spendOf(answer);
    d->pace.add(answer);
    d->pace.seconds = d->seconds();
    ++d->there;
    if (d->item(row).code && answer.error.empty())
        test(row, std::move(answer));
    else
        keep(row, std::move(answer));
    if (!d->estimated && d->plan.pilot > 0 && d->pace.answers >= d->plan.pilot && d->there < d->total) {
        d->estimated = true;
        EvaluationPace whole = d->pace;
        const int64_t total = d->total - (d->there - whole.answers);
        const QString text = toQString(restText(whole, total, d->plan.prices, qtTranslate()));
        addLog(text);
        emit estimated(text);
    }
}

void EvaluateJob::keep(const AskedRow &row, Answer answer)
{
    if (!library())
        return;
    const auto failed = d->failed.find({d->item(row).id, row.sample});
    if (failed == d->failed.end())
        return library()->append(runKey(), judgedRow(*d->suite, d->item(row), std::move(answer), row.sample));
    answer.tries += failed->second.tries;
    answer.earlier = std::move(failed->second.failures);
    library()->replace(runKey(), failed->second.row, judgedRow(*d->suite, d->item(row), std::move(answer), row.sample));
    d->failed.erase(failed);
}

/// Runs the program that the answer is, while the next ones are asked for. Should the job end before, the row is asked again by one
/// that resumes the run.
void EvaluateJob::test(const AskedRow &row, Answer answer)
{
    d->programs.execute(d->item(row), answer, [this, row, answer](Execution execution) mutable {
        if (isClosing())
            return;
        answer.execution = std::move(execution);
        keep(row, std::move(answer));
        if (d->untested && d->programs.open() == 0)
            finishRun();
    });
}

void EvaluateJob::finishWhenTested()
{
    if (d->keeping) {
        d->ends = true;
        return;
    }
    if (d->programs.open() == 0)
        return finishRun();
    d->untested = true;
    setProgress(tr("running the last programs"), double(d->there), double(d->total));
}

/// Whether the job goes on although the worker died over the next items: they are asked one by one then, and the one that it dies of
/// alone has an error. Otherwise an item that kills the worker would end every job that resumes the run.
bool EvaluateJob::survive(const Error &error, size_t count)
{
    if (error.code != ErrorCode::WorkerDied || d->restarts >= kMostRestarts)
        return false;
    ++d->restarts;
    addLog(tr("%1 It is started again.").arg(errorText(error)));
    if (count > 1) {
        d->single = d->next + count;
    } else {
        refused(d->rows[d->next], error);
        ++d->next;
    }
    openSubject();
    return true;
}

void EvaluateJob::refused(const AskedRow &row, const Error &error)
{
    addLog(tr("item %1: %2").arg(toQString(d->item(row).id), errorText(error)));
    add(row, noAnswer(error));
}

} // namespace assay
