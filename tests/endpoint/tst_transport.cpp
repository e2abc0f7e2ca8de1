// SPDX-License-Identifier: GPL-3.0-or-later
// TLS, HTTP/2 and proxies in front of the mock, over real sockets.
#include "loadtesting.h"
#include "tlsservers.h"

#include "core/bench/requestmetrics.h"
#include "core/endpoint/exchange.h"
#include "core/mock/mockendpoint.h"

#include <QTest>
#include <set>

using namespace assay;

namespace {

MockScript quick()
{
    MockScript script;
    script.ttft = 0.01;
    script.gap = 0.002;
    script.pieces = 6;
    return script;
}

/// A proxy's part: passes what was asked of it on to no one, and answers itself.
std::string proxied(const std::string &)
{
    const std::string body = "data: {\"choices\":[{\"delta\":{\"content\":\"by proxy\"}}]}\n\ndata: [DONE]\n\n";
    return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// Sets a variable for as long as it lives.
class Variable
{
public:
    Variable(const char *name, const std::string &value)
        : m_name(name), m_before(qgetenv(name)), m_was(qEnvironmentVariableIsSet(name))
    {
        qputenv(name, QByteArray::fromStdString(value));
    }
    ~Variable()
    {
        if (m_was)
            qputenv(m_name, m_before);
        else
            qunsetenv(m_name);
    }

private:
    const char *m_name;
    QByteArray m_before;
    bool m_was;
};

} // namespace

class tst_Transport : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void certificatesAreVerified();
    void badCertificates_data();
    void badCertificates();
    void noTlsBehindHttps();
    void http2();
    void http1WhenAsked();
    void http2WithoutTls();
    void manyStreamsOnOneConnection();
    void resetStreams();
    void oneAsksForTheName();
    void proxies();
    void proxiesThatRefuse();
    void keyIsNotForTheProxy();
    void proxiesThatStall();
    void proxiesThatWantAKey();
    void tunnels();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<MockEndpoint> m_mock;
    std::unique_ptr<TlsProxy> m_tls;
    EndpointTarget secured() const
    {
        EndpointTarget target = targetAt(m_tls->url().toStdString());
        target.transport.caFile = m_tls->certificate().toStdString();
        return target;
    }
};

#define NEEDS_NGHTTPX                                                                                                            \
    if (!TlsProxy::isInstalled())                                                                                                \
    QSKIP("nghttpx is missing (Debian: nghttp2-proxy)")

void tst_Transport::initTestCase()
{
    m_mock = std::make_unique<MockEndpoint>(quick());
    QVERIFY(m_mock->start());
    m_tls = std::make_unique<TlsProxy>();
    if (TlsProxy::isInstalled())
        QVERIFY(m_tls->start(m_mock->port(), m_folder.path()));
}

void tst_Transport::certificatesAreVerified()
{
    NEEDS_NGHTTPX;
    EndpointTarget stranger = secured();
    stranger.transport.caFile.clear(); // the system knows nothing of this certificate
    stranger.key = Secret("sk-secret-0123456789");
    const size_t before = m_mock->requests().size();
    const RequestRecord record = oneRecord(stranger);
    QCOMPARE(record.failure, Failure::Tls);
    QCOMPARE(record.sent, kNever);
    QVERIFY(record.detail.find("certificate") != std::string::npos);
    ExchangeRequest question;
    question.path = "/v1/models";
    QCOMPARE(exchange(stranger, question).failure, Failure::Tls);
    QCOMPARE(m_mock->requests().size(), before); // the key went nowhere
}

void tst_Transport::badCertificates_data()
{
    QTest::addColumn<Certificate>("kind");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("expired") << Certificate::Expired << QByteArray("expired");
    QTest::newRow("of another host") << Certificate::OfAnother << QByteArray("subject name");
}

void tst_Transport::badCertificates()
{
    NEEDS_NGHTTPX;
    QFETCH(Certificate, kind);
    QFETCH(QByteArray, words);
    QTemporaryDir folder;
    TlsProxy server;
    QVERIFY(server.start(m_mock->port(), folder.path(), kind));
    EndpointTarget target = targetAt(server.url().toStdString());
    target.transport.caFile = server.certificate().toStdString(); // its maker is trusted
    target.key = Secret("sk-secret-0123456789");
    const size_t before = m_mock->requests().size();
    const RequestRecord record = oneRecord(target);
    QCOMPARE(record.failure, Failure::Tls);
    QCOMPARE(record.sent, kNever);
    QVERIFY2(record.detail.find(words.toStdString()) != std::string::npos, record.detail.c_str());
    QVERIFY(metricsOf(record).failed && !metricsOf(record).e2e);
    QCOMPARE(m_mock->requests().size(), before);
}

