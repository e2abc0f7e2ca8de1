// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/imports/importfiles.h"

#include <set>
#include <unordered_map>

namespace assay::imports {

/// A figure that a tool gave one answer; nothing where it is no number that can be read.
struct Figure
{
    std::string name;
    std::optional<double> value;
};

/// The figure that judges: the wanted one where it is there, else the first of the preferred that is between 0 and 1, else the first of
/// all that is and is no perplexity. Null when there is none.
const Figure *judging(const std::vector<Figure> &figures, const std::string &wanted, const std::vector<std::string_view> &preferred = {});

/// What a tool's figure (null: it gave none) makes of an answer. Nothing is folded: an answer that the limit cut off and that
/// is not right is truncated, one of which the tool cut out nothing is unparsed.
Judgement judgedByTool(const Figure *figure, const Answer &answer, std::string extracted, std::string rule);

/// The question of a dataset's record, by the names that datasets give it; the whole record, as JSON, where none is known.
std::string questionOf(const nlohmann::json &record);
/// The final answer of a worked one: what follows the last "####" or "A:" at the beginning of a line, else all of it; trimmed.
std::string finalAnswer(const std::string &worked);
/// The index of an option that is told by its letter ("B", "(b)", " B."); -1 when it is none of them.
int letterIndex(std::string_view told, size_t options);

/// One answer with what was asked and what the tool made of it.
struct AnsweredItem
{
    SuiteItem item;
    Answer answer;
    Judgement judged;
    int64_t sample = 0;
};

/// One run while its rows are read.
class RunBuilder
{
public:
    RunBuilder(std::string tool, const std::string &model, const std::string &task, const ImportOptions &options);

    EvaluationRun run;
    Suite suite;

    /// A row that is there already (same item and sample) is left out, and told.
    void add(AnsweredItem answered, const ResultFile &file, uint64_t line, Problems &problems);
    /// The number of a further sample of this item.
    int64_t nextSample(const std::string &itemId) const;
    /// Puts the run to the others, unless it has no row.
    void finish(Import &import);

private:
    std::unordered_map<std::string, std::set<int64_t>> m_samples; ///< of each item
};

/// What a model is called: as told, but of a path on somebody's machine its last part.
std::string modelName(const std::string &told);
/// "0.4.9" after the tool's name, where it is told.
std::string toolName(const char *tool, const std::string &version);
/// A moment as runs keep it ("2025-01-31T12:00:00Z"), of seconds since 1970; empty for what is no such number.
std::string utcText(std::optional<double> seconds);
/// The same of "2024-11-05T10:15:30.123456+01:00" and its kin; empty when it is none.
std::string utcText(const std::string &iso);

} // namespace assay::imports
