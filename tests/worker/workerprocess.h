// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/protocol/messages.h"

#include <QElapsedTimer>
#include <QProcess>
#include <map>

/// A real assay-worker, spoken to line by line.
class WorkerProcess
{
public:
    using Json = assay::protocol::Json;

    explicit WorkerProcess(const QStringList &arguments = {QStringLiteral("--threads"), QStringLiteral("2")})
    {
        m_process.start(QStringLiteral(ASSAY_BINARY_DIR "/bin/assay-worker"), arguments);
        m_process.waitForStarted();
    }

    ~WorkerProcess()
    {
        m_process.closeWriteChannel();
        if (!m_process.waitForFinished(10'000))
            m_process.kill();
        m_process.waitForFinished();
    }

    QProcess &process() { return m_process; }

    void write(const std::string &line) { m_process.write(QByteArray::fromStdString(line)); }

    /// Sends a request and gives its id.
    int64_t send(const char *method, const Json &params)
    {
        write(assay::protocol::requestLine(++m_lastId, method, params));
        return m_lastId;
    }

    /// The next message, whatever it is; nothing after a minute of silence or when the worker has ended.
    std::optional<assay::protocol::Message> next()
    {
        QElapsedTimer timer;
        timer.start();
        while (!m_process.canReadLine()) {
            if (m_process.state() == QProcess::NotRunning || timer.hasExpired(60'000))
                return std::nullopt;
            m_process.waitForReadyRead(1000);
        }
        QByteArray line = m_process.readLine();
        line.chop(1);
        auto message = assay::protocol::parseLine(line.toStdString());
        return message ? std::optional(*message) : std::nullopt;
    }

    /// The answer to this request; what comes before it goes to notifications().
    std::optional<assay::protocol::Message> answerTo(int64_t id)
    {
        while (true) {
            if (const auto found = m_answers.find(id); found != m_answers.end())
                return found->second;
            auto message = next();
            if (!message)
                return std::nullopt;
            if (!message->method.empty())
                m_notifications.push_back(*message);
            else
                m_answers[message->id.value_or(0)] = *message;
        }
    }

    std::optional<assay::protocol::Message> ask(const char *method, const Json &params)
    {
        m_notifications.clear();
        return answerTo(send(method, params));
    }

    /// The handle of a model that must load; 0 when it did not.
    int64_t load(const QString &path, const char *dtype = "f32")
    {
        const auto answer =
            ask(assay::protocol::method::kLoad, {{"path", path.toStdString()}, {"dtype", dtype}});
        if (!answer || answer->error) {
            qWarning("load: %s", answer ? answer->error->sentence().c_str() : "no answer");
            return 0;
        }
        m_lastLoad = answer->result;
        return answer->result.value("model", int64_t(0));
    }

    const std::vector<assay::protocol::Message> &notifications() const { return m_notifications; }
    const Json &lastLoad() const { return m_lastLoad; }

private:
    QProcess m_process;
    int64_t m_lastId = 0;
    std::map<int64_t, assay::protocol::Message> m_answers;
    std::vector<assay::protocol::Message> m_notifications;
    Json m_lastLoad;
};
