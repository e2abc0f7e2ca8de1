// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hash.h"

#include <QtTest>

using namespace assay;

class TestHash : public QObject
{
    Q_OBJECT
private slots:
    void sha256VectorsOfFips180()
    {
        QCOMPARE(sha256("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(sha256(""), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        QCOMPARE(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                 std::string("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
        QCOMPARE(sha256(std::string(1'000'000, 'a')),
                 std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
    }

    void piecesGiveTheSumOfTheWhole()
    {
        Hasher hasher(HashKind::Sha256);
        for (const char *piece : {"a", "", "bc"})
            hasher.add(std::as_bytes(std::span(std::string_view(piece))));
        QCOMPARE(hasher.finish(), sha256("abc"));
    }

    void gitObjectIds()
    {
        // As "git hash-object" gives them; the first is the example of the book "Pro Git".
        const std::string text = "what is up, doc?";
        Hasher hasher(HashKind::GitBlob, text.size());
        hasher.add(std::as_bytes(std::span(text)));
        QCOMPARE(hasher.finish(), std::string("bd9dbf5aae1a3862dd1526723246b20206e5fc37"));
        QCOMPARE(Hasher(HashKind::GitBlob, 0).finish(), std::string("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"));
    }
};

QTEST_APPLESS_MAIN(TestHash)
#include "tst_hash.moc"
