// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/workerclient.h"

#include "core/service/background.h"
#include "core/service/machineend.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QPointer>
#include <QProcessEnvironment>
#include <QThread>

namespace assay {
namespace {

constexpr int kPatience = 1000;            // ms between cancel, terminate and kill
constexpr int kReadSlice = 8;              // ms of reading before the event loop gets its turn
constexpr qsizetype kLongLine = 128 << 10; // bytes; parsing more takes milliseconds
constexpr int kLogLineLimit = 4096;        // bytes of one line of stderr that are kept
constexpr int kLogLinesPerRead = 1000;     // more at once are a flood: its end is kept
constexpr int kLastLines = 20;            // of stderr, kept for saying why the worker ended
constexpr int kBriefWait = 20;             // ms in which a killed process is usually gone
constexpr int kOutOfMemorySignal = 9;      // SIGKILL, which the kernel sends when memory runs out

QString describeExit(const QProcess &process)
{
    const int code = process.exitCode();
    if (process.exitStatus() == QProcess::CrashExit) {
        return code == kOutOfMemorySignal
                   ? WorkerClient::tr("killed by signal 9, perhaps because memory ran out")
                   : WorkerClient::tr("stopped by signal %1").arg(code);
    }
    // A shell or ssh in between reports a signal as 128 + its number.
    if (code == 128 + kOutOfMemorySignal)
        return WorkerClient::tr("exit code %1, perhaps because memory ran out").arg(code);
    return WorkerClient::tr("exit code %1").arg(code);
}

} // namespace

WorkerClient::WorkerClient(WorkerCommand command, QObject *parent)
    : QObject(parent), m_command(std::move(command)), m_process(std::make_unique<QProcess>()),
      m_mailbox(std::make_shared<Mailbox>(this)), m_helloLimit(m_command.patience)
{
    QProcess *process = m_process.get();
    connect(process, &QProcess::readyReadStandardOutput, this, &WorkerClient::readOutput);
    connect(process, &QProcess::readyReadStandardError, this, &WorkerClient::readLog);
    connect(process, &QProcess::finished, this, [this] {
        const QPointer<WorkerClient> alive(this);
        m_ended = true;
        readLog();
        if (alive)
            readOutput();
    });
    // Queued: start() itself may report the failure, and nobody listens yet.
    connect(
        process, &QProcess::errorOccurred, this,
        [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart) {
                giveUp({ErrorCode::WorkerMissing,
                        {m_command.program.toStdString(), m_process->errorString().toStdString()},
                        {}});
            } else if (error == QProcess::WriteError) {
                expectEnd();
            }
        },
        Qt::QueuedConnection);
    m_helloTimer.setSingleShot(true);
    connect(&m_helloTimer, &QTimer::timeout, this, [this] {
        giveUp({ErrorCode::WorkerSilent, {std::to_string((m_helloLimit + 999) / 1000)}, {}});
    });
}

WorkerClient::~WorkerClient()
{
    m_mailbox->close();
    disconnect(this, nullptr, nullptr, nullptr);
    giveUp({ErrorCode::Cancelled, {}, {}});
}

void WorkerClient::start()
{
    // OpenMP's threads spin while they wait; on a busy machine that costs whole time slices (measured: half of an
    // evaluation's time beside two other busy processes, nothing on an idle machine).
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (!environment.contains(QStringLiteral("OMP_WAIT_POLICY")))
        environment.insert(QStringLiteral("OMP_WAIT_POLICY"), QStringLiteral("passive"));
    m_process->setProcessEnvironment(environment);
    m_process->start(m_command.program, m_command.arguments);
    m_helloTimer.start(m_helloLimit);
    request(protocol::method::kHello, {{"protocol", protocol::kVersion}},
            [this](const Result<protocol::Json> &answer) { handleHello(answer); });
}

qint64 WorkerClient::processId() const
{
    return m_process ? m_process->processId() : 0;
}

int64_t WorkerClient::request(const char *method, const protocol::Json &params, Reply reply, Notify notify)
{
    const int64_t id = m_nextId++;
    if (m_over || m_stopping) {
        // The caller expects its answer later, never from within this call.
        const Error error = m_end.value_or(Error{ErrorCode::Cancelled, {}, {}});
        QMetaObject::invokeMethod(
            this, [reply = std::move(reply), error] { reply(tl::unexpected<Error>(error)); },
            Qt::QueuedConnection);
        return id;
    }
    m_pending[id] = {std::move(reply), std::move(notify), false};
    const std::string line = protocol::requestLine(id, method, params);
    m_process->write(line.data(), qint64(line.size()));
    return id;
}

