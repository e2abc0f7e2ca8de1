// SPDX-License-Identifier: GPL-3.0-or-later
// What is to be known of each endpoint's figures: a note once, with the loads that it holds for.
#include "core/bench/pointtext.h"
#include "core/report/sections.h"

#include <algorithm>

namespace assay {
namespace {

/// The loads of one note, in few words where it holds for all that were measured.
std::string loadsText(const ReportSource &source, size_t subject, const std::vector<BenchPoint> &loads)
{
    std::vector<BenchPoint> noted;
    for (const ReportNote &note : source.notes) {
        if (note.subject == subject && std::find(noted.begin(), noted.end(), note.point) == noted.end())
            noted.push_back(note.point);
    }
    if (loads.size() > 1 && loads.size() == noted.size())
        return source.words(ASSAY_TEXT("Report", "every load"));
    std::string text;
    for (const BenchPoint &load : loads)
        text += (text.empty() ? "" : " / ") + describePoint(load, source.words.translate);
    return text;
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
        size_t subject;
        std::string text;
        std::vector<BenchPoint> loads;
    };
    std::vector<Group> groups;
    for (const ReportNote &note : source.notes) {
        const std::string text = note.note.text(words.translate);
        auto found = std::find_if(groups.begin(), groups.end(), [&](const Group &group) { return group.subject == note.subject && group.text == text; });
        if (found == groups.end())
            found = groups.insert(groups.end(), {note.subject, text, {}});
        found->loads.push_back(note.point);
    }
    for (const Group &group : groups)
        table.rows.push_back({source.name(group.subject), group.text, loadsText(source, group.subject, group.loads)});
    return table;
}

} // namespace assay
