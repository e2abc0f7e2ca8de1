// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/formats/description.h"

#include "core/evaluate/formats/ownfields.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

constexpr std::array kForms{"jsonl", "json", "csv", "tsv", "squad", "text", "images"}; // in the order of RowForm
constexpr std::array kGolds{"text", "letter", "index", "index1", "first"};             // in the order of GoldIs
/// A field that is not known would do nothing, unseen.
constexpr std::array kKnown{"assay_suite", "like", "name", "title", "origin", "licence", "form", "files", "header", "columns", "quoted", "rows",
                            "piece_bytes", "asking", "id", "task", "cluster", "preamble", "prompt", "question", "answer", "answers", "answer_is",
                            "options", "shuffle", "letters", "choice_prefix", "axes", "labels", "code", "few_shot", "scorer", "also", "extract",
                            "max_tokens", "stop", "note"};

template <size_t N>
size_t nameIn(const std::array<const char *, N> &names, const json &object, const char *field, const char *fallback)
{
    const std::string name = fieldText(object, field, fallback);
    const auto it = std::ranges::find(names, name);
    if (it == names.end()) {
        std::string known;
        for (const char *one : names)
            known += (known.empty() ? "" : ", ") + std::string(one);
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is none of: %2"), {field, known});
    }
    return size_t(it - names.begin());
}

FieldTemplate templateOf(const json &object, const char *name, const char *fallback = "")
{
    return FieldTemplate(fieldText(object, name, fallback));
}

/// One template, a list of them, or {"field": name}.
TextList textListOf(const json &object, const char *name)
{
    TextList out;
    const auto it = object.find(name);
    if (it != object.end() && it->is_object()) {
        out.field = fieldText(*it, "field");
        if (out.field.empty())
            throw Damage(ASSAY_TEXT("Reason", "\"%1\" is an object without \"field\""), {name});
        return out;
    }
    for (const std::string &text : fieldTexts(object, name))
        out.templates.emplace_back(text);
    return out;
}

/// Name -> template, or -> {"value": template, "label": words}.
std::map<std::string, FieldTemplate> templatesOf(const json &object, const char *name, std::map<std::string, std::string> *labels)
{
    std::map<std::string, FieldTemplate> out;
    const auto it = object.find(name);
    if (it == object.end())
        return out;
    if (!it->is_object())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is not an object"), {name});
    for (const auto &[key, value] : it->items()) {
        const bool labelled = value.is_object();
        out.emplace(key, FieldTemplate(labelled ? fieldText(value, "value") : fieldText(*it, key.c_str())));
        if (labels)
            (*labels)[key] = labelled ? fieldText(value, "label", key) : key;
    }
    return out;
}

FewShot fewShotOf(const json &object)
{
    FewShot out;
    const auto it = object.find("few_shot");
    if (it == object.end())
        return out;
    if (!it->is_object())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is not an object"), {"few_shot"});
    out.files = fieldTexts(*it, "files");
    out.count = fieldWhole(*it, "count", 5, 0, 100);
    out.drawn = it->contains("seed");
    out.seed = uint64_t(fieldWhole(*it, "seed", 0, 0, INT64_MAX));
    out.by = templateOf(*it, "by");
    out.example = templateOf(*it, "example", "{prompt}{answer}\n\n");
    return out;
}

void readCode(const json &object, SuiteDescription &out)
{
    const auto it = object.find("code");
    if (it == object.end())
        return;
    if (!it->is_object())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is not an object"), {"code"});
    out.code[0] = templateOf(*it, "preamble");
    out.code[1] = templateOf(*it, "entry_point");
    out.code[2] = templateOf(*it, "test");
}

void readHead(const json &object, const std::string &fallbackName, Suite &head)
{
    head.name = fieldText(object, "name", fallbackName);
    head.title = fieldText(object, "title", head.name);
    head.origin = fieldText(object, "origin");
    head.licence = fieldText(object, "licence");
    head.maxTokens = fieldTokens(object, head.maxTokens);
    if (object.contains("stop"))
        head.stop = fieldTexts(object, "stop");
    readScorer(object, head);
    if (head.scorer.name == "top1" && !object.contains("title"))
        head.title += " (top-1)"; // a folder's name does not say what was counted
    head.promptTemplate = fieldText(object, "preamble") + fieldText(object, "prompt");
}

void readLayout(const json &object, SuiteDescription &out)
{
    out.form = RowForm(nameIn(kForms, object, "form", "jsonl"));
    out.files = fieldTexts(object, "files");
    out.table.columns = fieldTexts(object, "columns");
    out.table.header = fieldFlag(object, "header", true);
    out.table.quoted = fieldFlag(object, "quoted", out.form == RowForm::Csv);
    out.table.separator = out.form == RowForm::Tsv ? '\t' : ',';
    out.rows = fieldText(object, "rows");
    out.pieceBytes = uint64_t(fieldWhole(object, "piece_bytes", 32'768, 0, 1 << 30));
}

void demandFields(const SuiteDescription &out)
{
    const bool worded = out.asking == Asking::Generate || out.asking == Asking::Choice;
    if (worded && out.prompt.empty())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is missing"), {"prompt"});
    if (out.asking == Asking::Choice && out.options.empty())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is missing"), {"options"});
    if (worded && out.answer.empty() && out.answers.empty() && !out.code[2] && out.gold != GoldIs::First)
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is missing"), {"answer"});
    if (out.gold != GoldIs::Text && out.options.empty())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is missing"), {"options"});
}

} // namespace

std::vector<std::string> TextList::fill(const json &fields) const
{
    std::vector<std::string> out;
    if (field.empty()) {
        for (const FieldTemplate &one : templates)
            out.push_back(one.fill(fields));
        return out;
    }
    const json *list = fieldAt(fields, field);
    if (!list || !list->is_array())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is not a list"), {field});
    for (const json &one : *list)
        out.push_back(plainText(one, field));
    return out;
}

SuiteDescription descriptionFrom(const json &object, const std::string &fallbackName)
{
    for (const auto &[name, value] : object.items()) {
        if (std::ranges::find(kKnown, name) == kKnown.end())
            throw Damage(ASSAY_TEXT("Reason", "the field \"%1\" is not known"), {name});
    }
    SuiteDescription out;
    readHead(object, fallbackName, out.head);
    readLayout(object, out);
    out.asking = askingNamed(fieldText(object, "asking", out.form == RowForm::Text ? "text" : out.form == RowForm::Images ? "image" : "generate"));
    out.id = templateOf(object, "id");
    out.task = templateOf(object, "task");
    out.cluster = templateOf(object, "cluster");
    out.preamble = templateOf(object, "preamble");
    out.prompt = templateOf(object, "prompt", out.form == RowForm::Text ? "{text}" : "");
    out.question = templateOf(object, "question");
    out.answer = templateOf(object, "answer");
    out.answers = textListOf(object, "answers");
    out.options = textListOf(object, "options");
    out.gold = GoldIs(nameIn(kGolds, object, "answer_is", "text"));
    out.shuffled = fieldFlag(object, "shuffle", false);
    out.letters = fieldFlag(object, "letters", false);
    out.choicePrefix = fieldText(object, "choice_prefix");
    out.axes = templatesOf(object, "axes", &out.head.axes);
    out.labels = templatesOf(object, "labels", nullptr);
    readCode(object, out);
    out.fewShot = fewShotOf(object);
    demandFields(out);
    return out;
}

} // namespace assay
