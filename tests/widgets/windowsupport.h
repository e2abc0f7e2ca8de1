// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/jobqueue.h"
#include "core/service/runlibrary.h"
#include "core/service/workspace.h"

#include <QAbstractItemModel>
#include <QTemporaryDir>

namespace assay {

class MainWindow;

/// Settings in a temporary INI file, a font that is there on every machine, the product's style. Call it
/// once, first thing in initTestCase.
void prepareWindowTest();

/// Writes a llama model with zeros as weights: config.json and model.safetensors.
void makeModel(const QString &folder, int layers, int hidden);
/// Three models of different size, named as a family: base, full and distilled.
QStringList makeFamily(const QTemporaryDir &folder);
/// The shipped sample models, else a family made in the folder.
QStringList familyToShow(const QTemporaryDir &folder);

/// The model as indented lines: the given columns of each row, joined by " | ".
QStringList modelText(const QAbstractItemModel &model, const QList<int> &columns,
                      const QModelIndex &parent = {}, int depth = 0);

/// A job that does what the test says.
class ScriptedJob : public Job
{
public:
    using Job::Job;
    void progress(const QString &stage, double done, double total) { setProgress(stage, done, total); }
    void log(const QString &line) { addLog(line); }
    void finish(JobState state, const std::optional<Error> &error = std::nullopt) { end(state, error); }

protected:
    void run() override {}
    void abort() override { end(JobState::Cancelled); }
};

/// A window over services of its own, nothing stored.
struct WindowUnderTest
{
    WindowUnderTest();
    ~WindowUnderTest();
    void openAndWait(const QStringList &paths);
    Workspace workspace;
    RunLibrary runs{QString()};
    JobQueue jobs;
    std::unique_ptr<MainWindow> window;
};

} // namespace assay
