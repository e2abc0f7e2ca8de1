// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/sqlite.h"
#include "core/service/store.h"
#include "tests/service/runs.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <thread>
#include <unistd.h>

using namespace assay;

namespace {

QByteArray bytesOf(const QString &file)
{
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

void write(const QString &file, const QByteArray &bytes)
{
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly | QIODevice::Truncate));
    out.write(bytes);
}

/// A file system of a few pages, where the tests may make one.
class TinyDisk
{
public:
    TinyDisk()
    {
        m_mounted = ::geteuid() == 0 && QProcess::execute(QStringLiteral("mount"),
                                                          {QStringLiteral("-t"), QStringLiteral("tmpfs"),
                                                           QStringLiteral("-o"), QStringLiteral("size=256k"),
                                                           QStringLiteral("tmpfs"), m_dir.path()}) == 0;
    }
    ~TinyDisk()
    {
        if (m_mounted)
            QProcess::execute(QStringLiteral("umount"), {m_dir.path()});
    }
    bool mounted() const { return m_mounted; }
    QString path(const QString &name) const { return m_dir.filePath(name); }

private:
    QTemporaryDir m_dir;
    bool m_mounted = false;
};

} // namespace

class TestStore : public QObject
{
    Q_OBJECT
private slots:
    void roundTrip();
    void newestFirst();
    void runOfADeadProcessIsInterrupted();
    void olderStoresOpen();
    void recordsOfRequests();
    void damagedRecordsAreSkipped();
    void removal();
    void unknownRun();
    void batchIsAllOrNothing();
    void damagedFile_data();
    void damagedFile();
    void newerSchema();
    void damagedRowsAreLeftOut();
    void unwritableFolder();
    void fullDisk();
    void twoPrograms();

private:
    QTemporaryDir m_dir;
    QString path(const char *name) const { return m_dir.filePath(QLatin1String(name)); }
};

void TestStore::roundTrip()
{
    const QString file = path("deep/er/round.sqlite");
    BenchRun bench = benchRun("b1");
    EvaluationRun evaluation = evaluationRun("e1");
    {
        auto store = Store::open(file);
        QVERIFY(store);
        QVERIFY((*store)->begin(bench));
        QVERIFY((*store)->begin(evaluation));
        for (int i = 0; i < 12; ++i) // past nine: the order is by number, not by text
            QVERIFY((*store)->append("b1", measureSample(i)));
        QVERIFY((*store)->append("b1", loadSample()));
        QVERIFY((*store)->append("e1", itemResult("i1")));
        bench.header.state = RunState::Finished;
        bench.header.finishedAt = "2026-01-02T03:05:00Z";
        bench.header.environment.processor = "a processor";
        QVERIFY((*store)->update(bench.header));
    }
    auto store = Store::open(file);
    QVERIFY(store);
    const auto benches = (*store)->benchRuns();
    QVERIFY(benches && benches->size() == 1);
    const BenchRun &read = benches->front();
    QCOMPARE(read.header.state, RunState::Finished);
    QCOMPARE(read.header.finishedAt, bench.header.finishedAt);
    QVERIFY(read.header.subject == bench.header.subject);
    QVERIFY(read.header.environment == bench.header.environment);
    QVERIFY(read.plan == bench.plan);
    QCOMPARE(read.loads.size(), size_t(1));
    QCOMPARE(read.loads[0].weightBytes, uint64_t(123456789012));
    QVERIFY(!read.loads[0].pagesCached);
    QCOMPARE(read.samples.size(), size_t(12));
    for (size_t i = 0; i < read.samples.size(); ++i) {
        QCOMPARE(read.samples[i].index, int64_t(i));
        QCOMPARE(read.samples[i].gaps, measureSample(0).gaps);
        QVERIFY(read.samples[i].firstToken == 0.1);
        QVERIFY(read.samples[i].memory.tensorPeak == uint64_t(4096) && !read.samples[i].memory.processPeak);
    }
    const auto evaluations = (*store)->evaluationRuns();
    QVERIFY(evaluations && evaluations->size() == 1 && evaluations->front().items.size() == 1);
    QVERIFY(evaluations->front().protocol == evaluation.protocol);
    const ItemResult &item = evaluations->front().items.front();
    QCOMPARE(item.itemId, std::string("i1"));
    QCOMPARE(item.judged.outcome, Outcome::Truncated);
    QCOMPARE(item.given.choices.size(), size_t(2));
    QCOMPARE(item.given.choices[1].logLikelihood, -0.25);
    QCOMPARE(item.given.choices[0].tokens, int64_t(2));
    QVERIFY(item.given.choices[0].greedy && std::isnan(item.given.choices[0].unconditional));
    QVERIFY(item.given.output.find("\xe4\xb8\xad") != std::string::npos);
    QVERIFY((*store)->skipped().empty());
}

