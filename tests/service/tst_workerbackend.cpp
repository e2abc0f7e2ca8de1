// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/workerbackend.h"
#include "tests/service/fakeworker.h"

#include <QElapsedTimer>
#include <map>

using namespace assay;

namespace {

/// What a Done was called with, and how often.
template <class T> struct Answer
{
    std::optional<Result<T>> result;
    int count = 0;
    Backend::Done<T> done()
    {
        return [this](Result<T> value) {
            result = std::move(value);
            ++count;
        };
    }
    bool good() const { return result && result->has_value(); }
    ErrorCode code() const { return result && !*result ? result->error().code : ErrorCode::Count_; }
};

} // namespace

class TestWorkerBackend : public QObject
{
    Q_OBJECT
private slots:
    void opensAndDescribes();
    void asksEverything();
    void loadErrorsPassThrough_data();
    void loadErrorsPassThrough();
    void anotherLoadKeepsTheWorker();
    void anotherWorkerAfterDeath();
    void lyingSampleEndsTheWorker();
    void severalPromptsTogether();
    void answersThatDoNotFitTheirPrompts_data();
    void answersThatDoNotFitTheirPrompts();
    void tokensOfNoItem();
    void cancelWhileStarting();
    void cancelWhileLoading();
    void withoutModelNothingIsAsked();
    void destructionEndsWhatIsOpen();
};

void TestWorkerBackend::opensAndDescribes()
{
    WorkerBackend backend(fakeWorker(), "/models/fake");
    QVERIFY(!backend.capabilities().measure);
    Answer<LoadSample> opened;
    int steps = 0;
    backend.open(
        "cpu", "auto", [&](const protocol::Progress &) { ++steps; }, opened.done());
    QTRY_VERIFY(opened.result);
    QVERIFY(opened.good());
    QCOMPARE(opened.result->value().seconds, 0.25);
    QCOMPARE(opened.result->value().weightBytes, uint64_t(4096));
    QCOMPARE(opened.result->value().heldBytes, std::optional<uint64_t>(4098));
    QCOMPARE(steps, 1);
    QVERIFY(backend.capabilities().measure && backend.capabilities().tokenize &&
            backend.capabilities().logits);
    const Environment environment = backend.environment();
    QCOMPARE(environment.host, std::string("nowhere"));
    QCOMPARE(environment.device, std::string("cpu"));
    QCOMPARE(environment.deviceName, std::string("Fake CPU"));
    QCOMPARE(environment.dtype, std::string("f32"));
    QVERIFY(environment.weights == (std::vector<WeightShare>{{"F32", "f32", 1000, 4000}, {"F16", "f32", 24, 96}}));
    QCOMPARE(environment.unused, std::vector<std::string>{"left.over"});
    QCOMPARE(environment.unusedCount, uint64_t(1));
    QCOMPARE(environment.worker, std::string("fakeworker 1"));
    QCOMPARE(environment.assay, std::string(ASSAY_VERSION));
    QVERIFY(processLives(backend.workerProcessId()));
}

void TestWorkerBackend::asksEverything()
{
    WorkerBackend backend(fakeWorker(), "/models/fake");
    Answer<LoadSample> opened;
    backend.open("cpu", "auto", {}, opened.done());
    QTRY_VERIFY(opened.good());

    Answer<Backend::Tokens> tokens;
    backend.tokenize("ab", true, tokens.done());
    QTRY_VERIFY(tokens.good());
    QCOMPARE(tokens.result->value().ids, (std::vector<int64_t>{7, 8}));
    QCOMPARE(tokens.result->value().pieces, (std::vector<std::string>{"a", "b"}));

    Answer<protocol::GenerateResult> generated;
    std::string streamed;
    protocol::GenerateRequest request;
    request.prompt = "3+4=";
    backend.generate(
        request, [&](const protocol::GenerateChunk &chunk) { streamed += chunk.text; }, generated.done());
    QTRY_VERIFY(generated.good());
    QCOMPARE(generated.result->value().text, std::string("7\n"));
    QCOMPARE(streamed, std::string("7\n"));

    Answer<protocol::ScoreResult> scored;
    backend.score({{"a", "bb", {}, {}}, {"a", "b", {}, {}}}, scored.done());
    QTRY_VERIFY(scored.good());
    QCOMPARE(scored.result->value().scores[1].logLikelihood, -1.0);

    Answer<protocol::ScoreResult> told;
    std::vector<protocol::ScoreTokens> parts;
    backend.scoreTokens({{"a", "bb", {}, {}}, {"a", "b", {}, {}}}, 2,
                        [&](const protocol::ScoreTokens &part) { parts.push_back(part); }, told.done());
    QTRY_VERIFY(told.good());
    QCOMPARE(parts.size(), size_t(2));
    QCOMPARE(parts[1].item, int64_t(1));
    QCOMPARE(parts[1].tokens.at(0).logProbability, -1.0);
    QCOMPARE(parts[1].tokens.at(0).top.size(), size_t(2));
    QCOMPARE(told.result->value().scores[0].logLikelihood, -2.0);

    Answer<bool> ended;
    std::vector<float> values;
    backend.logits(
        {1, 2}, true, [&](int64_t, int64_t, const std::vector<float> &block) { values = block; },
        ended.done());
    QTRY_VERIFY(ended.good());
    QCOMPARE(values, (std::vector<float>{1, 2, 3, 4}));

    Answer<bool> measured;
    std::vector<int64_t> indices;
    protocol::MeasureRequest measure;
    measure.runs = 3;
    measure.warmup = 1;
    backend.measure(
        measure, [&](const MeasureSample &sample) { indices.push_back(sample.index); }, measured.done());
    QTRY_VERIFY(measured.good());
    QCOMPARE(indices, (std::vector<int64_t>{0, 1, 2, 3}));
}

