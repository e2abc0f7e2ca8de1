// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/scriptarchive.h"

#include "core/engine/scriptmodule.h"
#include "core/format/ziparchive.h"

namespace assay::engine {
namespace {

constexpr uint64_t kUnpackedLimit = uint64_t(1) << 30; // of a member that is packed; torch.jit.save packs none

tl::unexpected<Error> unloadable(const std::string &file, const std::string &reason, std::string_view member = {})
{
    return failure(ErrorCode::ScriptUnloadable, {file, reason}, validUtf8(member));
}

} // namespace

std::optional<std::filesystem::path> scriptArchiveAt(const std::filesystem::path &path, std::stop_token stop)
{
    std::error_code ignored;
    const bool folder = std::filesystem::is_directory(path, ignored);
    if (folder && std::filesystem::exists(path / "config.json", ignored))
        return std::nullopt;
    const auto directory = openModelDirectory(path, std::move(stop));
    if (!directory || directory->checkpoint.format != "torchscript" || directory->checkpoint.files.size() != 1)
        return std::nullopt;
    return directory->checkpoint.files.front().path;
}

Result<void> checkScriptArchive(const ModelDirectory &directory, const std::stop_token &stop)
{
    const std::string &file = directory.checkpoint.files.front().name;
    if (directory.checkpoint.format != "torchscript")
        return unloadable(file, ASSAY_TEXT("Reason", "it holds weights, but no program"));
    auto source = directory.files->open(file);
    if (!source)
        return tl::unexpected(source.error());
    const auto archive = ZipArchive::open(*source);
    if (!archive)
        return tl::unexpected(archive.error());
    // Where two readers could see two archives, what was checked is not what would run.
    if (!archive->contradictions().empty()) {
        const auto &[reason, member] = *archive->contradictions().begin();
        return unloadable(file, reason, member);
    }
    for (const ZipEntry &entry : archive->entries()) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        const auto content = archive->content(entry, kUnpackedLimit);
        if (!content)
            return tl::unexpected(content.error());
        if (!archive->checksumRight(entry, **content))
            return unloadable(file, ASSAY_TEXT("Reason", "a member's bytes are not those that its checksum is of"), entry.name);
    }
    return {};
}

} // namespace assay::engine
