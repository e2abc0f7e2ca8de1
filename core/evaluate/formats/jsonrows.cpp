// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/formats/fieldtemplate.h"
#include "core/evaluate/formats/jsontext.h"
#include "core/evaluate/formats/rows.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

constexpr int kDeepestDocument = 16;
constexpr size_t kMostDocumentBytes = 64u << 20; // a document takes many times its bytes while it is read

json document(std::string_view text)
{
    if (text.size() > kMostDocumentBytes)
        throw Damage(ASSAY_TEXT("Reason", "it is one JSON document of more than 64 MiB; JSONL may be larger"));
    return parseDocument(text, kDeepestDocument);
}

json *onlyList(json &object)
{
    json *found = nullptr;
    for (json &value : object) {
        if (!value.is_array() || value.empty() || !value.front().is_object())
            continue;
        if (found)
            return nullptr;
        found = &value;
    }
    return found;
}

json *rowList(json &root, const std::string &path)
{
    json *list = &root;
    if (!path.empty())
        list = const_cast<json *>(fieldAt(root, path));
    else if (root.is_object())
        list = onlyList(root);
    return list && list->is_array() ? list : nullptr;
}

json take(json &object, const char *name)
{
    const auto it = object.find(name);
    return it == object.end() ? json() : std::move(*it);
}

/// The answers' texts, each once, in their order.
json answersOf(const json &question)
{
    json out = json::array();
    const auto impossible = question.find("is_impossible");
    if (impossible != question.end() && impossible->is_boolean() && impossible->get<bool>()) {
        out.push_back("");
        return out;
    }
    const auto answers = question.find("answers");
    if (answers == question.end() || !answers->is_array())
        return out;
    for (const json &answer : *answers) {
        const json *text = fieldAt(answer, "text");
        if (text && text->is_string() && std::find(out.begin(), out.end(), *text) == out.end())
            out.push_back(*text);
    }
    return out;
}

void squadQuestions(json &paragraph, const json &title, uint64_t paragraphNumber, uint64_t &number, RowSink &sink)
{
    const json context = take(paragraph, "context");
    const auto questions = paragraph.find("qas");
    if (questions == paragraph.end() || !questions->is_array())
        return sink.damaged(number, {ASSAY_TEXT("Reason", "a paragraph has no questions (\"qas\")")});
    for (json &question : *questions) {
        ++number;
        if (sink.full())
            return;
        if (!question.is_object() || !context.is_string()) {
            sink.damaged(number, {ASSAY_TEXT("Reason", "it is no question of a paragraph with \"context\"")});
            continue;
        }
        json row{{"context", context}, {"title", title.is_string() ? title : json("")}, {"paragraph", paragraphNumber}};
        row["answers"] = answersOf(question);
        row["id"] = take(question, "id");
        row["question"] = take(question, "question");
        sink.row(number, std::move(row));
    }
}

} // namespace

void jsonLineRows(std::string_view text, RowSink &sink)
{
    for (uint64_t number = 1; !text.empty() && !sink.full(); ++number) {
        const std::string_view line = takeLine(text);
        if (isBlank(line))
            continue;
        try {
            sink.row(number, parseRow(line));
        } catch (const Damage &damage) {
            sink.damaged(number, damage);
        }
    }
}

void jsonRows(std::string_view text, const std::string &path, RowSink &sink)
{
    json root = document(text);
    json *list = rowList(root, path);
    if (!list)
        throw Damage(ASSAY_TEXT("Reason", "there is no list of objects in it; a description's \"rows\" says where one is"));
    uint64_t number = 0;
    for (json &row : *list) {
        ++number;
        if (sink.full())
            return;
        if (row.is_object())
            sink.row(number, std::move(row));
        else
            sink.damaged(number, {ASSAY_TEXT("Reason", "it is not a JSON object")});
    }
}

void squadRows(std::string_view text, RowSink &sink)
{
    json root = document(text);
    json *articles = rowList(root, "data");
    if (!articles)
        throw Damage(ASSAY_TEXT("Reason", "there is no list \"data\" in it"));
    uint64_t number = 0, paragraphNumber = 0;
    for (json &article : *articles) {
        const json title = article.is_object() ? take(article, "title") : json();
        json *paragraphs = article.is_object() ? rowList(article, "paragraphs") : nullptr;
        if (!paragraphs) {
            sink.damaged(number, {ASSAY_TEXT("Reason", "an article has no \"paragraphs\"")});
            continue;
        }
        for (json &paragraph : *paragraphs) {
            if (paragraph.is_object())
                squadQuestions(paragraph, title, ++paragraphNumber, number, sink);
            else
                sink.damaged(number, {ASSAY_TEXT("Reason", "a paragraph is not a JSON object")});
        }
    }
}

} // namespace assay
