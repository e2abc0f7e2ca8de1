// SPDX-License-Identifier: GPL-3.0-or-later
// Dialogs about endpoints: how one is reached is asked, kept and used; many are measured on a small screen with large text.
#include "core/mock/mockendpoint.h"
#include "core/service/endpointroute.h"
#include "core/service/endpointsubject.h"
#include "tests/endpoint/loadtesting.h"
#include "tests/widgets/windowsupport.h"
#include "widgets/common/checkedfield.h"
#include "widgets/shell/commandregistry.h"
#include "widgets/shell/endpointdialog.h"
#include "widgets/shell/foldbutton.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/measuredialog.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScopeGuard>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QTest>

using namespace assay;

namespace {

template <class T>
T *named(QWidget *parent, const QString &name)
{
    for (T *widget : parent->findChildren<T *>()) {
        if (widget->accessibleName() == name)
            return widget;
    }
    return nullptr;
}

QPushButton *openButton(QWidget *dialog)
{
    for (QPushButton *button : dialog->findChildren<QPushButton *>()) {
        if (button->text().contains(QStringLiteral("Open")))
            return button;
    }
    return nullptr;
}

/// A proxy: what it is asked for is no path but a whole address.
std::string proxied(const std::string &request)
{
    const bool models = request.starts_with("GET http://model.invalid:8000/v1/models ");
    const std::string body = models ? R"({"object":"list","data":[{"id":"behind","object":"model"}]})" : "{}";
    return std::string("HTTP/1.1 ") + (models ? "200 OK" : "404 Not Found")
           + "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

} // namespace

class TestEndpointDialogs : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void theRouteIsKeptWithTheEndpoint();
    void wrongRoutesAreSaid_data();
    void wrongRoutesAreSaid();
    void theDialogFitsTheScreen_data();
    void theDialogFitsTheScreen();

private:
    static EndpointDialog *ask(WindowUnderTest &test, const QString &address);
    MockEndpoint m_mock;
};

void TestEndpointDialogs::initTestCase()
{
    prepareWindowTest();
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"); // no key store of the tester's is asked
    qunsetenv("ASSAY_KEY");
    QVERIFY(m_mock.start());
    QVERIFY(QDir().mkpath(QStringLiteral(ASSAY_BINARY_DIR "/screenshots")));
}

EndpointDialog *TestEndpointDialogs::ask(WindowUnderTest &test, const QString &address)
{
    test.window->commands()->action("open.endpoint")->trigger();
    auto *dialog = test.window->findChild<EndpointDialog *>();
    for (QLineEdit *field : dialog->findChildren<QLineEdit *>()) {
        if (field->placeholderText() == QStringLiteral("http://localhost:8000/v1"))
            field->setText(address);
    }
    return dialog;
}

