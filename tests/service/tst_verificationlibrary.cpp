// SPDX-License-Identifier: GPL-3.0-or-later
// Verifications in the store: kept, judged anew, damaged, without a disk; jobs that make them: progress, cancelling, failing; and the user's
// own claim sheets.
#include "core/mock/mockendpoint.h"
#include "core/service/sqlite.h"
#include "core/service/verify/knownmodels.h"
#include "core/service/verify/verificationlibrary.h"
#include "core/service/verify/verifywork.h"
#include "core/service/workerbackend.h"
#include "tests/widgets/verificationsamples.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <condition_variable>
#include <future>

using namespace assay;
using namespace assay::samples;

namespace {

/// A library that has read its store.
struct Opened
{
    VerificationLibrary library;
    QSignalSpy failed{&library, &VerificationLibrary::loadFailed};
    explicit Opened(const QString &file) : library(file)
    {
        QSignalSpy changed(&library, &VerificationLibrary::changed);
        library.load();
        if (changed.isEmpty())
            changed.wait(20000);
    }
};

/// Writes two verifications and closes the store.
void fill(const QString &file)
{
    VerificationLibrary library(file);
    library.add(verified());
    library.add(contradicted());
}

Error errorOf(const QSignalSpy &spy)
{
    return spy.front().front().value<Error>();
}

} // namespace

