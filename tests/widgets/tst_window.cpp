// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/windowsupport.h"
#include "widgets/common/messagebar.h"
#include "widgets/common/settings.h"
#include "widgets/common/statepage.h"
#include "widgets/common/theme.h"
#include "widgets/compare/comparepage.h"
#include "widgets/inspect/inspectpage.h"
#include "widgets/shell/commandregistry.h"
#include "widgets/shell/firstrunpage.h"
#include "widgets/shell/jobrow.h"
#include "widgets/shell/jobspanel.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/measuredialog.h"
#include "widgets/shell/recentsubjects.h"
#include "widgets/shell/settingsdialog.h"
#include "widgets/shell/subjectpanel.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>
#include <QToolBar>
#include <QTranslator>

#include <algorithm>

using namespace assay;

namespace {

/// Puts brackets around every text that goes through translation, which shows the ones that do not.
class Brackets : public QTranslator
{
public:
    QString translate(const char *, const char *source, const char *, int) const override
    {
        return QStringLiteral("[[") + QString::fromUtf8(source) + QStringLiteral("]]");
    }
    bool isEmpty() const override { return false; }
};

void drop(MainWindow &window, const QStringList &paths)
{
    QMimeData data;
    QList<QUrl> urls;
    for (const QString &path : paths)
        urls << QUrl::fromLocalFile(path);
    data.setUrls(urls);
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &event);
}

} // namespace

class TestWindow : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init() { QSettings().clear(); }
    void firstRunHasItsChoices();
    void dropOpensFoldersAndFiles();
    void folderOfModelsOpensThem();
    void failedSubjectCanBeTriedAgain();
    void closeIsUndone();
    void severalClosedComeBackTogether();
    void comparePageOffersToOpen();
    void rolesAndNames();
    void sessionComesBack();
    void recentKeepsTwentyAndGreysMissing();
    void jobsFoldAndFailuresUnfold();
    void progressOfJobsIsReadable();
    void numbersOfThePlan_data();
    void numbersOfThePlan();
    void measureAsksWhatAndQueues();
    void settingsActAtOnce();
    void languageSwitchKeepsThePlace();
    void everyTextIsTranslated();
    void everyControlHasAName();
    void everyPageFitsWithLargeText();
    void panesAreCycled();

private:
    QTemporaryDir m_models;
    QStringList m_family;
};

void TestWindow::initTestCase()
{
    qputenv("ASSAY_WORKER", "/nonexistent/assay-worker");
    prepareWindowTest();
    m_family = makeFamily(m_models);
}

void TestWindow::firstRunHasItsChoices()
{
    WindowUnderTest test;
    test.window->show();
    const auto *page = test.window->findChild<FirstRunPage *>();
    QVERIFY(page && page->isVisible());
    QCOMPARE(page->findChildren<QAbstractButton *>().size(), 3);
    QVERIFY(!test.window->findChild<SubjectPanel *>()->isVisible());
    QVERIFY(!test.window->commands()->action("measure")->isEnabled());
    QVERIFY2(!test.window->findChild<InspectPage *>(), "pages are made when they are looked at");
}

void TestWindow::dropOpensFoldersAndFiles()
{
    WindowUnderTest test;
    test.window->show();
    drop(*test.window, {m_family[0], m_family[1] + QStringLiteral("/model.safetensors")});
    QTRY_COMPARE(test.workspace.subjects().size(), size_t(2));
    QCOMPARE(test.workspace.subjects()[1]->path, QFileInfo(m_family[1]).canonicalFilePath());
    QTRY_VERIFY(!test.workspace.loading());
    QVERIFY(test.window->findChild<InspectPage *>()->isVisible());
    QVERIFY(test.window->commands()->action("measure")->isEnabled());
}

void TestWindow::folderOfModelsOpensThem()
{
    WindowUnderTest test;
    test.window->show();
    drop(*test.window, {m_models.path()});
    QTRY_COMPARE(test.workspace.subjects().size(), size_t(m_family.size()));
    QStringList opened, expected;
    for (const auto &subject : test.workspace.subjects())
        opened << subject->path;
    for (const QString &model : m_family)
        expected << QFileInfo(model).canonicalFilePath();
    expected.sort();
    QCOMPARE(opened, expected);
}

