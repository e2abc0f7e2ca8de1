// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/weights/manifest.h"

#include "core/base/units.h"
#include "core/identify/weights/aboutweights.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace assay {
namespace {

using State = ManifestState;

constexpr size_t kNamed = 5; ///< files that a sentence names

std::string endingOf(const std::string &file)
{
    const size_t dot = file.rfind('.');
    return dot == std::string::npos || file.find('/', dot) != std::string::npos ? std::string() : file.substr(dot);
}

/// "a, b and 3 more" without words: "a, b, ... (5)".
std::string named(const ManifestCheck &check, State state, bool weights)
{
    std::string names;
    size_t count = 0;
    for (const ManifestRow &row : check.rows) {
        if (row.state != state || row.weights != weights)
            continue;
        if (count++ < kNamed)
            names += (names.empty() ? "" : ", ") + row.file;
    }
    return count > kNamed ? names + ", ... (" + std::to_string(count) + ")" : names;
}

nlohmann::json numbersOf(const ManifestCheck &check, bool weights)
{
    nlohmann::json rows = nlohmann::json::array();
    for (const ManifestRow &row : check.rows) {
        if (row.weights == weights)
            rows.push_back({{"file", row.file}, {"listed", row.listed}, {"state", manifestStateName(row.state)},
                            {"declared", row.declared}, {"found", row.found}});
    }
    return {{"manifest", check.source}, {"files", rows}};
}

Evidence weightsEvidence(const ManifestCheck &check)
{
    Evidence evidence = aboutWeights(Evidence::Kind::Note, "weights.manifest");
    const size_t equal = check.count(State::Equal, true) + check.count(State::Renamed, true);
    size_t here = 0;
    for (const ManifestRow &row : check.rows)
        here += row.weights && row.state != State::Missing;
    evidence.n = int64_t(here);
    evidence.numbers = numbersOf(check, true);
    const std::string counts = std::to_string(equal), of = std::to_string(here);
    if (check.whole()) {
        evidence.kind = Evidence::Kind::Match;
        evidence.what = {ASSAY_TEXT("Identity", "All %1 {1:weight file is|weight files are} equal to what %2 lists, byte for byte; none is missing, none is extra."),
                         {groupedDigits(int64_t(equal)), check.source}};
    } else if (here == 0) {
        evidence.what = {ASSAY_TEXT("Identity", "There are no weight files here to hold against %1."), {check.source}};
    } else if (check.count(State::Differs, true) > 0) {
        evidence.kind = Evidence::Kind::Contradiction;
        evidence.channel = "manifest";
        evidence.what = {ASSAY_TEXT("Identity", "%1 of %2 weight files differ from what %3 lists under their names: %4."),
                         {std::to_string(check.count(State::Differs, true)), of, check.source, named(check, State::Differs, true)}};
        evidence.benign = {{ASSAY_TEXT("Identity", "The list is of another revision, or the files were saved anew by a program that orders or converts tensors."), {}},
                           {ASSAY_TEXT("Identity", "A download was damaged: fetching the files again shows it."), {}}};
    } else if (check.count(State::Unreadable, true) > 0) {
        evidence.what = {ASSAY_TEXT("Identity", "%1 of %2 weight files could not be hashed: %3."),
                         {std::to_string(check.count(State::Unreadable, true)), of, named(check, State::Unreadable, true)}};
    } else if (check.count(State::Missing, true) > 0) {
        evidence.what = {ASSAY_TEXT("Identity", "%1 of %2 weight files are equal to what %3 lists; listed and not here: %4."),
                         {counts, of, check.source, named(check, State::Missing, true)}};
    } else {
        evidence.what = {ASSAY_TEXT("Identity", "%1 of %2 weight files are equal to what %3 lists; here and not listed: %4."),
                         {counts, of, check.source, named(check, State::Extra, true)}};
    }
    if (evidence.kind == Evidence::Kind::Note && check.count(State::Missing, true) + check.count(State::Extra, true) > 0)
        evidence.benign = {{ASSAY_TEXT("Identity", "The weights were cut into other files or converted to another format."), {}}};
    return evidence;
}

} // namespace

