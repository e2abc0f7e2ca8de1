// SPDX-License-Identifier: GPL-3.0-or-later
// Machines behind a command: through a real ssh to this machine and through plain prefixes, with the fake worker there.
#include "core/service/jobs.h"
#include "core/service/machineend.h"
#include "core/service/machines.h"
#include "tests/service/fakeworker.h"
#include "tests/service/sshserver.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace assay;

namespace {

const QStringList kEnv{QStringLiteral("env"), QStringLiteral("FOO=1")};

/// A worker's program that misbehaves in this way.
QString workerThat(const QTemporaryDir &folder, const QString &name, const QByteArray &options)
{
    const QString path = folder.filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write("#!/bin/sh\nexec '" ASSAY_BINARY_DIR "/tests/fakeworker' " + options + "\n");
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path;
}

Machine machine(const QStringList &prefix, const QString &worker = QStringLiteral(ASSAY_BINARY_DIR "/tests/fakeworker"))
{
    return {QStringLiteral("gpu"), prefix, worker, {}};
}

/// What greeting the machine's worker gives: nothing when it is ready.
std::optional<Error> greet(const Machine &there)
{
    WorkerClient client(commandOf(there));
    std::optional<Error> error;
    bool over = false;
    QObject::connect(&client, &WorkerClient::ready, &client, [&] { over = true; });
    QObject::connect(&client, &WorkerClient::failed, &client, [&](const Error &why) {
        error = why;
        over = true;
    });
    client.start();
    if (!QTest::qWaitFor([&] { return over; }, 60000))
        return Error{ErrorCode::Internal, {"no end"}, {}};
    return error;
}

std::string sentenceOf(const std::optional<Error> &error)
{
    return error ? error->sentence() : std::string("(none)");
}

} // namespace

class TestMachines : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { m_noServer = m_server.start(); }
    void init() { qputenv("ASSAY_CONFIG", m_config.path().toUtf8()); }
    void keepsMachines();
    void refusesWhatIsNoMachine_data();
    void refusesWhatIsNoMachine();
    void saysWhyTheFileCannotBeRead();
    void takesPlacesApart_data();
    void takesPlacesApart();
    void asksSshForNothing();
    void runsThroughPrefixes_data();
    void runsThroughPrefixes();
    void quotesThePathForTheOtherShell();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void overlooksWhatALoginPrints();
    void keepsSamplesOfALostConnection();

private:
    SshServer m_server;
    QString m_noServer;
    QTemporaryDir m_config, m_folder;
};

void TestMachines::keepsMachines()
{
    const QString file = m_folder.filePath(QStringLiteral("deep/machines.json"));
    QVERIFY(readMachines(file)->empty());
    QVERIFY(addMachine(file, machine({QStringLiteral("ssh"), QStringLiteral("me@far")})));
    QVERIFY(addMachine(file, {QStringLiteral("box"), {QStringLiteral("docker"), QStringLiteral("exec"), QStringLiteral("-i"), QStringLiteral("c")}, {}, {}}));
    MachineLimits limits;
    limits.device = "cuda:0";
    limits.name = "NVIDIA H200";
    limits.measuredAt = "2026-11-22T00:00:00Z";
    limits.readBandwidth = 4.1e12;
    limits.matrixRates = {{"bf16", 7.5e14}};
    limits.caches = {1024, 2048};
    limits.temperature = 45;
    QVERIFY(keepLimits(file, QStringLiteral("gpu"), limits));
    limits.readBandwidth = 4.2e12;
    QVERIFY(keepLimits(file, QStringLiteral("gpu"), limits));
    QVERIFY(keepLimits(file, QString::fromLatin1(kThisMachine), limits));
    const auto machines = readMachines(file);
    QVERIFY(machines);
    QCOMPARE(machines->size(), size_t(3));
    QCOMPARE(machines->at(0).name, QStringLiteral("box"));
    QCOMPARE(machines->at(1).name, QStringLiteral("gpu"));
    QVERIFY(machines->at(1).measured == std::vector<MachineLimits>{limits});
    // Another command is another machine: what was measured there says nothing of it.
    QVERIFY(addMachine(file, machine({QStringLiteral("ssh"), QStringLiteral("other")})));
    QVERIFY(readMachines(file)->at(1).measured.empty());
    QVERIFY(removeMachine(file, QStringLiteral("gpu")));
    QCOMPARE(readMachines(file)->size(), size_t(2));
    QCOMPARE(removeMachine(file, QStringLiteral("gpu")).error().code, ErrorCode::MachineUnknown);
    QCOMPARE(keepLimits(file, QStringLiteral("gpu"), limits).error().code, ErrorCode::MachineUnknown);
    QCOMPARE(findMachine(QStringLiteral("no-such-program-here x")).error().code, ErrorCode::MachineUnknown);
}

