// SPDX-License-Identifier: GPL-3.0-or-later
// The Verify page: every state, verdicts by word and symbol, claims, cards, charts, odds by another prior, history, hostile strings.
#include "core/service/jobqueue.h"
#include "core/service/runlibrary.h"
#include "core/service/translation.h"
#include "core/service/verify/verificationlibrary.h"
#include "core/service/verify/verifyjob.h"
#include "core/service/workspace.h"
#include "tests/widgets/verificationsamples.h"
#include "tests/widgets/verifypagetesting.h"
#include "tests/widgets/windowsupport.h"
#include "widgets/chart/chartwidget.h"
#include "widgets/common/filterbar.h"
#include "widgets/common/tablecopy.h"
#include "widgets/common/theme.h"
#include "widgets/compare/chartgrid.h"
#include "widgets/verify/claimsheeteditor.h"
#include "widgets/verify/claimwidths.h"
#include "widgets/verify/knownmodeldialog.h"
#include "widgets/verify/priorodds.h"
#include "widgets/verify/tiercard.h"
#include "widgets/verify/verdictbanner.h"
#include "widgets/verify/verificationview.h"
#include "widgets/verify/verifypage.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <condition_variable>

using namespace assay;
using namespace assay::samples;

namespace {

/// With a store of its own, which outlives it.
struct StoredPage
{
    Workspace workspace;
    RunLibrary runs;
    JobQueue jobs;
    VerifyPage page{&workspace, &runs, &jobs};
    explicit StoredPage(const QString &file) : runs(file)
    {
        QSignalSpy read(&runs.verifications(), &VerificationLibrary::changed);
        runs.load();
        while (read.isEmpty() && read.wait(20000)) {
        }
        page.resize(1050, 720);
        page.show();
    }
};

QString failureLine(const VerifyPage &page)
{
    const auto *line = page.findChild<QLabel *>(QStringLiteral("failureLine"));
    return line->isHidden() ? QString() : line->text();
}

/// Two hundred claims, each cell longer than any column.
Verification manyClaims()
{
    Verification many = contradicted();
    many.id = "v-many";
    many.claims.clear();
    const std::string lengthy = "several words in a row that say very much of very little, again and again and again";
    for (int i = 0; i < 200; ++i) {
        ClaimRow one = claimRow("architecture", lengthy, lengthy, i % 3 ? ClaimVerdict::SelfContradictory : ClaimVerdict::Supported, lengthy.c_str());
        one.claim.id = std::to_string(i);
        many.claims.push_back(one);
    }
    return many;
}

/// A verification that waits to be let on, or is told to stop.
struct Gate
{
    std::mutex mutex;
    std::condition_variable_any changed;
    bool open = false;
    void let()
    {
        const std::lock_guard lock(mutex);
        open = true;
        changed.notify_all();
    }
    /// False: it was told to stop.
    bool wait(std::stop_token stop)
    {
        std::unique_lock lock(mutex);
        return changed.wait(lock, stop, [this] { return open; });
    }
};

} // namespace

