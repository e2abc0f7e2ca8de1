// SPDX-License-Identifier: GPL-3.0-or-later
// What the window shows while a model on a slow server opens, and how it is cancelled there.
#include "tests/service/testserver.h"
#include "tests/widgets/windowsupport.h"
#include "widgets/common/statepage.h"
#include "widgets/common/theme.h"
#include "widgets/inspect/inspectpage.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/subjectpanel.h"

#include <QDir>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>
#include <atomic>

using namespace assay;

namespace {

/// A model whose weights come a byte at a time while the server is slow.
struct SlowServer
{
    std::atomic<bool> slow = true;
    TestServer server{[this](const TestRequest &request) {
        const TestSite site{QStringLiteral(ASSAY_TEST_DATA "/models/llama-gqa"), TestSite::Listing::Python, true, QStringLiteral("slow-model")};
        TestReply reply = site(request);
        if (request.path.endsWith("model.safetensors"))
            reply.dripMilliseconds = slow ? 5 : 0;
        return reply;
    }};

    QString url() const { return server.url(QStringLiteral("slow-model")); }
};

QString textOf(const QWidget &page)
{
    QStringList texts;
    for (const QLabel *label : page.findChildren<QLabel *>()) {
        if (label->isVisible())
            texts << label->text();
    }
    return texts.join(u'\n');
}

QPushButton *visibleButton(const QWidget &page, const QString &text)
{
    for (QPushButton *button : page.findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text() == text)
            return button;
    }
    return nullptr;
}

} // namespace

class TestOpening : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        prepareWindowTest();
        QVERIFY(QDir().mkpath(QStringLiteral(ASSAY_BINARY_DIR "/screenshots")));
    }

    void showsWhatComesAndCancels_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void showsWhatComesAndCancels()
    {
        QFETCH(bool, dark);
        applyColorScheme(dark ? ColorScheme::Dark : ColorScheme::Light);
        SlowServer slow;
        WindowUnderTest test;
        test.window->resize(1280, 800);
        test.window->show();
        test.window->openPaths({slow.url()});
        QTRY_VERIFY(test.window->findChild<InspectPage *>());
        auto *page = test.window->findChild<InspectPage *>();
        QTRY_VERIFY_WITH_TIMEOUT(textOf(*page).contains(QStringLiteral("Reading model.safetensors")), 60000);
        QVERIFY2(textOf(*page).contains(QStringLiteral(" fetched in ")), qPrintable(textOf(*page)));
        const auto line = [&] { return test.window->findChild<SubjectPanel *>()->findChild<QListView *>()->model()->index(0, 0).data(Qt::AccessibleTextRole).toString(); };
        QTRY_VERIFY(line().contains(QStringLiteral("Reading... ")));
        const QString before = textOf(*page);
        QTRY_VERIFY_WITH_TIMEOUT(textOf(*page) != before, 60000); // it is live
        shoot(*test.window, QStringLiteral("opening"), dark);

        QPushButton *cancel = visibleButton(*page, QStringLiteral("Cancel"));
        QVERIFY(cancel);
        cancel->setFocus();
        QTest::keyClick(cancel, Qt::Key_Space);
        QVERIFY2(textOf(*page).contains(QStringLiteral("Opening slow-model was cancelled")), qPrintable(textOf(*page)));
        QVERIFY(line().endsWith(QStringLiteral(", cancelled")));
        shoot(*test.window, QStringLiteral("opening-cancelled"), dark);
        QTRY_COMPARE_WITH_TIMEOUT(slow.server.openNow(), 0, 60000);

        slow.slow = false;
        QPushButton *again = visibleButton(*page, QStringLiteral("Try again"));
        QVERIFY(again);
        again->click();
        QTRY_VERIFY_WITH_TIMEOUT(textOf(*page).contains(QStringLiteral(" requests")) && !test.workspace.loading(), 60000);
        QCOMPARE(test.workspace.subjects().front()->state, SubjectState::Ready);
        QVERIFY(!visibleButton(*page, QStringLiteral("Cancel")));
        shoot(*test.window, QStringLiteral("opening-done"), dark);
    }

    void readingAgainIsCancelledAboveWhatIsShown()
    {
        applyColorScheme(ColorScheme::Light);
        SlowServer slow;
        slow.slow = false;
        WindowUnderTest test;
        test.window->resize(1280, 800);
        test.window->show();
        test.openAndWait({slow.url()});
        auto *page = test.window->findChild<InspectPage *>();
        slow.slow = true;
        test.workspace.reload(test.workspace.subjects().front()->id);
        QPushButton *cancel = visibleButton(*page, QStringLiteral("Cancel"));
        QVERIFY(cancel);
        QTRY_VERIFY_WITH_TIMEOUT(test.workspace.subjects().front()->fetching.has_value(), 60000);
        shoot(*test.window, QStringLiteral("opening-again"), false);
        cancel->click();
        QCOMPARE(test.workspace.subjects().front()->state, SubjectState::Ready);
        QVERIFY(!visibleButton(*page, QStringLiteral("Cancel")));
        QVERIFY(page->findChild<QTabWidget *>()->isVisible());
    }

    void aClosedSubjectIsNotFetchedOn()
    {
        SlowServer slow;
        WindowUnderTest test;
        test.window->show();
        test.window->openPaths({slow.url()});
        QTRY_VERIFY_WITH_TIMEOUT(!test.workspace.subjects().empty() && test.workspace.subjects().front()->fetching.has_value(), 60000);
        test.workspace.close(test.workspace.subjects().front()->id);
        QTRY_COMPARE_WITH_TIMEOUT(slow.server.openNow(), 0, 60000);
    }

private:
    void shoot(QWidget &window, const QString &name, bool dark)
    {
        const QString file = QStringLiteral(ASSAY_BINARY_DIR "/screenshots/%1-%2.png").arg(name, dark ? QStringLiteral("dark") : QStringLiteral("light"));
        QVERIFY(window.grab().save(file));
    }
};

QTEST_MAIN(TestOpening)
#include "tst_opening.moc"
