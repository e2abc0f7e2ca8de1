// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/sqlite.h"

#include <QDir>
#include <QFileInfo>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <atomic>

namespace assay {
namespace {

constexpr int kBusyLimit = 5000; // ms that another program may hold the file

// Result codes of SQLite (sqlite.org/rescode.html); the low byte of an extended code.
constexpr int kCorrupt = 11;
constexpr int kFull = 13;
constexpr int kNotADatabase = 26;

QString nextConnectionName()
{
    static std::atomic<int> counter{0};
    return QStringLiteral("assay-store-%1").arg(++counter);
}

} // namespace

Sqlite::Sqlite(QString file) : m_file(std::move(file)), m_connection(nextConnectionName())
{
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
}

Sqlite::~Sqlite()
{
    m_prepared.clear();
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_connection);
}

Result<std::unique_ptr<Sqlite>> Sqlite::open(const QString &file)
{
    const QString folder = QFileInfo(file).absolutePath();
    if (!QDir().mkpath(folder))
        return failure(ErrorCode::StoreUnwritable, {file.toStdString(), "the folder cannot be made"});
    std::unique_ptr<Sqlite> sqlite(new Sqlite(file));
    if (const Result<void> prepared = sqlite->prepareFile(); !prepared)
        return tl::unexpected<Error>(prepared.error());
    return sqlite;
}

Result<std::unique_ptr<Sqlite>> Sqlite::openToRead(const QString &file)
{
    std::unique_ptr<Sqlite> sqlite(new Sqlite(file));
    sqlite->m_database.setDatabaseName(file);
    sqlite->m_database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=%1").arg(kBusyLimit));
    if (!sqlite->m_database.open())
        return tl::unexpected<Error>(sqlite->explain(sqlite->m_database.lastError()));
    return sqlite;
}

Result<void> Sqlite::prepareFile()
{
    m_database.setDatabaseName(m_file);
    m_database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(kBusyLimit));
    if (!m_database.open())
        return tl::unexpected<Error>(explain(m_database.lastError()));
    // Checked before anything is set, since setting would write into a file that is perhaps not ours.
    std::string verdict;
    const Result<void> checked =
        query("PRAGMA quick_check(1)", {}, [&](const QStringList &row) { verdict = row[0].toStdString(); });
    if (!checked)
        return checked;
    if (verdict != "ok")
        return failure(ErrorCode::StoreDamaged, {file(), verdict});
    for (const char *pragma : {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"}) {
        if (const Result<int> set = execute(pragma); !set)
            return tl::unexpected<Error>(set.error());
    }
    return {};
}

Error Sqlite::explain(const QSqlError &error) const
{
    const int code = error.nativeErrorCode().toInt() & 0xff;
    const std::string text =
        (error.databaseText().isEmpty() ? error.text() : error.databaseText()).toStdString();
    if (code == kFull)
        return {ErrorCode::DiskFull, {file()}, {}};
    if (code == kCorrupt || code == kNotADatabase)
        return {ErrorCode::StoreDamaged, {file(), text}, {}};
    return {ErrorCode::StoreUnwritable, {file(), text}, {}};
}

Result<QSqlQuery *> Sqlite::run(const char *statement, const QVariantList &values)
{
    std::unique_ptr<QSqlQuery> &query = m_prepared[statement];
    if (!query) {
        auto prepared = std::make_unique<QSqlQuery>(m_database);
        prepared->setForwardOnly(true);
        if (!prepared->prepare(QString::fromLatin1(statement))) {
            m_prepared.erase(statement);
            return tl::unexpected<Error>(explain(prepared->lastError()));
        }
        query = std::move(prepared);
    }
    for (qsizetype i = 0; i < values.size(); ++i)
        query->bindValue(int(i), values[i]);
    if (!query->exec())
        return tl::unexpected<Error>(explain(query->lastError()));
    return query.get();
}

Result<int> Sqlite::execute(const char *statement, const QVariantList &values)
{
    return run(statement, values).map([](QSqlQuery *query) {
        const int rows = query->numRowsAffected();
        query->finish();
        return rows;
    });
}

Result<int> Sqlite::number(const char *statement)
{
    int value = 0;
    return query(statement, {}, [&](const QStringList &row) { value = row[0].toInt(); }).map([&] {
        return value;
    });
}

Result<void> Sqlite::query(const char *statement, const QVariantList &values,
                           const std::function<void(const QStringList &)> &row)
{
    return queryValues(statement, values, [&row](const QVariantList &found) {
        QStringList columns;
        for (const QVariant &value : found)
            columns.append(value.toString());
        row(columns);
    });
}

Result<void> Sqlite::queryValues(const char *statement, const QVariantList &values,
                                 const std::function<void(const QVariantList &)> &row)
{
    const Result<QSqlQuery *> result = run(statement, values);
    if (!result)
        return tl::unexpected<Error>(result.error());
    QSqlQuery &query = **result;
    const int count = query.record().count();
    while (query.next()) {
        QVariantList columns;
        for (int i = 0; i < count; ++i)
            columns.append(query.value(i));
        row(columns);
    }
    const QSqlError error = query.lastError();
    query.finish();
    if (error.isValid())
        return tl::unexpected<Error>(explain(error));
    return {};
}

Result<void> Sqlite::transaction(const std::function<Result<void>()> &writes)
{
    if (m_inTransaction)
        return writes();
    if (const Result<int> begun = execute("BEGIN IMMEDIATE"); !begun)
        return tl::unexpected<Error>(begun.error());
    m_inTransaction = true;
    Result<void> written = writes();
    m_inTransaction = false;
    if (written)
        written = execute("COMMIT").map([](int) {});
    if (!written)
        execute("ROLLBACK"); // SQLite may have rolled back itself; then this only says so
    return written;
}

} // namespace assay
