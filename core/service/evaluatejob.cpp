// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/jobs.h"

#include "core/evaluate/evaluation.h"
#include "core/service/translation.h"

#include <algorithm>

namespace assay {
namespace {

constexpr size_t kItemsPerRequest = 8; // choice items: few enough that progress and cancel stay prompt

Answer noAnswer(const Error &error)
{
    Answer answer;
    answer.error = error.sentence();
    return answer;
}

} // namespace

struct EvaluateJob::Private
{
    std::shared_ptr<const Suite> suite;
    size_t next = 0; ///< the first item without a result
    size_t single = 0; ///< items before this one are asked one by one, since together they were refused
    size_t batch = 1;  ///< generated items that go into one request

    const std::vector<SuiteItem> &items() const { return suite->items; }
    /// How many items from next on, of the next one's kind, go into one request.
    size_t together() const
    {
        const bool choice = items()[next].asking == Asking::Choice;
        const size_t most = next < single ? 1 : choice ? kItemsPerRequest : batch;
        size_t count = 0;
        while (count < most && next + count < items().size() && (items()[next + count].asking == Asking::Choice) == choice)
            ++count;
        return count;
    }
};

EvaluateJob::EvaluateJob(SubjectRef subject, std::shared_ptr<const Suite> suite, std::string device,
                         std::string dtype, BackendFactory factory, RunLibrary *library, QObject *parent)
    : SubjectJob(tr("Accuracy: %1").arg(toQString(suite->name)), std::move(subject), std::move(device),
                 std::move(dtype), std::move(factory), library, parent),
      d(std::make_unique<Private>())
{
    d->suite = std::move(suite);
}

EvaluateJob::~EvaluateJob() = default;

void EvaluateJob::setBatch(int64_t batch)
{
    d->batch = size_t(std::max<int64_t>(1, batch));
}

void EvaluateJob::begin(const RunHeader &header)
{
    EvaluationRun run;
    run.header = header;
    run.protocol.suite = d->suite->name;
    run.protocol.suiteTitle = d->suite->title;
    run.protocol.suiteFingerprint = d->suite->fingerprint;
    run.protocol.suiteItems = d->items().size();
    run.protocol.axes = d->suite->axes;
    run.protocol.device = device();
    run.protocol.dtype = dtype();
    run.protocol.batch = int64_t(d->batch);
    if (library())
        library()->begin(run);
    setProgress(loadingStage(), 0, double(d->items().size()));
}

QString EvaluateJob::loadingStage() const
{
    return tr("loading");
}

void EvaluateJob::opened(const LoadSample &)
{
    // Without a tokenizer every item would fail for the same reason. What gives no logits is asked in words: it has its own.
    const Backend::Capabilities can = backend().capabilities();
    if (can.tokenize || !can.logits)
        askNext();
    else
        finishRun(Error{ErrorCode::TokenizerMissing, {subject().path}, {}});
}

void EvaluateJob::askNext()
{
    if (d->next == d->items().size()) {
        finishRun();
        return;
    }
    setProgress(tr("item %1/%2").arg(d->next + 1).arg(d->items().size()), double(d->next),
                double(d->items().size()));
    const SuiteItem &item = d->items()[d->next];
    const size_t count = d->together();
    if (item.asking == Asking::Choice)
        score(count);
    else if (count > 1)
        generateTogether(count);
    else
        generate(item);
}

protocol::GenerateRequest EvaluateJob::requestFor(const SuiteItem &item) const
{
    protocol::GenerateRequest request;
    request.prompt = item.prompt;
    request.maxTokens = item.maxTokens > 0 ? item.maxTokens : d->suite->maxTokens;
    request.temperature = 0;
    request.stop = d->suite->stop;
    std::erase(request.stop, std::string()); // a suite may name none like this; the worker refuses it
    return request;
}

void EvaluateJob::addAnswer(const SuiteItem &item, const protocol::GenerateResult &answer)
{
    Answer given;
    given.output = answer.text;
    given.finish = answer.finish;
    given.seconds = answer.lastToken;
    given.promptTokens = answer.promptTokens;
    given.outputTokens = int64_t(answer.ids.size());
    add(item, std::move(given));
}

void EvaluateJob::generate(const SuiteItem &item)
{
    const auto judge = [this, &item](const protocol::GenerateResult &answer) {
        addAnswer(item, answer);
        askNext();
    };
    const auto handle = [this, &item](const Error &error) {
        if (endsBackend(error.code))
            return false;
        refused(item, error);
        return true;
    };
    backend().generate(requestFor(item), {}, then<protocol::GenerateResult>(judge, handle));
}

void EvaluateJob::generateTogether(size_t count)
{
    std::vector<protocol::GenerateItem> rows;
    for (size_t i = d->next; i < d->next + count; ++i)
        rows.push_back(requestFor(d->items()[i]));
    const auto judge = [this](const protocol::GenerateBatchResult &answers) {
        for (const protocol::GenerateResult &answer : answers.rows)
            addAnswer(d->items()[d->next], answer);
        askNext();
    };
    const auto handle = [this, count](const Error &error) {
        if (endsBackend(error.code))
            return false;
        askOneByOne(count);
        return true;
    };
    backend().generateBatch(std::move(rows), {}, then<protocol::GenerateBatchResult>(judge, handle));
}

/// So that only the item that was refused has an error.
void EvaluateJob::askOneByOne(size_t count)
{
    d->single = d->next + count;
    askNext();
}

void EvaluateJob::score(size_t count)
{
    std::vector<protocol::ScoreItem> asked;
    for (size_t i = d->next; i < d->next + count; ++i) {
        for (const std::string &choice : d->items()[i].choices)
            asked.push_back({d->items()[i].prompt, choice, {}, {}});
    }
    const auto judge = [this, count](const protocol::ScoreResult &result) {
        addScores(count, result);
        askNext();
    };
    const auto handle = [this, count](const Error &error) {
        if (endsBackend(error.code))
            return false;
        if (count == 1)
            refused(d->items()[d->next], error);
        else
            askOneByOne(count);
        return true;
    };
    backend().score(std::move(asked), then<protocol::ScoreResult>(judge, handle));
}

void EvaluateJob::addScores(size_t count, const protocol::ScoreResult &result)
{
    size_t place = 0;
    for (size_t i = 0; i < count; ++i) {
        const SuiteItem &item = d->items()[d->next];
        Answer given;
        for (size_t choice = 0; choice < item.choices.size(); ++choice) {
            const protocol::Score &score = result.scores[place++];
            given.choices.push_back({score.logLikelihood, NAN, score.tokens, score.greedy});
            given.contextCut = given.contextCut || score.truncated;
        }
        given.seconds = result.seconds / double(count);
        add(item, std::move(given));
    }
}

void EvaluateJob::refused(const SuiteItem &item, const Error &error)
{
    addLog(tr("item %1: %2").arg(toQString(item.id), errorText(error)));
    add(item, noAnswer(error));
    askNext();
}

void EvaluateJob::add(const SuiteItem &item, Answer answer)
{
    if (library())
        library()->append(runKey(), judgedRow(*d->suite, item, std::move(answer)));
    ++d->next;
}

} // namespace assay
