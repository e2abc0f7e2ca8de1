// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/imports/imports.h"

#include "core/evaluate/imports/readers.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

using namespace imports;

/// A file belongs to the first that takes it.
const std::array<const Reader *, 7> &readers()
{
    static const std::array<const Reader *, 7> kReaders{&kLmEvaluationHarness, &kLighteval, &kInspect,        &kHelm,
                                                        &kEvalScope,           &kGradedSolutions, &kOpenCompass};
    return kReaders;
}

std::string toolNames()
{
    std::string out;
    for (const ImportedTool &tool : importedTools())
        out += (out.empty() ? "" : ", ") + std::string(tool.name);
    return out;
}

/// Why nothing came of files that a tool wrote.
tl::unexpected<Error> nothingRead(const std::string &name, const Import &import)
{
    const char *kNone = ASSAY_TEXT("Reason", "there are results, but no single answers");
    return failure(ErrorCode::ImportEmpty, {name, import.problems.empty() ? kNone : import.problems.front().sentence()});
}

Result<Import> readFiles(const std::string &name, const std::vector<ResultFile> &files, Import import, const ImportOptions &options,
                         std::stop_token stop)
{
    Problems problems(import);
    std::array<std::vector<const ResultFile *>, 7> taken;
    bool any = false;
    for (const ResultFile &file : files) {
        const auto reader = std::ranges::find_if(readers(), [&](const Reader *one) { return one->takes(file); });
        if (reader == readers().end())
            continue;
        taken[size_t(reader - readers().begin())].push_back(&file);
        any = true;
    }
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled);
    if (!any && import.problemCount == 0)
        return failure(ErrorCode::FormatUnknown, {name, toolNames()});
    for (size_t i = 0; i < taken.size() && !stop.stop_requested(); ++i) {
        Reading reading{std::move(taken[i]), options, import, problems, stop};
        if (!reading.files.empty())
            readers()[i]->read(reading);
    }
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled);
    if (import.runs.empty())
        return nothingRead(name, import);
    return import;
}

} // namespace

std::string ImportProblem::sentence(const Translate &translate) const
{
    std::string place = file;
    if (line > 0)
        place += (place.empty() ? "" : ", ") + std::to_string(line);
    return (place.empty() ? "" : place + ": ") + fillIn(translate("Reason", reason.c_str()), arguments);
}

const std::vector<ImportedTool> &importedTools()
{
    static const std::vector<ImportedTool> kTools = [] {
        std::vector<ImportedTool> out;
        for (const Reader *reader : readers())
            out.push_back(reader->tool);
        return out;
    }();
    return kTools;
}

Result<Import> importResults(const std::filesystem::path &path, const ImportOptions &options, std::stop_token stop)
{
    Import import;
    Problems problems(import);
    const auto files = resultFiles(path, problems, stop);
    if (!files)
        return tl::unexpected(files.error());
    return readFiles(validUtf8(path.string()), *files, std::move(import), options, stop);
}

Result<Import> importSource(const std::string &name, std::shared_ptr<const ByteSource> source, const ImportOptions &options)
{
    Import import;
    Problems problems(import);
    std::vector<ResultFile> files;
    files.push_back(resultFile(validUtf8(name), std::move(source), problems));
    return readFiles(validUtf8(name), files, std::move(import), options, {});
}

} // namespace assay
