// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/suite.h"

namespace assay {

/// A suite from a file or a folder in any form that is known (docs/SUITES.md): a suite description (a JSON file with "assay_suite", or a
/// folder with one called suite.json), our own JSONL, or one that is told from names and content: formats/formtable.cpp lists
/// them. Errors: those of files; SuiteDamaged (a header of ours); SuiteUnreadable (no known form, a description that is wrong, Parquet, a
/// folder of several suites); SuiteEmpty.
Result<Suite> readAnySuite(const std::filesystem::path &path);

/// The same of one file's bytes; descriptions and images, which need other files, are refused.
Result<Suite> parseAnySuite(std::string bytes, const std::string &fileName);

/// A row of the list of forms.
struct SuiteForm
{
    std::string name;
    const char *title; ///< translation context "Suite form"
};
std::vector<SuiteForm> suiteForms();

} // namespace assay