void TestWorkerBackend::loadErrorsPassThrough_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("memory") << QStringLiteral("load=memory") << ErrorCode::NotEnoughMemory;
    QTest::newRow("lie") << QStringLiteral("load=lie") << ErrorCode::ProtocolViolation;
    QTest::newRow("version") << QStringLiteral("hello=old") << ErrorCode::WorkerTooOld;
    QTest::newRow("death") << QStringLiteral("hello=die") << ErrorCode::WorkerDied;
}

void TestWorkerBackend::loadErrorsPassThrough()
{
    QFETCH(QString, option);
    QFETCH(ErrorCode, code);
    WorkerBackend backend(fakeWorker({option}), "/models/fake");
    Answer<LoadSample> opened;
    backend.open("cpu", "auto", {}, opened.done());
    QTRY_VERIFY(opened.result);
    QTest::qWait(50);
    QCOMPARE(opened.code(), code);
    QCOMPARE(opened.count, 1);
    QVERIFY(!backend.capabilities().measure);
}

void TestWorkerBackend::anotherLoadKeepsTheWorker()
{
    WorkerBackend backend(fakeWorker(), "/models/fake");
    Answer<LoadSample> first, second;
    Answer<bool> closed;
    backend.open("cpu", "auto", {}, first.done());
    QTRY_VERIFY(first.good());
    const qint64 pid = backend.workerProcessId();
    backend.close(closed.done());
    QTRY_VERIFY(closed.good());
    QVERIFY(!backend.capabilities().measure);
    backend.open("cpu", "auto", {}, second.done());
    QTRY_VERIFY(second.good());
    QCOMPARE(backend.workerProcessId(), pid);
}

void TestWorkerBackend::anotherWorkerAfterDeath()
{
    WorkerBackend backend(fakeWorker({QStringLiteral("measure=kill")}), "/models/fake");
    Answer<LoadSample> first, second;
    Answer<bool> measured;
    backend.open("cpu", "auto", {}, first.done());
    QTRY_VERIFY(first.good());
    const qint64 pid = backend.workerProcessId();
    backend.measure(
        {}, [](const MeasureSample &) {}, measured.done());
    QTRY_COMPARE(measured.code(), ErrorCode::WorkerDied);
    backend.open("cpu", "auto", {}, second.done());
    QTRY_VERIFY(second.good());
    QVERIFY(backend.workerProcessId() != pid);
}

void TestWorkerBackend::severalPromptsTogether()
{
    WorkerBackend backend(fakeWorker(), "/models/fake");
    Answer<LoadSample> opened;
    backend.open("cpu", "auto", {}, opened.done());
    QTRY_VERIFY(opened.good());
    std::vector<protocol::GenerateItem> rows(2);
    rows[0].prompt = "3+4=";
    rows[1].prompt = "1+1=";
    Answer<protocol::GenerateBatchResult> answered;
    std::map<int64_t, std::string> streamed;
    backend.generateBatch(
        rows, [&](const protocol::GenerateChunk &chunk) { streamed[chunk.row] += chunk.text; }, answered.done());
    QTRY_VERIFY(answered.good());
    QCOMPARE(answered.result->value().rows.size(), size_t(2));
    QCOMPARE(answered.result->value().rows[1].text, std::string("2\n"));
    QCOMPARE(streamed, (std::map<int64_t, std::string>{{0, "7\n"}, {1, "2\n"}}));
}

void TestWorkerBackend::answersThatDoNotFitTheirPrompts_data()
{
    QTest::addColumn<QByteArray>("prompt");
    QTest::newRow("one is missing") << QByteArray("lose");
    QTest::newRow("a chunk of no row") << QByteArray("stray");
}

