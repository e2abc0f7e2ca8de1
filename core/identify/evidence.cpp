// SPDX-License-Identifier: GPL-3.0-or-later
// One evidence as JSON, both ways.
#include "core/identify/evidence.h"

#include "core/bench/jsonfields.h"
#include "core/identify/toldjson.h"

#include <algorithm>
#include <limits>

namespace assay {
namespace {

using nlohmann::json;
using Kind = Evidence::Kind;

constexpr std::array kKinds{"match", "contradiction", "test", "ratio", "consistent", "note"}; // in the order of Kind
constexpr size_t kMostText = 20000, kMostEntries = 1000, kMostDepth = 16, kMostNodes = 100000;

void putNumber(json &out, const char *name, const std::optional<double> &value)
{
    if (value)
        out[name] = finiteOrNull(*value);
}

json powerToJson(const std::vector<Power> &power)
{
    json out = json::array();
    for (const Power &one : power)
        out.push_back({{"alternative", validUtf8(one.alternative)}, {"value", finiteOrNull(one.value)}});
    return out;
}

/// Reads members that may be missing; one that is there and unfit damages the whole.
class Reader
{
public:
    explicit Reader(const json &from) : m_from(from) {}
    bool good() const { return m_good; }

    const json *find(const char *name) const
    {
        const auto it = m_from.find(name);
        return it == m_from.end() || it->is_null() ? nullptr : &*it;
    }
    void text(const char *name, std::string &value)
    {
        const json *found = find(name);
        if (found && demand(found->is_string() && found->get_ref<const std::string &>().size() <= kMostText))
            value = found->get<std::string>();
    }
    void number(const char *name, std::optional<double> &value, double least, double most)
    {
        const json *found = find(name);
        if (!found || !demand(found->is_number()))
            return;
        value = found->get<double>();
        demand(*value >= least && *value <= most);
    }
    template <typename Names>
    size_t word(const char *name, const Names &names)
    {
        std::string value;
        text(name, value);
        const auto at = std::find(names.begin(), names.end(), value);
        return demand(at != names.end()) ? size_t(at - names.begin()) : 0;
    }
    bool demand(bool holds)
    {
        m_good = m_good && holds;
        return holds;
    }

private:
    const json &m_from;
    bool m_good = true;
};

/// Whether the tree is shallow and small enough to be kept and walked; counts down what is left of the nodes.
bool bounded(const json &tree, size_t depth, size_t &left)
{
    if (left == 0 || depth > kMostDepth)
        return false;
    --left;
    if (tree.is_string())
        return tree.get_ref<const std::string &>().size() <= kMostText;
    return !tree.is_structured() || std::all_of(tree.begin(), tree.end(), [&](const json &one) { return bounded(one, depth + 1, left); });
}

void readPower(Reader &reader, std::vector<Power> &power)
{
    const json *list = reader.find("power");
    if (!list || !reader.demand(list->is_array() && list->size() <= kMostEntries))
        return;
    for (const json &one : *list) {
        if (!reader.demand(one.is_object()))
            return;
        Reader row(one);
        Power read;
        std::optional<double> value;
        row.text("alternative", read.alternative);
        row.number("value", value, 0, 1);
        reader.demand(row.good() && value.has_value());
        read.value = value.value_or(0);
        power.push_back(std::move(read));
    }
}

void readTexts(Reader &reader, std::vector<std::string> &texts)
{
    const json *list = reader.find("raw");
    if (!list || !reader.demand(list->is_array() && list->size() <= kMostEntries))
        return;
    for (const json &one : *list) {
        if (!reader.demand(one.is_string() && one.get_ref<const std::string &>().size() <= kMostText))
            return;
        texts.push_back(one.get<std::string>());
    }
}

void readSentences(Reader &reader, Evidence &out)
{
    if (const json *what = reader.find("what")) {
        const auto told = toldFromJson(*what);
        if (reader.demand(told.has_value()))
            out.what = *told;
    }
    if (const json *benign = reader.find("benign")) {
        const auto told = toldListFromJson(*benign);
        if (reader.demand(told.has_value()))
            out.benign = *told;
    }
}

void readCounts(Reader &reader, Evidence &out)
{
    constexpr double kAny = std::numeric_limits<double>::max();
    reader.number("p", out.p, 0, 1);
    reader.number("log_ratio", out.logRatio, -kAny, kAny);
    reader.number("effect", out.effect, -kAny, kAny);
    reader.number("detectable", out.detectable, -kAny, kAny);
    if (const json *registered = reader.find("registered"); registered && reader.demand(registered->is_boolean()))
        out.registered = registered->get<bool>();
    std::optional<double> n;
    reader.number("n", n, 0, 0x1p53);
    out.n = n && *n >= 0 && *n <= 0x1p53 ? int64_t(*n) : 0; // what is out of bounds was told, and no cast may meet it
    if (const json *numbers = reader.find("numbers")) {
        size_t left = kMostNodes;
        if (reader.demand(bounded(*numbers, 0, left)))
            out.numbers = *numbers;
    }
}

} // namespace

json evidenceToJson(const Evidence &evidence)
{
    json out{{"tier", tierDefinition(evidence.tier).id}, {"kind", kKinds[size_t(evidence.kind)]}, {"test", validUtf8(evidence.test)},
             {"registered", evidence.registered}, {"n", evidence.n}, {"what", toldToJson(evidence.what)}};
    putText(out, "channel", evidence.channel);
    putText(out, "day", evidence.day);
    putText(out, "alternative", evidence.alternative);
    putText(out, "effect_unit", evidence.effectUnit);
    putNumber(out, "p", evidence.p);
    putNumber(out, "log_ratio", evidence.logRatio);
    putNumber(out, "effect", evidence.effect);
    putNumber(out, "detectable", evidence.detectable);
    if (!evidence.power.empty())
        out["power"] = powerToJson(evidence.power);
    if (!evidence.benign.empty())
        out["benign"] = toldListToJson(evidence.benign);
    putTexts(out, "raw", evidence.raw);
    if (!evidence.numbers.is_null())
        out["numbers"] = evidence.numbers;
    return out;
}

std::optional<Evidence> evidenceFromJson(const json &from)
{
    if (!from.is_object())
        return std::nullopt;
    Reader reader(from);
    Evidence out;
    std::array<std::string_view, size_t(Tier::Count_)> tiers;
    std::transform(tierDefinitions().begin(), tierDefinitions().end(), tiers.begin(), [](const TierDefinition &one) { return one.id; });
    out.tier = Tier(reader.word("tier", tiers));
    out.kind = Kind(reader.word("kind", kKinds));
    reader.text("test", out.test);
    reader.text("channel", out.channel);
    reader.text("day", out.day);
    reader.text("alternative", out.alternative);
    reader.text("effect_unit", out.effectUnit);
    readCounts(reader, out);
    readPower(reader, out.power);
    readTexts(reader, out.raw);
    readSentences(reader, out);
    return reader.good() ? std::optional(std::move(out)) : std::nullopt;
}

} // namespace assay
