// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file.h"
#include "core/format/safetensors.h"
#include "core/service/runlibrary.h"
#include "core/service/workspace.h"
#include "widgets/common/statepage.h"
#include "widgets/compare/comparepage.h"
#include "widgets/compare/comparisontable.h"

#include <QDir>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

/// The comparison's page with a small family of models and runs whose figures are known.
namespace comparepages {

using namespace assay;

/// A page over services of its own.
struct PageUnderTest
{
    Workspace workspace;
    RunLibrary runs{QString()};
    ComparePage page{&workspace, &runs};

    PageUnderTest()
    {
        page.resize(1280, 800);
        page.show();
    }
    void open(const QStringList &paths)
    {
        for (const QString &path : paths)
            workspace.open(path);
        QTRY_VERIFY_WITH_TIMEOUT(!workspace.loading(), 30000);
    }
    void waitForSubjects(size_t count) { QTRY_COMPARE_WITH_TIMEOUT(page.view().subjects.size(), count, 30000); }
    QTreeView *table() const { return page.findChild<ComparisonTable *>()->view(); }
    QString state() const { return page.findChild<StatePage *>()->sentence(); }
};

inline MeasureSample sample(int64_t index, double firstToken, double gap)
{
    MeasureSample measured;
    measured.index = index;
    measured.promptTokens = measured.outputTokens = 64;
    measured.firstToken = firstToken * (1 + 0.01 * double(index % 5));
    for (int i = 0; i < 63; ++i)
        measured.gaps.push_back(gap * (1 + 0.02 * ((i * 7 + int(index)) % 11)));
    measured.total = measured.firstToken + 63 * gap;
    measured.memory.tensorPeak = uint64_t(1e9 * gap);
    measured.memory.processPeak = uint64_t(2e9 * gap);
    return measured;
}

inline std::string beginBench(PageUnderTest &test, size_t subject, double firstToken, double gap, int samples)
{
    BenchRun run;
    run.header.id = "bench-" + std::to_string(subject);
    run.header.subject = test.workspace.subjects()[subject]->reference();
    run.header.startedAt = "2026-11-21T20:00:00Z";
    run.header.environment.device = "cpu";
    test.runs.begin(run);
    for (int i = 0; i < samples; ++i)
        test.runs.append(run.header.id, sample(i, firstToken, gap));
    return run.header.id;
}

/// Right on the first items, the more the better the subject.
inline void evaluate(PageUnderTest &test, size_t subject, int right, int n)
{
    EvaluationRun run;
    run.header.id = "evaluation-" + std::to_string(subject);
    run.header.subject = test.workspace.subjects()[subject]->reference();
    run.header.startedAt = "2026-11-21T20:00:00Z";
    run.protocol.suite = "reasoning";
    run.protocol.suiteTitle = "Reasoning";
    run.protocol.suiteFingerprint = "1";
    run.protocol.suiteItems = uint64_t(n);
    run.protocol.axes = {{"difficulty", "digits"}};
    test.runs.begin(run);
    for (int i = 0; i < n; ++i) {
        ItemResult item;
        item.itemId = "item-" + std::to_string(i);
        item.judged.outcome = i < right ? Outcome::Right : Outcome::Wrong;
        item.axes["difficulty"] = 1 + i * 6 / n;
        test.runs.append(run.header.id, item);
    }
    test.runs.finish(run.header.id, RunState::Finished);
}

inline void measureAll(PageUnderTest &test)
{
    const double firstToken[] = {0.041, 0.019, 0.02}, gap[] = {0.0123, 0.0043, 0.0044};
    const int right[] = {190, 160, 120};
    for (size_t i = 0; i < 3; ++i) {
        test.runs.finish(beginBench(test, i, firstToken[i], gap[i], 8), RunState::Finished);
        evaluate(test, i, right[i], 200);
    }
}

/// A model of the family in this folder, written when it is first asked for; empty when it cannot be.
inline QString writeModel(const QTemporaryDir &folder, const QString &name, int64_t hidden)
{
    const QString path = folder.filePath(name);
    if (QFile::exists(path))
        return path;
    QDir().mkpath(path);
    const std::filesystem::path place = path.toStdString();
    const std::string config = "{\"model_type\": \"llama\", \"architectures\": [\"LlamaForCausalLM\"], \"hidden_size\": "
                               + std::to_string(hidden) + "}";
    const std::vector<std::byte> zeros(size_t(2 * 512 * hidden));
    const std::vector<TensorToWrite> tensors{{"model.embed_tokens.weight", Dtype::BF16, {512, hidden}, zeros}};
    const bool written = writeFileAtomically(place / "config.json", std::string_view(config))
                         && writeSafetensors(place / "model.safetensors", tensors);
    return written ? path : QString();
}

/// The whole family: full, distilled, base.
inline QStringList writeFamily(const QTemporaryDir &folder)
{
    return {writeModel(folder, QStringLiteral("sample-full"), 64), writeModel(folder, QStringLiteral("sample-distilled"), 48),
            writeModel(folder, QStringLiteral("sample-base"), 32)};
}

/// Settings of its own for this test, in this folder.
inline void useOwnSettings(const QTemporaryDir &folder)
{
    QCoreApplication::setOrganizationName(QStringLiteral("AssayTest"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.filePath(QStringLiteral("settings")));
}

} // namespace comparepages
