// SPDX-License-Identifier: GPL-3.0-or-later
// The Watch page: empty, running against a real socket, a month with its changes, a broken audit chain, switches, new baselines, new
// watches, alarms in the window and in the tray.
#include "core/service/translation.h"
#include "core/service/verify/watchdesk.h"
#include "tests/service/watchbench.h"
#include "tests/widgets/windowsupport.h"
#include "widgets/chart/chartwidget.h"
#include "widgets/common/messagebar.h"
#include "widgets/common/settings.h"
#include "widgets/common/theme.h"
#include "widgets/compare/chartgrid.h"
#include "widgets/report/exportreport.h"
#include "core/report/watchreport.h"
#include "widgets/shell/commandregistry.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/watch/baselinedialog.h"
#include "widgets/watch/newwatchdialog.h"
#include "widgets/watch/switchdialog.h"
#include "widgets/watch/watchnotices.h"
#include "widgets/watch/watchpage.h"
#include "widgets/watch/watchview.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace assay;

namespace {

constexpr int kPatience = 120'000; // a busy machine; nothing of it is measured

QString shot(const char *name)
{
    return QStringLiteral(ASSAY_BINARY_DIR "/screenshots/watch-%1.png").arg(QLatin1String(name));
}

QStringList row(const QTreeView &view, int at)
{
    QStringList out;
    for (int column = 0; column < view.model()->columnCount(); ++column)
        out << view.model()->index(at, column).data().toString();
    return out;
}

QPushButton *buttonNamed(const QWidget &parent, const QString &text)
{
    for (QPushButton *button : parent.findChildren<QPushButton *>()) {
        if (button->text() == text && !button->isHidden())
            return button;
    }
    return nullptr;
}

QLineEdit *fieldNamed(const QWidget &parent, const QString &name)
{
    for (QLineEdit *field : parent.findChildren<QLineEdit *>()) {
        if (field->accessibleName() == name)
            return field;
    }
    return nullptr;
}

QAction *actionNamed(const QWidget &page, const QString &text)
{
    const QList<QAction *> actions = page.findChild<QToolButton *>()->menu()->actions();
    for (QAction *action : actions) {
        if (action->text() == text)
            return action;
    }
    return nullptr;
}

struct PageUnderTest
{
    WatchBench &bench;
    WatchDesk desk{bench.clock()};
    WatchPage page{&desk};
    explicit PageUnderTest(WatchBench &with) : bench(with)
    {
        page.resize(1050, 720);
        page.show();
    }
    void open()
    {
        desk.open(bench.path());
        QTRY_VERIFY_WITH_TIMEOUT(page.reading(), kPatience);
    }
    const OpenWatch &watch() const { return *desk.watches().front(); }
    /// The page as high as all that is on it, drawn to the end.
    QImage whole()
    {
        page.resize(1050, 2600);
        QTest::qWait(600);
        const QImage image = page.grab().toImage();
        page.resize(1050, 720);
        return image;
    }
};

/// A month's files are made once: it takes some seconds.
WatchBench &month()
{
    static WatchBench bench;
    static const bool made = bench.month().has_value();
    if (!made)
        qFatal("no month");
    return bench;
}

/// The same files in a folder of one's own.
void copyMonth(WatchBench &to)
{
    const QDir from(month().folder.path());
    for (const QString &name : from.entryList(QDir::Files)) {
        QFile::remove(to.folder.filePath(name));
        QVERIFY(QFile::copy(from.filePath(name), to.folder.filePath(name)));
    }
    to.now = to.end = month().now.load();
}

/// What would be in the tray.
struct FakeTray final : AlertChannel
{
    bool there = true;
    int cleared = 0;
    QStringList shown;
    bool isThere() const override { return there; }
    void show(const QString &title, const QString &text) override { shown << title + u'|' + text; }
    void clear() override { ++cleared; }
};

} // namespace

