// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/claimsheet.h"
#include "core/identify/profile.h"

#include <QStringList>

namespace assay {

/// Known models: those that come with Assay (resources/profiles), and the user's own (profiles/ beside the store), which win by id. Those
/// that cannot be read are told in `problems`.
std::vector<Profile> knownProfiles(std::vector<Error> *problems = nullptr);

/// Keeps a profile among the user's own and gives its file. Errors: BadUsage for an id that is no plain name; those of writing.
Result<std::filesystem::path> addProfile(const Profile &profile);

/// Names of sheets that --claim knows: those that are shipped, the user's own (claims/ beside the store), then every known model, whose
/// published facts are a sheet.
struct KnownClaim
{
    std::string name, title;
    bool model = false; ///< made of a profile
    bool own = false;   ///< kept by the user
};
std::vector<KnownClaim> knownClaims(const std::vector<Profile> &profiles);

/// Keeps a sheet among the user's own, where findClaimSheet() has it by its id, and gives its file. One of the user's own of this name is
/// replaced only where `replace` says so. Errors: BadUsage for an id that is no plain name, that a shipped sheet or a known model has, or
/// that is taken; those of writing.
Result<std::filesystem::path> keepClaimSheet(const ClaimSheet &sheet, const std::vector<Profile> &profiles, bool replace);
/// Takes one of the user's own sheets away. Error: FileUnwritable.
Result<void> removeClaimSheet(const std::string &name);

/// A sheet by name, by a model's id or name, or a file. Errors: BadUsage when there is none of this name; those of readClaimSheet().
Result<ClaimSheet> findClaimSheet(const QString &nameOrFile, const std::vector<Profile> &profiles);

} // namespace assay
