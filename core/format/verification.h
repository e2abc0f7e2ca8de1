// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/hash.h"
#include "core/format/modeldirectory.h"

#include <functional>

namespace assay {

/// What came of holding a file's content against what is said of it.
enum class ContentState {
    Unchecked,
    Right,
    Wrong,
    NothingToCompare, ///< nobody says what it should be; the sum is given all the same
    Unreadable,
};
/// "unchecked", "right", "wrong", "nothing to compare with", "unreadable"; translation context "ContentState"
const char *contentStateName(ContentState state);

struct FileVerification
{
    std::string name;
    ContentState state = ContentState::Unchecked;
    std::string sum;    ///< SHA-256, or the git object id where that is what is declared; empty when not computed
    std::string source; ///< who declares what it should be; empty when nobody does
    std::optional<Error> error; ///< of reading
};

/// Bytes hashed so far, of all files together.
using HashProgress = std::function<void(uint64_t bytes)>;

/// The files to be checked of a subject: its weights when one file was chosen, else all that are there.
std::vector<std::string> filesToVerify(const ModelDirectory &model);

/// Hashes one file in pieces. Errors: those of reading; Cancelled.
Result<std::string> hashFile(const ByteSource &file, HashKind kind, const std::stop_token &stop = {},
                             const HashProgress &progress = {});

/// Checks one file of a subject; a size that is wrong already tells enough. Unchecked when cancelled. Files on a
/// server are not fetched for this: they stay unchecked.
FileVerification verifyFile(const FileSet &files, const std::string &name, const std::stop_token &stop = {},
                            const HashProgress &progress = {});

/// HashWrong for each wrong file.
std::vector<Finding> findingsOf(const std::vector<FileVerification> &results);

} // namespace assay