class TestWatchPage : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        prepareWindowTest();
        QVERIFY(QDir().mkpath(QStringLiteral(ASSAY_BINARY_DIR "/screenshots")));
    }
    void cleanup() { applyColorScheme(ColorScheme::Light); }

    void emptySaysWhatToDo()
    {
        WatchBench bench;
        PageUnderTest test(bench);
        QVERIFY2(test.page.state().contains(QStringLiteral("is it still what it was")), qPrintable(test.page.state()));
        QVERIFY(!test.page.list()->isVisible() && !buttonNamed(test.page, QStringLiteral("Run")) && buttonNamed(test.page, QStringLiteral("Open...")));
        QVERIFY(test.page.findChild<QToolButton *>()->isHidden());
        QVERIFY(test.page.grab().save(shot("empty")));
    }

    void runsAndPauses()
    {
        WatchBench bench;
        bench.end = WatchBench::kBegin + 2 * WatchBench::kDay;
        PageUnderTest test(bench);
        test.open();
        QCOMPARE(row(*test.page.list(), 0).mid(0, 2), (QStringList{QStringLiteral("what we buy"), QStringLiteral("paused")}));
        QCOMPARE(test.page.view()->sentence(), QStringLiteral("Nothing was checked yet."));
        QCOMPARE(bench.mock.answered(), int64_t(0));
        QPushButton *run = buttonNamed(test.page, QStringLiteral("Run"));
        QVERIFY2(run && run->toolTip().contains(QStringLiteral("16 calls a day")), run ? qPrintable(run->toolTip()) : "");
        run->click();
        QCOMPARE(run->text(), QStringLiteral("Pause"));
        QTRY_VERIFY_WITH_TIMEOUT(test.watch().state() == WatchRunner::State::Waiting && bench.now == bench.end && test.page.reading()->history.records.size() == 8, kPatience);
        QCOMPARE(row(*test.page.list(), 0)[1], QStringLiteral("running"));
        QCOMPARE(row(*test.page.list(), 0)[2], QStringLiteral("2026-01-03T00:00:00Z"));
        QCOMPARE(row(*test.page.list(), 0)[3], QStringLiteral("2026-01-04T00:00:00Z"));
        QCOMPARE(test.page.view()->checks()->model()->rowCount(), 3);
        QVERIFY(!test.page.view()->alarms()->isVisible());
        QVERIFY(test.page.grab().save(shot("running")));
        run->click();
        QTRY_COMPARE_WITH_TIMEOUT(run->text(), QStringLiteral("Run"), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(row(*test.page.list(), 0)[1], QStringLiteral("paused"), kPatience);
    }

    void aMonth_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void aMonth()
    {
        QFETCH(bool, dark);
        applyColorScheme(dark ? ColorScheme::Dark : ColorScheme::Light);
        PageUnderTest test(month());
        test.open();
        const WatchView &view = *test.page.view();
        QVERIFY2(view.sentence().startsWith(QStringLiteral("75 checks since 2026-01-01: 2 changes were found.")), qPrintable(view.sentence()));
        QCOMPARE(view.alarms()->model()->rowCount(), 2);
        QVERIFY(row(*view.alarms(), 0)[3] == QLatin1String("token counts") && row(*view.alarms(), 1)[0].startsWith(QLatin1String("2026-01-16")));
        QCOMPARE(view.charts()->charts().size(), size_t(4)); // three checks, the limits
        int changes = 0;
        for (const ChartWidget *chart : view.charts()->charts())
            changes += int(std::ranges::count_if(chart->spec().lines, [](const ChartLine &line) { return line.vertical; }));
        QCOMPARE(changes, 2);
        QCOMPARE(view.limits()->model()->rowCount(), 3);
        QVERIFY2(view.auditState().contains(QStringLiteral("is whole")), qPrintable(view.auditState()));
        QVERIFY(view.audit()->model()->rowCount() > 75);
        QCOMPARE(row(*test.page.list(), 0)[4], QStringLiteral("2"));
        QVERIFY(test.page.grab().save(shot(dark ? "month-dark" : "month-light")));
        QVERIFY(test.whole().save(shot(dark ? "month-whole-dark" : "month-whole-light")));
    }

    void aBrokenChain()
    {
        WatchBench bench;
        copyMonth(bench);
        std::string log = *readWholeFile(bench.beside("audit.jsonl"), 1 << 24);
        const size_t place = log.find("as before");
        QVERIFY(place != std::string::npos);
        log.replace(place, 9, "as wished");
        QVERIFY(writeFileAtomically(bench.beside("audit.jsonl"), std::string_view(log)));
        PageUnderTest test(bench);
        test.open();
        const WatchView &view = *test.page.view();
        QVERIFY2(view.auditState().contains(QStringLiteral("was changed")), qPrintable(view.auditState()));
        QVERIFY(!view.audit()->isVisible()); // what cannot be trusted is not shown as what was written
        QVERIFY2(row(*test.page.list(), 0)[6].contains(QStringLiteral("broken")), qPrintable(row(*test.page.list(), 0)[6]));
        buttonNamed(test.page, QStringLiteral("Run"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(row(*test.page.list(), 0)[1], QStringLiteral("ended"), kPatience);
        QVERIFY2(test.page.state().contains(QStringLiteral("was changed")), qPrintable(test.page.state()));
        QVERIFY(test.whole().save(shot("broken")));
    }

    void damagedFile()
    {
        WatchBench bench;
        QVERIFY(writeFileAtomically(bench.path(), std::string_view("{\"schema\": \"assay-watch/1\"}")));
        PageUnderTest test(bench);
        test.desk.open(bench.path());
        QTRY_VERIFY_WITH_TIMEOUT(test.page.state().contains(QStringLiteral("endpoints")), kPatience);
        QVERIFY(!buttonNamed(test.page, QStringLiteral("Run"))->isEnabled());
        QVERIFY(!actionNamed(test.page, QStringLiteral("Report..."))->isVisible());
        QVERIFY(test.page.grab().save(shot("damaged")));
        bench.write();
        buttonNamed(test.page, QStringLiteral("Read again"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(test.page.reading(), kPatience);
        actionNamed(test.page, QStringLiteral("Close"))->trigger();
        QVERIFY(test.desk.watches().empty() && test.page.state().contains(QStringLiteral("is it still what it was")));
    }

    void recordsASwitch()
    {
        WatchBench bench;
        copyMonth(bench);
        PageUnderTest test(bench);
        test.open();
        actionNamed(test.page, QStringLiteral("Record a switch of versions..."))->trigger();
        auto *dialog = test.page.findChild<SwitchDialog *>();
        QVERIFY(dialog);
        QPushButton *record = buttonNamed(*dialog, QStringLiteral("Record"));
        QVERIFY(!record->isEnabled());
        QCOMPARE(fieldNamed(*dialog, QStringLiteral("From"))->text(), QStringLiteral("v1"));
        for (QComboBox *box : dialog->findChildren<QComboBox *>()) {
            if (box->accessibleName() == QLatin1String("To"))
                box->setCurrentText(QStringLiteral("v2"));
        }
        fieldNamed(*dialog, QStringLiteral("Why"))->setText(QStringLiteral("half the price"));
        QVERIFY(!record->isEnabled()); // there is always a way back
        fieldNamed(*dialog, QStringLiteral("Way back"))->setText(QStringLiteral("set MODEL=v1"));
        QVERIFY(record->isEnabled());
        QVERIFY(dialog->grab().save(shot("switch")));
        record->click();
        QTRY_COMPARE_WITH_TIMEOUT(test.page.reading()->file.endpoints[0].version, std::string("v2"), kPatience); // written last
        QTRY_COMPARE_WITH_TIMEOUT(test.page.view()->switches()->model()->rowCount(), 1, kPatience);
        QCOMPARE(row(*test.page.view()->switches(), 0).mid(2), (QStringList{QStringLiteral("seller"), QStringLiteral("v1"), QStringLiteral("v2"), QStringLiteral("half the price"), QStringLiteral("set MODEL=v1")}));
        QCOMPARE(test.page.view()->limits()->model()->rowCount(), 4); // of both versions
        QVERIFY(test.whole().save(shot("switched")));
    }

    void beginsANewBaseline()
    {
        WatchBench bench;
        copyMonth(bench);
        PageUnderTest test(bench);
        test.open();
        actionNamed(test.page, QStringLiteral("Begin a new baseline..."))->trigger();
        auto *dialog = test.page.findChild<BaselineDialog *>();
        QVERIFY(dialog && !buttonNamed(*dialog, QStringLiteral("Begin"))->isEnabled());
        QCOMPARE(dialog->findChild<QComboBox *>()->count(), 4);
        fieldNamed(*dialog, QStringLiteral("Why"))->setText(QStringLiteral("v2 was announced"));
        QVERIFY(dialog->grab().save(shot("baseline")));
        buttonNamed(*dialog, QStringLiteral("Begin"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(test.page.reading()->history.records.back().outcome == WatchRecord::Outcome::Renewed, kPatience);
        QCOMPARE(row(*test.page.view()->checks(), 0)[4], QStringLiteral("new baseline"));
        QVERIFY(row(*test.page.view()->audit(), 0)[5].contains(QStringLiteral("v2 was announced")));
    }

    void makesAWatch()
    {
        WatchBench bench;
        PageUnderTest test(bench);
        test.page.suggest(QString::fromStdString(bench.mock.url() + "/v1"), QStringLiteral("mock-model"));
        buttonNamed(test.page, QStringLiteral("New watch..."))->click();
        auto *dialog = test.page.findChild<NewWatchDialog *>();
        QVERIFY(dialog);
        QPushButton *create = buttonNamed(*dialog, QStringLiteral("Create"));
        QVERIFY(!create->isEnabled()); // no file yet
        dialog->setFile(bench.folder.filePath(QStringLiteral("made.json")));
        QVERIFY2(create->isEnabled() && dialog->note().contains(QStringLiteral("262 calls a day")), qPrintable(dialog->note())); // 10 + 12 a day, 10 an hour
        fieldNamed(*dialog, QStringLiteral("first token, s"))->setText(QStringLiteral("0.5"));
        QVERIFY2(!create->isEnabled() && dialog->note().contains(QStringLiteral("name it")), qPrintable(dialog->note()));
        fieldNamed(*dialog, QStringLiteral("Version"))->setText(QStringLiteral("2026-01"));
        fieldNamed(*dialog, QStringLiteral("failures, %"))->setText(QStringLiteral("nothing"));
        QVERIFY(!create->isEnabled() && dialog->note().contains(QStringLiteral("failures")));
        fieldNamed(*dialog, QStringLiteral("failures, %"))->setText(QStringLiteral("1"));
        fieldNamed(*dialog, QStringLiteral("Key is in"))->setText(QStringLiteral("sk-0123 4567"));
        QVERIFY2(!create->isEnabled() && dialog->note().contains(QStringLiteral("key_variable")), qPrintable(dialog->note()));
        fieldNamed(*dialog, QStringLiteral("Key is in"))->setText(QStringLiteral("SELLER_KEY"));
        QVERIFY(create->isEnabled());
        QVERIFY(dialog->grab().save(shot("new")));
        create->click();
        QTRY_VERIFY_WITH_TIMEOUT(test.page.reading(), kPatience);
        const WatchFile &file = test.page.reading()->file;
        QVERIFY(file.sla.at("2026-01").ttft == 0.5 && file.sla.at("2026-01").errors == 0.01 && file.everyOf(WatchCheck::Latency) == 3600);
        QCOMPARE(bench.mock.answered(), int64_t(0));
    }

    void alarmsAreTold()
    {
        WatchBench bench;
        WatchDesk desk(bench.clock());
        auto owned = std::make_unique<FakeTray>();
        FakeTray &tray = *owned;
        WatchNotices notices(&desk, std::move(owned), nullptr);
        QSignalSpy told(&notices, &WatchNotices::alarm), chosen(&notices, &WatchNotices::chosen);
        bench.end = WatchBench::kBegin + 3 * WatchBench::kDay;
        bench.onDay = [&bench](int64_t day) { bench.tokensEach = day < 2 ? 1 : 2; };
        desk.open(bench.path());
        desk.run(bench.path());
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), 1, kPatience);
        QVERIFY2(told[0][1].toString().startsWith(QStringLiteral("what we buy, seller: 2 of 2 texts have other token counts")), qPrintable(told[0][1].toString()));
        QCOMPARE(tray.shown.size(), 1);
        QVERIFY(tray.shown[0].startsWith(QStringLiteral("Assay: what we buy|seller:")));
        tray.onChosen();
        QCOMPARE(chosen[0][0].toString(), QString::fromStdString(bench.path()));
        WatchRecord change;
        change.change = true;
        settings::kTrayAlerts.set(false);
        emit desk.alarmed(QString::fromStdString(bench.path()), change);
        settings::kTrayAlerts.set(true);
        tray.there = false;
        emit desk.alarmed(QString::fromStdString(bench.path()), change);
        QCOMPARE(told.size(), 3); // the window tells all of them
        QCOMPARE(tray.shown.size(), 1);
        notices.seen();
        QCOMPARE(tray.cleared, 1);
    }

    /// UI.md: usable at 1024 x 700 beside the subjects, at 200 % text, too.
    void fitsWithLargeText()
    {
        const QFont usual = QApplication::font();
        const auto restore = qScopeGuard([&] { QApplication::setFont(usual); });
        QFont large = usual;
        large.setPointSizeF(usual.pointSizeF() * 2);
        QApplication::setFont(large);
        PageUnderTest test(month());
        test.page.resize(780, 520);
        test.open();
        const QSize least = test.page.minimumSizeHint();
        QVERIFY2(least.width() <= 780 && least.height() <= 520, qPrintable(QStringLiteral("%1 x %2").arg(least.width()).arg(least.height())));
        QVERIFY(test.page.grab().save(shot("large-text")));
    }

    /// Offscreen there is no tray; nothing is shown and nothing fails.
    void withoutATray()
    {
        QVERIFY(!trayChannel()->isThere());
        trayChannel()->clear();
    }

    void standsInTheWindow()
    {
        WindowUnderTest test;
        test.window->resize(1280, 800);
        test.window->show();
        test.window->commands()->action("view.watch")->trigger();
        auto *page = test.window->findChild<WatchPage *>();
        QVERIFY(page && page->isVisible());
        auto *desk = test.window->findChild<WatchDesk *>();
        desk->open(month().path());
        QTRY_VERIFY_WITH_TIMEOUT(page->reading(), kPatience);
        QCOMPARE(settings::kWatches.get(), QStringList{QString::fromStdString(month().path())});
        emit desk->alarmed(QString::fromStdString(month().path()), month_change());
        QVERIFY2(test.window->messages()->texts().join(u' ').contains(QStringLiteral("other token counts")), qPrintable(test.window->messages()->texts().join(u' ')));
        QTest::qWait(300);
        QVERIFY(test.window->grab().save(shot("window")));
        desk->close(month().path());
        QVERIFY(settings::kWatches.get().isEmpty());
    }

    void reportsInEveryForm()
    {
        const auto reading = readWatch(month().path(), month().now);
        QVERIFY(reading);
        const Report report = buildWatchReport(*reading, "en", qtTranslate());
        for (const char *form : {"pdf", "html", "md", "csv", "json"}) {
            const QString file = QStringLiteral(ASSAY_BINARY_DIR "/screenshots/watch-report.%1").arg(QLatin1String(form));
            const auto written = exportReport(report, file);
            QVERIFY2(written, written ? "" : written.error().sentence().c_str());
            QFile made(file);
            QVERIFY(made.open(QIODevice::ReadOnly) && made.size() > 500);
        }
        QFile html(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/watch-report.html"));
        QVERIFY(html.open(QIODevice::ReadOnly) && html.readAll().contains("<svg"));
    }

private:
    static WatchRecord month_change()
    {
        WatchRecord record;
        record.endpoint = "seller";
        record.change = true;
        record.what = {"1 of 2 texts have other token counts", {}};
        return record;
    }
};

QTEST_MAIN(TestWatchPage)
#include "tst_watchpage.moc"
