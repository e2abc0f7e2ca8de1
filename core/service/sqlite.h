// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QSqlDatabase>
#include <QStringList>
#include <QVariant>
#include <functional>
#include <map>
#include <memory>

class QSqlQuery;

namespace assay {

/// One SQLite file with its errors as values. Used from the thread that opened it.
class Sqlite
{
public:
    /// Makes the file and its folder when there is none; write-ahead log. A file that is damaged or no
    /// database gives StoreDamaged and is not changed.
    static Result<std::unique_ptr<Sqlite>> open(const QString &file);
    /// For reading alone: neither made, nor checked, nor changed. For a look while the one who opened it holds it.
    static Result<std::unique_ptr<Sqlite>> openToRead(const QString &file);
    ~Sqlite();

    std::string file() const { return m_file.toStdString(); }
    /// Runs one statement; gives the number of rows it changed.
    Result<int> execute(const char *statement, const QVariantList &values = {});
    Result<int> number(const char *statement); ///< first column of the first row; 0 without rows
    Result<void> query(const char *statement, const QVariantList &values,
                       const std::function<void(const QStringList &)> &row);
    Result<void> queryValues(const char *statement, const QVariantList &values,
                             const std::function<void(const QVariantList &)> &row);
    /// BEGIN IMMEDIATE, writes, COMMIT; ROLLBACK when one of them fails. Within another one it only calls
    /// writes.
    Result<void> transaction(const std::function<Result<void>()> &writes);

private:
    explicit Sqlite(QString file);
    Result<void> prepareFile();
    Result<QSqlQuery *> run(const char *statement, const QVariantList &values);
    Error explain(const class QSqlError &error) const;

    QString m_file, m_connection;
    QSqlDatabase m_database;
    std::map<std::string, std::unique_ptr<QSqlQuery>> m_prepared; ///< by their text
    bool m_inTransaction = false;
};

} // namespace assay
