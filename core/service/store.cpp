// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/store.h"

#include "core/identify/verification.h"
#include "core/service/evaluationtables.h"
#include "core/service/processowner.h"
#include "core/service/recordbatch.h"
#include "core/service/sqlite.h"

#include <nlohmann/json.hpp>

namespace assay {
namespace {

using Json = nlohmann::json;

constexpr int kSchemaVersion = 3;
constexpr const char *kBench = "bench";
constexpr const char *kEvaluation = "evaluation";
constexpr const char *kFidelity = "fidelity";
constexpr const char *kVerification = "verification";
constexpr const char *kColumns = "columns"; // of a fidelity run, as encodeColumns() writes them
constexpr const char *kLoad = "load";
constexpr const char *kMeasure = "measure";
constexpr const char *kRemoved = "removed"; // an evaluation that may be brought back while the program runs that removed it

/// The statements that lead from version i to i + 1.
const std::vector<std::vector<const char *>> kMigrations{
    {
        "CREATE TABLE runs (id TEXT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, started TEXT NOT NULL, "
        "state TEXT NOT NULL, header TEXT NOT NULL, plan TEXT NOT NULL)",
        "CREATE TABLE samples (run TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, "
        "PRIMARY KEY (run, seq)) WITHOUT ROWID",
    },
    {
        "CREATE TABLE requests (seq INTEGER PRIMARY KEY, run TEXT NOT NULL, body BLOB NOT NULL)",
        "CREATE INDEX requests_of_run ON requests (run)",
        "ALTER TABLE runs ADD COLUMN owner TEXT NOT NULL DEFAULT ''",
    },
    {
        "CREATE TABLE answers (run TEXT NOT NULL, row INTEGER NOT NULL, body TEXT NOT NULL, judged TEXT, PRIMARY KEY (run, row)) WITHOUT ROWID",
        "CREATE TABLE packed (run TEXT NOT NULL, chunk INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (run, chunk))",
        "CREATE TABLE suites (fingerprint TEXT PRIMARY KEY, name TEXT NOT NULL, body BLOB NOT NULL)",
        "INSERT INTO answers (run, row, body) SELECT run, ROW_NUMBER() OVER (PARTITION BY run ORDER BY seq) - 1, body FROM samples WHERE kind = 'item'",
        "DELETE FROM samples WHERE kind = 'item'",
    },
};
static_assert(kSchemaVersion == 3, "a new version needs a row in kMigrations");

/// Model output may hold anything; what is no UTF-8 must not keep a result from being saved.
QString jsonText(const Json &json)
{
    return QString::fromStdString(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Json parsed(const QString &text)
{
    return Json::parse(text.toStdString(), nullptr, false);
}

QString text(const std::string &value)
{
    return QString::fromStdString(value);
}

} // namespace

struct Store::Private
{
    std::unique_ptr<Sqlite> database;
    std::vector<Error> skipped;

    Result<void> migrate();
    Result<void> purge();
    EvaluationTables tables() { return EvaluationTables(*database); }
    Result<void> begin(const char *kind, const RunHeader &header, const Json &plan);
    Result<void> append(const std::string &runId, const char *kind, const Json &body);
    Error noSuchRun(const std::string &runId) const
    {
        return {ErrorCode::Internal, {"the store has no run " + runId}, {}};
    }

    Result<void> readRequests(std::vector<BenchRun> &runs);

    /// Reads the runs of one kind, newest first. make(header, plan) gives a run; add(run, kind, body) adds a
    /// sample.
    template <class Run, class Make, class Add>
    Result<std::vector<Run>> read(const char *kind, Make make, Add add);
};

Store::Store() : d(std::make_unique<Private>()) {}
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const QString &file)
{
    Result<std::unique_ptr<Sqlite>> database = Sqlite::open(file);
    if (!database)
        return tl::unexpected<Error>(database.error());
    std::unique_ptr<Store> store(new Store);
    store->d->database = std::move(*database);
    if (const Result<void> migrated = store->d->migrate(); !migrated)
        return tl::unexpected<Error>(migrated.error());
    if (const Result<void> purged = store->d->purge(); !purged)
        return tl::unexpected<Error>(purged.error());
    return store;
}

/// What was removed by programs that have ended cannot be brought back any more.
Result<void> Store::Private::purge()
{
    std::vector<std::string> gone;
    const auto look = [&](const QStringList &row) {
        if (!isAlive(row[1].toStdString()))
            gone.push_back(row[0].toStdString());
    };
    Result<void> done = database->query("SELECT id, owner FROM runs WHERE kind = ?", {QLatin1String(kRemoved)}, look);
    for (size_t i = 0; done && i < gone.size(); ++i) {
        done = database->transaction([&]() -> Result<void> {
            if (const Result<void> removed = tables().remove(gone[i]); !removed)
                return removed;
            return database->execute("DELETE FROM runs WHERE id = ?", {text(gone[i])}).map([](int) {});
        });
    }
    return done;
}

Result<void> Store::Private::migrate()
{
    // Immediate: of two programs that start together, one makes the tables and the other finds them.
    return database->transaction([this]() -> Result<void> {
        const Result<int> version = database->number("PRAGMA user_version");
        if (!version)
            return tl::unexpected<Error>(version.error());
        if (*version > kSchemaVersion)
            return failure(ErrorCode::StoreDamaged, {database->file(), "a newer Assay wrote it"});
        for (int i = *version; i < kSchemaVersion; ++i) {
            for (const char *statement : kMigrations[size_t(i)]) {
                if (const Result<int> made = database->execute(statement); !made)
                    return tl::unexpected<Error>(made.error());
            }
        }
        if (*version == kSchemaVersion)
            return {};
        const std::string pragma = "PRAGMA user_version = " + std::to_string(kSchemaVersion);
        return database->execute(pragma.c_str()).map([](int) {});
    });
}

Result<void> Store::batch(const std::function<Result<void>()> &writes)
{
    return d->database->transaction(writes);
}

Result<void> Store::Private::begin(const char *kind, const RunHeader &header, const Json &plan)
{
    return database
        ->execute("INSERT OR REPLACE INTO runs (id, kind, subject, started, state, header, plan, owner) VALUES (?, "
                  "?, ?, ?, ?, ?, ?, ?)",
                  {text(header.id), QLatin1String(kind), text(header.subject.path), text(header.startedAt),
                   QLatin1String(runStateName(header.state)), jsonText(toJson(header)), jsonText(plan), text(thisProcess())})
        .map([](int) {});
}

Result<void> Store::begin(const BenchRun &run)
{
    return d->begin(kBench, run.header, toJson(run.plan));
}

Result<void> Store::begin(const EvaluationRun &run)
{
    if (const Result<void> removed = d->tables().remove(run.header.id); !removed)
        return removed;
    return d->begin(kEvaluation, run.header, toJson(run.protocol));
}

Result<void> Store::Private::append(const std::string &runId, const char *kind, const Json &body)
{
    const QString run = text(runId);
    const Result<int> rows =
        database->execute("INSERT INTO samples (run, seq, kind, body) SELECT id, (SELECT COALESCE(MAX(seq), "
                          "-1) + 1 FROM samples WHERE run = ?), ?, ? "
                          "FROM runs WHERE id = ?",
                          {run, QLatin1String(kind), jsonText(body), run});
    if (!rows)
        return tl::unexpected<Error>(rows.error());
    if (*rows == 0)
        return tl::unexpected<Error>(noSuchRun(runId));
    return {};
}

Result<void> Store::append(const std::string &runId, const LoadSample &sample)
{
    return d->append(runId, kLoad, toJson(sample));
}

Result<void> Store::append(const std::string &runId, const MeasureSample &sample)
{
    return d->append(runId, kMeasure, toJson(sample));
}

Result<void> Store::append(const std::string &runId, const ItemResult &item)
{
    const Result<int> rows = d->tables().append(runId, item);
    if (!rows)
        return tl::unexpected<Error>(rows.error());
    if (*rows == 0)
        return tl::unexpected<Error>(d->noSuchRun(runId));
    return {};
}

Result<void> Store::replace(const std::string &runId, uint32_t place, const ItemResult &item)
{
    return d->database->transaction([&]() -> Result<void> {
        const Result<int> rows = d->tables().replace(runId, place, item);
        if (!rows)
            return tl::unexpected<Error>(rows.error());
        if (*rows == 0)
            return tl::unexpected<Error>(d->noSuchRun(runId));
        return {};
    });
}

Result<void> Store::pack(const std::string &runId, const ItemRows &rows)
{
    return d->tables().savePacked(runId, rows);
}

Result<void> Store::rejudge(const EvaluationRun &run)
{
    return d->database->transaction([&]() -> Result<void> {
        if (const Result<void> updated = update(run.header.id, run.protocol); !updated)
            return updated;
        return d->tables().saveJudgements(run.header.id, run.items);
    });
}

Result<void> Store::restore(const std::string &runId)
{
    const Result<int> rows = d->database->execute("UPDATE runs SET kind = ? WHERE id = ? AND kind = ?",
                                                  {QLatin1String(kEvaluation), text(runId), QLatin1String(kRemoved)});
    if (!rows)
        return tl::unexpected<Error>(rows.error());
    if (*rows == 0)
        return tl::unexpected<Error>(d->noSuchRun(runId));
    return {};
}

Result<void> Store::save(const FidelityRun &run)
{
    const std::string columns = encodeColumns(run.columns);
    return d->database->transaction([&]() -> Result<void> {
        if (const Result<void> removed = remove(run.header.id); !removed)
            return removed;
        if (const Result<void> begun = d->begin(kFidelity, run.header, toJson(run)); !begun)
            return begun;
        return d->database
            ->execute("INSERT INTO samples (run, seq, kind, body) VALUES (?, 0, ?, ?)",
                      {text(run.header.id), QLatin1String(kColumns), QByteArray(columns.data(), qsizetype(columns.size()))})
            .map([](int) {});
    });
}

Result<std::vector<FidelityRun>> Store::fidelityRuns()
{
    std::vector<FidelityRun> runs;
    const auto add = [&](const QVariantList &row) {
        const QByteArray bytes = row[1].toByteArray();
        Result<FidelityRun> run = fidelityRunFromJson(parsed(row[0].toString()));
        Result<FidelityColumns> columns = decodeColumns({bytes.data(), size_t(bytes.size())});
        if (!run || !columns) {
            d->skipped.push_back(run ? columns.error() : run.error());
            return;
        }
        run->columns = std::move(*columns);
        runs.push_back(std::move(*run));
    };
    const Result<void> done = d->database->queryValues(
        "SELECT plan, body FROM runs JOIN samples ON samples.run = runs.id WHERE runs.kind = ? AND samples.kind = ? ORDER BY started DESC, runs.rowid DESC",
        {QLatin1String(kFidelity), QLatin1String(kColumns)}, add);
    if (!done)
        return tl::unexpected<Error>(done.error());
    return runs;
}

Result<void> Store::save(const Verification &verification)
{
    RunHeader header;
    header.id = verification.id;
    header.subject = {verification.path, verification.subject, {}};
    header.startedAt = verification.startedAt;
    header.finishedAt = verification.finishedAt;
    header.state = verification.interrupted ? RunState::Interrupted : RunState::Finished;
    return d->begin(kVerification, header, verificationToJson(verification));
}

Result<std::vector<Verification>> Store::verifications()
{
    std::vector<Verification> out;
    const auto add = [&](const QStringList &row) {
        if (Result<Verification> one = verificationFromJson(row[1].toStdString(), row[0].toStdString()))
            out.push_back(std::move(*one));
        else
            d->skipped.push_back(one.error());
    };
    const Result<void> done = d->database->query("SELECT id, plan FROM runs WHERE kind = ? ORDER BY started DESC, rowid DESC", {QLatin1String(kVerification)}, add);
    if (!done)
        return tl::unexpected<Error>(done.error());
    return out;
}

Result<void> Store::keepSuite(const Suite &suite)
{
    return d->tables().keepSuite(suite);
}

Result<void> Store::append(const std::string &runId, const std::vector<std::string> &records)
{
    const std::string body = joinRecords(records);
    const Result<int> rows = d->database->execute("INSERT INTO requests (run, body) SELECT id, ? FROM runs WHERE id = ?",
                                                  {QByteArray(body.data(), qsizetype(body.size())), text(runId)});
    if (!rows)
        return tl::unexpected<Error>(rows.error());
    if (*rows == 0)
        return tl::unexpected<Error>(d->noSuchRun(runId));
    return {};
}

Result<void> Store::update(const RunHeader &header)
{
    const Result<int> rows = d->database->execute(
        "UPDATE runs SET state = ?, header = ?, owner = ? WHERE id = ?",
        {QLatin1String(runStateName(header.state)), jsonText(toJson(header)), text(thisProcess()), text(header.id)});
    if (!rows)
        return tl::unexpected<Error>(rows.error());
    if (*rows == 0)
        return tl::unexpected<Error>(d->noSuchRun(header.id));
    return {};
}

Result<void> Store::update(const std::string &runId, const EvaluationProtocol &protocol)
{
    const Result<int> rows = d->database->execute("UPDATE runs SET plan = ? WHERE id = ?", {jsonText(toJson(protocol)), text(runId)});
    if (!rows)
        return tl::unexpected<Error>(rows.error());
    if (*rows == 0)
        return tl::unexpected<Error>(d->noSuchRun(runId));
    return {};
}

Result<void> Store::remove(const std::string &runId)
{
    const Result<int> marked = d->database->execute("UPDATE runs SET kind = ?, owner = ? WHERE id = ? AND kind = ?",
                                                    {QLatin1String(kRemoved), text(thisProcess()), text(runId), QLatin1String(kEvaluation)});
    if (!marked)
        return tl::unexpected<Error>(marked.error());
    if (*marked > 0)
        return {};
    return d->database->transaction([&]() -> Result<void> {
        for (const char *statement : {"DELETE FROM samples WHERE run = ?", "DELETE FROM requests WHERE run = ?", "DELETE FROM runs WHERE id = ?"}) {
            if (const Result<int> rows = d->database->execute(statement, {text(runId)}); !rows)
                return tl::unexpected<Error>(rows.error());
        }
        return {};
    });
}

template <class Run, class Make, class Add>
Result<std::vector<Run>> Store::Private::read(const char *kind, Make make, Add add)
{
    std::vector<Run> runs;
    std::map<QString, size_t> places;
    const auto readRun = [&](const QStringList &row) {
        const Result<RunHeader> header = runHeaderFromJson(parsed(row[1]));
        Result<Run> run =
            header ? make(*header, parsed(row[2])) : Result<Run>(tl::unexpected<Error>(header.error()));
        if (!run) {
            skipped.push_back(run.error());
            return;
        }
        if (run->header.state == RunState::Running && !isAlive(row[3].toStdString()))
            run->header.state = RunState::Interrupted;
        places[row[0]] = runs.size();
        runs.push_back(std::move(*run));
    };
    const auto readSample = [&](const QStringList &row) {
        const auto place = places.find(row[0]);
        if (place == places.end())
            return;
        if (const Result<void> added = add(runs[place->second], row[1], parsed(row[2])); !added)
            skipped.push_back(added.error());
    };
    Result<void> done =
        database->query("SELECT id, header, plan, owner FROM runs WHERE kind = ? ORDER BY started DESC, rowid DESC",
                        {QLatin1String(kind)}, readRun);
    if (done)
        done = database->query(
            "SELECT run, samples.kind, body FROM samples JOIN runs ON runs.id = run WHERE runs.kind = ? "
            "ORDER BY run, seq",
            {QLatin1String(kind)}, readSample);
    if (!done)
        return tl::unexpected<Error>(done.error());
    return runs;
}

Result<void> Store::Private::readRequests(std::vector<BenchRun> &runs)
{
    for (BenchRun &run : runs) {
        const auto add = [&](const QVariantList &row) {
            const QByteArray body = row[0].toByteArray();
            const auto append = [&](std::string_view record) { run.requests.appendEncoded(record); };
            if (const Result<void> split = splitRecords({body.data(), size_t(body.size())}, append); !split)
                skipped.push_back(split.error());
        };
        if (!run.plan.load)
            continue;
        const Result<void> done =
            database->queryValues("SELECT body FROM requests WHERE run = ? ORDER BY seq", {text(run.header.id)}, add);
        if (!done)
            return done;
    }
    return {};
}

Result<std::vector<BenchRun>> Store::benchRuns()
{
    const auto make = [](const RunHeader &header, const Json &plan) {
        return benchPlanFromJson(plan).map([&](const BenchPlan &value) {
            return BenchRun{header, value, {}, {}};
        });
    };
    const auto add = [](BenchRun &run, const QString &kind, const Json &body) -> Result<void> {
        if (kind == QLatin1String(kLoad))
            return loadSampleFromJson(body).map(
                [&](LoadSample sample) { run.loads.push_back(std::move(sample)); });
        return measureSampleFromJson(body).map(
            [&](MeasureSample sample) { run.samples.push_back(std::move(sample)); });
    };
    Result<std::vector<BenchRun>> runs = d->read<BenchRun>(kBench, make, add);
    if (runs) {
        if (const Result<void> read = d->readRequests(*runs); !read)
            return tl::unexpected<Error>(read.error());
    }
    return runs;
}

Result<std::vector<EvaluationRun>> Store::evaluationRuns()
{
    const auto make = [](const RunHeader &header, const Json &plan) {
        return evaluationProtocolFromJson(plan).map([&](const EvaluationProtocol &value) {
            return EvaluationRun{header, value, {}};
        });
    };
    const auto none = [](EvaluationRun &, const QString &, const Json &) -> Result<void> { return {}; }; // their rows have a table of their own
    Result<std::vector<EvaluationRun>> runs = d->read<EvaluationRun>(kEvaluation, make, none);
    if (!runs)
        return runs;
    for (EvaluationRun &run : *runs) {
        Result<EvaluationTables::Rows> rows = d->tables().rows(run.header.id);
        if (!rows)
            return tl::unexpected<Error>(rows.error());
        run.items = std::move(rows->rows);
        d->skipped.insert(d->skipped.end(), rows->skipped.begin(), rows->skipped.end());
        // Of an older store, or of a program that was killed. Where this cannot be written, the answers are read again next time.
        if (rows->unpacked > 0 && rows->skipped.empty() && run.header.state != RunState::Running)
            (void)d->tables().savePacked(run.header.id, run.items);
    }
    return runs;
}

const std::vector<Error> &Store::skipped() const
{
    return d->skipped;
}

} // namespace assay
