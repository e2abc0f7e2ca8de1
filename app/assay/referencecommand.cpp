// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/interrupt.h"
#include "app/assay/measuresession.h"
#include "app/assay/opensubject.h"
#include "app/assay/verifyreference.h"
#include "core/base/file.h"
#include "core/base/signature.h"
#include "core/base/units.h"
#include "core/service/endpointsubject.h"
#include "core/service/remoteaddress.h"
#include "core/service/resources.h"
#include "core/service/translation.h"
#include "core/service/verify/referencepart.h"
#include "core/service/workerbackend.h"

#include <QCoreApplication>
#include <QFile>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

/// Nobody but the user reads the secret one; a key that is there is never written over.
Result<void> writeSecret(const QString &path, const std::string &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner) || file.write(text.c_str()) != qint64(text.size()) || !file.flush())
        return failure(ErrorCode::FileUnwritable, {path.toStdString(), file.errorString().toStdString()});
    return {};
}

int makeKey(const Arguments &options)
{
    const QString path = options.value(QStringLiteral("out"));
    const SigningKey key = makeSigningKey();
    if (auto written = writeSecret(path, key.secret + "\n"); !written)
        return fail(written.error(), options.json());
    if (auto written = writeFileAtomically((path + QStringLiteral(".pub")).toStdString(), key.open + "\n"); !written)
        return fail(written.error(), options.json());
    if (options.json())
        printJson({{"key", key.open}, {"secret", path.toStdString()}});
    else
        print(say(QT_TRANSLATE_NOOP("Command", "%1 holds the secret key, %1.pub the open one: %2")).arg(path, toQString(key.open)));
    return 0;
}

json bundleJson(const ReadBundle &read)
{
    const ReferenceBundle &bundle = read.bundle;
    json alternatives = json::array();
    for (const BundleAlternative &alternative : bundle.alternatives)
        alternatives.push_back({{"name", alternative.name}, {"mmd", alternative.mmd}, {"greedy_margin", alternative.greedyMargin}});
    size_t samples = 0, greedy = 0;
    for (const BundlePrompt &prompt : bundle.prompts) {
        samples += prompt.samples.size();
        greedy += prompt.greedy && !prompt.greedy->margins.empty();
    }
    return {{"sha256", read.hash}, {"title", bundle.title}, {"subject", bundle.subject}, {"profile", bundle.profile}, {"recorded", bundle.recorded},
            {"weights_sha256", bundle.weights}, {"tokenizer", bundle.tokenizer}, {"template_sha256", bundle.templateHash},
            {"stack", {{"engine", bundle.stack.engine}, {"device", bundle.stack.device}, {"dtype", bundle.stack.dtype}, {"batch", bundle.stack.batch}}},
            {"temperature", bundle.sampling.temperature}, {"prompts", bundle.prompts.size()}, {"samples", samples}, {"greedy", greedy}, {"items", bundle.items.size()},
            {"honest_stacks", bundle.honest.size()}, {"alternatives", std::move(alternatives)}};
}

int showBundle(const Arguments &options)
{
    const QString path = options.subjects().value(1);
    const auto read = readBundle(std::filesystem::path(path.toStdString()));
    if (!read)
        return fail(read.error(), options.json());
    json shown = bundleJson(*read);
    if (const QString trusted = options.value(QStringLiteral("trust")); !trusted.isEmpty()) {
        const auto key = readKeyFile(trusted);
        const auto signer = key ? signerOf(path.toStdString(), read->hash, *key) : Result<std::string>(tl::unexpected(key.error()));
        if (!signer)
            return fail(signer.error(), options.json());
        shown["signed_by"] = *signer;
    }
    if (options.json())
        printJson(shown);
    else
        for (const auto &[name, value] : shown.items())
            print(QStringLiteral("%1: %2").arg(toQString(name), toQString(value.is_string() ? value.get<std::string>() : value.dump())));
    return 0;
}

