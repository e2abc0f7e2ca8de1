// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/identify/found.h"
#include "core/identify/told.h"

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

namespace assay {

struct DeviceTable;

struct Claim
{
    std::string id;
    std::string version; ///< whom it is about: "full", "distilled", "base", ...; empty: the sheet's subject
    std::string field;   ///< of claimFields(), or any other name, which nothing can decide
    nlohmann::json claimed;
    std::string unit, hardware, note;
};

/// What a seller, a card or an article says of a model: a JSON file with "schema": "assay-claims/1" (docs/IDENTITY.md).
struct ClaimSheet
{
    std::string id, title, source, date, author;
    std::string profile; ///< id of the known model that it claims to be; empty: it names none
    std::map<std::string, std::string> versions; ///< of several versions, profile ids by their name; alternatives apart by '|'
    std::vector<Claim> claims;
    std::vector<Told> problems; ///< entries that could not be used, each in a sentence; the rest stands
};

/// Error: ClaimSheetDamaged (what, where). Reads sheets of articles as well, whose entries carry verdicts of others: these are ignored.
Result<ClaimSheet> readClaimSheet(std::string_view json, const std::string &name);
Result<ClaimSheet> readClaimSheet(const std::filesystem::path &file);
nlohmann::json claimSheetToJson(const ClaimSheet &sheet);
/// Why this entry of a sheet's list (`place` from 0) is no claim; empty: it is one.
Told claimProblem(const nlohmann::json &entry, size_t place);

/// What became of one claim.
enum class ClaimVerdict : uint8_t {
    Supported,         ///< found so
    Contradicted,      ///< found otherwise
    Impossible,        ///< arithmetic rules it out whatever the model
    SelfContradictory, ///< two statements of the sheet exclude each other
    NotTested,         ///< nothing here decides it; the row says what would
};
const char *claimVerdictName(ClaimVerdict verdict); ///< "supported", ...; translation context "Identity"

/// A row of the claims table.
struct ClaimRow
{
    Claim claim;
    const ClaimField *field = nullptr; ///< null: no known one
    ClaimVerdict verdict = ClaimVerdict::NotTested;
    std::vector<Found> found; ///< what decided it, strongest first; of a ratio both sides
    Told reason;              ///< one sentence
    std::string claimedText(const Translate &translate = untranslated) const;
    std::string foundText(const Translate &translate = untranslated) const;
};

/// Holds each claim against what was found. Claims of the sheet's subject and of `version` are held against `subject`; those of other
/// versions against the published facts of the profiles that the sheet names for them (by FoundFacts::name). `devices` give the
/// figures of hardware that claims name; without them such claims are not tested.
std::vector<ClaimRow> checkClaims(const ClaimSheet &sheet, const std::string &version, const FoundFacts &subject,
                                  const std::vector<FoundFacts> &published, const DeviceTable *devices = nullptr);
/// The profiles that a sheet names for one of its versions: "a|b" as two. Of no version, or one that is not told apart: its subject's.
std::vector<std::string> profilesOf(const ClaimSheet &sheet, const std::string &version);

} // namespace assay
