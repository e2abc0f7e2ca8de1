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

bool makeCertificate(const QString &folder)
{
    const Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
    const Owned<X509> certificate(X509_new());
    X509 *const it = certificate.get();
    X509_set_version(it, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(it), 1);
    X509_gmtime_adj(X509_getm_notBefore(it), -86400);
    X509_gmtime_adj(X509_getm_notAfter(it), 86400);
    X509_set_pubkey(it, key.get());
    X509_NAME *const name = X509_get_subject_name(it);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char *>("localhost"), -1, -1, 0);
    X509_set_issuer_name(it, name);
    const Owned<X509_EXTENSION> names(X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost"));
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

bool TlsProxy::start(quint16 backendPort, const QString &folder)
{
    m_folder = folder;
    m_port = assay::closedPort();
    m_plainPort = assay::closedPort();
    if (!makeCertificate(folder))
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
