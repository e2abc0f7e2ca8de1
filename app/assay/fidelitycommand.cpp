// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/interrupt.h"
#include "app/assay/measuresession.h"
#include "core/base/file.h"
#include "core/base/units.h"
#include "core/service/fidelityjob.h"
#include "core/service/jobqueue.h"
#include "core/service/resources.h"
#include "core/service/subjectfiles.h"
#include "core/service/translation.h"
#include "core/service/workerbackend.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QFileInfo>
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

constexpr uint64_t kMostText = 256u << 20;

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

bool isTemperature(double value)
{
    return value > 0 && value <= 100;
}

bool isShare(double value)
{
    return value >= 0 && value <= 1;
}

void addFidelityOptions(Arguments &options)
{
    options.addOption(QStringLiteral("text"), QStringLiteral("file"), say(QT_TRANSLATE_NOOP("Command", "The text over which distributions are compared.")));
    options.addOption(QStringLiteral("chunk"), QStringLiteral("n"), say(QT_TRANSLATE_NOOP("Command", "Tokens of a chunk; its second half is compared, as llama.cpp does.")), QStringLiteral("512"));
    options.addFlag(QStringLiteral("lines"), say(QT_TRANSLATE_NOOP("Command", "Each line of the text is a text by itself, all of whose tokens are compared, instead of chunks.")));
    options.addOption(QStringLiteral("temperature"), QStringLiteral("T"), say(QT_TRANSLATE_NOOP("Command", "Tells the distillation objective at this temperature, too.")));
    options.addOption(QStringLiteral("alpha"), QStringLiteral("a"), say(QT_TRANSLATE_NOOP("Command", "The share of the softened divergence in it.")), QStringLiteral("0.5"));
    options.addOption(QStringLiteral("base"), QStringLiteral("file"), say(QT_TRANSLATE_NOOP("Command", "A base file (llama.cpp's or one of --save-base) stands for the reference; all subjects are held against it.")));
    options.addOption(QStringLiteral("save-base"), QStringLiteral("file"), say(QT_TRANSLATE_NOOP("Command", "Writes the reference's distributions as llama.cpp's base file.")));
    options.addOption(QStringLiteral("top"), QStringLiteral("n"), say(QT_TRANSLATE_NOOP("Command", "Of --save-base: keeps the n likeliest tokens and the rest as one, some hundredth of the size.")));
    options.addOption(QStringLiteral("written"), QStringLiteral("n"), say(QT_TRANSLATE_NOOP("Command", "The reference writes n texts, and bits per byte of both are told; always where vocabularies differ.")));
    options.addOption(QStringLiteral("reference-dtype"), QStringLiteral("name"), say(QT_TRANSLATE_NOOP("Command", "The dtype that the reference is computed in.")), QStringLiteral("auto"));
    options.addOption(QStringLiteral("seed"), QStringLiteral("n"), say(QT_TRANSLATE_NOOP("Command", "Seed of what the reference writes.")), QStringLiteral("1"));
    options.addOption(QStringLiteral("out"), QStringLiteral("folder"), say(QT_TRANSLATE_NOOP("Command", "Writes figures (JSON) and the values of every position (CSV) there.")));
}

/// What the options say of all pairs alike; the reference is filled in later.
Result<FidelityPlan> planFrom(const Arguments &options)
{
    FidelityPlan plan;
    plan.referenceDtype = options.value(QStringLiteral("reference-dtype")).toStdString();
    plan.device = options.value(QStringLiteral("device")).toStdString();
    plan.baseFile = options.value(QStringLiteral("base")).toStdString();
    plan.saveBase = options.value(QStringLiteral("save-base")).toStdString();
    plan.lines = options.isSet(QStringLiteral("lines"));
    const auto whole = [&](const char *name, int64_t least, int64_t &value) -> Result<void> {
        if (!options.isSet(QLatin1String(name)))
            return {};
        return options.integer(QLatin1String(name), least).map([&](int64_t given) { value = given; });
    };
    int64_t seed = 1;
    for (const auto &read : {whole("chunk", 4, plan.context), whole("top", 1, plan.saveTop), whole("written", 0, plan.written), whole("seed", 0, seed)}) {
        if (!read)
            return tl::unexpected(read.error());
    }
    plan.seed = uint64_t(seed);
    if (options.isSet(QStringLiteral("temperature"))) {
        const auto given = options.real(QStringLiteral("temperature"), isTemperature, say(QT_TRANSLATE_NOOP("Command", "a number above 0, up to 100")));
        if (!given)
            return tl::unexpected(given.error());
        plan.temperature = *given;
    }
    const auto alpha = options.real(QStringLiteral("alpha"), isShare, say(QT_TRANSLATE_NOOP("Command", "a number from 0 to 1")));
    if (!alpha)
        return tl::unexpected(alpha.error());
    plan.alpha = *alpha;
    return plan;
}

