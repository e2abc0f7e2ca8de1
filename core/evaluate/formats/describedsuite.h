// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/formats/description.h"

#include <filesystem>
#include <functional>

namespace assay {

/// Files with the text of each; a file is read only when its turn comes.
using FileText = std::function<Result<std::string>(const std::filesystem::path &)>;

/// The suite that a description makes of these files, and examples of those. Errors: of the files; SuiteUnreadable; SuiteEmpty.
Result<Suite> describedSuite(const SuiteDescription &description, const std::vector<std::filesystem::path> &files,
                             const std::vector<std::filesystem::path> &exampleFiles, const FileText &read);

/// Images in a folder for each class (in the order of their sorted names, as torchvision does), or flat beside a file of labels
/// (labels.csv, .tsv or .txt: file and class a line). Errors: SuiteUnreadable, SuiteEmpty.
Result<Suite> imageSuite(const SuiteDescription &description, const std::filesystem::path &folder);
bool holdsImages(const std::filesystem::path &folder);

} // namespace assay
