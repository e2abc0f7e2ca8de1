// SPDX-License-Identifier: GPL-3.0-or-later
// Results of other tools, made by tests/data/generators/make_imports.py, which also counted what they must give.
#include "core/base/file.h"
#include "core/evaluate/imports/imports.h"
#include "core/evaluate/scorer.h"
#include "core/evaluate/statistics/significance.h"
#include "core/format/partsource.h"
#include "tests/evaluate/zipmaker.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

using namespace assay;

namespace {

const std::filesystem::path kData = ASSAY_TEST_DATA "/imports";

Import imported(const std::filesystem::path &path, const ImportOptions &options = {})
{
    auto result = importResults(path, options);
    if (!result)
        qWarning("%s", result.error().sentence().c_str());
    return result ? std::move(*result) : Import{};
}

Result<Import> importText(const std::string &name, std::string text)
{
    return importSource(name, std::make_shared<const MemorySource>(std::move(text), name));
}

const ImportedRun *runOf(const Import &import, const std::string &suite, const std::string &subject = {})
{
    const auto found = std::ranges::find_if(import.runs, [&](const ImportedRun &one) {
        return one.run.protocol.suite == suite && (subject.empty() || one.run.header.subject.name == subject);
    });
    return found == import.runs.end() ? nullptr : &*found;
}

std::vector<std::string> outcomesOf(const EvaluationRun &run)
{
    std::vector<std::string> out;
    for (size_t i = 0; i < run.items.size(); ++i)
        out.push_back(outcomeName(run.items[i].judged.outcome));
    return out;
}

std::string problemsOf(const Import &import)
{
    std::string out;
    for (const ImportProblem &problem : import.problems)
        out += problem.sentence() + "\n";
    return out;
}

nlohmann::json expected()
{
    const auto text = readWholeFile(kData / "expected.json", 1 << 20);
    return nlohmann::json::parse(text.value());
}

size_t rights(const EvaluationRun &run)
{
    return countOutcomes(run.items).right();
}

/// The same five questions, each with another fate.
const std::vector<std::string> kFates{"right", "wrong", "truncated", "error", "unparsed"};
const std::vector<std::string> kToldWrong{"right", "wrong", "truncated", "error", "wrong"}; ///< of tools that do not tell that nothing was found
const std::vector<std::string> kToldLess{"right", "wrong", "wrong", "wrong", "wrong"};      ///< of tools that tell neither limit nor failure

const std::string kLogHeader = R"({"version":2,"status":"success","eval":{"task":"t","model":"m","created":"2024-11-05T10:15:30Z"},"results":{"scores":[{"name":"match"}]}})";

std::string inspectSampleText(int id)
{
    return R"({"id":)" + std::to_string(id) + R"(,"epoch":1,"input":"q","target":"4","output":{"choices":[{"message":{"content":"4"},"stop_reason":"stop"}]},)"
           + R"("scores":{"match":{"value":"C","answer":"4"}}})";
}

std::string lmSampleText(int id, const std::string &more = {})
{
    return R"({"doc_id":)" + std::to_string(id) + R"(,"doc":{"question":"q)" + std::to_string(id) + R"("},"target":"4","arguments":{"gen_args_0":{"arg_0":"q","arg_1":{"until":[]}}},)"
           + R"("resps":[["4"]],"filtered_resps":["4"],"filter":"none","metrics":["exact_match"],"exact_match":1.0)" + more + "}";
}

/// The reference data that are not part of the repository.
std::filesystem::path shared()
{
    const QByteArray told = qgetenv("ASSAY_SHARED");
    return told.isEmpty() ? std::filesystem::path(ASSAY_SOURCE_DIR "/../shared") : std::filesystem::path(told.toStdString());
}

} // namespace

