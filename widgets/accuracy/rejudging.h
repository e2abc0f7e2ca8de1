// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/runlibrary.h"

#include <set>

namespace assay {

/// Has runs judged by another scorer, all together, and undoes it.
class Rejudging : public QObject
{
    Q_OBJECT
public:
    using Runs = std::vector<std::shared_ptr<const EvaluationRun>>;

    explicit Rejudging(RunLibrary *runs, QObject *parent = nullptr);
    bool busy() const { return !m_waiting.empty(); }
    bool canUndo() const { return !busy() && !m_before.empty(); }
    /// Of every run that has ended; null ones are left out. An empty name stands for the suite's own scorer.
    void judge(const Runs &runs, const std::string &scorer);
    /// The runs are judged as they were before the last judge().
    void undo();

signals:
    void changed(); ///< busy() or canUndo()
    void failed(const assay::Error &error);

private:
    void settle(const std::string &runId, bool done);

    RunLibrary *m_runs;
    std::set<std::string> m_waiting;
    std::vector<Runs> m_before; ///< snapshots, the last one on top
};

} // namespace assay
