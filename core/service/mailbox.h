// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMutex>
#include <QObject>
#include <memory>
#include <utility>

namespace assay {

/// Through which work on another thread reaches the object that asked for it, if that still lives. Shared by
/// both.
class Mailbox
{
public:
    explicit Mailbox(QObject *owner) : m_owner(owner) {}
    /// Called by the owner before it goes: nothing is delivered any more.
    void close()
    {
        const QMutexLocker lock(&m_mutex);
        m_owner = nullptr;
    }
    /// From any thread: runs call in the owner's.
    template <class Call> void post(Call call)
    {
        const QMutexLocker lock(&m_mutex);
        if (m_owner)
            QMetaObject::invokeMethod(m_owner, std::move(call), Qt::QueuedConnection);
    }

private:
    QMutex m_mutex;
    QObject *m_owner;
};

} // namespace assay
