// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// What an item asks of a subject, and with it what comes back.
enum class Asking : uint8_t {
    Generate, ///< text that goes on from the prompt
    Choice,   ///< the log-likelihood of each choice after the prompt
    Text,     ///< the log-likelihood of the prompt itself
    Image,    ///< the classes that an image is taken for
};

/// How the answer is cut out of generated text: what follows the last `after` (all of it when empty), up to `until`, trimmed.
struct ExtractRule
{
    std::string after;
    std::string until;
    bool operator==(const ExtractRule &) const = default;
};

/// How a program is tested: preamble + answer + test + a call of check(entryPoint), as HumanEval does.
struct CodeTest
{
    std::string preamble;   ///< what stands before the answer: the prompt of a completion
    std::string entryPoint; ///< the function that is tested
    std::string test;       ///< the program's second half
    bool operator==(const CodeTest &) const = default;
};

/// One question.
struct SuiteItem
{
    std::string id;
    std::string task;    ///< optional group within the suite ("addition")
    std::string cluster; ///< items that stand or fall together (one passage, one template); empty: the item alone
    std::string prompt;  ///< handed over as it is
    std::filesystem::path image;      ///< for Asking::Image
    std::vector<std::string> answers; ///< each of them is right; empty text: the right answer is that there is none
    std::vector<std::string> choices; ///< for Asking::Choice; the options of a question for Asking::Generate; names of the classes for Asking::Image stand in the suite
    int answerIndex = -1;             ///< the right one of the choices or classes
    std::map<std::string, double> axes = {};        ///< numbers: "difficulty", "context", "depth", ...
    std::map<std::string, std::string> labels = {}; ///< words: "subject", "language", ...
    Asking asking = Asking::Generate;
    std::optional<ExtractRule> extract = {}; ///< overrides the suite's
    std::optional<CodeTest> code = {};
    int64_t maxTokens = 0; ///< 0: the suite's
    std::string pairKey;   ///< hash of what is asked (prompt without examples, answers, choices): pairs items across tools

    const std::string &answer() const; ///< the first of the answers; empty without any
};

/// The axis of items whose source tells nothing else of them: characters of the question.
inline constexpr const char *kQuestionLength = "question length";

/// Which scorer judges, and how.
struct ScorerChoice
{
    std::string name; ///< of scorer.h; empty: what fits the asking ("acc", "exact_match", ...)
    ExtractRule extract = {};
    bool ignoreCase = false, ignorePunctuation = false, ignoreNumbers = false;
    std::vector<std::string> ignore = {}; ///< regular expressions whose matches are taken out of both sides
    bool operator==(const ScorerChoice &) const = default;
};

/// Something about a suite's source that people must know: an item that was left out while the rest stands, a question that
/// is asked twice.
struct SuiteProblem
{
    uint64_t line = 0;     ///< 0: none is known
    std::string file = {}; ///< which, where a suite has several
    std::string what;      ///< the pattern of a sentence, %1 ... for the arguments; translation context "Reason"
    std::vector<std::string> arguments = {};
    bool leftOut = true;   ///< the item is not asked
    std::string sentence(const Translate &translate = untranslated) const; ///< without file and line
};

/// Questions that belong together: from a file in one of the forms people have, or made by a generator.
struct Suite
{
    std::string name;
    std::string title;
    std::string form;            ///< "jsonl", "squad", ... or "generated"
    ScorerChoice scorer;
    std::vector<std::string> alsoScored = {}; ///< further scorers whose figures are shown beside
    std::vector<std::string> stop{"\n"};
    int64_t maxTokens = 64;
    std::map<std::string, std::string> axes; ///< axis -> what it counts, for the chart's label
    std::vector<std::string> classes = {};   ///< for Asking::Image, in the order of their indices
    std::vector<SuiteItem> items;
    std::vector<SuiteProblem> problems = {}; ///< the first hundred; problemCount tells of all
    uint64_t problemCount = 0;
    std::string origin = {}, licence = {};   ///< where it comes from, where that is told
    std::string promptTemplate = {};         ///< what prompts were made with; empty: they are handed over as they stand
    std::string fingerprint; ///< hash over everything that is asked and expected
};

/// Most items of a suite; whatever is beyond them is left out and told.
inline constexpr size_t kMostSuiteItems = 1'000'000;

/// Counts a problem; keeps it when it is one of the first hundred.
void tell(Suite &suite, SuiteProblem problem);

/// To be called when all items are there: gives each its pairKey unless it has one, tells questions that are asked twice, and
/// makes the fingerprint: a hash over everything that is asked and expected. What judges (scorer, extraction) is no part of
/// it: judging otherwise asks nothing else.
void settle(Suite &suite);

/// The suite in our own form (docs/SUITES.md), which readSuite reads back to the same items and fingerprint. Images are named by
/// their path from `folder`, where they lie in it.
std::string suiteLines(const Suite &suite, const std::filesystem::path &folder = {});

/// A suite of our own form: a JSONL file with an optional header object (it has "suite"), then one item a line. Lines that cannot be
/// read, and ids that occur again, are left out and told in problems. Images are looked for from the file's folder. Files in any form: readAnySuite
/// (formats/anysuite.h). Errors: FileMissing, FileTooLarge, SuiteDamaged (the header), SuiteEmpty (with the first problem).
Result<Suite> readSuite(const std::filesystem::path &path);
Result<Suite> parseSuite(std::string_view text, const std::string &name, const std::filesystem::path &folder = {});

} // namespace assay