void TestWindow::failedSubjectCanBeTriedAgain()
{
    WindowUnderTest test;
    test.window->show();
    const QString path = m_models.filePath(QStringLiteral("comes-later"));
    test.openAndWait({path});
    auto *state = test.window->findChild<StatePage *>();
    QVERIFY(state->isVisible());
    QVERIFY2(state->sentence().contains(path), qPrintable(state->sentence()));
    makeModel(path, 1, 32);
    state->findChild<QPushButton *>()->click();
    QTRY_VERIFY(!state->isVisible());
    QCOMPARE(int(test.workspace.subjects()[0]->state), int(SubjectState::Ready));
}

void TestWindow::closeIsUndone()
{
    WindowUnderTest test;
    test.window->show();
    test.openAndWait(m_family);
    test.window->commands()->action("subject.close")->trigger();
    QCOMPARE(test.workspace.subjects().size(), size_t(2));
    QCOMPARE(test.window->messages()->count(), 1);
    test.window->messages()->findChild<QPushButton *>()->click();
    QCOMPARE(test.workspace.subjects().size(), size_t(3));
    QCOMPARE(test.window->messages()->count(), 0);
}

void TestWindow::severalClosedComeBackTogether()
{
    WindowUnderTest test;
    test.window->show();
    test.openAndWait(m_family);
    test.window->findChild<SubjectPanel *>()->findChild<QListView *>()->selectAll();
    test.window->commands()->action("subject.close")->trigger();
    QCOMPARE(test.workspace.subjects().size(), size_t(0));
    test.window->messages()->findChild<QPushButton *>()->click();
    QCOMPARE(test.workspace.subjects().size(), size_t(3));
    QCOMPARE(test.window->messages()->count(), 0);
}

void TestWindow::comparePageOffersToOpen()
{
    WindowUnderTest test;
    test.window->show();
    test.openAndWait({m_family[0]});
    test.window->showPage(QStringLiteral("compare"));
    auto *state = test.window->findChild<ComparePage *>()->findChild<StatePage *>();
    QTRY_VERIFY(state->isVisible());
    state->findChild<QPushButton *>()->click();
    QTRY_VERIFY(test.window->findChild<QFileDialog *>());
}

void TestWindow::rolesAndNames()
{
    WindowUnderTest test;
    test.window->show();
    test.openAndWait(m_family);
    test.window->commands()->action("role.other")->trigger();
    const Subject &last = *test.workspace.subjects()[2];
    QCOMPARE(int(last.role), int(Role::Other));
    auto *list = test.window->findChild<SubjectPanel *>()->findChild<QListView *>();
    QVERIFY(list->model()->setData(list->currentIndex(), QStringLiteral("my model"), Qt::EditRole));
    QCOMPARE(last.name, QStringLiteral("my model"));
}

void TestWindow::sessionComesBack()
{
    {
        WindowUnderTest test;
        test.window->show();
        test.openAndWait(m_family);
        test.workspace.setRole(test.workspace.subjects()[0]->id, Role::Distilled);
        test.workspace.rename(test.workspace.subjects()[1]->id, QStringLiteral("renamed"));
        test.window->close();
    }
    WindowUnderTest again;
    again.window->restore();
    QCOMPARE(again.workspace.subjects().size(), size_t(3));
    QTRY_VERIFY(!again.workspace.loading());
    QCOMPARE(int(again.workspace.subjects()[0]->role), int(Role::Distilled));
    QCOMPARE(again.workspace.subjects()[1]->name, QStringLiteral("renamed"));

    settings::kRestoreSession.set(false);
    WindowUnderTest fresh;
    fresh.window->restore();
    QCOMPARE(fresh.workspace.subjects().size(), size_t(0));
}

void TestWindow::recentKeepsTwentyAndGreysMissing()
{
    rememberSubject(m_family[0]);
    for (int i = 0; i < 25; ++i)
        rememberSubject(QStringLiteral("/nonexistent/%1").arg(i));
    rememberSubject(m_family[0]);
    RecentMenu menu(nullptr);
    emit menu.aboutToShow();
    QCOMPARE(menu.actions().size(), 20);
    QCOMPARE(menu.actions().first()->data().toString(), m_family[0]);
    QTRY_VERIFY(!menu.actions().last()->isEnabled());
    QVERIFY(menu.actions().first()->isEnabled());
}

