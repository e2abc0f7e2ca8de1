// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

namespace assay {

class Workspace;

/// Remembers on disk which subjects are being opened, and for some seconds those that just were, so that the next start can
/// tell which of them took the program along. Make it before anything is opened.
class OpeningGuard : public QObject
{
    Q_OBJECT
public:
    explicit OpeningGuard(Workspace *workspace, QObject *parent = nullptr);
    ~OpeningGuard() override; ///< the program ends as it should
    /// The subjects that were being opened when the program ended the last time.
    const QStringList &fatal() const { return m_fatal; }

private:
    void follow(int id);
    void forget(const QString &path);
    void forgetClosed();
    void write() const;

    Workspace *m_workspace;
    QStringList m_fatal, m_opening;
};

} // namespace assay
