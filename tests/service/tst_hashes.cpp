// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/hashjob.h"
#include "core/service/remoteplaces.h"
#include "testserver.h"

#include <QCryptographicHash>
#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

using namespace assay;

namespace {

const QString kModel = QStringLiteral(ASSAY_TEST_DATA "/models/llama-gqa");

/// A copy of a model with a list of sums, as sha256sum would write it.
struct Folder
{
    QTemporaryDir at;

    Folder()
    {
        QFile list(at.filePath(QStringLiteral("sha256sum.txt")));
        if (!list.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        for (const char *name : {"config.json", "model.safetensors"}) {
            QFile file(kModel + u'/' + QLatin1String(name));
            if (!file.copy(at.filePath(QLatin1String(name))) || !file.open(QIODevice::ReadOnly))
                qFatal("cannot copy");
            list.write(QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex() + "  " + name + "\n");
        }
    }
    /// Changes one byte in the middle.
    void spoil(const QString &name) const
    {
        QFile file(at.filePath(name));
        if (!file.open(QIODevice::ReadWrite))
            qFatal("cannot write");
        file.seek(file.size() / 2);
        const char old = file.peek(1).at(0);
        const char other = char(old ^ 1);
        file.write(&other, 1);
    }
    std::shared_ptr<const Inspection> inspection() const
    {
        auto opened = inspectModel(std::filesystem::path(at.path().toStdString()));
        if (!opened)
            qFatal("%s", opened.error().sentence().c_str());
        return std::make_shared<const Inspection>(std::move(*opened));
    }
};

ContentState stateOf(const HashJob &job, const std::string &name)
{
    for (const FileVerification &file : job.results()) {
        if (file.name == name)
            return file.state;
    }
    return ContentState::Unreadable;
}

} // namespace

class TestHashes : public QObject
{
    Q_OBJECT
private slots:
    void rightAndWrong()
    {
        const Folder folder;
        folder.spoil(QStringLiteral("model.safetensors"));
        HashJob job(folder.inspection(), QStringLiteral("llama"));
        QCOMPARE(job.results().size(), size_t(3));
        QCOMPARE(stateOf(job, "model.safetensors"), ContentState::Unchecked);
        QSignalSpy finished(&job, &Job::finished), checked(&job, &HashJob::fileChecked);
        job.start();
        QVERIFY(finished.wait(60000));
        QCOMPARE(job.state(), JobState::Finished);
        QCOMPARE(checked.size(), 3);
        QCOMPARE(stateOf(job, "config.json"), ContentState::Right);
        QCOMPARE(stateOf(job, "model.safetensors"), ContentState::Wrong);
        QCOMPARE(stateOf(job, "sha256sum.txt"), ContentState::NothingToCompare);
        const auto findings = findingsOf(job.results());
        QCOMPARE(findings.size(), size_t(1));
        QCOMPARE(findings.front().code, FindingCode::HashWrong);
        QCOMPARE(findings.front().sentence(), std::string("model.safetensors does not have the hash that sha256sum.txt declares"));
    }

    void aFileThatGoesMeanwhile()
    {
        const Folder folder;
        const auto inspection = folder.inspection();
        QVERIFY(QFile::remove(folder.at.filePath(QStringLiteral("config.json"))));
        HashJob job(inspection, QStringLiteral("llama"));
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        QVERIFY(finished.wait(60000));
        QCOMPARE(stateOf(job, "config.json"), ContentState::Unreadable);
        QCOMPARE(stateOf(job, "model.safetensors"), ContentState::Right);
    }

    void cancels()
    {
        const Folder folder;
        QFile large(folder.at.filePath(QStringLiteral("z.bin"))); // a hole, which would take minutes
        QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(qint64(1) << 40));
        HashJob job(folder.inspection(), QStringLiteral("llama"));
        QSignalSpy finished(&job, &Job::finished), changed(&job, &Job::changed);
        job.start();
        while (job.done() <= 0)
            QVERIFY(changed.wait(60000));
        job.cancel();
        QVERIFY(finished.wait(60000));
        QCOMPARE(job.state(), JobState::Cancelled);
        QCOMPARE(stateOf(job, "model.safetensors"), ContentState::Right);
        QCOMPARE(stateOf(job, "z.bin"), ContentState::Unchecked);
    }

    void mayGoWhileItWorks()
    {
        const Folder folder;
        QFile large(folder.at.filePath(QStringLiteral("z.bin")));
        QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(qint64(1) << 40));
        auto job = std::make_unique<HashJob>(folder.inspection(), QStringLiteral("llama"));
        QSignalSpy changed(job.get(), &Job::changed);
        job->start();
        while (job->done() <= 0)
            QVERIFY(changed.wait(60000));
        job.reset();
    }

    void aChosenFileIsCheckedAlone()
    {
        const Folder folder;
        auto opened = inspectModel(std::filesystem::path(folder.at.filePath(QStringLiteral("model.safetensors")).toStdString()));
        QVERIFY(opened.has_value());
        QCOMPARE(filesToVerify(opened->directory), std::vector<std::string>{"model.safetensors"});
    }

    void aServersFilesAreNotFetched()
    {
        TestServer server(TestSite{kModel, TestSite::Listing::Python, true, {}});
        auto files = openRemoteFiles(server.url().toStdString());
        QVERIFY(files.has_value());
        auto opened = inspectModel(*files);
        QVERIFY(opened.has_value());
        const auto requests = server.requests().size();
        HashJob job(std::make_shared<const Inspection>(std::move(*opened)), QStringLiteral("llama"));
        job.start();
        QCOMPARE(job.state(), JobState::Failed);
        QCOMPARE(job.error()->code, ErrorCode::BadUsage);
        QCOMPARE(server.requests().size(), requests);
        QCOMPARE(verifyFile(**files, "model.safetensors").state, ContentState::Unchecked);
    }
};

QTEST_GUILESS_MAIN(TestHashes)
#include "tst_hashes.moc"
