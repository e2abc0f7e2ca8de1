// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/verify/asking.h"

#include <filesystem>

namespace assay {

/// The same weights on another honest stack, or a model that is no honest service of them: measured against the recorded one.
struct BesideSubject
{
    std::string name, dtype; ///< name: of an alternative; empty: an honest stack
    std::function<std::unique_ptr<Backend>()> make;
};

struct RecordPlan
{
    std::string title, subject, profile, tokenizer, weights, structure; ///< go into the bundle
    std::string device = "cpu", dtype = "auto";
    int64_t repeats = 8; ///< answers to each item: its pass rate
    int64_t top = 20;    ///< of the first tokens' log-probabilities
    AskPlan asking;      ///< questions and how they are asked
    std::vector<BesideSubject> beside;
};

/// Asks the subject everything, reads its answers at temperature 0 with its own weights (where it has some), then does the same with
/// what stands beside it. Blocks, on a thread whose event loop nothing else needs. Errors: those of the backend; Cancelled; BundleUnfit when
/// a limit ended it before everything was answered: half a reference is none.
Result<ReferenceBundle> recordBundle(Backend &subject, const RecordPlan &plan, const AskProgress &progress = {}, std::stop_token stop = {});

/// What answers make, without asking: the prompts and questions of the plan with whatever came of each. forced: the answers at temperature
/// 0 as the model itself reads them, or empty.
ReferenceBundle bundleOf(const RecordPlan &plan, const BundleStack &stack, const Answers &answers, const std::vector<ForcedAnswer> &forced = {});

/// SHA-256 over the SHA-256 of every file, in the order given. Errors: those of reading.
Result<std::string> hashOfFiles(const std::vector<std::filesystem::path> &files, std::stop_token stop = {});

} // namespace assay
