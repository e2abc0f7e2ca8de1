// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>
#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

/// What may be wrong with a certificate.
enum class Certificate { Good, Expired, OfAnother };

/// A certificate for 127.0.0.1 and localhost (OfAnother: for another host) that signs itself, made for this run;
/// folder/cert.pem and folder/key.pem.
bool makeCertificate(const QString &folder, Certificate kind = Certificate::Good);

/// A proxy that passes bytes on to any address that CONNECT names, as long as that is on this machine.
class TunnelProxy
{
public:
    TunnelProxy();
    ~TunnelProxy();
    std::string url() const;
    /// What clients said before the tunnels began.
    std::vector<std::string> heads() const;

private:
    void serve();
    void tunnel(int client);
    uint16_t m_port = 0; // told by the making of the next one
    int m_listening = -1;
    std::atomic<bool> m_stopped = false;
    mutable std::mutex m_mutex;
    std::vector<std::string> m_heads;
    std::thread m_thread;
};

/// nghttpx in front of a plain server: TLS, HTTP/2 and HTTP/1.1 as the client wishes (ALPN).
class TlsProxy
{
public:
    static bool isInstalled();
    bool start(quint16 backendPort, const QString &folder, Certificate kind = Certificate::Good);
    ~TlsProxy();
    QString url() const;
    QString plainUrl() const; ///< HTTP/2 and HTTP/1.1 without TLS
    QString certificate() const { return m_folder + QStringLiteral("/cert.pem"); }

private:
    QProcess m_process;
    QString m_folder;
    quint16 m_port = 0, m_plainPort = 0;
};
