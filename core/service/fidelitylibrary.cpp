// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/fidelitylibrary.h"

#include "core/service/store.h"

#include <algorithm>
#include <functional>

namespace assay {
namespace {

/// Opens the store for one piece of work: runs of fidelity are few.
Result<void> withStore(const QString &file, const std::function<Result<void>(Store &)> &work)
{
    const auto store = Store::open(file);
    if (!store)
        return tl::unexpected<Error>(store.error());
    return work(**store);
}

} // namespace

FidelityLibrary::FidelityLibrary(const QString &storeFile, QObject *parent) : QObject(parent), m_file(storeFile)
{
    if (storeFile.isEmpty())
        return;
    m_writer = new QObject;
    m_writer->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_writer, &QObject::deleteLater);
    m_thread.setObjectName(QStringLiteral("fidelity"));
    m_thread.start();
}

FidelityLibrary::~FidelityLibrary()
{
    flush();
    m_thread.quit();
    m_thread.wait();
}

void FidelityLibrary::flush()
{
    if (m_writer)
        QMetaObject::invokeMethod(m_writer, [] {}, Qt::BlockingQueuedConnection);
}

void FidelityLibrary::put(std::shared_ptr<const FidelityRun> run)
{
    const auto place = std::ranges::find_if(m_runs, [&](const auto &other) { return other->header.startedAt <= run->header.startedAt; });
    m_runs.insert(place, std::move(run));
}

void FidelityLibrary::load()
{
    if (!m_writer) {
        QMetaObject::invokeMethod(this, &FidelityLibrary::changed, Qt::QueuedConnection);
        return;
    }
    const auto read = [this, file = m_file] {
        auto runs = std::make_shared<std::vector<FidelityRun>>();
        const auto done = withStore(file, [&](Store &store) {
            return store.fidelityRuns().map([&](std::vector<FidelityRun> &&found) { *runs = std::move(found); });
        });
        const auto take = [this, runs, done] {
            for (FidelityRun &run : *runs) {
                if (!this->run(run.header.id))
                    put(std::make_shared<FidelityRun>(std::move(run)));
            }
            if (!done)
                emit saveFailed(done.error());
            emit changed();
        };
        QMetaObject::invokeMethod(this, take, Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(m_writer, read, Qt::QueuedConnection);
}

void FidelityLibrary::add(const FidelityRun &run)
{
    const auto kept = std::make_shared<const FidelityRun>(run);
    put(kept);
    if (m_writer) {
        const auto write = [this, kept, file = m_file] {
            const auto done = withStore(file, [&](Store &store) { return store.save(*kept); });
            if (!done)
                QMetaObject::invokeMethod(this, [this, error = done.error()] { emit saveFailed(error); }, Qt::QueuedConnection);
        };
        QMetaObject::invokeMethod(m_writer, write, Qt::QueuedConnection);
    }
    emit changed();
}

void FidelityLibrary::remove(const std::string &runId)
{
    if (std::erase_if(m_runs, [&](const auto &run) { return run->header.id == runId; }) == 0)
        return;
    if (m_writer) {
        const auto write = [this, runId, file = m_file] {
            const auto done = withStore(file, [&](Store &store) { return store.remove(runId); });
            if (!done)
                QMetaObject::invokeMethod(this, [this, error = done.error()] { emit saveFailed(error); }, Qt::QueuedConnection);
        };
        QMetaObject::invokeMethod(m_writer, write, Qt::QueuedConnection);
    }
    emit changed();
}

std::shared_ptr<const FidelityRun> FidelityLibrary::run(const std::string &runId) const
{
    const auto found = std::ranges::find_if(m_runs, [&](const auto &run) { return run->header.id == runId; });
    return found == m_runs.end() ? nullptr : *found;
}

} // namespace assay
