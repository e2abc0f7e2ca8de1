// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/fidelityjob.h"

#include "core/base/hash.h"
#include "core/base/units.h"
#include "core/evaluate/textwindows.h"
#include "core/protocol/base64.h"
#include "core/service/fidelitystate.h"
#include "core/service/machines.h"
#include "core/service/translation.h"

#include <QTimer>
#include <algorithm>
#include <cmath>

namespace assay {
namespace {

/// Spellings of all sorts, each after its length.
VocabularyIdentity identityOf(const protocol::VocabularyResult &vocabulary)
{
    VocabularyIdentity out;
    out.rows = vocabulary.rows;
    out.tokens = int64_t(vocabulary.pieces.size());
    if (vocabulary.pieces.empty())
        return out;
    const auto hashed = [&](bool plainOnly) {
        Hasher hasher(HashKind::Sha256);
        auto added = vocabulary.added.begin();
        for (size_t id = 0; id < vocabulary.pieces.size(); ++id) {
            const bool isAdded = added != vocabulary.added.end() && *added == int64_t(id);
            added += isAdded;
            if (isAdded && plainOnly)
                continue;
            const std::string &piece = vocabulary.pieces[id];
            const std::string head = std::to_string(id) + ":" + std::to_string(piece.size()) + ":";
            hasher.add(std::as_bytes(std::span(head)));
            hasher.add(std::as_bytes(std::span(piece)));
        }
        return hasher.finish();
    };
    out.hash = hashed(false);
    out.plainHash = hashed(true);
    return out;
}

VocabularyIdentity identityOf(const BaseHeader &header)
{
    const bool known = !header.vocabularyHash.empty();
    return {header.layout.vocabulary, known ? header.layout.vocabulary : 0, header.vocabularyHash, header.plainHash};
}

FidelitySource sourceOf(const BaseHeader &header)
{
    return header.layout.form == BaseForm::TopTokens ? FidelitySource::TopTokens : FidelitySource::SixteenBit;
}

const char *formName(const BaseLayout &layout)
{
    return layout.form == BaseForm::TopTokens ? "top" : "16bit";
}

/// With what ends them: a model may have learnt that, too.
std::vector<std::string> linesOf(const std::string &text)
{
    std::vector<std::string> out;
    for (size_t at = 0; at < text.size();) {
        const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
        if (end > at + 1 || text[at] != '\n')
            out.push_back(text.substr(at, end - at));
        at = end;
    }
    return out;
}

template <class T> void append(std::vector<T> &all, const std::vector<T> &more)
{
    all.insert(all.end(), more.begin(), more.end());
}

} // namespace

std::vector<int64_t> FidelityJob::Private::idsOf(int64_t wanted) const
{
    if (plan.lines)
        return lines[size_t(wanted)];
    const auto from = tokens.begin() + std::ptrdiff_t(wanted * context);
    std::vector<int64_t> out(from, from + std::ptrdiff_t(context));
    if (begin)
        out.front() = *begin;
    return out;
}

BaseLayout FidelityJob::Private::layout() const
{
    const bool top = plan.saveTop > 0;
    const int64_t vocabulary = run.vocabulary.reference.rows;
    return {top ? BaseForm::TopTokens : BaseForm::SixteenBit, vocabulary, top ? std::min(plan.saveTop, vocabulary) : 0};
}

Error noDivergenceOfEndpoints()
{
    return {ErrorCode::BadUsage, {ASSAY_TEXT("Reason", "An endpoint tells the likeliest of its tokens at most, so that its divergence from a reference is not known; its answers, and likelihoods of texts that it echoes, are compared by assay evaluate")}, {}};
}

bool onOneMachine(const std::string &path, const std::string &other)
{
    const auto there = machinePlace(toQString(path)), where = machinePlace(toQString(other));
    return there.has_value() == where.has_value() && (!there || there->machine.prefix == where->machine.prefix);
}

BackendFactory sharedBeside(const std::shared_ptr<WorkerBackend> &reference, const std::string &modelPath)
{
    return [reference = std::weak_ptr(reference), modelPath]() -> std::unique_ptr<Backend> {
        const auto there = reference.lock();
        return there ? std::make_unique<WorkerBackend>(*there, modelPath) : nullptr;
    };
}

FidelityJob::FidelityJob(SubjectRef subject, FidelityPlan plan, BackendFactory factory, FidelityLibrary *library, std::shared_ptr<WorkerBackend> shared,
                         QObject *parent)
    : SubjectJob(tr("Fidelity"), std::move(subject), plan.device, plan.dtype, std::move(factory), nullptr, parent), d(std::make_unique<Private>())
{
    d->plan = std::move(plan);
    d->library = library;
    d->shared = shared != nullptr;
    d->reference = std::move(shared);
    if (!d->shared)
        return;
    connect(d->reference.get(), &Backend::logLine, this, [this](const QString &line) {
        if (state() == JobState::Running)
            addLog(line);
    });
    connect(this, &Job::finished, this, &FidelityJob::letGo);
}

FidelityJob::~FidelityJob() = default;

/// What others do not need any more goes, though this job stays listed.
void FidelityJob::letGo()
{
    if (state() == JobState::Cancelled)
        d->reference->endWorker(); // it may be computing still
    // Not now: its client may be what called us.
    QTimer::singleShot(0, this, [reference = std::move(d->reference)] {});
}

const FidelityRun &FidelityJob::found() const
{
    return d->run;
}

void FidelityJob::begin(const RunHeader &header)
{
    d->run.header = header;
    FidelityProtocol &protocol = d->run.protocol;
    protocol.reference = d->plan.reference;
    protocol.text = d->plan.textName;
    if (!d->plan.text.empty())
        protocol.textFingerprint = sha256(d->plan.text);
    protocol.temperature = d->plan.temperature;
    protocol.alpha = d->plan.alpha;
}

QString FidelityJob::loadingStage() const
{
    return tr("loading");
}

void FidelityJob::opened(const LoadSample &)
{
    d->run.header.environment = backend().environment();
    d->run.protocol.dtype = d->run.header.environment.dtype;
    d->other = qobject_cast<WorkerBackend *>(&backend());
    if (!d->other)
        return endWith(noDivergenceOfEndpoints());
    if (d->plan.baseFile.empty())
        return openReference();
    auto base = BaseFile::open(d->plan.baseFile);
    if (!base)
        return endWith(base.error());
    FidelityProtocol &protocol = d->run.protocol;
    protocol.source = sourceOf(base->header());
    protocol.top = base->header().layout.top;
    protocol.temperature = 0;
    d->base = std::move(*base);
    askVocabularies();
}

void FidelityJob::openReference()
{
    if (d->shared && d->reference->isLoaded()) {
        d->run.protocol.referenceDtype = d->reference->environment().dtype;
        return askVocabularies();
    }
    setProgress(tr("loading the reference"), 0, 0);
    if (!d->shared)
        d->reference = std::make_shared<WorkerBackend>(*d->other, d->plan.reference.path);
    d->reference->open(d->plan.device, d->plan.referenceDtype, {}, then<LoadSample>([this](const LoadSample &) {
                           d->run.protocol.referenceDtype = d->reference->environment().dtype;
                           askVocabularies();
                       }));
}

void FidelityJob::askVocabularies()
{
    const auto took = [this](const protocol::VocabularyResult &vocabulary) {
        const VocabularyIdentity other = identityOf(vocabulary);
        if (d->base)
            return match(identityOf(d->base->header()), other);
        d->reference->vocabulary(then<protocol::VocabularyResult>([this, other](const protocol::VocabularyResult &theirs) { match(identityOf(theirs), other); }));
    };
    d->other->vocabulary(then<protocol::VocabularyResult>(took));
}

void FidelityJob::match(const VocabularyIdentity &reference, const VocabularyIdentity &other)
{
    d->run.vocabulary = {reference, other, 0, false, reference.tokens > 0};
    auto found = matchVocabularies(reference, other, d->base ? d->base->label() : d->plan.reference.name, subject().name);
    if (found && d->base && found->compared != reference.rows)
        found = failure(ErrorCode::BaseFileUnfit, {d->base->label(), ASSAY_TEXT("Reason", "its vocabulary is larger than the model's")});
    if (!found) {
        d->run.notCompared = found.error();
        if (d->base || d->plan.text.empty())
            return endWith(found.error());
        return write(d->plan.written > 0 ? d->plan.written : kUsualWritten);
    }
    d->run.vocabulary = *found;
    if (found->addedDiffer)
        addLog(tr("added tokens are spelled otherwise in both, all other tokens alike"));
    cutText();
}

/// The text is cut by the reference's tokenizer; it begins every chunk as llama.cpp has it.
void FidelityJob::cutText()
{
    WorkerBackend *const tokenizing = d->reference ? d->reference.get() : d->other;
    const auto encode = [this, tokenizing](const Backend::Tokens &prefix) {
        if (d->plan.text.empty())
            return cutAt(prefix.ids, {});
        if (d->plan.lines) {
            d->waiting = linesOf(d->plan.text);
            std::ranges::reverse(d->waiting);
            return cutLines(prefix.ids);
        }
        tokenizing->tokenize(d->plan.text, false, then<Backend::Tokens>([this, prefix](const Backend::Tokens &text) { cutAt(prefix.ids, text.ids); }));
    };
    tokenizing->tokenize({}, true, then<Backend::Tokens>(encode));
}

void FidelityJob::cutLines(const std::vector<int64_t> &prefix)
{
    if (d->waiting.empty()) {
        d->chunks = int64_t(d->lines.size());
        d->run.protocol.cut = "lines";
        if (d->chunks > 0)
            return compareNext();
        return endWith(Error{ErrorCode::InputInvalid, {d->plan.textName, ASSAY_TEXT("Reason", "none of its lines has two tokens")}, {}});
    }
    const auto take = [this, prefix](const Backend::Tokens &line) {
        std::vector<int64_t> ids = prefix.size() == 1 ? prefix : std::vector<int64_t>();
        append(ids, line.ids);
        if (ids.size() > 1)
            d->lines.push_back(std::move(ids));
        cutLines(prefix);
    };
    const std::string line = std::move(d->waiting.back());
    d->waiting.pop_back();
    d->reference->tokenize(line, false, then<Backend::Tokens>(take));
}

void FidelityJob::cutAt(const std::vector<int64_t> &prefix, const std::vector<int64_t> &text)
{
    if (prefix.size() == 1)
        d->begin = prefix.front();
    d->tokens = text;
    if (d->begin && !text.empty())
        d->tokens.insert(d->tokens.begin(), *d->begin);
    d->context = d->base ? d->base->header().context : d->plan.context;
    if (d->base) {
        const std::vector<int32_t> &kept = d->base->header().tokens;
        if (!text.empty() && (d->tokens.size() < kept.size() || !std::equal(kept.begin(), kept.end(), d->tokens.begin())))
            return endWith(Error{ErrorCode::BaseFileUnfit, {d->base->label(), ASSAY_TEXT("Reason", "it is of another text, or of another tokenizer")}, {}});
        d->tokens.assign(kept.begin(), kept.end());
    } else if (d->context < 4 || int64_t(d->tokens.size()) < 2 * d->context) {
        return endWith(Error{ErrorCode::InputInvalid, {d->plan.textName, tr("its %1 tokens are fewer than two chunks of %2").arg(d->tokens.size()).arg(d->context).toStdString()}, {}});
    }
    d->chunks = int64_t(d->tokens.size()) / d->context;
    d->tokens.resize(size_t(d->chunks * d->context));
    d->run.protocol.cut = cutName({d->context, 0});
    compareNext();
}

void FidelityJob::compareNext()
{
    setProgress(tr("comparing distributions"), double(d->chunk), double(d->chunks));
    if (d->chunk == d->chunks)
        return compared();
    const auto compare = [this] { compareChunk(); };
    if (d->base)
        sendRows(0, compare);
    else if (!d->plan.saveBase.empty())
        saveRows(compare);
    else
        compareChunk();
}

void FidelityJob::saveRows(std::function<void()> next)
{
    const BaseLayout layout = d->layout();
    if (!d->writer) {
        BaseHeader header{layout, d->context, d->chunks, {}, {}, {}};
        header.tokens.assign(d->tokens.begin(), d->tokens.end());
        if (layout.form == BaseForm::TopTokens) {
            header.vocabularyHash = d->run.vocabulary.reference.hash;
            header.plainHash = d->run.vocabulary.reference.plainHash;
        }
        auto writer = BaseWriter::create(d->plan.saveBase, header);
        if (!writer)
            return endWith(writer.error());
        d->writer = std::move(*writer);
    }
    const auto take = [this](const std::vector<std::byte> &rows) {
        if (auto added = d->writer->add(rows); !added && !d->writing)
            d->writing = added.error();
    };
    const auto done = [this, next, wanted = d->positions()](const protocol::BaseRowsResult &result) {
        if (d->writing || result.rows != wanted)
            return endWith(d->writing.value_or(Error{ErrorCode::ProtocolViolation, {"baseRows"}, {}}));
        next();
    };
    d->reference->baseRows({0, d->idsOf(d->chunk), d->first(), formName(layout), layout.vocabulary, layout.top}, take, then<protocol::BaseRowsResult>(done));
}

/// A chunk's rows to the worker, piece after piece.
void FidelityJob::sendRows(int64_t first, std::function<void()> next)
{
    if (first == d->positions())
        return next();
    const BaseLayout &layout = d->base->header().layout;
    const int64_t most = std::max<int64_t>(1, int64_t(protocol::kRowPiece / rowBytes(layout)));
    const int64_t count = std::min(most, d->positions() - first);
    const auto rows = d->base->rows(d->chunk, first, count);
    if (!rows)
        return endWith(rows.error());
    const protocol::UseRowsRequest request{formName(layout), layout.vocabulary, layout.top, first == 0, protocol::toBase64(*rows)};
    d->other->useRows(request, then<bool>([this, next = std::move(next), after = first + count](bool) { sendRows(after, next); }));
}

void FidelityJob::compareChunk()
{
    protocol::FidelityRequest request;
    request.ids = d->idsOf(d->chunk);
    request.first = d->first();
    request.vocabulary = d->run.vocabulary.compared;
    request.temperature = d->run.protocol.temperature;
    d->other->fidelity(std::move(request), d->reference.get(), then<FidelityValues>([this](const FidelityValues &values) {
                           const auto isNone = [](float value) { return std::isnan(value); };
                           if (d->base && (std::ranges::any_of(values.divergence, isNone) || std::ranges::any_of(values.nllReference, isNone)))
                               return endWith(Error{ErrorCode::BaseFileDamaged, {d->base->label(), ASSAY_TEXT("Reason", "its log-probabilities are no numbers")}, {}});
                           FidelityColumns &columns = d->run.columns;
                           append(columns.divergence, values.divergence);
                           append(columns.nllReference, values.nllReference);
                           append(columns.nllOther, values.nllOther);
                           append(columns.softened, values.softened);
                           append(columns.sameTop, values.sameTop);
                           columns.chunkEnds.push_back(uint32_t(columns.size()));
                           d->run.seconds += values.seconds;
                           ++d->chunk;
                           compareNext();
                       }));
}

void FidelityJob::compared()
{
    if (d->writer) {
        if (auto done = d->writer->finish(); !done)
            return endWith(done.error());
    }
    if (d->plan.written > 0 && d->reference)
        return write(d->plan.written);
    endWith({});
}

/// What was found is kept even where the vocabularies differ; what broke off is not.
void FidelityJob::endWith(const std::optional<Error> &error)
{
    const bool whole = !error || (d->run.notCompared && !d->run.written.empty());
    d->run.header.state = whole ? RunState::Finished : RunState::Failed;
    d->run.header.finishedAt = utcNow();
    if (error)
        d->run.header.error = error->sentence();
    if (whole && d->library)
        d->library->add(d->run);
    finishRun(error);
}

} // namespace assay
