// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/evaluation.h"
#include "core/service/codeexecution.h"
#include "core/service/runlibrary.h"
#include "core/service/sandbox.h"
#include "core/service/workerbackend.h"
#include "tests/service/jobtesting.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <unistd.h>

using namespace assay;
using End = Execution::End;

Q_DECLARE_METATYPE(assay::Execution::End)

namespace {

/// Short, so that what never ends is soon over. A machine that is busy makes programs slow, so none that shall pass needs it.
SandboxLimits shortLimits()
{
    SandboxLimits limits;
    limits.seconds = 1;
    return limits;
}

SuiteItem adding()
{
    SuiteItem item;
    item.id = "add";
    item.code = CodeTest{"def add(a, b):\n    \"\"\"The sum.\"\"\"\n", "add", "def check(candidate):\n    assert candidate(2, 3) == 5\n"};
    return item;
}

Answer answering(const char *output)
{
    Answer answer;
    answer.output = output;
    return answer;
}

const char *nameOf(End end)
{
    constexpr const char *kNames[] = {"not executed", "passed", "failed", "timed out", "out of memory", "killed"};
    return kNames[int(end)];
}

} // namespace

class TestSandbox : public QObject
{
    Q_OBJECT
private slots:
    // First: once the sandbox has worked it is not tried again.
    void codeIsKeptWithoutASandbox();
    void escapesFail_data();
    void escapesFail();
    void nothingOfThisMachineIsSeen();
    void theHostAndItsProcessesStay();
    void endsAreToldApart_data();
    void endsAreToldApart();
    void stopsWhenAsked();
    void answersAreTested_data();
    void answersAreTested();
    void runsOffTheThread();
    void evaluationsRunPrograms();
};

#define NEEDS_SANDBOX()                                                                                      \
    if (const std::string why = whyNoSandbox(); !why.empty())                                                \
    QSKIP(("no sandbox here: " + why).c_str())

void TestSandbox::codeIsKeptWithoutASandbox()
{
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", "/nowhere");
    const Execution given = executeCode(adding(), answering("    return a + b\n"));
    qputenv("PATH", path);
    QCOMPARE(given.end, End::NotExecuted);
    QVERIFY2(given.told.find("bubblewrap") != std::string::npos, given.told.c_str());
}

void TestSandbox::escapesFail_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<End>("end");
    QTest::addColumn<QByteArray>("told"); // is in what is told
    const auto row = [](const char *name, const QByteArray &program, End end, const char *told) {
        QTest::newRow(name) << program << end << QByteArray(told);
    };
    row("network", "import socket\nsocket.create_connection(('203.0.113.1', 80), 5)\n", End::Failed, "unreachable");
    row("names", "import socket\nsocket.getaddrinfo('example.org', 80)\n", End::Failed, "gaierror");
    row("unix sockets", "import socket\nsocket.socket(socket.AF_UNIX).connect('/run/dbus/system_bus_socket')\n", End::Failed, "No such file");
    row("writing to the root", "open('/x', 'w')\n", End::Failed, "Read-only");
    row("writing to usr", "open('/usr/bin/x', 'w')\n", End::Failed, "Read-only");
    row("writing to devices' memory", "open('/dev/shm/x', 'w')\n", End::Failed, "Read-only");
    row("reading home", "import os\nos.listdir('/home')\n", End::Failed, "No such file");
    row("reading root's home", "import os\nos.listdir('/root')\n", End::Failed, "No such file");
    row("reading passwords", "open('/etc/passwd')\n", End::Failed, "No such file");
    row("reading processes", "import os\nos.listdir('/proc')\n", End::Failed, "No such file");
    row("mounting", "import ctypes, os\nl = ctypes.CDLL(None, use_errno=True)\nassert l.mount(b'x', b'/tmp', b'tmpfs', 0, None) == 0, os.strerror(ctypes.get_errno())\n",
        End::Failed, "not permitted");
    row("a new user namespace", "import ctypes, os\nl = ctypes.CDLL(None, use_errno=True)\nassert l.unshare(0x10000000) == 0, os.strerror(ctypes.get_errno())\n",
        End::Failed, "not permitted");
    row("becoming root", "import os\nos.setuid(0)\nopen('/usr/x', 'w')\n", End::Failed, "Error");
    row("fork bomb", "import os\nwhile True:\n    os.fork()\n", End::Failed, "unavailable");
    row("fork bomb that goes on", "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass\n", End::TimedOut, "more than 1");
    row("filling the disk", "for i in range(100):\n    with open('/tmp/%d' % i, 'wb') as f:\n        f.write(bytes(1 << 20))\n", End::Failed, "No space left");
    row("a large file", "open('/tmp/x', 'wb').truncate(1 << 30)\n", End::Failed, "File too large");
    row("files in memory", "import os\nos.memfd_create('x')\n", End::Failed, "not permitted");
    row("open files", "x = [open('/dev/null') for i in range(1000)]\n", End::Failed, "Too many open files");
    row("sleeping", "import time\ntime.sleep(1000)\n", End::TimedOut, "more than 1");
    row("sleeping with closed output", "import os, time\nos.close(1)\nos.close(2)\ntime.sleep(1000)\n", End::TimedOut, "more than 1");
    row("a session of its own", "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(1000)\ntime.sleep(1000)\n", End::TimedOut, "more than 1");
    row("ten gigabytes", "x = bytearray(10 << 30)\n", End::OutOfMemory, "512 MiB");
    row("memory of several", "import os, time\nfor i in range(6):\n    if os.fork() == 0:\n        x = bytearray(os.urandom(1) * (300 << 20))\n        time.sleep(100)\ntime.sleep(100)\n",
        End::OutOfMemory, "more than");
    row("a gigabyte of output", "import sys\nfor i in range(1 << 10):\n    sys.stdout.write('x' * (1 << 20))\n", End::Killed, "printed more than");
    row("killing the parent", "import os, signal, sys\nos.kill(1, signal.SIGKILL)\nos.kill(os.getppid(), signal.SIGKILL)\nsys.exit('alive')\n", End::Failed, "alive");
    row("killing the program that asked", QByteArray("import os, signal\nos.kill(") + QByteArray::number(getpid()) + ", signal.SIGKILL)\n", End::Failed, "No such process");
}

