// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/pairkey.h"
#include "core/evaluate/suite.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace assay;

namespace {

const std::string kItem = R"({"id": "a", "prompt": "1+1=", "answer": "2"})";

} // namespace

class TestSuite : public QObject
{
    Q_OBJECT

private slots:
    void headerAndItems()
    {
        const Result<Suite> suite = parseSuite(
            R"({"suite": "sums", "title": "Sums", "scoring": "generate", "extract": {"after": "=", "until": "\n"},)"
            R"( "stop": ["\n\n", "Q:"], "max_tokens": 12, "axes": {"difficulty": "digits"}, "author": "us"})"
            "\n"
            R"({"id": "a", "task": "addition", "prompt": "1+1=", "answer": "2", "difficulty": 1, "context": 40.5, "note": "x", "hard": true})"
            "\n"
            R"({"id": 7, "prompt": "2+2=", "answer": 4, "max_tokens": 3, "extract": {"after": "#"}})"
            "\n",
            "file");
        QVERIFY(suite.has_value());
        QCOMPARE(suite->name, std::string("sums"));
        QCOMPARE(suite->title, std::string("Sums"));
        QCOMPARE(suite->scorer.extract.after, std::string("="));
        QCOMPARE(suite->scorer.extract.until, std::string("\n"));
        QCOMPARE(suite->stop, (std::vector<std::string>{"\n\n", "Q:"}));
        QCOMPARE(suite->maxTokens, int64_t(12));
        QCOMPARE(suite->axes.at("difficulty"), std::string("digits"));
        QCOMPARE(suite->items.size(), size_t(2));
        const SuiteItem &first = suite->items[0];
        QCOMPARE(first.task, std::string("addition"));
        QCOMPARE(first.axes, (std::map<std::string, double>{{"context", 40.5}, {"difficulty", 1}}));
        QVERIFY(first.asking == Asking::Generate);
        QVERIFY(!first.extract);
        const SuiteItem &second = suite->items[1];
        QCOMPARE(second.id, std::string("7"));
        QCOMPARE(second.answer(), std::string("4"));
        QCOMPARE(second.maxTokens, int64_t(3));
        QCOMPARE(second.extract->after, std::string("#"));
        QVERIFY(second.axes.empty());
    }

    void choices()
    {
        const Result<Suite> suite = parseSuite(
            R"({"id": "a", "prompt": "p", "choices": ["x", "y"], "answer": 1})"
            "\n"
            R"({"id": "b", "prompt": "p", "choices": ["x", "y"], "answer": "x"})",
            "pick");
        QVERIFY(suite.has_value());
        QCOMPARE(suite->name, std::string("pick")); // no header: the file's name
        QVERIFY(suite->items[0].asking == Asking::Choice);
        QCOMPARE(suite->items[0].answerIndex, 1);
        QCOMPARE(suite->items[0].answer(), std::string("y"));
        QCOMPARE(suite->items[1].answerIndex, 0);
    }

    void toleratesBomBlankLinesAndCarriageReturns()
    {
        const Result<Suite> suite =
            parseSuite("\xEF\xBB\xBF\r\n  \r\n{\"suite\": \"s\"}\r\n\r\n" + kItem + "\r\n\r\n", "f");
        QVERIFY(suite.has_value());
        QCOMPARE(suite->name, std::string("s"));
        QCOMPARE(suite->items.size(), size_t(1));
        QCOMPARE(suite->items[0].answer(), std::string("2"));
    }

    void fingerprintIsThatOfWhatIsAskedAndExpected()
    {
        const auto of = [](const std::string &text) { return parseSuite(text, "f")->fingerprint; };
        QCOMPARE(of(kItem).size(), size_t(64));
        QCOMPARE(of(kItem + "\n"), of(kItem)); // how the file is laid out asks nothing else
        QCOMPARE(of(R"({"suite": "other", "extract": {"after": "="}})" "\n" + kItem), of(kItem));
        const char *others[]{R"({"id": "b", "prompt": "1+1=", "answer": "2"})", R"({"id": "a", "prompt": "1+2=", "answer": "2"})",
                             R"({"id": "a", "prompt": "1+1=", "answer": "3"})", R"({"id": "a", "prompt": "1+1=", "answer": "2", "difficulty": 1})",
                             R"({"id": "a", "prompt": "1+1=", "answer": "2", "max_tokens": 9})"};
        for (const char *other : others)
            QVERIFY2(of(other) != of(kItem), other);
        QVERIFY(of("{\"suite\": \"f\", \"stop\": \"#\"}\n" + kItem) != of(kItem));
    }

