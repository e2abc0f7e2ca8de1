// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/identify/claimsheet.h"
#include "core/identify/verdict.h"

namespace assay {

/// How much is asked, and so what can be found (identity.md, section 10).
enum class VerificationSize : uint8_t { Quick, Standard, Deep };
const char *verificationSizeName(VerificationSize size); ///< "quick", ...; translation context "Identity"

/// A known model that the subject is like.
struct NearestModel
{
    std::string profile, title;
    double score = 0;
    bool structureEqual = false;
    std::vector<Told> agrees, differs;
};

/// One string whose tokens were counted by an endpoint and, locally, by each known tokenizer.
struct TokenProbe
{
    std::string id, text;
    int64_t counted = 0;                     ///< what the endpoint's usage told, the frame's own count taken off
    std::map<std::string, int64_t> expected; ///< by tokenizer family, the same taken off
};

struct Spending
{
    int64_t requests = 0, promptTokens = 0, outputTokens = 0;
    std::optional<double> money; ///< in the plan's currency, where prices are known
};

/// Everything that one verification found, as the window, the command line, the store and reports have it.
struct Verification
{
    std::string id, startedAt, finishedAt; ///< UTC, "2026-11-22T21:38:50Z"
    std::string subject, path;             ///< path: a directory, file or URL without keys
    bool endpoint = false;
    std::string claim, claimTitle, version; ///< of the claim sheet; version: which of its models
    std::string reference;                  ///< what T4 and T7 were held against; empty: nothing
    VerificationSize size = VerificationSize::Quick;
    uint64_t seed = 0;                      ///< of everything that was drawn
    VerdictRules rules;
    Verdict verdict;
    std::vector<ClaimRow> claims;
    std::vector<Evidence> evidence;
    std::vector<NearestModel> nearest;
    std::vector<TokenProbe> probes;
    Spending spent;
    bool interrupted = false; ///< by the user, a cap or a failure: what is there is partial
    std::vector<Told> notes;
};

nlohmann::json verificationToJson(const Verification &verification);
Result<Verification> verificationFromJson(std::string_view json, const std::string &name);

} // namespace assay
