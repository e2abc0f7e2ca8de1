// SPDX-License-Identifier: GPL-3.0-or-later
// What a later start finds of a program that was never closed: looked up on the disk, as another process would.
#include "tests/widgets/windowsupport.h"
#include "widgets/common/messagebar.h"
#include "widgets/common/settings.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/session.h"
#include "widgets/shell/subjectpanel.h"

#include <QAbstractButton>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSplitter>
#include <QTest>
#include <algorithm>
#include <unistd.h>

using namespace assay;

namespace {

QString stored()
{
    QFile file(QSettings().fileName());
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The value of a key in the file, as it is written there.
QString storedValue(const QString &group, const QString &key)
{
    bool inside = false;
    for (const QString &line : stored().split(u'\n')) {
        if (line.startsWith(u'['))
            inside = line == u'[' + group + u']';
        else if (inside && line.startsWith(key + u'='))
            return line.mid(key.size() + 1);
    }
    return {};
}

} // namespace

class TestSession : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init() { QSettings().clear(); }
    void subjectsAreKeptWithoutClosing();
    void whatIsNotRestoredIsNotForgotten();
    void layoutIsKeptWithoutClosing();
    void whatEndedTheProgramIsNotOpenedAgain();
    void whatIsBeingOpenedIsOnTheDisk();

private:
    QTemporaryDir m_models;
    QStringList m_family;
};

void TestSession::initTestCase()
{
    prepareWindowTest();
    m_family = makeFamily(m_models);
}

void TestSession::subjectsAreKeptWithoutClosing()
{
    WindowUnderTest test;
    test.window->show();
    test.openAndWait(m_family);
    QTRY_COMPARE(storedValue(QStringLiteral("session"), QStringLiteral("size")), QStringLiteral("3"));
    for (int row = 0; row < 3; ++row)
        QCOMPARE(storedValue(QStringLiteral("session"), QStringLiteral("%1\\path").arg(row + 1)),
                 QFileInfo(m_family[row]).canonicalFilePath());
    test.workspace.setRole(test.workspace.subjects()[1]->id, Role::Distilled);
    test.workspace.rename(test.workspace.subjects()[2]->id, QStringLiteral("renamed"));
    QTRY_COMPARE(storedValue(QStringLiteral("session"), QStringLiteral("2\\role")), QStringLiteral("distilled"));
    QTRY_COMPARE(storedValue(QStringLiteral("session"), QStringLiteral("3\\name")), QStringLiteral("renamed"));
    test.workspace.close(test.workspace.subjects()[0]->id);
    QTRY_COMPARE(storedValue(QStringLiteral("session"), QStringLiteral("size")), QStringLiteral("2"));
    // The first window is still open: this is what a start after a crash finds.
    Workspace again;
    restoreSession(again);
    QCOMPARE(again.subjects().size(), size_t(2));
    QCOMPARE(again.subjects()[0]->path, QFileInfo(m_family[1]).canonicalFilePath());
    QCOMPARE(again.subjects()[1]->name, QStringLiteral("renamed"));
    QTRY_VERIFY(!again.loading());
}

/// A window that was not asked to restore, and in which nothing was opened, leaves the session as it was.
void TestSession::whatIsNotRestoredIsNotForgotten()
{
    {
        Workspace before;
        before.open(m_family[0]);
        saveSession(before);
        QTRY_VERIFY(!before.loading());
    }
    WindowUnderTest test;
    test.window->show();
    test.window->resize(1100, 750);
    // The layout is written: whatever would be written of the session was to be by then.
    QTRY_VERIFY(!storedValue(QStringLiteral("window"), QStringLiteral("geometry")).isEmpty());
    QTest::qWait(1500);
    QCOMPARE(storedValue(QStringLiteral("session"), QStringLiteral("size")), QStringLiteral("1"));
}

