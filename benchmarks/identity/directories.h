// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "benchmarks/identity/tally.h"

#include "core/identify/verification.h"
#include "tests/identify/tinymodels.h"

#include <filesystem>

namespace assay {

/// A directory of a tiny model that is said to be the one that its seed made first.
struct DirectorySubject
{
    std::string name;
    BenchTruth truth = BenchTruth::Dishonest;
    std::string what;
    bool experts = false; ///< of a mixture of experts
    void (*change)(testing::TinyModel &model, uint64_t seed) = nullptr;
    bool renamed = false; ///< files of other names and number
};
const std::vector<DirectorySubject> &directorySubjects();

/// What the directory is held against, beside the claimed model's structure and published facts.
enum class DirectoryPlan : uint8_t { Alone, Reference, Manifest, Both };

/// One seeded run of the whole verifyLocal() at the standard size for each plan, in a folder of its own below `place`.
std::map<DirectoryPlan, Verification> directoryRuns(const std::filesystem::path &place, const DirectorySubject &subject, uint64_t seed);

/// The part of the document; `rows` are its subjects, of all plans.
std::string directorySection(const std::filesystem::path &place, size_t runs, unsigned threads, std::vector<TallyRow> &rows);

} // namespace assay
