// SPDX-License-Identifier: GPL-3.0-or-later
#include "tlsservers.h"

#include "loadtesting.h"

#include <QStandardPaths>
#include <QTcpSocket>
#include <QTest>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

struct Free
{
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
    void operator()(X509 *certificate) const { X509_free(certificate); }
    void operator()(FILE *file) const { fclose(file); }
    void operator()(X509_EXTENSION *extension) const { X509_EXTENSION_free(extension); }
};
template <class T> using Owned = std::unique_ptr<T, Free>;

Owned<FILE> opened(const QString &path)
{
    return Owned<FILE>(fopen(qPrintable(path), "w"));
}

} // namespace

bool makeCertificate(const QString &folder, Certificate kind)
{
    constexpr long kDay = 86400; // s
    const Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
    const Owned<X509> certificate(X509_new());
    X509 *const it = certificate.get();
    X509_set_version(it, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(it), 1);
    X509_gmtime_adj(X509_getm_notBefore(it), -3 * kDay);
    X509_gmtime_adj(X509_getm_notAfter(it), kind == Certificate::Expired ? -kDay : kDay);
    X509_set_pubkey(it, key.get());
    X509_NAME *const name = X509_get_subject_name(it);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char *>("localhost"), -1, -1, 0);
    X509_set_issuer_name(it, name);
    const Owned<X509_EXTENSION> names(X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name,
                                                             kind == Certificate::OfAnother ? "DNS:model.invalid" : "IP:127.0.0.1,DNS:localhost"));
    X509_add_ext(it, names.get(), -1);
    if (X509_sign(it, key.get(), EVP_sha256()) == 0)
        return false;
    const auto certificateFile = opened(folder + QStringLiteral("/cert.pem")),
               keyFile = opened(folder + QStringLiteral("/key.pem"));
    return certificateFile && keyFile && PEM_write_X509(certificateFile.get(), it) == 1 &&
           PEM_write_PrivateKey(keyFile.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1;
}

namespace {

QString program()
{
    const QString anywhere = QStandardPaths::findExecutable(QStringLiteral("nghttpx"));
    return anywhere.isEmpty() ? QStandardPaths::findExecutable(QStringLiteral("nghttpx"), {QStringLiteral("/usr/sbin")})
                              : anywhere;
}

} // namespace

bool TlsProxy::isInstalled()
{
    return !program().isEmpty();
}

bool TlsProxy::start(quint16 backendPort, const QString &folder, Certificate kind)
{
    m_folder = folder;
    m_port = assay::closedPort();
    m_plainPort = assay::closedPort();
    if (!makeCertificate(folder, kind))
        return false;
    m_process.start(program(), {QStringLiteral("--conf=/dev/null"), QStringLiteral("--frontend=127.0.0.1,%1").arg(m_port),
                                QStringLiteral("--frontend=127.0.0.1,%1;no-tls").arg(m_plainPort),
                                QStringLiteral("--backend=127.0.0.1,%1;;proto=http/1.1").arg(backendPort),
                                QStringLiteral("--workers=1"), QStringLiteral("--no-ocsp"),
                                QStringLiteral("--errorlog-file=/dev/null"), folder + QStringLiteral("/key.pem"), certificate()});
    if (!m_process.waitForStarted(30'000))
        return false;
    return QTest::qWaitFor(
        [&] {
            QTcpSocket socket;
            socket.connectToHost(QStringLiteral("127.0.0.1"), m_port);
            return socket.waitForConnected(1000) || m_process.state() == QProcess::NotRunning;
        },
        30'000);
}

TlsProxy::~TlsProxy()
{
    m_process.terminate();
    if (!m_process.waitForFinished(5000)) {
        m_process.kill();
        m_process.waitForFinished(5000);
    }
}

QString TlsProxy::plainUrl() const
{
    return QStringLiteral("http://127.0.0.1:%1").arg(m_plainPort);
}

QString TlsProxy::url() const
{
    return QStringLiteral("https://127.0.0.1:%1").arg(m_port);
}

TunnelProxy::TunnelProxy() : m_listening(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(m_listening, reinterpret_cast<sockaddr *>(&address), size);
    listen(m_listening, 8);
    getsockname(m_listening, reinterpret_cast<sockaddr *>(&address), &size);
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { serve(); });
}

TunnelProxy::~TunnelProxy()
{
    m_stopped = true;
    m_thread.join();
    close(m_listening);
}

std::string TunnelProxy::url() const
{
    return "http://127.0.0.1:" + std::to_string(m_port);
}

std::vector<std::string> TunnelProxy::heads() const
{
    const std::lock_guard lock(m_mutex);
    return m_heads;
}

void TunnelProxy::serve()
{
    while (!m_stopped) { // one client at a time
        pollfd waiting{m_listening, POLLIN, 0};
        if (poll(&waiting, 1, 20) <= 0)
            continue;
        const int client = accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
        tunnel(client);
        close(client);
    }
}

void TunnelProxy::tunnel(int client)
{
    std::string head;
    char bytes[16384];
    while (head.find("\r\n\r\n") == std::string::npos) {
        const ssize_t got = recv(client, bytes, sizeof bytes, 0);
        if (got <= 0)
            return;
        head.append(bytes, size_t(got));
    }
    {
        const std::lock_guard lock(m_mutex);
        m_heads.push_back(head);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(uint16_t(std::stoul(head.substr(head.find(':') + 1))));
    const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool open = connect(server, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    const std::string answer = open ? "HTTP/1.1 200 Connection established\r\n\r\n" : "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";
    open = send(client, answer.data(), answer.size(), MSG_NOSIGNAL) == ssize_t(answer.size()) && open;
    while (open && !m_stopped) {
        pollfd ends[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
        poll(ends, 2, 20);
        for (const auto &[from, to] : {std::pair(&ends[0], server), std::pair(&ends[1], client)}) {
            if (from->revents == 0)
                continue;
            const ssize_t got = recv(from->fd, bytes, sizeof bytes, 0);
            for (ssize_t at = 0, put = 0; at < got; at += put) {
                put = send(to, bytes + at, size_t(got - at), MSG_NOSIGNAL);
                if (put <= 0)
                    break; // nobody is there any more: the next reading tells
            }
            open = open && got > 0;
        }
    }
    close(server);
}
