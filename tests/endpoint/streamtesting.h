// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/streamreader.h"

#include <QFile>
#include <QString>
#include <algorithm>

namespace assay {

/// What an answer's body becomes, read `step` bytes at a time, each read 10 ns after the one before; 0: at once.
inline RequestRecord readOf(const char *dialect, std::string_view body, size_t step = 0, StreamLimits limits = {})
{
    EventReader events(*findDialect(dialect));
    StreamReader reader(events, limits);
    RequestRecord record;
    step = step == 0 ? std::max<size_t>(body.size(), 1) : step;
    uint32_t read = 0;
    for (size_t at = 0; at < body.size(); at += step, ++read)
        if (!reader.read(body.substr(at, step), int64_t(read) * 10, read, record))
            break;
    reader.finish(int64_t(read) * 10, read, record);
    return record;
}

/// A channel's text.
inline std::string textOf(const RequestRecord &record, Channel channel)
{
    std::string out;
    size_t at = 0;
    for (const ChunkRecord &chunk : record.chunks) {
        if (chunk.channel == channel)
            out += record.text.substr(at, chunk.bytes);
        at += chunk.bytes;
    }
    return out;
}

/// A recorded answer.
inline std::string dataFile(const QString &name)
{
    QFile file(QStringLiteral(ASSAY_TEST_DATA "/endpoint/llamacpp/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s", qPrintable(file.fileName()));
    return file.readAll().toStdString();
}

} // namespace assay