void TestWindow::progressOfJobsIsReadable()
{
    WindowUnderTest test;
    test.window->show();
    auto *job = static_cast<ScriptedJob *>(
        test.jobs.add(std::make_unique<ScriptedJob>(QStringLiteral("Statistics"), QStringLiteral("full"))));
    QTRY_COMPARE(job->state(), JobState::Running);
    auto *row = test.window->findChild<JobRow *>();
    QVERIFY(row);
    const auto *bar = row->findChild<QProgressBar *>();
    job->progress(QStringLiteral("decode"), 12, 36);
    QTRY_COMPARE(bar->text(), QStringLiteral("12 / 36"));
    job->progress(QStringLiteral("weights"), 1.72e11, 6.88e11); // bytes
    QTRY_COMPARE(bar->text(), QStringLiteral("25.0 %"));
    job->finish(JobState::Finished);
}

void TestWindow::jobsFoldAndFailuresUnfold()
{
    WindowUnderTest test;
    test.window->show();
    auto *panel = test.window->findChild<JobsPanel *>();
    auto *job = static_cast<ScriptedJob *>(
        test.jobs.add(std::make_unique<ScriptedJob>(QStringLiteral("Benchmark"), QStringLiteral("full"))));
    QTRY_COMPARE(job->state(), JobState::Running);
    QVERIFY(panel->isVisible());
    QVERIFY(panel->isFolded());
    const int foldedHeight = panel->height();
    job->finish(JobState::Failed, Error{ErrorCode::WorkerDied, {"9"}, {}});
    QTRY_VERIFY(!panel->isFolded());
    QTRY_VERIFY(panel->height() > foldedHeight);
    QCOMPARE(panel->rowCount(), 1);
    QTRY_VERIFY(test.window->commands()->action("jobs.clear")->isEnabled());
    test.window->commands()->action("jobs.clear")->trigger();
    QCOMPARE(panel->rowCount(), 0);
    test.window->commands()->action("view.jobs")->trigger();
    QTRY_COMPARE(panel->height(), foldedHeight);
}

void TestWindow::numbersOfThePlan_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<int>>("numbers");
    QTest::newRow("one") << QStringLiteral("64") << QList<int>{64};
    QTest::newRow("several") << QStringLiteral(" 16, 64 ,256") << QList<int>{16, 64, 256};
    QTest::newRow("empty") << QString() << QList<int>();
    QTest::newRow("zero") << QStringLiteral("0") << QList<int>();
    QTest::newRow("negative") << QStringLiteral("-4") << QList<int>();
    QTest::newRow("too large") << QStringLiteral("1001") << QList<int>();
    QTest::newRow("huge") << QStringLiteral("99999999999999999999") << QList<int>();
    QTest::newRow("words") << QStringLiteral("64, many") << QList<int>();
}

void TestWindow::numbersOfThePlan()
{
    QFETCH(QString, text);
    QFETCH(QList<int>, numbers);
    const auto parsed = parseNumbers(text, 1000);
    QCOMPARE(parsed.has_value(), !numbers.isEmpty());
    if (parsed)
        QCOMPARE(QList<int>(parsed->begin(), parsed->end()), numbers);
}

