// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/protocol/messages.h"

#include <QObject>
#include <QProcess>
#include <QStringList>
#include <functional>
#include <map>

namespace assay {

/// How a worker is started: the program itself, or any prefix (ssh HOST assay-worker, docker exec -i ...).
struct WorkerCommand
{
    QString program;
    QStringList arguments;
    /// $ASSAY_WORKER, else assay-worker beside this program, else in PATH.
    static WorkerCommand local();
};

/// One assay-worker process, spoken to asynchronously in the thread it lives in. Never blocks.
class WorkerClient : public QObject
{
    Q_OBJECT
public:
    using Reply = std::function<void(Result<protocol::Json>)>;
    using Notify = std::function<void(const std::string &method, const protocol::Json &params)>;

    explicit WorkerClient(WorkerCommand command, QObject *parent = nullptr);
    ~WorkerClient() override; ///< terminates, then kills; every open reply gets an error first

    void start(); ///< then ready() or failed()
    bool isReady() const { return m_ready; }
    const protocol::Hello &hello() const { return m_hello; }
    qint64 processId() const;

    /// Exactly one reply, also when the worker dies. Notifications that carry this request's id go to notify.
    int64_t request(const char *method, const protocol::Json &params, Reply reply, Notify notify = {});
    /// Asks the worker to cancel; when it does not end the request within a second the process is terminated,
    /// then killed. The reply gets ErrorCode::Cancelled.
    void cancel(int64_t id);
    /// shutdown, then terminate, then kill; does not wait.
    void stop();

signals:
    void ready();
    void failed(const assay::Error &error); ///< missing, died, silent, too old; the client is of no more use
    void logLine(const QString &line);      ///< the worker's stderr

private:
    struct Pending
    {
        Reply reply;
        Notify notify;
        bool cancelled = false;
    };
    void readOutput();
    void handleLine(const QByteArray &line);
    void handleHello(const Result<protocol::Json> &answer);
    void giveUp(const Error &error);
    void processEnded(int exitCode, QProcess::ExitStatus status);

    WorkerCommand m_command;
    QProcess m_process;
    QByteArray m_buffer;
    QString m_lastLog;
    std::map<int64_t, Pending> m_pending;
    protocol::Hello m_hello;
    int64_t m_nextId = 1;
    bool m_ready = false;
    bool m_over = false;
};

} // namespace assay