class TestImports : public QObject
{
    Q_OBJECT
private slots:
    void lmEvaluationHarness();
    void lmEvaluationHarnessPairs();
    void likelihoodsCanBeJudgedAnew();
    void filtersAreRunsOfTheirOwn();
    void lighteval();
    void inspect_data();
    void inspect();
    void helm();
    void evalScope();
    void openCompass();
    void gradedSolutions();
    void questionsPairAcrossTools();
    void idsFollowFromTheContent();
    void wantedMetricAndNameCount();
    void rowsSurviveTheirJson();
    void formsOfVersions_data();
    void formsOfVersions();
    void oddLines_data();
    void oddLines();
    void hostileArchives_data();
    void hostileArchives();
    void foldersAreReadWithinLimits();
    void nothingToImport();
    void sentencesNameFileAndLine();
    void fourSystemsOnGradeSchoolMath();
};

void TestImports::lmEvaluationHarness()
{
    const Import import = imported(kData / "lmeval" / "alpha");
    QCOMPARE(problemsOf(import), std::string());
    QCOMPARE(import.runs.size(), size_t(3));
    const ImportedRun *picks = runOf(import, "picks");
    QVERIFY(picks);
    const EvaluationRun &run = picks->run;
    QCOMPARE(run.header.subject.name, std::string("org/alpha"));
    QCOMPARE(run.header.startedAt, std::string("2024-11-05T10:15:30Z"));
    QVERIFY(run.header.state == RunState::Finished);
    QCOMPARE(run.protocol.tool, std::string("lm-evaluation-harness 0.4.9"));
    QCOMPARE(run.protocol.scorer, std::string("acc,none"));
    QCOMPARE(run.protocol.dtype, std::string("bfloat16"));
    QCOMPARE(run.protocol.batch, int64_t(8));
    QCOMPARE(run.protocol.suiteItems, uint64_t(40));
    QCOMPARE(run.protocol.suiteFingerprint, picks->suite.fingerprint);
    const ItemResult row = run.items[0];
    QVERIFY(row.itemId.starts_with("0-"));
    QCOMPARE(row.judged.rule, std::string("acc, none"));
    QCOMPARE(row.given.choices.size(), size_t(4));
    QVERIFY(std::isfinite(row.given.choices[0].logLikelihood) && row.given.choices[0].logLikelihood < -1);
    const SuiteItem &item = picks->suite.items[0];
    QCOMPARE(item.choices.size(), size_t(4));
    QVERIFY(item.prompt.ends_with("Answer: "));
    QVERIFY(item.prompt.find("9\n\nQuestion: ") != std::string::npos); // the example stays in what was asked
    QCOMPARE(item.answers, (std::vector<std::string>{item.choices[size_t(item.answerIndex)]}));
}

void TestImports::lmEvaluationHarnessPairs()
{
    const Import alpha = imported(kData / "lmeval" / "alpha"), beta = imported(kData / "lmeval" / "beta");
    const nlohmann::json counted = expected();
    QCOMPARE(counted.size(), size_t(3));
    for (const auto &[suite, told] : counted.items()) {
        const ImportedRun *first = runOf(alpha, suite), *second = runOf(beta, suite);
        QVERIFY2(first && second, suite.c_str());
        QCOMPARE(rights(first->run), told["alpha"].get<size_t>());
        QCOMPARE(rights(second->run), told["beta"].get<size_t>());
        QCOMPARE(first->suite.fingerprint, second->suite.fingerprint);
        const PairedResult pair = comparePaired(first->run.items, second->run.items);
        QCOMPARE(pair.n, told["n"].get<size_t>());
        QCOMPARE(pair.bothRight, told["both"].get<size_t>());
        QCOMPARE(pair.onlyFirst, told["only_first"].get<size_t>());
        QCOMPARE(pair.onlySecond, told["only_second"].get<size_t>());
        QCOMPARE(pair.bothWrong, told["neither"].get<size_t>());
        QVERIFY(std::abs(pair.mcnemarP - told["p"].get<double>()) < 1e-12);
    }
}