bool isEndpoint(const QString &path)
{
    return addressKind(path.toStdString()) != AddressKind::Files;
}

/// Of files their hashes and structure; of an endpoint nothing is known.
Result<ReferenceBundle> recorded(const Arguments &options, const QString &path, RecordPlan &plan, const AskProgress &progress, std::stop_token stop)
{
    plan.subject = path.toStdString();
    if (isEndpoint(path)) {
        EndpointTarget target = endpointTarget(plan.subject);
        auto key = findKey(toQString(target.url), options.keyPlace());
        if (!key)
            return tl::unexpected<Error>(key.error());
        target.key = std::move(*key);
        target.dialect = options.value(QStringLiteral("dialect")).toStdString();
        Questionnaire questions = plan.asking.questions;
        questions.repeats = plan.repeats;
        note(say(QT_TRANSLATE_NOOP("Command", "at most %1 requests")).arg(toQString(groupedDigits(mostRequests(int64_t(rowsOf(questions, plan.asking.seed).size()))))));
        return recordEndpoint(std::move(target), plan, progress, stop);
    }
    const auto inspected = inspectSubject(path);
    if (!inspected)
        return tl::unexpected<Error>(inspected.error());
    std::vector<std::filesystem::path> files;
    for (const CheckpointFile &file : inspected->directory.checkpoint.files)
        files.push_back(file.path);
    const auto hash = hashOfFiles(files, stop);
    if (!hash)
        return tl::unexpected<Error>(hash.error());
    plan.weights = *hash;
    plan.structure = structureFingerprint(inspected->directory.checkpoint);
    WorkerBackend backend(options.worker(), plan.subject);
    return recordBundle(backend, plan, progress, stop);
}

Result<void> addContexts(const Arguments &options, RecordPlan &plan)
{
    const QString name = options.value(QStringLiteral("context"));
    if (name.isEmpty())
        return {};
    const auto suite = openSuite(name);
    const auto count = options.integer(QStringLiteral("context-items"), 1);
    if (!suite || !count)
        return tl::unexpected(!suite ? suite.error() : count.error());
    for (AskedItem &item : itemsFrom(*suite, "context", *count, plan.asking.seed))
        plan.asking.questions.items.push_back(std::move(item));
    return {};
}

/// A directory's own template; an endpoint puts its own around what it gets.
Result<void> addTemplate(const Arguments &options, const QString &path, RecordPlan &plan)
{
    if (!options.isSet(QStringLiteral("chat")) || isEndpoint(path))
        return {};
    auto prompts = SuitePrompts::ofModel(path.toStdString(), {});
    if (!prompts)
        return tl::unexpected(prompts.error());
    plan.asking.prompts = std::move(*prompts);
    return {};
}

Result<void> addQuestions(const Arguments &options, RecordPlan &plan)
{
    QuestionCounts counts;
    const std::pair<const char *, int64_t *> numbers[] = {{"prompts", &counts.sampled}, {"samples", &counts.samples}, {"greedy", &counts.greedy}, {"items", &counts.reasoning}};
    for (const auto &[name, value] : numbers) {
        const auto given = options.integer(QLatin1String(name), 0);
        if (!given)
            return tl::unexpected(given.error());
        *value = *given;
    }
    counts.knowledge = counts.reasoning * 2 / 3;
    const auto seed = options.integer(QStringLiteral("seed"), 0);
    const auto knowledge = openSuite(options.value(QStringLiteral("knowledge"))), reasoning = openSuite(options.value(QStringLiteral("reasoning")));
    if (!seed || !knowledge || !reasoning)
        return tl::unexpected(!seed ? seed.error() : !knowledge ? knowledge.error() : reasoning.error());
    Questionnaire &questions = plan.asking.questions;
    plan.asking.seed = uint64_t(*seed);
    questions.sampled = counts.sampled;
    questions.samples = counts.samples;
    questions.prompts = promptsFrom({*knowledge, *reasoning}, std::max(counts.sampled, counts.greedy), plan.asking.seed);
    questions.items = itemsFrom(*knowledge, "knowledge", counts.knowledge, plan.asking.seed);
    for (AskedItem &item : itemsFrom(*reasoning, "reasoning", counts.reasoning, plan.asking.seed))
        questions.items.push_back(std::move(item));
    return addContexts(options, plan);
}

