// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/imports/importfiles.h"

namespace assay::imports {

/// What a reader is given, and where what it reads goes.
struct Reading
{
    std::vector<const ResultFile *> files; ///< those it takes, in the order of their names
    const ImportOptions &options;
    Import &import;
    Problems &problems;
    std::stop_token stop;
};

/// Reads one tool's results.
struct Reader
{
    ImportedTool tool;
    bool (*takes)(const ResultFile &file); ///< decides by what is in the file
    void (*read)(Reading &reading);
};

// One each, in a file of its own.
extern const Reader kLmEvaluationHarness, kLighteval, kInspect, kHelm, kEvalScope, kOpenCompass, kGradedSolutions;

} // namespace assay::imports
