// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "referencemodels.h"
#include "workerprocess.h"

#include <set>

/// One worker that is given bad things and must answer a good request after each of them.
class LastingWorker
{
public:
    using Json = assay::protocol::Json;

    LastingWorker()
    {
        const Json first = reference::expected(QStringLiteral("llama-gqa"))["prompts"][0];
        m_prompt = first["input_ids"];
        for (const Json &token : first["greedy_tokens"])
            m_greedy.push_back(token.get<int64_t>());
        m_greedy.resize(std::min<size_t>(m_greedy.size(), 5));
    }

    /// The handle of the good model.
    int64_t good()
    {
        if (m_good == 0)
            m_good = m_worker.load(reference::path(QStringLiteral("llama-gqa")));
        return m_good;
    }

    /// Whether it still says what the reference says, in the process that it was at the beginning.
    bool stillWorks()
    {
        const qint64 process = m_worker.process().processId();
        m_processes.insert(process);
        const auto answer = m_worker.ask(assay::protocol::method::kGenerate, {{"model", good()},
                                                                              {"ids", m_prompt},
                                                                              {"maxTokens", m_greedy.size()},
                                                                              {"ignoreEos", true}});
        return process != 0 && m_processes.size() == 1 && answer && !answer->error && answer->result["ids"] == Json(m_greedy);
    }

    /// The error that a request ends with; nothing when it does not fail, Internal when there is no answer.
    std::optional<assay::Error> failing(const char *method, const Json &params)
    {
        const auto answer = m_worker.ask(method, params);
        if (!answer)
            return assay::Error{assay::ErrorCode::Internal, {"no answer"}, {}};
        if (answer->error)
            qInfo("%s", answer->error->sentence().c_str());
        else if (std::string(method) == assay::protocol::method::kLoad)
            m_worker.ask(assay::protocol::method::kUnload, {{"model", answer->result["model"]}});
        return answer->error;
    }

    std::optional<assay::Error> failingToLoad(const QString &path, const char *dtype = "auto")
    {
        return failing(assay::protocol::method::kLoad, {{"path", path.toStdString()}, {"dtype", dtype}});
    }

    WorkerProcess &process() { return m_worker; }

private:
    WorkerProcess m_worker;
    Json m_prompt;
    std::vector<int64_t> m_greedy;
    int64_t m_good = 0;
    std::set<qint64> m_processes;
};

/// One sentence for people: a line, not too long, without the words of a programming language.
inline bool isPlain(const std::string &sentence)
{
    static const char *const kForeign[] = {"std::", "c10", "at::", "Exception", "bad_alloc", "vector", "_M_", "json.exception", "basic_string"};
    return !sentence.empty() && sentence.size() < 400 && sentence.find('\n') == std::string::npos
           && std::ranges::none_of(kForeign, [&](const char *word) { return sentence.find(word) != std::string::npos; });
}
