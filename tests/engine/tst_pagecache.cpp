// SPDX-License-Identifier: GPL-3.0-or-later
// How much of a file is in the page cache, against what was just put there and thrown out.
#include "core/engine/pagecache.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <fcntl.h>
#include <unistd.h>

using namespace assay::engine;

class TestPageCache : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder{QCoreApplication::applicationDirPath() + QStringLiteral("/pagecache-XXXXXX")};

private slots:
    void whatCannotBeToldIsCached()
    {
        QCOMPARE(cachedShare(m_folder.filePath("missing").toStdString()), 1.0);
        QFile empty(m_folder.filePath("empty"));
        QVERIFY(empty.open(QIODevice::WriteOnly));
        QCOMPARE(cachedShare(m_folder.filePath("empty").toStdString()), 1.0);
    }

    void share_data()
    {
        QTest::addColumn<qint64>("size");
        for (const qint64 size : {1, 5000, 300'000, 4 << 20, (64 << 20) + 12'345})
            QTest::addRow("%lld", size) << size;
    }

    void share()
    {
        QFETCH(qint64, size);
        QFile file(m_folder.filePath("file"));
        QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Truncate));
        QCOMPARE(file.write(QByteArray(size, 'x')), size);
        QVERIFY(file.flush() && ::fsync(file.handle()) == 0);
        const std::filesystem::path path = file.fileName().toStdString();
        QCOMPARE(cachedShare(path), 1.0);

        QCOMPARE(::posix_fadvise(file.handle(), 0, 0, POSIX_FADV_DONTNEED), 0);
        const double dropped = cachedShare(path);
        if (dropped == 1.0)
            QSKIP("This file system keeps its files in memory.");
        QCOMPARE(dropped, 0.0);
        if (size < 32 << 20)
            return;
        // Nothing beyond what is read.
        QCOMPARE(::posix_fadvise(file.handle(), 0, 0, POSIX_FADV_RANDOM), 0);
        QByteArray half(size / 2, 0);
        QCOMPARE(::pread(file.handle(), half.data(), size_t(half.size()), 0), half.size());
        QVERIFY(std::abs(cachedShare(path) - 0.5) < 0.1);
    }

    void dropsWhatIsThere()
    {
        QFile file(m_folder.filePath("dropped"));
        QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Truncate));
        QCOMPARE(file.write(QByteArray(4 << 20, 'x')), qint64(4 << 20));
        QVERIFY(file.flush()); // not on the disk yet: that is the function's business
        const std::filesystem::path path = file.fileName().toStdString();
        QVERIFY(!dropPages(m_folder.filePath("missing").toStdString()));
        if (!dropPages(path)) {
            QCOMPARE(cachedShare(path), 1.0);
            QSKIP("This file system keeps its files in memory.");
        }
        QCOMPARE(cachedShare(path), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestPageCache)
#include "tst_pagecache.moc"