void TestSandbox::escapesFail()
{
    NEEDS_SANDBOX();
    QFETCH(QByteArray, program);
    QFETCH(End, end);
    QFETCH(QByteArray, told);
    // What shall fail by itself gets the time that it needs on a busy machine.
    SandboxLimits limits = end == End::TimedOut ? shortLimits() : SandboxLimits{};
    limits.seconds = end == End::TimedOut ? 1 : 60;
    const Execution given = runSandboxed(program.toStdString(), limits);
    QVERIFY2(given.end == end, (std::string(nameOf(given.end)) + ": " + given.told).c_str());
    QVERIFY2(QByteArray::fromStdString(given.told).contains(told), given.told.c_str());
    QVERIFY(given.told.size() < 8192);
}

void TestSandbox::nothingOfThisMachineIsSeen()
{
    NEEDS_SANDBOX();
    qputenv("ASSAY_TEST_SECRET", "secret");
    QTemporaryDir folder;
    const Execution given = runSandboxed("import os\n"
                                         "assert 'ASSAY_TEST_SECRET' not in os.environ\n"
                                         "assert os.listdir('/tmp') == [], os.listdir('/tmp')\n"
                                         "assert os.getcwd() == '/tmp'\n"
                                         "assert os.getuid() != 0\n"
                                         "assert sorted(set(os.listdir('/')) - {'lib32', 'lib64', 'libx32', 'sbin'}) == ['bin', 'dev', 'etc', 'lib', 'tmp', 'usr'], os.listdir('/')\n"
                                         "assert set(os.listdir('/etc')) <= {'alternatives', 'ld.so.cache'}\n"
                                         "open('/tmp/own', 'w').write('this may be written')\n");
    qunsetenv("ASSAY_TEST_SECRET");
    QVERIFY2(given.end == End::Passed, given.told.c_str());
}

void TestSandbox::theHostAndItsProcessesStay()
{
    NEEDS_SANDBOX();
    // A server of this machine, which the sandbox must not reach by the loopback that it has, too.
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const std::string program = "import socket\nsocket.create_connection(('127.0.0.1', " + std::to_string(server.serverPort()) + "), 5)\n";
    const Execution given = runSandboxed(program);
    QVERIFY2(given.end == End::Failed && given.told.find("Error") != std::string::npos, given.told.c_str());
    QVERIFY(!server.waitForNewConnection(0));
}

void TestSandbox::endsAreToldApart_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<End>("end");
    const auto row = [](const char *name, const char *program, End end) { QTest::newRow(name) << QByteArray(program) << end; };
    row("to its end", "x = 1 + 1\n", End::Passed);
    row("nothing", "", End::Passed);
    row("an assertion", "assert 1 == 2\n", End::Failed);
    row("no Python", "this is no program\n", End::Failed);
    row("ends itself before the tests", "import sys\nsys.exit(0)\nassert False\n", End::Failed);
    row("ends itself hard", "import os\nos._exit(0)\n", End::Failed);
    row("a segmentation fault", "import ctypes\nctypes.string_at(0)\n", End::Killed);
    row("a thread that goes on", "import threading, time\nthreading.Thread(target=lambda: time.sleep(1000)).start()\n", End::Passed);
    row("a process that goes on", "import os, time\nif os.fork() == 0:\n    time.sleep(1000)\n", End::Passed);
    row("reads what is not there", "input()\n", End::Failed);
    row("a main block is not run", "if __name__ == '__main__':\n    raise Exception\n", End::Passed);
    row("bytes that are no text", "import sys\nsys.stdout.buffer.write(bytes(range(256)))\n", End::Passed);
}

