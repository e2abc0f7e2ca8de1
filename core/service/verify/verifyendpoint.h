// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/verify/endpointplan.h"

#include <functional>
#include <stop_token>

namespace assay {

/// Where a verification stands.
struct EndpointVerificationProgress
{
    int64_t done = 0, planned = 0; ///< generating requests
    std::string doing;             ///< "GET /props", "count.A.1"
    Spending spent;
    const char *stage = nullptr;   ///< of the reference's part, instead of what is asked; translation context "Identity"
};
using EndpointVerificationTold = std::function<void(const EndpointVerificationProgress &)>;

/// Asks the endpoint, and judges what it found: tiers T1, T2, T3 and whether parameters are honoured, and with a reference T4 to T6. Nobody
/// else is asked, but a reference that is an endpoint. All of it stays within the plan's limits. Blocks; a stop, a limit or a failing endpoint ends it with what is there (`interrupted`, and a note that says why). Whatever the plan's raw
/// file holds of a broken-off session is not asked again.
/// Errors: those of probeEndpoint(), of the reference's too, and of its worker, when nothing could be asked; BadUsage for a cap on money without prices and for no known
/// tokenizer at all; FileUnwritable, FileUnreadable for the raw file.
Result<Verification> verifyEndpoint(const EndpointVerificationPlan &plan, const EndpointVerificationTold &progress = {}, std::stop_token stop = {});

/// Where answers are kept when the user names no file: verifications/ beside the store, a file an endpoint and moment.
std::filesystem::path defaultRawFile(const std::string &startedAt, uint64_t seed);

/// The table that Assay ships. Errors: FileUnreadable, ProfileDamaged.
Result<TokenTable> shippedTokenTable();
/// Tokenizers in these files and folders, by the family whose texts they cut, whatever they are called; `notes` tells of those that
/// cannot be read and of those that are no known family's.
TokenizerSet openTokenizers(const std::vector<std::filesystem::path> &places, const TokenTable &table, std::vector<Told> &notes);

} // namespace assay
