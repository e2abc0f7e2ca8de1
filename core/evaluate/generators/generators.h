// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/suite.h"

namespace assay {

/// What a generated suite is drawn with: with the same settings it is the same everywhere, with another seed nobody can have trained
/// on it.
struct GeneratorSettings
{
    uint64_t seed = 1;
    int64_t items = 0;                      ///< spread evenly over difficulties and contexts; 0: the generator's own number
    std::vector<int64_t> difficulties = {}; ///< empty: the generator's own
    std::vector<int64_t> contexts = {};     ///< length of the text to be read, in words; empty: the generator's own
};

/// Where an item stands on the dials.
struct ItemPlace
{
    int64_t difficulty = 0, context = 0, number = 0; ///< number: of the item among those of its difficulty and context
};

class RandomDraw;

/// A way to make suites.
struct Generator
{
    const char *name;
    const char *title;             ///< translation context "Generator"
    const char *difficulty;        ///< what the dial counts; empty: there is none
    int64_t easiest, hardest;
    std::vector<int64_t> difficulties; ///< usual
    std::vector<int64_t> contexts;     ///< usual; empty: there is no such dial
    int64_t items;                     ///< usual
    const char *scorer;
    ExtractRule extract;
    int64_t maxTokens;
    SuiteItem (*make)(const ItemPlace &place, RandomDraw &random); ///< without id and places on axes that both dials tell
};
const std::vector<Generator> &generators();
const Generator *findGenerator(const std::string &name); ///< null when there is none

/// Errors: BadUsage for a name that is none and for settings beyond the dials.
Result<Suite> generateSuite(const std::string &name, const GeneratorSettings &settings);

} // namespace assay
