// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/formats/fieldtemplate.h"
#include "core/evaluate/formats/rows.h"
#include "core/evaluate/suite.h"

namespace assay {

/// How rows are laid out in files.
enum class RowForm : uint8_t { JsonLines, Json, Csv, Tsv, Squad, Text, Images };

/// A list of texts: templates, or a field that is a list.
struct TextList
{
    std::vector<FieldTemplate> templates;
    std::string field;
    bool empty() const { return templates.empty() && field.empty(); }
    std::vector<std::string> fill(const nlohmann::json &fields) const;
};

/// What the right answer's text says.
enum class GoldIs : uint8_t { Text, Letter, Index, IndexFromOne, First };

struct FewShot
{
    std::vector<std::string> files; ///< patterns from the description's folder; empty: the suite's own files
    int64_t count = 0;
    uint64_t seed = 0;
    bool drawn = false;      ///< by the seed; else the first of them
    FieldTemplate by;        ///< examples are taken from rows where this is the same as in the item's
    FieldTemplate example;   ///< of {prompt} and {answer}
};

/// A suite description (docs/SUITES.md): how files become questions.
struct SuiteDescription
{
    RowForm form = RowForm::JsonLines;
    std::vector<std::string> files;
    TableLayout table;
    std::string rows;
    uint64_t pieceBytes = 0;
    Suite head; ///< name, title, scorer, stop, ...: everything but items
    Asking asking = Asking::Generate;
    FieldTemplate id, task, cluster, preamble, prompt, question, answer;
    TextList answers, options;
    GoldIs gold = GoldIs::Text;
    bool shuffled = false, letters = false; ///< letters: what is chosen are the options' letters, which the prompt lists
    std::string choicePrefix;
    std::map<std::string, FieldTemplate> axes, labels;
    std::optional<FieldTemplate> code[3]; ///< preamble, entry point, test
    FewShot fewShot;
};

/// Throws Damage naming the field. `fallbackName`: of the suite, where the description names none.
SuiteDescription descriptionFrom(const nlohmann::json &json, const std::string &fallbackName);

} // namespace assay
