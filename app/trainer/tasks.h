// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/trainer/random.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::trainer {

/// The four kinds of small exact reasoning that the sample family learns.
enum class Task { Addition, Sorting, Brackets, Recall, Count_ };

/// One row a task: its name and what its difficulty counts.
struct TaskDefinition
{
    Task task;
    const char *name;  ///< "addition"
    const char *unit;  ///< "digits": what difficulty counts
    int easiest;
    int hardest;
};
const TaskDefinition &definitionOf(Task task);
std::optional<Task> taskFromName(std::string_view name);

/// A problem with its solution. Prompt and completion are joined without anything between them.
struct Problem
{
    Task task = Task::Addition;
    int difficulty = 0;
    std::string content;    ///< what makes it this problem and no other; decides train or test
    std::string prompt;
    std::string completion; ///< with the worked steps
    std::string answer;     ///< what is scored
    std::vector<std::string> choices; ///< brackets and recall by choice; answer is one of them
};

/// Problems whose content falls into one sixteenth of a hash's range are kept for testing.
bool isTestContent(std::string_view content);

/// A random problem of this difficulty from the training or the test part.
Problem makeProblem(Task task, int difficulty, bool test, Random &random);

/// Prompt and completion in turns: a recall problem with several questions teaches more for its length; the
/// other tasks have one.
std::vector<std::string> manyQuestions(const Problem &problem, int questions, Random &random);

/// Every word that is a key of the recall task: each should become one token.
const std::vector<std::string> &recallKeys();

} // namespace assay::trainer
