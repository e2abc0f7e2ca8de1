// SPDX-License-Identifier: GPL-3.0-or-later
// Statistics as a job: what a store is told, what a stop leaves, what is found at the end.
#include "core/service/statisticsjob.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <cstring>

using namespace assay;

namespace {

std::shared_ptr<const ReadableWeights> opened(const QString &path)
{
    auto inspection = inspectModel(std::filesystem::path(path.toStdString()));
    if (!inspection)
        qFatal("%s", inspection.error().sentence().c_str());
    return std::make_shared<const ReadableWeights>(std::make_shared<const Inspection>(std::move(*inspection)));
}

std::shared_ptr<const ReadableWeights> llama()
{
    return opened(QStringLiteral(ASSAY_TEST_DATA "/models/llama-gqa"));
}

uint32_t indexOf(const ReadableWeights &weights, const char *name)
{
    const auto found = weights.catalog.find(name);
    if (!found)
        qFatal("no %s", name);
    return uint32_t(*found);
}

} // namespace

class TestStatisticsJob : public QObject
{
    Q_OBJECT
private slots:
    void allTensors()
    {
        StatisticsStore store(llama());
        const auto count = qsizetype(store.weights()->catalog.count());
        QVERIFY(count > 10);
        QSignalSpy done(&store, &StatisticsStore::tensorDone), findings(&store, &StatisticsStore::findingsChanged);
        StatisticsJob job(QStringLiteral("llama"), &store);
        QSignalSpy finished(&job, &Job::finished);
        QCOMPARE(job.subjectName(), QStringLiteral("llama"));
        job.start();
        QVERIFY(finished.wait(60000));
        QCOMPARE(job.state(), JobState::Finished);
        QVERIFY(!job.error());
        QCOMPARE(done.size(), count);
        QCOMPARE(store.count(), count);
        QCOMPARE(findings.size(), 1);
        QVERIFY(store.findings().empty()); // the model is sound
        QSet<quint32> told;
        for (const QList<QVariant> &each : done)
            told.insert(each[0].toUInt());
        QCOMPARE(told.size(), count); // each once
        const TensorOutcome *outcome = store.find(std::string("model.embed_tokens.weight"));
        QVERIFY(outcome && outcome->statistics);
        const auto &tensors = store.weights()->catalog.checkpoint().tensors;
        QCOMPARE(outcome->statistics->count, tensors[outcome->tensor].elements);
        QVERIFY(!store.find(std::string("no such tensor")));
    }

    /// Held against a plain sum over the file's own numbers.
    void oneTensorExactly()
    {
        const auto weights = llama();
        const uint32_t tensor = indexOf(*weights, "model.norm.weight");
        const TensorRecord &record = weights->catalog.checkpoint().tensors[tensor];
        QCOMPARE(record.dtype, Dtype::F32);
        QFile file(QStringLiteral(ASSAY_TEST_DATA "/models/llama-gqa/model.safetensors"));
        QVERIFY(file.open(QIODevice::ReadOnly) && file.seek(qint64(record.offset)));
        const QByteArray bytes = file.read(qint64(record.bytes));
        std::vector<float> values(size_t(record.elements));
        std::memcpy(values.data(), bytes.constData(), size_t(bytes.size()));
        double sum = 0;
        for (const float value : values)
            sum += double(value);
        StatisticsStore store(weights);
        QSignalSpy findings(&store, &StatisticsStore::findingsChanged);
        StatisticsJob job(QStringLiteral("llama"), &store, {tensor});
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        QVERIFY(finished.wait(60000));
        QCOMPARE(store.count(), 1);
        QCOMPARE(findings.size(), 0); // one tensor says nothing about all
        const TensorOutcome *outcome = store.find(tensor);
        QVERIFY(outcome && outcome->statistics);
        QCOMPARE(outcome->statistics->min, double(*std::min_element(values.begin(), values.end())));
        QCOMPARE(outcome->statistics->max, double(*std::max_element(values.begin(), values.end())));
        QVERIFY(std::abs(outcome->statistics->mean - sum / double(values.size())) < 1e-9);
    }

    void findingsReachTheStore()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("model.safetensors"));
        QVERIFY(QFile::copy(QStringLiteral(ASSAY_TEST_DATA "/models/llama-gqa/model.safetensors"), path));
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
        const auto weights = opened(path);
        const uint32_t tensor = indexOf(*weights, "model.norm.weight");
        QFile file(path);
        const float nan = std::nanf("");
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(qint64(weights->catalog.checkpoint().tensors[tensor].offset)));
        QCOMPARE(file.write(reinterpret_cast<const char *>(&nan), sizeof nan), qint64(sizeof nan));
        file.close();
        StatisticsStore store(weights);
        StatisticsJob job(QStringLiteral("llama"), &store);
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        QVERIFY(finished.wait(60000));
        QCOMPARE(store.findings().size(), size_t(1));
        QCOMPARE(store.findings()[0].code, FindingCode::ValuesNotFinite);
        QCOMPARE(store.find(tensor)->statistics->nans, uint64_t(1));
    }

    /// A stopped job ends as such; the store keeps what had come, and no findings over half a model.
    void cancelled()
    {
        StatisticsStore store(llama());
        QSignalSpy findings(&store, &StatisticsStore::findingsChanged);
        StatisticsJob job(QStringLiteral("llama"), &store);
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        job.cancel();
        QVERIFY(job.isOver() || finished.wait(60000));
        // The thread may have been done before the stop reached it.
        QVERIFY(job.state() == JobState::Cancelled || job.state() == JobState::Finished);
        QCOMPARE(findings.size(), job.state() == JobState::Finished ? 1 : 0);
    }

    void jobAndStoreMayGoFirst()
    {
        const auto weights = llama();
        {
            StatisticsStore store(weights);
            StatisticsJob job(QStringLiteral("llama"), &store);
            job.start();
        } // waits for its threads
        QCoreApplication::processEvents(); // what they had posted finds nobody
        auto store = std::make_unique<StatisticsStore>(weights);
        StatisticsJob job(QStringLiteral("llama"), store.get());
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        store.reset(); // a subject that is closed while its job runs
        QVERIFY(finished.wait(60000));
        QCOMPARE(job.state(), JobState::Finished);
    }

    void weightsThatAreGone()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("model.safetensors"));
        QVERIFY(QFile::copy(QStringLiteral(ASSAY_TEST_DATA "/models/llama-gqa/model.safetensors"), path));
        StatisticsStore store(opened(path));
        QVERIFY(QFile::remove(path));
        StatisticsJob job(QStringLiteral("llama"), &store);
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        QVERIFY(finished.wait(60000));
        QCOMPARE(job.state(), JobState::Finished);
        QCOMPARE(store.findings().size(), size_t(1));
        QCOMPARE(store.findings()[0].code, FindingCode::TensorUnreadable);
        const TensorOutcome *outcome = store.find(std::string("model.norm.weight"));
        QVERIFY(outcome && !outcome->statistics);
    }
};

QTEST_GUILESS_MAIN(TestStatisticsJob)
#include "tst_statisticsjob.moc"
