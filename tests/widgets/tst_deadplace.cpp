// SPDX-License-Identifier: GPL-3.0-or-later
// A network drive that does not answer: whoever asks it for a file waits. The window must never be the one that asks.
// The C library's functions that look at files are put in front of here: below a folder of a certain name they wait
// until the test lets them go, and the thread of the window is only counted there.
#include "core/service/slowthreads.h"
#include "tests/widgets/windowsupport.h"
#include "widgets/inspect/inspectpage.h"
#include "widgets/common/statepage.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/recentsubjects.h"
#include "widgets/shell/session.h"
#include "widgets/shell/subjectpanel.h"

#include <QApplication>
#include <QDropEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QScopeGuard>
#include <QTest>
#include <QUrl>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <mutex>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace {

const std::thread::id kWindow = std::this_thread::get_id();
std::mutex g_mutex;
std::condition_variable g_answered;
bool g_answers = true;
int g_waiting = 0;
std::atomic<int> g_askedByWindow = 0;

void ask(const char *path)
{
    if (path == nullptr || std::strstr(path, "/dead-drive") == nullptr)
        return;
    if (std::this_thread::get_id() == kWindow) {
        ++g_askedByWindow;
        return;
    }
    std::unique_lock lock(g_mutex);
    ++g_waiting;
    g_answered.wait(lock, [] { return g_answers; });
    --g_waiting;
}

template <class Function> Function real(Function, const char *name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

void setAnswers(bool answers)
{
    const std::lock_guard lock(g_mutex);
    g_answers = answers;
    g_answered.notify_all();
}

int waiting()
{
    const std::lock_guard lock(g_mutex);
    return g_waiting;
}

} // namespace

#define ASSAY_SHOWN __attribute__((visibility("default")))
#define ASSAY_ASK(name, path, ...) \
    ask(path); \
    static const auto next = real(&::name, #name); \
    return next(__VA_ARGS__);

extern "C" {
ASSAY_SHOWN int stat(const char *path, struct stat *out) noexcept { ASSAY_ASK(stat, path, path, out) }
ASSAY_SHOWN int lstat(const char *path, struct stat *out) noexcept { ASSAY_ASK(lstat, path, path, out) }
ASSAY_SHOWN int stat64(const char *path, struct stat64 *out) noexcept { ASSAY_ASK(stat64, path, path, out) }
ASSAY_SHOWN int lstat64(const char *path, struct stat64 *out) noexcept { ASSAY_ASK(lstat64, path, path, out) }
ASSAY_SHOWN int statx(int folder, const char *path, int flags, unsigned mask, struct statx *out) noexcept
{
    ASSAY_ASK(statx, path, folder, path, flags, mask, out)
}
ASSAY_SHOWN int access(const char *path, int mode) noexcept { ASSAY_ASK(access, path, path, mode) }
ASSAY_SHOWN DIR *opendir(const char *path) { ASSAY_ASK(opendir, path, path) }
ASSAY_SHOWN char *realpath(const char *path, char *out) noexcept { ASSAY_ASK(realpath, path, path, out) }
ASSAY_SHOWN ssize_t readlink(const char *path, char *out, size_t size) noexcept { ASSAY_ASK(readlink, path, path, out, size) }
ASSAY_SHOWN int open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    ASSAY_ASK(open, path, path, flags, mode)
}
ASSAY_SHOWN int open64(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    ASSAY_ASK(open64, path, path, flags, mode)
}
}

using namespace assay;

class TestDeadPlace : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void windowNeverAsks();
    void manyDeadPlacesKeepNobodyWaiting();

private:
    QTemporaryDir m_models;
};

void TestDeadPlace::initTestCase()
{
    prepareWindowTest();
    makeModel(m_models.filePath(QStringLiteral("alive")), 1, 32);
    // What this test stands on: the look is seen, whoever takes it.
    QVERIFY(!QFileInfo::exists(m_models.filePath(QStringLiteral("dead-drive/x"))));
    QVERIFY(g_askedByWindow > 0);
}

void TestDeadPlace::windowNeverAsks()
{
    const auto lost = [this](int number) { return m_models.filePath(QStringLiteral("dead-drive/model-%1").arg(number)); };
    {
        Workspace before;
        before.open(lost(1));
        before.open(lost(2));
        saveSession(before);
        QTRY_VERIFY(!before.loading());
    }
    rememberSubject(lost(3));
    g_askedByWindow = 0;
    setAnswers(false);
    const auto letGo = qScopeGuard([] { setAnswers(true); }); // whatever fails: nothing waits for ever
    WindowUnderTest test;
    test.window->show();
    test.window->restore();
    QCOMPARE(test.workspace.subjects().size(), size_t(2));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(lost(4))});
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(test.window.get(), &enter);
    QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(test.window.get(), &drop);
    RecentMenu menu(nullptr);
    emit menu.aboutToShow();
    QTRY_COMPARE(waiting(), 4); // two of the session, the drop, the menu
    // Meanwhile all else goes on: another model is opened, and looked at.
    test.window->openPaths({m_models.filePath(QStringLiteral("alive"))});
    QTRY_COMPARE(test.workspace.subjects().size(), size_t(3));
    const int alive = test.workspace.subjects()[2]->id;
    QTRY_VERIFY(test.workspace.find(alive)->state == SubjectState::Ready);
    auto *panel = test.window->findChild<SubjectPanel *>();
    for (const auto &subject : test.workspace.subjects()) {
        panel->select(subject->id);
        QApplication::processEvents();
        QCOMPARE(test.window->findChild<InspectPage *>()->findChild<StatePage *>()->isVisible(), subject->id != alive);
    }
    QTest::qWait(1500); // the session is saved meanwhile
    test.workspace.close(test.workspace.subjects()[0]->id);
    QCOMPARE(waiting(), 4);
    setAnswers(true);
    QTRY_VERIFY(!test.window->opening() && !test.workspace.loading());
    QCOMPARE(test.workspace.subjects().size(), size_t(3));
    QCOMPARE(test.workspace.subjects()[0]->state, SubjectState::Failed);
    QVERIFY2(g_askedByWindow == 0, qPrintable(QString::number(g_askedByWindow)));
}

/// More than there are threads for such places.
void TestDeadPlace::manyDeadPlacesKeepNobodyWaiting()
{
    setAnswers(false);
    const auto letGo = qScopeGuard([] { setAnswers(true); });
    WindowUnderTest test;
    test.window->show();
    for (int i = 0; i < 20; ++i)
        test.workspace.open(m_models.filePath(QStringLiteral("dead-drive/many-%1").arg(i)));
    test.window->openPaths({m_models.filePath(QStringLiteral("alive"))});
    const auto opened = [&] {
        return !test.workspace.subjects().empty() && test.workspace.subjects().back()->state == SubjectState::Ready;
    };
    QTRY_VERIFY_WITH_TIMEOUT(opened(), 60000);
    QVERIFY(waiting() > 8);
    setAnswers(true);
    QTRY_VERIFY_WITH_TIMEOUT(!test.workspace.loading(), 60000);
    QCOMPARE(slowThreads().maxThreadCount(), 8);
}

QTEST_MAIN(TestDeadPlace)
#include "tst_deadplace.moc"
