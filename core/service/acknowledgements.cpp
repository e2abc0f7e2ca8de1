// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/acknowledgements.h"

#include <QCryptographicHash>
#include <QSettings>
#include <QStringList>

namespace assay {
namespace {

const QString kGroup = QStringLiteral("acknowledged");

QString hashOf(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().left(32));
}

/// "FINGERPRINT/FINDING", both as digests: they may hold anything.
QString keyOf(const std::string &fingerprint, const Finding &finding)
{
    QByteArray text(definitionOf(finding.code).id);
    for (const std::string &argument : finding.arguments)
        text += '\0' + QByteArray::fromStdString(argument);
    text += '\0' + QByteArray::fromStdString(finding.where);
    return hashOf(QByteArray::fromStdString(fingerprint)) + u'/' + hashOf(text);
}

} // namespace

Acknowledgements::Acknowledgements(QObject *parent) : QObject(parent)
{
    QSettings store;
    store.beginGroup(kGroup);
    for (const QString &subject : store.childGroups()) {
        store.beginGroup(subject);
        for (const QString &finding : store.childKeys()) {
            const QStringList fields = store.value(finding).toStringList();
            m_known.insert(subject + u'/' + finding, {fields.value(0), fields.value(1), fields.value(2)});
        }
        store.endGroup();
    }
}

std::optional<Acknowledgement> Acknowledgements::find(const std::string &fingerprint, const Finding &finding) const
{
    if (m_known.isEmpty() || fingerprint.empty())
        return {};
    const auto found = m_known.constFind(keyOf(fingerprint, finding));
    return found == m_known.constEnd() ? std::nullopt : std::optional(*found);
}

void Acknowledgements::acknowledge(const std::string &fingerprint, const Finding &finding,
                                   const Acknowledgement &how)
{
    if (fingerprint.empty())
        return;
    const QString key = keyOf(fingerprint, finding);
    m_known.insert(key, how);
    QSettings().setValue(kGroup + u'/' + key, QStringList{how.by, how.note, how.when});
    emit changed(QString::fromStdString(fingerprint));
}

void Acknowledgements::withdraw(const std::string &fingerprint, const Finding &finding)
{
    const QString key = keyOf(fingerprint, finding);
    if (m_known.remove(key) == 0)
        return;
    QSettings().remove(kGroup + u'/' + key);
    emit changed(QString::fromStdString(fingerprint));
}

std::vector<Finding> Acknowledgements::open(const std::string &fingerprint,
                                            const std::vector<Finding> &findings) const
{
    std::vector<Finding> left;
    for (const Finding &finding : findings) {
        if (!find(fingerprint, finding))
            left.push_back(finding);
    }
    return left;
}

} // namespace assay
