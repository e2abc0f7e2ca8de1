// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/distribution/answers.h"
#include "core/identify/verdict.h"

#include <filesystem>

namespace assay {

/// Answers of one subject that were computed for real (tests/data/generators/make_identity_pool.py).
struct SubjectPool
{
    struct Greedy
    {
        std::vector<double> margins; ///< one each of its tokens, under the reference
    };
    std::string name;
    std::vector<std::vector<std::string>> samples; ///< by prompt
    std::vector<Greedy> greedy;                    ///< by prompt
    struct Item
    {
        std::string id, group;
        std::vector<bool> right; ///< by draw
        double rate() const;
    };
    std::vector<Item> items;
};
/// Throws nlohmann::json::exception: the file is our own.
SubjectPool readSubjectPool(const std::filesystem::path &file);

/// One row of the bench: who serves, and which share of the answers comes from another.
struct BenchSubject
{
    std::string name, from, other; ///< pools; other: empty, or mixed in
    double share = 0;              ///< of the answers that are other's
    bool honest = false;
    std::string what;              ///< in words, for the table
};
const std::vector<BenchSubject> &benchSubjects();

/// What is compared in a run (identity.md, section 8: T4a or T4b, T6 knowledge, T6 reasoning).
enum class BenchPlanKind : uint8_t {
    Texts,  ///< T4b: nothing of the reference but its bundle
    Forced, ///< T4a: the reference's weights are here, and the subject's stack is told to be the reference's own
};

struct PoolSet
{
    std::map<std::string, SubjectPool> pools;
    std::vector<KnownEffect> textEffects, greedyEffects; ///< of kBenchAlternatives against the reference
};
/// All pools that benchSubjects() names, from a folder.
PoolSet readPools(const std::filesystem::path &folder);

/// One seeded run of the standard size: 25 prompts x 10 samples a side (or 50 prompts at temperature 0), 40 + 60 items, drawn from the pool.
struct BenchOutcome
{
    std::vector<Evidence> evidence;
    Verdict verdict;
};
BenchOutcome benchRun(const PoolSet &set, const BenchSubject &subject, BenchPlanKind plan, uint64_t seed, size_t draws);

inline constexpr const char *kBenchReference = "full";

} // namespace assay
