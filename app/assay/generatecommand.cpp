// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"
#include "app/assay/backendloop.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/generateoutput.h"
#include "core/service/workerbackend.h"

#include <QCoreApplication>
#include <cstdio>

namespace assay {
namespace {

std::vector<protocol::GenerateItem> itemsOf(const std::vector<GenerateRow> &rows)
{
    std::vector<protocol::GenerateItem> out;
    for (const GenerateRow &row : rows)
        out.push_back(row.item);
    return out;
}

/// Generates all rows together; the text of an only row is printed as it comes when it is to be streamed.
Result<std::vector<GenerateAnswer>> answersTo(WorkerBackend &backend, const std::vector<GenerateRow> &rows, bool stream)
{
    std::vector<GenerateAnswer> answers;
    for (const GenerateRow &row : rows)
        answers.push_back({row, {}, {}});
    const auto onChunk = [&answers, stream](const protocol::GenerateChunk &chunk) {
        auto &tokens = answers[size_t(chunk.row)].tokens;
        tokens.insert(tokens.end(), chunk.tokens.begin(), chunk.tokens.end());
        if (!stream)
            return;
        std::fwrite(chunk.text.data(), 1, chunk.text.size(), stdout);
        std::fflush(stdout);
    };
    auto result = waitFor<protocol::GenerateBatchResult>(backend, [&](Backend::Done<protocol::GenerateBatchResult> done) {
        backend.generateBatch(itemsOf(rows), onChunk, done);
    });
    if (!result)
        return tl::unexpected(result.error());
    for (size_t i = 0; i < answers.size(); ++i)
        answers[i].result = std::move(result->rows[i]);
    return answers;
}

} // namespace

int runGenerate(const QStringList &arguments)
{
    Arguments options("generate", QCoreApplication::translate("Command", "Continues a prompt, or several together."),
                      QStringLiteral("SUBJECT"));
    addGenerateOptions(options);
    if (!options.parse(arguments, 1, 1))
        return options.exitCode();
    const auto rows = generateRows(options);
    if (!rows)
        return fail(rows.error(), options.json());
    WorkerBackend backend(options.worker(), options.subjects().first().toStdString());
    auto loaded = waitFor<LoadSample>(backend, [&](Backend::Done<LoadSample> done) {
        backend.open(options.value(QStringLiteral("device")).toStdString(),
                     options.value(QStringLiteral("dtype")).toStdString(), {}, done);
    });
    if (!loaded)
        return fail(loaded.error(), options.json());
    const bool hasText = backend.loaded().tokenizer;
    const bool stream = hasText && !options.json() && rows->size() == 1;
    const auto answers = answersTo(backend, *rows, stream);
    if (!answers)
        return fail(answers.error(), options.json());
    if (options.json())
        printGenerateJson(*answers, backend.environment());
    else
        printGenerateText(*answers, hasText, stream);
    return 0;
}

} // namespace assay
