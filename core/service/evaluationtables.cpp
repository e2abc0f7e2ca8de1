// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/evaluationtables.h"

#include "core/service/resources.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <mutex>

namespace assay {
namespace {

using Json = nlohmann::json;

QString text(const std::string &value)
{
    return QString::fromStdString(value);
}

/// Model output may hold anything; what is no UTF-8 must not keep a result from being saved.
QString jsonText(const Json &json)
{
    return QString::fromStdString(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

QByteArray blob(const std::string &bytes)
{
    return {bytes.data(), qsizetype(bytes.size())};
}

Result<ItemResult> itemOf(const QVariant &value)
{
    const QByteArray bytes = value.toString().toUtf8();
    return itemResultFromJson(Json::parse(bytes.begin(), bytes.end(), nullptr, false));
}

/// A row of the table: what came back, judged as it was last.
Result<ItemResult> itemOf(const QVariant &body, const QVariant &judged)
{
    Result<ItemResult> item = itemOf(body);
    if (!item || judged.isNull())
        return item;
    Result<ItemResult> anew = itemOf(judged);
    if (!anew)
        return anew;
    item->judged = std::move(anew->judged);
    item->expected = std::move(anew->expected);
    return item;
}

/// Reads some rows ahead where one after the other is asked for, and one alone where a person looks at it.
class StoredAnswers : public AnswerSource
{
public:
    StoredAnswers(QString file, std::string runId) : m_file(std::move(file)), m_run(std::move(runId)) {}

    Result<ItemResult> row(uint32_t place) const override
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_ahead.find(place); found != m_ahead.end())
            return found->second;
        m_count = place == m_next ? std::min(m_count * 2, kMostAhead) : 1;
        if (const Result<void> read = readFrom(place); !read)
            return tl::unexpected<Error>(read.error());
        const auto found = m_ahead.find(place);
        if (found == m_ahead.end())
            return failure(ErrorCode::StoreDamaged, {m_file.toStdString(), "answer " + std::to_string(place) + " of the run " + m_run + " is not there"});
        return found->second;
    }

private:
    static constexpr uint32_t kMostAhead = 256;
    static constexpr qsizetype kMostChars = 4 << 20; ///< of what is read ahead, beyond one row

    Result<void> readFrom(uint32_t place) const
    {
        m_ahead.clear();
        const Result<std::unique_ptr<Sqlite>> database = Sqlite::openToRead(m_file);
        if (!database)
            return tl::unexpected<Error>(database.error());
        qsizetype chars = 0;
        const auto take = [&](const QVariantList &row) {
            chars += row[1].toString().size();
            m_ahead.emplace(row[0].toUInt(), itemOf(row[1], row[2]));
        };
        const Result<void> read = (*database)->queryValues("SELECT row, body, judged FROM answers WHERE run = ? AND row >= ? AND row < ?",
                                                           {text(m_run), place, place + m_count}, take);
        m_next = place + m_count;
        if (chars > kMostChars)
            m_count = 1;
        return read;
    }

    const QString m_file;
    const std::string m_run;
    mutable std::mutex m_mutex;
    mutable std::map<uint32_t, Result<ItemResult>> m_ahead;
    mutable uint32_t m_next = 0, m_count = 1;
};

tl::unexpected<Error> notKept(const EvaluationProtocol &asked)
{
    return failure(ErrorCode::SuiteMissing, {asked.suite, suiteNames().join(QStringLiteral(", ")).toStdString()});
}

} // namespace

std::shared_ptr<const AnswerSource> storedAnswers(const QString &file, const std::string &runId)
{
    return std::make_shared<StoredAnswers>(file, runId);
}

Result<Suite> storedSuite(const QString &file, const EvaluationProtocol &asked)
{
    if (file.isEmpty())
        return notKept(asked);
    const Result<std::unique_ptr<Sqlite>> database = Sqlite::openToRead(file);
    if (!database)
        return tl::unexpected<Error>(database.error());
    return EvaluationTables(**database).suite(asked);
}

Result<int> EvaluationTables::append(const std::string &runId, const ItemResult &item)
{
    const QString run = text(runId);
    return m_database.execute("INSERT INTO answers (run, row, body) SELECT id, (SELECT COALESCE(MAX(row), -1) + 1 FROM answers WHERE run = ?), ? "
                              "FROM runs WHERE id = ?",
                              {run, jsonText(toJson(item)), run});
}

Result<int> EvaluationTables::replace(const std::string &runId, uint32_t place, const ItemResult &item)
{
    // Columns that are kept would hide the new answer from the next look.
    if (const Result<int> gone = m_database.execute("DELETE FROM packed WHERE run = ?", {text(runId)}); !gone)
        return gone;
    return m_database.execute("UPDATE answers SET body = ?, judged = NULL WHERE run = ? AND row = ?", {jsonText(toJson(item)), text(runId), place});
}

Result<void> EvaluationTables::savePacked(const std::string &runId, const ItemRows &rows)
{
    return m_database.transaction([&]() -> Result<void> {
        if (const Result<int> gone = m_database.execute("DELETE FROM packed WHERE run = ?", {text(runId)}); !gone)
            return tl::unexpected<Error>(gone.error());
        int number = 0;
        for (const auto &chunk : rows.chunks()) {
            const Result<int> added = m_database.execute("INSERT INTO packed (run, chunk, body) SELECT id, ?, ? FROM runs WHERE id = ?",
                                                         {number++, blob(encodeRows(*chunk)), text(runId)});
            if (!added)
                return tl::unexpected<Error>(added.error());
        }
        return {};
    });
}

Result<void> EvaluationTables::saveJudgements(const std::string &runId, const ItemRows &rows)
{
    return m_database.transaction([&]() -> Result<void> {
        for (size_t i = 0; i < rows.chunks().size(); ++i) {
            const RowChunk &chunk = *rows.chunks()[i];
            for (size_t row = 0; row < chunk.size(); ++row) {
                ItemResult judged = chunk.light(row);
                judged.given = {};
                const bool longTexts = (chunk.flags[row] & RowChunk::LongTexts) != 0;
                if (longTexts && chunk.texts[row]) {
                    judged.expected = chunk.texts[row]->expected;
                    judged.judged.extracted = chunk.texts[row]->extracted;
                }
                // Long texts that are nowhere but in the store: those of the first judgement, which stands with the answer.
                const QVariant body = longTexts && !chunk.texts[row] ? QVariant(QMetaType(QMetaType::QString)) : QVariant(jsonText(toJson(judged)));
                const Result<int> set = m_database.execute("UPDATE answers SET judged = ? WHERE run = ? AND row = ?", {body, text(runId), chunk.place[row]});
                if (!set)
                    return tl::unexpected<Error>(set.error());
            }
        }
        return savePacked(runId, rows);
    });
}

Result<void> EvaluationTables::remove(const std::string &runId)
{
    for (const char *statement : {"DELETE FROM answers WHERE run = ?", "DELETE FROM packed WHERE run = ?"}) {
        if (const Result<int> gone = m_database.execute(statement, {text(runId)}); !gone)
            return tl::unexpected<Error>(gone.error());
    }
    return {};
}

Result<EvaluationTables::Rows> EvaluationTables::rows(const std::string &runId)
{
    Rows out;
    const auto source = storedAnswers(text(m_database.file()), runId);
    out.rows.setSource(source);
    int64_t last = -1;
    bool sound = true;
    const auto takeChunk = [&](const QVariantList &row) {
        const QByteArray bytes = row[0].toByteArray();
        Result<std::shared_ptr<RowChunk>> chunk = decodeRows({bytes.data(), size_t(bytes.size())});
        // Columns are made of the answers: from a damaged piece on the answers themselves are read.
        sound = sound && chunk && int64_t((*chunk)->place.front()) > last;
        if (!sound)
            return;
        last = (*chunk)->place.back();
        out.rows.appendChunk(std::move(*chunk));
    };
    const auto takeAnswer = [&](const QVariantList &row) {
        const Result<ItemResult> item = itemOf(row[1], row[2]);
        if (!item) {
            out.skipped.push_back(item.error());
            return;
        }
        out.rows.append(*item, row[0].toUInt());
        ++out.unpacked;
        if (out.rows.chunks().back()->size() == RowChunk::kRows)
            out.rows.releaseTexts(out.rows.chunks().size() - 1, source);
    };
    Result<void> done = m_database.queryValues("SELECT body FROM packed WHERE run = ? ORDER BY chunk", {text(runId)}, takeChunk);
    if (done)
        done = m_database.queryValues("SELECT row, body, judged FROM answers WHERE run = ? AND row > ? ORDER BY row", {text(runId), qint64(last)}, takeAnswer);
    if (!done)
        return tl::unexpected<Error>(done.error());
    if (out.unpacked > 0)
        out.rows.releaseTexts(out.rows.chunks().size() - 1, source);
    return out;
}

Result<void> EvaluationTables::keepSuite(const Suite &suite)
{
    const QByteArray packed = qCompress(QByteArray::fromStdString(suiteLines(suite)));
    return m_database.execute("INSERT OR IGNORE INTO suites (fingerprint, name, body) VALUES (?, ?, ?)", {text(suite.fingerprint), text(suite.name), packed})
        .map([](int) {});
}

Result<Suite> EvaluationTables::suite(const EvaluationProtocol &asked)
{
    QString name;
    std::optional<QByteArray> body;
    const auto take = [&](const QVariantList &row) {
        name = row[0].toString();
        body = qUncompress(row[1].toByteArray());
    };
    const Result<void> read = m_database.queryValues("SELECT name, body FROM suites WHERE fingerprint = ?", {text(asked.suiteFingerprint)}, take);
    if (!read)
        return tl::unexpected<Error>(read.error());
    if (!body)
        return notKept(asked);
    // Of a suite that was made of another one the fingerprint is not that of its lines.
    return parseSuite({body->data(), size_t(body->size())}, name.toStdString()).map([&](Suite suite) {
        suite.fingerprint = asked.suiteFingerprint;
        return suite;
    });
}

} // namespace assay
