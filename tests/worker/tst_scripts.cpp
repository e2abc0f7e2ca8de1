// SPDX-License-Identifier: GPL-3.0-or-later
// TorchScript modules in the real worker: loaded, measured, refused, damaged, and what else cannot be asked of them.
#include "core/base/file.h"
#include "workerprocess.h"

#include <QTemporaryDir>
#include <QtTest>
#include <random>

using namespace assay;
using protocol::Json;

namespace {

/// One worker that is given bad things and must answer a good request after each of them.
class LastingWorker
{
public:
    explicit LastingWorker(const QString &good) : m_process(worker.process().processId()), m_good(worker.load(good, "auto")) {}

    /// The error that a request ends with; nothing when it does not fail, Internal when there is no answer.
    std::optional<Error> failing(const char *method, const Json &params)
    {
        const auto answer = worker.ask(method, params);
        if (!answer)
            return Error{ErrorCode::Internal, {"no answer"}, {}};
        if (answer->error)
            qInfo("%s", answer->error->sentence().c_str());
        return answer->error;
    }

    /// Whether the good module still runs, in the process that it was at the beginning.
    bool stillWorks()
    {
        const auto answer = worker.ask(protocol::method::kMeasure, {{"model", m_good}, {"outputTokens", 0}, {"inputs", {"f32[1,3,4,4]"}}, {"runs", 1}});
        return m_process != 0 && worker.process().processId() == m_process && answer && !answer->error;
    }

    WorkerProcess worker;

private:
    qint64 m_process;
    int64_t m_good;
};

/// One sentence for people: a line, not too long, without the words of a programming language.
bool isPlain(const std::string &sentence)
{
    const QString text = QString::fromStdString(sentence);
    return !text.isEmpty() && text.size() < 500 && !text.contains(u'\n') && !text.contains(QStringLiteral("std::"))
           && !text.contains(QStringLiteral("c10")) && !text.contains(QStringLiteral("Exception raised"));
}

} // namespace

class TestScripts : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString module(const char *name) const { return m_folder.filePath(QString::fromLatin1(name) + QStringLiteral(".pt")); }

    static Json passes(int64_t model, const std::vector<std::string> &inputs, int runs = 4)
    {
        return {{"model", model}, {"promptTokens", 0}, {"outputTokens", 0}, {"inputs", inputs}, {"runs", runs}, {"warmup", 2}, {"seed", 3}};
    }

