// SPDX-License-Identifier: GPL-3.0-or-later
// The file of a watch, its baseline and its history: what is read, and what of it is refused in a sentence.
#include "core/identify/watch/baseline.h"
#include "core/identify/watch/watchfile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace assay;

namespace {

using nlohmann::json;

json usual()
{
    json endpoint{{"name", "r1"}, {"url", "https://api.example.com/v1"}, {"model", "deepseek-r1"}, {"key_variable", "SELLER_KEY"}, {"version", "2026-01"}};
    endpoint["checks"] = {"logprobs", "tokenizer", "latency"};
    json file{{"schema", "assay-watch/1"}, {"name", "seller"}, {"alpha", 0.02}};
    file["endpoints"] = json::array({endpoint});
    file["checks"]["logprobs"] = {{"every", 3600}, {"calls", 12}};
    file["checks"]["tokenizer"]["probes"]["digits"] = "1234567";
    file["sla"]["2026-01"] = {{"ttft", 2.5}, {"share", 0.9}, {"availability", 0.99}};
    file["alerts"]["webhook"] = "https://hooks.example.com/a/b";
    file["alerts"]["command"] = {"logger", "-t", "assay"};
    return file;
}

QString refusal(const json &object)
{
    const auto file = readWatchFile(object.dump(), "watch.json");
    return file ? QString() : QString::fromStdString(file.error().sentence());
}

WatchRecord learned(const char *endpoint)
{
    WatchRecord record;
    record.at = record.due = 1000;
    record.endpoint = endpoint;
    record.outcome = WatchRecord::Outcome::Learning;
    record.window.logprobs = {{{"a", -0.5}, {"b", -1.5}}};
    record.window.answers = {{"x", {{"y", 3}}}};
    record.window.tokens = {{"digits", {12, 12}}};
    record.window.ttft = {0.25};
    record.window.requests = 4;
    record.what = {"recorded as part of the baseline", {}};
    return record;
}

} // namespace