void TestMachines::refusesWhatIsNoMachine_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("prefix");
    QTest::newRow("no name") << QString() << kEnv;
    QTest::newRow("a colon") << QStringLiteral("a:b") << kEnv;
    QTest::newRow("a slash") << QStringLiteral("a/b") << kEnv;
    QTest::newRow("a blank") << QStringLiteral("a b") << kEnv;
    QTest::newRow("this machine's") << QString::fromLatin1(kThisMachine) << kEnv;
    QTest::newRow("no command") << QStringLiteral("a") << QStringList();
}

void TestMachines::refusesWhatIsNoMachine()
{
    QFETCH(QString, name);
    QFETCH(QStringList, prefix);
    const auto added = addMachine(m_folder.filePath(QStringLiteral("refused.json")), {name, prefix, {}, {}});
    QVERIFY(!added);
    QCOMPARE(added.error().code, ErrorCode::BadUsage);
}

void TestMachines::saysWhyTheFileCannotBeRead()
{
    const QString file = m_folder.filePath(QStringLiteral("bad.json"));
    for (const char *text : {"{", "[]", "{\"machines\": 3}", "{\"machines\": [{\"name\": 3, \"prefix\": []}]}", "{\"machines\": [{\"name\": \"a\", \"prefix\": [1]}]}"}) {
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text);
        out.close();
        const auto read = readMachines(file);
        QVERIFY2(!read, text);
        QCOMPARE(read.error().code, ErrorCode::FileUnreadable);
        // What cannot be read is not overwritten.
        QVERIFY(!addMachine(file, machine(kEnv)));
        QVERIFY(out.open(QIODevice::ReadOnly));
        QCOMPARE(out.readAll(), QByteArray(text));
    }
}

void TestMachines::takesPlacesApart_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("path");
    QTest::newRow("kept") << QStringLiteral("far:/models/a b") << QStringLiteral("far") << QStringLiteral("/models/a b");
    QTest::newRow("kept, below home") << QStringLiteral("far:models/x") << QStringLiteral("far") << QStringLiteral("models/x");
    QTest::newRow("command") << QStringLiteral("env FOO=1:/models/x") << QStringLiteral("env FOO=1") << QStringLiteral("/models/x");
    QTest::newRow("command with colons") << QStringLiteral("env A=b:c:/m") << QStringLiteral("env A=b:c") << QStringLiteral("/m");
    QTest::newRow("not kept") << QStringLiteral("near:/models/x") << QString() << QString();
    QTest::newRow("no program") << QStringLiteral("no-such-program-here x:/m") << QString() << QString();
    QTest::newRow("address") << QStringLiteral("https://far:/m") << QString() << QString();
    QTest::newRow("path") << QStringLiteral("/models/x") << QString() << QString();
    QTest::newRow("nothing behind") << QStringLiteral("far:") << QString() << QString();
}

void TestMachines::takesPlacesApart()
{
    QFETCH(QString, subject);
    QFETCH(QString, name);
    QFETCH(QString, path);
    QVERIFY(addMachine(machinesFile(), {QStringLiteral("far"), kEnv, {}, {}}));
    const auto place = machinePlace(subject);
    QCOMPARE(place ? place->machine.name : QString(), name);
    QCOMPARE(place ? place->path : QString(), path);
}