    void everythingOfASuiteIsWrittenAndReadBack()
    {
        const Result<Suite> suite = parseSuite(
            R"({"suite": "s", "title": "T", "origin": "here", "licence": "MIT", "scorer": {"name": "exact_match", "ignore_case": true, "ignore": ["x+"]}, "also": ["f1"], "stop": [], "max_tokens": 9, "classes": ["cat", "dog"], "axes": {"depth": "%"}})"
            "\n"
            R"({"id": "a", "task": "t", "cluster": "c", "prompt": "p", "answer": ["1", ""], "labels": {"subject": "maths"}, "axes": {"depth": 0.1}})"
            "\n"
            R"({"id": "b", "prompt": "q", "choices": ["x", "y"], "answer": 1})"
            "\n"
            R"({"id": "c", "prompt": "def f():", "code": {"preamble": "def f():", "entry_point": "f", "test": "assert f"}, "extract": {"after": "#"}})"
            "\n"
            "{\"id\": \"d\", \"asking\": \"text\", \"prompt\": \"a\\u0000\\u001b[1mlong text\"}"
            "\n"
            R"({"id": "e", "image": "cats/1.png", "answer": 0})",
            "file", "/pictures");
        QVERIFY(suite.has_value());
        QCOMPARE(suite->problemCount, uint64_t(0));
        QCOMPARE(suite->items[0].answers, (std::vector<std::string>{"1", ""}));
        QCOMPARE(suite->items[0].labels.at("subject"), std::string("maths"));
        QCOMPARE(suite->items[2].code->entryPoint, std::string("f"));
        QVERIFY(suite->items[3].asking == Asking::Text);
        QCOMPARE(suite->items[4].image, std::filesystem::path("/pictures/cats/1.png"));
        QCOMPARE(suite->items[4].answer(), std::string("cat"));
        const std::string lines = suiteLines(*suite, "/pictures");
        const Result<Suite> again = parseSuite(lines, "other", "/pictures");
        QVERIFY(again.has_value());
        QCOMPARE(suiteLines(*again, "/pictures"), lines);
        QCOMPARE(again->fingerprint, suite->fingerprint);
        QVERIFY(again->scorer == suite->scorer);
        QCOMPARE(again->alsoScored, suite->alsoScored);
        QCOMPARE(again->items[0].pairKey, suite->items[0].pairKey);
    }

    void theSameQuestionTwiceIsTold()
    {
        const Result<Suite> suite = parseSuite(kItem + "\n" R"({"id": "b", "prompt": " 1+1=\n", "answer": "2"})", "f");
        QVERIFY(suite.has_value());
        QCOMPARE(suite->items.size(), size_t(2));
        QCOMPARE(suite->items[0].pairKey, suite->items[1].pairKey);
        QCOMPARE(suite->problemCount, uint64_t(1));
        QVERIFY(!suite->problems[0].leftOut);
        QCOMPARE(suite->problems[0].sentence(), std::string("the items a and b ask the same"));
    }

    void pairKeysForgetOrderAndSpace()
    {
        const std::string key = pairKeyOf("What  is\n1+1? ", {"2", "two"}, {"1", "2"});
        QCOMPARE(key.size(), size_t(32));
        QCOMPARE(pairKeyOf("What is 1+1?", {"two", "2"}, {"2", "1 "}), key);
        QVERIFY(pairKeyOf("What is 1+1?", {"2"}, {"1", "2"}) != key);
        QVERIFY(pairKeyOf("What is 1+1?", {"2", "two"}, {"1", "2", "3"}) != key);
        QVERIFY(pairKeyOf("What is 1+1?", {"2", "two", "1"}, {"2"}) != key);
    }