void TestWindow::measureAsksWhatAndQueues()
{
    WindowUnderTest test;
    test.window->show();
    test.openAndWait(m_family);
    test.window->commands()->action("measure")->trigger();
    auto *dialog = test.window->findChild<MeasureDialog *>();
    QVERIFY(dialog && !dialog->isModal());
    QPushButton *start = nullptr;
    for (QPushButton *button : dialog->findChildren<QPushButton *>())
        start = button->isDefault() ? button : start;
    QVERIFY(start && start->isEnabled());
    auto *prompt = dialog->findChild<QLineEdit *>();
    prompt->setText(QStringLiteral("none"));
    QVERIFY(!start->isEnabled());
    prompt->setText(QStringLiteral("8"));
    QVERIFY(start->isEnabled());
    // What INT8 of the full model would do, by a name that says so.
    const auto combos = dialog->findChildren<QComboBox *>();
    const auto dtypes = std::ranges::find_if(combos, [](const QComboBox *combo) { return combo->findData(QStringLiteral("int8")) >= 0; });
    QVERIFY(dtypes != combos.end());
    (*dtypes)->setCurrentIndex((*dtypes)->findData(QStringLiteral("int8")));
    QCOMPARE((*dtypes)->currentText(), QStringLiteral("INT8 of the full model (dynamic)"));
    QVERIFY(start->isEnabled());
    QVERIFY(QDir().mkpath(QStringLiteral(ASSAY_BINARY_DIR "/screenshots")));
    dialog->grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/measure-int8.png"));
    start->click();
    QTRY_VERIFY(test.jobs.jobs().size() >= 3); // a benchmark each, and the suites that are there
    QVERIFY2(test.jobs.jobs().front()->title().endsWith(QStringLiteral(", int8")), qPrintable(test.jobs.jobs().front()->title()));
    // There is no worker: every job says so and the next one goes on.
    QTRY_COMPARE_WITH_TIMEOUT(test.jobs.waiting() + (test.jobs.running() ? 1 : 0), 0, 30000);
    for (const auto &job : test.jobs.jobs())
        QVERIFY(job->error() && job->error()->code == ErrorCode::WorkerMissing);
}

void TestWindow::settingsActAtOnce()
{
    WindowUnderTest test;
    test.window->show();
    test.window->commands()->action("settings")->trigger();
    auto *dialog = test.window->findChild<SettingsDialog *>();
    auto *colors = dialog->findChildren<QComboBox *>().at(1);
    colors->setCurrentIndex(colors->findData(QStringLiteral("dark")));
    emit colors->activated(colors->currentIndex());
    QVERIFY(isDark(QApplication::palette()));
    QCOMPARE(settings::kColorScheme.get(), QStringLiteral("dark"));
    test.window->commands()->action("colors.light")->trigger();
    QVERIFY(!isDark(QApplication::palette()));
}

void TestWindow::languageSwitchKeepsThePlace()
{
    WindowUnderTest test;
    test.window->show();
    test.openAndWait(m_family);
    test.window->showPage(QStringLiteral("compare"));
    const int subject = test.window->findChild<SubjectPanel *>()->currentSubject();
    CompareChoices choices;
    choices.referencePath = m_family.last();
    choices.goals.emplace().ttft = 0.321;
    test.window->findChild<ComparePage *>()->setChoices(choices);
    Brackets brackets;
    QCoreApplication::installTranslator(&brackets);
    QTRY_COMPARE(test.window->commands()->action("measure")->text(), QStringLiteral("[[Measure...]]"));
    QCOMPARE(test.window->findChild<SubjectPanel *>()->currentSubject(), subject);
    auto *tabs = test.window->findChild<QTabWidget *>();
    QCOMPARE(tabs->currentWidget()->objectName(), QStringLiteral("compare"));
    QCOMPARE(tabs->tabText(1), QStringLiteral("[[Compare]]"));
    QCOMPARE(test.window->findChildren<QToolBar *>().size(), 1);
    // What was chosen on the page outlives it; the goals are called so in the new language.
    const CompareChoices kept = test.window->findChild<ComparePage *>()->choices();
    QCOMPARE(kept.referencePath, m_family.last());
    QVERIFY(kept.goals && kept.goals->ttft == 0.321);
    QCOMPARE(kept.goals->name, std::string("[[as chosen here]]"));
    QCoreApplication::removeTranslator(&brackets);
    QTRY_COMPARE(test.window->findChild<QTabWidget *>()->tabText(1), QStringLiteral("Compare"));
}