void TestSession::layoutIsKeptWithoutClosing()
{
    WindowUnderTest test;
    test.window->show();
    test.openAndWait({m_family[0]});
    test.window->resize(1180, 760);
    QTRY_VERIFY(!storedValue(QStringLiteral("window"), QStringLiteral("geometry")).isEmpty());
    QTRY_COMPARE(settings::kGeometry.get(), test.window->saveGeometry());
    auto *splitter = qobject_cast<QSplitter *>(test.window->findChild<SubjectPanel *>()->parentWidget());
    QVERIFY(splitter);
    const QByteArray before = splitter->saveState();
    // As the mouse does it: setSizes() would not say that somebody moved anything.
    const QPoint handle = splitter->handle(1)->rect().center();
    QTest::mousePress(splitter->handle(1), Qt::LeftButton, {}, handle);
    QTest::mouseMove(splitter->handle(1), handle + QPoint(60, 0));
    QTest::mouseRelease(splitter->handle(1), Qt::LeftButton, {}, handle + QPoint(60, 0));
    QVERIFY(splitter->saveState() != before);
    QTRY_COMPARE(settings::kMainSplitter.get(), splitter->saveState());
    WindowUnderTest again;
    QCOMPARE(again.window->size(), QSize(1180, 760));
}

/// As a program leaves it that died while it opened the second of three.
void TestSession::whatEndedTheProgramIsNotOpenedAgain()
{
    const QString fatal = QFileInfo(m_family[1]).canonicalFilePath();
    const auto leave = [&](qint64 process) {
        Workspace before;
        for (const QString &path : m_family)
            before.open(QFileInfo(path).canonicalFilePath());
        saveSession(before);
        QTRY_VERIFY(!before.loading());
        QSettings().setValue(QStringLiteral("opening/process"), process);
        QSettings().setValue(QStringLiteral("opening/paths"), QStringList{fatal});
    };
    leave(qint64(1) << 40); // no process has such a number
    {
        WindowUnderTest test;
        test.window->show();
        test.window->restore();
        QCOMPARE(test.workspace.subjects().size(), size_t(2));
        auto *bar = test.window->findChild<MessageBar *>();
        QCOMPARE(bar->count(), 1);
        QVERIFY2(bar->texts().front().contains(QDir::toNativeSeparators(fatal)), qPrintable(bar->texts().front()));
        const auto buttons = bar->findChildren<QAbstractButton *>();
        const auto open = std::ranges::find(buttons, QStringLiteral("Open it"), &QAbstractButton::text);
        QVERIFY(open != buttons.end());
        (*open)->click();
        QTRY_COMPARE(test.workspace.subjects().size(), size_t(3));
        QTRY_VERIFY(!test.workspace.loading());
    }
    // It went well this time, and the window ended as it should.
    QVERIFY(QSettings().value(QStringLiteral("opening/paths")).toStringList().isEmpty());
    // Another program that runs is at it: that is no death.
    leave(::getppid());
    WindowUnderTest test;
    test.window->restore();
    QCOMPARE(test.workspace.subjects().size(), size_t(3));
    QTRY_VERIFY(!test.workspace.loading());
}

void TestSession::whatIsBeingOpenedIsOnTheDisk()
{
    WindowUnderTest test;
    test.workspace.open(m_family[0]);
    QVERIFY(storedValue(QStringLiteral("opening"), QStringLiteral("paths")).contains(m_family[0]));
    QCOMPARE(storedValue(QStringLiteral("opening"), QStringLiteral("process")), QString::number(::getpid()));
    // Neither when it is open at once: it is yet to be drawn.
    QTRY_VERIFY(!test.workspace.loading());
    QVERIFY(storedValue(QStringLiteral("opening"), QStringLiteral("paths")).contains(m_family[0]));
    QTRY_VERIFY_WITH_TIMEOUT(!storedValue(QStringLiteral("opening"), QStringLiteral("paths")).contains(m_family[0]), 30000);
    const int second = test.workspace.open(m_family[1]);
    test.workspace.close(second);
    QVERIFY(!storedValue(QStringLiteral("opening"), QStringLiteral("paths")).contains(m_family[1]));
}

QTEST_MAIN(TestSession)
#include "tst_session.moc"
