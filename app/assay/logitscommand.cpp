// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"
#include "app/assay/backendloop.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "core/format/safetensors.h"
#include "core/service/workerbackend.h"

#include <QCoreApplication>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

/// The rows as they arrive, in one block [rows, vocabulary].
struct LogitRows
{
    std::vector<float> values;
    int64_t rows = 0;
};

Result<LogitRows> fetchLogits(Backend &backend, const std::vector<int64_t> &ids, bool cache)
{
    LogitRows out;
    auto done = waitFor<bool>(backend, [&](Backend::Done<bool> finished) {
        backend.logits(ids, cache,
                       [&out](int64_t first, int64_t rows, const std::vector<float> &values) {
                           // Rows arrive in order; anything else is a worker's fault and shows as a wrong count.
                           if (first == out.rows) {
                               out.values.insert(out.values.end(), values.begin(), values.end());
                               out.rows += rows;
                           }
                       },
                       finished);
    });
    if (!done)
        return tl::unexpected(done.error());
    if (out.rows != int64_t(ids.size()) || out.values.size() % ids.size() != 0)
        return failure(ErrorCode::ProtocolViolation, {"logits.rows"});
    return out;
}

} // namespace

int runLogits(const QStringList &arguments)
{
    Arguments options("logits",
                      QCoreApplication::translate("Command", "Writes the logits at every position as a safetensors file."),
                      QStringLiteral("SUBJECT"));
    options.addOption(QStringLiteral("tokens"), QStringLiteral("N,N"), QCoreApplication::translate("Command", "Token ids."));
    options.addOption(QStringLiteral("out"), QStringLiteral("file"),
                      QCoreApplication::translate("Command", "The file to write; tensor \"logits\", F32 [tokens, vocabulary]."));
    options.addFlag(QStringLiteral("cache"),
                    QCoreApplication::translate("Command", "Goes token by token through the KV cache instead of one pass."));
    options.addModelOptions(QStringLiteral("f32"));
    if (!options.parse(arguments, 1, 1))
        return options.exitCode();
    auto ids = options.integers(QStringLiteral("tokens"), 0);
    if (!ids)
        return fail(ids.error(), options.json());
    if (ids->empty() || !options.isSet(QStringLiteral("out")))
        return failUsage(QCoreApplication::translate("Command", "logits needs --tokens and --out"), options.json());

    WorkerBackend backend(options.worker(), options.subjects().first().toStdString());
    auto loaded = waitFor<LoadSample>(backend, [&](Backend::Done<LoadSample> done) {
        backend.open(options.value(QStringLiteral("device")).toStdString(),
                     options.value(QStringLiteral("dtype")).toStdString(), {}, done);
    });
    if (!loaded)
        return fail(loaded.error(), options.json());
    auto logits = fetchLogits(backend, *ids, options.isSet(QStringLiteral("cache")));
    if (!logits)
        return fail(logits.error(), options.json());
    const int64_t columns = int64_t(logits->values.size()) / logits->rows;
    const TensorToWrite tensor{"logits", Dtype::F32, {logits->rows, columns}, std::as_bytes(std::span(logits->values))};
    const QString file = options.value(QStringLiteral("out"));
    if (auto written = writeSafetensors(file.toStdString(), std::span(&tensor, 1)); !written)
        return fail(written.error(), options.json());
    if (options.json())
        printJson({{"file", file.toStdString()}, {"rows", logits->rows}, {"columns", columns}});
    else
        print(QStringLiteral("%1: F32 [%2, %3]").arg(file, QString::number(logits->rows), QString::number(columns)));
    return 0;
}

} // namespace assay
