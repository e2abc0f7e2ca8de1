// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>

namespace assay::engine {

/// Share of the file's pages that are in the page cache, 0 to 1, by those of one part in 16 spread over the file (mincore); 1
/// when it cannot be told.
double cachedShare(const std::filesystem::path &path, const std::stop_token &stop = {});

/// Asks the system to give the file's pages up (posix_fadvise, POSIX_FADV_DONTNEED), after writing what is not on the disk yet;
/// whether it did, by mincore: other programs' mappings and some file systems keep them.
bool dropPages(const std::filesystem::path &path);

} // namespace assay::engine
