// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/storewriter.h"

#include <QLoggingCategory>

namespace assay {
namespace {

constexpr int kRetryInterval = 1000; // ms between attempts while the disk refuses

/// Errors that may pass: the write is tried again. All others concern this one write.
bool mayPass(ErrorCode code)
{
    return code == ErrorCode::DiskFull || code == ErrorCode::StoreUnwritable;
}

} // namespace

StoreWriter::StoreWriter(QString file) : m_file(std::move(file)), m_drain(this)
{
    m_drain.setSingleShot(true);
    connect(&m_drain, &QTimer::timeout, this, &StoreWriter::drain);
}

bool StoreWriter::ensureOpen()
{
    if (m_store)
        return true;
    if (m_damaged)
        return false;
    Result<std::unique_ptr<Store>> opened = Store::open(m_file);
    if (!opened) {
        fail(opened.error());
        return false;
    }
    m_store = std::move(*opened);
    return true;
}

void StoreWriter::fail(const Error &error)
{
    if (error.code == ErrorCode::StoreDamaged) {
        m_damaged = true;
        m_store.reset();
        m_waiting.clear();
    }
    if (!m_failing)
        emit failed(error);
    m_failing = true;
    if (!m_waiting.empty())
        m_drain.start(kRetryInterval);
}

StoreWriter::Contents StoreWriter::read()
{
    if (!ensureOpen())
        return {};
    Result<std::vector<BenchRun>> bench = m_store->benchRuns();
    Result<std::vector<EvaluationRun>> evaluations = m_store->evaluationRuns();
    const std::vector<Error> skipped = m_store->skipped();
    if (!bench)
        fail(bench.error());
    else if (!evaluations)
        fail(evaluations.error());
    else if (!skipped.empty())
        emit failed(skipped.front()); // the rest is fine: reading and writing go on
    return {bench ? std::move(*bench) : std::vector<BenchRun>(),
            evaluations ? std::move(*evaluations) : std::vector<EvaluationRun>()};
}

void StoreWriter::post(Write write)
{
    ++m_posted;
    if (m_damaged)
        return;
    m_waiting.push_back(std::move(write));
    if (!m_drain.isActive())
        m_drain.start(0);
}

Result<void> StoreWriter::writeAll()
{
    return m_store->batch([this]() -> Result<void> {
        for (const Write &write : m_waiting) {
            const Result<void> written = write(*m_store);
            if (written)
                continue;
            const ErrorCode code = written.error().code;
            if (mayPass(code) || code == ErrorCode::StoreDamaged)
                return written;
            // Another program removed the run meanwhile: there is nothing left to write it to.
            qWarning("%s", written.error().sentence().c_str());
        }
        return {};
    });
}

void StoreWriter::drain()
{
    m_drain.stop();
    if (m_waiting.empty() || !ensureOpen())
        return;
    if (const Result<void> written = writeAll(); !written) {
        fail(written.error());
        return;
    }
    m_waiting.clear();
    emit stored(m_posted);
    if (m_failing) {
        m_failing = false;
        emit recovered();
    }
}

} // namespace assay
