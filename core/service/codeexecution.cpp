// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/codeexecution.h"

#include "core/base/text.h"
#include "core/evaluate/scorers/thinking.h"
#include "core/service/background.h"

#include <vector>

namespace assay {
namespace {

constexpr int kTogether = 2;
constexpr size_t kLongestProgram = 1 << 20; // bytes; a longer answer is no program

/// What stands between lines that begin with three backquotes; the last block may be open.
std::vector<std::string_view> fencedBlocks(std::string_view text)
{
    std::vector<std::string_view> out;
    size_t begin = std::string_view::npos; // of the block's first line
    for (size_t line = 0; line < text.size();) {
        const size_t end = std::min(text.find('\n', line), text.size());
        const std::string_view words = text.substr(line, end - line);
        const size_t first = words.find_first_not_of(" \t");
        if (first != std::string_view::npos && words.substr(first).starts_with("```")) {
            if (begin == std::string_view::npos) {
                begin = std::min(end + 1, text.size());
            } else {
                out.push_back(text.substr(begin, line - begin));
                begin = std::string_view::npos;
            }
        }
        line = end + 1;
    }
    if (begin != std::string_view::npos)
        out.push_back(text.substr(begin));
    return out;
}

Execution notExecuted(const char *why)
{
    Execution out;
    out.told = why;
    return out;
}

} // namespace

std::string codeOf(const CodeTest &test, const std::string &output)
{
    const std::optional<size_t> begin = answerStart(output);
    if (!begin)
        return {};
    const std::string_view answer = std::string_view(output).substr(*begin);
    const std::vector<std::string_view> blocks = fencedBlocks(answer);
    // A block is whole lines, wherever the preamble ends.
    for (const std::string_view block : blocks) {
        if (!test.entryPoint.empty() && block.find("def " + test.entryPoint) != std::string_view::npos)
            return "\n" + std::string(block);
    }
    return blocks.empty() ? std::string(answer) : "\n" + std::string(blocks.front());
}

std::string programOf(const CodeTest &test, const std::string &code)
{
    std::string program = test.preamble + code + "\n" + test.test + "\n";
    if (!test.entryPoint.empty())
        program += "check(" + test.entryPoint + ")\n";
    return program;
}

Execution executeCode(const SuiteItem &item, const Answer &answer, std::stop_token stop)
{
    if (!item.code)
        return notExecuted(ASSAY_TEXT("Execution", "The item has no tests."));
    if (!answer.error.empty())
        return notExecuted(ASSAY_TEXT("Execution", "There is no answer."));
    const std::string code = codeOf(*item.code, answer.output);
    if (code.find_first_not_of(" \t\r\n") == std::string::npos)
        return notExecuted(ASSAY_TEXT("Execution", "There is no code in the answer."));
    if (code.size() > kLongestProgram)
        return notExecuted(ASSAY_TEXT("Execution", "The code is longer than any program that is tested."));
    if (stop.stop_requested())
        return notExecuted(ASSAY_TEXT("Execution", "It was stopped before it ended."));
    return runSandboxed(programOf(*item.code, code), {}, stop);
}

CodeExecutor::CodeExecutor(QObject *parent) : QObject(parent)
{
    m_threads.setMaxThreadCount(kTogether);
}

CodeExecutor::~CodeExecutor()
{
    m_stop.request_stop();
    m_threads.waitForDone();
}

void CodeExecutor::execute(const SuiteItem &item, Answer answer, Done done)
{
    ++m_open;
    const auto work = [item, answer = std::move(answer), stop = m_stop.get_token()] { return executeCode(item, answer, stop); };
    const auto then = [this, done = std::move(done)](Execution execution) {
        --m_open;
        done(std::move(execution));
    };
    inBackground(this, work, then, &m_threads);
}

} // namespace assay