/// Models of --alternative, dtypes of --stacks.
Result<void> addBeside(const Arguments &options, const QString &path, RecordPlan &plan)
{
    const WorkerCommand worker = options.worker();
    for (const QString &dtype : options.value(QStringLiteral("stacks")).split(u',', Qt::SkipEmptyParts))
        plan.beside.push_back({{}, dtype.toStdString(), [worker, path] { return std::make_unique<WorkerBackend>(worker, path.toStdString()); }});
    const auto alternatives = alternativesOf(options);
    if (!alternatives)
        return tl::unexpected(alternatives.error());
    for (const auto &[name, place] : *alternatives)
        plan.beside.push_back({name, {}, [worker, directory = place] { return std::make_unique<WorkerBackend>(worker, directory); }});
    return {};
}

Result<void> writeBundle(const Arguments &options, const ReferenceBundle &bundle)
{
    const QString out = options.value(QStringLiteral("out"));
    if (auto written = writeFileAtomically(out.toStdString(), bundleText(bundle)); !written)
        return written;
    if (!options.isSet(QStringLiteral("key")))
        return {};
    const auto key = readKeyFile(options.value(QStringLiteral("key")));
    if (!key)
        return tl::unexpected(key.error());
    const auto signature = signBundle(bundleHash(bundle), *key);
    if (!signature)
        return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "--key holds no secret key of assay reference key")).toStdString()});
    return writeFileAtomically((out + QStringLiteral(".sig")).toStdString(), signatureText(*signature));
}

int record(const Arguments &options)
{
    const QString path = options.subjects().value(1);
    RecordPlan plan;
    plan.title = options.value(QStringLiteral("title")).toStdString();
    plan.profile = options.value(QStringLiteral("profile")).toStdString();
    plan.tokenizer = options.value(QStringLiteral("tokenizer")).toStdString();
    plan.device = options.value(QStringLiteral("device")).toStdString();
    plan.dtype = options.value(QStringLiteral("dtype")).toStdString();
    if (auto added = addQuestions(options, plan); !added)
        return fail(added.error(), options.json());
    if (auto added = addTemplate(options, path, plan); !added)
        return fail(added.error(), options.json());
    if (auto added = addBeside(options, path, plan); !added)
        return fail(added.error(), options.json());
    std::stop_source stop;
    const Interrupt interrupt([&stop] { stop.request_stop(); });
    const auto shown = [](const char *stage, double done, double total) {
        if (progressIsSeen())
            progress(QStringLiteral("%1 · %2/%3").arg(QCoreApplication::translate("Identity", stage)).arg(done).arg(total));
    };
    const auto bundle = recorded(options, path, plan, shown, stop.get_token());
    endProgress();
    if (!bundle)
        return fail(bundle.error(), options.json());
    if (auto written = writeBundle(options, *bundle); !written)
        return fail(written.error(), options.json());
    const json found = bundleJson({*bundle, bundleHash(*bundle)});
    if (options.json())
        printJson(found);
    else
        print(say(QT_TRANSLATE_NOOP("Command", "%1 holds %2 prompts and %3 questions, SHA-256 %4")).arg(options.value(QStringLiteral("out"))).arg(bundle->prompts.size()).arg(bundle->items.size()).arg(toQString(found["sha256"].get<std::string>())));
    return 0;
}

