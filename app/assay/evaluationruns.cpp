// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/evaluationruns.h"

#include "app/assay/console.h"
#include "core/base/file.h"
#include "core/format/jsontext.h"
#include "core/service/resources.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFileInfo>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

constexpr uint64_t kMostRunBytes = 500'000'000; ///< of an exported run
constexpr size_t kShownProblems = 10;

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

/// A run that was exported as JSON; nothing when the file is something else.
std::shared_ptr<const EvaluationRun> exportedRun(const QString &path)
{
    const auto text = readWholeFile(path.toStdString(), kMostRunBytes);
    if (!text || !text->starts_with('{') || text->find("\"protocol\"") == std::string::npos)
        return nullptr;
    const auto json = parseJsonObject(*text, path.toStdString());
    auto run = json ? evaluationRunFromJson(*json) : tl::unexpected(json.error());
    return run ? std::make_shared<const EvaluationRun>(std::move(*run)) : nullptr;
}

} // namespace

std::unique_ptr<RunLibrary> loadedLibrary()
{
    auto library = std::make_unique<RunLibrary>(storeFile());
    QEventLoop loop;
    QObject::connect(library.get(), &RunLibrary::loaded, &loop, &QEventLoop::quit);
    library->load();
    if (!library->isLoaded())
        loop.exec();
    return library;
}

Result<void> NamedEvaluations::add(const QString &name, const ImportOptions &options)
{
    const QFileInfo file(name);
    if (!file.exists())
        return addStored(name);
    if (file.isFile()) {
        if (auto run = exportedRun(name)) {
            runs.push_back(std::move(run));
            return {};
        }
    }
    return addResults(name, options);
}

Result<void> NamedEvaluations::addResults(const QString &path, const ImportOptions &options)
{
    auto import = importResults(path.toStdString(), options);
    if (!import)
        return tl::unexpected(import.error());
    for (ImportedRun &one : import->runs)
        runs.push_back(std::make_shared<const EvaluationRun>(std::move(one.run)));
    problems.insert(problems.end(), import->problems.begin(), import->problems.end());
    problemCount += import->problemCount;
    return {};
}

Result<void> NamedEvaluations::addStored(const QString &id)
{
    if (!m_library && QFileInfo::exists(storeFile()))
        m_library = loadedLibrary();
    std::shared_ptr<const EvaluationRun> found;
    for (const auto &run : m_library ? m_library->evaluationRuns() : std::vector<std::shared_ptr<const EvaluationRun>>()) {
        const QString known = toQString(run->header.id);
        if (known == id) {
            found = run;
            break;
        }
        if (!known.startsWith(id))
            continue;
        if (found)
            return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "Several evaluations have an id that begins with %1")).arg(id).toStdString()});
        found = run;
    }
    if (!found)
        return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "%1 is no evaluation's id and no file; assay runs lists the runs")).arg(id).toStdString()});
    runs.push_back(std::move(found));
    return {};
}

void noteProblems(const std::vector<ImportProblem> &problems, uint64_t count)
{
    const size_t shown = std::min(problems.size(), kShownProblems);
    for (size_t i = 0; i < shown; ++i)
        note(toQString(problems[i].sentence(qtTranslate())));
    if (count > shown)
        note(say(QT_TRANSLATE_NOOP("Command", "... and %1 more")).arg(count - shown));
}

} // namespace assay
