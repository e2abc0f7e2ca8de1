// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/generateoutput.h"

#include "app/assay/console.h"
#include "core/base/units.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

json tokenJson(const protocol::TokenScore &token)
{
    json top = json::array();
    for (const protocol::TokenProbability &one : token.top)
        top.push_back({{"id", one.id}, {"piece", one.piece}, {"logprob", one.logProbability}});
    return {{"id", token.id}, {"piece", token.piece}, {"logprob", token.logProbability}, {"rank", token.rank}, {"top", top}, {"tail", token.tail}};
}

json answerJson(const GenerateAnswer &answer)
{
    const protocol::GenerateResult &result = answer.result;
    json out{{"ids", result.ids},
             {"text", result.text},
             {"finish", result.finish},
             {"prompt_tokens", result.promptTokens},
             {"output_tokens", result.ids.size()},
             {"ttft_seconds", result.firstToken},
             {"seconds", result.lastToken}};
    if (answer.row.item.top) {
        out["tokens"] = json::array();
        for (const protocol::TokenScore &token : answer.tokens)
            out["tokens"].push_back(tokenJson(token));
    }
    return out;
}

/// "Paris" 87.5 %; without a tokenizer the id stands for it.
QString probable(int64_t id, const std::string &piece, double logProbability)
{
    const QString name = piece.empty() ? QString::number(id) : toQString(piece);
    return QStringLiteral("%1 %2").arg(name, toQString(formatPercent(std::exp(logProbability))));
}

void printTokens(const std::vector<protocol::TokenScore> &tokens)
{
    const auto say = [](const char *text) { return QCoreApplication::translate("Command", text); };
    QList<QStringList> rows{{say(QT_TRANSLATE_NOOP("Command", "token")), say(QT_TRANSLATE_NOOP("Command", "id")),
                             say(QT_TRANSLATE_NOOP("Command", "log-probability")), say(QT_TRANSLATE_NOOP("Command", "rank")),
                             say(QT_TRANSLATE_NOOP("Command", "likeliest"))}};
    for (const protocol::TokenScore &token : tokens) {
        QStringList top;
        for (const protocol::TokenProbability &one : token.top)
            top << probable(one.id, one.piece, one.logProbability);
        rows.append({toQString(token.piece), QString::number(token.id), QString::number(token.logProbability, 'f', 4),
                     QString::number(token.rank), top.join(QStringLiteral("  "))});
    }
    for (const QString &line : alignedTable(rows, {false, true, true, true}))
        print(line);
}

void noteTimes(const protocol::GenerateResult &result)
{
    note(filled(QCoreApplication::translate("Command", "%1 {1:token|tokens}, first after %2, all after %3, ended by %4"),
                {QString::number(result.ids.size()), toQString(formatSeconds(result.firstToken)),
                 toQString(formatSeconds(result.lastToken)), toQString(result.finish)}));
}

} // namespace

void printGenerateJson(const std::vector<GenerateAnswer> &answers, const Environment &environment)
{
    if (answers.size() == 1) {
        json only = answerJson(answers.front());
        only["environment"] = toJson(environment);
        return printJson(only);
    }
    json results = json::array();
    for (const GenerateAnswer &answer : answers) {
        json one = answerJson(answer);
        one["prompt"] = answer.row.prompt;
        one["sample"] = answer.row.sample;
        one["seed"] = answer.row.item.seed;
        results.push_back(std::move(one));
    }
    printJson({{"results", results}, {"environment", toJson(environment)}});
}

void printGenerateText(const std::vector<GenerateAnswer> &answers, bool hasText, bool streamed)
{
    for (const GenerateAnswer &answer : answers) {
        if (answers.size() > 1)
            print(QCoreApplication::translate("Command", "prompt %1, answer %2:").arg(answer.row.prompt).arg(answer.row.sample));
        if (!hasText) {
            QStringList ids;
            for (const int64_t id : answer.result.ids)
                ids << QString::number(id);
            print(ids.join(u','));
        } else {
            // As it is, with its own line breaks.
            std::fputs(streamed ? "" : answer.result.text.c_str(), stdout);
            std::fputs("\n", stdout);
        }
        if (answer.row.item.top)
            printTokens(answer.tokens);
        noteTimes(answer.result);
    }
}

} // namespace assay
