// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/imports/imports.h"
#include "core/service/runlibrary.h"

#include <QStringList>

namespace assay {

/// The library of this machine, with everything in it loaded.
std::unique_ptr<RunLibrary> loadedLibrary();

/// Runs that are named on the command line. Those of the library read what was answered from it: they must not outlive it.
class NamedEvaluations
{
public:
    /// By an id, so much of its beginning as no other evaluation has, a file with one that was exported as JSON, or a file or folder
    /// of another tool's results, which may hold several.
    Result<void> add(const QString &name, const ImportOptions &options);

    std::vector<std::shared_ptr<const EvaluationRun>> runs;
    std::vector<ImportProblem> problems; ///< of the results that were read
    uint64_t problemCount = 0;

private:
    Result<void> addResults(const QString &path, const ImportOptions &options);
    Result<void> addStored(const QString &id);
    std::unique_ptr<RunLibrary> m_library; ///< opened when the first id is asked for
};

/// What is odd about results, to stderr: the first ten, and how many more.
void noteProblems(const std::vector<ImportProblem> &problems, uint64_t count);

} // namespace assay
