// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

/// A certificate for 127.0.0.1 and localhost that signs itself, made for this run; folder/cert.pem and folder/key.pem.
bool makeCertificate(const QString &folder);

/// nghttpx in front of a plain server: TLS, HTTP/2 and HTTP/1.1 as the client wishes (ALPN).
class TlsProxy
{
public:
    static bool isInstalled();
    bool start(quint16 backendPort, const QString &folder);
    ~TlsProxy();
    QString url() const;
    QString plainUrl() const; ///< HTTP/2 and HTTP/1.1 without TLS
    QString certificate() const { return m_folder + QStringLiteral("/cert.pem"); }

private:
    QProcess m_process;
    QString m_folder;
    quint16 m_port = 0, m_plainPort = 0;
};