void TestEndpointDialogs::theRouteIsKeptWithTheEndpoint()
{
    const RawServer proxy(proxied);
    const QString address = QStringLiteral("http://model.invalid:8000/v1"), url = QString::fromStdString(proxy.url());
    {
        WindowUnderTest test;
        test.window->show();
        EndpointDialog *dialog = ask(test, address);
        auto *field = named<QLineEdit>(dialog, QStringLiteral("Proxy"));
        QVERIFY(!field->isVisible()); // few need it
        dialog->findChild<FoldButton *>()->setChecked(true);
        QVERIFY(field->isVisible());
        field->setText(url);
        named<QLineEdit>(dialog, QStringLiteral("Certificates"))->setText(QStringLiteral("/etc/own.pem"));
        QTest::qWait(20);
        QVERIFY(dialog->grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/endpoint-route.png")));
        named<QLineEdit>(dialog, QStringLiteral("Certificates"))->clear();
        QPushButton *open = openButton(dialog);
        QVERIFY(open && open->isEnabled());
        open->click();
        QCOMPARE(test.workspace.subjects().size(), size_t(1));
    }
    QCOMPARE(storedRoute(address).proxy, proxy.url());
    WindowUnderTest later;
    later.window->show();
    EndpointDialog *dialog = ask(later, address + QStringLiteral("/"));
    QVERIFY(named<QLineEdit>(dialog, QStringLiteral("Proxy"))->isVisible());
    QCOMPARE(named<QLineEdit>(dialog, QStringLiteral("Proxy"))->text(), url);
    dialog->close();
    later.openAndWait({address});
    QCOMPARE(later.workspace.subjects().size(), size_t(1));
    const Subject &subject = *later.workspace.subjects().front();
    QVERIFY2(subject.state == SubjectState::Ready, subject.error ? subject.error->sentence().c_str() : "");
    QCOMPARE(subject.endpoint->model, std::string("behind"));
    QCOMPARE(targetOf(*subject.endpoint, {}).transport.proxy, proxy.url()); // with which it is measured
    storeRoute(address, {}, {});
    QVERIFY(storedRoute(address) == Transport());
}

void TestEndpointDialogs::wrongRoutesAreSaid_data()
{
    QTest::addColumn<QString>("proxy");
    QTest::addColumn<bool>("good");
    QTest::newRow("none") << QString() << true;
    QTest::newRow("host and port") << QStringLiteral("proxy:3128") << true;
    QTest::newRow("socks") << QStringLiteral("socks5h://10.0.0.1:1080") << true;
    QTest::newRow("no host") << QStringLiteral("http://") << false;
    QTest::newRow("another scheme") << QStringLiteral("ftp://proxy:21") << false;
    QTest::newRow("words") << QStringLiteral("the proxy") << false;
    QTest::newRow("a password") << QStringLiteral("http://me:secret@proxy:3128") << false;
}

void TestEndpointDialogs::wrongRoutesAreSaid()
{
    QFETCH(QString, proxy);
    QFETCH(bool, good);
    WindowUnderTest test;
    test.window->show();
    const QString address = QString::fromStdString(m_mock.url()) + QStringLiteral("/v1");
    EndpointDialog *dialog = ask(test, address);
    dialog->findChild<FoldButton *>()->setChecked(true);
    auto *field = dialog->findChild<CheckedField *>();
    field->setText(proxy);
    const QPushButton *open = openButton(dialog);
    QVERIFY(open);
    QCOMPARE(open->isEnabled(), good);
    QCOMPARE(field->findChild<QLabel *>(QStringLiteral("problem"))->isVisible(), !good);
    storeRoute(address, proxy, {});
    QSettings().sync();
    QFile settings(QSettings().fileName());
    QVERIFY(!settings.exists() || settings.open(QIODevice::ReadOnly));
    QVERIFY(!settings.readAll().contains("secret"));
}

void TestEndpointDialogs::theDialogFitsTheScreen_data()
{
    QTest::addColumn<double>("scale");
    QTest::newRow("usual text") << 1.0;
    QTest::newRow("200 % text") << 2.0;
}

void TestEndpointDialogs::theDialogFitsTheScreen()
{
    QFETCH(double, scale);
    const QFont usual = QApplication::font();
    const auto restore = qScopeGuard([&] { QApplication::setFont(usual); });
    QFont font = usual;
    font.setPointSizeF(usual.pointSizeF() * scale);
    QApplication::setFont(font);
    WindowUnderTest test;
    test.window->show();
    QStringList endpoints;
    for (int i = 0; i < 5; ++i)
        endpoints << QString::fromStdString(m_mock.url()) + QStringLiteral("/v1#someone/a-model-with-a-long-name-%1-instruct-q4").arg(i);
    test.openAndWait(endpoints);
    auto *dialog = new MeasureDialog(test.workspace, {}, test.window.get());
    dialog->show();
    const QSize screen = dialog->screen()->availableSize();
    const auto fits = [&] { return dialog->width() <= screen.width() && dialog->height() <= screen.height(); };
    auto *subjects = named<QListWidget>(dialog, QStringLiteral("Subjects"));
    QCOMPARE(subjects->count(), 5);
    QVERIFY2(subjects->width() > dialog->width() / 2, qPrintable(QString::number(subjects->width())));
    QCOMPARE(subjects->textElideMode(), Qt::ElideMiddle);
    QVERIFY(subjects->item(2)->toolTip().contains(QStringLiteral("a-model-with-a-long-name-2-instruct-q4")));
    const QSize folded = dialog->size();
    QVERIFY(fits());
    const auto folds = dialog->findChildren<FoldButton *>();
    QCOMPARE(folds.size(), 2);
    for (FoldButton *fold : folds)
        fold->setChecked(true);
    QTest::qWait(200); // until what is new has been laid out, with its scroll bar
    QVERIFY(fits());
    auto *scroll = dialog->findChild<QScrollArea *>();
    QCOMPARE(scroll->horizontalScrollBar()->maximum(), 0);
    for (QWidget *field : scroll->widget()->findChildren<QWidget *>()) {
        if (!field->isVisible() || !(field->focusPolicy() & Qt::TabFocus) || field->focusProxy())
            continue;
        scroll->ensureWidgetVisible(field, 0, dialog->fontMetrics().height()); // of a line of text it shows the cursor
        const QSize seen = field->visibleRegion().boundingRect().size();
        QVERIFY2(seen.width() == field->width() && seen.height() >= std::min(field->height(), scroll->viewport()->height()), qPrintable(QStringLiteral("%1: %2 x %3 of %4 x %5").arg(field->accessibleName()).arg(seen.width()).arg(seen.height()).arg(field->width()).arg(field->height())));
    }
    for (FoldButton *fold : folds)
        fold->setChecked(false);
    QTRY_COMPARE(dialog->size(), folded);
    // What the user has drawn larger stays so.
    dialog->resize(folded + QSize(0, 30));
    folds.front()->setChecked(true);
    folds.front()->setChecked(false);
    QTest::qWait(20);
    QVERIFY(dialog->height() >= std::min(folded.height() + 30, int(screen.height() * 0.94)));
    dialog->grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/measure-five-%1.png").arg(scale));
}

QTEST_MAIN(TestEndpointDialogs)
#include "tst_endpointdialogs.moc"