private slots:
    void initTestCase()
    {
        QCOMPARE(QProcess::execute(QStringLiteral(ASSAY_BINARY_DIR "/tests/makescripts"), {m_folder.path()}), 0);
    }

    void loadsAndMeasures()
    {
        WorkerProcess worker;
        const auto loaded = worker.ask(protocol::method::kLoad, {{"path", module("network").toStdString()}});
        QVERIFY(loaded && !loaded->error);
        protocol::LoadResult result;
        QVERIFY(fromJson(loaded->result, result).has_value());
        QCOMPARE(result.kind, std::string("script"));
        QCOMPARE(result.signature, std::string("(x: Tensor) -> Tensor"));
        QCOMPARE(result.dtype, std::string("f32"));
        QVERIFY(result.seconds > 0 && result.weightBytes > 0 && result.memory.tensorPeak.value_or(0) >= result.weightBytes);
        const auto answer = worker.ask(protocol::method::kMeasure, passes(result.model, {"f32[8, 3,32,32]"}));
        QVERIFY(answer && !answer->error);
        protocol::MeasureResult measured;
        QVERIFY(fromJson(answer->result, measured).has_value());
        QCOMPARE(measured.samples.size(), size_t(6));
        for (size_t i = 0; i < measured.samples.size(); ++i) {
            const MeasureSample &sample = measured.samples[i];
            QCOMPARE(sample.index, int64_t(i));
            QCOMPARE(sample.warmup, i < 2);
            QVERIFY(sample.isPass() && sample.batch == 8 && sample.total > 0 && sample.gaps.empty());
            QCOMPARE(sample.inputs, std::string("f32[8,3,32,32]"));
            QCOMPARE(sample.output, std::string("f32[8,5]"));
            // Its inputs live while it runs.
            QVERIFY(sample.memory.tensorPeak.value_or(0) >= result.weightBytes + 8 * 3 * 32 * 32 * 4);
        }
        QCOMPARE(std::ranges::count(worker.notifications(), std::string(protocol::notification::kMeasureSample), &protocol::Message::method), 6);
    }

    void aFolderWithOneModuleIsOne()
    {
        QTemporaryDir folder;
        QVERIFY(QFile::copy(module("table"), folder.filePath(QStringLiteral("model.pt"))));
        WorkerProcess worker;
        const auto loaded = worker.ask(protocol::method::kLoad, {{"path", folder.path().toStdString()}});
        QVERIFY(loaded && !loaded->error);
        QCOMPARE(loaded->result["kind"], Json("script"));
    }

    void nothingElseIsAskedOfIt()
    {
        LastingWorker worker(module("network"));
        const int64_t script = worker.worker.load(module("network"), "auto");
        QVERIFY(script > 0);
        const auto generated = worker.failing(protocol::method::kGenerate, {{"model", script}, {"ids", {1, 2}}});
        QVERIFY(generated && generated->code == ErrorCode::WrongTask);
        const auto bare = worker.failing(protocol::method::kMeasure, {{"model", script}});
        QVERIFY(bare && bare->code == ErrorCode::InputsUnfit);
        QVERIFY(bare->sentence().find("(x: Tensor)") != std::string::npos);
        const auto odd = worker.failing(protocol::method::kMeasure, passes(script, {"f32[-1]"}));
        QVERIFY(odd && odd->code == ErrorCode::InputInvalid);
        const auto many = worker.failing(protocol::method::kMeasure, passes(script, {"f32[1,3,4,4]"}, 0));
        QVERIFY(many && many->code == ErrorCode::BadParameters);
        // A model that generates takes no declared inputs.
        const int64_t llama = worker.worker.load(QStringLiteral(ASSAY_TEST_DATA "/models/llama-gqa"));
        const auto decoder = worker.failing(protocol::method::kMeasure, passes(llama, {"f32[1]"}));
        QVERIFY(decoder && decoder->code == ErrorCode::BadParameters);
        QVERIFY(worker.stillWorks());
        const auto unloaded = worker.worker.ask(protocol::method::kUnload, {{"model", script}});
        QVERIFY(unloaded && !unloaded->error);
        const auto gone = worker.failing(protocol::method::kMeasure, passes(script, {"f32[1,3,4,4]"}));
        QVERIFY(gone && gone->code == ErrorCode::UnknownModel);
    }

    void whatFailsIsNamed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("input");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *name, const char *input, const char *error) {
            QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(input) << QString::fromLatin1(error);
        };
        row("raising", "f32[1]", "script.failed");
        row("greedy", "f32[1]", "engine.not_enough_memory");
        row("network", "f32[1,3]", "script.failed");
        row("strange", "", "script.operator_missing");
        row("headless", "", "script.unloadable");
        // Weights without a program are a model without its config.
        row("weights", "", "model.no_config");
    }
    void whatFailsIsNamed()
    {
        QFETCH(QString, name);
        QFETCH(QString, input);
        QFETCH(QString, error);
        LastingWorker worker(module("network"));
        QVERIFY(worker.stillWorks());
        std::optional<Error> got;
        if (input.isEmpty()) {
            got = worker.failing(protocol::method::kLoad, {{"path", module(qPrintable(name)).toStdString()}});
        } else {
            const int64_t script = worker.worker.load(module(qPrintable(name)), "auto");
            QVERIFY(script > 0);
            got = worker.failing(protocol::method::kMeasure, passes(script, {input.toStdString()}));
        }
        QVERIFY(got.has_value());
        QCOMPARE(QString::fromLatin1(definitionOf(got->code).id), error);
        QVERIFY2(isPlain(got->sentence()), got->sentence().c_str());
        QVERIFY(worker.stillWorks());
    }

    void damagedFiles_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"network", "table", "nested", "frozen", "listed"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    /// Cut off and changed at fifty places each: an error by name or a module that runs, in the same process.
    void damagedFiles()
    {
        QFETCH(QString, name);
        const auto whole = readWholeFile(module(qPrintable(name)).toStdString(), 1'000'000);
        QVERIFY(whole.has_value());
        const QString file = m_folder.filePath(QStringLiteral("damaged.pt"));
        std::mt19937 random(11);
        LastingWorker worker(module("network"));
        int refused = 0;
        for (int variant = 0; variant < 100; ++variant) {
            std::string bytes = *whole;
            const size_t at = random() % bytes.size();
            if (variant % 2 == 0)
                bytes.resize(at);
            else
                bytes[at] = char(bytes[at] ^ (1 << (random() % 8)));
            QVERIFY(writeFileAtomically(file.toStdString(), bytes).has_value());
            const auto answer = worker.worker.ask(protocol::method::kLoad, {{"path", file.toStdString()}});
            QVERIFY2(answer.has_value(), qPrintable(QStringLiteral("the worker ended at variant %1, byte %2").arg(variant).arg(at)));
            if (answer->error) {
                ++refused;
                QVERIFY2(answer->error->code != ErrorCode::Internal && isPlain(answer->error->sentence()),
                         qPrintable(QStringLiteral("%1: %2").arg(variant).arg(QString::fromStdString(answer->error->sentence()))));
                QVERIFY2(variant % 2 == 1 || answer->error->code != ErrorCode::Cancelled, "cut off");
            } else {
                QVERIFY2(variant % 2 == 1, "a file that is cut off was loaded");
                worker.worker.ask(protocol::method::kUnload, {{"model", answer->result["model"]}});
            }
            if (variant % 20 == 19)
                QVERIFY(worker.stillWorks());
        }
        qInfo("%d of 100 refused", refused);
        QVERIFY(refused > 60);
    }
};

QTEST_APPLESS_MAIN(TestScripts)
#include "tst_scripts.moc"