void TestStore::newestFirst()
{
    auto store = Store::open(path("order.sqlite"));
    QVERIFY(store);
    for (const char *id : {"2026-03-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"})
        QVERIFY((*store)->begin(benchRun(id, id)));
    const auto runs = (*store)->benchRuns();
    QVERIFY(runs && runs->size() == 3);
    QCOMPARE((*runs)[0].header.id.substr(0, 7), std::string("2026-03"));
    QCOMPARE((*runs)[1].header.id.substr(0, 7), std::string("2026-02"));
    QCOMPARE((*runs)[2].header.id.substr(0, 7), std::string("2026-01"));
}

void TestStore::runOfADeadProcessIsInterrupted()
{
    const QString file = path("interrupted.sqlite");
    {
        auto store = Store::open(file);
        QVERIFY((*store)->begin(benchRun("b1")));
        QVERIFY((*store)->append("b1", measureSample(0)));
    }
    // Ours goes on: a second window beside the one that measures must not think it dead.
    auto store = Store::open(file);
    auto runs = (*store)->benchRuns();
    QVERIFY(runs && runs->size() == 1);
    QCOMPARE(runs->front().header.state, RunState::Running);
    {
        // A process of this number lives (it is ours), but it is another one: it began at another time.
        auto database = Sqlite::open(file);
        const QString other = QStringLiteral("%1:1:other").arg(QCoreApplication::applicationPid());
        QVERIFY((*database)->execute("UPDATE runs SET owner = ?", {other}));
    }
    runs = (*store)->benchRuns();
    QVERIFY(runs && runs->size() == 1);
    QCOMPARE(runs->front().header.state, RunState::Interrupted);
    QCOMPARE(runs->front().samples.size(), size_t(1));
}

// tests/data/store/version1.sqlite: two runs of the sample model distilled, written by Assay of schema 1; paths and names of the
// machine were replaced, and the second run's state is that of a program that was killed.
void TestStore::olderStoresOpen()
{
    const QString file = path("older.sqlite");
    QVERIFY(QFile::copy(QStringLiteral(ASSAY_TEST_DATA "/store/version1.sqlite"), file));
    QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner));
    {
        auto store = Store::open(file);
        QVERIFY(store);
        const auto runs = (*store)->benchRuns();
        QVERIFY(runs && runs->size() == 2);
        QCOMPARE(runs->at(1).header.id, std::string("run-1"));
        QCOMPARE(runs->at(1).header.state, RunState::Finished);
        QCOMPARE(runs->at(0).header.state, RunState::Interrupted);
        for (const BenchRun &run : *runs) {
            QCOMPARE(run.loads.size(), size_t(3));
            QCOMPARE(run.samples.size(), size_t(3));
            QCOMPARE(run.samples[1].gaps.size(), size_t(3));
            QCOMPARE(run.plan.promptTokens, std::vector<int64_t>{8});
            QVERIFY(run.requests.empty());
        }
        BenchRun load = benchRun("new");
        load.plan.load.emplace();
        QVERIFY((*store)->begin(load));
        QVERIFY((*store)->append("new", std::vector<std::string>{encodeRecord(RequestRecord())}));
    }
    auto store = Store::open(file); // is of today's version now
    const auto runs = (*store)->benchRuns();
    QVERIFY(runs && runs->size() == 3);
    QCOMPARE(runs->front().requests.size() + runs->back().requests.size() + runs->at(1).requests.size(), size_t(1));
}