const char *manifestStateName(ManifestState state)
{
    constexpr std::array kNames{"equal", "renamed", "differs", "missing", "extra", "unreadable"};
    return kNames[size_t(state)];
}

size_t ManifestCheck::count(ManifestState state, bool weights) const
{
    return size_t(std::count_if(rows.begin(), rows.end(),
                                [&](const ManifestRow &row) { return row.state == state && row.weights == weights; }));
}

bool ManifestCheck::whole() const
{
    bool any = false;
    for (const ManifestRow &row : rows) {
        if (!row.weights)
            continue;
        any = true;
        if (row.state != State::Equal && row.state != State::Renamed)
            return false;
    }
    return any;
}

ManifestCheck checkManifest(const WeightManifest &manifest, std::span<const HashedFile> files)
{
    std::map<std::string_view, const ManifestEntry *> listed;
    std::multimap<std::string_view, const ManifestEntry *> bySum;
    for (const ManifestEntry &entry : manifest.entries) {
        listed.emplace(entry.file, &entry);
        bySum.emplace(entry.sha256, &entry);
    }
    std::set<std::string> endings;
    for (const HashedFile &file : files) {
        if (file.weights)
            endings.insert(endingOf(file.file));
    }
    ManifestCheck check{manifest.source, {}};
    std::set<const ManifestEntry *> used;
    std::vector<const HashedFile *> unlisted;
    for (const HashedFile &file : files) {
        const auto found = listed.find(file.file);
        if (found == listed.end()) {
            if (file.weights)
                unlisted.push_back(&file);
            continue;
        }
        const ManifestEntry &entry = *found->second;
        used.insert(&entry);
        const State state = !file.present          ? State::Missing
                            : file.sha256.empty()  ? State::Unreadable
                            : file.sha256 == entry.sha256 ? State::Equal
                                                          : State::Differs;
        check.rows.push_back({file.file, entry.file, state, file.weights, entry.sha256, file.sha256});
    }
    for (const HashedFile *file : unlisted) {
        const ManifestEntry *same = nullptr;
        const auto [first, last] = bySum.equal_range(file->sha256);
        for (auto at = first; at != last && !same && !file->sha256.empty(); ++at)
            same = used.contains(at->second) ? nullptr : at->second;
        if (same)
            used.insert(same);
        const State state = same ? State::Renamed : file->present ? State::Extra : State::Missing;
        check.rows.push_back({file->file, same ? same->file : std::string(), state, true, same ? same->sha256 : std::string(), file->sha256});
    }
    for (const ManifestEntry &entry : manifest.entries) {
        if (!used.contains(&entry) && endings.contains(endingOf(entry.file)))
            check.rows.push_back({entry.file, entry.file, State::Missing, true, entry.sha256, {}});
    }
    std::sort(check.rows.begin(), check.rows.end(), [](const ManifestRow &a, const ManifestRow &b) {
        return a.weights != b.weights ? a.weights : a.file < b.file;
    });
    return check;
}

std::vector<Evidence> manifestEvidence(const ManifestCheck &check)
{
    std::vector<Evidence> all{weightsEvidence(check)};
    if (const size_t differing = check.count(State::Differs, false); differing > 0) {
        Evidence other = aboutWeights(Evidence::Kind::Note, "weights.manifest_files");
        other.n = int64_t(differing);
        other.numbers = numbersOf(check, false);
        other.what = {ASSAY_TEXT("Identity", "Files beside the weights differ from what %1 lists: %2."), {check.source, named(check, State::Differs, false)}};
        other.benign = {{ASSAY_TEXT("Identity", "Configs and templates are often edited by hand after a download; they decide what the weights are given to read."), {}}};
        all.push_back(std::move(other));
    }
    return all;
}

} // namespace assay
