// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// The text of a suite's file: unpacked when it is gzip, without a byte order mark. Errors: those of files; FileTooLarge above
/// 256 MiB, packed or not; SuiteUnreadable for Parquet, archives, UTF-16 and gzip that breaks off.
Result<std::string> readSuiteText(const std::filesystem::path &path);
Result<std::string> unpackedSuiteText(std::string bytes, const std::string &name);

/// The file's name without ".jsonl", ".csv.gz", ...
std::string plainName(const std::filesystem::path &path);
/// The name of the last folder or file, whatever the path ends with.
std::string lastName(const std::filesystem::path &path);
/// The extension in lower case, ".gz" left out: ".jsonl".
std::string formExtension(const std::filesystem::path &path);
std::filesystem::path pathFromUtf8(const std::string &text);

/// Files below the folder whose path from it is like the pattern: * is anything but /, ? one byte of it. In natural order; at most `most`.
std::vector<std::filesystem::path> filesLike(const std::filesystem::path &folder, const std::string &pattern, size_t most);
bool isLike(std::string_view path, std::string_view pattern);

} // namespace assay