void TestWorkerBackend::answersThatDoNotFitTheirPrompts()
{
    QFETCH(QByteArray, prompt);
    WorkerBackend backend(fakeWorker(), "/models/fake");
    Answer<LoadSample> opened;
    backend.open("cpu", "auto", {}, opened.done());
    QTRY_VERIFY(opened.good());
    std::vector<protocol::GenerateItem> rows(2);
    rows[1].prompt = prompt.toStdString();
    Answer<protocol::GenerateBatchResult> answered;
    backend.generateBatch(rows, [](const protocol::GenerateChunk &) {}, answered.done());
    QTRY_VERIFY(answered.result);
    QCOMPARE(answered.code(), ErrorCode::ProtocolViolation);
}

void TestWorkerBackend::tokensOfNoItem()
{
    WorkerBackend backend(fakeWorker(), "/models/fake");
    Answer<LoadSample> opened;
    backend.open("cpu", "auto", {}, opened.done());
    QTRY_VERIFY(opened.good());
    Answer<protocol::ScoreResult> answered;
    int told = 0;
    backend.scoreTokens({{"stray", "a", {}, {}}}, 0, [&told](const protocol::ScoreTokens &) { ++told; }, answered.done());
    QTRY_VERIFY(answered.result);
    QCOMPARE(answered.code(), ErrorCode::ProtocolViolation);
    QCOMPARE(told, 0);
}

void TestWorkerBackend::lyingSampleEndsTheWorker()
{
    WorkerBackend backend(fakeWorker({QStringLiteral("measure=lie")}), "/models/fake");
    Answer<LoadSample> opened;
    Answer<bool> measured;
    backend.open("cpu", "auto", {}, opened.done());
    QTRY_VERIFY(opened.good());
    const qint64 pid = backend.workerProcessId();
    int samples = 0;
    backend.measure(
        {}, [&](const MeasureSample &) { ++samples; }, measured.done());
    QTRY_VERIFY(measured.result);
    QCOMPARE(measured.code(), ErrorCode::ProtocolViolation);
    QCOMPARE(samples, 3);
    QTRY_VERIFY(!processKnown(pid));
}

void TestWorkerBackend::cancelWhileStarting()
{
    WorkerBackend backend(fakeWorker({QStringLiteral("hello=silent")}), "/models/fake");
    Answer<LoadSample> opened;
    backend.open("cpu", "auto", {}, opened.done());
    QTest::qWait(20);
    const qint64 pid = backend.workerProcessId();
    backend.cancel();
    QTRY_VERIFY(opened.result);
    QCOMPARE(opened.code(), ErrorCode::Cancelled);
    QTRY_VERIFY(!processKnown(pid));
}

void TestWorkerBackend::cancelWhileLoading()
{
    WorkerBackend backend(fakeWorker({QStringLiteral("load=slow")}), "/models/fake");
    Answer<LoadSample> opened;
    bool loading = false;
    backend.open(
        "cpu", "auto", [&](const protocol::Progress &) { loading = true; }, opened.done());
    QTRY_VERIFY(loading);
    backend.cancel();
    QTRY_VERIFY(opened.result);
    QCOMPARE(opened.code(), ErrorCode::Cancelled);
    QVERIFY(processLives(backend.workerProcessId()));
}

void TestWorkerBackend::withoutModelNothingIsAsked()
{
    WorkerBackend backend(fakeWorker(), "/models/fake");
    Answer<bool> measured;
    backend.measure(
        {}, [](const MeasureSample &) {}, measured.done());
    QCOMPARE(measured.count, 0);
    QTRY_VERIFY(measured.result);
    QCOMPARE(measured.code(), ErrorCode::UnknownModel);
}

void TestWorkerBackend::destructionEndsWhatIsOpen()
{
    Answer<LoadSample> starting, opened;
    Answer<bool> measured;
    {
        WorkerBackend silent(fakeWorker({QStringLiteral("hello=silent")}), "/models/fake");
        silent.open("cpu", "auto", {}, starting.done());
        WorkerBackend slow(fakeWorker({QStringLiteral("measure=slow")}), "/models/fake");
        slow.open("cpu", "auto", {}, opened.done());
        QTRY_VERIFY(opened.good());
        slow.measure(
            {}, [](const MeasureSample &) {}, measured.done());
    }
    QCOMPARE(starting.code(), ErrorCode::Cancelled);
    QCOMPARE(measured.code(), ErrorCode::Cancelled);
    QCOMPARE(starting.count, 1);
    QCOMPARE(measured.count, 1);
}

QTEST_GUILESS_MAIN(TestWorkerBackend)
#include "tst_workerbackend.moc"
