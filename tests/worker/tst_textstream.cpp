// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/textprompts.h"
#include "app/worker/textstream.h"

#include <QtTest>

using namespace assay;
using namespace assay::worker;

class TestTextStream : public QObject
{
    Q_OBJECT

private slots:
    /// benchmarking.md 4, pitfall 18: random ids send a mixture's tokens to experts that text would leave alone. Guard: where a model
    /// has experts and a tokenizer, its prompts are the sentences that endpoints are asked with, in its own tokens.
    void p18_expertsAreAskedWithText()
    {
        const auto tokenizer = Tokenizer::open(ASSAY_SOURCE_DIR "/resources/samples/full");
        QVERIFY(tokenizer.has_value());
        engine::Description model;
        model.vocabularySize = (*tokenizer)->vocabularySize();
        model.work.emplace().experts = 8;
        protocol::MeasureRequest request;
        const auto prompts = promptIdsOf(request, tokenizer, model);
        QVERIFY(prompts && *prompts);
        const std::vector<int64_t> ids = (*prompts)(2, 1, 500);
        QCOMPARE(ids.size(), size_t(500));
        QCOMPARE(ids.front(), (*tokenizer)->encode("", true).front()); // where the context begins
        const std::string text = (*tokenizer)->decode(ids, true);
        QVERIFY2(text.find(" the ") != std::string::npos && text.find('.') != std::string::npos, text.c_str());
        QVERIFY((*prompts)(2, 1, 500) == ids);
        QVERIFY((*prompts)(3, 1, 500) != ids && (*prompts)(2, 0, 500) != ids);
        request.seed = 2;
        QVERIFY((*promptIdsOf(request, tokenizer, model))(2, 1, 500) != ids);
        request.depth = 100; // the context has begun already
        QVERIFY((*promptIdsOf(request, tokenizer, model))(0, 0, 50).front() != ids.front());
        QCOMPARE((*promptIdsOf(request, tokenizer, model))(-1, 0, 100).front(), ids.front());
    }

