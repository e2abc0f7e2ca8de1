// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/recordbundle.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/identify/distribution/distribution.h"
#include "core/service/verify/backendcall.h"

#include <QDateTime>
#include <algorithm>

namespace assay {
namespace {

constexpr uint64_t kPiece = uint64_t(1) << 20;

Result<LoadSample> open(Backend &backend, const std::string &device, const std::string &dtype, std::stop_token stop)
{
    return callAndWait<LoadSample>(backend, stop, [&](Backend::Done<LoadSample> done) { backend.open(device, dtype, {}, std::move(done)); });
}

/// Everything asked and answered, or why not.
Result<Answers> allAnswers(Backend &backend, const AskPlan &plan, const std::string &name, const AskProgress &progress, std::stop_token stop)
{
    Answers answers = askQuestions(backend, plan, progress, stop);
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled);
    if (answers.end)
        return tl::unexpected(*answers.end);
    if (!answers.complete())
        return failure(ErrorCode::BundleUnfit, {name, "the limit was spent before everything was answered"});
    return answers;
}

std::vector<ForcedText> greedyTexts(const Answers &answers, bool withIds)
{
    std::vector<ForcedText> out;
    for (size_t i = 0; i < answers.questions().prompts.size(); ++i) {
        const KeptAnswer *given = answers.answerOf(QuestionRow::Kind::Greedy, i);
        out.push_back({answers.questions().prompts[i], given ? given->text : std::string(), given && withIds ? given->ids : std::vector<int64_t>()});
    }
    return out;
}

BundleStack stackOf(const Backend &backend, int64_t batch)
{
    const Environment environment = backend.environment();
    return {environment.worker, environment.device, environment.dtype, std::max<int64_t>(batch, 1)};
}

void addPrompts(ReferenceBundle &bundle, const Answers &answers, const std::vector<ForcedAnswer> &forced)
{
    for (size_t i = 0; i < answers.questions().prompts.size(); ++i) {
        BundlePrompt prompt{answers.questions().prompts[i], {}, {}, answers.samplesOf(i), {}};
        const KeptAnswer *given = answers.answerOf(QuestionRow::Kind::Greedy, i);
        if (given != nullptr) {
            BundleGreedy greedy{given->text, {}, {}};
            if (i < forced.size()) {
                prompt.ids = forced[i].promptIds;
                prompt.first = forced[i].first;
                greedy.ids = forced[i].ids;
                greedy.margins = forced[i].margins;
            }
            prompt.greedy = std::move(greedy);
        }
        bundle.prompts.push_back(std::move(prompt));
    }
}

double rateOf(const Answers &answers, size_t item, int64_t &right, int64_t &asked)
{
    right = asked = 0;
    for (int64_t draw = 0; draw < answers.questions().repeats; ++draw) {
        if (const auto one = answers.isRight(item, draw)) {
            ++asked;
            right += *one;
        }
    }
    return asked > 0 ? double(right) / double(asked) : 0;
}

void addItems(ReferenceBundle &bundle, const Answers &answers)
{
    for (size_t i = 0; i < answers.questions().items.size(); ++i) {
        const AskedItem &asked = answers.questions().items[i];
        BundleItem item{asked.question().id, asked.group, asked.suite->name, asked.suite->fingerprint, 0, 0, answers.isRight(i, 0).value_or(false)};
        rateOf(answers, i, item.right, item.asked);
        bundle.items.push_back(std::move(item));
    }
}

/// What another subject's answers are beside those recorded.
struct Beside
{
    KnownEffect text, greedy;
    std::map<std::string, double> rates;
    BundleStack stack;
};

Result<Beside> measureBeside(Backend &subject, Backend &other, const RecordPlan &plan, const BesideSubject &what, const Answers &recorded,
                             const std::vector<ForcedAnswer> &forced, const AskProgress &progress, std::stop_token stop)
{
    AskPlan asking = plan.asking;
    asking.there.clear();
    ++asking.seed; // samples of its own: with the recorded one's they would agree too well
    auto opened = open(other, plan.device, what.dtype.empty() ? "auto" : what.dtype, stop);
    auto answers = opened ? allAnswers(other, asking, plan.subject, progress, stop) : Result<Answers>(tl::unexpected(opened.error()));
    if (!answers)
        return tl::unexpected(answers.error());
    Beside out;
    out.stack = stackOf(other, asking.together);
    std::vector<SampledPrompt> sampled;
    for (size_t i = 0; i < asking.questions.prompts.size(); ++i)
        sampled.push_back({recorded.samplesOf(i), answers->samplesOf(i)});
    out.text = textEffect(sampled, size_t(asking.questions.sampling.maxTokens), what.name);
    if (!forced.empty()) {
        const auto read = teacherForce(subject, greedyTexts(*answers, false), 1, asking.prompts, progress, stop);
        if (!read)
            return tl::unexpected(read.error());
        std::vector<GreedyPrompt> prompts;
        for (size_t i = 0; i < read->size(); ++i)
            prompts.push_back({forced[i].margins, (*read)[i].margins});
        out.greedy = greedyEffect(prompts, what.name);
    }
    int64_t right = 0, asked = 0;
    for (size_t i = 0; i < asking.questions.items.size(); ++i)
        out.rates[asking.questions.items[i].question().id] = rateOf(*answers, i, right, asked);
    return out;
}

} // namespace

