// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"
#include "app/assay/backendloop.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "core/base/units.h"
#include "core/service/translation.h"
#include "core/service/workerbackend.h"

#include <QCoreApplication>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

Result<protocol::GenerateRequest> requestOf(const Arguments &options)
{
    protocol::GenerateRequest request;
    auto ids = options.integers(QStringLiteral("tokens"), 0);
    auto limit = options.integer(QStringLiteral("max-tokens"), 1);
    auto seed = options.integer(QStringLiteral("seed"), 0);
    if (!ids || !limit || !seed)
        return tl::unexpected(!ids ? ids.error() : !limit ? limit.error() : seed.error());
    bool valid = false;
    const double temperature = options.value(QStringLiteral("temperature")).toDouble(&valid);
    if (!valid || temperature < 0)
        return failure(ErrorCode::BadParameters, {"temperature", options.value(QStringLiteral("temperature")).toStdString()});
    request.ids = *ids;
    request.prompt = options.value(QStringLiteral("prompt")).toStdString();
    request.maxTokens = *limit;
    request.seed = uint64_t(*seed);
    request.temperature = options.isSet(QStringLiteral("greedy")) ? 0 : temperature;
    request.ignoreEos = options.isSet(QStringLiteral("ignore-eos"));
    for (const QString &stop : options.values(QStringLiteral("stop")))
        request.stop.push_back(stop.toStdString());
    if (request.ids.empty() && !options.isSet(QStringLiteral("prompt")))
        return failure(ErrorCode::BadUsage,
                       {QCoreApplication::translate("Command", "generate needs --prompt or --tokens").toStdString()});
    return request;
}

void addOptions(Arguments &options)
{
    const auto say = [](const char *text) { return QCoreApplication::translate("Command", text); };
    options.addOption(QStringLiteral("prompt"), QStringLiteral("text"), say(QT_TRANSLATE_NOOP("Command", "The text to continue.")));
    options.addOption(QStringLiteral("tokens"), QStringLiteral("N,N"), say(QT_TRANSLATE_NOOP("Command", "Token ids to continue, instead of a text.")));
    options.addOption(QStringLiteral("max-tokens"), QStringLiteral("N"), say(QT_TRANSLATE_NOOP("Command", "How many tokens at most.")), QStringLiteral("128"));
    options.addFlag(QStringLiteral("greedy"), say(QT_TRANSLATE_NOOP("Command", "Takes the likeliest token each time (the default).")));
    options.addOption(QStringLiteral("temperature"), QStringLiteral("T"), say(QT_TRANSLATE_NOOP("Command", "Samples at this temperature; 0 is greedy.")), QStringLiteral("0"));
    options.addOption(QStringLiteral("seed"), QStringLiteral("N"), say(QT_TRANSLATE_NOOP("Command", "Seed of the sampling.")), QStringLiteral("0"));
    options.addOption(QStringLiteral("stop"), QStringLiteral("text"), say(QT_TRANSLATE_NOOP("Command", "Stops at this text; may be given several times.")));
    options.addFlag(QStringLiteral("ignore-eos"), say(QT_TRANSLATE_NOOP("Command", "Goes on after an end token.")));
    options.addModelOptions(QStringLiteral("f32"));
}

int printResult(const protocol::GenerateResult &result, bool json, bool text)
{
    if (json) {
        printJson({{"ids", result.ids},
                   {"text", result.text},
                   {"finish", result.finish},
                   {"prompt_tokens", result.promptTokens},
                   {"output_tokens", result.ids.size()},
                   {"ttft_seconds", result.firstToken},
                   {"seconds", result.lastToken}});
        return 0;
    }
    if (text) {
        std::fputs("\n", stdout);
    } else {
        QStringList ids;
        for (const int64_t id : result.ids)
            ids << QString::number(id);
        print(ids.join(u','));
    }
    note(filled(QCoreApplication::translate("Command", "%1 {1:token|tokens}, first after %2, all after %3, ended by %4"),
                {QString::number(result.ids.size()), toQString(formatSeconds(result.firstToken)),
                 toQString(formatSeconds(result.lastToken)), toQString(result.finish)}));
    return 0;
}

} // namespace

int runGenerate(const QStringList &arguments)
{
    Arguments options("generate", QCoreApplication::translate("Command", "Continues a prompt."), QStringLiteral("SUBJECT"));
    addOptions(options);
    if (!options.parse(arguments, 1, 1))
        return options.exitCode();
    auto request = requestOf(options);
    if (!request)
        return fail(request.error(), options.json());
    WorkerBackend backend(options.worker(), options.subjects().first().toStdString());
    auto loaded = waitFor<LoadSample>(backend, [&](Backend::Done<LoadSample> done) {
        backend.open(options.value(QStringLiteral("device")).toStdString(),
                     options.value(QStringLiteral("dtype")).toStdString(), {}, done);
    });
    if (!loaded)
        return fail(loaded.error(), options.json());
    const bool hasText = backend.loaded().tokenizer;
    auto result = waitFor<protocol::GenerateResult>(backend, [&](Backend::Done<protocol::GenerateResult> done) {
        backend.generate(*request,
                         [&](const protocol::GenerateChunk &chunk) {
                             if (options.json() || !hasText)
                                 return;
                             std::fwrite(chunk.text.data(), 1, chunk.text.size(), stdout);
                             std::fflush(stdout);
                         },
                         done);
    });
    if (!result)
        return fail(result.error(), options.json());
    return printResult(*result, options.json(), hasText);
}

} // namespace assay
