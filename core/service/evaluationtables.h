// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/evaluation.h"
#include "core/service/sqlite.h"

namespace assay {

/// What the store keeps of evaluations beside the runs themselves: answers, one row each, as they came (body) with what was made of
/// them later (judged); packed, their columns in pieces of a thousand rows, made of the answers and quick to read; suites.
class EvaluationTables
{
public:
    explicit EvaluationTables(Sqlite &database) : m_database(database) {}

    /// Gives how many rows were added: none when there is no such run.
    Result<int> append(const std::string &runId, const ItemResult &item);
    /// The row in this place is this one now; the columns are made anew by the next savePacked(). Gives how many rows there were.
    Result<int> replace(const std::string &runId, uint32_t place, const ItemResult &item);
    /// The columns, so that the next look at the run reads no answers.
    Result<void> savePacked(const std::string &runId, const ItemRows &rows);
    /// What was made of the answers now; the answers stay as they are.
    Result<void> saveJudgements(const std::string &runId, const ItemRows &rows);
    Result<void> remove(const std::string &runId);

    struct Rows
    {
        ItemRows rows;          ///< their answers are read on demand
        size_t unpacked = 0;    ///< rows that are not among the packed ones yet
        std::vector<Error> skipped; ///< rows that cannot be read
    };
    Result<Rows> rows(const std::string &runId);

    Result<void> keepSuite(const Suite &suite); ///< once by its fingerprint
    /// Errors: SuiteMissing, SuiteDamaged and others of parseSuite().
    Result<Suite> suite(const EvaluationProtocol &asked);

private:
    Sqlite &m_database;
};

/// Answers of one run, read from the file whenever they are asked for.
std::shared_ptr<const AnswerSource> storedAnswers(const QString &file, const std::string &runId);
/// The suite of a run that a store keeps, read from any thread. An empty file name stands for no store.
Result<Suite> storedSuite(const QString &file, const EvaluationProtocol &asked);

} // namespace assay
