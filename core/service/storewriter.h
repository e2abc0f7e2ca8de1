// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/store.h"

#include <QObject>
#include <QTimer>
#include <deque>

namespace assay {

/// The store on a thread of its own: every slot is called in that thread. Writes are kept until they are on
/// disk.
class StoreWriter : public QObject
{
    Q_OBJECT
public:
    using Write = std::function<Result<void>(Store &)>;
    struct Contents
    {
        std::vector<BenchRun> bench;
        std::vector<EvaluationRun> evaluations;
    };

    explicit StoreWriter(QString file);
    Contents read(); ///< what cannot be read is said through failed()
    void post(Write write);
    void drain(); ///< tries to write everything that waits, in one transaction

signals:
    void failed(const assay::Error &error); ///< once until recovered()
    void recovered();
    void stored(quint64 writes); ///< so many of those posted so far are on disk

private:
    bool ensureOpen();
    void fail(const Error &error);
    Result<void> writeAll();

    QString m_file;
    std::unique_ptr<Store> m_store;
    std::deque<Write> m_waiting;
    QTimer m_drain; ///< fires at once, or later while the disk refuses
    quint64 m_posted = 0;
    bool m_failing = false;
    bool m_damaged = false; ///< the file is not touched any more
};

} // namespace assay