void WorkerClient::cancel(int64_t id)
{
    const auto pending = m_pending.find(id);
    if (pending == m_pending.end() || pending->second.cancelled)
        return;
    pending->second.cancelled = true;
    request(protocol::method::kCancel, {{"id", id}}, [](const Result<protocol::Json> &) {});
    QTimer::singleShot(kPatience, this, [this, id] {
        if (m_pending.count(id) == 0)
            return;
        m_forced = true;
        emit logLine(tr("The worker did not stop within a second and is ended."));
        terminateThenKill();
    });
}

void WorkerClient::stop()
{
    if (m_over || m_stopping)
        return;
    request(protocol::method::kShutdown, protocol::Json::object(), [](const Result<protocol::Json> &) {});
    m_stopping = true;
    m_ready = false;
    m_helloTimer.stop();
    m_process->closeWriteChannel();
    QTimer::singleShot(kPatience, this, &WorkerClient::terminateThenKill);
}

void WorkerClient::terminateThenKill()
{
    if (m_over)
        return;
    m_process->terminate();
    QTimer::singleShot(kPatience, this, [this] {
        if (!m_over)
            m_process->kill();
    });
}

void WorkerClient::expectEnd()
{
    // It does not listen any more: its end follows at once, or nothing ever will.
    QTimer::singleShot(kPatience, this, [this] {
        if (!m_ended)
            giveUp({ErrorCode::WorkerDied, {tr("it closed its connection").toStdString()}, {}});
    });
}

std::optional<QByteArray> WorkerClient::nextLine()
{
    const qsizetype end = m_buffer.indexOf('\n', m_scanned);
    if (end < 0) {
        m_scanned = m_buffer.size();
        return std::nullopt;
    }
    QByteArray line = m_buffer.left(end);
    m_buffer.remove(0, end + 1);
    m_scanned = 0;
    return line;
}

void WorkerClient::readOutput()
{
    // A reply may delete this client, or run an event loop that comes back here.
    const QPointer<WorkerClient> alive(this);
    if (m_over || m_parsing)
        return;
    m_buffer += m_process->readAllStandardOutput();
    const QDeadlineTimer turn(kReadSlice);
    while (const std::optional<QByteArray> line = nextLine()) {
        if (line->size() > kLongLine) {
            parseElsewhere(*line);
            return;
        }
        // A login at the other end may print before it starts the worker.
        if (!m_command.machine.isEmpty() && !m_greeted && !line->startsWith('{'))
            addLogLine(*line);
        else
            handle(protocol::parseLine({line->constData(), size_t(line->size())}));
        if (!alive || m_over)
            return;
        if (turn.hasExpired()) {
            QMetaObject::invokeMethod(this, &WorkerClient::readOutput, Qt::QueuedConnection);
            return;
        }
    }
    if (size_t(m_buffer.size()) > protocol::kMaximumLine)
        giveUp({ErrorCode::ProtocolViolation, {tr("a line is longer than 64 MiB").toStdString()}, {}});
    else if (m_ended)
        processEnded();
}

void WorkerClient::parseElsewhere(const QByteArray &line)
{
    m_parsing = true;
    inBackground([this, mailbox = m_mailbox, line] {
        auto message = std::make_shared<Result<protocol::Message>>(
            protocol::parseLine({line.constData(), size_t(line.size())}));
        mailbox->post([this, message] {
            const QPointer<WorkerClient> alive(this);
            m_parsing = false;
            if (m_over)
                return;
            handle(std::move(*message));
            if (alive)
                readOutput();
        });
    });
}

void WorkerClient::handle(Result<protocol::Message> message)
{
    if (!message)
        giveUp(message.error());
    else if (!message->method.empty() && !message->id)
        handleNotification(*message);
    else if (message->method.empty() && message->id)
        handleResponse(*message);
    else if (message->error)
        giveUp(*message->error);
    else
        giveUp({ErrorCode::ProtocolViolation, {tr("the worker asks a question").toStdString()}, {}});
}

void WorkerClient::handleResponse(protocol::Message &message)
{
    auto node = m_pending.extract(*message.id);
    if (node.empty()) {
        emit logLine(tr("An answer to no question was ignored (%1)").arg(*message.id));
        return;
    }
    const Pending &pending = node.mapped();
    if (pending.cancelled)
        pending.reply(failure(ErrorCode::Cancelled));
    else if (message.error)
        pending.reply(tl::unexpected<Error>(std::move(*message.error)));
    else
        pending.reply(std::move(message.result));
}

