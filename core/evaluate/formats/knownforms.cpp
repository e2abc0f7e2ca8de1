// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/formats/knownforms.h"

#include "core/base/text.h"
#include "core/evaluate/formats/fieldtemplate.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

std::vector<std::string> split(const std::string &text, char separator)
{
    std::vector<std::string> out;
    for (size_t begin = 0; begin < text.size();) {
        const size_t end = std::min(text.find(separator, begin), text.size());
        out.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return out;
}

/// MMLU's files have no header: question, four options, a letter.
bool isQuestionWithLetter(const json &row)
{
    if (row.size() != 6)
        return false;
    const std::string letter = row.value("6", "");
    return letter.size() == 1 && letter[0] >= 'A' && letter[0] <= 'D';
}

/// CoLA's files have none either: source, label, author's mark, sentence.
bool isJudgedSentence(const json &row)
{
    const std::string label = row.size() == 4 ? row.value("2", "") : "";
    return label == "0" || label == "1";
}

bool hasHint(const json &row, const std::string &hint)
{
    if (hint.empty())
        return true;
    const size_t at = hint.find('~');
    const json *value = fieldAt(row, hint.substr(0, at));
    const std::string wanted = hint.substr(at + 1);
    if (!value)
        return false;
    if (wanted == "[") // a list
        return value->is_array();
    return value->is_string() && value->get_ref<const std::string &>().find(wanted) != std::string::npos;
}

bool fits(const KnownForm &known, const json &row)
{
    const std::vector<std::string> fields = split(known.fields, ',');
    if (fields.empty()) // told by its cells
        return known.name == std::string_view("mmlu") ? isQuestionWithLetter(row) : known.name == std::string_view("glue-cola") && isJudgedSentence(row);
    return std::ranges::all_of(fields, [&](const std::string &field) { return row.contains(field); }) && hasHint(row, known.hint);
}

} // namespace

const KnownForm *knownFormNamed(const std::string &name)
{
    const auto &all = knownForms();
    const auto it = std::ranges::find(all, name, [](const KnownForm &known) { return std::string(known.name); });
    return it == all.end() ? nullptr : &*it;
}

const KnownForm *knownFormOf(const std::string &form, const json &row)
{
    const auto &all = knownForms();
    const auto it = std::ranges::find_if(all, [&](const KnownForm &known) { return form == known.form && fits(known, row); });
    return it == all.end() ? nullptr : &*it;
}

} // namespace assay
