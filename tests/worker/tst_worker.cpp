// SPDX-License-Identifier: GPL-3.0-or-later
#include "syntheticmodel.h"
#include "workerprocess.h"

#include <QtTest>
#include <algorithm>
#include <csignal>
#include <numeric>

using namespace assay;
using protocol::Json;

class TestWorker : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_small, m_large, m_huge;

    QString folder(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    ErrorCode errorOfLoading(const QString &path, const char *dtype = "auto", const char *device = "cpu")
    {
        WorkerProcess worker;
        const auto answer = worker.ask(protocol::method::kLoad,
                                       {{"path", path.toStdString()}, {"dtype", dtype}, {"device", device}});
        if (!answer || !answer->error)
            return ErrorCode::Count_;
        qInfo("%s", answer->error->sentence().c_str());
        return answer->error->code;
    }

    /// Milliseconds from cancelling until the answer, which must be "cancelled"; -1 otherwise.
    static qint64 cancel(WorkerProcess &worker, int64_t id)
    {
        QElapsedTimer timer;
        timer.start();
        const int64_t cancelling = worker.send(protocol::method::kCancel, {{"id", id}});
        const auto cancelled = worker.answerTo(id);
        const qint64 took = timer.elapsed();
        const auto confirmed = worker.answerTo(cancelling);
        const bool asItShould = cancelled && cancelled->error &&
                                cancelled->error->code == ErrorCode::Cancelled && confirmed &&
                                !confirmed->error;
        return asItShould ? took : -1;
    }

private slots:
    void initTestCase()
    {
        m_small = folder("small");
        m_large = folder("large");
        m_huge = folder("huge");
        Json small = synthetic::llama(2, 64, 100);
        small["max_position_embeddings"] = 1024;
        QVERIFY(synthetic::writeZeros(m_small.toStdString(), small));
        // 136 million parameters: long enough to be interrupted.
        QVERIFY(synthetic::writeZeros(m_large.toStdString(), synthetic::llama(8, 1024, 1000)));
        // 5 million million bytes of weights.
        QVERIFY(synthetic::writeZeros(m_huge.toStdString(), synthetic::llama(80, 32768, 32000)));
    }

    void hello()
    {
        WorkerProcess worker;
        const auto answer = worker.ask(protocol::method::kHello, {{"protocol", protocol::kVersion}});
        QVERIFY(answer && !answer->error);
        protocol::Hello hello;
        QVERIFY(fromJson(answer->result, hello).has_value());
        QCOMPARE(hello.protocol, protocol::kVersion);
        QCOMPARE(hello.pid, worker.process().processId());
        QCOMPARE(hello.threads, 2);
        QVERIFY(!hello.libtorch.empty() && !hello.processor.empty() && hello.cores > 0);
        QCOMPARE(hello.devices.front().id, std::string("cpu"));
        QVERIFY(hello.devices.front().memoryBytes > 0 && hello.devices.front().freeBytes > 0);
        QVERIFY(std::ranges::count(hello.architectures, "Qwen2ForCausalLM") == 1);
        QVERIFY(std::ranges::count(hello.methods, protocol::method::kCancel) == 1);
    }

    void anotherProtocolVersionIsRefused()
    {
        WorkerProcess worker;
        const auto answer = worker.ask(protocol::method::kHello, {{"protocol", protocol::kVersion + 1}});
        QVERIFY(answer && answer->error);
        QCOMPARE(answer->error->code, ErrorCode::WorkerTooOld);
    }

    void commandLine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("help") << QStringList{QStringLiteral("--help")} << 0;
        QTest::newRow("version") << QStringList{QStringLiteral("--version")} << 0;
        QTest::newRow("unknown") << QStringList{QStringLiteral("--frobnicate")} << 64;
        QTest::newRow("no number") << QStringList{QStringLiteral("--threads")} << 64;
        QTest::newRow("bad number") << QStringList{QStringLiteral("--threads"), QStringLiteral("2x")} << 64;
        QTest::newRow("zero") << QStringList{QStringLiteral("--threads"), QStringLiteral("0")} << 64;
    }

    void commandLine()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        WorkerProcess worker(arguments);
        QVERIFY(worker.process().waitForFinished());
        QCOMPARE(worker.process().exitCode(), exitCode);
        QCOMPARE(worker.process().readAllStandardOutput().isEmpty(), exitCode != 0);
    }

    void endOfInputEndsIt()
    {
        WorkerProcess worker;
        worker.process().closeWriteChannel();
        QVERIFY(worker.process().waitForFinished());
        QCOMPARE(worker.process().exitStatus(), QProcess::NormalExit);
        QCOMPARE(worker.process().exitCode(), 0);
    }

    void shutdownEndsIt()
    {
        WorkerProcess worker;
        const auto answer = worker.ask(protocol::method::kShutdown, Json::object());
        QVERIFY(answer && !answer->error);
        QVERIFY(worker.process().waitForFinished());
        QCOMPARE(worker.process().exitCode(), 0);
    }

    void endOfInputInterruptsWork()
    {
        WorkerProcess worker;
        const int64_t model = worker.load(m_large);
        worker.send(protocol::method::kMeasure,
                    {{"model", model}, {"promptTokens", 8192}, {"outputTokens", 64}});
        worker.process().waitForBytesWritten();
        QTest::qWait(200);
        worker.process().closeWriteChannel();
        QVERIFY(worker.process().waitForFinished());
        QCOMPARE(worker.process().exitCode(), 0);
    }

    void damagedMessagesAreAnsweredAndSurvived()
    {
        WorkerProcess worker;
        for (const char *line : {"garbage\n", "\n", "[]\n", "{\"jsonrpc\":\"2.0\"}\n", "\xff\xfe\n",
                                 "{\"jsonrpc\":\"2.0\",\"method\":\"load\"}\n",
                                 "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1}\n"}) {
            worker.write(line);
            const auto answer = worker.next();
            QVERIFY2(answer && answer->error, line);
            QCOMPARE(answer->error->code, ErrorCode::ProtocolViolation);
        }
        QVERIFY(!worker.ask(protocol::method::kHello, Json::object())->error);
    }

    void anOversizedLineIsAnsweredAndSkipped()
    {
        WorkerProcess worker;
        worker.write(std::string(protocol::kMaximumLine + 5, 'x') + '\n');
        const auto answer = worker.next();
        QVERIFY(answer && answer->error);
        QCOMPARE(answer->error->code, ErrorCode::ProtocolViolation);
        QVERIFY(!worker.ask(protocol::method::kHello, Json::object())->error);
    }

    void wrongParameters_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("params");
        QTest::addColumn<int>("code");
        const auto row = [](const char *method, const char *params, ErrorCode code) {
            QTest::addRow("%s %s", method, params) << QByteArray(method) << QByteArray(params) << int(code);
        };
        row("fly", "{}", ErrorCode::UnknownMethod);
        row("load", "{}", ErrorCode::BadParameters);
        row("load", R"({"path":5})", ErrorCode::BadParameters);
        row("unload", R"({"model":99})", ErrorCode::UnknownModel);
        row("generate", R"({"model":99,"ids":[1]})", ErrorCode::UnknownModel);
        row("generate", R"({"model":1,"ids":[100]})", ErrorCode::TokenOutOfRange);
        row("generate", R"({"model":1,"ids":[-1]})", ErrorCode::TokenOutOfRange);
        row("generate", R"({"model":1,"ids":["a"]})", ErrorCode::BadParameters);
        row("generate", R"({"model":1,"ids":[1],"maxTokens":0})", ErrorCode::BadParameters);
        row("generate", R"({"model":1,"ids":[1],"temperature":-1})", ErrorCode::BadParameters);
        row("generate", R"({"model":1,"prompt":"text"})", ErrorCode::TokenizerMissing);
        row("tokenize", R"({"model":1,"text":"text"})", ErrorCode::TokenizerMissing);
        row("logits", R"({"model":1,"ids":[]})", ErrorCode::BadParameters);
        row("score", R"({"model":1,"items":[{"context":"a","continuation":"b"}]})", ErrorCode::TokenizerMissing);
        row("score", R"({"model":1,"items":[{"contextIds":[1],"continuationIds":[100]}]})",
            ErrorCode::TokenOutOfRange);
        row("measure", R"({"model":1,"batch":0})", ErrorCode::BadParameters);
        row("measure", R"({"model":1,"decoding":"both"})", ErrorCode::BadParameters);
        row("measure", R"({"model":1,"depth":-1})", ErrorCode::BadParameters);
        row("measure", R"({"model":1,"depth":1000,"promptTokens":20,"outputTokens":20})", ErrorCode::ContextTooLong);
        row("machine", R"({"device":"cuda:99"})", ErrorCode::DeviceMissing);
        row("machine", R"({"device":3})", ErrorCode::BadParameters);
        row("files", R"({"path":"/no/such/model"})", ErrorCode::FileMissing);
        row("files", "{}", ErrorCode::BadParameters);
        row("read", R"({"path":"/no/such/model","pieces":[]})", ErrorCode::FileMissing);
        row("read", R"({"path":"/etc","pieces":[{"name":"../etc/passwd","offset":0,"bytes":1}]})", ErrorCode::FileMissing);
        row("read", R"({"path":"/etc","pieces":[{"name":"passwd","offset":0,"bytes":99999999}]})", ErrorCode::BadParameters);
        row("read", R"({"path":"/etc","pieces":[{"name":"passwd","offset":18446744073709551615,"bytes":1}]})", ErrorCode::FileUnreadable);
        row("measure", R"({"model":1,"promptTokens":1000,"outputTokens":100})", ErrorCode::ContextTooLong);
        row("measure", R"({"model":1,"promptTokens":900,"batch":1000000})", ErrorCode::NotEnoughMemory);
    }

    void wrongParameters()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, params);
        QFETCH(int, code);
        WorkerProcess worker;
        QCOMPARE(worker.load(m_small), int64_t(1));
        const auto answer = worker.ask(method.constData(), Json::parse(params.constData()));
        QVERIFY(answer && answer->error);
        QCOMPARE(answer->error->code, ErrorCode(code));
    }

    void whatCannotBeLoaded()
    {
        QCOMPARE(errorOfLoading(folder("nothing")), ErrorCode::FileMissing);
        QCOMPARE(errorOfLoading(m_small, "f8"), ErrorCode::DtypeUnsupported);
        QCOMPARE(errorOfLoading(m_small, "f16"), ErrorCode::DtypeUnsupported);
        QCOMPARE(errorOfLoading(m_small, "auto", "cuda:77"), ErrorCode::DeviceMissing);
        QCOMPARE(errorOfLoading(m_huge), ErrorCode::NotEnoughMemory);
    }

    void configAndWeightsThatDisagree()
    {
        Json config = synthetic::llama(2, 64, 100);
        QVERIFY(synthetic::writeZeros(folder("disagree").toStdString(), config));
        const QString file = folder("disagree") + QStringLiteral("/config.json");
        config["num_hidden_layers"] = 3;
        QVERIFY(synthetic::writeConfig(folder("disagree").toStdString(), config));
        QCOMPARE(errorOfLoading(folder("disagree")), ErrorCode::TensorMissing);
        config["num_hidden_layers"] = 2;
        config["vocab_size"] = 101;
        QVERIFY(synthetic::writeConfig(folder("disagree").toStdString(), config));
        QCOMPARE(errorOfLoading(folder("disagree")), ErrorCode::TensorShapeWrong);
        QVERIFY(QFile::remove(file));
        QCOMPARE(errorOfLoading(folder("disagree")), ErrorCode::NoConfig);
    }

    void loadingTellsWhatItDid()
    {
        WorkerProcess worker;
        const int64_t model = worker.load(m_large, "bf16");
        QVERIFY(model > 0);
        protocol::LoadResult loaded;
        QVERIFY(fromJson(worker.lastLoad(), loaded).has_value());
        QCOMPARE(loaded.architecture, std::string("LlamaForCausalLM"));
        QCOMPARE(loaded.dtype, std::string("bf16"));
        // 8 x (4 x 1024^2 + 3 x 1024 x 4096 + 2 x 1024) + 2 x 1000 x 1024 + 1024
        QCOMPARE(loaded.parameters, uint64_t(136'283'136));
        // The 17 norms are float32.
        QCOMPARE(loaded.weightBytes, 2 * (loaded.parameters + 17 * 1024));
        QCOMPARE(loaded.contextLength, int64_t(16384));
        QVERIFY(!loaded.tokenizer);
        // The weights once, and little besides: never two copies.
        QVERIFY(loaded.memory.tensorPeak.value() >= loaded.weightBytes);
        QVERIFY(loaded.memory.tensorPeak.value() < loaded.weightBytes + (32u << 20));
        QVERIFY(loaded.memory.processPeak.value() >= loaded.weightBytes);
        QVERIFY(!worker.notifications().empty());
        double last = 0;
        for (const protocol::Message &message : worker.notifications()) {
            QCOMPARE(message.method, std::string(protocol::notification::kProgress));
            QCOMPARE(message.params["stage"].get<std::string>(), std::string("load"));
            QVERIFY(message.params["done"].get<double>() >= last);
            last = message.params["done"].get<double>();
        }
        QCOMPARE(last, double(loaded.weightBytes));
        QVERIFY(!worker.ask(protocol::method::kUnload, {{"model", model}})->error);
        const auto after = worker.ask(protocol::method::kMemory, Json::object());
        QVERIFY(after->result["tensorCurrent"].get<uint64_t>() < (1u << 20));
    }

    void measuring()
    {
        WorkerProcess worker;
        const int64_t model = worker.load(m_small);
        const auto answer = worker.ask(
            protocol::method::kMeasure,
            {{"model", model}, {"promptTokens", 600}, {"outputTokens", 5}, {"batch", 3}, {"runs", 3}});
        QVERIFY(answer && !answer->error);
        protocol::MeasureResult result;
        QVERIFY(fromJson(answer->result, result).has_value());
        QCOMPARE(result.samples.size(), size_t(4));
        for (size_t i = 0; i < 4; ++i) {
            const auto &sample = result.samples[i];
            QCOMPARE(sample.index, int64_t(i));
            QCOMPARE(sample.warmup, i == 0);
            QCOMPARE(sample.gaps.size(), size_t(4));
            const double sum = std::accumulate(sample.gaps.begin(), sample.gaps.end(), sample.firstToken);
            QVERIFY(sample.firstToken > 0 && std::abs(sum - sample.total) < 1e-9);
            QVERIFY(sample.memory.tensorPeak.value() > 0);
        }
        const auto samples =
            std::ranges::count(worker.notifications(), protocol::notification::kMeasureSample,
                               [](const auto &message) { return message.method; });
        QCOMPARE(samples, std::ptrdiff_t(4));
    }

    void generationStopsAtTheContext()
    {
        WorkerProcess worker;
        const int64_t model = worker.load(m_small);
        const std::vector<int64_t> ids(1020, 1);
        const auto answer = worker.ask(protocol::method::kGenerate,
                                       {{"model", model}, {"ids", ids}, {"maxTokens", 1'000'000'000}});
        QVERIFY(answer && !answer->error);
        QCOMPARE(answer->result["ids"].size(), size_t(4));
        QCOMPARE(answer->result["finish"].get<std::string>(), std::string("length"));
    }

    void aSeedRepeatsASample()
    {
        WorkerProcess worker;
        const int64_t model = worker.load(m_small);
        const auto sample = [&](uint64_t seed) {
            const auto answer = worker.ask(protocol::method::kGenerate, {{"model", model},
                                                                         {"ids", {1, 2, 3}},
                                                                         {"maxTokens", 50},
                                                                         {"temperature", 1.0},
                                                                         {"seed", seed}});
            return answer->result["ids"].get<std::vector<int64_t>>();
        };
        // All logits of a model of zeros are equal, so the seed alone decides.
        QCOMPARE(sample(7), sample(7));
        QVERIFY(sample(7) != sample(8));
    }

    void cancelWhileLoading()
    {
        WorkerProcess worker;
        QVERIFY(worker.ask(protocol::method::kHello, Json::object())); // its start is not what is measured
        const int64_t loading = worker.send(protocol::method::kLoad, {{"path", m_large.toStdString()}});
        const qint64 took = cancel(worker, loading);
        qInfo("cancelling a load took %lld ms", took);
        QVERIFY(took >= 0 && took < 5000);
        QVERIFY(worker.load(m_large) > 0);
    }

    void cancelInTheMiddleOfAPrefill()
    {
        WorkerProcess worker;
        const int64_t model = worker.load(m_large);
        const std::vector<int64_t> ids(16000, 1);
        const int64_t generating = worker.send(protocol::method::kGenerate, {{"model", model}, {"ids", ids}});
        worker.process().waitForBytesWritten();
        QTest::qWait(300);
        const qint64 took = cancel(worker, generating);
        qInfo("cancelling a prefill took %lld ms", took);
        QVERIFY(took >= 0 && took < 5000);
        QVERIFY(!worker.ask(protocol::method::kGenerate, {{"model", model}, {"ids", {1}}, {"maxTokens", 1}})
                     ->error);
    }

    void cancelWhileWaiting()
    {
        WorkerProcess worker;
        const int64_t model = worker.load(m_small);
        const Json endless = {{"model", model}, {"runs", 1'000'000}};
        const int64_t running = worker.send(protocol::method::kMeasure, endless);
        const int64_t waiting = worker.send(protocol::method::kMeasure, endless);
        worker.send(protocol::method::kCancel, {{"id", waiting}});
        const qint64 took = cancel(worker, running);
        QVERIFY(took >= 0);
        const auto answer = worker.answerTo(waiting);
        QVERIFY(answer && answer->error);
        QCOMPARE(answer->error->code, ErrorCode::Cancelled);
    }

    void cancellingNothingIsHarmless()
    {
        WorkerProcess worker;
        QVERIFY(!worker.ask(protocol::method::kCancel, {{"id", 12345}})->error);
        QVERIFY(!worker.ask(protocol::method::kCancel, Json::object())->error);
    }

    void killedItIsGone()
    {
        WorkerProcess worker;
        const int64_t model = worker.load(m_small);
        worker.send(protocol::method::kMeasure, {{"model", model}, {"runs", 1'000'000}});
        worker.process().waitForBytesWritten();
        ::kill(pid_t(worker.process().processId()), SIGKILL);
        QVERIFY(worker.process().waitForFinished());
        QCOMPARE(worker.process().exitStatus(), QProcess::CrashExit);
    }
};

QTEST_GUILESS_MAIN(TestWorker)
#include "tst_worker.moc"
