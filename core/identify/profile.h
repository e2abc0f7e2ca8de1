// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/identify/found.h"
#include "core/identify/structure.h"
#include "core/identify/told.h"

#include <filesystem>
#include <span>

namespace assay {

/// A known model as data: resources/profiles/*.json, and whatever users recorded of a subject.
struct Profile
{
    std::string id, title, family, role; ///< "deepseek-r1-distill-qwen-7b", ..., "deepseek-r1", "distilled"
    std::string source;
    std::vector<std::string> names;      ///< as directories, endpoints and cards call it
    FoundFacts facts;                    ///< published
    std::map<std::string, uint64_t> structure; ///< tensor-name grammar: "model.layers.#.mlp.experts.#.down_proj.weight [7168,2048]" -> count
    std::string tokenizer;               ///< family of token counts: "deepseek_v3"; empty: not known
    std::map<std::string, int64_t> specialTokens;
    std::vector<std::string> sameConfig; ///< ids of other models that no config tells from this one
    std::vector<std::string> falseFriends; ///< ids of models that are taken for it
};

Result<Profile> readProfile(std::string_view json, const std::string &name);
nlohmann::json profileToJson(const Profile &profile);
/// A profile of an opened subject, for the user's own collection.
Profile profileOf(const Inspection &inspection, std::string id, std::string title);

struct ClaimSheet;
/// What a sheet of this model would claim: every published fact.
ClaimSheet claimSheetOf(const Profile &profile);

/// How well a profile fits a subject.
struct ProfileMatch
{
    const Profile *profile = nullptr;
    double score = 0; ///< 0 ... 1: weighted share of what is told on both sides and agrees
    bool structureEqual = false; ///< every tensor's name and shape
    std::vector<Told> agrees, differs; ///< reasons, the weightiest first
};
/// The nearest first; profiles that nothing can be held against are left out.
std::vector<ProfileMatch> matchProfiles(const FoundFacts &subject, const std::map<std::string, uint64_t> &structure,
                                        std::span<const Profile> profiles);
} // namespace assay
