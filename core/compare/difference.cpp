// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/difference.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

struct SectionName
{
    const char *id;
    const char *title;
};
constexpr const char *kOnlyIn = ASSAY_TEXT("Difference", "only in %1");

constexpr std::array<SectionName, kDifferenceSections> kSections{{
    {"facts", ASSAY_TEXT("Difference", "Facts")},
    {"layers", ASSAY_TEXT("Difference", "Layers")},
    {"parts", ASSAY_TEXT("Difference", "Parts")},
    {"dtypes", ASSAY_TEXT("Difference", "Dtypes")},
    {"config", ASSAY_TEXT("Difference", "Config")},
    {"tokenizer", ASSAY_TEXT("Difference", "Tokenizer")},
}};

const char *changeMark(LineChange change)
{
    switch (change) {
    case LineChange::Same: return " ";
    case LineChange::Removed: return "-";
    case LineChange::Added: return "+";
    }
    return "";
}

nlohmann::json rowJson(const DifferenceRow &row)
{
    nlohmann::json cells = nlohmann::json::array();
    for (const DifferenceCell &cell : row.cells)
        cells.push_back(cell.present ? nlohmann::json{{"text", cell.text}, {"detail", cell.detail}} : nlohmann::json());
    return {{"id", row.id}, {"group", row.group}, {"label", row.label}, {"state", rowStateName(row.state)}, {"values", cells}};
}

} // namespace

const char *rowStateName(RowState state)
{
    switch (state) {
    case RowState::Same: return ASSAY_TEXT("Difference", "same");
    case RowState::Differs: return ASSAY_TEXT("Difference", "differs");
    case RowState::OnlyIn: return ASSAY_TEXT("Difference", "only in");
    }
    return "";
}

const char *sectionId(DifferenceSection section)
{
    return kSections[size_t(section)].id;
}

const char *sectionTitle(DifferenceSection section)
{
    return kSections[size_t(section)].title;
}

std::string DifferenceRow::stateText(const std::vector<std::string> &names, const Translate &translate) const
{
    if (state != RowState::OnlyIn)
        return translate("Difference", rowStateName(state));
    std::string list;
    for (size_t i = 0; i < std::min(names.size(), cells.size()); ++i) {
        if (cells[i].present)
            list += (list.empty() ? "" : ", ") + names[i];
    }
    return fillIn(translate("Difference", kOnlyIn), {list});
}

bool TemplateDifference::same() const
{
    return std::all_of(lines.begin(), lines.end(), [](const DiffLine &line) { return line.change == LineChange::Same; });
}

const DifferenceRow *Difference::find(std::string_view id) const
{
    for (const auto &rows : sections) {
        for (const DifferenceRow &row : rows) {
            if (row.id == id)
                return &row;
        }
    }
    return nullptr;
}

size_t Difference::differing() const
{
    size_t count = 0;
    for (const auto &rows : sections)
        count += size_t(std::count_if(rows.begin(), rows.end(), [](const DifferenceRow &row) { return row.state != RowState::Same; }));
    return count;
}

DifferenceCell missingCell()
{
    return {"-", {}, false};
}

void judge(DifferenceRow &row, const std::vector<std::string> &compared)
{
    const bool everywhere = std::all_of(row.cells.begin(), row.cells.end(), [](const auto &cell) { return cell.present; });
    const bool equal = std::all_of(compared.begin(), compared.end(), [&](const auto &text) { return text == compared.front(); });
    row.state = !everywhere ? RowState::OnlyIn : equal ? RowState::Same : RowState::Differs;
}

Difference difference(const std::vector<DifferenceSubject> &subjects, const Translate &translate)
{
    Difference out;
    for (const DifferenceSubject &subject : subjects)
        out.names.push_back(subject.name);
    const auto section = [&](DifferenceSection which) -> auto & { return out.sections[size_t(which)]; };
    section(DifferenceSection::Facts) = factDifference(subjects, translate);
    section(DifferenceSection::Layers) = layerDifference(subjects, translate);
    section(DifferenceSection::Parts) = partDifference(subjects, translate);
    section(DifferenceSection::Dtypes) = dtypeDifference(subjects, translate);
    section(DifferenceSection::Config) = configDifference(subjects, translate);
    section(DifferenceSection::Tokenizer) = tokenizerDifference(subjects, translate);
    out.templates = templateDifference(subjects);
    out.headline = differenceHeadline(subjects, out, translate);
    return out;
}

nlohmann::json differenceJson(const Difference &difference, bool all)
{
    nlohmann::json out{{"subjects", difference.names}, {"headline", difference.headline}, {"differing", difference.differing()}};
    for (int i = 0; i < kDifferenceSections; ++i) {
        nlohmann::json rows = nlohmann::json::array();
        for (const DifferenceRow &row : difference.sections[size_t(i)]) {
            if (all || row.state != RowState::Same)
                rows.push_back(rowJson(row));
        }
        out[kSections[size_t(i)].id] = std::move(rows);
    }
    nlohmann::json templates = nlohmann::json::array();
    for (const TemplateDifference &one : difference.templates) {
        nlohmann::json lines = nlohmann::json::array();
        for (const DiffLine &line : one.lines) {
            if (all || line.change != LineChange::Same)
                lines.push_back(changeMark(line.change) + line.text);
        }
        templates.push_back({{"subject", one.subject}, {"before", one.before}, {"after", one.after}, {"same", one.same()}, {"lines", lines}});
    }
    out["chat_templates"] = std::move(templates);
    return out;
}

} // namespace assay
