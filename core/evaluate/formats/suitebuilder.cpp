// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/formats/suitebuilder.h"

namespace assay {
namespace {

std::string placed(const SuiteProblem &problem)
{
    std::string place = problem.file;
    if (problem.line > 0)
        place += (place.empty() ? "line " : ", line ") + std::to_string(problem.line);
    return place.empty() ? problem.sentence() : place + ": " + problem.sentence();
}

} // namespace

void SuiteBuilder::add(SuiteItem item, uint64_t line, const std::string &file)
{
    if (full())
        return damaged({ASSAY_TEXT("Reason", "it comes after the first 1,000,000 items")}, line, file);
    if (!m_ids.insert(item.id).second)
        return damaged({ASSAY_TEXT("Reason", "the id \"%1\" occurs twice"), {item.id}}, line, file);
    suite.items.push_back(std::move(item));
}

void SuiteBuilder::damaged(const Damage &damage, uint64_t line, const std::string &file)
{
    SuiteProblem problem{line, file, damage.pattern(), damage.arguments()};
    // An argument may be a piece of the file, which may be long.
    constexpr size_t kShown = 200;
    for (std::string &argument : problem.arguments)
        argument = validUtf8(argument.size() > kShown ? argument.substr(0, kShown) + "..." : argument);
    tell(suite, std::move(problem));
}

Result<Suite> SuiteBuilder::finish()
{
    if (suite.items.empty())
        return failure(ErrorCode::SuiteEmpty, {suite.name, suite.problems.empty() ? ASSAY_TEXT("Reason", "it is empty") : placed(suite.problems.front())});
    settle(suite);
    return std::move(suite);
}

} // namespace assay