void tst_Transport::noTlsBehindHttps()
{
    RawServer plain([](const std::string &) { return "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"; });
    RawServer gone([](const std::string &) { return std::string(); }); // closes in the middle of the handshake
    for (const RawServer *server : {&plain, &gone}) {
        EndpointTarget target = targetAt("https://127.0.0.1:" + std::to_string(server->port()));
        target.transport.connectLimit = 2; // who waits for a whole request keeps the handshake waiting
        const RequestRecord record = oneRecord(target);
        QVERIFY2(record.failure == Failure::Tls || record.failure == Failure::ConnectTimeout, definitionOf(record.failure).id);
        QCOMPARE(record.status, 0);
        QCOMPARE(record.sent, kNever);
    }
}

void tst_Transport::http2()
{
    NEEDS_NGHTTPX;
    const LevelOutcome outcome = runLevel(secured(), closedLevel(6, 2));
    QCOMPARE(outcome.records.size(), size_t(6));
    for (const RequestRecord &record : outcome.records) {
        QCOMPARE(record.failure, Failure::None);
        QCOMPARE(record.httpVersion, 20);
        QCOMPARE(record.chunks.size(), size_t(6));
        QVERIFY(record.sent >= record.scheduled && record.chunks.front().at > record.sent);
    }
    ExchangeRequest question;
    question.path = "/v1/models";
    const ExchangeAnswer answer = exchange(secured(), question);
    QCOMPARE(answer.failure, Failure::None);
    QCOMPARE(answer.httpVersion, 20);
    QVERIFY(answer.body.find("mock-model") != std::string::npos);
}

void tst_Transport::http1WhenAsked()
{
    NEEDS_NGHTTPX;
    EndpointTarget target = secured();
    target.transport.version = HttpVersion::One;
    const RequestRecord record = oneRecord(target);
    QCOMPARE(record.failure, Failure::None);
    QCOMPARE(record.httpVersion, 11);
}

void tst_Transport::http2WithoutTls()
{
    NEEDS_NGHTTPX;
    EndpointTarget target = targetAt(m_tls->plainUrl().toStdString());
    QCOMPARE(oneRecord(target).httpVersion, 11);
    target.transport.version = HttpVersion::Two;
    const RequestRecord record = oneRecord(target);
    QCOMPARE(record.failure, Failure::None);
    QCOMPARE(record.httpVersion, 20);
    QCOMPARE(record.chunks.size(), size_t(6));
    // A server that knows no HTTP/2 is told so by its answer, not waited for.
    EndpointTarget old = targetAt(m_mock->url());
    old.transport.version = HttpVersion::Two;
    old.transport.headerLimit = 5;
    QVERIFY(oneRecord(old).failure != Failure::None);
}

void tst_Transport::manyStreamsOnOneConnection()
{
    NEEDS_NGHTTPX;
    const LevelOutcome outcome = runLevel(secured(), closedLevel(60, 30));
    int64_t opened = 0;
    for (const RequestRecord &record : outcome.records) {
        QCOMPARE(record.failure, Failure::None);
        QCOMPARE(record.text, std::string("word0 word1 word2 word3 word4 word5"));
        opened += record.connected != kNever ? 1 : 0;
    }
    QVERIFY(mostInFlight(outcome.records) > 1);
    QCOMPARE(opened, 1);
}

void tst_Transport::resetStreams()
{
    NEEDS_NGHTTPX;
    MockScript script = quick();
    script.fault = MockFault::Reset;
    m_mock->setScript(script);
    const RequestRecord record = oneRecord(secured());
    m_mock->setScript(quick());
    QVERIFY(record.failure == Failure::Reset || record.failure == Failure::CutShort); // as the proxy passes it on
    QCOMPARE(oneRecord(secured()).failure, Failure::None);
}

void tst_Transport::oneAsksForTheName()
{
    // A name that must be looked up: the first request goes ahead, and the others follow, in whatever loop they are.
    RawServer proxy(proxied); // stands for the name's server
    EndpointTarget target = targetAt("http://model.invalid:8000");
    target.transport.proxy = proxy.url();
    for (LoadLevel level : {closedLevel(6, 3), openLevel(6, 0)}) {
        const LevelOutcome outcome = runLevel(target, level);
        QCOMPARE(outcome.records.size(), size_t(6));
        for (const RequestRecord &record : outcome.records)
            QCOMPARE(record.failure, Failure::None);
        target.transport.proxy = "http://127.0.0.1:" + std::to_string(closedPort());
        QCOMPARE(runLevel(target, level).records.size(), size_t(6)); // each is told to have failed
        target.transport.proxy = proxy.url();
    }
}

