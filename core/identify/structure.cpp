// SPDX-License-Identifier: GPL-3.0-or-later
// A checkpoint as the grammar of its tensor names with shapes and counts, and how two such grammars differ.
#include "core/identify/structure.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <tuple>

namespace assay {
namespace {

bool isNumber(std::string_view part)
{
    return !part.empty() && std::all_of(part.begin(), part.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

/// "model.layers.61." of a tensor that only a layer of next-token prediction has.
std::string_view nextTokenPrefix(std::string_view name)
{
    constexpr std::string_view kMark = "eh_proj.weight";
    if (!name.ends_with(kMark) || name.size() <= kMark.size())
        return {};
    const std::string_view prefix = name.substr(0, name.size() - kMark.size());
    const size_t dot = prefix.size() >= 2 ? prefix.rfind('.', prefix.size() - 2) : std::string_view::npos;
    return dot != std::string_view::npos && isNumber(prefix.substr(dot + 1, prefix.size() - dot - 2)) ? prefix : std::string_view();
}

void appendParts(std::string &out, std::string_view name)
{
    for (size_t begin = 0; begin <= name.size();) {
        const size_t end = std::min(name.find('.', begin), name.size());
        const std::string_view part = name.substr(begin, end - begin);
        if (begin > 0)
            out += '.';
        out += isNumber(part) ? std::string_view("#") : part;
        begin = end + 1;
    }
}

std::string keyOf(const TensorRecord &tensor, const std::set<std::string_view> &nextToken)
{
    std::string out;
    std::string_view rest = tensor.name;
    const auto own = std::find_if(nextToken.begin(), nextToken.end(), [&](std::string_view prefix) { return rest.starts_with(prefix); });
    if (own != nextToken.end()) {
        const size_t dot = own->rfind('.', own->size() - 2);
        appendParts(out, own->substr(0, dot));
        out += ".@.";
        rest.remove_prefix(own->size());
    }
    appendParts(out, rest);
    out += " [";
    for (size_t i = 0; i < tensor.shape.size(); ++i)
        out += (i > 0 ? "," : "") + std::to_string(tensor.shape[i]);
    return validUtf8(out + "]");
}

std::string nameOf(const std::string &key)
{
    return key.substr(0, key.rfind(" ["));
}

std::string shapeOf(const std::string &key)
{
    const size_t at = key.rfind(" [");
    return at == std::string::npos ? std::string() : key.substr(at + 1);
}

using Shapes = std::map<std::string, std::map<std::string, uint64_t>>; ///< by name: counts by shape

Shapes byName(const std::map<std::string, uint64_t> &structure)
{
    Shapes out;
    for (const auto &[key, count] : structure) {
        if (!isScaleKey(key))
            out[nameOf(key)][shapeOf(key)] = count;
    }
    return out;
}

std::string shapesText(const std::map<std::string, uint64_t> &shapes)
{
    std::string out;
    for (const auto &[shape, count] : shapes)
        out += (out.empty() ? "" : ", ") + std::to_string(count) + " x " + shape;
    return out.empty() ? "0" : out;
}

uint64_t sum(const std::map<std::string, uint64_t> &shapes)
{
    uint64_t out = 0;
    for (const auto &[shape, count] : shapes)
        out += count;
    return out;
}

TensorDifference::Kind kindOf(const std::map<std::string, uint64_t> &found, const std::map<std::string, uint64_t> &expected)
{
    if (found.empty())
        return TensorDifference::Kind::Missing;
    if (expected.empty())
        return TensorDifference::Kind::Unexpected;
    const bool sameShapes = found.size() == expected.size()
                            && std::equal(found.begin(), found.end(), expected.begin(), [](const auto &a, const auto &b) { return a.first == b.first; });
    return sameShapes ? TensorDifference::Kind::Count : TensorDifference::Kind::Shape;
}

} // namespace

bool isScaleKey(std::string_view key)
{
    const std::string_view name = key.substr(0, key.rfind(" ["));
    // GPT-2's causal masks are stored by some versions of its code and not by others.
    const bool mask = name.ends_with("attn.bias") && key.find(" [1,1,") != std::string_view::npos;
    return mask || name.ends_with("_scale_inv") || name.ends_with("_scale") || name.ends_with(".scales") || name.ends_with("rotary_emb.inv_freq");
}

bool isNextTokenKey(std::string_view key)
{
    return key.find(".@.") != std::string_view::npos;
}

std::map<std::string, uint64_t> structureOf(const Checkpoint &checkpoint)
{
    std::set<std::string_view> nextToken;
    for (const TensorRecord &tensor : checkpoint.tensors) {
        if (const std::string_view prefix = nextTokenPrefix(tensor.name); !prefix.empty() && nextToken.size() < 16)
            nextToken.insert(prefix);
    }
    std::map<std::string, uint64_t> out;
    for (const TensorRecord &tensor : checkpoint.tensors)
        ++out[keyOf(tensor, nextToken)];
    return out;
}

StructureComparison compareStructures(const std::map<std::string, uint64_t> &found, const std::map<std::string, uint64_t> &expected)
{
    StructureComparison out;
    const Shapes mine = byName(found), theirs = byName(expected);
    std::set<std::string> names;
    for (const Shapes *side : {&mine, &theirs}) {
        for (const auto &[name, shapes] : *side)
            names.insert(name);
    }
    static const std::map<std::string, uint64_t> kNone;
    const auto at = [](const Shapes &side, const std::string &name) -> const std::map<std::string, uint64_t> & {
        const auto it = side.find(name);
        return it == side.end() ? kNone : it->second;
    };
    uint64_t common = 0, all = 0, commonPatterns = 0, patterns = 0;
    for (const std::string &name : names) {
        const auto &a = at(mine, name), &b = at(theirs, name);
        for (const auto &[shape, count] : a) {
            const auto same = b.find(shape);
            common += same == b.end() ? 0 : std::min(count, same->second);
            commonPatterns += same != b.end();
            patterns += same == b.end();
        }
        patterns += b.size();
        all += std::max(sum(a), sum(b));
        out.sharedNames += !a.empty() && !b.empty();
        if (a == b)
            continue;
        TensorDifference one{kindOf(a, b), name, shapesText(a), shapesText(b)};
        one.nextToken = isNextTokenKey(name);
        out.differences.push_back(std::move(one));
    }
    out.share = all > 0 ? double(common) / double(all) : 0;
    out.patternShare = patterns > 0 ? double(commonPatterns) / double(patterns) : 0;
    std::stable_sort(out.differences.begin(), out.differences.end(), [](const TensorDifference &a, const TensorDifference &b) {
        return std::tuple(a.nextToken, a.kind) < std::tuple(b.nextToken, b.kind);
    });
    return out;
}

bool StructureComparison::equal() const
{
    return share > 0 && differences.empty();
}

bool StructureComparison::equalWithoutNextToken() const
{
    return share > 0 && std::all_of(differences.begin(), differences.end(), [](const TensorDifference &one) {
        return one.nextToken && one.kind == TensorDifference::Kind::Missing;
    });
}

const char *tensorDifferenceName(TensorDifference::Kind kind)
{
    constexpr std::array kNames{"shape", "count", "missing", "unexpected"};
    return kNames[size_t(kind)];
}

} // namespace assay
