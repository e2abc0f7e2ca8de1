// SPDX-License-Identifier: GPL-3.0-or-later
// The forms in which people have their questions, and generated suites. Files are written here as the sets' own documentation shows them.
#include "core/base/file.h"
#include "core/evaluate/formats/anysuite.h"
#include "core/evaluate/formats/description.h"
#include "core/evaluate/formats/knownforms.h"
#include "core/evaluate/generators/generators.h"
#include "core/evaluate/judgement.h"
#include "core/evaluate/scorer.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>
#include <nlohmann/json.hpp>
#include <set>

using namespace assay;

namespace {

class Folder
{
public:
    std::filesystem::path path(const char *name = "") const { return std::filesystem::path(m_dir.path().toStdString()) / name; }
    void put(const char *name, const std::string &text) const
    {
        std::filesystem::create_directories(path(name).parent_path());
        QVERIFY(writeFileAtomically(path(name), std::string_view(text)).has_value());
    }

private:
    QTemporaryDir m_dir;
};

std::string told(const Result<Suite> &suite)
{
    return suite ? suite->name : suite.error().sentence();
}

QString sharedFile(const char *name)
{
    const QString folder = qEnvironmentVariable("ASSAY_SHARED", QStringLiteral(ASSAY_SOURCE_DIR "/../shared"));
    const QString file = folder + QLatin1Char('/') + QLatin1String(name);
    return QFile::exists(file) ? file : QString();
}

} // namespace

class TestSuiteForms : public QObject
{
    Q_OBJECT

private slots:
    void mmluFolderWithExamples()
    {
        Folder folder;
        std::string dev;
        for (int i = 1; i <= 6; ++i)
            dev += "Dev " + std::to_string(i) + "?,a,b,c,d,B\n";
        folder.put("dev/anatomy_dev.csv", dev);
        folder.put("test/anatomy_test.csv", "\"Which bone,\nsays \"\"the\"\" book?\",ulna,radius,tibia,\"fib\nula\",C\r\nToo few,a,b\nNo letter,a,b,c,d,\nLast?,1,2,3,4,D\n");
        const auto suite = readAnySuite(folder.path());
        QVERIFY2(suite.has_value(), told(suite).c_str());
        QCOMPARE(suite->form, std::string("mmlu"));
        QCOMPARE(suite->items.size(), size_t(2));
        const SuiteItem &item = suite->items[0];
        QVERIFY(item.asking == Asking::Choice);
        QCOMPARE(item.choices, (std::vector<std::string>{" A", " B", " C", " D"}));
        QCOMPARE(item.answerIndex, 2);
        QCOMPARE(item.labels.at("subject"), std::string("anatomy"));
        QVERIFY(item.prompt.ends_with("Which bone,\nsays \"the\" book?\nA. ulna\nB. radius\nC. tibia\nD. fib\nula\nAnswer:"));
        QVERIFY(item.prompt.find("Dev 5?") != std::string::npos);
        QVERIFY(item.prompt.find("Dev 6?") == std::string::npos); // five examples
        QVERIFY(item.prompt.find("Answer: B\n\n") != std::string::npos);
        QCOMPARE(suite->problemCount, uint64_t(2));
        QCOMPARE(suite->problems[0].line, uint64_t(4)); // lines of the file: the first row has three
        QVERIFY(suite->problems[0].sentence().find("3 fields, not 6") != std::string::npos);
        QCOMPARE(suite->problems[1].line, uint64_t(5));
        QVERIFY(suite->problems[1].sentence().find("no right answer") != std::string::npos);
    }

    void cevalIsToldFromItsHeader()
    {
        Folder folder;
        folder.put("val/law_val.csv", "\xEF\xBB\xBFid,question,A,B,C,D,answer\n0,下列正确的是,甲,乙,丙,丁,B\n");
        const auto suite = readAnySuite(folder.path("val/law_val.csv"));
        QVERIFY2(suite.has_value(), told(suite).c_str());
        QCOMPARE(suite->form, std::string("ceval"));
        QCOMPARE(suite->items[0].answerIndex, 1);
        QCOMPARE(suite->items[0].labels.at("language"), std::string("zh"));
        QVERIFY(suite->items[0].prompt.ends_with("D. 丁\n答案："));
    }

