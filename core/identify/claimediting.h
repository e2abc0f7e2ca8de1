// SPDX-License-Identifier: GPL-3.0-or-later
// Claim sheets as people write them: values as they are typed, what is wrong with an entry, what a sheet says.
#pragma once

#include "core/identify/claimsheet.h"

#include <optional>

namespace assay {

/// What stands in a field "claimed": a number ("61", "0.85"), yes or no, a range ("5 to 10"), otherwise text ("671B", "8 x H200"). What
/// begins with '[', '{' or '"' is JSON: a list of words, a value for each version, a text that looks like a number. A number whose last digits are noughts behind a point stays
/// text, since they are meant ("79.80"). Null for nothing.
nlohmann::json claimedFromText(std::string_view typed);
/// The text that claimedFromText() makes the same value of.
std::string claimedToText(const nlohmann::json &claimed);

/// Units in which values of a field can be claimed, its own first; none where it has no numbers.
std::vector<std::string> unitsOf(const ClaimField &field);

/// One entry, looked at while it is written.
struct ClaimReading
{
    Told problem; ///< why it is no claim, or why nothing can be held against it; empty: it is one
    Told reading; ///< what will be held against what is found; empty with a problem
};
/// `place` from 0, as readClaimSheet() counts; the problems are its own.
ClaimReading readingOf(const Claim &claim, const ClaimSheet &sheet, size_t place);

/// An id that no claim of the sheet has yet: the smallest number.
std::string freeClaimId(const ClaimSheet &sheet);

/// "full = deepseek-r1; distilled = a|b", and back. Nothing where it is not of this form.
std::string versionsToText(const std::map<std::string, std::string> &versions);
std::optional<std::map<std::string, std::string>> versionsFromText(std::string_view text);

/// What the sheet says, in one sentence. `model`: the title of the known model that it names; empty: its id is said.
std::string sheetSentence(const ClaimSheet &sheet, const std::string &model, const Translate &translate = untranslated);

} // namespace assay
