// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/grammar.h"

#include "core/model/architectures.h"

#include <algorithm>
#include <sstream>

namespace assay {
namespace {

// More layers than any model has; a forged config must not make the list of layers long.
constexpr int64_t kMostLayers = 10'000;

/// The parts between the separators.
std::vector<std::string> split(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    std::istringstream stream{std::string(text)};
    for (std::string part; std::getline(stream, part, separator);)
        parts.push_back(part);
    return parts;
}

/// Replaces each brace by its n-th word; nothing when there is no n-th.
bool expand(const std::string &pattern, size_t n, std::string &out)
{
    out.clear();
    for (size_t i = 0; i < pattern.size();) {
        const size_t open = pattern.find('{', i);
        if (open == std::string::npos) {
            out += pattern.substr(i);
            return n == 0 || i > 0;
        }
        const size_t close = pattern.find('}', open);
        const auto words = split(pattern.substr(open + 1, close - open - 1), ',');
        if (n >= words.size())
            return false;
        out += pattern.substr(i, open - i) + words[n];
        i = close + 1;
    }
    return true;
}

NamePattern makePattern(const std::string &token, size_t n)
{
    NamePattern pattern;
    for (std::string alternative : split(token, '|')) {
        std::string expanded;
        if (alternative.ends_with('?')) {
            pattern.optional = true;
            alternative.pop_back();
        }
        if (alternative.ends_with('~')) {
            pattern.optional = pattern.prefix = true;
            alternative.pop_back();
        }
        if (expand(alternative, n, expanded))
            pattern.alternatives.push_back(expanded);
    }
    return pattern;
}

/// The weight that a packed tensor holds: GPTQ's qweight, MXFP4's blocks.
std::string unpackedName(std::string_view pattern)
{
    struct Packing
    {
        std::string_view packed, plain;
    };
    static constexpr Packing kPackings[] = {{".qweight", ".weight"}, {".weight_packed", ".weight"}, {"_blocks", ""}};
    std::string name(withoutBasePrefix(pattern));
    for (const Packing &packing : kPackings) {
        if (name.ends_with(packing.packed))
            return name.substr(0, name.size() - packing.packed.size()) + std::string(packing.plain);
    }
    return name;
}

bool matches(const NamePattern &pattern, const std::string &name)
{
    return std::any_of(pattern.alternatives.begin(), pattern.alternatives.end(), [&](const std::string &text) {
        return pattern.prefix ? name.starts_with(text) : name == text;
    });
}

/// A pattern with the groups that match it.
struct Match
{
    const NamePattern *pattern;
    std::vector<const LeafGroup *> groups;
};

void countMissing(NameComparison &out, const Match &match, int64_t layers)
{
    const NamePattern &pattern = *match.pattern;
    const auto tell = [&out](const std::string &example, uint64_t count) {
        out.missing += count;
        if (out.missingExample.empty())
            out.missingExample = example;
    };
    if (!pattern.perLayer()) {
        if (match.groups.empty())
            tell(pattern.alternatives.front(), 1);
        return;
    }
    std::vector<bool> covered(size_t(std::clamp<int64_t>(layers, 0, kMostLayers)));
    for (const LeafGroup *group : match.groups) {
        for (int64_t layer = group->firstLayer; layer < group->firstLayer + group->layerCount; ++layer) {
            if (layer >= 0 && size_t(layer) < covered.size())
                covered[size_t(layer)] = true;
        }
    }
    const auto first = std::find(covered.begin(), covered.end(), false);
    if (first == covered.end())
        return;
    std::string example = pattern.alternatives.front();
    example.replace(example.find('#'), 1, std::to_string(first - covered.begin()));
    tell(example, uint64_t(std::count(covered.begin(), covered.end(), false)));
}

/// Experts that a layer should have and has not.
void countExperts(NameComparison &out, const Match &match, int64_t experts)
{
    uint64_t wanted = 0, there = 0;
    for (const LeafGroup *group : match.groups) {
        if (group->pattern.find(".experts.*.") == std::string::npos)
            continue;
        there += group->copies;
        wanted = std::max(wanted, uint64_t(group->firstLayer + group->layerCount));
    }
    // Layers that have experts at all, each counted once.
    std::vector<bool> layers(size_t(std::min<uint64_t>(wanted, uint64_t(kMostLayers))));
    for (const LeafGroup *group : match.groups) {
        for (int64_t layer = group->firstLayer;
             group->pattern.find(".experts.*.") != std::string::npos && layer < group->firstLayer + group->layerCount;
             ++layer) {
            if (layer >= 0 && size_t(layer) < layers.size())
                layers[size_t(layer)] = true;
        }
    }
    const uint64_t needed = uint64_t(std::count(layers.begin(), layers.end(), true)) * uint64_t(experts);
    if (needed > there) {
        out.missing += needed - there;
        if (out.missingExample.empty())
            out.missingExample = match.pattern->alternatives.back();
    }
}

} // namespace

std::vector<NamePattern> parsePatterns(std::string_view text)
{
    std::vector<NamePattern> patterns;
    for (const std::string &token : split(text, ' ')) {
        for (size_t n = 0; !token.empty(); ++n) {
            NamePattern pattern = makePattern(token, n);
            if (pattern.alternatives.empty())
                break;
            patterns.push_back(std::move(pattern));
        }
    }
    return patterns;
}

NameComparison compareNames(const std::vector<NamePattern> &patterns, const std::vector<LeafGroup> &weights,
                            int64_t layers, int64_t experts)
{
    NameComparison out;
    std::vector<Match> found;
    for (const NamePattern &pattern : patterns)
        found.push_back({&pattern, {}});
    for (const LeafGroup &group : weights) {
        const std::string name = unpackedName(group.written.empty() ? group.pattern : group.written);
        bool known = false;
        for (Match &match : found) {
            if (matches(*match.pattern, name)) {
                match.groups.push_back(&group);
                known = true;
            }
        }
        if (!known) {
            out.unexpected += group.copies;
            if (out.unexpectedExample.empty())
                out.unexpectedExample = group.tensor->name;
        }
    }
    for (const Match &match : found) {
        if (!match.pattern->optional)
            countMissing(out, match, layers);
        if (experts > 0)
            countExperts(out, match, experts);
    }
    return out;
}

} // namespace assay