void TestImports::likelihoodsCanBeJudgedAnew()
{
    // The harness' own acc and acc_norm of each document stand in the file; ours come from the raw log-likelihoods.
    const Import import = imported(kData / "lmeval" / "alpha"), normed = imported(kData / "lmeval" / "alpha", {"acc_norm", {}});
    const ImportedRun *picks = runOf(import, "picks"), *byLength = runOf(normed, "picks");
    QVERIFY(picks && byLength);
    QCOMPARE(byLength->run.protocol.scorer, std::string("acc_norm,none"));
    const Scorer *acc = findScorer("acc"), *accNorm = findScorer("acc_norm");
    QVERIFY(acc && accNorm);
    size_t differ = 0;
    for (size_t i = 0; i < picks->run.items.size(); ++i) {
        const ItemResult row = picks->run.items[i], normRow = byLength->run.items[i];
        const SuiteItem &item = picks->suite.items[i];
        QVERIFY(judge(picks->suite, item, row.given, *acc).outcome == row.judged.outcome);
        QVERIFY(judge(picks->suite, item, row.given, *accNorm).outcome == normRow.judged.outcome);
        differ += row.judged.outcome != normRow.judged.outcome;
    }
    QVERIFY(differ > 0);
}

void TestImports::filtersAreRunsOfTheirOwn()
{
    const Import import = imported(kData / "lmeval" / "alpha");
    const ImportedRun *strict = runOf(import, "sums, strict-match"), *flexible = runOf(import, "sums, flexible-extract");
    QVERIFY(strict && flexible);
    QCOMPARE(strict->run.protocol.scorer, std::string("exact_match,strict-match"));
    // "[invalid]" is no answer, and no wrong one either.
    const OutcomeCounts counts = countOutcomes(strict->run.items);
    QVERIFY(counts[Outcome::Unparsed] > 0);
    QCOMPARE(countOutcomes(flexible->run.items)[Outcome::Unparsed], size_t(0));
    for (size_t i = 0; i < flexible->run.items.size(); ++i) {
        const ItemResult row = flexible->run.items[i];
        QCOMPARE(row.given.output.substr(row.judged.from, row.judged.length), row.judged.extracted);
    }
    QVERIFY(strict->run.header.id != flexible->run.header.id);
    QCOMPARE(strict->suite.items[0].maxTokens, int64_t(256));
}

void TestImports::lighteval()
{
    const Import import = imported(kData / "lighteval");
    const ImportedRun *sums = runOf(import, "sums"), *picks = runOf(import, "picks");
    QVERIFY(sums && picks);
    QCOMPARE(sums->run.header.subject.name, std::string("org/small"));
    QCOMPARE(sums->run.protocol.tool, std::string("lighteval 01234567"));
    QCOMPARE(sums->run.protocol.dtype, std::string("float16"));
    QCOMPARE(sums->run.protocol.temperature, 0.6);
    QCOMPARE(outcomesOf(sums->run), (std::vector<std::string>{"right", "wrong", "wrong"}));
    QCOMPARE(sums->run.items[0].judged.rule, std::string("em"));
    QCOMPARE(outcomesOf(picks->run), (std::vector<std::string>{"right", "wrong"}));
    QCOMPARE(picks->run.items[0].given.choices.size(), size_t(4));
    // Parquet is told, with the way to convert it.
    QVERIFY(problemsOf(import).find("details_more") != std::string::npos);
    QVERIFY(problemsOf(import).find("read_parquet") != std::string::npos);
}

void TestImports::inspect_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("archive") << "log.eval";
    QTest::newRow("document") << "log.json";
}

