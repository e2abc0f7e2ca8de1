// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/bench/jsonfields.h"
#include "core/service/verify/questionnaire.h"

namespace assay {
namespace {

using nlohmann::json;

constexpr const char *kSchema = "assay-answers/1";

struct Row
{
    uint64_t place = 0;
    KeptAnswer answer;
};

Result<Row> rowFromJson(const json &value)
{
    Row row;
    JsonFields fields(value);
    fields.read("row", row.place);
    fields.read("text", row.answer.text);
    fields.read("finish", row.answer.finish);
    fields.read("ids", row.answer.ids);
    fields.read("prompt_tokens", row.answer.promptTokens);
    fields.read("first_token", row.answer.firstToken);
    fields.read("last_token", row.answer.lastToken);
    return fields.finish(std::move(row));
}

} // namespace

std::string keptAnswersText(const KeptAnswers &answers, const std::string &questionsHash)
{
    json rows = json::array();
    for (const auto &[place, answer] : answers)
        rows.push_back({{"row", place}, {"text", validUtf8(answer.text)}, {"finish", answer.finish}, {"ids", answer.ids},
                        {"prompt_tokens", answer.promptTokens}, {"first_token", answer.firstToken}, {"last_token", answer.lastToken}});
    return json{{"schema", kSchema}, {"questions_sha256", questionsHash}, {"answers", std::move(rows)}}.dump() + "\n";
}

Result<KeptAnswers> readKeptAnswers(std::string_view text, const std::string &name, const std::string &questionsHash, size_t rows)
{
    const json value = json::parse(text, nullptr, false);
    std::string schema, hash;
    std::vector<Row> read;
    JsonFields fields(value);
    fields.read("schema", schema);
    fields.read("questions_sha256", hash);
    fields.readList("answers", read, rowFromJson);
    const auto finished = fields.finish(true);
    if (!finished || schema != kSchema)
        return failure(ErrorCode::BundleDamaged, {name, finished ? "it holds no answers of a verification" : "the field " + finished.error().arguments.back() + " is missing or wrong"});
    if (hash != questionsHash)
        return failure(ErrorCode::BundleUnfit, {name, "its answers are to other questions"});
    KeptAnswers out;
    for (Row &row : read) {
        if (row.place >= rows)
            return failure(ErrorCode::BundleDamaged, {name, "it answers a question that was not asked"});
        out.insert_or_assign(size_t(row.place), std::move(row.answer));
    }
    return out;
}

} // namespace assay