void TestSandbox::endsAreToldApart()
{
    NEEDS_SANDBOX();
    QFETCH(QByteArray, program);
    QFETCH(End, end);
    SandboxLimits limits;
    limits.seconds = 60;
    const Execution given = runSandboxed(program.toStdString(), limits);
    QVERIFY2(given.end == end, (std::string(nameOf(given.end)) + ": " + given.told).c_str());
    QVERIFY(given.seconds > 0);
}

void TestSandbox::stopsWhenAsked()
{
    NEEDS_SANDBOX();
    std::stop_source stop;
    stop.request_stop();
    SandboxLimits limits;
    limits.seconds = 600;
    const Execution given = runSandboxed("import time\ntime.sleep(600)\n", limits, stop.get_token());
    QCOMPARE(given.end, End::NotExecuted);
    QVERIFY(!given.told.empty());
}

void TestSandbox::answersAreTested_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<End>("end");
    const auto row = [](const char *name, const char *output, End end) { QTest::newRow(name) << QByteArray(output) << end; };
    row("completion", "    return a + b\n", End::Passed);
    row("wrong", "    return a - b\n", End::Failed);
    row("fenced", "Here it is:\n```python\ndef add(a, b):\n    return a + b\n```\nIt adds.\n", End::Passed);
    row("the block with the function", "```sh\nls\n```\n```python\ndef add(a, b):\n    return a + b\n```\n", End::Passed);
    row("open block", "```python\ndef add(a, b):\n    return a + b\n", End::Passed);
    row("after thinking", "<think>def add? ```no``` </think>\n```\ndef add(a, b):\n    return a + b\n```", End::Passed);
    row("still thinking", "<think>```\ndef add(a, b):\n    return a + b\n```", End::NotExecuted);
    row("nothing", " \n", End::NotExecuted);
}

void TestSandbox::answersAreTested()
{
    NEEDS_SANDBOX();
    QFETCH(QByteArray, output);
    QFETCH(End, end);
    const Execution given = executeCode(adding(), answering(output.constData()));
    QVERIFY2(given.end == end, (std::string(nameOf(given.end)) + ": " + given.told).c_str());
    if (end == End::NotExecuted)
        QVERIFY(!given.told.empty());
}

void TestSandbox::runsOffTheThread()
{
    NEEDS_SANDBOX();
    CodeExecutor executor;
    std::vector<End> ends;
    for (const char *output : {"    return a + b\n", "    return 0\n", "    return b + a\n"})
        executor.execute(adding(), answering(output), [&](const Execution &execution) { ends.push_back(execution.end); });
    QCOMPARE(executor.open(), 3);
    QVERIFY(ends.empty());
    QTRY_COMPARE_WITH_TIMEOUT(ends.size(), size_t(3), 60000);
    QCOMPARE(std::count(ends.begin(), ends.end(), End::Passed), 2);
    QCOMPARE(executor.open(), 0);
    // What still runs is stopped with its executor, and nobody hears of it.
    auto leaving = std::make_unique<CodeExecutor>();
    leaving->execute(adding(), answering("    while True: pass\n"), [](const Execution &) { QFAIL("nobody is there any more"); });
    leaving.reset();
    QTest::qWait(50);
}

void TestSandbox::evaluationsRunPrograms()
{
    NEEDS_SANDBOX();
    // The worker of these tests knows sums: "2+3=" is continued by "5".
    std::vector<SuiteItem> items;
    for (const char *expected : {"5", "6"}) {
        SuiteItem item = sum(2, 3, items.empty() ? "" : " ");
        item.code = CodeTest{"def f():\n    return ", "f", std::string("def check(f):\n    assert f() == ") + expected + "\n"};
        items.push_back(item);
    }
    RunLibrary library{QString()};
    const auto job = evaluateJob(library, items);
    job->start();
    QTRY_VERIFY_WITH_TIMEOUT(job->isOver(), 60000);
    QVERIFY2(job->state() == JobState::Finished, job->log().join(u'\n').toUtf8().constData());
    const auto run = library.evaluationRuns().front();
    QCOMPARE(run->items.size(), size_t(2));
    for (const ItemResult &item : run->items) {
        const bool right = item.itemId == items[0].id;
        QCOMPARE(item.given.execution.end, right ? End::Passed : End::Failed);
        QCOMPARE(item.judged.outcome, right ? Outcome::Right : Outcome::Wrong);
    }
}

QTEST_GUILESS_MAIN(TestSandbox)
#include "tst_sandbox.moc"