void TestImports::inspect()
{
    QFETCH(QString, file);
    const Import import = imported(kData / "inspect" / file.toStdString());
    QCOMPARE(problemsOf(import), std::string());
    QCOMPARE(import.runs.size(), size_t(1));
    const EvaluationRun &run = import.runs[0].run;
    QCOMPARE(run.header.subject.name, std::string("openai/small"));
    QCOMPARE(run.protocol.suite, std::string("sums"));
    QCOMPARE(run.protocol.tool, std::string("Inspect 0.3.100"));
    QCOMPARE(run.header.startedAt, std::string("2024-11-05T09:15:30Z"));
    QCOMPARE(run.protocol.samples, int64_t(2));
    std::vector<std::string> outcomes = kFates;
    outcomes.push_back("right"); // the second epoch
    QCOMPARE(outcomesOf(run), outcomes);
    QCOMPARE(run.items[5].sample, int64_t(1));
    QCOMPARE(run.items[0].given.reasoning, std::string("Let me think."));
    QCOMPARE(run.items[0].given.promptTokens, int64_t(30));
    QCOMPARE(run.items[3].given.error, std::string("the server closed the connection"));
    QCOMPARE(import.runs[0].suite.items.size(), size_t(5));
}

void TestImports::helm()
{
    const Import import = imported(kData / "helm");
    QCOMPARE(problemsOf(import), std::string());
    const ImportedRun *sums = runOf(import, "sums:subject=adding"), *picks = runOf(import, "picks");
    QVERIFY(sums && picks);
    QCOMPARE(sums->run.header.subject.name, std::string("org/small"));
    QCOMPARE(sums->run.protocol.scorer, std::string("final_number_exact_match"));
    QCOMPARE(outcomesOf(sums->run), kToldWrong);
    QCOMPARE(sums->run.items[3].given.error, std::string("429"));
    QCOMPARE(outcomesOf(picks->run), (std::vector<std::string>{"right"}));
    QCOMPARE(picks->run.items[0].given.choices.size(), size_t(4));
    QCOMPARE(picks->run.items[0].judged.extracted, picks->run.items[0].expected);
}

void TestImports::evalScope()
{
    const Import import = imported(kData / "evalscope");
    QCOMPARE(problemsOf(import), std::string());
    QCOMPARE(import.runs.size(), size_t(1));
    const EvaluationRun &run = import.runs[0].run;
    QCOMPARE(run.header.subject.name, std::string("small"));
    QCOMPARE(run.protocol.suite, std::string("sums_main"));
    QCOMPARE(run.protocol.scorer, std::string("acc"));
    QCOMPARE(outcomesOf(run), kToldWrong);
    QCOMPARE(run.items[0].given.outputTokens, int64_t(12));
}

void TestImports::openCompass()
{
    const Import import = imported(kData / "opencompass");
    const ImportedRun *sums = runOf(import, "sums"), *picks = runOf(import, "picks");
    QVERIFY(sums && picks);
    QCOMPARE(sums->run.header.subject.name, std::string("small-hf"));
    QCOMPARE(outcomesOf(sums->run), kToldLess);
    QVERIFY(sums->suite.items[0].prompt.starts_with("Ada has "));
    // Nothing told how this one was judged: it can be judged here, from the losses.
    QCOMPARE(outcomesOf(picks->run), (std::vector<std::string>{"unparsed"}));
    QVERIFY(picks->run.items[0].judged.undecided);
    QVERIFY(judge(picks->suite, picks->suite.items[0], picks->run.items[0].given).outcome == Outcome::Right);
    QVERIFY(problemsOf(import).find("--dump-eval-details") != std::string::npos);
}

void TestImports::gradedSolutions()
{
    const Import import = imported(kData / "graded" / "solutions.jsonl.gz");
    QCOMPARE(problemsOf(import), std::string());
    QCOMPARE(import.runs.size(), size_t(2));
    QCOMPARE(outcomesOf(runOf(import, "gsm8k", "small")->run), kToldLess);
    QCOMPARE(rights(runOf(import, "gsm8k", "large")->run), size_t(4));
    QCOMPARE(import.runs[0].suite.fingerprint, import.runs[1].suite.fingerprint);
    const ItemResult row = runOf(import, "gsm8k", "large")->run.items[0];
    QCOMPARE(row.judged.extracted, row.expected);
    QCOMPARE(row.given.output.substr(row.judged.from, row.judged.length), row.expected);
}

