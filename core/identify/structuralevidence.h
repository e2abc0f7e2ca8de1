// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/claimsheet.h"
#include "core/identify/evidence.h"
#include "core/identify/profile.h"

namespace assay {

/// What the files of a subject show without their values being read.
struct StructuralSubject
{
    const FoundFacts &facts;
    const std::map<std::string, uint64_t> &structure; ///< empty: a config alone
    bool complete = true; ///< false: files are missing, so that what is not there says nothing
};

/// Declared metadata (T1, channel "files") and names, shapes and counts of tensors (T7, channel "tensors") against the claimed model:
/// "declared.config", "declared.against_tensors", "weights.structure" with every difference in its numbers, or, where tensors are named
/// or packed otherwise (GGUF, GPTQ), "weights.counts".
std::vector<Evidence> structuralEvidence(const StructuralSubject &subject, const Profile &claimed);

/// Names that the files give themselves, which are claims: a note where the tensors are another known model's. `nearest` as
/// matchProfiles() gives it.
std::optional<Evidence> nameEvidence(const FoundFacts &facts, std::span<const ProfileMatch> nearest, std::span<const Profile> profiles);

/// What the rows of a sheet say of the subject: arithmetic (T0), contradictions by what files declare (T1) and count (T7), the sheet
/// against itself (T1, channel "sheet"). Rows on other versions than the subject's are a note.
std::vector<Evidence> claimEvidence(std::span<const ClaimRow> rows, const std::string &version);

} // namespace assay
