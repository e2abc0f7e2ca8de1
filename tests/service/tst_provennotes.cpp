// SPDX-License-Identifier: GPL-3.0-or-later
// Pitfall 7: results beyond the rate that the self-test proved are marked, and its error stands beside the others.
#include "core/service/provennotes.h"

#include <QSysInfo>
#include <QTest>
#include <algorithm>

using namespace assay;

namespace {

/// One request after the other, ten chunks each, 10 ms apart: 100 chunks in a second.
BenchRun run(const std::string &host)
{
    BenchRun run;
    run.header.environment.host = host;
    run.plan.load.emplace();
    run.plan.load->concurrencies = {1};
    for (int64_t i = 0; i < 10; ++i) {
        RequestRecord record;
        record.index = i;
        record.sent = record.scheduled = i * 100'000'000;
        for (int64_t c = 1; c <= 10; ++c)
            record.chunks.push_back({record.sent + c * 10'000'000, uint32_t(c), Channel::Answer, 4, 0});
        record.ended = record.chunks.back().at;
        record.status = 200;
        run.requests.append(record);
    }
    return run;
}

SelfTestReport proving(double rate)
{
    SelfTestResult result;
    result.level = {1, rate, 1, false};
    result.written = 1;
    result.chunk = {rate * 1e-7, rate * 1e-6, rate * 1e-6, 1}; // more load, more error
    SelfTestReport report;
    report.results = {result};
    return report;
}

SelfTestReport provingAll(const std::vector<double> &rates)
{
    SelfTestReport report;
    for (const double rate : rates)
        report.results.push_back(proving(rate).results.front());
    return report;
}

std::string textOf(const std::vector<LoadNote> &notes, const char *id)
{
    for (const LoadNote &note : notes) {
        if (QByteArray(note.id) == id)
            return note.text();
    }
    return {};
}

bool has(const std::vector<LoadNote> &notes, const char *id)
{
    return std::any_of(notes.begin(), notes.end(), [id](const LoadNote &note) { return QByteArray(note.id) == id; });
}

} // namespace

class TestProvenNotes : public QObject
{
    Q_OBJECT
private slots:
    void p07_marksWhatIsBeyond();
    void p07_tellsTheClientsError();
};

/// The load that is next above the result's, not the lightest and not one that was not proven.
void TestProvenNotes::p07_tellsTheClientsError()
{
    const BenchRun here = run(QSysInfo::machineHostName().toStdString());
    const BenchPoint point = pointsOf(here.plan).front();
    const std::string text = textOf(notesHere(here, point, provingAll({50, 200, 800})), "client_error");
    QVERIFY2(text.find("200 ") != std::string::npos && text.find("200 us") != std::string::npos, text.c_str());
    SelfTestReport wrong = provingAll({50, 200, 800});
    wrong.results[1].lost = 1; // proven up to 50
    QVERIFY(has(notesHere(here, point, wrong), "beyond_proven"));
    QVERIFY(!has(notesHere(here, point, wrong), "client_error"));
    SelfTestReport inStep = provingAll({50, 200, 800});
    inStep.results[1].level.inStep = true; // another kind of load
    QVERIFY(textOf(notesHere(here, point, inStep), "client_error").find("800 ") != std::string::npos);
}

void TestProvenNotes::p07_marksWhatIsBeyond()
{
    const BenchRun here = run(QSysInfo::machineHostName().toStdString());
    const BenchPoint point = pointsOf(here.plan).front();
    QVERIFY(std::abs(chunksPerSecond(here, point) - 100) < 1);
    QVERIFY(has(notesHere(here, point, proving(50)), "beyond_proven"));
    QVERIFY(!has(notesHere(here, point, proving(200)), "beyond_proven"));
    QVERIFY(!has(notesHere(here, point, proving(200)), "not_self_tested"));
    QVERIFY(has(notesHere(here, point, proving(200)), "client_error"));
    QVERIFY(has(notesHere(here, point, std::nullopt), "not_self_tested"));
    const BenchRun elsewhere = run("another machine");
    QCOMPARE(notesHere(elsewhere, point, proving(50)).size(), notesOf(elsewhere, point).size());
    QCOMPARE(notesHere(elsewhere, point, std::nullopt).size(), notesOf(elsewhere, point).size());
    QCOMPARE(chunksPerSecond(BenchRun{}, point), 0.0);
}

QTEST_GUILESS_MAIN(TestProvenNotes)
#include "tst_provennotes.moc"
