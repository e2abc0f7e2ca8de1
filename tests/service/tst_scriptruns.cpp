// SPDX-License-Identifier: GPL-3.0-or-later
// Benchmarks of TorchScript modules with the real worker, from a subject to what the comparison shows of them.
#include "core/compare/comparison.h"
#include "core/report/report.h"
#include "core/service/jobs.h"
#include "core/service/runlibrary.h"
#include "core/service/subjectplan.h"
#include "core/service/workerbackend.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace assay;

namespace {

WorkerCommand realWorker()
{
    return {QStringLiteral(ASSAY_BINARY_DIR "/bin/assay-worker"), {}};
}

bool processLives(qint64 process)
{
    return QFile::exists(QStringLiteral("/proc/%1/stat").arg(process));
}

} // namespace

class TestScriptRuns : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    WorkerBackend *m_backend = nullptr;

    QString module(const char *name) const { return m_folder.filePath(QString::fromLatin1(name) + QStringLiteral(".pt")); }

    static BenchPlan plan(const std::vector<std::string> &inputs)
    {
        BenchPlan plan;
        plan.passes = true;
        plan.inputs = inputs;
        plan.runs = 8;
        plan.warmup = 2;
        plan.loads = 2;
        return plan;
    }

    std::unique_ptr<BenchJob> bench(const char *name, const BenchPlan &wanted, RunLibrary &library)
    {
        const std::string path = module(name).toStdString();
        const auto factory = [this, path] {
            auto made = std::make_unique<WorkerBackend>(realWorker(), path);
            m_backend = made.get();
            return made;
        };
        return std::make_unique<BenchJob>(SubjectRef{path, name, name}, wanted, factory, &library);
    }

    /// The subject with its newest run, as a comparison has it.
    static ComparedSubject compared(const BenchRun &run)
    {
        ComparedSubject out;
        out.subject = run.header.subject;
        out.bench = std::make_shared<const BenchRun>(run);
        return out;
    }