    void squadKeepsWhatCannotBeAnswered()
    {
        const auto suite = parseAnySuite(R"({"version": "v2.0", "data": [{"title": "T", "paragraphs": [{"context": "Paris is in France.", "qas": [
            {"id": "q1", "question": "Where?", "answers": [{"text": "France", "answer_start": 12}, {"text": "in France", "answer_start": 9}, {"text": "France", "answer_start": 12}], "is_impossible": false},
            {"id": "q2", "question": "Who?", "answers": [], "is_impossible": true},
            {"id": "q3", "question": "None?", "answers": []}]}, 7]}]})",
                                         "dev-v2.0.json");
        QVERIFY2(suite.has_value(), told(suite).c_str());
        QCOMPARE(suite->form, std::string("squad"));
        QCOMPARE(suite->items.size(), size_t(2));
        QCOMPARE(suite->items[0].answers, (std::vector<std::string>{"France", "in France"}));
        QCOMPARE(suite->items[1].answers, std::vector<std::string>{""});
        QCOMPARE(suite->items[0].cluster, suite->items[1].cluster);
        QCOMPARE(suite->problemCount, uint64_t(2)); // q3 has no gold, 7 is no paragraph
    }

    void glueTablesHaveNoQuoting()
    {
        const auto suite = parseAnySuite("sentence\tlabel\n\"an open quote \t1\nbad\t2\nfine \t0\n", "dev.tsv");
        QVERIFY2(suite.has_value(), told(suite).c_str());
        QCOMPARE(suite->form, std::string("glue-sst2"));
        QCOMPARE(suite->items.size(), size_t(2));
        QVERIFY(suite->items[0].prompt.starts_with("\"an open quote\n"));
        QCOMPARE(suite->items[0].answerIndex, 1);
        QCOMPARE(suite->problems[0].line, uint64_t(3));
        const auto cola = parseAnySuite("gj04\t1\t\tOur friends won't buy this.\ngj04\t0\t*\tThey drank the pub.\n", "dev.tsv");
        QVERIFY2(cola.has_value(), told(cola).c_str());
        QCOMPARE(cola->form, std::string("glue-cola"));
        QCOMPARE(cola->items.size(), size_t(2));
        QCOMPARE(cola->items[1].answerIndex, 0);
        QVERIFY(findScorer(cola->scorer.name));
    }

    void humanEvalIsAProgramWithItsTest()
    {
        const auto suite = parseAnySuite(R"({"task_id": "HumanEval/0", "prompt": "def f(x):\n", "entry_point": "f", "canonical_solution": "    return x\n", "test": "def check(f):\n    assert f(1) == 1\n"})", "HumanEval.jsonl");
        QVERIFY2(suite.has_value(), told(suite).c_str());
        const SuiteItem &item = suite->items[0];
        QCOMPARE(item.id, std::string("HumanEval/0"));
        QVERIFY(item.code && item.code->preamble == "def f(x):\n" && item.code->entryPoint == "f");
        QCOMPARE(suite->scorer.name, std::string("code"));
    }

    void mathAndAime()
    {
        const auto maths = parseAnySuite("{\"problem\": \"Find $x$.\", \"level\": \"Level 5\", \"type\": \"Algebra\", \"solution\": \"We get \\\\boxed{1} no, \\\\boxed{\\\\frac{1}{2}}.\"}\n"
                                         "{\"problem\": \"No box.\", \"level\": \"Level ?\", \"type\": \"Algebra\", \"solution\": \"open \\\\boxed{1\"}",
                                         "test.jsonl");
        QVERIFY2(maths.has_value(), told(maths).c_str());
        QCOMPARE(maths->form, std::string("math"));
        QCOMPARE(maths->items.size(), size_t(1));
        QCOMPARE(maths->items[0].answer(), std::string("\\frac{1}{2}"));
        QCOMPARE(maths->items[0].axes.at("difficulty"), 5.0);
        QCOMPARE(maths->problemCount, uint64_t(1));
        QVERIFY(maths->items[0].prompt.find("\\boxed{}") != std::string::npos);
        const auto aime = parseAnySuite(R"({"id": 60, "problem": "Every morning", "answer": "204"})", "aime24.jsonl");
        QVERIFY2(aime.has_value(), told(aime).c_str());
        QCOMPARE(aime->form, std::string("aime"));
        QCOMPARE(aime->items[0].answer(), std::string("204"));
    }

    void gpqaIsShuffledByItsQuestionAlone()
    {
        const std::string header = "Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2,Incorrect Answer 3\n";
        std::string rows, turned;
        std::set<int> places;
        for (int i = 0; i < 40; ++i) {
            const std::string n = std::to_string(i);
            rows += "Q" + n + "?,right,wrong 1,wrong 2,wrong 3\n";
            turned = "Q" + n + "?,right,wrong 3,wrong 1,wrong 2\n" + turned;
        }
        const auto suite = parseAnySuite(header + rows, "gpqa.csv"), other = parseAnySuite(header + turned, "gpqa.csv");
        QVERIFY2(suite.has_value() && other.has_value(), told(suite).c_str());
        QCOMPARE(suite->form, std::string("gpqa"));
        for (size_t i = 0; i < 40; ++i) {
            const SuiteItem &item = suite->items[i], &again = other->items[39 - i];
            QCOMPARE(item.choices[size_t(item.answerIndex)], std::string("right"));
            QCOMPARE(again.choices, item.choices); // whatever the order of rows and columns
            QCOMPARE(again.pairKey, item.pairKey);
            places.insert(item.answerIndex);
        }
        QCOMPARE(places.size(), size_t(4));
    }

    void gsm8kAsItIsPublished()
    {
        const QString file = sharedFile("reference-qa/gsm8k-test.jsonl.gz");
        if (file.isEmpty())
            QSKIP("the published test set is not here (ASSAY_SHARED)");
        const auto suite = readAnySuite(file.toStdString());
        QVERIFY2(suite.has_value(), told(suite).c_str());
        QCOMPARE(suite->form, std::string("gsm8k"));
        QCOMPARE(suite->items.size(), size_t(1319));
        QCOMPARE(suite->problemCount, uint64_t(0));
        QCOMPARE(suite->items[0].answer(), std::string("18"));
        QCOMPARE(suite->items[1].answer(), std::string("3"));
        QVERIFY(findScorer(suite->scorer.name));
    }

    void imagesInFoldersAndBesideLabels()
    {
        Folder folder;
        for (const char *name : {"b/2.png", "b/10.png", "a/1.PNG", "a/note.md", "c/3.jpg"})
            folder.put(name, "x");
        const auto suite = readAnySuite(folder.path());
        QVERIFY2(suite.has_value(), told(suite).c_str());
        QCOMPARE(suite->classes, (std::vector<std::string>{"a", "b", "c"}));
        QCOMPARE(suite->items.size(), size_t(4));
        QCOMPARE(suite->items[1].id, std::string("b/2.png"));
        QCOMPARE(suite->items[1].answerIndex, 1);
        QCOMPARE(suite->items[1].image, folder.path("b/2.png"));
        QVERIFY(suite->items[0].asking == Asking::Image);
        Folder flat;
        for (const char *name : {"1.png", "2.png", "3.png"})
            flat.put(name, "x");
        flat.put("labels.csv", "file,label\n1.png,7\n2.png,0\n4.png,1\n../3.png,1\n");
        const auto digits = readAnySuite(flat.path());
        QVERIFY2(digits.has_value(), told(digits).c_str());
        QCOMPARE(digits->classes.size(), size_t(8));
        QCOMPARE(digits->items[0].answerIndex, 7);
        QCOMPARE(digits->items.size(), size_t(2));
        QCOMPARE(digits->problemCount, uint64_t(2)); // one is not there, one lies outside
        QCOMPARE(digits->problems[0].line, uint64_t(4));
    }

    void textForPerplexity()
    {
        std::string text;
        while (text.size() < 100'000)
            text += "Ein Satz mit Umlauten: äöü, und noch einer.\n";
        const auto suite = parseAnySuite(text, "wiki.test.raw");
        QVERIFY2(suite.has_value(), told(suite).c_str());
        QVERIFY(suite->items.size() > 1);
        std::string joined;
        for (const SuiteItem &item : suite->items) {
            QVERIFY(item.asking == Asking::Text);
            QCOMPARE(validUtf8(item.prompt), item.prompt);
            joined += item.prompt;
        }
        QCOMPARE(joined, text);
    }

    void descriptionsTellOfAnyOtherForm()
    {
        Folder folder;
        folder.put("suite.json", R"({"assay_suite": 1, "name": "facts", "form": "csv", "files": "asked*.csv", "id": "{key}", "asking": "choice",
            "prompt": "{q}\n", "options": ["{right}", "{wrong}"], "answer_is": "first", "shuffle": true, "labels": {"lang": "{lang}"},
            "axes": {"difficulty": {"value": "{hard}", "label": "stars"}}, "cluster": "{lang}", "scorer": {"name": "acc", "ignore_case": true}, "stop": [], "max_tokens": 5,
            "few_shot": {"files": "shown.csv", "count": 2, "seed": 3, "by": "{lang}", "example": "{prompt}{answer}\n--\n"}})");
        folder.put("asked1.csv", "key,q,right,wrong,lang,hard\nk1,Q{1}?,x,y,en,2\nk1,Again?,x,y,en,1\nk2,Same?,x,x,en,1\n");
        folder.put("asked2.csv", "key,q,right,wrong,lang,hard\nk3,Frage?,ja,nein,de,\n");
        folder.put("shown.csv", "key,q,right,wrong,lang,hard\ns1,E1?,x,y,en,1\ns2,E2?,x,y,en,1\ns3,E3?,x,y,en,1\ns4,D1?,ja,nein,de,1\ns5,D2?,ja,nein,de,1\n");
        const auto suite = readAnySuite(folder.path());
        QVERIFY2(suite.has_value(), told(suite).c_str());
        QCOMPARE(suite->name, std::string("facts"));
        QCOMPARE(suite->items.size(), size_t(2));
        QCOMPARE(suite->problemCount, uint64_t(2)); // k1 again, two options the same
        QCOMPARE(suite->axes.at("difficulty"), std::string("stars"));
        QCOMPARE(suite->items[0].axes.at("difficulty"), 2.0);
        QVERIFY(suite->items[1].axes.empty());
        QVERIFY(suite->items[0].prompt.ends_with("Q{1}?\n"));
        QCOMPARE(QString::fromStdString(suite->items[0].prompt).count(QStringLiteral("--")), 2);
        QVERIFY(suite->items[1].prompt.find("E1") == std::string::npos);
        QVERIFY(suite->items[1].prompt.find("ja\n--\n") != std::string::npos);
        QVERIFY(suite->scorer.ignoreCase);
        QCOMPARE(readAnySuite(folder.path("suite.json"))->fingerprint, suite->fingerprint);
    }

    void aKnownFormCanBeAskedOtherwise()
    {
        Folder folder;
        folder.put("suite.json", R"({"assay_suite": 1, "like": "mmlu", "files": "*_test.csv", "asking": "generate", "scorer": "letter", "max_tokens": 99})");
        folder.put("law_test.csv", "Q?,a,b,c,d,C\n");
        const auto suite = readAnySuite(folder.path());
        QVERIFY2(suite.has_value(), told(suite).c_str());
        QVERIFY(suite->items[0].asking == Asking::Generate);
        Answer answer;
        answer.output = "The answer is (C).";
        answer.finish = "stop";
        QVERIFY(judge(*suite, suite->items[0], answer).outcome == Outcome::Right);
    }

    void badDescriptions_data()
    {
        QTest::addColumn<QByteArray>("description");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const char *text, const char *says) { QTest::newRow(name) << QByteArray(text) << QString::fromLatin1(says); };
        row("unknown field", R"({"assay_suite": 1, "promt": "x"})", "promt");
        row("version", R"({"assay_suite": 2})", "assay_suite");
        row("unknown form", R"({"assay_suite": 1, "form": "xml", "prompt": "x", "answer": "y", "files": "x"})", "jsonl, json, csv");
        row("unknown like", R"({"assay_suite": 1, "like": "moon"})", "moon");
        row("open brace", "{\"assay_suite\": 1, \"prompt\": \"{x\", \"answer\": \"y\", \"files\": \"x\"}", "brace");
        row("filter", R"({"assay_suite": 1, "prompt": "{x|eval}", "answer": "y", "files": "x"})", "eval");
        row("no prompt", R"({"assay_suite": 1, "answer": "y", "files": "x"})", "prompt");
        row("no files", R"({"assay_suite": 1, "prompt": "x", "answer": "y"})", "files");
        row("files not there", R"({"assay_suite": 1, "prompt": "x", "answer": "y", "files": "none*"})", "none*");
        row("not JSON", "{\"assay_suite\": 1, ", "JSON");
        row("deep", "{\"assay_suite\": 1, \"a\": [[[[[[[[1]]]]]]]]}", "deeply");
    }
    void badDescriptions()
    {
        QFETCH(QByteArray, description);
        QFETCH(QString, says);
        Folder folder;
        folder.put("suite.json", description.toStdString());
        const auto suite = readAnySuite(folder.path());
        QVERIFY(!suite.has_value());
        QVERIFY(suite.error().code == ErrorCode::SuiteUnreadable);
        QVERIFY2(suite.error().sentence().find(says.toStdString()) != std::string::npos, suite.error().sentence().c_str());
    }

    void refusals_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QTest::newRow("parquet") << QStringLiteral("x.parquet") << QByteArray("PAR1....PAR1") << QStringLiteral("read_parquet");
        QTest::newRow("zip") << QStringLiteral("x.zip") << QByteArray("PK\x03\x04...") << QStringLiteral("unpack");
        QTest::newRow("UTF-16") << QStringLiteral("x.csv") << QByteArray("\xFF\xFEq\0", 4) << QStringLiteral("UTF-8");
        QTest::newRow("gzip breaks off") << QStringLiteral("x.jsonl.gz") << QByteArray("\x1F\x8B\x08\0\0\0\0\0\0\x03K", 11) << QStringLiteral("breaks off");
        QTest::newRow("unknown fields") << QStringLiteral("x.jsonl") << QByteArray("{\"a\": 1}") << QStringLiteral("description");
        QTest::newRow("binary") << QStringLiteral("x.bin") << QByteArray(1000, '\x81') << QStringLiteral("description");
    }
    void refusals()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        const auto suite = parseAnySuite(bytes.toStdString(), name.toStdString());
        QVERIFY(!suite.has_value());
        QVERIFY(suite.error().code == ErrorCode::SuiteUnreadable);
        QVERIFY2(suite.error().sentence().find(says.toStdString()) != std::string::npos, suite.error().sentence().c_str());
    }

    void foldersThatAreNoSuite()
    {
        Folder empty;
        QVERIFY(!readAnySuite(empty.path()).has_value());
        Folder several;
        several.put("a.jsonl", R"({"id": "a", "prompt": "p", "answer": "x"})");
        several.put("b.jsonl", R"({"id": "b", "prompt": "p", "answer": "x"})");
        QVERIFY(told(readAnySuite(several.path())).find("one of several suites") != std::string::npos);
        QVERIFY(readAnySuite(several.path("a.jsonl")).has_value());
        QVERIFY(readAnySuite(several.path("c.jsonl")).error().code == ErrorCode::FileMissing);
    }

    void hostileTables()
    {
        const auto suite = parseAnySuite("question,answer\n\"never closed,x\nfine?,y\nb\xFF" "d?,z\n\x1b[2J?,control\n" + std::string(10 << 20, 'q') + "?,long\n", "x.csv");
        QVERIFY2(suite.has_value(), told(suite).c_str());
        QCOMPARE(suite->items.size(), size_t(3));
        QCOMPARE(suite->problemCount, uint64_t(2));
        QCOMPARE(suite->problems[0].line, uint64_t(2));
        QCOMPARE(suite->problems[1].line, uint64_t(4));
        QVERIFY(suite->items[1].prompt.find('\x1b') != std::string::npos); // asked as it stands
    }

    void theShippedSuitesAreRead()
    {
        for (const char *name : {"addition", "brackets", "reasoning", "recall", "recall-choice", "recall-depth", "sorting"}) {
            const auto suite = readAnySuite(std::filesystem::path(ASSAY_SOURCE_DIR "/resources/suites") / (std::string(name) + ".jsonl"));
            QVERIFY2(suite.has_value(), told(suite).c_str());
            QCOMPARE(suite->problemCount, uint64_t(0));
            QCOMPARE(suite->name, std::string(name));
        }
    }

    void everyFormNamesAScorerThatIsThere()
    {
        for (const Generator &generator : generators())
            QVERIFY2(findScorer(generator.scorer), generator.scorer);
        for (const KnownForm &known : knownForms()) {
            const SuiteDescription description = descriptionFrom(nlohmann::json::parse(known.description), known.name);
            const Scorer *scorer = findScorer(description.head.scorer.name);
            QVERIFY2(scorer && scorer->asking == description.asking, known.name);
            for (const std::string &also : description.head.alsoScored)
                QVERIFY2(findScorer(also), also.c_str());
        }
    }

    void generatedSuitesFollowTheirSeed()
    {
        for (const Generator &generator : generators()) {
            const auto first = generateSuite(generator.name, {.seed = 7, .items = 12}), same = generateSuite(generator.name, {.seed = 7, .items = 12}),
                       other = generateSuite(generator.name, {.seed = 8, .items = 12});
            QVERIFY2(first.has_value(), told(first).c_str());
            QCOMPARE(first->items.size(), size_t(12));
            QCOMPARE(same->fingerprint, first->fingerprint);
            QVERIFY2(other->fingerprint != first->fingerprint, generator.name);
            const auto back = parseSuite(suiteLines(*first), "x");
            QVERIFY2(back.has_value(), told(back).c_str());
            QCOMPARE(back->fingerprint, first->fingerprint);
            QVERIFY(back->scorer == first->scorer);
        }
    }

    void theDialsTurn()
    {
        const auto words = [](const std::string &text) { return std::count(text.begin(), text.end(), ' '); };
        const auto suite = generateSuite("needle", {.seed = 1, .items = 20, .difficulties = {0, 3}, .contexts = {200, 2000}});
        QVERIFY2(suite.has_value(), told(suite).c_str());
        std::set<double> depths;
        for (const SuiteItem &item : suite->items) {
            const double context = item.axes.at("context");
            QVERIFY(double(words(item.prompt)) > 0.9 * context && double(words(item.prompt)) < 1.3 * context + 60);
            QCOMPARE(QString::fromStdString(item.prompt).count(QStringLiteral("The secret number of the")), int(item.axes.at("difficulty")) + 1);
            QCOMPARE(QString::fromStdString(item.prompt).count(QString::fromStdString(item.answer())), 1);
            depths.insert(item.axes.at("depth"));
            const double at = double(item.prompt.find(item.answer())) / double(item.prompt.size());
            QVERIFY(std::abs(at - item.axes.at("depth") / 100) < 0.25);
        }
        QCOMPARE(depths, (std::set<double>{0, 25, 50, 75, 100}));
        const auto steps = generateSuite("arithmetic", {.seed = 1, .items = 4, .difficulties = {5}});
        QCOMPARE(QString::fromStdString(steps->items[0].prompt).count(QRegularExpression(QStringLiteral("(Add|Subtract|Multiply|Divide)"))), 5);
        for (const auto &bad : {GeneratorSettings{.items = 1 << 30}, GeneratorSettings{.difficulties = {65}}, GeneratorSettings{.contexts = {0}},
                                GeneratorSettings{.contexts = {int64_t(1) << 40}}, GeneratorSettings{.items = 100'000, .contexts = {1'000'000}}})
            QVERIFY(!generateSuite("needle", bad).has_value());
        QVERIFY(generateSuite("moon", {}).error().code == ErrorCode::BadUsage);
    }

    void theProofOfTheArticles()
    {
        const auto suite = generateSuite("proof", {.seed = 5, .items = 5});
        QVERIFY(suite->items[0].prompt.find("n^2 + n + 41") != std::string::npos);
        QCOMPARE(suite->items[0].answer(), std::string("40"));
        Answer answer;
        answer.output = "It is false: for n = 40 the value is 41^2, so the answer is 40.";
        answer.finish = "stop";
        QVERIFY(judge(*suite, suite->items[0], answer).outcome == Outcome::Right);
    }

    void arithmeticIsRight()
    {
        const auto suite = generateSuite("arithmetic", {.seed = 3, .items = 60});
        static const QRegularExpression kStep(QStringLiteral("(Start with|Add|Subtract|Multiply by|Divide by) (\\d+)\\."));
        for (const SuiteItem &item : suite->items) {
            long long value = 0;
            for (auto it = kStep.globalMatch(QString::fromStdString(item.prompt)); it.hasNext();) {
                const auto step = it.next();
                const long long n = step.captured(2).toLongLong();
                const QChar kind = step.captured(1)[0];
                value = kind == u'A' ? value + n : kind == u'M' ? value * n : kind == u'D' ? value / n : step.captured(1) == QStringLiteral("Subtract") ? value - n : n;
            }
            QCOMPARE(std::to_string(value), item.answer());
        }
    }

    /// Python itself says whether the tests are right: solutions written from the words alone pass, and an empty one fails.
    void programsHaveRightTests()
    {
        const QString python = QStandardPaths::findExecutable(QStringLiteral("python3"));
        if (python.isEmpty())
            QSKIP("python3 is not here");
        const std::string interpreter = R"(
import re
def transform(values, text):
    for step in re.findall(r'^\d+\. (.*)$', text, re.M):
        if m := re.match(r'Keep only the numbers that (\d+) divides', step): values = [v for v in values if v % int(m[1]) == 0]
        elif m := re.match(r'Keep only the numbers larger than (\d+)', step): values = [v for v in values if v > int(m[1])]
        elif m := re.match(r'Replace each number x by (\d+) \* x \+ (\d+)', step): values = [v * int(m[1]) + int(m[2]) for v in values]
        elif 'decimal digits' in step: values = [sum(map(int, str(v))) for v in values]
        elif 'Reverse' in step: values = values[::-1]
        elif 'equal' in step: values = list(dict.fromkeys(values))
        elif 'before it' in step: values = [sum(values[:i + 1]) for i in range(len(values))]
        elif 'first, third' in step: values = values[::2]
        else: raise SystemExit('unknown step ' + step)
    return values
def quicksort(values): return sorted(values)
def read_numbers(path):
    out = []
    with open(path) as file:
        for n, line in enumerate(file, 1):
            if line.strip():
                try: out.append(int(line))
                except ValueError: raise ValueError('line %d' % n)
    return out
def load_port(path):
    import json
    with open(path) as file: port = json.load(file)['port']
    if not isinstance(port, int): raise TypeError(port)
    return port
def nothing(*_): return None
)";
        std::string script = interpreter;
        for (const char *name : {"code", "programming"}) {
            const auto suite = generateSuite(name, {.seed = 11, .items = 24});
            for (const SuiteItem &item : suite->items) {
                const std::string prompt = nlohmann::json(item.prompt).dump();
                script += item.code->test + "\ncheck(" + (item.code->entryPoint == "transform" ? "lambda v, t=" + prompt + ": transform(v, t)" : item.code->entryPoint)
                          + ")\ntry: check(nothing)\nexcept (AssertionError, TypeError): pass\nelse: raise SystemExit('a test lets everything pass')\n";
            }
        }
        QProcess process;
        process.start(python, {QStringLiteral("-")});
        process.write(script.c_str());
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(60000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().right(800).constData());
    }

    void aSummaryHasTheFactsItAsksFor()
    {
        const auto suite = generateSuite("summary", {.seed = 2, .items = 1});
        const SuiteItem &item = suite->items[0];
        QCOMPARE(item.answers.size(), size_t(12));
        QVERIFY(std::count(item.prompt.begin(), item.prompt.end(), ' ') > 14000);
        Answer whole, none;
        whole.output = item.prompt; // whoever repeats the whole report tells every fact
        none.output = "It is about rails.";
        whole.finish = none.finish = "stop";
        QCOMPARE(judge(*suite, item, whole).score, 1.0);
        QCOMPARE(judge(*suite, item, none).score, 0.0);
    }
};

QTEST_APPLESS_MAIN(TestSuiteForms)
#include "tst_suiteforms.moc"