/// What cannot be asked together.
QString contradiction(const Arguments &options, const FidelityPlan &plan)
{
    const bool base = !plan.baseFile.empty();
    if (!base && options.subjects().size() < 2)
        return say(QT_TRANSLATE_NOOP("Command", "Name the reference first, then what is held against it; or give --base"));
    if (!base && !options.isSet(QStringLiteral("text")))
        return say(QT_TRANSLATE_NOOP("Command", "fidelity needs --text"));
    if (base && (!plan.saveBase.empty() || options.isSet(QStringLiteral("chunk")) || plan.temperature > 0 || plan.written > 0))
        return say(QT_TRANSLATE_NOOP("Command", "a base file is no model: --save-base, --chunk, --temperature and --written do not go with --base"));
    if (plan.lines && (base || !plan.saveBase.empty() || options.isSet(QStringLiteral("chunk"))))
        return say(QT_TRANSLATE_NOOP("Command", "--lines does not go with base files and --chunk"));
    if (plan.saveBase.empty() && plan.saveTop > 0)
        return say(QT_TRANSLATE_NOOP("Command", "--top goes with --save-base"));
    return {};
}

Result<void> readText(const Arguments &options, FidelityPlan &plan)
{
    if (!options.isSet(QStringLiteral("text")))
        return {};
    const QString file = options.value(QStringLiteral("text"));
    auto text = readWholeFile(file.toStdString(), kMostText);
    if (!text)
        return tl::unexpected(text.error());
    plan.text = validUtf8(*text);
    plan.textName = QFileInfo(file).fileName().toStdString();
    return {};
}

/// The suites that both were asked here.
std::vector<AnswerFidelity> answersOf(const MeasureSession &session, const SubjectRef &reference, const SubjectRef &other)
{
    std::vector<AnswerFidelity> out;
    const auto theirs = session.library().latestEvaluations(other);
    for (const auto &first : session.library().latestEvaluations(reference)) {
        for (const auto &second : theirs) {
            if (first->protocol.suiteFingerprint != second->protocol.suiteFingerprint || first == second)
                continue;
            out.push_back(answerFidelity(first->items, second->items));
            out.back().suite = first->protocol.suite;
        }
    }
    return out;
}

json toJson(const AnswerFidelity &answers)
{
    const auto share = [](const Estimate &estimate) {
        return json{{"value", estimate.n > 0 ? json(estimate.value) : json()}, {"interval", {estimate.low, estimate.high}}, {"n", estimate.n}};
    };
    return {{"suite", answers.suite},
            {"items", answers.items},
            {"agreement", share(answers.agreement)},
            {"kappa", answers.kappa ? json(*answers.kappa) : json()},
            {"same_wrong", share(answers.sameWrong)},
            {"flips", share(answers.flips)},
            {"only_reference_right", answers.onlyReference},
            {"only_other_right", answers.onlyOther}};
}