class TestVerificationLibrary : public QObject
{
    Q_OBJECT
private slots:
    void outlivesTheProgram()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("runs.sqlite"));
        {
            VerificationLibrary library(file);
            library.add(verified());
            library.add(contradicted());
            library.add(notTested());
            library.remove("v-nothing");
        }
        Opened again(file);
        QCOMPARE(again.library.all().size(), size_t(2));
        QCOMPARE(again.library.all().front()->id, std::string("v-contradicted")); // the newest first
        QCOMPARE(verificationToJson(*again.library.find("v-contradicted")).dump(), verificationToJson(contradicted()).dump());
        QCOMPARE(again.library.of("/models/r1").size(), size_t(1));
        QVERIFY(again.failed.isEmpty() && !again.library.failure() && !again.library.isLoading());
    }

    /// Another prior is kept with what was found: odds alone change, and the list has it once.
    void priorsOutliveTheProgram()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("runs.sqlite"));
        fill(file);
        {
            Opened first(file);
            Verification judged = *first.library.find("v-contradicted");
            judged.rules.priorOdds = 20;
            judged.verdict = judge(judged.evidence, judged.rules);
            first.library.add(judged);
            QCOMPARE(first.library.all().size(), size_t(2));
        }
        Opened again(file);
        QCOMPARE(again.library.all().size(), size_t(2));
        const auto kept = again.library.find("v-contradicted");
        QCOMPARE(kept->rules.priorOdds, std::optional(20.0));
        QCOMPARE(kept->verdict.kind, VerdictKind::Contradicted);
        QVERIFY(kept->verdict.odds.front().posterior);
        QCOMPARE(kept->verdict.odds.front().logRatio, contradicted().verdict.odds.front().logRatio); // what was found is not what was believed
    }

    void oneDamagedRowLeavesTheRest()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("runs.sqlite"));
        fill(file);
        {
            const auto database = Sqlite::open(file);
            QVERIFY(database);
            QCOMPARE((*database)->execute("UPDATE runs SET plan = '{\"id\": 3' WHERE id = 'v-contradicted'").value_or(0), 1);
        }
        Opened again(file);
        QCOMPARE(again.library.all().size(), size_t(1));
        QVERIFY(again.library.find("v-verified"));
        QCOMPARE(again.failed.count(), 1);
        QVERIFY(again.library.failure());
        QVERIFY2(errorOf(again.failed).sentence().find("v-contradicted") != std::string::npos, errorOf(again.failed).sentence().c_str());
    }

    void aDamagedStoreIsTold()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("runs.sqlite"));
        QFile bad(file);
        QVERIFY(bad.open(QIODevice::WriteOnly) && bad.write(QByteArray(9000, 'x')) == 9000);
        bad.close();
        Opened again(file);
        QVERIFY(again.library.all().empty());
        QCOMPARE(again.failed.count(), 1);
        QCOMPARE(errorOf(again.failed).code, ErrorCode::StoreDamaged);
        // What is found now stays in memory, and that it does is told.
        QSignalSpy unsaved(&again.library, &VerificationLibrary::saveFailed);
        again.library.add(verified());
        QVERIFY(unsaved.wait(20000));
        QVERIFY(again.library.find("v-verified") && again.library.failure());
        QCOMPARE(QFile(file).size(), 9000); // it is left as it is
    }

    /// Where the store's folder should be there is a file, which not even root gets past.
    void aDiskThatTakesNothing()
    {
        const QTemporaryDir folder;
        QFile blocking(folder.filePath(QStringLiteral("data")));
        QVERIFY(blocking.open(QIODevice::WriteOnly));
        blocking.close();
        VerificationLibrary library(folder.filePath(QStringLiteral("data/runs.sqlite")));
        QSignalSpy unsaved(&library, &VerificationLibrary::saveFailed), saved(&library, &VerificationLibrary::saved);
        library.add(contradicted());
        QVERIFY(unsaved.wait(20000));
        QVERIFY(!errorOf(unsaved).sentence().empty());
        QVERIFY(library.find("v-contradicted") && library.failure());
        // The disk is there again: what comes next is written, and nothing is complained of any more.
        QVERIFY(blocking.remove());
        library.add(verified());
        QVERIFY(saved.wait(20000));
        QVERIFY(!library.failure());
    }

    void withoutAStore()
    {
        VerificationLibrary library({});
        QSignalSpy changed(&library, &VerificationLibrary::changed);
        library.load();
        QVERIFY(changed.wait(20000));
        library.add(verified());
        library.flush();
        QVERIFY(library.find("v-verified") && !library.failure());
    }

    void progressAndTheEnd()
    {
        VerificationLibrary library({});
        std::promise<void> seen;
        VerifyJob job(QStringLiteral("vendor"), "/x",
                      [&seen](VerifyProgress &progress, std::stop_token) -> Result<Verification> {
                          progress.set({"tokenizer probes"}, 12, 30);
                          seen.get_future().wait();
                          return contradicted();
                      },
                      &library);
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        QTRY_COMPARE(job.done(), 12.0);
        QCOMPARE(job.total(), 30.0);
        QCOMPARE(job.stage(), QStringLiteral("tokenizer probes"));
        QVERIFY(!job.isOver() && library.all().empty()); // it comes whole
        seen.set_value();
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(job.state(), JobState::Finished);
        QCOMPARE(job.runId(), QStringLiteral("v-contradicted"));
        QCOMPARE(library.all().size(), size_t(1));
    }

    void cancelledWithWhatThereIs()
    {
        VerificationLibrary library({});
        VerifyJob job(QStringLiteral("vendor"), "/x",
                      [](VerifyProgress &, std::stop_token stop) -> Result<Verification> {
                          std::mutex mutex;
                          std::unique_lock lock(mutex);
                          std::condition_variable_any().wait(lock, stop, [] { return false; });
                          return inconclusive();
                      },
                      &library);
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        job.cancel();
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(job.state(), JobState::Cancelled);
        QVERIFY(library.find("v-inconclusive")->interrupted);
    }

    /// Cancelled before anything was found: no failure, and nothing is kept.
    void cancelledWithNothing()
    {
        VerificationLibrary library({});
        VerifyJob job(QStringLiteral("vendor"), "/x", [](VerifyProgress &, std::stop_token) -> Result<Verification> { return failure(ErrorCode::Cancelled); }, &library);
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(job.state(), JobState::Cancelled);
        QVERIFY(library.all().empty() && !job.found());
    }

    /// Whoever throws the job away while it works waits for nothing and gets nothing.
    void destroyedWhileItWorks()
    {
        VerificationLibrary library({});
        auto stopped = std::make_shared<std::promise<void>>();
        auto over = stopped->get_future();
        auto job = std::make_unique<VerifyJob>(QStringLiteral("vendor"), "/x",
                                               [stopped](VerifyProgress &, std::stop_token stop) -> Result<Verification> {
                                                   std::mutex mutex;
                                                   std::unique_lock lock(mutex);
                                                   std::condition_variable_any().wait(lock, stop, [] { return false; });
                                                   stopped->set_value();
                                                   return inconclusive();
                                               },
                                               &library);
        job->start();
        job.reset();
        over.wait();
        QCoreApplication::processEvents();
        QVERIFY(library.all().empty());
    }

    /// Nobody listens there: the job fails with the reason, and nothing is kept.
    void anEndpointThatIsNotThere()
    {
        qputenv("ASSAY_RESOURCES", ASSAY_SOURCE_DIR "/resources");
        VerificationLibrary library({});
        EndpointVerificationPlan plan;
        plan.target.url = "http://127.0.0.1:9/v1";
        plan.target.model = "r1";
        plan.profiles = knownProfiles();
        plan.sheet = *findClaimSheet(QStringLiteral("deepseek-r1"), plan.profiles);
        plan.table = *shippedTokenTable();
        VerifyJob job(QStringLiteral("vendor"), "http://127.0.0.1:9/v1", workOf(plan), &library);
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60000);
        QCOMPARE(job.state(), JobState::Failed);
        QVERIFY(job.error() && !job.error()->sentence().empty());
        QVERIFY(library.all().empty());
    }

    /// The reference's weights cannot be run: that is told before anything is asked of the endpoint.
    void aReferenceWhoseWorkerDoesNotStart()
    {
        qputenv("ASSAY_RESOURCES", ASSAY_SOURCE_DIR "/resources");
        MockEndpoint mock;
        QVERIFY(mock.start());
        EndpointVerificationPlan plan;
        plan.target.url = mock.url();
        plan.profiles = knownProfiles();
        plan.sheet = *findClaimSheet(QStringLiteral("deepseek-r1"), plan.profiles);
        plan.table = *shippedTokenTable();
        plan.size = VerificationSize::Standard;
        ReferenceChoice choice;
        choice.place = ASSAY_SOURCE_DIR "/resources/samples/full";
        choice.model = [](const std::string &directory) { return std::make_unique<WorkerBackend>(WorkerCommand{QStringLiteral("/no/such/worker"), {}}, directory); };
        auto reference = openReference(std::move(choice), plan);
        QVERIFY2(reference, reference ? "" : reference.error().sentence().c_str());
        plan.reference = std::move(*reference);
        VerificationLibrary library({});
        VerifyJob job(QStringLiteral("vendor"), mock.url(), workOf(plan), &library);
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60000);
        QCOMPARE(job.state(), JobState::Failed);
        QVERIFY2(job.error()->sentence().find("/no/such/worker") != std::string::npos, job.error()->sentence().c_str());
        QVERIFY(library.all().empty());
        for (const MockRequest &asked : mock.requests())
            QVERIFY2(asked.method == "GET", asked.path.c_str()); // looked at, never made to write
    }

    void ownSheetsAreFoundByName()
    {
        const QTemporaryDir folder;
        qputenv("ASSAY_RESOURCES", ASSAY_SOURCE_DIR "/resources");
        qputenv("ASSAY_DATA", folder.path().toUtf8());
        const std::vector<Profile> profiles = knownProfiles();
        ClaimSheet sheet;
        sheet.id = "offer-7";
        sheet.title = "An offer";
        sheet.profile = "deepseek-r1";
        sheet.claims = {{"1", {}, "layers", 61, {}, {}, {}}};
        QVERIFY(!findClaimSheet(QStringLiteral("offer-7"), profiles));
        const auto file = keepClaimSheet(sheet, profiles, false);
        QVERIFY(file);
        const auto found = findClaimSheet(QStringLiteral("offer-7"), profiles);
        QVERIFY(found);
        QCOMPARE(claimSheetToJson(*found).dump(), claimSheetToJson(sheet).dump());
        const auto known = knownClaims(profiles);
        QVERIFY(std::ranges::any_of(known, [](const KnownClaim &one) { return one.name == "offer-7" && one.title == "An offer" && one.own && !one.model; }));

        // One's own is replaced where that was meant, and nobody else's is.
        sheet.claims[0].claimed = 62;
        QCOMPARE(keepClaimSheet(sheet, profiles, false).error().code, ErrorCode::BadUsage);
        QCOMPARE(findClaimSheet(QStringLiteral("offer-7"), profiles)->claims[0].claimed.dump(), std::string("61"));
        QVERIFY(keepClaimSheet(sheet, profiles, true));
        QCOMPARE(findClaimSheet(QStringLiteral("offer-7"), profiles)->claims[0].claimed.dump(), std::string("62"));
        for (const char *taken : {"deepseek-r1", "article-full-vs-distilled", "", "../evil", "a b", ".hidden"}) {
            sheet.id = taken;
            QVERIFY2(!keepClaimSheet(sheet, profiles, true), taken);
        }
        QVERIFY(removeClaimSheet("offer-7"));
        QVERIFY(!findClaimSheet(QStringLiteral("offer-7"), profiles));
        QCOMPARE(removeClaimSheet("offer-7").error().code, ErrorCode::FileUnwritable);
    }

    /// A file that is no sheet among one's own is listed with what is wrong with it.
    void damagedOwnSheetsAreListed()
    {
        const QTemporaryDir folder;
        qputenv("ASSAY_DATA", folder.path().toUtf8());
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("claims")));
        QFile bad(folder.filePath(QStringLiteral("claims/bad.json")));
        QVERIFY(bad.open(QIODevice::WriteOnly) && bad.write("{") == 1);
        bad.close();
        const auto known = knownClaims({});
        const auto at = std::ranges::find(known, std::string("bad"), &KnownClaim::name);
        QVERIFY(at != known.end() && at->own);
        QVERIFY2(at->title.find("bad.json") != std::string::npos, at->title.c_str());
        QCOMPARE(findClaimSheet(QStringLiteral("bad"), {}).error().code, ErrorCode::ClaimSheetDamaged);
    }
};

QTEST_GUILESS_MAIN(TestVerificationLibrary)
#include "tst_verificationlibrary.moc"
