// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMutex>
#include <QStringList>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <atomic>
#include <cmath>
#include <nlohmann/json.hpp>

namespace assay {

/// A completions API that echoes prompts with log-probabilities in the form of vLLM's answers (a token is a word with the blank before it),
/// or fails to in the ways in which servers do.
class EchoServer
{
public:
    enum class Way { Whole, OnlyTheAnswer, Refuses, NoLogProbabilities };

    explicit EchoServer(Way way = Way::Whole, bool beginToken = false) : m_way(way), m_begin(beginToken)
    {
        m_server = new QTcpServer;
        m_server->moveToThread(&m_thread);
        QObject::connect(m_server, &QTcpServer::newConnection, m_server, [this] {
            while (QTcpSocket *socket = m_server->nextPendingConnection())
                QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { serve(socket); });
        });
        QObject::connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
        m_thread.start();
        QMetaObject::invokeMethod(m_server, [this] { m_server->listen(QHostAddress::LocalHost); }, Qt::BlockingQueuedConnection);
    }
    ~EchoServer()
    {
        m_thread.quit();
        m_thread.wait();
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_server->serverPort()); }
    /// So many of the next requests are answered by 429.
    std::atomic<int> busy = 0;
    std::atomic<int> requests = 0; ///< that came

    static QStringList tokensOf(const QString &text)
    {
        QStringList out;
        for (const QChar c : text) {
            if (out.isEmpty() || c == u' ' || c == u'\n')
                out << QString();
            out.back() += c;
        }
        return out;
    }
    /// What a token is worth behind another.
    static double worth(const QString &before, const QString &token)
    {
        uint32_t sum = 7;
        for (const QChar c : before + u'|' + token)
            sum = sum * 31 + c.unicode();
        return -0.01 - double(sum % 997) / 200;
    }
    /// Of the tokens behind the context, by hand.
    static double sum(const QString &context, const QString &continuation)
    {
        QString before = tokensOf(context).value(tokensOf(context).size() - 1);
        double out = 0;
        for (const QString &token : tokensOf(continuation)) {
            out += worth(before, token);
            before = token;
        }
        return out;
    }

private:
    void serve(QTcpSocket *socket)
    {
        QByteArray have = socket->property("have").toByteArray() + socket->readAll();
        const qsizetype end = have.indexOf("\r\n\r\n");
        qsizetype length = 0;
        for (const QByteArray &line : have.left(end < 0 ? 0 : end).split('\n')) {
            if (line.toLower().startsWith("content-length:"))
                length = line.mid(15).trimmed().toInt();
        }
        socket->setProperty("have", have);
        if (end < 0 || have.size() < end + 4 + length)
            return;
        socket->setProperty("have", QByteArray());
        ++requests;
        if (busy.fetch_sub(1) > 0)
            return send(socket, "429 Too Many Requests", R"({"error":{"message":"slow down"}})");
        if (m_way == Way::Refuses)
            return send(socket, "400 Bad Request", R"({"error":{"message":"Only no echo is supported"}})");
        send(socket, "200 OK", QByteArray::fromStdString(answerTo(nlohmann::json::parse(have.mid(end + 4).toStdString(), nullptr, false)).dump()));
    }
    static void send(QTcpSocket *socket, const char *status, const QByteArray &body)
    {
        socket->write("HTTP/1.1 " + QByteArray(status) + "\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }
    nlohmann::json answerTo(const nlohmann::json &asked) const
    {
        using nlohmann::json;
        const std::string prompt = asked.value("prompt", "");
        QStringList tokens = tokensOf(QString::fromStdString(prompt));
        if (m_begin)
            tokens.prepend(QStringLiteral("<s>"));
        json values = json::array(), texts = json::array(), top = json::array();
        const auto add = [&](const QString &token, const json &value) {
            texts.push_back(token.toStdString());
            values.push_back(value);
            top.push_back(value.is_null() ? json() : json{{token.toStdString(), value}, {"other", -0.5}});
        };
        for (qsizetype i = 0; i < tokens.size() && m_way == Way::Whole; ++i) {
            // Behind a begin token a text begins as behind nothing.
            const QString before = i > 0 && !(m_begin && i == 1) ? tokens[i - 1] : QString();
            add(tokens[i], i == 0 ? json() : json(worth(before, tokens[i])));
        }
        add(QStringLiteral(" next"), -0.25);
        json choice{{"index", 0}, {"text", prompt + " next"}, {"finish_reason", "length"}};
        if (m_way != Way::NoLogProbabilities)
            choice["logprobs"] = {{"tokens", texts}, {"token_logprobs", values}, {"top_logprobs", top}};
        return {{"object", "text_completion"}, {"model", asked.value("model", "")}, {"choices", {choice}},
                {"usage", {{"prompt_tokens", tokens.size()}, {"completion_tokens", 1}}}};
    }

    const Way m_way;
    const bool m_begin;
    QThread m_thread;
    QTcpServer *m_server; ///< lives in m_thread
};

} // namespace assay