void printAnswers(const std::vector<AnswerFidelity> &all)
{
    if (all.empty())
        return;
    QList<QStringList> rows{{say(QT_TRANSLATE_NOOP("Command", "suite")), say(QT_TRANSLATE_NOOP("Command", "items")), say(QT_TRANSLATE_NOOP("Command", "agreement")), say(QT_TRANSLATE_NOOP("Command", "kappa")), say(QT_TRANSLATE_NOOP("Command", "same wrong")), say(QT_TRANSLATE_NOOP("Command", "flips"))}};
    const auto rate = [](const Estimate &estimate) { return estimate.n > 0 ? toQString(formatEstimate(Unit::Rate, estimate)) : QStringLiteral("-"); };
    for (const AnswerFidelity &one : all)
        rows.append({toQString(one.suite), QString::number(one.items), rate(one.agreement), one.kappa ? QString::number(*one.kappa, 'f', 3) : QStringLiteral("-"), rate(one.sameWrong), rate(one.flips)});
    print(QString());
    for (const QString &line : alignedTable(rows, {false, true, true, true, true, true}))
        print(line);
}

void printRun(const FidelityRun &run)
{
    const FidelityProtocol &protocol = run.protocol;
    const QString reference = toQString(protocol.reference.name);
    print(say(QT_TRANSLATE_NOOP("Command", "%1 (%2) against %3")).arg(toQString(run.header.subject.name), toQString(protocol.dtype), protocol.referenceDtype.empty() ? reference : QStringLiteral("%1 (%2)").arg(reference, toQString(protocol.referenceDtype))));
    if (run.columns.size() > 0) {
        print(say(QT_TRANSLATE_NOOP("Command", "%1; %2, %3 positions")).arg(QCoreApplication::translate("Fidelity", fidelitySourceName(protocol.source)), toQString(protocol.cut), QString::number(run.columns.size())));
        if (run.vocabulary.addedDiffer)
            print(say(QT_TRANSLATE_NOOP("Command", "added tokens are spelled otherwise in both, all other tokens alike")));
        if (!run.vocabulary.spellingKnown)
            print(say(QT_TRANSLATE_NOOP("Command", "the base file does not tell how its tokens are spelled: that they are this model's is only known as far as --text bears it out")));
    }
    print(QString());
    printLines(toQString(fidelityText(run)));
}

Result<void> writeFiles(const QString &folder, const FidelityRun &run, const json &result)
{
    if (!QDir().mkpath(folder))
        return failure(ErrorCode::FileUnwritable, {folder.toStdString(), say(QT_TRANSLATE_NOOP("Command", "the folder cannot be made")).toStdString()});
    const std::string name = run.header.subject.name + "-" + run.protocol.dtype;
    const QString stem = QDir(folder).filePath(toQString(name).replace(QLatin1Char('/'), QLatin1Char('_')));
    const std::string text = result.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
    if (auto written = writeFileAtomically((stem + QStringLiteral(".fidelity.json")).toStdString(), text); !written || run.columns.size() == 0)
        return written;
    std::string csv = "chunk,position,divergence,nll_reference,nll_other,delta_p,same_top\n";
    size_t chunk = 0;
    for (size_t i = 0; i < run.columns.size(); ++i) {
        chunk += i == run.columns.chunkEnds[chunk];
        char line[160];
        std::snprintf(line, sizeof line, "%zu,%zu,%.9g,%.9g,%.9g,%.9g,%d\n", chunk, i, double(run.columns.divergence[i]), double(run.columns.nllReference[i]), double(run.columns.nllOther[i]), deltaP(run.columns, i), int(run.columns.sameTop[i]));
        csv += line;
    }
    return writeFileAtomically((stem + QStringLiteral(".positions.csv")).toStdString(), csv);
}

/// The subject of a path: one that is named twice (as reference, and in another dtype) is open once.
const Subject &subjectOf(const MeasureSession &session, const QString &path)
{
    const auto &subjects = session.workspace().subjects();
    const QString spelled = subjectSpelling(subjectPlace(path));
    return **std::ranges::find_if(subjects, [&](const auto &subject) { return subject->path == spelled; });
}

