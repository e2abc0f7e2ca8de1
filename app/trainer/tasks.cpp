// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trainer/tasks.h"

#include <algorithm>
#include <array>

namespace assay::trainer {
namespace {

constexpr std::array<TaskDefinition, size_t(Task::Count_)> kTasks{{
    {Task::Addition, "addition", "digits", 1, 8},
    {Task::Sorting, "sorting", "letters", 3, 20},
    {Task::Brackets, "brackets", "pairs", 3, 16},
    {Task::Recall, "recall", "pairs", 4, 64},
}};

constexpr size_t kAdditionWidth = 8;
constexpr std::string_view kOpeners = "([{";
constexpr std::string_view kClosers = ")]}";

Problem addition(int digits, Random &random)
{
    std::string a, b;
    for (int i = 0; i < digits; ++i) {
        const bool leading = i == 0 && digits > 1;
        a += char('0' + (leading ? 1 + random.below(9) : random.below(10)));
        b += char('0' + (leading ? 1 + random.below(9) : random.below(10)));
    }
    Problem problem;
    problem.content = a + "+" + b;
    // Right-aligned, so that a column's digits are at the same place however many there are.
    const std::string blanks(kAdditionWidth - size_t(digits), ' ');
    problem.prompt = "add" + blanks + a + "+" + blanks + b + ":";
    // Column by column from the right: digit, digit, carry in = carry out, then all digits found so far.
    std::string found;
    int carry = 0;
    for (int i = digits - 1; i >= 0; --i) {
        const int sum = (a[size_t(i)] - '0') + (b[size_t(i)] - '0') + carry;
        found.insert(found.begin(), char('0' + sum % 10));
        problem.completion += {a[size_t(i)], '+', b[size_t(i)], '+', char('0' + carry), '=', char('0' + sum / 10), ','};
        problem.completion += found + ";";
        carry = sum / 10;
    }
    problem.answer = (carry ? "1" : "") + found;
    problem.completion += ">" + problem.answer;
    return problem;
}

Problem sorting(int length, Random &random)
{
    std::vector<char> letters(26);
    for (size_t i = 0; i < letters.size(); ++i)
        letters[i] = char('a' + i);
    random.shuffle(letters);
    letters.resize(size_t(length));
    Problem problem;
    for (char letter : letters)
        problem.content += {' ', letter};
    std::sort(letters.begin(), letters.end());
    for (char letter : letters)
        problem.completion += {' ', letter};
    problem.prompt = "sort" + problem.content + ":";
    problem.answer = problem.completion.substr(1);
    return problem;
}

/// A balanced string of so many pairs: a random walk that may neither sink below zero nor end above it.
std::string balanced(int pairs, Random &random)
{
    std::string text, open;
    int openersLeft = pairs;
    while (openersLeft > 0 || !open.empty()) {
        const bool opens = openersLeft > 0 && (open.empty() || random.chance(0.55));
        if (opens) {
            const size_t kind = size_t(random.below(3));
            text += kOpeners[kind];
            open += kClosers[kind];
            --openersLeft;
        } else {
            text += open.back();
            open.pop_back();
        }
    }
    return text;
}

bool isBalanced(std::string_view text)
{
    std::string open;
    for (char c : text) {
        if (const size_t kind = kOpeners.find(c); kind != std::string_view::npos) {
            open += kClosers[kind];
        } else {
            if (open.empty() || open.back() != c)
                return false;
            open.pop_back();
        }
    }
    return open.empty();
}

/// Spoils a balanced string so that neither its length nor, mostly, its counts betray it.
std::string spoiled(const std::string &text, Random &random)
{
    for (;;) {
        std::string other = text;
        const size_t i = size_t(random.below(int(text.size())));
        if (random.chance(0.4)) {
            if (kClosers.find(other[i]) == std::string_view::npos)
                continue;
            other[i] = kClosers[size_t(random.below(3))];
        } else {
            std::swap(other[i], other[size_t(random.below(int(text.size())))]);
        }
        if (!isBalanced(other))
            return other;
    }
}

Problem brackets(int pairs, Random &random)
{
    Problem problem;
    problem.content = balanced(pairs, random);
    problem.choices = {"yes", "no"};
    const bool good = random.chance(0.5);
    if (!good)
        problem.content = spoiled(problem.content, random);
    problem.prompt = "check " + problem.content + ":";
    problem.completion = problem.answer = good ? "yes" : "no";
    return problem;
}

/// The first so many keys, always from the last to the first: the list grows at its beginning.
Problem recall(int pairs, Random &random)
{
    Problem problem;
    const int asked = random.below(pairs);
    for (int i = pairs - 1; i >= 0; --i) {
        const std::string value(1, char('0' + random.below(10)));
        problem.content += " " + recallKeys()[size_t(i)] + "=" + value;
        if (i == asked)
            problem.answer = value;
    }
    problem.prompt = "get" + problem.content + "? " + recallKeys()[size_t(asked)] + "=";
    problem.completion = problem.answer;
    return problem;
}

Problem anyProblem(Task task, int difficulty, Random &random)
{
    switch (task) {
    case Task::Addition: return addition(difficulty, random);
    case Task::Sorting: return sorting(difficulty, random);
    case Task::Brackets: return brackets(difficulty, random);
    default: return recall(difficulty, random);
    }
}

} // namespace

const TaskDefinition &definitionOf(Task task)
{
    return kTasks[size_t(task)];
}

std::optional<Task> taskFromName(std::string_view name)
{
    for (const TaskDefinition &row : kTasks) {
        if (name == row.name)
            return row.task;
    }
    return std::nullopt;
}

bool isTestContent(std::string_view content)
{
    uint64_t hash = 14695981039346656037ull; // FNV-1a
    for (char c : content)
        hash = (hash ^ uint8_t(c)) * 1099511628211ull;
    return (hash ^ (hash >> 29)) % 16 == 0;
}

Problem makeProblem(Task task, int difficulty, bool test, Random &random)
{
    for (;;) {
        Problem problem = anyProblem(task, difficulty, random);
        if (isTestContent(problem.content) != test)
            continue;
        problem.task = task;
        problem.difficulty = difficulty;
        return problem;
    }
}

std::vector<std::string> manyQuestions(const Problem &problem, int questions, Random &random)
{
    std::vector<std::string> parts{problem.prompt, problem.completion};
    for (int i = 1; i < questions && problem.task == Task::Recall; ++i) {
        constexpr size_t kPair = 6; // " ant=4"
        const size_t pair = size_t(random.below(problem.difficulty)) * kPair;
        parts.push_back("?" + problem.content.substr(pair, kPair - 1));
        parts.push_back(problem.content.substr(pair + kPair - 1, 1));
    }
    return parts;
}

const std::vector<std::string> &recallKeys()
{
    static const std::vector<std::string> keys{
        "ant", "ape", "ash", "axe", "bat", "bay", "bee", "box", "bud", "bus", "cat", "cow", "cup",
        "dog", "ear", "eel", "egg", "elf", "elk", "elm", "fig", "fin", "fly", "fox", "gem", "gnu",
        "hat", "hen", "hut", "ink", "ivy", "jam", "jar", "jay", "key", "kit", "lid", "log", "map",
        "mud", "nut", "oak", "oar", "oat", "owl", "pan", "pea", "pig", "pin", "pod", "ram", "rat",
        "ray", "rye", "sap", "saw", "sea", "sky", "sun", "tin", "urn", "van", "wax", "yak"};
    return keys;
}

} // namespace assay::trainer
