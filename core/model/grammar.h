// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/leafgroups.h"

#include <vector>

namespace assay {

/// The tensors of an architecture, written as patterns with blanks between them:
///   #        the layer's number            *      the number of an expert
///   {a,b}    one pattern for each; several braces of one pattern go in step
///   A|B      each layer has one or the other
///   A?       may be there                  A.~    whatever begins with A., may be there
/// What is not marked as optional must be there once, or once in each layer.
struct NamePattern
{
    std::vector<std::string> alternatives;
    bool optional = false;
    bool prefix = false;

    bool perLayer() const { return alternatives.front().find('#') != std::string::npos; }
};

std::vector<NamePattern> parsePatterns(std::string_view text);

/// What a checkpoint has too little or too much by the patterns.
struct NameComparison
{
    uint64_t missing = 0;
    std::string missingExample;
    uint64_t unexpected = 0;
    std::string unexpectedExample;
};

/// Holds the names of weights (no scales, no buffers) against patterns. `layers` is the number of main layers,
/// `experts` how many each expert pattern must have in a layer that has one (0: any).
NameComparison compareNames(const std::vector<NamePattern> &patterns, const std::vector<LeafGroup> &weights,
                            int64_t layers, int64_t experts);

} // namespace assay
