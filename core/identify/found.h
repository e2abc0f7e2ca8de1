// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/facts.h"

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// What can be claimed of a model, declared once: claim sheets, profiles, the claims table and its editor read this list.
struct ClaimField
{
    /// How a claimed value is held against a found one.
    enum class Kind : uint8_t {
        Exact,    ///< whole numbers that must be equal: layers, heads
        Rounded,  ///< equal to the digits that are claimed: "671B" claims 670.5 to 671.5 thousand million
        AtMost,   ///< found may not exceed it: memory, latency
        AtLeast,  ///< found may not be below it: throughput, a served context
        Range,    ///< within two bounds, or within the interval that was measured
        Word,     ///< the same word after normalising and aliases ("SwiGLU" and "silu", "RoPE" and "rotary")
        Free,     ///< text that nothing decides
    };
    const char *id;    ///< "parameters.total", "num_hidden_layers": as config.json calls it where it has a name
    const char *group; ///< "Identity", "Architecture", "Performance", "Accuracy", "API"; translation context "Claim"
    const char *label; ///< translation context "Claim"
    Kind kind;
    const char *unit;  ///< "", "tokens", "bytes", "s", "tokens/s", "%"
    const char *aliases; ///< further names in sheets, apart by spaces
};
const std::vector<ClaimField> &claimFields();
/// By id or alias; null when there is none. "response_header.x" and "response.x" are fields of the group API for any x.
const ClaimField *findClaimField(std::string_view name);

/// Where something that was found comes from, from the weakest to the strongest.
enum class FoundBy : uint8_t {
    Published, ///< a profile of a known model: what its makers publish
    Told,      ///< an endpoint says so of itself
    Declared,  ///< a file says so (config, header)
    Derived,   ///< by a named formula
    Measured,
    Counted,   ///< from the tensors
};
const char *foundByName(FoundBy by); ///< "published", ...; translation context "Identity"

/// One thing that was found of a subject.
struct Found
{
    nlohmann::json value;  ///< number, text, bool, array of two (an interval) or array of alternatives
    FoundBy by = FoundBy::Declared;
    std::string source;    ///< field, file, tensor, profile or run
};

/// Everything found of one subject, by the id of its ClaimField; several sources may speak of one field.
struct FoundFacts
{
    std::string name, path;
    std::multimap<std::string, Found> fields;

    void add(std::string field, nlohmann::json value, FoundBy by, std::string source);
    /// The one with the strongest provenance; null: nothing was found.
    const Found *best(std::string_view field) const;
};

/// Of a directory or file: what its files declare, what its tensors count.
FoundFacts foundIn(const Inspection &inspection);

} // namespace assay
