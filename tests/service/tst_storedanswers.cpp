// SPDX-License-Identifier: GPL-3.0-or-later
// Evaluations in the store: rows as columns, answers as they came, later judgements beside them, and what was asked.
#include "core/service/evaluationtables.h"
#include "core/service/sqlite.h"
#include "core/service/store.h"
#include "tests/service/runs.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace assay;

class TestStoredAnswers : public QObject
{
    Q_OBJECT
private slots:
    void evaluationsOfOlderStores();
    void manyRowsInOrder();
    void judgementsBesideAnswers();
    void removedEvaluationsComeBack();
    void damagedColumnsAreMadeAnew();
    void suitesAreKept();

private:
    QTemporaryDir m_dir;
    QString path(const char *name) const { return m_dir.filePath(QLatin1String(name)); }
};

// tests/data/store/version2.sqlite: twenty answers of the sample model distilled, written by Assay of schema 2, and the same run again
// as a program left it that was killed after twelve; paths and names of the machine were replaced.
void TestStoredAnswers::evaluationsOfOlderStores()
{
    const QString file = path("version2.sqlite");
    QVERIFY(QFile::copy(QStringLiteral(ASSAY_TEST_DATA "/store/version2.sqlite"), file));
    QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner));
    for (int start = 0; start < 2; ++start) { // the second reads the columns that the first made
        auto store = Store::open(file);
        QVERIFY(store);
        const auto runs = (*store)->evaluationRuns();
        QVERIFY(runs && runs->size() == 2 && (*store)->skipped().empty());
        QCOMPARE(runs->at(0).header.state, RunState::Interrupted);
        QCOMPARE(runs->at(0).items.size(), size_t(12));
        const EvaluationRun &run = runs->at(1);
        QCOMPARE(run.items.size(), size_t(20));
        QVERIFY(!run.items.allTextsHere());
        const ItemResult first = run.items[0];
        QCOMPARE(first.itemId, std::string("addition-0001"));
        QCOMPARE(first.given.output, std::string("1+9+0=1,0;6+9+1=1,30;>130"));
        QCOMPARE(first.judged.extracted, std::string("130"));
        QVERIFY(first.axes.at("difficulty") == 1 && first.judged.outcome == Outcome::Wrong && first.judged.from == 22);
        size_t right = 0;
        for (const ItemResult &item : run.items.lightRows())
            right += item.judged.outcome == Outcome::Right;
        QCOMPARE(right, size_t(2));
    }
    auto database = Sqlite::open(file);
    QCOMPARE(*(*database)->number("PRAGMA user_version"), 3);
    QCOMPARE(*(*database)->number("SELECT COUNT(*) FROM samples"), 0);
    QCOMPARE(*(*database)->number("SELECT COUNT(*) FROM packed"), 2);
}

void TestStoredAnswers::manyRowsInOrder()
{
    const QString file = path("many.sqlite");
    constexpr size_t kRows = 2100;
    {
        auto store = Store::open(file);
        EvaluationRun run = evaluationRun("e");
        QVERIFY((*store)->batch([&]() -> Result<void> {
            Result<void> done = (*store)->begin(run);
            for (size_t i = 0; done && i < kRows; ++i) {
                run.items.push_back(itemResult(std::to_string(i)));
                done = (*store)->append("e", itemResult(std::to_string(i)));
            }
            return done;
        }));
        ItemRows most = run.items;
        most.resize(2000);
        QVERIFY((*store)->pack("e", most)); // and a hundred that came later
    }
    auto store = Store::open(file);
    const auto runs = (*store)->evaluationRuns();
    QVERIFY(runs && runs->size() == 1);
    const ItemRows &rows = runs->front().items;
    QCOMPARE(rows.size(), kRows);
    size_t i = 0;
    for (const ItemResult &row : rows) {
        QCOMPARE(row.itemId, std::to_string(i++));
        QCOMPARE(row.given.choices.size(), size_t(2));
    }
    QCOMPARE(rows[1999].itemId, std::string("1999"));
    QCOMPARE(rows[7].given.outputTokens, int64_t(6));
    QCOMPARE(rows.light(7).given.output, std::string());
}

