// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QtTest>

namespace assay {

/// A list of pitfalls as docs/ has them, a table whose first column is a number and whose fourth names tests (`FILE.cpp` `test` ...): they are
/// numbered from 1 to `count`, each has a test, and the tests are there.
inline void checkPitfallList(const char *document, int count)
{
    QFile list(QStringLiteral(ASSAY_SOURCE_DIR "/docs/") + QLatin1String(document));
    QVERIFY(list.open(QIODevice::ReadOnly));
    int number = 0;
    for (const QByteArray &line : list.readAll().split('\n')) {
        const QList<QByteArray> cells = line.split('|');
        if (cells.size() < 6 || cells[1].trimmed().isEmpty() || cells[1].contains('-'))
            continue;
        QCOMPARE(cells[1].trimmed().toInt(), ++number);
        QByteArray source;
        int tests = 0;
        const QList<QByteArray> words = cells[4].split('`');
        for (qsizetype i = 1; i < words.size(); i += 2) { // what stands between two of them
            const QByteArray &word = words[i];
            if (word.endsWith(".cpp")) {
                QFile file(QStringLiteral(ASSAY_SOURCE_DIR "/") + QString::fromUtf8(word));
                QVERIFY2(file.open(QIODevice::ReadOnly), word.constData());
                source = file.readAll();
            } else {
                QVERIFY2(source.contains("void " + word + "()"), word.constData());
                ++tests;
            }
        }
        QVERIFY2(tests > 0, line.constData());
    }
    QCOMPARE(number, count);
}

} // namespace assay
