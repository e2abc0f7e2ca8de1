// SPDX-License-Identifier: GPL-3.0-or-later
// Profiles of models, matched with themselves; and stored verifications.
#include "core/identify/profile.h"
#include "core/identify/verification.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

namespace {

void demand(bool holds)
{
    if (!holds)
        std::abort();
}

void verification(std::string_view content)
{
    const auto read = assay::verificationFromJson(content, "v.json");
    if (!read)
        return;
    const std::string written = assay::verificationToJson(*read).dump();
    const auto again = assay::verificationFromJson(written, "v.json");
    demand(again && assay::verificationToJson(*again).dump() == written);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string_view content(reinterpret_cast<const char *>(data), size);
    verification(content);
    const auto profile = assay::readProfile(content, "p.json");
    if (!profile) {
        demand(assay::validUtf8(profile.error().sentence()) == profile.error().sentence());
        return 0;
    }
    const std::string written = assay::profileToJson(*profile).dump();
    const auto again = assay::readProfile(written, "p.json");
    demand(again && assay::profileToJson(*again).dump() == written);
    const std::vector<assay::Profile> one{*again};
    for (const assay::ProfileMatch &match : assay::matchProfiles(profile->facts, profile->structure, one)) {
        demand(match.score >= 0 && match.score <= 1);
        for (const assay::Told &told : match.agrees)
            demand(!told.sentence().empty());
    }
    return 0;
}