void addJobs(JobQueue &queue, const MeasureSession &session, const Arguments &options, FidelityPlan plan, FidelityLibrary *library)
{
    QStringList paths = options.subjects();
    std::shared_ptr<WorkerBackend> reference; // loaded once for all that lie where it does
    if (plan.baseFile.empty()) {
        plan.reference = subjectOf(session, paths.takeFirst()).reference();
        reference = std::make_shared<WorkerBackend>(options.worker(), plan.reference.path);
    } else {
        plan.reference.name = QFileInfo(toQString(plan.baseFile)).fileName().toStdString();
    }
    for (const QString &path : paths) {
        const Subject &subject = subjectOf(session, path);
        const std::string place = subject.path.toStdString();
        const bool together = reference && onOneMachine(place, plan.reference.path);
        for (const std::string &dtype : options.dtypes()) {
            plan.dtype = dtype;
            BackendFactory factory = [worker = options.worker(), place] { return std::make_unique<WorkerBackend>(worker, place); };
            if (together)
                factory = sharedBeside(reference, place);
            queue.add(std::make_unique<FidelityJob>(subject.reference(), plan, std::move(factory), library, together ? reference : nullptr));
            plan.saveBase.clear(); // of one reference once
        }
    }
}

/// Runs the jobs one after the other; Ctrl+C cancels.
void runJobs(JobQueue &queue)
{
    QObject::connect(&queue, &JobQueue::changed, &queue, [](Job *job) {
        if (job->state() == JobState::Running && progressIsSeen())
            progress(QStringLiteral("%1 · %2 · %3/%4").arg(job->subjectName(), job->stage()).arg(job->done()).arg(job->total()));
    });
    QEventLoop loop;
    QObject::connect(&queue, &JobQueue::idle, &loop, &QEventLoop::quit);
    const Interrupt interrupt([&queue] { queue.cancelAll(); });
    loop.exec();
    endProgress();
}

Result<void> show(const MeasureSession &session, const Arguments &options, const JobQueue &queue)
{
    json results = json::array();
    Result<void> ended;
    const QString folder = options.value(QStringLiteral("out"));
    for (const auto &job : queue.jobs()) {
        const FidelityRun &run = static_cast<const FidelityJob &>(*job).found();
        if (job->error() && ended)
            ended = tl::unexpected(*job->error());
        if (run.columns.size() == 0 && run.written.empty())
            continue;
        const auto answers = run.protocol.reference.path.empty() ? std::vector<AnswerFidelity>() : answersOf(session, run.protocol.reference, run.header.subject);
        json result = toJson(run);
        for (const AnswerFidelity &one : answers)
            result["answers"].push_back(toJson(one));
        if (auto written = folder.isEmpty() ? Result<void>() : writeFiles(folder, run, result); !written && ended)
            ended = written;
        if (!options.json()) {
            printRun(run);
            printAnswers(answers);
        }
        results.push_back(std::move(result));
    }
    if (options.json()) {
        json all{{"results", std::move(results)}};
        if (!ended)
            all["error"] = errorJson(ended.error());
        printJson(all);
    }
    return ended;
}

} // namespace

int runFidelity(const QStringList &arguments)
{
    Arguments options("fidelity", say(QT_TRANSLATE_NOOP("Command", "How far models are from the one that they stand for: divergence of their distributions over a text.")), QStringLiteral("REFERENCE OTHER..."));
    addFidelityOptions(options);
    options.addModelOptions(QStringLiteral("auto"), true);
    if (!options.parse(arguments, 1, 64))
        return options.exitCode();
    auto plan = planFrom(options);
    if (!plan)
        return fail(plan.error(), options.json());
    if (const QString wrong = contradiction(options, *plan); !wrong.isEmpty())
        return failUsage(wrong, options.json());
    if (auto read = readText(options, *plan); !read)
        return fail(read.error(), options.json());
    MeasureSession session(options.worker(), storeFile());
    if (auto opened = session.open(options.subjects()); !opened)
        return fail(opened.error(), options.json());
    if (std::ranges::any_of(session.workspace().subjects(), [](const auto &subject) { return subject->endpoint != nullptr; }))
        return fail(noDivergenceOfEndpoints(), options.json());
    FidelityLibrary library(storeFile());
    QObject::connect(&library, &FidelityLibrary::saveFailed, &library, [](const Error &error) { note(QStringLiteral("assay: ") + errorText(error)); });
    JobQueue queue;
    addJobs(queue, session, options, *plan, &library);
    runJobs(queue);
    library.flush();
    const auto ended = show(session, options, queue);
    return ended ? 0 : fail(ended.error());
}

} // namespace assay