void TestStore::recordsOfRequests()
{
    const QString file = path("records.sqlite");
    auto store = Store::open(file);
    BenchRun run = benchRun("load");
    run.plan.load.emplace().concurrencies = {3};
    QVERIFY((*store)->begin(run));
    std::vector<RequestRecord> written;
    for (int batch = 0; batch < 3; ++batch) {
        std::vector<std::string> records;
        for (int i = 0; i < 200; ++i) {
            RequestRecord record;
            record.index = int64_t(written.size());
            record.sent = 1000 * record.index;
            record.text = std::string(size_t(i), 'x') + std::string(1, '\0'); // lengths of one byte and two, any bytes
            record.chunks = {{record.sent + 5, 1, Channel::Reasoning, uint32_t(i + 1), 0}};
            records.push_back(encodeRecord(record));
            written.push_back(std::move(record));
        }
        QVERIFY((*store)->append("load", records));
    }
    QVERIFY(!(*store)->append("nobody", std::vector<std::string>{"x"}));
    const auto runs = (*store)->benchRuns();
    QVERIFY(runs && runs->size() == 1);
    QVERIFY(runs->front().plan == run.plan);
    QCOMPARE(runs->front().requests.size(), written.size());
    for (size_t i = 0; i < written.size(); ++i)
        QVERIFY(runs->front().requests.at(i) == written[i]);
    QVERIFY((*store)->remove("load"));
    auto database = Sqlite::open(file);
    QCOMPARE(*(*database)->number("SELECT COUNT(*) FROM requests"), 0);
}

void TestStore::damagedRecordsAreSkipped()
{
    const QString file = path("damagedrecords.sqlite");
    auto store = Store::open(file);
    BenchRun run = benchRun("load");
    run.plan.load.emplace();
    QVERIFY((*store)->begin(run));
    const std::string record = encodeRecord(RequestRecord());
    for (int i = 0; i < 3; ++i)
        QVERIFY((*store)->append("load", std::vector<std::string>{record}));
    {
        auto database = Sqlite::open(file);
        // A length that leads far beyond the end, and one that never ends.
        QVERIFY((*database)->execute("UPDATE requests SET body = ? WHERE seq = 1", {QByteArray("\xff\xff\xff\xff\x0f")}));
        QVERIFY((*database)->execute("UPDATE requests SET body = ? WHERE seq = 2", {QByteArray(30, char(0x80))}));
    }
    const auto runs = (*store)->benchRuns();
    QVERIFY(runs && runs->size() == 1);
    QCOMPARE(runs->front().requests.size(), size_t(1));
    QCOMPARE((*store)->skipped().size(), size_t(2));
}

void TestStore::removal()
{
    auto store = Store::open(path("removal.sqlite"));
    QVERIFY((*store)->begin(benchRun("b1")));
    QVERIFY((*store)->append("b1", measureSample(0)));
    QVERIFY((*store)->begin(benchRun("b2")));
    QVERIFY((*store)->remove("b1"));
    QVERIFY((*store)->remove("never there"));
    // The same id again: nothing of the old samples may come back.
    QVERIFY((*store)->begin(benchRun("b1")));
    const auto runs = (*store)->benchRuns();
    QCOMPARE(runs->size(), size_t(2));
    for (const BenchRun &run : *runs)
        QVERIFY(run.samples.empty());
}

void TestStore::unknownRun()
{
    auto store = Store::open(path("unknown.sqlite"));
    QVERIFY(!(*store)->append("nothing", measureSample(0)));
    QVERIFY(!(*store)->update(benchRun("nothing").header));
}

void TestStore::batchIsAllOrNothing()
{
    auto store = Store::open(path("batch.sqlite"));
    const auto failed = (*store)->batch([&]() -> Result<void> {
        if (const auto begun = (*store)->begin(benchRun("b1")); !begun)
            return begun;
        return failure(ErrorCode::DiskFull, {"test"});
    });
    QVERIFY(!failed);
    QCOMPARE((*store)->benchRuns()->size(), size_t(0));
    QVERIFY((*store)->batch([&] { return (*store)->begin(benchRun("b1")); }));
    QCOMPARE((*store)->benchRuns()->size(), size_t(1));
}

void TestStore::damagedFile_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no database") << QByteArray("these are not the runs you are looking for\n").repeated(100);
    const QString file = path("whole.sqlite");
    {
        auto store = Store::open(file);
        QVERIFY((*store)->begin(benchRun("b1")));
        for (int i = 0; i < 300; ++i)
            QVERIFY((*store)->append("b1", measureSample(i)));
    }
    const QByteArray whole = bytesOf(file);
    QVERIFY(whole.size() > 8 * 4096);
    QTest::newRow("cut off") << whole.left(whole.size() / 2);
    QByteArray holed = whole;
    holed.replace(4096, 4 * 4096, QByteArray(4 * 4096, '\x5a'));
    QTest::newRow("overwritten") << holed;
}

