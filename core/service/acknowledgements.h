// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/finding.h"

#include <QHash>
#include <QObject>
#include <optional>

namespace assay {

/// That somebody knows of a finding and takes it on.
struct Acknowledgement
{
    QString by;
    QString note;
    QString when; ///< utcNow()
};

/// The findings that people have acknowledged, kept in the settings by the fingerprint of the subject's weights: a
/// copy of the model elsewhere has them too, other weights under the same name do not. A finding is the same as long
/// as its code, arguments and place are.
class Acknowledgements : public QObject
{
    Q_OBJECT
public:
    explicit Acknowledgements(QObject *parent = nullptr);
    std::optional<Acknowledgement> find(const std::string &fingerprint, const Finding &finding) const;
    /// Nothing is kept for an empty fingerprint.
    void acknowledge(const std::string &fingerprint, const Finding &finding, const Acknowledgement &how);
    void withdraw(const std::string &fingerprint, const Finding &finding);
    /// Those that nobody has acknowledged.
    std::vector<Finding> open(const std::string &fingerprint, const std::vector<Finding> &findings) const;

signals:
    void changed(const QString &fingerprint);

private:
    QHash<QString, Acknowledgement> m_known; ///< by the settings' key
};

} // namespace assay