void tst_Transport::proxies()
{
    RawServer proxy(proxied);
    const EndpointTarget target = targetAt("http://model.invalid:8000/v1");
    {
        const Variable variable("http_proxy", proxy.url());
        QCOMPARE(oneRecord(target).text, std::string("by proxy"));
        QVERIFY(proxy.requests().back().starts_with("POST http://model.invalid:8000/v1/chat/completions HTTP/1.1\r\n"));
        // A proxy would look for the server on its own machine.
        QCOMPARE(oneRecord(targetAt(m_mock->url())).text, std::string("word0 word1 word2 word3 word4 word5"));
        const Variable none("no_proxy", "model.invalid");
        QCOMPARE(oneRecord(target).failure, Failure::Dns);
    }
    EndpointTarget asked = target;
    asked.transport.proxy = proxy.url();
    QCOMPARE(oneRecord(asked).text, std::string("by proxy"));
    ExchangeRequest question;
    question.path = "/v1/models";
    QCOMPARE(exchange(asked, question).status, 200);
    QVERIFY(proxy.requests().back().starts_with("GET http://model.invalid:8000/v1/models HTTP/1.1\r\n"));
}

void tst_Transport::proxiesThatRefuse()
{
    RawServer refusing([](const std::string &) { return "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"; });
    EndpointTarget target = targetAt("https://model.invalid");
    target.transport.proxy = refusing.url();
    const RequestRecord record = oneRecord(target);
    QCOMPARE(record.failure, Failure::Unreachable); // the server was never asked: this is not its 403
    QCOMPARE(record.status, 0);
    target.transport.proxy = "http://127.0.0.1:" + std::to_string(closedPort());
    QCOMPARE(oneRecord(target).failure, Failure::Refused);
    target.transport.proxy = "http://no-such-proxy.invalid:3128";
    QCOMPARE(oneRecord(target).failure, Failure::Dns);
}

void tst_Transport::keyIsNotForTheProxy()
{
    RawServer proxy([](const std::string &) { return "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"; });
    EndpointTarget target = targetAt("https://model.invalid");
    target.key = Secret("sk-secret-0123456789");
    target.transport.proxy = proxy.url();
    QCOMPARE(oneRecord(target).failure, Failure::Unreachable);
    QVERIFY(proxy.requests().front().starts_with("CONNECT model.invalid:443 "));
    QVERIFY(proxy.requests().front().find("sk-secret") == std::string::npos);
}

void tst_Transport::proxiesThatStall()
{
    const DeafServer deaf;
    EndpointTarget target = targetAt("https://model.invalid");
    target.transport.proxy = "http://127.0.0.1:" + std::to_string(deaf.port());
    target.transport.connectLimit = 0.3;
    const RequestRecord record = oneRecord(target);
    QCOMPARE(record.failure, Failure::ConnectTimeout);
    QCOMPARE(record.sent, kNever);
}

void tst_Transport::proxiesThatWantAKey()
{
    RawServer proxy([](const std::string &) {
        return "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n";
    });
    EndpointTarget target = targetAt("https://model.invalid");
    target.key = Secret("sk-secret-0123456789");
    target.transport.proxy = proxy.url();
    QCOMPARE(oneRecord(target).failure, Failure::Unreachable); // no word of the server's
    for (const std::string &request : proxy.requests())
        QVERIFY(request.find("sk-secret") == std::string::npos);
}

void tst_Transport::tunnels()
{
    NEEDS_NGHTTPX;
    TunnelProxy proxy;
    // Names of this machine never go through a proxy, so the server has another one, which only the proxy knows.
    QTemporaryDir folder;
    TlsProxy server;
    QVERIFY(server.start(m_mock->port(), folder.path(), Certificate::OfAnother));
    const std::string port = server.url().section(QLatin1Char(':'), -1).toStdString();
    EndpointTarget target = targetAt("https://model.invalid:" + port);
    target.key = Secret("sk-secret-0123456789");
    target.transport.caFile = server.certificate().toStdString();
    target.transport.proxy = proxy.url();
    const RequestRecord record = oneRecord(target);
    QCOMPARE(record.failure, Failure::None);
    QCOMPARE(record.httpVersion, 20); // agreed upon with the server, through the proxy
    QCOMPARE(record.chunks.size(), size_t(6));
    QCOMPARE(proxy.heads().size(), size_t(1));
    QVERIFY(proxy.heads().front().starts_with("CONNECT model.invalid:" + port + " HTTP/1.1\r\n"));
    QVERIFY(proxy.heads().front().find("sk-secret") == std::string::npos);
}

QTEST_GUILESS_MAIN(tst_Transport)
#include "tst_transport.moc"