void TestStore::damagedFile()
{
    QFETCH(QByteArray, bytes);
    const QString file = path("damaged.sqlite");
    write(file, bytes);
    const auto store = Store::open(file);
    QVERIFY(!store);
    QCOMPARE(store.error().code, ErrorCode::StoreDamaged);
    QVERIFY(store.error().sentence().find("damaged.sqlite") != std::string::npos);
    QVERIFY2(bytesOf(file) == bytes, "a damaged file is evidence: it is left as it is");
}

void TestStore::newerSchema()
{
    const QString file = path("newer.sqlite");
    {
        auto database = Sqlite::open(file);
        QVERIFY(database && (*database)->execute("PRAGMA user_version = 99"));
    }
    const auto store = Store::open(file);
    QVERIFY(!store);
    QCOMPARE(store.error().code, ErrorCode::StoreDamaged);
}

void TestStore::damagedRowsAreLeftOut()
{
    const QString file = path("rows.sqlite");
    auto store = Store::open(file);
    for (const char *id : {"good", "bad header", "bad sample"}) {
        QVERIFY((*store)->begin(benchRun(id)));
        QVERIFY((*store)->append(id, measureSample(0)));
        QVERIFY((*store)->append(id, measureSample(1)));
    }
    {
        auto database = Sqlite::open(file);
        QVERIFY((*database)->execute("UPDATE runs SET header = '{\"id\": 3' WHERE id = 'bad header'"));
        QVERIFY((*database)->execute("UPDATE samples SET body = '[]' WHERE run = 'bad sample' AND seq = 0"));
    }
    const auto runs = (*store)->benchRuns();
    QVERIFY(runs);
    QCOMPARE(runs->size(), size_t(2));
    size_t samples = 0;
    for (const BenchRun &run : *runs)
        samples += run.samples.size();
    QCOMPARE(samples, size_t(3));
    QCOMPARE((*store)->skipped().size(), size_t(2));
}

void TestStore::unwritableFolder()
{
    // A file where the folder should be stops root, too.
    write(path("file"), "x");
    const auto store = Store::open(path("file/runs.sqlite"));
    QVERIFY(!store);
    QCOMPARE(store.error().code, ErrorCode::StoreUnwritable);
}

void TestStore::fullDisk()
{
    const TinyDisk disk;
    if (!disk.mounted())
        QSKIP("a full disk can only be made where file systems may be mounted");
    auto store = Store::open(disk.path(QStringLiteral("runs.sqlite")));
    QVERIFY(store);
    QVERIFY((*store)->begin(benchRun("b1")));
    size_t written = 0;
    Result<void> last;
    while ((last = (*store)->append("b1", measureSample(int64_t(written)))) && written < 100000)
        ++written;
    QVERIFY(!last);
    QCOMPARE(last.error().code, ErrorCode::DiskFull);
    QVERIFY(written > 10);
    const auto runs = (*store)->benchRuns();
    QVERIFY(runs && runs->size() == 1);
    QCOMPARE(runs->front().samples.size(), written);
}

void TestStore::twoPrograms()
{
    const QString file = path("two.sqlite");
    constexpr int kWrites = 100;
    const auto program = [&](const std::string &id, int *good) {
        auto store = Store::open(file);
        if (!store || !(*store)->begin(benchRun(id)))
            return;
        for (int i = 0; i < kWrites; ++i)
            *good += (*store)->append(id, measureSample(i)) ? 1 : 0;
    };
    int first = 0, second = 0;
    std::thread one(program, "one", &first), two(program, "two", &second);
    one.join();
    two.join();
    QCOMPARE(first, kWrites);
    QCOMPARE(second, kWrites);
    auto store = Store::open(file);
    const auto runs = (*store)->benchRuns();
    QVERIFY(runs && runs->size() == 2);
    QCOMPARE(runs->at(0).samples.size(), size_t(kWrites));
    QCOMPARE(runs->at(1).samples.size(), size_t(kWrites));
}

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