void TestImports::questionsPairAcrossTools()
{
    // All of them hold the first of the same sums.
    const Import lmEval = imported(kData / "lmeval" / "alpha");
    const ImportedRun *reference = runOf(lmEval, "sums, strict-match");
    QVERIFY(reference);
    const std::vector<std::pair<const char *, const char *>> others{{"lighteval", "sums"}, {"inspect/log.eval", "sums"},   {"helm", "sums:subject=adding"},
                                                                    {"evalscope", "sums_main"}, {"opencompass", "sums"}, {"graded", "gsm8k"}};
    for (const auto &[place, suite] : others) {
        const Import import = imported(kData / place);
        const ImportedRun *run = runOf(import, suite);
        QVERIFY2(run, place);
        for (size_t i = 0; i < 3; ++i) {
            QVERIFY2(run->suite.items[i].pairKey == reference->suite.items[i].pairKey, place);
            QCOMPARE(run->run.items[i].pairKey, run->suite.items[i].pairKey);
        }
    }
    const Import lighteval = imported(kData / "lighteval");
    // lighteval leaves the blank before each option where it was.
    QCOMPARE(runOf(lighteval, "picks")->suite.items[0].pairKey, runOf(lmEval, "picks")->suite.items[0].pairKey);
}

void TestImports::idsFollowFromTheContent()
{
    const Import first = imported(kData / "lmeval"), again = imported(kData / "lmeval");
    QCOMPARE(first.runs.size(), size_t(6));
    std::set<std::string> ids;
    for (size_t i = 0; i < first.runs.size(); ++i) {
        QCOMPARE(first.runs[i].run.header.id, again.runs[i].run.header.id);
        ids.insert(first.runs[i].run.header.id);
    }
    QCOMPARE(ids.size(), first.runs.size());
}

void TestImports::wantedMetricAndNameCount()
{
    const Import import = imported(kData / "helm", {"exact_match", "mine"});
    const ImportedRun *sums = runOf(import, "sums:subject=adding", "mine");
    QVERIFY(sums);
    QCOMPARE(sums->run.protocol.scorer, std::string("exact_match"));
    QCOMPARE(rights(sums->run), size_t(0));
    // A place on somebody's machine is no name.
    const auto placed = importText("log.json", R"({"version":2,"status":"success","eval":{"task":"t","model":"/home/somebody/models/tiny/"},"samples":[)" + inspectSampleText(1) + "]}");
    QVERIFY(placed);
    QCOMPARE(placed->runs.at(0).run.header.subject.name, std::string("tiny"));
}

void TestImports::rowsSurviveTheirJson()
{
    for (const char *place : {"lmeval/alpha", "inspect/log.eval", "helm", "opencompass"}) {
        for (const ImportedRun &one : imported(kData / place).runs) {
            const auto again = evaluationRunFromJson(toJson(one.run));
            QVERIFY2(again, place);
            QVERIFY2(toJson(*again).dump() == toJson(one.run).dump(), place);
        }
    }
}

