// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

struct RequestMetrics;
struct RequestRecord;

/// Service level objectives: a request is good when it meets all of them; a failed one is bad. Seconds; absent: no limit.
struct Slo
{
    std::string name;                         ///< shown with every goodput: "MLPerf DeepSeek-R1 server"
    std::optional<double> ttft, ttfa, tpot, e2e, longestGap;
    bool fromSchedule = false;                ///< times from the intended arrival instead of the sending
    bool operator==(const Slo &) const = default;
};

/// Published and usual sets (mlperf.conf; chat, RAG, code, reasoning), each with where its numbers come from.
struct SloPreset
{
    Slo slo;
    const char *source; ///< translation context "Slo"
};
const std::vector<SloPreset> &sloPresets();
/// "ttft=0.5, tpot=0.05": limits in seconds of ttft, ttfa, tpot, e2e and gap; or the name of a preset. Nothing for anything else.
std::optional<Slo> parseSlo(std::string_view text);
/// Whether a first try that ended meets all; a record that failed does not.
bool meets(const RequestRecord &record, const Slo &slo);
/// The same of what was derived of a first try. A limit on what the record does not show is not met, but an answer that came in
/// one read has no gaps and so no TPOT to be too long.
bool meets(const RequestMetrics &metrics, const Slo &slo);

} // namespace assay
