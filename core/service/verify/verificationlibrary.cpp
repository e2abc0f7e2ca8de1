// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/verificationlibrary.h"

#include "core/service/store.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace assay {

VerificationLibrary::VerificationLibrary(const QString &storeFile, QObject *parent) : QObject(parent), m_file(storeFile)
{
    if (storeFile.isEmpty())
        return;
    m_writer = new QObject;
    m_writer->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_writer, &QObject::deleteLater);
    m_thread.setObjectName(QStringLiteral("verifications"));
    m_thread.start();
}

VerificationLibrary::~VerificationLibrary()
{
    flush();
    m_thread.quit();
    m_thread.wait();
}

void VerificationLibrary::flush()
{
    if (m_writer)
        QMetaObject::invokeMethod(m_writer, [] {}, Qt::BlockingQueuedConnection);
}

void VerificationLibrary::put(Pointer verification)
{
    std::erase_if(m_all, [&](const Pointer &other) { return other->id == verification->id; });
    const auto place = std::ranges::find_if(m_all, [&](const Pointer &other) { return other->startedAt <= verification->startedAt; });
    m_all.insert(place, std::move(verification));
}

/// Opens the store for one piece of work: verifications are few. What came of it is told in this object's thread.
void VerificationLibrary::withStore(std::function<Result<void>(Store &)> work, std::function<void(const Result<void> &)> told)
{
    if (!m_writer)
        return;
    const auto opened = [this, work = std::move(work), told = std::move(told), file = m_file] {
        const auto store = Store::open(file);
        const Result<void> done = store ? work(**store) : tl::unexpected<Error>(store.error());
        QMetaObject::invokeMethod(this, [told, done] { told(done); }, Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(m_writer, opened, Qt::QueuedConnection);
}

void VerificationLibrary::write(std::function<Result<void>(Store &)> work)
{
    withStore(std::move(work), [this](const Result<void> &done) {
        m_failure = done ? std::nullopt : std::optional(done.error());
        if (done)
            emit saved();
        else
            emit saveFailed(done.error());
    });
}

void VerificationLibrary::load()
{
    if (!m_writer) {
        QMetaObject::invokeMethod(this, &VerificationLibrary::changed, Qt::QueuedConnection);
        return;
    }
    struct Read
    {
        std::vector<Verification> all;
        std::vector<Error> damaged;
    };
    m_loading = true;
    const auto found = std::make_shared<Read>();
    const auto read = [found](Store &store) {
        return store.verifications().map([&](std::vector<Verification> &&all) {
            *found = {std::move(all), store.skipped()};
        });
    };
    withStore(read, [this, found](const Result<void> &done) {
        m_loading = false;
        for (Verification &one : found->all) {
            if (!find(one.id))
                put(std::make_shared<const Verification>(std::move(one)));
        }
        if (!done)
            m_failure = done.error();
        else if (!found->damaged.empty())
            m_failure = found->damaged.front();
        if (!done || !found->damaged.empty())
            emit loadFailed(*m_failure);
        emit changed();
    });
}

void VerificationLibrary::add(const Verification &verification)
{
    const auto kept = std::make_shared<const Verification>(verification);
    put(kept);
    write([kept](Store &store) { return store.save(*kept); });
    emit changed();
}

void VerificationLibrary::remove(const std::string &id)
{
    if (std::erase_if(m_all, [&](const Pointer &one) { return one->id == id; }) == 0)
        return;
    write([id](Store &store) { return store.remove(id); });
    emit changed();
}

VerificationLibrary::Pointer VerificationLibrary::find(const std::string &id) const
{
    const auto found = std::ranges::find_if(m_all, [&](const Pointer &one) { return one->id == id; });
    return found == m_all.end() ? nullptr : *found;
}

std::vector<VerificationLibrary::Pointer> VerificationLibrary::of(const std::string &path) const
{
    std::vector<Pointer> out;
    std::ranges::copy_if(m_all, std::back_inserter(out), [&](const Pointer &one) { return one->path == path; });
    return out;
}

std::vector<VerificationLibrary::Pointer> VerificationLibrary::latest(const std::vector<std::string> &paths) const
{
    std::vector<Pointer> out;
    std::set<std::tuple<std::string, std::string, std::string>> seen;
    for (const Pointer &one : m_all) {
        if (std::ranges::find(paths, one->path) != paths.end() && seen.emplace(one->path, one->claim, one->version).second)
            out.push_back(one);
    }
    return out;
}

} // namespace assay
