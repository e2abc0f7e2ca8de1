// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/statisticsjob.h"

#include "core/base/units.h"
#include "core/service/translation.h"

#include <chrono>

namespace assay {
namespace {

constexpr std::chrono::milliseconds kTellInterval{50};

} // namespace

ReadableWeights::ReadableWeights(std::shared_ptr<const Inspection> opened)
    : inspection(std::move(opened)),
      catalog(catalogOf(inspection->directory.checkpoint, inspection->facts.config, inspection->directory.files.get()))
{
}

StatisticsStore::StatisticsStore(std::shared_ptr<const ReadableWeights> weights, QObject *parent)
    : QObject(parent), m_weights(std::move(weights))
{
}

const TensorOutcome *StatisticsStore::find(uint32_t tensor) const
{
    const auto found = m_outcomes.find(tensor);
    return found == m_outcomes.end() ? nullptr : found->get();
}

const TensorOutcome *StatisticsStore::find(const std::string &name) const
{
    const auto tensor = m_weights->catalog.find(name);
    return tensor ? find(uint32_t(*tensor)) : nullptr;
}

void StatisticsStore::put(const TensorOutcome &outcome)
{
    m_outcomes.insert(outcome.tensor, std::make_shared<const TensorOutcome>(outcome));
    emit tensorDone(outcome.tensor);
}

void StatisticsStore::setFindings(std::vector<Finding> findings)
{
    m_findings = std::move(findings);
    emit findingsChanged();
}

StatisticsJob::StatisticsJob(const QString &subjectName, StatisticsStore *store, QObject *parent)
    : Job(tr("Statistics"), subjectName, parent), m_store(store), m_tensors(tensorsBySize(store->weights()->catalog)), m_all(true)
{
}

StatisticsJob::StatisticsJob(const QString &subjectName, StatisticsStore *store, std::vector<uint32_t> tensors, QObject *parent)
    : Job(tr("Statistics"), subjectName, parent), m_store(store), m_tensors(std::move(tensors)), m_all(false)
{
}

StatisticsJob::~StatisticsJob() = default;

void StatisticsJob::run()
{
    if (!m_store) {
        end(JobState::Cancelled); // the subject was closed while the job waited its turn
        return;
    }
    setProgress(tr("reading weights"), 0, 0);
    // The thread must not touch this object: it hands over to the window's thread, where a guard says whether it lives.
    m_thread = std::jthread([weights = m_store->weights(), tensors = m_tensors, all = m_all, job = QPointer<StatisticsJob>(this),
                             store = m_store, context = this](const std::stop_token &stop) {
        ModelStatisticsRequest request;
        request.tensors = tensors;
        request.detail = all ? CountingDetail::Sampled : CountingDetail::Exact;
        request.control.stop = stop;
        auto told = std::chrono::steady_clock::now();
        request.control.progress = [&, context, job](uint64_t done, uint64_t total) {
            const auto now = std::chrono::steady_clock::now();
            if (now - told < kTellInterval && done < total)
                return;
            told = now;
            QMetaObject::invokeMethod(context, [job, done, total] {
                if (job && !job->isOver())
                    job->setProgress(tr("reading weights"), double(done), double(total));
            });
        };
        request.done = [context, store](const TensorOutcome &outcome) {
            QMetaObject::invokeMethod(context, [store, outcome] {
                if (store)
                    store->put(outcome);
            });
        };
        auto findings = computeModelStatistics(weights->catalog, weights->files(), request);
        QMetaObject::invokeMethod(context, [job, findings = std::move(findings)] {
            if (job)
                job->concluded(findings);
        });
    });
}

void StatisticsJob::abort()
{
    m_thread.request_stop();
}

void StatisticsJob::concluded(const Result<std::vector<Finding>> &findings)
{
    if (!findings) {
        end(findings.error().code == ErrorCode::Cancelled ? JobState::Cancelled : JobState::Failed, findings.error());
        return;
    }
    if (m_all && m_store)
        m_store->setFindings(*findings);
    end(JobState::Finished);
}

} // namespace assay