class TestVerifyPage : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        prepareWindowTest();
        QVERIFY(QDir().mkpath(QStringLiteral(ASSAY_BINARY_DIR "/screenshots")));
    }

    void verdictsHaveWordSymbolAndErrorRate_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("word");
        QTest::newRow("contradicted") << 0 << QStringLiteral("CONTRADICTED");
        QTest::newRow("verified") << 1 << QStringLiteral("VERIFIED");
        QTest::newRow("inconclusive") << 2 << QStringLiteral("INCONCLUSIVE");
        QTest::newRow("nothing") << 3 << QStringLiteral("NOT TESTED");
    }
    void verdictsHaveWordSymbolAndErrorRate()
    {
        QFETCH(int, which);
        QFETCH(QString, word);
        const Verification all[] = {contradicted(), verified(), inconclusive(), notTested()};
        VerificationView view;
        view.resize(1000, 700);
        view.show();
        view.setVerification(all[which]);
        QCOMPARE(view.banner()->word(), word);
        QVERIFY(!view.banner()->sentence().isEmpty());
        QVERIFY(!view.banner()->errorRate().isEmpty());
        QVERIFY(view.banner()->accessibleName().startsWith(word));
        bool symbol = false; // beside the word, so that colour is never alone
        for (const QString &text : labelsOf(*view.banner()))
            symbol = symbol || (text.size() == 1 && !text[0].isLetter());
        QVERIFY(symbol);
        QVERIFY(view.grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/verdict-%1.png").arg(QLatin1String(QTest::currentDataTag()))));
    }

    void claimsSortFilterAndCopy()
    {
        VerificationView view;
        view.show();
        view.setVerification(contradicted());
        QTreeView &claims = *view.claims();
        QCOMPARE(claims.model()->rowCount(), 3);
        QVERIFY(row(claims, 1).contains(QStringLiteral("61")) && row(claims, 1).contains(QStringLiteral("28")));
        QCOMPARE(row(claims, 1)[4], QStringLiteral("\u2717 contradicted"));
        QVERIFY(row(claims, 1)[3].contains(QStringLiteral("config.json")));
        claims.sortByColumn(4, Qt::AscendingOrder);
        QCOMPARE(row(claims, 0)[4], QStringLiteral("\u2713 supported"));
        QCOMPARE(row(claims, 2)[4], QStringLiteral("\u2013 not tested"));
        view.findChild<FilterBar *>()->setText(QStringLiteral("28 were"));
        QCOMPARE(claims.model()->rowCount(), 1);
        const QString markdown = tableText(claims, CopyFormat::Markdown);
        QVERIFY2(markdown.startsWith(QStringLiteral("| Claim | Claimed | Found | Provenance | Verdict | Reason |")), qPrintable(markdown));
        QVERIFY(markdown.contains(QStringLiteral("28 were found, 61 are claimed.")));
        const QString csv = tableText(claims, CopyFormat::Csv);
        QCOMPARE(csv.count(u'\n'), 2);
        QVERIFY(csv.contains(QStringLiteral("\"28 were found, 61 are claimed.\"")));
    }

    void cardsTellStrengthAndBlindSpots()
    {
        VerificationView view;
        view.show();
        view.setVerification(contradicted());
        const auto cards = view.findChildren<TierCard *>();
        QCOMPARE(cards.size(), 3);
        const auto *tokenizer = view.findChild<TierCard *>(QStringLiteral("tier.T3"));
        QVERIFY(tokenizer);
        QCOMPARE(tokenizer->shown(), 2);
        const QString said = labelsOf(*tokenizer).join(u'\n');
        QVERIFY2(said.contains(QStringLiteral("100,000 times likelier under deepseek-r1-distill-qwen-7b")), qPrintable(said));
        QVERIFY(said.contains(QStringLiteral("channel max_tokens")));
        QVERIFY(said.contains(QStringLiteral("Harmless explanation: A gateway may count")));
        QVERIFY(said.contains(QStringLiteral("Cannot see: ")));
        QVERIFY(said.contains(QStringLiteral("r6 and 2 more")));
        const QString test = labelsOf(*view.findChild<TierCard *>(QStringLiteral("tier.T4"))).join(u'\n');
        QVERIFY2(test.contains(QStringLiteral("p = 0.000400; effect 0.0310 MMD\u00b2; detectable from 0.0120 MMD\u00b2; n = 25")), qPrintable(test));
        const auto *silent = view.findChild<QLabel *>(QStringLiteral("silentTiers"));
        QVERIFY(silent && silent->text().contains(QStringLiteral("T7")) && !silent->text().contains(QStringLiteral("T3")));
    }

    void chartsOfProbesAndPower()
    {
        VerificationView view;
        view.resize(1000, 900);
        view.show();
        view.setVerification(contradicted());
        QTRY_COMPARE(view.charts()->charts().size(), size_t(5));
        const ChartSpec &probes = view.charts()->charts()[0]->spec();
        QTRY_COMPARE(probes.series.size(), size_t(5)); // what came back, and four groups of tokenizers
        QCOMPARE(toQString(probes.series[1].name), QStringLiteral("qwen2_5 = qwen3"));
        QCOMPARE(probes.series[1].points[0].y, 255.0);
        const ChartSpec &power = view.charts()->charts()[2]->spec();
        QTRY_COMPARE(power.id, std::string("identity_power"));
        QCOMPARE(power.lines[1].at, 80.0);
        QCOMPARE(power.series[0].points[1].mark, std::string("too little"));
    }

    void anotherPriorIsJudgedAtOnce()
    {
        VerificationView view;
        view.show();
        view.setVerification(contradicted());
        QVERIFY(view.odds()->model()->rowCount() > 0);
        QCOMPARE(row(*view.odds(), 0)[1], QStringLiteral("-"));
        QCOMPARE(row(*view.odds(), 0)[3], QStringLiteral("-")); // no prior, no posterior
        const QString ratio = row(*view.odds(), 0)[2];
        const QSignalSpy judged(&view, &VerificationView::judged);
        view.prior()->setFocus();
        QTest::keyClicks(view.prior(), QStringLiteral("20:1"));
        QVERIFY(judged.count() > 0);
        QCOMPARE(row(*view.odds(), 0)[1], QStringLiteral("20.0 : 1"));
        QCOMPARE(row(*view.odds(), 0)[2], ratio); // what was found is not what was believed
        const auto &odds = view.verification().verdict.odds.front();
        QVERIFY(odds.posterior);
        QVERIFY(std::abs(std::log(*odds.posterior) - std::log(20.0) - odds.logRatio) < 1e-9);
        QCOMPARE(view.banner()->word(), QStringLiteral("CONTRADICTED")); // no prior talks a contradiction away
        QTest::keyClicks(view.prior(), QStringLiteral("x"));
        QVERIFY(labelsOf(view).join(u'\n').contains(QStringLiteral("Odds are numbers such as 20")));
        QCOMPARE(row(*view.odds(), 0)[1], QStringLiteral("20.0 : 1"));
        view.prior()->selectAll();
        QTest::keyClick(view.prior(), Qt::Key_Delete);
        QCOMPARE(row(*view.odds(), 0)[3], QStringLiteral("-"));
    }

    void widthsAreShared()
    {
        QCOMPARE(sharedWidths({10, 20, 30}, 5, 100), (std::vector<int>{10, 20, 30})); // all have what they want
        QCOMPARE(sharedWidths({10, 200, 200}, 5, 110), (std::vector<int>{10, 50, 50})); // who wants little has it
        QCOMPARE(sharedWidths({100, 100}, 60, 50), (std::vector<int>{60, 60}));         // never narrower than can be read
        QCOMPARE(sharedWidths({}, 5, 100), std::vector<int>());
    }

    /// Claimed, found and verdict are in sight, however long the texts are and however narrow the window is.
    void everyColumnOfTheClaimsIsInSight_data()
    {
        QTest::addColumn<int>("width");
        for (const int width : {700, 1050, 1600})
            QTest::addRow("%d", width) << width;
    }
    void everyColumnOfTheClaimsIsInSight()
    {
        QFETCH(int, width);
        VerificationView view;
        view.resize(width, 700);
        view.show();
        view.setVerification(manyClaims());
        QCOMPARE(view.claims()->model()->rowCount(), 200);
        const auto inSight = [&] {
            for (int column = 0; column < 5; ++column) {
                const int end = view.claims()->columnViewportPosition(column) + view.claims()->columnWidth(column);
                if (end > view.claims()->viewport()->width())
                    return false;
            }
            if (view.findChild<QScrollArea *>()->horizontalScrollBar()->isVisible() && view.width() > 1000)
                return false; // the page scrolls one way
            return view.claims()->columnWidth(4) >= view.claims()->fontMetrics().horizontalAdvance(row(*view.claims(), 1)[4]);
        };
        QTRY_VERIFY(inSight());
        view.resize(width + 150, 700); // and when the window is another size then
        QTRY_VERIFY(inSight());
        view.resize(width, 700);
        QTRY_VERIFY(inSight());
        QVERIFY(view.claims()->model()->index(0, 1).data(Qt::ToolTipRole).toString().endsWith(QStringLiteral("again"))); // what is elided is there whole
    }

    /// What somebody believed is there again after a restart, apart from what was found.
    void priorsAreKept()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("runs.sqlite"));
        {
            StoredPage first(file);
            first.runs.verifications().add(contradicted());
            first.runs.verifications().add(inconclusive());
            first.page.view()->prior()->setFocus();
            QTest::keyClicks(first.page.view()->prior(), QStringLiteral("1:40"));
            QTRY_VERIFY(first.runs.verifications().find("v-contradicted")->rules.priorOdds);
            QCOMPARE(first.page.view()->prior()->text(), QStringLiteral("1:40")); // nothing is written over what is typed
            QCOMPARE(first.page.history()->count(), 2);
            QTest::keyClicks(first.page.view()->prior(), QStringLiteral("0")); // typed, and the page is gone at once
        }
        StoredPage again(file);
        QTRY_COMPARE(again.page.history()->count(), 2);
        QCOMPARE(again.page.view()->prior()->text(), QStringLiteral("1:400"));
        QCOMPARE(row(*again.page.view()->odds(), 0)[1], QStringLiteral("1 : 400"));
        QCOMPARE(again.page.view()->banner()->word(), QStringLiteral("CONTRADICTED"));
        again.page.history()->setCurrentIndex(1);
        emit again.page.history()->activated(1);
        QVERIFY(again.page.view()->prior()->text().isEmpty()); // each has its own
    }

    void whatCannotBeKeptIsTold()
    {
        const QTemporaryDir folder;
        QFile blocking(folder.filePath(QStringLiteral("data")));
        QVERIFY(blocking.open(QIODevice::WriteOnly));
        blocking.close();
        StoredPage test(folder.filePath(QStringLiteral("data/runs.sqlite")));
        test.runs.verifications().add(contradicted());
        QTRY_VERIFY2(failureLine(test.page).contains(QStringLiteral("is gone when the program ends")), qPrintable(failureLine(test.page)));
        QCOMPARE(test.page.view()->banner()->word(), QStringLiteral("CONTRADICTED")); // it is there all the same
        QVERIFY(test.page.grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/verify-unsaved.png")));
        QVERIFY(blocking.remove());
        test.runs.verifications().add(verified());
        QTRY_VERIFY(failureLine(test.page).isEmpty());
    }

    void sheetsAndKnownModelsFromThePage()
    {
        const QTemporaryDir data;
        qputenv("ASSAY_RESOURCES", ASSAY_SOURCE_DIR "/resources");
        qputenv("ASSAY_DATA", data.path().toUtf8());
        PageUnderTest test;
        QVERIFY(!buttonNamed(test.page, QStringLiteral("Keep as Known Model..."))->isEnabled()); // of nothing
        QVERIFY(!buttonNamed(test.page, QStringLiteral("Verify..."))->isEnabled());
        QTemporaryDir folder;
        makeModel(folder.path() + QStringLiteral("/m"), 1, 8);
        const int id = test.workspace.open(folder.path() + QStringLiteral("/m"));
        QTRY_VERIFY(test.workspace.find(id)->state == SubjectState::Ready);
        test.page.setSubject(id);
        buttonNamed(test.page, QStringLiteral("Keep as Known Model..."))->click();
        QVERIFY(test.page.findChild<KnownModelDialog *>());
        Verification shown = contradicted();
        shown.path = test.workspace.find(id)->reference().path;
        test.runs.verifications().add(shown);
        buttonNamed(test.page, QStringLiteral("Claim Sheet..."))->click();
        auto *editor = test.page.findChild<ClaimSheetEditor *>();
        QVERIFY(editor);
        QCOMPARE(editor->sheet().profile, std::string("deepseek-r1"));
    }

    void oddsAreRead()
    {
        QCOMPARE(oddsFromText(QStringLiteral("20")), std::optional(20.0));
        QCOMPARE(oddsFromText(QStringLiteral(" 1 : 4 ")), std::optional(0.25));
        for (const char *wrong : {"", "0", "-1", "1:0", "1:2:3", "nan", "inf", "1e9", "a", "1e-9"})
            QVERIFY2(!oddsFromText(QLatin1String(wrong)), wrong);
    }

    void fiveHundredClaimsAndHostileStrings()
    {
        Verification many = contradicted();
        const std::string hostile = "<img src=x onerror=alert(1)><b>bold</b> \xE2\x80\xAE evil \x01\n%1 {1:a|b} " + std::string(3000, 'W');
        many.subject = many.claimTitle = hostile;
        many.evidence.front().what = {"%1", {hostile}};
        many.evidence.front().alternative = hostile;
        many.nearest.front().title = hostile;
        many.claims.clear();
        for (int i = 0; i < 500; ++i) {
            ClaimRow one = claimRow("num_hidden_layers", hostile, i, ClaimVerdict::Contradicted, "x");
            one.claim.field = hostile;
            one.field = nullptr;
            many.claims.push_back(one);
        }
        VerificationView view;
        view.resize(900, 700);
        view.show();
        view.setVerification(many);
        QCOMPARE(view.claims()->model()->rowCount(), 500);
        QVERIFY(view.claims()->height() < 700); // the table scrolls, not the page
        const QModelIndex first = view.claims()->model()->index(0, 0);
        QVERIFY(!first.data(Qt::ToolTipRole).toString().contains(u'<'));
        QVERIFY(!first.data().toString().contains(u'\n'));
        for (const QLabel *label : view.findChildren<QLabel *>())
            QVERIFY2(label->textFormat() == Qt::PlainText || !label->text().contains(QStringLiteral("<img")), qPrintable(label->text().left(80)));
        QVERIFY(view.grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/verify-hostile.png")));
    }

    void emptySaysWhatToDo()
    {
        PageUnderTest test;
        QVERIFY(test.page.state().contains(QStringLiteral("Open a model")));
        const QSignalSpy open(&test.page, &VerifyPage::openRequested);
        buttonNamed(test.page, QStringLiteral("Open a model..."))->click();
        QCOMPARE(open.count(), 1);
        QTemporaryDir folder;
        makeModel(folder.path() + QStringLiteral("/m"), 1, 8);
        test.page.setSubject(test.workspace.open(folder.path() + QStringLiteral("/m")));
        QTRY_VERIFY(!test.workspace.loading());
        QVERIFY(test.page.state().contains(QStringLiteral("Nothing was verified")));
        const QSignalSpy asked(&test.page, &VerifyPage::verifyRequested);
        buttonNamed(test.page, QStringLiteral("Verify..."))->click();
        QCOMPARE(asked.count(), 1);
    }

    void runningFailedAndCancelled()
    {
        PageUnderTest test;
        const auto gate = std::make_shared<Gate>();
        const VerifyWork wait = [gate](VerifyProgress &progress, std::stop_token stop) -> Result<Verification> {
            progress.set({"tokenizer probes"}, 12, 30);
            Verification out = contradicted();
            if (!gate->wait(stop)) {
                out = inconclusive();
                out.id = "v-stopped";
            }
            return out;
        };
        Job *job = test.jobs.add(std::make_unique<VerifyJob>(QStringLiteral("vendor"), "/x", wait, &test.runs.verifications()));
        QTRY_VERIFY(test.page.findChildren<QLabel *>().size() > 0 && job->total() == 30);
        QVERIFY(test.page.state().contains(QStringLiteral("Verifying vendor")));
        gate->let();
        QTRY_COMPARE(job->state(), JobState::Finished);
        QCOMPARE(test.page.view()->banner()->word(), QStringLiteral("CONTRADICTED"));
        QCOMPARE(job->runId(), QStringLiteral("v-contradicted"));

        // One more that runs: what was found before stays, and a line says how far it is.
        gate->open = false;
        job = test.jobs.add(std::make_unique<VerifyJob>(QStringLiteral("vendor"), "/x", wait, &test.runs.verifications()));
        QTRY_VERIFY(test.page.state().contains(QStringLiteral("tokenizer probes 12/30")));
        QCOMPARE(test.page.view()->banner()->word(), QStringLiteral("CONTRADICTED"));
        buttonNamed(test.page, QStringLiteral("Cancel"))->click();
        QTRY_COMPARE(job->state(), JobState::Cancelled);
        QVERIFY(test.runs.verifications().find("v-stopped")); // what was found until then is kept
        QVERIFY(test.page.state().isEmpty());

        const VerifyWork fail = [](VerifyProgress &, std::stop_token) -> Result<Verification> { return failure(ErrorCode::FileUnreadable, {"/x"}); };
        job = test.jobs.add(std::make_unique<VerifyJob>(QStringLiteral("vendor"), "/x", fail, &test.runs.verifications()));
        QTRY_COMPARE(job->state(), JobState::Failed);
        QVERIFY2(test.page.state().contains(errorText(*job->error())), qPrintable(test.page.state()));
        QVERIFY(!test.page.view()->isHidden());
    }

    void historyKeepsWhatWasFoundEarlier()
    {
        PageUnderTest test;
        VerificationLibrary &library = test.runs.verifications();
        library.add(notTested());
        library.add(verified());
        library.add(contradicted());
        library.add(inconclusive());
        QCOMPARE(test.page.history()->count(), 4);
        QVERIFY(test.page.history()->itemText(0).contains(QStringLiteral("CONTRADICTED"))); // the newest by when it began
        QVERIFY(test.page.view()->summary().isEmpty() || !test.page.view()->summary().contains(QStringLiteral("Broken off")));
        test.page.history()->setFocus();
        test.page.history()->setCurrentIndex(1);
        emit test.page.history()->activated(1);
        QCOMPARE(test.page.view()->banner()->word(), QStringLiteral("INCONCLUSIVE"));
        QVERIFY(test.page.view()->summary().contains(QStringLiteral("Broken off before its end")));
        buttonNamed(test.page, QStringLiteral("Delete"))->click();
        QCOMPARE(test.page.history()->count(), 3);
        QVERIFY(!library.find("v-inconclusive"));
    }

    void loadingIsTold()
    {
        const QTemporaryDir folder;
        RunLibrary runs(folder.filePath(QStringLiteral("runs.sqlite")));
        Workspace workspace;
        JobQueue jobs;
        runs.verifications().load();
        VerifyPage page(&workspace, &runs, &jobs);
        QCOMPARE(page.state(), QStringLiteral("Reading what was verified earlier"));
        QTRY_VERIFY(page.state().contains(QStringLiteral("Open a model")));
    }

    void theKeyboardReachesEverything()
    {
        PageUnderTest test;
        test.runs.verifications().add(contradicted());
        test.page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&test.page));
        test.page.history()->setFocus();
        QTRY_VERIFY(QApplication::focusWidget());
        QStringList reached;
        for (int i = 0; i < 60; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            if (QApplication::focusWidget())
                reached << QApplication::focusWidget()->accessibleName();
        }
        for (const char *name : {"Search in claims", "Claims", "Prior odds", "Odds", "Nearest known models", "Registered tests", "How it was checked"})
            QVERIFY2(reached.contains(QLatin1String(name)), name);
    }

    void screenshots()
    {
        PageUnderTest test;
        test.page.resize(1050, 1500);
        test.runs.verifications().add(contradicted());
        const QFont usual = QApplication::font();
        const auto save = [&](const char *name) {
            QTest::qWait(200);
            QVERIFY(test.page.grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/verify-%1.png").arg(QLatin1String(name))));
            auto *scroll = test.page.view()->findChild<QScrollArea *>();
            scroll->verticalScrollBar()->setValue(scroll->verticalScrollBar()->maximum());
            QTest::qWait(100);
            QVERIFY(test.page.grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/verify-%1-end.png").arg(QLatin1String(name))));
            scroll->verticalScrollBar()->setValue(0);
        };
        QTRY_COMPARE(test.page.view()->charts()->charts().size(), size_t(5));
        for (const int width : {1050, 1600}) {
            test.page.resize(width, 900);
            for (const auto scheme : {ColorScheme::Light, ColorScheme::Dark}) {
                applyColorScheme(scheme);
                QTest::qWait(150);
                const QString name = QStringLiteral("verify-%1-%2.png").arg(width).arg(scheme == ColorScheme::Dark ? QLatin1String("dark") : QLatin1String("light"));
                QVERIFY(test.page.grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/") + name));
            }
        }
        applyColorScheme(ColorScheme::Light);
        test.page.resize(1050, 1500);
        save("light");
        applyColorScheme(ColorScheme::Dark);
        save("dark");
        applyColorScheme(ColorScheme::Light);
        QFont large = usual;
        large.setPointSizeF(usual.pointSizeF() * 1.6);
        QApplication::setFont(large);
        save("large");
        QApplication::setFont(usual);
    }
};

QTEST_MAIN(TestVerifyPage)
#include "tst_verifypage.moc"
