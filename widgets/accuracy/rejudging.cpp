// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accuracy/rejudging.h"

#include "core/service/translation.h"

#include <algorithm>

namespace assay {

Rejudging::Rejudging(RunLibrary *runs, QObject *parent) : QObject(parent), m_runs(runs)
{
    connect(m_runs, &RunLibrary::rescored, this, [this](const QString &runId) { settle(runId.toStdString(), true); });
    connect(m_runs, &RunLibrary::rescoreFailed, this, [this](const QString &runId, const Error &error) {
        if (!m_waiting.contains(runId.toStdString()))
            return;
        emit failed(error);
        settle(runId.toStdString(), false);
    });
}

void Rejudging::judge(const Runs &runs, const std::string &scorer)
{
    if (busy())
        return;
    Runs before;
    std::ranges::copy_if(runs, std::back_inserter(before), [](const auto &run) { return run && run->header.state != RunState::Running; });
    if (before.empty())
        return;
    for (const auto &run : before)
        m_waiting.insert(run->header.id);
    m_before.push_back(before);
    emit changed();
    for (const auto &run : before)
        m_runs->rescore(run->header.id, {.name = scorer});
}

void Rejudging::settle(const std::string &runId, bool done)
{
    if (m_waiting.erase(runId) == 0)
        return;
    if (!done)
        std::erase_if(m_before.back(), [&](const auto &run) { return run->header.id == runId; });
    if (busy())
        return;
    if (m_before.back().empty())
        m_before.pop_back();
    emit changed();
}

void Rejudging::undo()
{
    if (!canUndo())
        return;
    for (const auto &run : m_before.back())
        m_runs->restoreJudgements(*run);
    m_before.pop_back();
    emit changed();
}

} // namespace assay