void TestStoredAnswers::judgementsBesideAnswers()
{
    const QString file = path("rejudged.sqlite");
    {
        auto store = Store::open(file);
        EvaluationRun run = evaluationRun("e");
        QVERIFY((*store)->begin(run));
        for (const char *id : {"a", "b"}) {
            run.items.push_back(itemResult(id));
            QVERIFY((*store)->append("e", itemResult(id)));
        }
        run.protocol.scorer = "other 7";
        run.items.rejudge([](ItemResult &row) {
            row.judged.outcome = Outcome::Right;
            row.judged.extracted = row.itemId == "a" ? std::string(9000, 'y') : "12";
            row.expected = "twelve";
        });
        QVERIFY((*store)->rejudge(run));
    }
    for (const bool columns : {true, false}) {
        if (!columns)
            QVERIFY((*Sqlite::open(file))->execute("DELETE FROM packed"));
        auto store = Store::open(file);
        const auto runs = (*store)->evaluationRuns();
        QVERIFY(runs && runs->size() == 1);
        QCOMPARE(runs->front().protocol.scorer, std::string("other 7"));
        const ItemRows &rows = runs->front().items;
        QCOMPARE(rows.size(), size_t(2));
        QCOMPARE(rows[0].judged.extracted, std::string(9000, 'y'));
        QCOMPARE(rows[1].judged.extracted, std::string("12"));
        QCOMPARE(rows[1].expected, std::string("twelve"));
        QCOMPARE(rows.light(1).judged.outcome, Outcome::Right);
        QVERIFY(rows[0].given.output == rows[1].given.output && rows[0].given.outputTokens == 6 && rows[0].given.error == "none");
    }
    int first = 0; // what was made of it at first is there, too
    QVERIFY((*Sqlite::open(file))->query("SELECT body FROM answers", {}, [&](const QStringList &row) { first += row[0].contains(QLatin1String("truncated")); }));
    QCOMPARE(first, 2);
}

void TestStoredAnswers::removedEvaluationsComeBack()
{
    const QString file = path("removed.sqlite");
    {
        auto store = Store::open(file);
        QVERIFY((*store)->begin(evaluationRun("e")));
        QVERIFY((*store)->append("e", itemResult("a")));
        QVERIFY((*store)->remove("e"));
        QCOMPARE((*store)->evaluationRuns()->size(), size_t(0));
        QVERIFY((*store)->restore("e"));
        QCOMPARE((*store)->evaluationRuns()->at(0).items.size(), size_t(1));
        QVERIFY(!(*store)->restore("e"));
        QVERIFY((*store)->remove("e"));
        QVERIFY((*store)->begin(evaluationRun("e"))); // the same id again: nothing of the old answers may come back
        QCOMPARE((*store)->evaluationRuns()->at(0).items.size(), size_t(0));
        QVERIFY((*store)->append("e", itemResult("a")));
        QVERIFY((*store)->remove("e"));
    }
    QVERIFY((*Sqlite::open(file))->execute("UPDATE runs SET owner = '1:1:gone'")); // the program that removed it has ended
    QVERIFY(Store::open(file));
    QCOMPARE(*(*Sqlite::open(file))->number("SELECT (SELECT COUNT(*) FROM runs) + (SELECT COUNT(*) FROM answers)"), 0);
}

void TestStoredAnswers::damagedColumnsAreMadeAnew()
{
    const QString file = path("columns.sqlite");
    EvaluationRun run = evaluationRun("e");
    run.header.state = RunState::Finished;
    auto store = Store::open(file);
    QVERIFY((*store)->begin(run));
    run.items.push_back(itemResult("a"));
    QVERIFY((*store)->append("e", itemResult("a")));
    QVERIFY((*store)->pack("e", run.items));
    QVERIFY((*Sqlite::open(file))->execute("UPDATE packed SET body = 'damaged'"));
    QCOMPARE((*store)->evaluationRuns()->at(0).items[0].itemId, std::string("a"));
    QCOMPARE(*(*Sqlite::open(file))->number("SELECT COUNT(*) FROM packed WHERE body = 'damaged'"), 0);
    QVERIFY((*Sqlite::open(file))->execute("UPDATE answers SET body = '[]'"));
    const auto runs = (*store)->evaluationRuns(); // the columns stand, the answer is told to be unreadable
    QVERIFY(!runs->at(0).items.whole(0));
    QCOMPARE(runs->at(0).items.light(0).judged.outcome, Outcome::Truncated);
}

void TestStoredAnswers::suitesAreKept()
{
    const QString file = path("suites.sqlite");
    Suite suite;
    suite.name = "sums";
    suite.items.resize(1);
    suite.items[0].id = "a";
    suite.items[0].prompt = "1+1=";
    suite.items[0].answers = {"2"};
    settle(suite);
    auto store = Store::open(file);
    QVERIFY((*store)->keepSuite(suite));
    QVERIFY((*store)->keepSuite(suite));
    QCOMPARE(*(*Sqlite::open(file))->number("SELECT COUNT(*) FROM suites"), 1);
    EvaluationProtocol asked;
    asked.suite = "sums";
    asked.suiteFingerprint = suite.fingerprint;
    const auto kept = storedSuite(file, asked);
    QVERIFY(kept);
    QCOMPARE(kept->fingerprint, suite.fingerprint);
    QCOMPARE(kept->items.at(0).prompt, suite.items[0].prompt);
    asked.suiteFingerprint = "another";
    QCOMPARE(storedSuite(file, asked).error().code, ErrorCode::SuiteMissing);
    QCOMPARE(storedSuite({}, asked).error().code, ErrorCode::SuiteMissing);
}

QTEST_GUILESS_MAIN(TestStoredAnswers)
#include "tst_storedanswers.moc"
