// SPDX-License-Identifier: GPL-3.0-or-later
// What is to be known of each endpoint's figures: a note once, with the loads that it holds for.
#include "core/bench/pointtext.h"
#include "core/report/sections.h"

#include <algorithm>
#include <string_view>

namespace assay {
namespace {

/// The loads of one note, in few words where it holds for all that were measured.
std::string loadsText(const ReportSource &source, size_t subject, const std::vector<BenchPoint> &loads, bool alike)
{
    std::vector<BenchPoint> noted;
    for (const ReportNote &note : source.notes) {
        if (note.subject == subject && std::find(noted.begin(), noted.end(), note.point) == noted.end())
            noted.push_back(note.point);
    }
    if (loads.size() > 1 && loads.size() == noted.size() && alike)
        return source.words(ASSAY_TEXT("Report", "every load"));
    const std::string first = describePoint(loads.front(), source.words.translate);
    return loads.size() == 1 ? first : source.words(ASSAY_TEXT("Report", "%1; similar under %2 more"), {first, std::to_string(loads.size() - 1)});
}

} // namespace

ReportTable notesTable(const ReportSource &source)
{
    const ReportWords &words = source.words;
    ReportTable table;
    table.title = words(ASSAY_TEXT("Report", "What to know of the figures of endpoints"));
    table.header = {words(ASSAY_TEXT("Report", "Subject")), words(ASSAY_TEXT("Report", "Note")), words(ASSAY_TEXT("Report", "Load"))};
    table.numeric = {false, false, false};
    struct Group
    {
        const ReportNote *first;
        std::vector<BenchPoint> loads;
        bool alike = true; ///< in every figure
    };
    // Figures differ from load to load: the first stands for all, the data has each.
    std::vector<Group> groups;
    for (const ReportNote &note : source.notes) {
        auto found = std::find_if(groups.begin(), groups.end(), [&](const Group &group) {
            return group.first->subject == note.subject && std::string_view(group.first->note.id) == note.note.id;
        });
        if (found == groups.end())
            found = groups.insert(groups.end(), {&note, {}});
        found->alike = found->alike && found->first->note.text() == note.note.text();
        found->loads.push_back(note.point);
    }
    for (const Group &group : groups)
        table.rows.push_back({source.name(group.first->subject), group.first->note.text(words.translate), loadsText(source, group.first->subject, group.loads, group.alike)});
    return table;
}

} // namespace assay
