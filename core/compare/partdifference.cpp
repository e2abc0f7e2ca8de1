// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/compare/difference.h"
#include "core/compare/partsummary.h"

#include <algorithm>
#include <set>

namespace assay {
namespace {

constexpr size_t kMostShapes = 3; // of a part that are named

struct Words
{
    const Translate &translate;
    std::string operator()(const char *text, const std::vector<std::string> &arguments = {}) const
    {
        return fillIn(translate("Difference", text), arguments);
    }
};

/// "BF16" or "Q4_K 24, Q6_K 4"
std::string countsText(const std::map<std::string, uint64_t> &counts, const char *separator)
{
    std::string out;
    size_t shown = 0;
    for (const auto &[name, count] : counts) {
        if (++shown > kMostShapes)
            return out + separator + "...";
        out += (out.empty() ? "" : separator) + name;
        if (counts.size() > 1)
            out += " (" + groupedDigits(int64_t(count)) + ")";
    }
    return out;
}

std::string layersOf(const PartSummary &part, int64_t layers, const Words &words)
{
    if (part.layers.empty())
        return {};
    if (part.role == PartRole::NextToken)
        return words(ASSAY_TEXT("Difference", "layers %1, behind the main ones"), {layerRanges(part.layers)});
    return words(ASSAY_TEXT("Difference", "layers %1 of %2"), {layerRanges(part.layers), std::to_string(layers)});
}

/// Roles that stand for many different tensors: their shapes say nothing.
bool isCollective(PartRole role)
{
    return role >= PartRole::NextToken || role == PartRole::StateSpace || role == PartRole::CrossAttention;
}

std::string partText(const PartSummary &part, int64_t layers, const Words &words)
{
    std::string out = isCollective(part.role) ? formatCount(double(part.parameters)) : countsText(part.shapes, "; ");
    if (part.biases > 0 && part.shapes.empty())
        out = words(ASSAY_TEXT("Difference", "bias alone"));
    else if (part.biases > 0 && !isCollective(part.role))
        out += words(ASSAY_TEXT("Difference", " with bias"));
    if (!part.dtypes.empty())
        out += ", " + countsText(part.dtypes, ", ");
    if (part.experts > 0)
        out += ", " + words(part.fused ? ASSAY_TEXT("Difference", "%1 {1:expert|experts} in one tensor")
                                       : ASSAY_TEXT("Difference", "%1 {1:expert|experts}, a tensor each"),
                            {std::to_string(part.experts)});
    const std::string place = layersOf(part, layers, words);
    return place.empty() ? out : out + ", " + place;
}

std::string partDetail(const PartSummary &part, const Words &words)
{
    return words(ASSAY_TEXT("Difference", "%1 {1:tensor|tensors}, %2 {2:parameter|parameters}, %3 {3:byte|bytes}; %4"),
                 {groupedDigits(int64_t(part.tensors)), groupedDigits(int64_t(part.parameters)),
                  groupedDigits(int64_t(part.bytes)), part.example});
}

/// Two parts are alike when shape, dtypes and layers are; whether experts are fused is how they are stored.
std::string signatureOf(const PartSummary &part, int64_t layers)
{
    std::string out = std::to_string(part.parameters) + "|" + std::to_string(part.biases) + "|" + std::to_string(part.experts) + "|"
                      + layerRanges(part.layers) + "|" + std::to_string(layers);
    for (const auto &[name, count] : part.dtypes)
        out += "|" + name;
    for (const auto &[shape, count] : part.shapes)
        out += "|" + shape;
    return out;
}

std::vector<PartOverview> overviewsOf(const std::vector<DifferenceSubject> &subjects)
{
    std::vector<PartOverview> out;
    for (const DifferenceSubject &subject : subjects)
        out.push_back(partOverview(*subject.inspection));
    return out;
}

DifferenceRow totalRow(const char *id, const char *label, const std::vector<DifferenceSubject> &subjects, const Words &words,
                       uint64_t (*value)(const ModelFacts &), bool bytes)
{
    DifferenceRow row{id, words(ASSAY_TEXT("Difference", "Totals")), words(label), {}, {}, {}};
    std::vector<std::string> compared;
    for (const DifferenceSubject &subject : subjects) {
        const uint64_t number = value(subject.inspection->facts);
        row.cells.push_back({bytes ? formatBytes(double(number)) : formatCount(double(number)), groupedDigits(int64_t(number)), true});
        compared.push_back(std::to_string(number));
    }
    judge(row, compared);
    return row;
}

std::string translatedKind(const std::string &kind, const Translate &translate)
{
    std::string out, rest = kind;
    while (!rest.empty()) {
        const size_t plus = std::min(rest.find(" + "), rest.size());
        out += (out.empty() ? "" : " + ") + translate("Part", rest.substr(0, plus).c_str());
        rest.erase(0, std::min(plus + 3, rest.size()));
    }
    return out;
}

} // namespace

std::vector<DifferenceRow> partDifference(const std::vector<DifferenceSubject> &subjects, const Translate &translate)
{
    const Words words{translate};
    const std::vector<PartOverview> all = overviewsOf(subjects);
    std::vector<DifferenceRow> rows{
        totalRow("parts.parameters", ASSAY_TEXT("Difference", "parameters"), subjects, words,
                 [](const ModelFacts &f) { return f.parameters.main; }, false),
        totalRow("parts.tensors", ASSAY_TEXT("Difference", "tensors"), subjects, words,
                 [](const ModelFacts &f) { return f.tensorCount; }, false),
        totalRow("parts.bytes", ASSAY_TEXT("Difference", "bytes of weights"), subjects, words,
                 [](const ModelFacts &f) { return f.weightBytes; }, true)};
    for (const PartDefinition &definition : partDefinitions()) {
        DifferenceRow row{std::string("part.") + definition.id, translate("Part", definition.group), translate("Part", definition.label), {}, {}, {}};
        std::vector<std::string> compared;
        for (const PartOverview &overview : all) {
            const auto it = overview.parts.find(definition.role);
            if (it == overview.parts.end()) {
                row.cells.push_back(missingCell());
                continue;
            }
            row.cells.push_back({partText(it->second, overview.layers, words), partDetail(it->second, words), true});
            compared.push_back(signatureOf(it->second, overview.layers));
        }
        if (compared.empty())
            continue;
        judge(row, compared);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<DifferenceRow> layerDifference(const std::vector<DifferenceSubject> &subjects, const Translate &translate)
{
    const Words words{translate};
    const std::vector<PartOverview> all = overviewsOf(subjects);
    std::vector<std::string> kinds;
    for (const PartOverview &overview : all) {
        for (const PartOverview::Block &block : overview.blocks) {
            if (std::find(kinds.begin(), kinds.end(), block.kind) == kinds.end())
                kinds.push_back(block.kind);
        }
    }
    std::vector<DifferenceRow> rows;
    for (const std::string &kind : kinds) {
        DifferenceRow row{"layers." + kind, words(ASSAY_TEXT("Difference", "Layers made of")), translatedKind(kind, translate), {}, {}, {}};
        std::vector<std::string> compared;
        for (const PartOverview &overview : all) {
            std::map<int64_t, int64_t> runs;
            int64_t count = 0;
            for (const PartOverview::Block &block : overview.blocks) {
                if (block.kind != kind)
                    continue;
                runs[block.first] = block.count;
                count += block.count;
            }
            if (runs.empty()) {
                row.cells.push_back(missingCell());
                continue;
            }
            const std::string text = words(ASSAY_TEXT("Difference", "layers %1 of %2"), {layerRanges(runs), std::to_string(overview.layers)});
            row.cells.push_back({text, words(ASSAY_TEXT("Difference", "%1 {1:layer|layers}"), {std::to_string(count)}), true});
            compared.push_back(text);
        }
        judge(row, compared);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<DifferenceRow> dtypeDifference(const std::vector<DifferenceSubject> &subjects, const Translate &translate)
{
    const Words words{translate};
    std::set<std::string> names;
    for (const DifferenceSubject &subject : subjects) {
        for (const auto &[name, totals] : subject.inspection->facts.dtypes)
            names.insert(name);
    }
    std::vector<DifferenceRow> rows;
    for (const std::string &name : names) {
        DifferenceRow row{"dtypes." + name, words(ASSAY_TEXT("Difference", "Bytes by dtype")), name, {}, {}, {}};
        std::vector<std::string> compared;
        for (const DifferenceSubject &subject : subjects) {
            const auto &dtypes = subject.inspection->facts.dtypes;
            const auto it = dtypes.find(name);
            if (it == dtypes.end()) {
                row.cells.push_back(missingCell());
                continue;
            }
            const DtypeTotals &totals = it->second;
            row.cells.push_back({formatBytes(double(totals.bytes)),
                                 words(ASSAY_TEXT("Difference", "%1 {1:byte|bytes}, %2 {2:element|elements}, %3 {3:tensor|tensors}"),
                                       {groupedDigits(int64_t(totals.bytes)), groupedDigits(int64_t(totals.elements)),
                                        groupedDigits(int64_t(totals.tensors))}),
                                 true});
            compared.push_back(std::to_string(totals.bytes) + "|" + std::to_string(totals.elements));
        }
        judge(row, compared);
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace assay