void TestImports::formsOfVersions_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("outcomes");
    const QString list = QStringLiteral(R"({"doc_id":3,"doc":{"query":"q"},"target":"1","arguments":[["q"," a"],["q"," b"]],"resps":[[[-2.5,false]],[["-1.5","True"]]],"acc":1.0})");
    QTest::newRow("arguments as lists") << "samples_t.jsonl" << list + "\n" << "right";
    const QString contexts = QStringLiteral(R"({"doc_id":3,"doc":{},"target":"0","arguments":{"gen_args_0":{"arg_0":"Ann saw","arg_1":" it."},"gen_args_1":{"arg_0":"Bob saw","arg_1":" it."}},)"
                                            R"("resps":[[["-1.5","False"]],[["-2","False"]]],"metrics":["acc"],"acc":1.0})");
    QTest::newRow("several contexts") << "samples_winogrande.jsonl" << contexts + "\n" << "right";
    const QString nan = QStringLiteral(R"({"doc_id":3,"doc":{"x":NaN,"y":-Infinity,"z":"NaN"},"target":"0","arguments":[["q"," a"],["q"," b"]],"resps":[[["-inf","False"]],[["-2","False"]]],"metrics":["acc"],"acc":0.0})");
    QTest::newRow("what Python calls numbers") << "samples_t.jsonl" << nan + "\n" << "wrong";
    const QString matthews = QStringLiteral(R"({"doc_id":1,"doc":{},"target":"0","arguments":[["q"," no"],["q"," yes"]],"resps":[[["-1","False"]],[["-2","False"]]],"metrics":["mcc"],"mcc":[0,0]})");
    QTest::newRow("pairs of classes") << "samples_cola.jsonl" << matthews + "\n" + QString(matthews).replace(QStringLiteral("[0,0]"), QStringLiteral("[1,0]")).replace(QStringLiteral("\"doc_id\":1"), QStringLiteral("\"doc_id\":2")) << "right wrong";
    const QString rolling = QStringLiteral(R"({"doc_id":1,"doc":{"page":"a b"},"target":"a b","arguments":[["a b"]],"resps":[["-12.5"]],"metrics":["word_perplexity"],"word_perplexity":[-12.5,2]})");
    QTest::newRow("whole texts have no verdict") << "samples_wiki.jsonl" << rolling + "\n" << "unparsed";
    const QString old = QStringLiteral(R"([{"example":"1+1?","full_prompt":"1+1?","predictions":["2"],"gold":["2"],"choices":[],"gold_index":[],"metrics":{"em":1}}])");
    QTest::newRow("details of old lighteval") << "details.json" << old << "right";
    const QString started = QStringLiteral(R"({"0":{"prompt":"1+1?","origin_prediction":"2","predictions":"2","references":"2","correct":true},"type":"GEN"})");
    QTest::newRow("OpenCompass' details alone") << "sums.json" << QStringLiteral(R"({"accuracy":100,"details":)") + started + "}" << "right";
    QTest::newRow("a mark before the first line") << "samples_t.jsonl" << QString::fromUtf8("\xEF\xBB\xBF") + list + "\r\n" << "right";
}

void TestImports::formsOfVersions()
{
    QFETCH(QString, name);
    QFETCH(QString, text);
    QFETCH(QString, outcomes);
    const auto import = importText(name.toStdString(), text.toStdString());
    QVERIFY2(import, import ? "" : import.error().sentence().c_str());
    QCOMPARE(import->runs.size(), size_t(1));
    QStringList told;
    for (const std::string &outcome : outcomesOf(import->runs[0].run))
        told.append(QString::fromStdString(outcome));
    QCOMPARE(told.join(u' '), outcomes);
}

void TestImports::oddLines_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("says");
    QTest::newRow("breaks off") << QString::fromStdString(lmSampleText(2)).left(80) << "not valid JSON";
    QTest::newRow("no object") << "[1, 2]" << "not a JSON object";
    QTest::newRow("a number beyond all") << R"({"doc_id":1e999,"resps":[]})" << "a number is too large";
    QTest::newRow("nests") << QString(u'[').repeated(100) + QString(u']').repeated(100) << "nests too deep";
    QTest::newRow("zero byte") << QStringLiteral("{\"doc_id\":") + QChar(0) + "}" << "zero byte";
    QTest::newRow("nothing was asked") << R"({"doc_id":7,"resps":[["4"]]})" << "no arguments";
    QTest::newRow("nothing was answered") << R"({"doc_id":7,"arguments":[["q"," a"]]})" << "no resps";
    QTest::newRow("twice") << QString::fromStdString(lmSampleText(1)) << "answered twice";
    QTest::newRow("no id") << R"({"arguments":[["q"," a"]],"resps":[["1"]]})" << "no id";
}

