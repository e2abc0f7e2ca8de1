// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/architecture/coverage.h"

#include <QRegularExpression>
#include <QString>

namespace assay::test {

/// Tensors written as "name.weight 4x8, name.bias 4, ..."; "{a,b}" in a name stands for each of its words once, "{layer}"
/// and "{expert}" for numbers.
inline Shapes tensorsOf(const QString &text, int64_t layers, int64_t experts = 0)
{
    Shapes out;
    const auto fill = [&out](const auto &self, const QString &name, const std::vector<int64_t> &shape, int64_t layerCount, int64_t expertCount) -> void {
        const qsizetype open = name.indexOf(u'{'), close = name.indexOf(u'}', open);
        if (open < 0) {
            out[name.toStdString()] = shape;
            return;
        }
        const QString inside = name.mid(open + 1, close - open - 1);
        QStringList words = inside.split(u',');
        if (inside == QLatin1String("layer") || inside == QLatin1String("expert")) {
            words.clear();
            for (int64_t i = 0; i < (inside == QLatin1String("layer") ? layerCount : expertCount); ++i)
                words << QString::number(i);
        }
        for (const QString &word : words)
            self(self, QString(name).replace(open, close - open + 1, word.trimmed()), shape, layerCount, expertCount);
    };
    static const QRegularExpression comma(QStringLiteral(",(?![^{]*\\})"));
    for (const QString &entry : text.split(comma, Qt::SkipEmptyParts)) {
        const QStringList words = entry.simplified().split(u' ');
        if (words.size() != 2)
            continue;
        std::vector<int64_t> shape;
        for (const QString &size : words.last().split(u'x'))
            shape.push_back(size.toLongLong());
        fill(fill, words.first(), shape, layers, experts);
    }
    return out;
}

} // namespace assay::test
