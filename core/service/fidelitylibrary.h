// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/fidelity/fidelity.h"

#include <QObject>
#include <QThread>
#include <memory>
#include <vector>

namespace assay {

/// Models that were held against a reference, in memory and in the store's file (kind "fidelity"). A run comes whole, when it has ended.
class FidelityLibrary : public QObject
{
    Q_OBJECT
public:
    /// An empty file name keeps runs in memory only.
    explicit FidelityLibrary(const QString &storeFile, QObject *parent = nullptr);
    ~FidelityLibrary() override; ///< writes what is pending

    void load(); ///< asynchronously; then changed()
    void add(const FidelityRun &run);
    void remove(const std::string &runId);
    /// Newest first; they never change.
    const std::vector<std::shared_ptr<const FidelityRun>> &runs() const { return m_runs; }
    std::shared_ptr<const FidelityRun> run(const std::string &runId) const; ///< null when there is none
    void flush(); ///< blocks until everything is written, or could not be

signals:
    void changed();
    void saveFailed(const assay::Error &error); ///< the run stays in memory

private:
    void put(std::shared_ptr<const FidelityRun> run);

    QString m_file;
    QThread m_thread;
    QObject *m_writer = nullptr; ///< lives in m_thread; null without a file
    std::vector<std::shared_ptr<const FidelityRun>> m_runs;
};

} // namespace assay
