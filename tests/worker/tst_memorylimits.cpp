// SPDX-License-Identifier: GPL-3.0-or-later
// Memory that runs out: seen before anything is allocated, or by an allocation that fails while a model is loaded, fed or
// decoded. The limit is that of the process's addresses, set from outside once the worker runs. Each time the error says how
// much there is, what was taken is given back, and the worker goes on.
#include "lastingworker.h"
#include "syntheticmodel.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <sys/resource.h>

using namespace assay;
using Json = nlohmann::json;

namespace {

constexpr uint64_t kMegabyte = 1'000'000;

/// Addresses that the process has mapped.
uint64_t mapped(WorkerProcess &worker)
{
    QFile status(QStringLiteral("/proc/%1/statm").arg(worker.process().processId()));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    return status.readAll().split(' ').first().toULongLong() * uint64_t(::sysconf(_SC_PAGESIZE));
}

/// Lets the worker map so much more; nothing lifts the limit.
bool limit(WorkerProcess &worker, std::optional<uint64_t> more)
{
    const rlimit to{more ? mapped(worker) + *more : RLIM_INFINITY, RLIM_INFINITY};
    return ::prlimit(pid_t(worker.process().processId()), RLIMIT_AS, &to, nullptr) == 0;
}

} // namespace

class TestMemoryLimits : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    LastingWorker m_worker;

    QString folder(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    /// Fails for lack of memory, says so plainly, and leaves the worker and its memory as they were.
    void runsOut(const char *method, const Json &params)
    {
        const auto before = m_worker.process().ask(protocol::method::kMemory, Json::object());
        const auto error = m_worker.failing(method, params);
        QVERIFY(error.has_value());
        QCOMPARE(definitionOf(error->code).id, definitionOf(ErrorCode::NotEnoughMemory).id);
        QVERIFY2(isPlain(error->sentence()), error->sentence().c_str());
        const auto after = m_worker.process().ask(protocol::method::kMemory, Json::object());
        // Tables of the angles of positions stay.
        QVERIFY(after->result["tensorCurrent"].get<uint64_t>() < before->result["tensorCurrent"].get<uint64_t>() + 3 * kMegabyte);
        QVERIFY(m_worker.stillWorks());
    }

private slots:
    void initTestCase()
    {
        // 545 MB.
        QVERIFY(synthetic::writeZeros(folder("large").toStdString(), synthetic::llama(8, 1024, 1000)));
    }

    void init()
    {
        QVERIFY(m_worker.stillWorks());
        QVERIFY(limit(m_worker.process(), std::nullopt));
    }

    /// What does not fit is refused before it is allocated, by a limit of the process as by one of the machine.
    void loading_data()
    {
        QTest::addColumn<int>("room");
        for (const int room : {1, 30, 100, 300, 500})
            QTest::addRow("%d MB", room) << room;
    }

    void loading()
    {
        QFETCH(int, room);
        QVERIFY(limit(m_worker.process(), uint64_t(room) * kMegabyte));
        runsOut(protocol::method::kLoad, {{"path", folder("large").toStdString()}});
        QVERIFY(limit(m_worker.process(), std::nullopt));
        // Nothing is left of it, and then it fits.
        QVERIFY(!m_worker.failing(protocol::method::kLoad, {{"path", folder("large").toStdString()}}));
    }

    /// The limit sinks while the model is being filled: the prediction was right, an allocation fails.
    void loadingWithoutWarning()
    {
        WorkerProcess &worker = m_worker.process();
        const int64_t id = worker.send(protocol::method::kLoad, {{"path", folder("large").toStdString()}, {"dtype", "bf16"}});
        worker.process().waitForBytesWritten();
        QElapsedTimer clock;
        clock.start();
        const uint64_t before = mapped(worker);
        while (mapped(worker) < before + 20 * kMegabyte && clock.elapsed() < 20'000)
            QTest::qSleep(1);
        QVERIFY(limit(worker, 0));
        const auto answer = worker.answerTo(id);
        QVERIFY(limit(worker, std::nullopt));
        QVERIFY(answer.has_value());
        // When it was faster than we are there is nothing left to fail.
        if (answer->error)
            QCOMPARE(definitionOf(answer->error->code).id, definitionOf(ErrorCode::NotEnoughMemory).id);
        else
            worker.ask(protocol::method::kUnload, {{"model", answer->result["model"]}});
        QVERIFY(m_worker.stillWorks());
    }

    /// Keys and values are refused by what they will take; what a pass needs besides by the allocation itself.
    void running()
    {
        WorkerProcess &worker = m_worker.process();
        const int64_t model = worker.load(folder("large"), "bf16");
        QVERIFY(model > 0);
        const auto ids = [](int64_t count) { return std::vector<int64_t>(size_t(count), 1); };
        QVERIFY(limit(worker, 50 * kMegabyte));
        runsOut(protocol::method::kGenerateBatch, {{"model", model}, {"rows", Json::array({{{"ids", ids(4000)}}, {{"ids", ids(16'000)}}})}});
        runsOut(protocol::method::kMeasure, {{"model", model}, {"promptTokens", 15'000}, {"outputTokens", 10}, {"batch", 8}});
        // 4000 x 3072 numbers for queries, keys and values of one layer alone.
        runsOut(protocol::method::kLogits, {{"model", model}, {"ids", ids(4000)}});
        QVERIFY(limit(worker, std::nullopt));
        QVERIFY(!m_worker.failing(protocol::method::kLogits, {{"model", model}, {"ids", ids(50)}}));
        QVERIFY(!m_worker.failing(protocol::method::kUnload, {{"model", model}}));
    }

    /// A tokenizer whose tables do not fit.
    void tokenizer()
    {
#if defined(__SANITIZE_ADDRESS__)
        QSKIP("the address sanitizer ends a process whose operator new fails, where bad_alloc is thrown otherwise");
#endif
        const QString path = folder("words");
        QVERIFY(QDir().mkpath(path));
        for (const char *file : {"config.json", "model.safetensors"})
            QVERIFY(QFile::copy(reference::path(QStringLiteral("llama-gqa/")) + QLatin1String(file), path + QStringLiteral("/") + QLatin1String(file)));
        Json words = Json::object();
        for (int i = 0; i < 600'000; ++i)
            words["word number " + std::to_string(i)] = i;
        const Json tokenizer = {{"version", "1.0"}, {"model", {{"type", "WordLevel"}, {"unk_token", "word number 0"}, {"vocab", words}}}};
        QVERIFY(writeFileAtomically((path + QStringLiteral("/tokenizer.json")).toStdString(), tokenizer.dump()).has_value());
        LastingWorker fresh; // nothing is left to it from earlier work
        QVERIFY(fresh.stillWorks());
        QVERIFY(limit(fresh.process(), 15 * kMegabyte));
        // The model itself fits; what needs its text says why it cannot be had.
        WorkerProcess &worker = fresh.process();
        const int64_t model = worker.load(path);
        QVERIFY(model > 0 && !worker.lastLoad()["tokenizer"].get<bool>());
        const auto error = fresh.failing(protocol::method::kGenerate, {{"model", model}, {"prompt", "word number 7"}});
        QVERIFY(error && error->code == ErrorCode::TokenizerUnsupported);
        QVERIFY2(isPlain(error->sentence()) && error->sentence().find("memory") != std::string::npos, error->sentence().c_str());
        QVERIFY(fresh.stillWorks());
        QVERIFY(limit(fresh.process(), std::nullopt));
        QVERIFY(worker.load(path) > 0 && worker.lastLoad()["tokenizer"].get<bool>());
    }
};

QTEST_GUILESS_MAIN(TestMemoryLimits)
#include "tst_memorylimits.moc"