void TestMachines::asksSshForNothing()
{
    const WorkerCommand plain = commandOf(machine({QStringLiteral("ssh"), QStringLiteral("far")}, QStringLiteral("w")));
    QCOMPARE(plain.program, QStringLiteral("ssh"));
    const QString options = plain.arguments.join(u' ');
    QVERIFY(options.startsWith(QLatin1String("-o BatchMode=yes -o ConnectTimeout=")));
    QVERIFY(options.contains(QLatin1String("-o ServerAliveInterval=")));
    QVERIFY(options.endsWith(QLatin1String(" far w")));
    // ssh takes the first value it finds: the user's must not come second.
    const WorkerCommand chosen =
        commandOf(machine({QStringLiteral("ssh"), QStringLiteral("-oconnecttimeout=99"), QStringLiteral("far")}, QStringLiteral("w")));
    QCOMPARE(chosen.arguments.join(u' ').count(QLatin1String("timeout"), Qt::CaseInsensitive), 1);
    // A whole command of the user's gets the same.
    QVERIFY(commandOf(QStringList{QStringLiteral("ssh"), QStringLiteral("far"), QStringLiteral("w")}).arguments.contains(QStringLiteral("BatchMode=yes")));
    QCOMPARE(commandOf(machine(kEnv, QStringLiteral("w"))).arguments, QStringList({QStringLiteral("FOO=1"), QStringLiteral("w")}));
}

void TestMachines::runsThroughPrefixes_data()
{
    QTest::addColumn<QStringList>("prefix");
    QTest::newRow("env") << kEnv;
    QTest::newRow("shell") << QStringList{QStringLiteral("sh"), QStringLiteral("-c"), QStringLiteral("exec \"$@\""), QStringLiteral("--")};
    QTest::newRow("ssh") << QStringList{};
    QTest::newRow("ssh and env") << QStringList{QStringLiteral("behind ssh")};
}

void TestMachines::runsThroughPrefixes()
{
    QFETCH(QStringList, prefix);
    const bool ssh = prefix.isEmpty() || prefix.first() == QLatin1String("behind ssh");
    if (ssh && !m_noServer.isEmpty())
        QSKIP(qPrintable(m_noServer));
    const QStringList used = !ssh ? prefix : prefix.isEmpty() ? m_server.prefix() : m_server.prefix() + kEnv;
    QCOMPARE(sentenceOf(greet(machine(used))), std::string("(none)"));
}

void TestMachines::quotesThePathForTheOtherShell()
{
    if (!m_noServer.isEmpty())
        QSKIP(qPrintable(m_noServer));
    for (const QString &name : {QStringLiteral("a worker's; \"path\" & $HOME"), QStringLiteral("wörker"), QStringLiteral("*")}) {
        const QString worker = workerThat(m_folder, name, "hello=ok");
        QCOMPARE(sentenceOf(greet(machine(m_server.prefix(), worker))), std::string("(none)"));
        // Through two shells: the inner command is one that ssh starts.
        QCOMPARE(sentenceOf(greet(machine(m_server.prefix() + m_server.prefix(), worker))), std::string("(none)"));
    }
}

void TestMachines::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("words");
    QTest::newRow("password") << QStringLiteral("stranger") << ErrorCode::MachineRefused << QStringLiteral("gpu lets nobody in: it wants a password");
    QTest::newRow("unknown key") << QStringLiteral("unknown") << ErrorCode::MachineRefused << QStringLiteral("its key is not known");
    QTest::newRow("changed key") << QStringLiteral("changed") << ErrorCode::MachineRefused << QStringLiteral("another key than the one that is known");
    QTest::newRow("dead host") << QStringLiteral("dead") << ErrorCode::MachineUnreachable << QStringLiteral("Connection refused");
    QTest::newRow("no host") << QStringLiteral("nowhere") << ErrorCode::MachineUnreachable << QStringLiteral("Could not resolve hostname");
    QTest::newRow("no worker") << QStringLiteral("missing") << ErrorCode::WorkerNotThere << QStringLiteral("gpu cannot start the worker /no/such/worker");
    QTest::newRow("no program") << QStringLiteral("denied") << ErrorCode::WorkerNotThere << QStringLiteral("/etc/passwd");
    QTest::newRow("another version") << QStringLiteral("old") << ErrorCode::WorkerTooOld << QStringLiteral("protocol");
    QTest::newRow("no worker behind env") << QStringLiteral("env") << ErrorCode::WorkerNotThere << QStringLiteral("/no/such/worker");
}

