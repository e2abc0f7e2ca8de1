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

enum class Scoring { Choice, Generate };

/// How the answer is cut out of generated text: what follows the last `after` (all of it when empty), up to `until`, trimmed.
struct ExtractRule
{
    std::string after;
    std::string until;
};

/// One question. Generate: answer is the text to be given. Choice: answerIndex is the right one of choices.
struct SuiteItem
{
    std::string id;
    std::string task;   ///< optional group within the suite ("addition")
    std::string prompt; ///< handed over as it is
    std::string answer;
    std::vector<std::string> choices;
    int answerIndex = -1;
    std::map<std::string, double> axes; ///< any further numeric field: "difficulty", "context", ...
    Scoring scoring = Scoring::Generate; ///< Choice when the item has choices
    std::optional<ExtractRule> extract;  ///< overrides the suite's
    int64_t maxTokens = 0;               ///< 0: the suite's
};

/// A JSONL file: an optional header object (it has "suite"), then one item a line.
struct Suite
{
    std::string name;
    std::string title;
    ExtractRule extract;
    std::vector<std::string> stop{"\n"};
    int64_t maxTokens = 64;
    std::map<std::string, std::string> axes; ///< axis -> what it counts, for the chart's label
    std::vector<SuiteItem> items;
    std::string fingerprint; ///< hash of the file's bytes
};

/// Errors: FileMissing, SuiteDamaged with the line, SuiteEmpty. Duplicate ids are refused.
Result<Suite> readSuite(const std::filesystem::path &path);
Result<Suite> parseSuite(std::string_view text, const std::string &name);

} // namespace assay