private slots:
    void initTestCase()
    {
        QCOMPARE(QProcess::execute(QStringLiteral(ASSAY_BINARY_DIR "/tests/makescripts"), {m_folder.path()}), 0);
    }

    void thePlanFitsTheSubject()
    {
        const auto script = inspectModel(module("network").toStdString());
        const auto decoder = inspectModel(ASSAY_TEST_DATA "/models/llama-gqa");
        QVERIFY(script && decoder);
        QVERIFY(isScript(*script) && !isScript(*decoder) && !answersSuites(*script) && answersSuites(*decoder));
        BenchPlan asked;
        asked.inputs = {"f32[1,3,8,8]"};
        asked.runs = kUsualRuns;
        asked.warmup = kUsualWarmup;
        const BenchPlan passes = planFor(*script, asked), generation = planFor(*decoder, asked);
        QVERIFY(passes.passes && passes.inputs == asked.inputs && passes.runs == kPassRuns && passes.warmup == kPassWarmup);
        QVERIFY(!generation.passes && generation.inputs.empty() && generation.runs == 7 && generation.warmup == 1);
        asked.runs = 5;
        asked.warmup = 0;
        QVERIFY(planFor(*script, asked).runs == 5 && planFor(*script, asked).warmup == 0);
    }

    void measures()
    {
        RunLibrary library{QString()};
        const auto job = bench("network", plan({"f32[4,3,16,16]"}), library);
        job->start();
        QTRY_VERIFY_WITH_TIMEOUT(job->isOver(), 60000);
        QVERIFY2(job->state() == JobState::Finished, job->log().join(u'\n').toUtf8().constData());
        const BenchRun &run = *library.benchRuns().front();
        QCOMPARE(run.loads.size(), size_t(2));
        QCOMPARE(run.samples.size(), size_t(10));
        const std::vector<BenchPoint> points = pointsOf(run.plan);
        QCOMPARE(points.size(), size_t(1));
        const std::vector<MetricValue> values = summarize(run, points.front());
        for (const char *id : {"load_time", "pass_time", "input_speed", "memory.weights", "memory.tensor_peak", "memory.process_peak"})
            QVERIFY2(findValue(values, id), id);
        QVERIFY(!findValue(values, "ttft") && !findValue(values, "throughput"));
        showsWhatThereIs(run);
    }

    void showsWhatThereIs(const BenchRun &run)
    {
        Comparison comparison;
        comparison.subjects = {compared(run), compared(run)};
        comparison.subjects.back().subject.name = "again";
        QStringList rows, charts;
        for (const ComparisonRow &row : comparisonTable(comparison))
            rows << QString::fromStdString(row.id);
        for (const ChartSpec &chart : comparisonCharts(comparison)) {
            charts << QString::fromStdString(chart.id);
            QVERIFY2(chart.missing.empty(), chart.id.c_str());
        }
        QVERIFY(rows.contains(QStringLiteral("metric.pass_time")) && rows.contains(QStringLiteral("metric.input_speed")));
        for (const char *absent : {"metric.ttft", "metric.tpot", "metric.e2e", "metric.throughput", "metric.decode_speed"})
            QVERIFY2(!rows.contains(QString::fromLatin1(absent)), absent);
        QCOMPARE(charts, (QStringList{QStringLiteral("latency_pass"), QStringLiteral("input_speed"), QStringLiteral("memory"), QStringLiteral("load")}));
        const std::string said = headline(comparison);
        QVERIFY2(said.find("times the speed") != std::string::npos, said.c_str());
        comparison.subjects.pop_back();
        QVERIFY(headline(comparison).find("a pass") != std::string::npos);
        const std::string text = reportMarkdown(buildReport(comparison, "en"));
        QVERIFY(text.find("Declared inputs") != std::string::npos && text.find("f32[4,3,16,16]") != std::string::npos);
        for (const char *absent : {"TTFT", "TPOT", "Output tokens", "Gaps between"})
            QVERIFY2(text.find(absent) == std::string::npos, absent);
    }

    void warnsOfNumbersThatAreNone()
    {
        RunLibrary library{QString()};
        const auto job = bench("nested", plan({"f32[2,3]"}), library);
        job->start();
        QTRY_VERIFY_WITH_TIMEOUT(job->isOver(), 60000);
        QCOMPARE(job->state(), JobState::Finished);
        Comparison comparison;
        comparison.subjects = {compared(*library.benchRuns().front())};
        const std::vector<std::string> warnings = comparisonWarnings(comparison);
        QVERIFY(std::any_of(warnings.begin(), warnings.end(), [](const std::string &warning) {
            return warning.find("6 numbers that are NaN or infinite") != std::string::npos;
        }));
    }

    void whatDoesNotFitIsSaid()
    {
        RunLibrary library{QString()};
        for (const std::vector<std::string> &inputs : {std::vector<std::string>{}, {"i64[3]"}, {"f32[1,3,8,8]", "int=2"}}) {
            const auto job = bench("table", plan(inputs), library);
            job->start();
            QTRY_VERIFY_WITH_TIMEOUT(job->isOver(), 60000);
            QCOMPARE(job->state(), JobState::Failed);
            QCOMPARE(job->error()->code, ErrorCode::InputsUnfit);
            QVERIFY2(job->error()->sentence().find("(ids: Tensor, scale: Tensor, add: int") != std::string::npos,
                     job->error()->sentence().c_str());
        }
    }

    /// Its worker cannot hear: it is ended, and that is said.
    void whatNeverEndsIsEnded()
    {
        RunLibrary library{QString()};
        const auto job = bench("endless", plan({"f32[4]"}), library);
        job->start();
        QTRY_VERIFY_WITH_TIMEOUT(job->stage().contains(QStringLiteral("passes over f32[4]")), 60000);
        const qint64 process = m_backend->workerProcessId();
        QVERIFY(processLives(process));
        job->cancel();
        QTRY_VERIFY_WITH_TIMEOUT(job->isOver(), 60000);
        QCOMPARE(job->state(), JobState::Cancelled);
        QVERIFY2(job->log().join(u'\n').contains(QStringLiteral("did not stop and was ended")), qPrintable(job->log().join(u'\n')));
        QTRY_VERIFY_WITH_TIMEOUT(!processLives(process), 20000);
    }
};

QTEST_GUILESS_MAIN(TestScriptRuns)
#include "tst_scriptruns.moc"