class TestWatchFile : public QObject
{
    Q_OBJECT
private slots:
    void readsAll()
    {
        const auto file = readWatchFile(usual().dump(), "watch.json");
        QVERIFY2(file, file ? "" : file.error().sentence().c_str());
        QCOMPARE(file->endpoints.size(), size_t(1));
        QCOMPARE(file->endpoints[0].keyVariable, std::string("SELLER_KEY"));
        QCOMPARE(file->endpoints[0].checks.size(), size_t(3));
        QCOMPARE(file->everyOf(WatchCheck::Logprobs), int64_t(3600));
        QCOMPARE(file->everyOf(WatchCheck::Border), int64_t(86'400));
        QCOMPARE(file->logprobs.calls, int64_t(12));
        QCOMPARE(file->tokenizer.probes.size(), size_t(1));
        QCOMPARE(file->border.candidates.size(), size_t(738));
        QCOMPARE(file->sla.at("2026-01").ttft.value_or(0), 2.5);
        QVERIFY(!file->sla.at("2026-01").tpot);
        QCOMPARE(file->alerts.command.size(), size_t(3));
        QCOMPARE(file->alpha, 0.02);
    }

    void findsItsFilesBesideIt()
    {
        const QTemporaryDir folder;
        json object = usual();
        object["audit"] = "/var/log/audit.jsonl";
        QFile out(folder.filePath(QStringLiteral("watch.json")));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(QByteArray::fromStdString(object.dump()));
        out.close();
        const auto file = readWatchFile(std::filesystem::path(out.fileName().toStdString()));
        QVERIFY(file);
        QCOMPARE(file->audit, std::string("/var/log/audit.jsonl"));
        QCOMPARE(file->history, folder.filePath(QStringLiteral("history.jsonl")).toStdString());
        QCOMPARE(readWatchFile(std::filesystem::path("/no/such/watch.json")).error().code, ErrorCode::FileMissing);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *pointer, const char *value, const char *words) { QTest::newRow(pointer[0] ? (std::string(pointer) + value).c_str() : "whole") << pointer << value << words; };
        row("/schema", "\"assay-watch/2\"", "schema is not assay-watch/1");
        row("/endpoints", "[]", "endpoints is no list");
        row("/endpoints/0/url", "\"ftp://host\"", "endpoints[0].url is no http");
        row("/endpoints/0/url", "\"https://me:secret@host/v1\"", "without a user's name");
        row("/endpoints/0/key", "\"sk-1\"", "name an environment variable in key_variable");
        row("/endpoints/0/key_variable", "\"sk-1234\"", "is no name of a variable");
        row("/endpoints/0/checks", "[\"colour\"]", "unknown check: colour");
        row("/endpoints/0/checks", "[\"border\",\"border\"]", "twice");
        row("/endpoints/0/checks", "[]", "names none of");
        row("/endpoints/0/model", "7", "model is no text");
        row("/endpoints/0/version", "\"v9\"", "sla has no version v9");
        row("/endpoints/1", "{\"name\":\"r1\",\"url\":\"http://h\",\"model\":\"m\",\"checks\":[\"border\"]}", "name is there twice");
        row("/checks/logprobs/every", "5", "from 60 to");
        row("/checks/logprobs/calls", "1e99", "is no whole number");
        row("/checks/tokenizer/probes", "{}", "is no object of up to 64 texts");
        row("/checks/border", "{\"candidates\":[\"\"]}", "is no list of up to 5000 texts");
        row("/checks/speed", "{}", "checks.speed is not known here");
        row("/checks", "3", "checks is no object");
        row("/alpha", "0", "above 0");
        row("/alerts/webhook", "\"mail@host\"", "alerts.webhook is no http");
        row("/sla/2026-01/ttft", "-1", "sla.2026-01.ttft is no number above 0");
        row("/sla", "[]", "sla is no object");
    }

    void saysWhatIsWrong()
    {
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        QFETCH(QString, words);
        json object = usual();
        object[json::json_pointer(pointer.toStdString())] = json::parse(value.toStdString());
        const QString sentence = refusal(object);
        QVERIFY2(sentence.contains(words), qPrintable(sentence));
    }

    void refusesHostileBytes()
    {
        for (const std::string &text : {std::string(), std::string("["), std::string(100'000, '['), std::string("{\"schema\":\"assay-watch/1\",\"x\":") + std::string(1000, '['),
                                        std::string(2'000'000, ' '), std::string("{\"a\xff\":1}"), std::string("null")}) {
            const auto file = readWatchFile(text, "watch.json");
            QVERIFY(!file);
            QCOMPARE(file.error().code, ErrorCode::MonitorDamaged);
        }
    }

    void keepsBaselines()
    {
        WatchBaseline baseline;
        baseline.put({"one", WatchCheck::Logprobs, 0, {learned("one")}});
        baseline.put({"two", WatchCheck::Logprobs, 0, {learned("two"), learned("two")}});
        baseline.put({"two", WatchCheck::Logprobs, 0, {learned("two")}});
        const std::string text = baselineText(baseline);
        const auto again = readWatchBaseline(text, "baseline.json");
        QVERIFY2(again, again ? "" : again.error().sentence().c_str());
        QCOMPARE(again->series.size(), size_t(2));
        QCOMPARE(baselineText(*again), text);
        const BaselineSeries *series = again->find("two", WatchCheck::Logprobs);
        QVERIFY(series && series->records.size() == 1);
        QVERIFY(series->records[0].window.logprobs == learned("two").window.logprobs);
        QVERIFY(!again->find("two", WatchCheck::Border));
    }

    void refusesDamagedBaselines()
    {
        WatchBaseline baseline;
        baseline.put({"one", WatchCheck::Logprobs, 0, {learned("one")}});
        const json good = json::parse(baselineText(baseline));
        const auto code = [](const json &object) {
            const auto read = readWatchBaseline(object.dump(), "baseline.json");
            return read ? ErrorCode::Internal : read.error().code;
        };
        for (const auto &[pointer, value] : std::vector<std::pair<const char *, const char *>>{
                 {"/schema", "\"x\""}, {"/series", "1"}, {"/series/0/records", "[]"}, {"/series/0/records/0/at", "-1"}, {"/series/0/records/0/outcome", "\"failed\""},
                 {"/series/0/records/0/check", "\"colour\""}, {"/series/0/records/0/window/logprobs/0/a", "\"x\""}, {"/series/0/records/0/window/failed", "5"},
                 {"/series/0/records/0/window/answers/x/y", "99999999999"}, {"/series/0/records/0/what", "7"}}) {
            json object = good;
            object[json::json_pointer(pointer)] = json::parse(value);
            QVERIFY2(code(object) == ErrorCode::MonitorDamaged, pointer);
        }
        json twice = good;
        twice["series"].push_back(good["series"][0]);
        QVERIFY(code(twice) == ErrorCode::MonitorDamaged);
        const std::string text = baselineText(baseline);
        for (size_t size = 0; size < text.size() - 1; size += 7)
            QVERIFY(!readWatchBaseline(std::string_view(text).substr(0, size), "baseline.json"));
    }
};

QTEST_APPLESS_MAIN(TestWatchFile)
#include "tst_watchfile.moc"
