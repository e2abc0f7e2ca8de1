// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/imports/imports.h"

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <span>

namespace assay::imports {

/// What a file is by its first bytes.
enum class Form { Other, Object, Lines, List, Zip, Parquet };

/// One file of what is imported.
struct ResultFile
{
    std::string name; ///< below what is imported, with '/'; valid UTF-8
    std::shared_ptr<const ByteSource> source;
    Form form = Form::Other;
    std::vector<std::string> keys;  ///< of the object, or of the first one of its lines or list
    std::vector<std::string> inner; ///< keys of the object that is this one's first member, if it is one

    bool has(std::string_view key) const;
    std::string folder() const; ///< without the last '/'; empty at the top
    std::string stem() const;   ///< its name without folder and ending
};

/// Collects what is odd, and stops counting in words after a hundred.
class Problems
{
public:
    explicit Problems(Import &import) : m_import(import) {}
    void add(const std::string &file, uint64_t line, std::string reason, std::vector<std::string> arguments = {});

private:
    Import &m_import;
};

/// The file or all files of the folder that may hold results, in the order of their names; packed ones (gzip) are unpacked.
/// Links are not followed. Errors: FileMissing, FileUnreadable.
Result<std::vector<ResultFile>> resultFiles(const std::filesystem::path &path, Problems &problems, std::stop_token stop);
/// What a file in memory is.
ResultFile resultFile(std::string name, std::shared_ptr<const ByteSource> source, Problems &problems);

/// Values of these names are not kept in memory: they may be huge and nothing here asks for them.
using Unread = std::span<const std::string_view>;

/// The JSON value that a file is; a problem, and nothing, where it is none. NaN and the infinities that Python writes
/// become null and the texts "inf" and "-inf".
std::optional<nlohmann::json> readJson(const ResultFile &file, Problems &problems, Unread unread = {});
/// The value of a text that belongs to this file.
std::optional<nlohmann::json> readJson(std::string text, const std::string &file, uint64_t line, Problems &problems, Unread unread = {});

/// Every object of a file of lines, or of a list, or the one that the file is, with its number from 1. What cannot be read is
/// a problem; the rest goes on.
void forEachRecord(const ResultFile &file, Problems &problems, const std::function<void(const nlohmann::json &, uint64_t)> &take,
                   Unread unread = {});

} // namespace assay::imports