void WorkerClient::handleNotification(const protocol::Message &message)
{
    const auto id = message.params.is_object() ? message.params.find("id") : message.params.end();
    if (!message.params.is_object() || id == message.params.end() || !id->is_number_integer()) {
        giveUp({ErrorCode::ProtocolViolation, {tr("a notification names no request").toStdString()}, {}});
        return;
    }
    const auto pending = m_pending.find(id->get<int64_t>());
    if (pending == m_pending.end() || pending->second.cancelled || !pending->second.notify)
        return;
    const Notify notify = pending->second.notify;
    notify(message.method, message.params);
}

void WorkerClient::handleHello(const Result<protocol::Json> &answer)
{
    if (!answer) {
        giveUp(answer.error());
        return;
    }
    // The version is looked at first: everything else may have changed with it.
    const auto version = answer->is_object() ? answer->find("protocol") : answer->end();
    if (answer->is_object() && version != answer->end() && version->is_number_integer() &&
        version->get<int64_t>() != protocol::kVersion) {
        giveUp({ErrorCode::WorkerTooOld,
                {std::to_string(version->get<int64_t>()), std::to_string(protocol::kVersion)},
                {}});
        return;
    }
    if (const Result<void> read = fromJson(*answer, m_hello); !read) {
        giveUp(read.error());
        return;
    }
    m_helloTimer.stop();
    m_ready = m_greeted = true;
    emit ready();
}

void WorkerClient::readLog()
{
    const QPointer<WorkerClient> alive(this);
    if (m_over)
        return;
    m_logBuffer += m_process->readAllStandardError();
    QList<QByteArray> lines = m_logBuffer.split('\n');
    m_logBuffer = m_ended ? QByteArray() : lines.takeLast();
    m_logBuffer.truncate(kLogLineLimit);
    if (lines.size() > kLogLinesPerRead) {
        const qsizetype left = lines.size() - kLogLinesPerRead;
        lines.remove(0, left);
        emit logLine(filled(tr("(%1 {1:line|lines} left out)"), {QString::number(left)}));
    }
    for (const QByteArray &line : std::as_const(lines)) {
        if (alive)
            addLogLine(line);
    }
}

void WorkerClient::addLogLine(const QByteArray &line)
{
    const QString text = QString::fromUtf8(line.left(kLogLineLimit)).trimmed();
    if (text.isEmpty())
        return;
    m_lastLog.append(text);
    if (m_lastLog.size() > kLastLines)
        m_lastLog.removeFirst();
    emit logLine(text);
}

QString WorkerClient::endOfProcess() const
{
    const QString how = describeExit(*m_process);
    // Who is killed has no time to say why: its last line is about something else.
    if (m_process->exitStatus() == QProcess::CrashExit && m_process->exitCode() == kOutOfMemorySignal)
        return how;
    return m_lastLog.isEmpty() ? how : how + QStringLiteral(": ") + m_lastLog.last();
}

void WorkerClient::processEnded()
{
    if (m_stopping)
        giveUp({ErrorCode::Cancelled, {}, {}});
    else
        giveUp(errorOfEnd());
}

Error WorkerClient::errorOfEnd() const
{
    if (!m_command.machine.isEmpty() && m_process->exitStatus() == QProcess::NormalExit) {
        if (auto error = machineError({m_command.machine, m_command.worker, m_process->exitCode(), m_greeted, m_lastLog}))
            return *error;
    }
    return {ErrorCode::WorkerDied, {endOfProcess().toStdString()}, {}};
}

void WorkerClient::giveUp(const Error &error)
{
    if (m_over)
        return;
    m_over = true;
    m_ready = false;
    m_end = error;
    m_helloTimer.stop();
    dropProcess();
    const QPointer<WorkerClient> alive(this);
    const Error last = error;
    const bool silent = m_stopping;
    std::map<int64_t, Pending> open;
    open.swap(m_pending);
    const std::string how = m_forced ? tr("the worker did not stop within a second and was ended").toStdString() : std::string();
    for (auto &[id, pending] : open)
        pending.reply(tl::unexpected<Error>(pending.cancelled ? Error{ErrorCode::Cancelled, {}, how} : last));
    if (alive && !silent)
        emit failed(last);
}

void WorkerClient::dropProcess()
{
    disconnect(m_process.get(), nullptr, this, nullptr);
    if (m_process->state() != QProcess::NotRunning) {
        m_process->kill();
        // A process with much memory takes long to go; waiting for that would stall the window. Other threads may wait.
        m_process->waitForFinished(thread() == QCoreApplication::instance()->thread() ? kBriefWait : kPatience);
    }
    letGo(std::move(m_process));
}

} // namespace assay
