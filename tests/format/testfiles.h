// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtEndian>

namespace assay::test {

/// JSON written with ' in place of quotation marks (moc stumbles over raw strings).
inline QByteArray quoted(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

/// A safetensors file put together by hand: the header as given, then so many zero bytes.
inline QByteArray rawSafetensors(const QByteArray &header, int dataBytes)
{
    QByteArray out(8, '\0');
    qToLittleEndian(quint64(header.size()), out.data());
    return out + header + QByteArray(dataBytes, '\0');
}

/// A temporary folder that files are put into.
class Folder
{
public:
    std::filesystem::path path() const { return m_folder.path().toStdString(); }
    std::filesystem::path path(const char *name) const { return path() / name; }
    void put(const char *name, const QByteArray &content) const
    {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("the test file %s cannot be written", name);
    }

private:
    QTemporaryDir m_folder;
};

} // namespace assay::test
