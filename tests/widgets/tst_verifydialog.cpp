// SPDX-License-Identifier: GPL-3.0-or-later
// The dialog that starts a verification: of files, of an endpoint by size, reference and caps; what cannot start, and why.
#include "core/mock/mockendpoint.h"
#include "core/service/translation.h"
#include "core/service/verify/verificationlibrary.h"
#include "tests/widgets/verifypagetesting.h"
#include "tests/widgets/windowsupport.h"
#include "widgets/common/checkedfield.h"
#include "widgets/verify/referencebox.h"
#include "widgets/verify/spendingcaps.h"
#include "widgets/verify/verdictbanner.h"
#include "widgets/verify/verificationview.h"
#include "widgets/verify/verifydialog.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace assay;
using namespace assay::samples;

class TestVerifyDialog : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        prepareWindowTest();
        QVERIFY(QDir().mkpath(QStringLiteral(ASSAY_BINARY_DIR "/screenshots")));
    }

    /// From the dialog to the verdict over real files: the sample is no DeepSeek-R1, and its tensors say so.
    void dialogVerifiesFiles()
    {
        qputenv("ASSAY_RESOURCES", ASSAY_SOURCE_DIR "/resources");
        PageUnderTest test;
        const int id = test.workspace.open(QStringLiteral(ASSAY_SOURCE_DIR "/resources/samples/full"));
        QTRY_VERIFY(test.workspace.find(id)->state == SubjectState::Ready);
        test.page.setSubject(id);
        QCOMPARE(test.page.state().contains(QLatin1String("Nothing was verified here yet")), true);
        auto *dialog = new VerifyDialog(test.workspace, id, test.jobs, test.runs, &test.page);
        QSignalSpy started(dialog, &VerifyDialog::started);
        dialog->show();
        QComboBox *claims = nullptr;
        for (QComboBox *box : dialog->findChildren<QComboBox *>()) {
            if (box->accessibleName() == QLatin1String("Claimed to be"))
                claims = box;
        }
        QVERIFY(claims && claims->count() > 30);
        QCOMPARE(claims->currentData().toString(), QStringLiteral("deepseek-r1"));
        QVERIFY(labelsOf(*dialog).join(u'\n').contains(QLatin1String("no network is used")));
        QTest::qWait(100);
        QVERIFY(dialog->grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/dialog-verify.png")));
        QPushButton *start = buttonNamed(*dialog, QStringLiteral("Start"));
        QVERIFY(start && start->isEnabled());
        start->click();
        QCOMPARE(started.count(), 1);
        QTRY_COMPARE(test.runs.verifications().all().size(), size_t(1));
        const Verification found = *test.runs.verifications().all().front();
        QCOMPARE(found.verdict.kind, VerdictKind::Contradicted);
        QVERIFY(std::ranges::any_of(found.claims, [](const ClaimRow &one) { return one.claim.field == "num_hidden_layers" && one.verdict == ClaimVerdict::Contradicted; }));
        QTRY_COMPARE(test.page.view()->banner()->word(), QStringLiteral("CONTRADICTED"));
        QTRY_VERIFY(!test.page.view()->findChild<QScrollArea *>()->horizontalScrollBar()->isVisible());
        QVERIFY(test.page.grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/verify-files.png")));
    }

    /// Sizes, references, caps: what each costs at most and who is asked stands there before anything is.
    void dialogOfAnEndpoint()
    {
        qputenv("ASSAY_RESOURCES", ASSAY_SOURCE_DIR "/resources");
        MockEndpoint mock;
        QVERIFY(mock.start());
        PageUnderTest test;
        const int full = test.workspace.open(QStringLiteral(ASSAY_SOURCE_DIR "/resources/samples/full"));
        const int id = test.workspace.open(QString::fromStdString(mock.url()));
        QTRY_VERIFY(test.workspace.find(id)->state == SubjectState::Ready && test.workspace.find(full)->state == SubjectState::Ready);
        VerifyDialog dialog(test.workspace, id, test.jobs, test.runs, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        const auto requests = mock.requests().size();
        QPushButton *start = buttonNamed(dialog, QStringLiteral("Start"));
        auto *sizes = named<QComboBox>(dialog, "Size");
        QVERIFY(start->isEnabled() && !dialog.reference()->isVisible() && dialog.caps()->isVisible());
        QVERIFY2(dialog.note().contains(QStringLiteral("At most 39 requests")) && dialog.note().contains(QString::fromStdString(mock.url())), qPrintable(dialog.note()));
        QVERIFY(!named<QLineEdit>(dialog, "Checksums")->isVisible()); // of files
        QVERIFY(dialog.grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/dialog-endpoint-quick.png")));

        // Money is counted by prices, and capped by nothing else.
        CheckedField *money = dialog.caps()->field(QStringLiteral("Money at most")), *prices = dialog.caps()->field(QStringLiteral("Prices"));
        money->setText(QStringLiteral("0.5"));
        QVERIFY(!start->isEnabled());
        prices->setText(QStringLiteral("0.55, 2.19"));
        QVERIFY(start->isEnabled());
        QVERIFY2(dialog.note().contains(QStringLiteral("costs at most")), qPrintable(dialog.note()));
        QCOMPARE(dialog.caps()->limits().money, 0.5);
        prices->setText(QStringLiteral("cheap"));
        QVERIFY(!start->isEnabled());
        prices->setText({});
        money->setText({});
        dialog.caps()->field(QStringLiteral("Requests at most"))->setText(QStringLiteral("12"));
        QVERIFY(start->isEnabled() && dialog.note().contains(QStringLiteral("At most 12 requests")) && dialog.note().contains(QStringLiteral("caps")));
        dialog.caps()->field(QStringLiteral("Requests at most"))->setText(QStringLiteral("none"));
        QVERIFY(!start->isEnabled());
        dialog.caps()->field(QStringLiteral("Requests at most"))->setText({});

        // A larger size asks for a reference, and says what is missing without one.
        sizes->setCurrentIndex(1);
        QVERIFY(dialog.reference()->isVisible() && start->isEnabled());
        QVERIFY2(dialog.note().contains(QStringLiteral("Without a reference")), qPrintable(dialog.note()));
        auto *places = dialog.reference()->places();
        places->setCurrentIndex(places->findData(full));
        QVERIFY(!start->isEnabled()); // until it was looked at
        QTRY_VERIFY2(start->isEnabled(), qPrintable(dialog.note()));
        QVERIFY2(dialog.note().contains(QStringLiteral("are run by the worker of this machine")), qPrintable(dialog.note()));
        const auto *note = dialog.findChild<QLabel *>(QStringLiteral("note"));
        QTRY_VERIFY(note->height() >= note->heightForWidth(note->width())); // all of it can be read
        QVERIFY(dialog.grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/dialog-endpoint-standard.png")));

        // A bundle that cannot be read, and a key that is none.
        QTemporaryDir folder;
        QFile bad(folder.filePath(QStringLiteral("bundle.json")));
        QVERIFY(bad.open(QIODevice::WriteOnly) && bad.write("{}") == 2);
        bad.close();
        dialog.reference()->choose(bad.fileName());
        QTRY_VERIFY2(dialog.note().contains(QStringLiteral("bundle.json")), qPrintable(dialog.note()));
        QVERIFY(!start->isEnabled() && dialog.reference()->trustedKey()->isVisible());
        dialog.reference()->trustedKey()->setText(QStringLiteral("12 34"));
        QVERIFY(!dialog.reference()->trustedKey()->edit()->accessibleDescription().isEmpty());
        QTRY_VERIFY2(dialog.note().contains(QStringLiteral("bundle.json")), qPrintable(dialog.note()));
        QTest::qWait(50);
        QVERIFY(dialog.grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/dialog-endpoint-bundle.png")));
        places->setCurrentIndex(0);
        QTRY_VERIFY(start->isEnabled());
        QCOMPARE(mock.requests().size(), requests); // nothing was asked of it yet
    }

    /// From the dialog over a socket to the page: within the cap, with the prices, nothing beyond.
    void dialogAsksWithinItsCaps()
    {
        qputenv("ASSAY_RESOURCES", ASSAY_SOURCE_DIR "/resources");
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"); // no key store of the tester's is asked
        qputenv("ASSAY_KEY", "sk-test");
        MockEndpoint mock;
        QVERIFY(mock.start());
        PageUnderTest test;
        const int id = test.workspace.open(QString::fromStdString(mock.url()));
        QTRY_VERIFY(test.workspace.find(id)->state == SubjectState::Ready);
        test.page.setSubject(id);
        VerifyDialog dialog(test.workspace, id, test.jobs, test.runs, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy started(&dialog, &VerifyDialog::started);
        dialog.show();
        dialog.caps()->field(QStringLiteral("Requests at most"))->setText(QStringLiteral("6"));
        dialog.caps()->field(QStringLiteral("Prices"))->setText(QStringLiteral("1, 2"));
        buttonNamed(dialog, QStringLiteral("Start"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(started.count(), 1, 60000);
        QTRY_COMPARE_WITH_TIMEOUT(test.runs.verifications().all().size(), size_t(1), 60000);
        const Verification found = *test.runs.verifications().all().front();
        QVERIFY(found.interrupted && found.spent.requests <= 6 && found.spent.requests > 0 && found.spent.money);
        QTRY_VERIFY2(test.page.view()->summary().contains(QStringLiteral("Broken off before its end")), qPrintable(test.page.view()->summary()));
    }

    /// A sheet that cannot be read is told in the dialog, and nothing starts.
    void dialogTellsDamagedSheets()
    {
        qputenv("ASSAY_RESOURCES", ASSAY_SOURCE_DIR "/resources");
        QTemporaryDir folder;
        QFile sheet(folder.filePath(QStringLiteral("sheet.json")));
        QVERIFY(sheet.open(QIODevice::WriteOnly) && sheet.write("{\"schema\": 1") > 0);
        sheet.close();
        PageUnderTest test;
        const int id = test.workspace.open(QStringLiteral(ASSAY_SOURCE_DIR "/resources/samples/full"));
        QTRY_VERIFY(test.workspace.find(id)->state == SubjectState::Ready);
        VerifyDialog dialog(test.workspace, id, test.jobs, test.runs, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        for (QComboBox *box : dialog.findChildren<QComboBox *>()) {
            if (box->accessibleName() != QLatin1String("Claimed to be"))
                continue;
            box->insertItem(0, sheet.fileName(), sheet.fileName());
            box->setCurrentIndex(0);
        }
        QVERIFY(!buttonNamed(dialog, QStringLiteral("Start"))->isEnabled());
        QVERIFY2(labelsOf(dialog).join(u'\n').contains(QLatin1String("sheet.json")), qPrintable(labelsOf(dialog).join(u'\n')));
    }
};

QTEST_MAIN(TestVerifyDialog)
#include "tst_verifydialog.moc"