    void promptsAreOfWhatFits()
    {
        const auto tokenizer = Tokenizer::open(ASSAY_SOURCE_DIR "/resources/samples/full");
        const Result<std::shared_ptr<const Tokenizer>> none = failure(ErrorCode::TokenizerMissing, {"/model"});
        engine::Description dense, experts, other;
        dense.vocabularySize = experts.vocabularySize = (*tokenizer)->vocabularySize();
        dense.work.emplace();
        experts.work.emplace().experts = 8;
        other = experts;
        other.vocabularySize = 10; // of another tokenizer
        protocol::MeasureRequest request;
        QVERIFY(!*promptIdsOf(request, tokenizer, dense)); // as fast with any tokens, and like llama-bench's figures
        QVERIFY(!*promptIdsOf(request, none, experts));
        QVERIFY(!*promptIdsOf(request, tokenizer, other));
        request.prompts = "random";
        QVERIFY(!*promptIdsOf(request, tokenizer, experts));
        request.prompts = "text";
        QVERIFY(*promptIdsOf(request, tokenizer, dense));
        const auto missing = promptIdsOf(request, none, experts);
        QVERIFY(!missing && missing.error().code == ErrorCode::TokenizerMissing);
        request.prompts = "noise";
        const auto wrong = promptIdsOf(request, tokenizer, dense);
        QVERIFY(!wrong && wrong.error().code == ErrorCode::BadParameters);
    }

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
        TextStream text({"later", "x"});
        QCOMPARE(text.push("a later x"), std::string("a "));
        QVERIFY(text.stopped());
    }

    // One that begins earlier may be complete later: what counts is where it is complete.
    void theFirstToBeCompleteCounts()
    {
        for (const auto &pieces : std::vector<std::vector<std::string>>{{"xabcd"}, {"x", "a", "b", "c", "d"}, {"xab", "cd"}}) {
            TextStream text({"abcd", "bc"});
            std::string streamed;
            for (const std::string &piece : pieces)
                streamed += text.push(piece);
            QVERIFY(text.stopped());
            QCOMPARE(streamed + text.finish(), std::string("xa"));
        }
        TextStream text({"c", "abc", "bc"});
        QCOMPARE(text.push("xabc"), std::string("x"));
    }

    // Characters of one to four bytes, joined and skin-toned emoji, what is no UTF-8, and half a character at the end;
    // cut into two and three pieces at every place. What comes out are whole characters, and together always the same.
    void everyCutGivesTheSameText_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("wanted");
        const QByteArray family = "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7\xF0\x9F\x8F\xBD\xEF\xB8\x8F";
        const QByteArray mixed = "a\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80z", no = "\xEF\xBF\xBD";
        QTest::newRow("characters") << mixed << mixed;
        QTest::newRow("emoji") << family << family;
        QTest::newRow("ends in one of two") << QByteArray("a\xC3") << "a" + no;
        QTest::newRow("ends in two of three") << QByteArray("a\xE4\xB8") << "a" + no;
        QTest::newRow("ends in three of four") << QByteArray("a\xF0\x9F\x98") << "a" + no;
        QTest::newRow("broken off") << QByteArray("\xF0\x9F\x98z") << no + "z";
        QTest::newRow("broken off by another") << QByteArray("\xE4\xB8\xE4\xB8\xAD") << no + "\xE4\xB8\xAD";
        QTest::newRow("alone") << QByteArray("\x80z\xBF") << no + "z" + no;
        // Unicode 15, table 3-8 and its neighbours: overlong, surrogates, too large.
        QTest::newRow("overlong") << QByteArray("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41") << no.repeated(8) + "A";
        QTest::newRow("surrogates") << QByteArray("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41") << no.repeated(8) + "A";
        QTest::newRow("too large") << QByteArray("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42") << no.repeated(5) + "A" + no.repeated(2) + "B";
        QTest::newRow("truncated") << QByteArray("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41") << no.repeated(4) + "A";
    }

    void everyCutGivesTheSameText()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, wanted);
        for (qsizetype first = 0; first <= bytes.size(); ++first) {
            for (qsizetype second = first; second <= bytes.size(); ++second) {
                TextStream text({});
                QByteArray streamed;
                for (const QByteArray &piece : {bytes.left(first), bytes.mid(first, second - first), bytes.mid(second)}) {
                    const std::string whole = text.push(piece.toStdString());
                    // Whole characters only: Qt reads it without an error.
                    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
                    const QString read = decoder(QByteArray::fromStdString(whole));
                    QVERIFY(!decoder.hasError() || read.contains(QChar::ReplacementCharacter));
                    QCOMPARE(read.toUtf8(), QByteArray::fromStdString(whole));
                    streamed += QByteArray::fromStdString(whole);
                }
                streamed += QByteArray::fromStdString(text.finish());
                QCOMPARE(streamed, wanted);
                QCOMPARE(QByteArray::fromStdString(text.text()), wanted);
            }
        }
    }

    void everyCutStopsAtTheSamePlace()
    {
        const std::string bytes = "one \xE4\xB8\xAD two \xF0\x9F\x98\x80""END three";
        for (const auto &[stop, wanted] : std::vector<std::pair<std::string, std::string>>{
                 {"END", "one \xE4\xB8\xAD two \xF0\x9F\x98\x80"},
                 {"\xF0\x9F\x98\x80""E", "one \xE4\xB8\xAD two "},
                 {"\xE4\xB8\xAD", "one "},
                 {"one", ""},
                 {"three", "one \xE4\xB8\xAD two \xF0\x9F\x98\x80""END "}}) {
            for (size_t first = 0; first <= bytes.size(); ++first) {
                for (size_t second = first; second <= bytes.size(); ++second) {
                    TextStream text({stop, "nowhere"});
                    std::string streamed = text.push(bytes.substr(0, first));
                    streamed += text.push(bytes.substr(first, second - first));
                    streamed += text.push(bytes.substr(second));
                    QVERIFY(text.stopped());
                    QCOMPARE(streamed + text.finish(), wanted);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestTextStream)
#include "tst_textstream.moc"
