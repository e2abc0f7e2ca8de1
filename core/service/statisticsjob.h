// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/facts.h"
#include "core/service/job.h"
#include "core/weights/modelstatistics.h"

#include <QHash>
#include <QPointer>
#include <memory>
#include <thread>

namespace assay {

/// What is needed to read a subject's weights: its inspection and the catalog over it, kept alive together. Safe to use
/// from several threads.
struct ReadableWeights
{
    explicit ReadableWeights(std::shared_ptr<const Inspection> opened);
    std::shared_ptr<const Inspection> inspection;
    WeightCatalog catalog;

    const FileSet &files() const { return *inspection->directory.files; }
};

/// The statistics of one subject's tensors that are known so far. Lives in the window's thread.
class StatisticsStore : public QObject
{
    Q_OBJECT
public:
    explicit StatisticsStore(std::shared_ptr<const ReadableWeights> weights, QObject *parent = nullptr);
    const std::shared_ptr<const ReadableWeights> &weights() const { return m_weights; }
    /// By the tensor's index in the checkpoint; null while unknown.
    const TensorOutcome *find(uint32_t tensor) const;
    const TensorOutcome *find(const std::string &name) const;
    qsizetype count() const { return m_outcomes.size(); }
    /// Of the last job over all tensors that finished.
    const std::vector<Finding> &findings() const { return m_findings; }

    void put(const TensorOutcome &outcome);
    void setFindings(std::vector<Finding> findings);

signals:
    void tensorDone(quint32 tensor);
    void findingsChanged();

private:
    std::shared_ptr<const ReadableWeights> m_weights;
    QHash<quint32, std::shared_ptr<const TensorOutcome>> m_outcomes;
    std::vector<Finding> m_findings;
};

/// Computes statistics on threads of its own and puts them into a store, tensor by tensor. Holds a few MB a thread and
/// delays nothing else.
class StatisticsJob : public Job
{
    Q_OBJECT
public:
    /// All tensors, the smallest first; at the end the findings over them.
    StatisticsJob(const QString &subjectName, StatisticsStore *store, QObject *parent = nullptr);
    /// Only these, in this order: one tensor that the user looks at.
    StatisticsJob(const QString &subjectName, StatisticsStore *store, std::vector<uint32_t> tensors, QObject *parent = nullptr);
    ~StatisticsJob() override;

protected:
    void run() override;
    void abort() override;

private:
    void concluded(const Result<std::vector<Finding>> &findings);
    QPointer<StatisticsStore> m_store; ///< may go while the job runs
    std::vector<uint32_t> m_tensors;
    bool m_all;
    std::jthread m_thread; ///< asks the others to stop and waits for them when it goes
};

} // namespace assay