void TestWindow::everyTextIsTranslated()
{
    Brackets brackets;
    QCoreApplication::installTranslator(&brackets);
    WindowUnderTest test;
    test.window->show();
    test.openAndWait(m_family);
    test.window->commands()->action("measure")->trigger();
    test.window->commands()->action("settings")->trigger();
    QApplication::processEvents();
    const QStringList data{QStringLiteral("Assay"), QStringLiteral("GQA"), QSysInfo::machineHostName()};
    for (QWidget *widget : QApplication::allWidgets()) {
        QStringList texts{widget->accessibleName()};
        if (const auto *label = qobject_cast<QLabel *>(widget))
            texts << label->text();
        if (const auto *button = qobject_cast<QAbstractButton *>(widget))
            texts << button->text();
        for (const QString &text : texts) {
            static const QRegularExpression word(QStringLiteral("[A-Za-z]{3,}")),
                quantity(QStringLiteral("^[0-9.,]+ [KMGT]iB$"));
            const bool words = text.contains(word) && !text.contains(quantity);
            const bool ofData = std::any_of(m_family.begin(), m_family.end(), [&text](const QString &path) {
                return text.contains(QFileInfo(path).fileName());
            });
            if (words && !ofData && !data.contains(text))
                QVERIFY2(text.contains(QStringLiteral("[[")),
                         qPrintable(QLatin1String(widget->metaObject()->className()) + QStringLiteral(": ") +
                                    text));
        }
    }
    QCoreApplication::removeTranslator(&brackets);
}

void TestWindow::everyControlHasAName()
{
    WindowUnderTest test;
    test.window->show();
    test.openAndWait(m_family);
    test.window->commands()->action("measure")->trigger();
    test.window->commands()->action("settings")->trigger();
    int seen = 0;
    for (QWidget *widget : QApplication::allWidgets()) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy())
            continue;
        const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
        const QString where =
            QStringLiteral("%1 in %2")
                .arg(QLatin1String(widget->metaObject()->className()),
                     QLatin1String(widget->parent() ? widget->parent()->metaObject()->className() : "-"));
        QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(), qPrintable(where));
        ++seen;
    }
    QVERIFY(seen > 20);
}

/// UI.md: usable at 1024 x 700, at 200 % text, too.
void TestWindow::everyPageFitsWithLargeText()
{
    const QFont usual = QApplication::font();
    const auto restore = qScopeGuard([&] { QApplication::setFont(usual); });
    QFont large = usual;
    large.setPointSizeF(usual.pointSizeF() * 2);
    QApplication::setFont(large);
    WindowUnderTest test;
    test.window->resize(1024, 700);
    test.window->show();
    test.openAndWait(m_family);
    for (const char *page : {"inspect", "compare", "accuracy", "difference", "runs", "machines"}) {
        test.window->showPage(QString::fromLatin1(page));
        QTest::qWait(50);
        const QSize least = test.window->minimumSizeHint();
        QString widest;
        for (const QWidget *part : test.window->findChildren<QWidget *>()) {
            const QSize hint = part->minimumSizeHint();
            if (hint.width() > 800 || hint.height() > 500) // a hidden page holds the window open, too
                widest += QStringLiteral("; %1 %2: %3 x %4").arg(QLatin1String(part->metaObject()->className()), part->objectName()).arg(hint.width()).arg(hint.height());
        }
        QVERIFY2(least.width() <= 1024 && least.height() <= 700,
                 qPrintable(QStringLiteral("%1: %2 x %3%4").arg(QLatin1String(page)).arg(least.width()).arg(least.height()).arg(widest)));
        QVERIFY(test.window->grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/large-text-%1.png").arg(QLatin1String(page))));
    }
}

void TestWindow::panesAreCycled()
{
    WindowUnderTest test;
    test.window->show();
    QVERIFY(QTest::qWaitForWindowActive(test.window.get()));
    test.openAndWait(m_family);
    QSet<QWidget *> panes;
    const QList<QWidget *> all{test.window->findChild<QToolBar *>(), test.window->findChild<SubjectPanel *>(),
                               test.window->findChild<QTabWidget *>(), test.window->findChild<JobsPanel *>()};
    for (int step = 0; step < 4; ++step) {
        QTest::keyClick(test.window.get(), Qt::Key_F6);
        for (QWidget *pane : all) {
            if (QApplication::focusWidget() && pane->isAncestorOf(QApplication::focusWidget()))
                panes.insert(pane);
        }
    }
    QCOMPARE(panes.size(), 4);
}

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