void TestMachines::saysWhatIsWrong()
{
    QFETCH(QString, how);
    QFETCH(ErrorCode, code);
    QFETCH(QString, words);
    if (!m_noServer.isEmpty() && how != QLatin1String("env"))
        QSKIP(qPrintable(m_noServer));
    const QString missing = QStringLiteral("/no/such/worker");
    const QStringList dead{QStringLiteral("ssh"), QStringLiteral("-F"), QStringLiteral("none"), QStringLiteral("-p"), QStringLiteral("1"), QStringLiteral("127.0.0.1")};
    const QStringList nowhere{QStringLiteral("ssh"), QStringLiteral("-F"), QStringLiteral("none"), QStringLiteral("host.invalid")};
    const std::map<QString, Machine> machines{{QStringLiteral("stranger"), machine(m_server.prefixOfStranger())},
                                              {QStringLiteral("unknown"), machine(m_server.prefixToUnknownHost())},
                                              {QStringLiteral("changed"), machine(m_server.prefixToChangedHost())},
                                              {QStringLiteral("dead"), machine(dead)},
                                              {QStringLiteral("nowhere"), machine(nowhere)},
                                              {QStringLiteral("missing"), machine(m_server.prefix(), missing)},
                                              {QStringLiteral("denied"), machine(m_server.prefix(), QStringLiteral("/etc/passwd"))},
                                              {QStringLiteral("old"), machine(m_server.prefix(), workerThat(m_folder, QStringLiteral("old"), "hello=old"))},
                                              {QStringLiteral("env"), machine(kEnv, missing)}};
    const auto error = greet(machines.at(how));
    QVERIFY(error);
    qInfo("%s", error->sentence().c_str());
    QCOMPARE(definitionOf(error->code).id, definitionOf(code).id);
    QVERIFY2(error->sentence().find(words.toStdString()) != std::string::npos, error->sentence().c_str());
    QCOMPARE(definitionOf(code).exitCode, ExitCode::Unreachable);
}

void TestMachines::overlooksWhatALoginPrints()
{
    const QString worker = m_folder.filePath(QStringLiteral("chatty"));
    QFile file(worker);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("#!/bin/sh\necho 'Welcome to this machine!'\necho\nexec '" ASSAY_BINARY_DIR "/tests/fakeworker'\n");
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    file.close();
    QCOMPARE(sentenceOf(greet(machine(kEnv, worker))), std::string("(none)"));
}

void TestMachines::keepsSamplesOfALostConnection()
{
    if (!m_noServer.isEmpty())
        QSKIP(qPrintable(m_noServer));
    const Machine there = machine(m_server.prefix(), workerThat(m_folder, QStringLiteral("slow"), "measure=slow samples=100000"));
    RunLibrary library{QString()};
    BenchPlan plan;
    plan.loads = 1;
    BenchJob job({"gpu:/m", "m", "print"}, plan, [&] { return std::make_unique<WorkerBackend>(commandOf(there), "/m"); }, &library);
    job.start();
    QTRY_VERIFY_WITH_TIMEOUT(!library.benchRuns().empty() && library.benchRuns().front()->samples.size() >= 3, 60000);
    m_server.killSessions();
    QTRY_VERIFY_WITH_TIMEOUT(job.isOver(), 60000);
    QCOMPARE(job.state(), JobState::Failed);
    qInfo("%s", job.error()->sentence().c_str());
    QCOMPARE(definitionOf(job.error()->code).id, definitionOf(ErrorCode::MachineLost).id);
    QVERIFY(library.benchRuns().front()->samples.size() >= 3);
    QCOMPARE(library.benchRuns().front()->header.state, RunState::Failed);
}

QTEST_GUILESS_MAIN(TestMachines)
#include "tst_machines.moc"
