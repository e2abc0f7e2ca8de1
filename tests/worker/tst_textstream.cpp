// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/textstream.h"

#include <QtTest>

using namespace assay::worker;

class TestTextStream : public QObject
{
    Q_OBJECT

private slots:
    void charactersComeWhole()
    {
        TextStream text({});
        QCOMPARE(text.push("a\xe4"), std::string("a"));
        QCOMPARE(text.push("\xb8"), std::string());
        QCOMPARE(text.push("\xad"
                           "b"),
                 std::string("\xe4\xb8\xad"
                             "b"));
        QCOMPARE(text.push("\xf0\x9f\x98"), std::string());
        QCOMPARE(text.push("\x80"), std::string("\xf0\x9f\x98\x80"));
        QCOMPARE(text.text(), std::string("a\xe4\xb8\xad"
                                          "b\xf0\x9f\x98\x80"));
    }

    void whatIsNoUtf8DoesNotHoldTheRestBack()
    {
        TextStream text({});
        QCOMPARE(text.push("\xff\xff"), std::string("\xef\xbf\xbd\xef\xbf\xbd"));
        QCOMPARE(text.push("\x80"), std::string("\xef\xbf\xbd"));
        QCOMPARE(text.push("ok"), std::string("ok"));
    }

    void halfACharacterAtTheEndIsReplaced()
    {
        TextStream text({});
        QCOMPARE(text.push("a\xe4"), std::string("a"));
        QCOMPARE(text.finish(), std::string("\xef\xbf\xbd"));
    }

    void aStopStringEndsTheTextBeforeIt()
    {
        TextStream text({"END", "\n\n"});
        QCOMPARE(text.push("one "), std::string("one "));
        QCOMPARE(text.push("two E"), std::string("two "));
        QCOMPARE(text.push("N"), std::string());
        QVERIFY(!text.stopped());
        QCOMPARE(text.push("D three"), std::string());
        QVERIFY(text.stopped());
        QCOMPARE(text.push("more"), std::string());
        QCOMPARE(text.finish(), std::string());
        QCOMPARE(text.text(), std::string("one two "));
    }

    void whatOnlyLookedLikeAStopStringIsGiven()
    {
        TextStream text({"END"});
        QCOMPARE(text.push("EN"), std::string());
        QCOMPARE(text.push("ENT"), std::string("ENENT"));
        QCOMPARE(text.push("EN"), std::string());
        QCOMPARE(text.finish(), std::string("EN"));
        QVERIFY(!text.stopped());
    }

    void theFirstOfSeveralCounts()
    {
        TextStream text({"later", "x", ""});
        QCOMPARE(text.push("a later x"), std::string("a "));
        QVERIFY(text.stopped());
    }
};

QTEST_GUILESS_MAIN(TestTextStream)
#include "tst_textstream.moc"