    void damageNamesItsLine_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const QByteArray &line, const char *says) {
            QTest::newRow(name) << line << QString::fromUtf8(says);
        };
        row("not JSON", "{\"id\": \"b\"", "not valid JSON");
        row("JSON breaks off", "{\"id\" x", "not valid JSON from its byte 7 on");
        row("not UTF-8", "{\"id\": \"b\xFF\"}", "not valid JSON from its byte");
        row("number too large", R"({"id": "b", "prompt": "p", "answer": 1e999})", "a number is too large");
        row("not an object", "[1, 2]", "not a JSON object");
        row("nested", QByteArray("{\"id\": ") + QByteArray(100000, '['), "nested too deeply");
        row("long", QByteArray("{\"id\": \"") + QByteArray(17 << 20, 'x') + "\"}", "longer than 16 MiB");
        row("no id", R"({"prompt": "p", "answer": "2"})", "\"id\" is missing");
        row("empty id", R"({"id": "", "prompt": "p", "answer": "2"})", "\"id\" is empty");
        row("id is a list", R"({"id": [], "prompt": "p", "answer": "2"})", "\"id\" is neither");
        row("same id", R"({"id": "a", "prompt": "p", "answer": "2"})", "occurs twice");
        row("no prompt", R"({"id": "b", "answer": "2"})", "\"prompt\" is missing or empty");
        row("prompt is a number", R"({"id": "b", "prompt": 3, "answer": "2"})", "\"prompt\" is not a text");
        row("no answer", R"({"id": "b", "prompt": "p"})", "\"answer\" is missing");
        row("empty answer", R"({"id": "b", "prompt": "p", "answer": ""})", "\"answer\" is empty");
        row("answer is true", R"({"id": "b", "prompt": "p", "answer": true})", "\"answer\" is neither");
        row("one choice", R"({"id": "b", "prompt": "p", "choices": ["x"], "answer": 0})", "fewer than two");
        row("equal choices", R"({"id": "b", "prompt": "p", "choices": ["x", "x"], "answer": 0})", "twice");
        row("empty choice", R"({"id": "b", "prompt": "p", "choices": ["x", ""], "answer": 0})", "empty");
        row("choices no list", R"({"id": "b", "prompt": "p", "choices": 5, "answer": 0})", "not a list");
        row("no images' classes", R"({"id": "b", "image": "x.png", "answer": 0})", "0 classes");
        row("asking", R"({"id": "b", "prompt": "p", "answer": "2", "asking": "guess"})", "none of");
        row("code without test", R"({"id": "b", "prompt": "p", "code": {"entry_point": "f"}})", "\"test\" is missing");
        row("index too large", R"({"id": "b", "prompt": "p", "choices": ["x", "y"], "answer": 2})", "there are 2 choices");
        row("index negative", R"({"id": "b", "prompt": "p", "choices": ["x", "y"], "answer": -1})", "there are 2 choices");
        row("index enormous", R"({"id": "b", "prompt": "p", "choices": ["x", "y"], "answer": 18446744073709551615})", "2 choices");
        row("answer no choice", R"({"id": "b", "prompt": "p", "choices": ["x", "y"], "answer": "z"})", "none of the choices");
        row("choice without answer", R"({"id": "b", "prompt": "p", "choices": ["x", "y"]})", "\"answer\" is missing");
        row("answer is a fraction", R"({"id": "b", "prompt": "p", "choices": ["x", "y"], "answer": 0.5})", "neither the index");
        row("zero tokens", R"({"id": "b", "prompt": "p", "answer": "2", "max_tokens": 0})", "max_tokens");
        row("too many tokens", R"({"id": "b", "prompt": "p", "answer": "2", "max_tokens": 99999999})", "max_tokens");
        row("extract", R"({"id": "b", "prompt": "p", "answer": "2", "extract": "="})", "extract");
        row("scoring", R"({"id": "b", "prompt": "p", "answer": "2", "scoring": "vibes"})", "scoring");
        row("second header", R"({"suite": "again"})", "\"id\" is missing");
    }
    void damageNamesItsLine()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, says);
        const std::string text = kItem + "\n\n" + line.toStdString() + "\n";
        const Result<Suite> suite = parseSuite(text + "{\"id\": \"last\", \"prompt\": \"p\", \"answer\": \"2\"}", "f");
        QVERIFY(suite.has_value());
        QCOMPARE(suite->items.size(), size_t(2)); // the rest is usable
        QCOMPARE(suite->items[1].id, std::string("last"));
        QCOMPARE(suite->problemCount, uint64_t(1));
        QCOMPARE(suite->problems[0].line, uint64_t(3));
        QVERIFY(suite->problems[0].leftOut);
        QVERIFY2(suite->problems[0].sentence().find(says.toStdString()) != std::string::npos, suite->problems[0].sentence().c_str());
        // Alone it is no suite, and says why.
        const Result<Suite> alone = parseSuite(line.toStdString(), "f");
        QVERIFY(alone.has_value() || alone.error().code == ErrorCode::SuiteEmpty || alone.error().code == ErrorCode::SuiteDamaged);
    }

    void aHundredProblemsAreKeptAndAllAreCounted()
    {
        std::string text = kItem;
        for (int i = 0; i < 250; ++i)
            text += "\n[]";
        const Result<Suite> suite = parseSuite(text, "f");
        QVERIFY(suite.has_value());
        QCOMPARE(suite->problems.size(), size_t(100));
        QCOMPARE(suite->problemCount, uint64_t(250));
    }

    void aFieldOfTenMegabytesIsRead()
    {
        const std::string prompt(10 << 20, 'x');
        const Result<Suite> suite = parseSuite("{\"id\": \"a\", \"answer\": \"2\", \"prompt\": \"" + prompt + "\"}", "f");
        QVERIFY(suite.has_value());
        QCOMPARE(suite->items[0].prompt.size(), prompt.size());
    }

    void damagedHeaders_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("empty name") << QByteArray(R"({"suite": ""})");
        QTest::newRow("name is a number") << QByteArray(R"({"suite": 4})");
        QTest::newRow("stop") << QByteArray(R"({"suite": "s", "stop": [1]})");
        QTest::newRow("empty stop") << QByteArray(R"({"suite": "s", "stop": [""]})");
        QTest::newRow("axes") << QByteArray(R"({"suite": "s", "axes": ["difficulty"]})");
        QTest::newRow("axis") << QByteArray(R"({"suite": "s", "axes": {"difficulty": 1}})");
        QTest::newRow("tokens") << QByteArray(R"({"suite": "s", "max_tokens": "many"})");
        QTest::newRow("scoring") << QByteArray(R"({"suite": "s", "scoring": "judge"})");
    }
    void damagedHeaders()
    {
        QFETCH(QByteArray, header);
        const Result<Suite> suite = parseSuite(header.toStdString() + "\n" + kItem, "f");
        QVERIFY(!suite.has_value());
        QVERIFY(suite.error().code == ErrorCode::SuiteDamaged);
        QCOMPARE(suite.error().arguments[1], std::string("1"));
    }

    void choiceSuiteNeedsChoices()
    {
        const Result<Suite> suite = parseSuite("{\"suite\": \"s\", \"scoring\": \"choice\"}\n" + kItem, "f");
        QVERIFY(!suite.has_value());
        QVERIFY(suite.error().code == ErrorCode::SuiteEmpty);
        QVERIFY(suite.error().sentence().find("line 2") != std::string::npos);
    }

    void stopMayBeOneTextOrNone()
    {
        QCOMPARE(parseSuite("{\"suite\": \"s\", \"stop\": \"#\"}\n" + kItem, "f")->stop, std::vector<std::string>{"#"});
        QVERIFY(parseSuite("{\"suite\": \"s\", \"stop\": []}\n" + kItem, "f")->stop.empty());
    }

    void emptySuites()
    {
        for (const char *text : {"", "\n\n", "{\"suite\": \"s\"}\n", "\xEF\xBB\xBF"}) {
            const Result<Suite> suite = parseSuite(text, "f");
            QVERIFY(!suite.has_value());
            QVERIFY(suite.error().code == ErrorCode::SuiteEmpty);
        }
    }

    void files()
    {
        QTemporaryDir dir;
        const std::string path = dir.filePath("mine.jsonl").toStdString();
        const Result<Suite> missing = readSuite(path);
        QVERIFY(!missing.has_value());
        QVERIFY(missing.error().code == ErrorCode::FileMissing);
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(kItem.c_str());
        file.close();
        const Result<Suite> suite = readSuite(path);
        QVERIFY(suite.has_value());
        QCOMPARE(suite->name, std::string("mine"));
    }
};

QTEST_APPLESS_MAIN(TestSuite)
#include "tst_suite.moc"
