// SPDX-License-Identifier: GPL-3.0-or-later
// The Machines page: what is listed, adding, what is wrong with a machine, removing, measuring.
#include "tests/widgets/windowsupport.h"
#include "widgets/common/theme.h"
#include "widgets/machines/machinespage.h"
#include "widgets/shell/commandregistry.h"
#include "widgets/shell/mainwindow.h"

#include <QDialog>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QTreeView>

using namespace assay;

namespace {

QPushButton *buttonNamed(QWidget &parent, const QString &text)
{
    for (QPushButton *button : parent.findChildren<QPushButton *>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

QLineEdit *fieldNamed(QWidget &parent, const QString &name)
{
    for (QLineEdit *edit : parent.findChildren<QLineEdit *>()) {
        if (edit->accessibleName() == name)
            return edit;
    }
    return nullptr;
}

MachineLimits limits()
{
    MachineLimits out;
    out.device = "cuda:0";
    out.name = "Some GPU";
    out.measuredAt = "2026-03-02T10:00:00Z";
    out.readBandwidth = 3.21e12;
    out.matrixRates = {{"bf16", 7.5e14}, {"f32", 5e11}};
    out.memoryBytes = uint64_t(80) << 30;
    out.driver = "555.1";
    return out;
}

} // namespace

class TestMachinesPage : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void machinesAreListed();
    void aMachineIsAddedAndRemoved();
    void aMachineWithoutWorkerFailsItsJob();

private:
    QTemporaryDir m_folder;
};

void TestMachinesPage::initTestCase()
{
    prepareWindowTest();
    qputenv("ASSAY_CONFIG", m_folder.path().toLocal8Bit());
    QVERIFY(addMachine(machinesFile(), {QStringLiteral("gpu"), {QStringLiteral("ssh"), QStringLiteral("me@host")}, {}}));
    QVERIFY(keepLimits(machinesFile(), QStringLiteral("gpu"), limits()));
}

void TestMachinesPage::machinesAreListed()
{
    WindowUnderTest test;
    test.window->resize(1280, 800);
    test.window->show();
    test.window->commands()->action("view.machines")->trigger();
    auto *page = test.window->findChild<MachinesPage *>();
    QVERIFY(page && page->isVisible());
    QTreeView *view = page->findChild<QTreeView *>();
    QTRY_COMPARE(view->model()->rowCount(), 2);
    const QStringList lines = modelText(*view->model(), {0, 1, 2, 3, 4, 5});
    QCOMPARE(lines.value(0).section(u'|', 0, 0).trimmed(), QStringLiteral("local (this machine)"));
    QCOMPARE(lines.value(2).section(u'|', 0, 0).trimmed(), QStringLiteral("gpu (ssh me@host)"));
    QCOMPARE(lines.value(3).trimmed(), QStringLiteral("cuda:0 | Some GPU | 80.0 GiB | 3210 GB/s | 750 TFLOP/s bf16, 500 GFLOP/s f32 | 555.1"));
    QVERIFY(!buttonNamed(*page, QStringLiteral("Remove"))->isEnabled()); // this machine stays
    QVERIFY(QDir().mkpath(QStringLiteral(ASSAY_BINARY_DIR "/screenshots")));
    for (const ColorScheme scheme : {ColorScheme::Light, ColorScheme::Dark}) {
        applyColorScheme(scheme);
        QTest::qWait(100);
        QVERIFY(test.window->grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/machines-%1.png").arg(QLatin1String(colorSchemeName(scheme)))));
    }
    applyColorScheme(ColorScheme::Light);
}

void TestMachinesPage::aMachineIsAddedAndRemoved()
{
    JobQueue jobs;
    MachinesPage page(&jobs);
    page.show();
    QTreeView *view = page.findChild<QTreeView *>();
    QTRY_COMPARE(view->model()->rowCount(), 2);
    buttonNamed(page, QStringLiteral("Add..."))->click();
    auto *dialog = page.findChild<QDialog *>();
    QVERIFY(dialog);
    QPushButton *add = buttonNamed(*dialog, QStringLiteral("Add"));
    QVERIFY(!add->isEnabled());
    fieldNamed(*dialog, QStringLiteral("Name"))->setText(QStringLiteral("no/name"));
    fieldNamed(*dialog, QStringLiteral("Command"))->setText(QStringLiteral("docker exec -i box"));
    add->click();
    // A name that cannot be one is said at its field, and the dialog stays.
    auto *problem = fieldNamed(*dialog, QStringLiteral("Name"))->parentWidget()->findChild<QLabel *>(QStringLiteral("problem"));
    QTRY_VERIFY(problem->isVisible() && !problem->text().isEmpty());
    QVERIFY(dialog->isVisible());
    fieldNamed(*dialog, QStringLiteral("Name"))->setText(QStringLiteral("box"));
    QVERIFY(!problem->isVisible());
    add->click();
    QTRY_COMPARE(view->model()->rowCount(), 3);
    const auto kept = readMachines(machinesFile());
    QVERIFY(kept && kept->size() == 2);
    for (int row = 0; row < 3; ++row) {
        if (view->model()->index(row, 0).data().toString().startsWith(QStringLiteral("box")))
            view->setCurrentIndex(view->model()->index(row, 0));
    }
    buttonNamed(page, QStringLiteral("Remove"))->click();
    QTRY_COMPARE(view->model()->rowCount(), 2);
    QCOMPARE(readMachines(machinesFile())->size(), size_t(1));
}

void TestMachinesPage::aMachineWithoutWorkerFailsItsJob()
{
    QVERIFY(addMachine(machinesFile(), {QStringLiteral("empty"), {QStringLiteral("env")}, QStringLiteral("/no/such/worker")}));
    JobQueue jobs;
    MachinesPage page(&jobs);
    page.show();
    QTreeView *view = page.findChild<QTreeView *>();
    QTRY_COMPARE(view->model()->rowCount(), 3);
    for (int row = 0; row < 3; ++row) {
        if (view->model()->index(row, 0).data().toString().startsWith(QStringLiteral("empty")))
            view->setCurrentIndex(view->model()->index(row, 0));
    }
    buttonNamed(page, QStringLiteral("Measure"))->click();
    QCOMPARE(jobs.jobs().size(), size_t(1));
    QTRY_VERIFY_WITH_TIMEOUT(jobs.jobs().front()->isOver(), 60000);
    QCOMPARE(jobs.jobs().front()->state(), JobState::Failed);
    QVERIFY(jobs.jobs().front()->error());
}

QTEST_MAIN(TestMachinesPage)
#include "tst_machinespage.moc"
