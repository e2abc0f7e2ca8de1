// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"

#include <QtTest>
#include <sys/stat.h>

using namespace assay;

class TestFile : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::filesystem::path path(const char *name) const
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }

private slots:
    void missing()
    {
        QCOMPARE(File::open(path("nothing")).error().code, ErrorCode::FileMissing);
    }

    void whatIsNoFileIsRefusedWithoutWaiting()
    {
        QCOMPARE(File::open(m_folder.path().toStdString()).error().code, ErrorCode::FileUnreadable);
        const auto fifo = path("fifo");
        QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
        QCOMPARE(File::open(fifo).error().code, ErrorCode::FileUnreadable);
    }

    void readsAnywhereButNotBeyondTheEnd()
    {
        QVERIFY(writeFileAtomically(path("ten"), "0123456789"));
        const auto file = File::open(path("ten"));
        QVERIFY(file.has_value());
        QCOMPARE(file->size(), uint64_t(10));
        QCOMPARE(file->readText(3, 4).value(), std::string("3456"));
        QCOMPARE(file->readText(8, 3).error().code, ErrorCode::FileUnreadable);
        QCOMPARE(file->readText(11, 0).error().code, ErrorCode::FileUnreadable);
        // Lengths that wrap around must not pass.
        QCOMPARE(file->readText(5, ~uint64_t(0)).error().code, ErrorCode::FileUnreadable);
    }

    void limitIsKept()
    {
        QVERIFY(writeFileAtomically(path("big"), std::string(100, 'x')));
        QCOMPARE(readWholeFile(path("big"), 99).error().code, ErrorCode::FileTooLarge);
        QCOMPARE(readWholeFile(path("big"), 100).value().size(), size_t(100));
    }

    void piecesAreWrittenInOrder()
    {
        const std::string a = "first ", b, c = "second";
        const std::array pieces{std::as_bytes(std::span(a)), std::as_bytes(std::span(b)),
                                std::as_bytes(std::span(c))};
        QVERIFY(writeFileAtomically(path("pieces"), pieces));
        QCOMPARE(readWholeFile(path("pieces"), 100).value(), std::string("first second"));
    }

    void aFailedWriteLeavesTheOldFileAndNoRest()
    {
        QTemporaryDir folder;
        const std::filesystem::path target = folder.filePath(QStringLiteral("kept")).toStdString();
        QVERIFY(writeFileAtomically(target, "old"));
        // A directory in the target's place makes the last step fail.
        const std::filesystem::path taken = folder.filePath(QStringLiteral("taken")).toStdString();
        std::filesystem::create_directories(taken / "inside");
        QCOMPARE(writeFileAtomically(taken, "new").error().code, ErrorCode::FileUnwritable);
        QCOMPARE(writeFileAtomically(path("no such folder/file"), "new").error().code, ErrorCode::FileUnwritable);
        QCOMPARE(readWholeFile(target, 100).value(), std::string("old"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::NoDotAndDotDot | QDir::AllEntries).size(), 2);
    }

    void aFullDiskHasItsOwnError()
    {
        // /dev/full is a disk that is always full.
        if (!QFile::exists(QStringLiteral("/dev/full")))
            QSKIP("there is no /dev/full here");
        QTemporaryDir folder;
        const std::filesystem::path link = folder.filePath(QStringLiteral("link")).toStdString();
        // The temporary name is known: a link from there to the full device makes the write fail.
        std::filesystem::create_symlink("/dev/full", link.string() + ".part" + std::to_string(::getpid()));
        QCOMPARE(writeFileAtomically(link, "text").error().code, ErrorCode::DiskFull);
        QVERIFY(!std::filesystem::exists(link));
    }
};

QTEST_APPLESS_MAIN(TestFile)
#include "tst_file.moc"
