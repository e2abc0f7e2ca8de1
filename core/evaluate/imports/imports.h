// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytesource.h"
#include "core/evaluate/evaluation.h"
#include "core/evaluate/suite.h"

#include <filesystem>
#include <memory>
#include <stop_token>

namespace assay {

/// Something of what was imported that is odd or was left out, while the rest stands.
struct ImportProblem
{
    std::string file;    ///< as it is called below what is imported; a member of an archive after its name
    uint64_t line = 0;   ///< of the file, from 1, or the number of the record where it has no lines; 0: the whole file
    std::string reason;      ///< translation context "Reason", with %1 ...
    std::vector<std::string> arguments = {};

    /// "samples.jsonl, 3: it is not valid JSON from its byte 17 on"
    std::string sentence(const Translate &translate = untranslated) const;
};

/// One run of another tool: one model on one task, judged in one way, with the suite that its items make.
struct ImportedRun
{
    EvaluationRun run;
    Suite suite;
};

struct Import
{
    std::vector<ImportedRun> runs; ///< in the order of the files
    std::vector<ImportProblem> problems; ///< the first hundred; problemCount tells of all
    uint64_t problemCount = 0;
};

struct ImportOptions
{
    std::string metric;  ///< which of the tool's figures judges, where a row has it; empty: the first that is between 0 and 1
    std::string subject; ///< what the model is called instead of what the files say
};

/// The tools whose results are read, and what is read of them; docs/IMPORT.md says more.
struct ImportedTool
{
    const char *name;
    const char *files; ///< translation context "Import"
};
const std::vector<ImportedTool> &importedTools();

/// Reads a file or a folder of results, each file by what is in it (never by its name alone). Answers are kept raw, with
/// the tool's own judgement; run ids are hashes of the content, so that the same results always give the same ids.
/// Errors: FileMissing, FormatUnknown (no file of a known tool is there), ImportEmpty (there is, but no answer), Cancelled.
Result<Import> importResults(const std::filesystem::path &path, const ImportOptions &options = {}, std::stop_token stop = {});

/// The same for one file that is in memory.
Result<Import> importSource(const std::string &name, std::shared_ptr<const ByteSource> source, const ImportOptions &options = {});

} // namespace assay
