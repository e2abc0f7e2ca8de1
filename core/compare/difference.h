// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"
#include "core/compare/linediff.h"
#include "core/model/facts.h"

#include <memory>
#include <nlohmann/json_fwd.hpp>

namespace assay {

/// One of the subjects that are held against each other.
struct DifferenceSubject
{
    std::string name;
    std::shared_ptr<const Inspection> inspection;
};

enum class RowState {
    Same,    ///< in all subjects, and equal
    Differs, ///< in all, not equal
    OnlyIn,  ///< missing in some
};
const char *rowStateName(RowState state); ///< "same", "differs", "only in"; translation context "Difference"

struct DifferenceCell
{
    std::string text; ///< "-" when missing
    std::string detail; ///< exact value, names, places
    bool present = true;
};

struct DifferenceRow
{
    std::string id;      ///< "config.rope_theta", "part.expert_gate"
    std::string group;   ///< translated
    std::string label;   ///< translated, or the field's name
    std::string tooltip; ///< what it means
    std::vector<DifferenceCell> cells; ///< one a subject
    RowState state = RowState::Same;
    /// "only in A, B" for OnlyIn, else the state's word.
    std::string stateText(const std::vector<std::string> &names, const Translate &translate) const;
};

enum class DifferenceSection { Facts, Layers, Parts, Dtypes, Config, Tokenizer };
inline constexpr int kDifferenceSections = 6;
const char *sectionId(DifferenceSection section);   ///< "facts", ...
const char *sectionTitle(DifferenceSection section); ///< translation context "Difference"

/// Two chat templates line by line; against the first subject's.
struct TemplateDifference
{
    size_t subject = 0; ///< the other one
    std::string before, after; ///< where the templates stand; empty when there is none
    std::vector<DiffLine> lines;
    bool same() const;
};

struct Difference
{
    std::vector<std::string> names;
    std::string headline;
    std::vector<std::vector<DifferenceRow>> sections{size_t(kDifferenceSections)};
    std::vector<TemplateDifference> templates;

    const std::vector<DifferenceRow> &rows(DifferenceSection section) const { return sections[size_t(section)]; }
    const DifferenceRow *find(std::string_view id) const; ///< null when there is no such row
    size_t differing() const; ///< rows of all sections that are not the same
};

/// Holds two or more subjects against each other; reads small files of theirs (tokenizer, templates), no weights.
/// Takes up to a second for large vocabularies: not for the window's thread.
Difference difference(const std::vector<DifferenceSubject> &subjects, const Translate &translate = untranslated);

/// `all`: rows that are the same as well.
nlohmann::json differenceJson(const Difference &difference, bool all);

// The sections, one file each.
std::vector<DifferenceRow> factDifference(const std::vector<DifferenceSubject> &subjects, const Translate &translate);
std::vector<DifferenceRow> configDifference(const std::vector<DifferenceSubject> &subjects, const Translate &translate);
std::vector<DifferenceRow> layerDifference(const std::vector<DifferenceSubject> &subjects, const Translate &translate);
std::vector<DifferenceRow> partDifference(const std::vector<DifferenceSubject> &subjects, const Translate &translate);
std::vector<DifferenceRow> dtypeDifference(const std::vector<DifferenceSubject> &subjects, const Translate &translate);
std::vector<DifferenceRow> tokenizerDifference(const std::vector<DifferenceSubject> &subjects, const Translate &translate);
std::vector<TemplateDifference> templateDifference(const std::vector<DifferenceSubject> &subjects);
/// What an expert would say first.
std::string differenceHeadline(const std::vector<DifferenceSubject> &subjects, const Difference &so, const Translate &translate);

/// Sets the state from the cells: presence, then text and detail as `compared` gives them.
void judge(DifferenceRow &row, const std::vector<std::string> &compared);
DifferenceCell missingCell();

} // namespace assay