void TestImports::oddLines()
{
    QFETCH(QString, line);
    QFETCH(QString, says);
    const auto import = importText("samples_t.jsonl", lmSampleText(1) + "\n" + line.toStdString() + "\n" + lmSampleText(3) + "\n");
    QVERIFY(import);
    QCOMPARE(import->runs.at(0).run.items.size(), size_t(2)); // the rest stands
    const std::string told = problemsOf(*import);
    QVERIFY2(told.find("samples_t.jsonl, 2: ") != std::string::npos && told.find(says.toStdString()) != std::string::npos, told.c_str());
}

void TestImports::hostileArchives_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    QTest::addColumn<int>("rows");
    const auto row = [](const char *name, const std::string &bytes, const char *says, int rows) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << says << rows;
    };
    const Member header = stored("header.json", kLogHeader), one = stored("samples/1_epoch_1.json", inspectSampleText(1));
    row("sound", zipOf({header, one}), "", 1);
    row("a path out of it", zipOf({header, one, stored("samples/../../../etc/x.json", inspectSampleText(2))}), "path out of the archive", 2);
    Member bomb = stored("samples/2_epoch_1.json", inspectSampleText(2));
    bomb.method = 8;
    bomb.size = 4'000'000'000;
    row("a bomb", zipOf({header, one, bomb}), "too large", 1);
    Member wrong = stored("samples/2_epoch_1.json", inspectSampleText(2));
    wrong.crc ^= 1;
    row("a wrong checksum", zipOf({header, one, wrong}), "checksum", 1);
    row("a broken sample", zipOf({header, one, stored("samples/2_epoch_1.json", "{\"id\":")}), "not valid JSON", 1);
    row("the same sample twice", zipOf({header, one, one}), "answered twice", 1);
    row("no log", zipOf({one}), "no log of Inspect", 0);
    row("cut off", zipOf({header, one}).substr(0, 300), "damaged or breaks off", 0);
    Member unknown = stored("samples/2_epoch_1.json", inspectSampleText(2));
    unknown.method = 99;
    row("packed in another way", zipOf({header, one, unknown}), "unknown way", 1);
    row("a log that did not end", zipOf({stored("_journal/start.json", kLogHeader), one}), "", 1);
}

void TestImports::hostileArchives()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    QFETCH(int, rows);
    const auto import = importText("log.eval", bytes.toStdString());
    QCOMPARE(import.has_value(), rows > 0);
    const std::string told = import ? problemsOf(*import) : import.error().sentence();
    QVERIFY2(told.find(says.toStdString()) != std::string::npos, told.c_str());
    if (import)
        QCOMPARE(int(import->runs.at(0).run.items.size()), rows);
    if (says.isEmpty())
        QCOMPARE(told, std::string());
}

void TestImports::foldersAreReadWithinLimits()
{
    QTemporaryDir folder;
    const std::filesystem::path root = folder.path().toStdString();
    const auto write = [](const std::filesystem::path &path, const std::string &text) {
        std::filesystem::create_directories(path.parent_path());
        QVERIFY(writeFileAtomically(path, std::string_view(text)));
    };
    write(root / "notes.txt", "nothing of ours");
    write(root / "a" / "samples_t_2024-11-05T10-15-30.jsonl", lmSampleText(1) + "\n" + lmSampleText(2) + "\n");
    write(root / "a" / "b" / "c" / "d" / "e" / "f" / "g" / "h" / "i" / "j" / "samples_deep.jsonl", lmSampleText(1) + "\n" + lmSampleText(2) + "\n");
    std::filesystem::create_directory_symlink(root, root / "a" / "round"); // a link that leads back
    const Import import = imported(root);
    QCOMPARE(import.runs.size(), size_t(1));
    QCOMPARE(import.runs[0].run.protocol.suite, std::string("t"));
    QVERIFY(problemsOf(import).find("no results_*.json beside it") != std::string::npos);
}

