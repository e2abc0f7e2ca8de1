// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/protocol/messages.h"
#include "core/service/mailbox.h"

#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTimer>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace assay {

/// How a worker is started: the program itself, or any prefix (ssh HOST assay-worker, docker exec -i ...).
struct WorkerCommand
{
    QString program;
    QStringList arguments;
    QString machine = {}; ///< where it leads, as the user calls it; empty: this machine
    QString worker = {};  ///< the worker's path there
    int patience = 30000; ///< ms until it has to say hello
    /// $ASSAY_WORKER (a program or a whole command), else assay-worker beside this program, else in PATH.
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
    ~WorkerClient() override; ///< every open reply gets Cancelled first, then the process is killed

    void start(); ///< then ready() or failed()
    bool isReady() const { return m_ready; }
    bool isOver() const { return m_over; } ///< given up or stopped: a new client is needed
    const protocol::Hello &hello() const { return m_hello; }
    qint64 processId() const;
    /// How long the worker may take to say hello; as the command says unless set.
    void setHelloLimit(int milliseconds) { m_helloLimit = milliseconds; }

    /// Exactly one reply, also when the worker dies. Notifications that carry this request's id go to notify.
    int64_t request(const char *method, const protocol::Json &params, Reply reply, Notify notify = {});
    /// Asks the worker to cancel; when it does not end the request within a second the process is terminated,
    /// then killed. The reply gets ErrorCode::Cancelled.
    void cancel(int64_t id);
    /// shutdown, then terminate, then kill; does not wait.
    void stop();
    /// Kills the process; open replies and failed() get the error. For answers that cannot be trusted.
    void giveUp(const Error &error);

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
    void readLog();
    void addLogLine(const QByteArray &line);
    std::optional<QByteArray> nextLine();
    void parseElsewhere(const QByteArray &line);
    void handle(Result<protocol::Message> message);
    void handleResponse(protocol::Message &message);
    void handleNotification(const protocol::Message &message);
    void handleHello(const Result<protocol::Json> &answer);
    void processEnded();
    void expectEnd();
    void terminateThenKill();
    void dropProcess();
    QString endOfProcess() const;
    Error errorOfEnd() const;

    WorkerCommand m_command;
    std::unique_ptr<QProcess> m_process;
    QTimer m_helloTimer;
    std::shared_ptr<Mailbox> m_mailbox;
    QByteArray m_buffer, m_logBuffer;
    qsizetype m_scanned = 0; ///< m_buffer holds no line end before this
    QStringList m_lastLog; ///< some lines, oldest first
    std::map<int64_t, Pending> m_pending;
    protocol::Hello m_hello;
    std::optional<Error> m_end; ///< what later requests get
    int64_t m_nextId = 1;
    int m_helloLimit;
    bool m_ready = false;
    bool m_greeted = false; ///< it was ready once
    bool m_over = false;
    bool m_parsing = false; ///< a long line is being parsed on another thread; what follows it waits
    bool m_stopping = false;
    bool m_forced = false; ///< it did not obey cancel
    bool m_ended = false; ///< the process is gone, its last lines may still be unread
};

} // namespace assay