void addReferenceOptions(Arguments &options)
{
    const struct { const char *name, *value, *help, *fallback; } kOptions[] = {
        {"out", "file", QT_TRANSLATE_NOOP("Command", "Where the bundle, or the key, is written."), ""},
        {"title", "text", QT_TRANSLATE_NOOP("Command", "What the bundle is called."), ""},
        {"profile", "id", QT_TRANSLATE_NOOP("Command", "The known model that was recorded."), ""},
        {"tokenizer", "family", QT_TRANSLATE_NOOP("Command", "The family of its tokenizer."), ""},
        {"knowledge", "suite", QT_TRANSLATE_NOOP("Command", "Questions that are known or not."), "recall"},
        {"reasoning", "suite", QT_TRANSLATE_NOOP("Command", "Questions that are thought about."), "reasoning"},
        {"context", "suite", QT_TRANSLATE_NOOP("Command", "Questions with long contexts; none without it."), ""},
        {"prompts", "n", QT_TRANSLATE_NOOP("Command", "Prompts that are answered several times."), "25"},
        {"samples", "n", QT_TRANSLATE_NOOP("Command", "Answers to each of them."), "10"},
        {"greedy", "n", QT_TRANSLATE_NOOP("Command", "Prompts that are answered at temperature 0."), "50"},
        {"items", "n", QT_TRANSLATE_NOOP("Command", "Questions of reasoning; of knowledge two thirds as many."), "60"},
        {"context-items", "n", QT_TRANSLATE_NOOP("Command", "Questions with long contexts."), "40"},
        {"stacks", "dtype,dtype", QT_TRANSLATE_NOOP("Command", "Further honest ways to compute the same weights."), ""},
        {"alternative", "NAME=PATH", QT_TRANSLATE_NOOP("Command", "A model that power is told against; may be given several times."), ""},
        {"seed", "n", QT_TRANSLATE_NOOP("Command", "Seed of everything that is drawn."), "1"},
        {"key", "file", QT_TRANSLATE_NOOP("Command", "Signs the bundle with this secret key (assay reference key), in FILE.sig."), ""},
        {"trust", "file", QT_TRANSLATE_NOOP("Command", "With show: FILE.sig must be signed with this open key."), ""},
        {"dialect", "id", QT_TRANSLATE_NOOP("Command", "How an endpoint is spoken to."), ""},
    };
    for (const auto &option : kOptions)
        options.addOption(QString::fromLatin1(option.name), QString::fromLatin1(option.value), say(option.help), QString::fromLatin1(option.fallback));
}

} // namespace

int runReference(const QStringList &arguments)
{
    Arguments options("reference", say(QT_TRANSLATE_NOOP("Command", "Reference bundles: what a trusted model does, to hold endpoints against. record SUBJECT --out FILE; show FILE; key --out FILE.")), QStringLiteral("record|show|key [SUBJECT|FILE]"));
    addReferenceOptions(options);
    options.addFlag(QStringLiteral("chat"), say(QT_TRANSLATE_NOOP("Command", "Prompts go into the model's own chat template, as an endpoint puts them there.")));
    options.addModelOptions(QStringLiteral("auto"));
    options.addKeyOption();
    if (!options.parse(arguments, 1, 2))
        return options.exitCode();
    const QString what = options.subjects().value(0);
    const bool named = options.subjects().size() == 2;
    if (what == QStringLiteral("show") && named)
        return showBundle(options);
    if (options.value(QStringLiteral("out")).isEmpty())
        return failUsage(say(QT_TRANSLATE_NOOP("Command", "reference needs record SUBJECT --out FILE, show FILE or key --out FILE")), options.json());
    if (what == QStringLiteral("key") && !named)
        return makeKey(options);
    if (what == QStringLiteral("record") && named)
        return record(options);
    return failUsage(say(QT_TRANSLATE_NOOP("Command", "reference needs record SUBJECT --out FILE, show FILE or key --out FILE")), options.json());
}

} // namespace assay