void TestImports::nothingToImport()
{
    QTemporaryDir folder;
    const std::filesystem::path root = folder.path().toStdString();
    const auto codeOf = [](const Result<Import> &result) { return result ? ErrorCode::Internal : result.error().code; };
    QVERIFY(codeOf(importResults(root / "missing")) == ErrorCode::FileMissing);
    QVERIFY(codeOf(importResults(root)) == ErrorCode::FormatUnknown);
    QVERIFY(codeOf(importText("x.json", R"({"hidden_size": 8})")) == ErrorCode::FormatUnknown);
    QVERIFY(codeOf(importText("x", "")) == ErrorCode::FormatUnknown);
    const auto alone = importText("results.json", R"({"results":{"t":{"acc,none":0.5}},"versions":{"t":1},"config":{"model":"hf"}})");
    QVERIFY(codeOf(alone) == ErrorCode::ImportEmpty);
    QVERIFY(alone.error().sentence().find("--log_samples") != std::string::npos);
    const auto parquet = importText("details.parquet", "PAR1....PAR1");
    QVERIFY(codeOf(parquet) == ErrorCode::ImportEmpty);
    QVERIFY(parquet.error().sentence().find("read_parquet") != std::string::npos);
    QVERIFY(codeOf(importText("x.jsonl.gz", std::string("\x1F\x8B\x08\x00garbage", 11))) == ErrorCode::ImportEmpty);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(codeOf(importResults(kData, {}, stop.get_token())) == ErrorCode::Cancelled);
}

void TestImports::sentencesNameFileAndLine()
{
    QCOMPARE((ImportProblem{"a.jsonl", 3, "it is not valid JSON from its byte %1 on", {"17"}}.sentence()), std::string("a.jsonl, 3: it is not valid JSON from its byte 17 on"));
    QCOMPARE((ImportProblem{"a.json", 0, "it cannot be read", {}}.sentence()), std::string("a.json: it cannot be read"));
    // All are counted, a hundred are kept.
    std::string text = lmSampleText(1) + "\n";
    for (int i = 0; i < 250; ++i)
        text += "{broken\n";
    const auto import = importText("samples_t.jsonl", text);
    QVERIFY(import);
    QCOMPARE(import->problems.size(), size_t(100));
    QCOMPARE(import->problemCount, uint64_t(251)); // one for the results that are not there
}

void TestImports::fourSystemsOnGradeSchoolMath()
{
    const std::filesystem::path file = shared() / "reference-qa" / "gsm8k-example_model_solutions.jsonl.gz";
    if (!std::filesystem::exists(file))
        QSKIP("the graded answers of four systems to GSM8K are not here (ASSAY_SHARED)");
    const Import import = imported(file);
    QCOMPARE(problemsOf(import), std::string());
    QCOMPARE(import.runs.size(), size_t(4));
    // Counted with a script over the file: right of 1,319 (openai/grade-school-math).
    const std::map<std::string, size_t> kRight{{"6b_finetuning", 286}, {"6b_verification", 515}, {"175b_finetuning", 458}, {"175b_verification", 742}};
    for (const auto &[system, right] : kRight) {
        const ImportedRun *one = runOf(import, "gsm8k", system);
        QVERIFY2(one, system.c_str());
        QCOMPARE(one->run.items.size(), size_t(1319));
        QCOMPARE(rights(one->run), right);
        QCOMPARE(one->suite.fingerprint, import.runs[0].suite.fingerprint);
    }
    const PairedResult pair = comparePaired(runOf(import, "gsm8k", "175b_verification")->run.items, runOf(import, "gsm8k", "6b_verification")->run.items);
    QCOMPARE(pair.n, size_t(1319));
    QCOMPARE(pair.bothRight + pair.onlyFirst, size_t(742));
    QCOMPARE(pair.bothRight + pair.onlySecond, size_t(515));
    QVERIFY(std::abs(pair.difference.value - 227.0 / 1319) < 1e-12);
    QVERIFY(pair.mcnemarP < 1e-12);
}

QTEST_APPLESS_MAIN(TestImports)
#include "tst_imports.moc"
