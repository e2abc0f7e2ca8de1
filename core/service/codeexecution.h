// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/answer.h"
#include "core/evaluate/suite.h"
#include "core/service/sandbox.h"

#include <QObject>
#include <QThreadPool>
#include <functional>
#include <stop_token>

namespace assay {

/// The code of an answer: thinking is cut off; of fenced blocks the first that defines the function asked for, else the first;
/// without a fence all of it, as a completion. Empty while the thinking is still open.
std::string codeOf(const CodeTest &test, const std::string &output);
/// preamble + code + test + check(entryPoint), as HumanEval puts it together.
std::string programOf(const CodeTest &test, const std::string &code);

/// Runs an answer's program against the item's tests in the sandbox (sandbox.h) and tells how it came through. Blocks; for
/// threads that may. NotExecuted with a reason where there is nothing to run, no sandbox, or stop was asked for.
Execution executeCode(const SuiteItem &item, const Answer &answer, std::stop_token stop = {});

/// Runs answers' programs two at a time, off the caller's thread; done comes in the owner's thread, in any order, and not once
/// this object is gone: its destructor stops what runs.
class CodeExecutor : public QObject
{
    Q_OBJECT
public:
    explicit CodeExecutor(QObject *parent = nullptr);
    ~CodeExecutor() override;
    using Done = std::function<void(Execution)>;
    void execute(const SuiteItem &item, Answer answer, Done done);
    /// Programs that wait or run.
    int open() const { return m_open; }

private:
    std::stop_source m_stop;
    QThreadPool m_threads;
    int m_open = 0;
};

} // namespace assay