ReferenceBundle bundleOf(const RecordPlan &plan, const BundleStack &stack, const Answers &answers, const std::vector<ForcedAnswer> &forced)
{
    ReferenceBundle bundle;
    bundle.title = plan.title;
    bundle.subject = plan.subject;
    bundle.profile = plan.profile;
    bundle.tokenizer = plan.tokenizer;
    bundle.weights = plan.weights;
    bundle.structure = plan.structure;
    bundle.templateHash = plan.asking.prompts.templateHash();
    bundle.recorded = QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toStdString();
    bundle.stack = stack;
    bundle.sampling = plan.asking.questions.sampling;
    bundle.sampling.seed = plan.asking.seed;
    addPrompts(bundle, answers, forced);
    addItems(bundle, answers);
    return bundle;
}

Result<ReferenceBundle> recordBundle(Backend &subject, const RecordPlan &wanted, const AskProgress &progress, std::stop_token stop)
{
    RecordPlan plan = wanted;
    plan.asking.questions.repeats = plan.repeats;
    if (auto opened = open(subject, plan.device, plan.dtype, stop); !opened)
        return tl::unexpected(opened.error());
    auto answers = allAnswers(subject, plan.asking, plan.subject, progress, stop);
    if (!answers)
        return tl::unexpected(answers.error());
    std::vector<ForcedAnswer> forced;
    if (subject.capabilities().score) {
        auto read = teacherForce(subject, greedyTexts(*answers, true), plan.top, plan.asking.prompts, progress, stop);
        if (!read)
            return tl::unexpected(read.error());
        forced = std::move(*read);
    }
    ReferenceBundle bundle = bundleOf(plan, stackOf(subject, plan.asking.together), *answers, forced);
    for (const BesideSubject &what : plan.beside) {
        const auto other = what.make();
        auto beside = measureBeside(subject, *other, plan, what, *answers, forced, progress, stop);
        if (!beside)
            return tl::unexpected(beside.error());
        if (what.name.empty())
            bundle.honest.push_back({beside->stack, beside->greedy.effect, beside->text.effect});
        else
            bundle.alternatives.push_back({what.name, beside->greedy.effect, beside->greedy.spread, beside->text.effect, beside->text.spread, std::move(beside->rates), std::move(beside->greedy.byPrompt)});
    }
    return bundle;
}

Result<std::string> hashOfFiles(const std::vector<std::filesystem::path> &files, std::stop_token stop)
{
    std::string all;
    for (const std::filesystem::path &path : files) {
        const auto file = File::open(path);
        if (!file)
            return tl::unexpected(file.error());
        Hasher hasher(HashKind::Sha256);
        std::vector<std::byte> piece;
        for (uint64_t at = 0; at < file->size(); at += kPiece) {
            piece.resize(size_t(std::min(kPiece, file->size() - at)));
            if (stop.stop_requested())
                return failure(ErrorCode::Cancelled);
            if (auto read = file->readAt(at, piece); !read)
                return tl::unexpected(read.error());
            hasher.add(piece);
        }
        all += hasher.finish() + "\n";
    }
    return sha256(all);
}

} // namespace assay
