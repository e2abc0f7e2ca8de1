// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/compare/difference.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace assay {
namespace {

constexpr size_t kNamedFields = 4; // of a config that are named in the headline
constexpr const char *kClauses = ASSAY_TEXT("Difference", "%1; %2");

struct Words
{
    const Translate &translate;
    std::string operator()(const char *text, const std::vector<std::string> &arguments = {}) const
    {
        return fillIn(translate("Difference", text), arguments);
    }
};

/// "DeepseekV3" of DeepseekV3ForCausalLM; else the model type.
std::string familyOf(const ModelFacts &facts)
{
    std::string name = facts.config.architecture();
    for (const std::string_view end : {"ForCausalLM", "LMHeadModel", "ForConditionalGeneration", "ForSequenceClassification",
                                       "ForMaskedLM", "Model"}) {
        if (name.size() > end.size() && name.ends_with(end)) {
            name.resize(name.size() - end.size());
            break;
        }
    }
    return name.empty() ? facts.config.modelType : name;
}

/// "Qwen2" and "qwen2" are one family.
std::string comparable(std::string name)
{
    name.erase(std::remove_if(name.begin(), name.end(), [](char c) { return c == '_' || c == '-' || c == '.'; }), name.end());
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return name;
}

std::string attentionText(const ModelFacts &facts)
{
    if (facts.attention == AttentionKind::Unknown)
        return {};
    std::string out = attentionKindName(facts.attention);
    if (facts.attention == AttentionKind::GQA && facts.heads && facts.kvHeads)
        out += " " + std::to_string(*facts.heads) + "/" + std::to_string(*facts.kvHeads);
    return out;
}

/// "DeepseekV3 mixture of experts with MLA, 61 layers, 671 B (37.6 B active)"
std::string describe(const ModelFacts &facts, const Words &words)
{
    const bool experts = facts.config.experts && facts.config.experts->routed > 0;
    std::string family = familyOf(facts);
    if (family.empty())
        family = words(ASSAY_TEXT("Difference", "unknown architecture"));
    std::string out = experts ? words(ASSAY_TEXT("Difference", "%1 mixture of experts"), {family})
                              : words(ASSAY_TEXT("Difference", "%1 dense"), {family});
    if (const std::string attention = attentionText(facts); !attention.empty())
        out += words(ASSAY_TEXT("Difference", " with %1"), {attention});
    if (facts.layers > 0)
        out += words(ASSAY_TEXT("Difference", ", %1 {1:layer|layers}"), {std::to_string(facts.layers)});
    if (facts.parameters.main > 0)
        out += words(ASSAY_TEXT("Difference", ", %1"), {formatCount(double(facts.parameters.main))});
    if (experts && facts.parameters.active > 0 && facts.parameters.active < facts.parameters.main)
        out += words(ASSAY_TEXT("Difference", " (%1 active)"), {formatCount(double(facts.parameters.active))});
    return out;
}

/// "642 GiB F8_E4M3"
std::string weightsText(const ModelFacts &facts)
{
    const auto most = std::max_element(facts.dtypes.begin(), facts.dtypes.end(),
                                       [](const auto &a, const auto &b) { return a.second.bytes < b.second.bytes; });
    return formatBytes(double(facts.weightBytes)) + (most == facts.dtypes.end() ? std::string() : " " + most->first);
}

std::string shortSize(const std::optional<int64_t> &value)
{
    return value ? groupedDigits(*value) : std::string("-");
}

/// The same shapes in the same places, whatever they are stored in.
bool sameStructure(const ModelFacts &a, const ModelFacts &b)
{
    return comparable(familyOf(a)) == comparable(familyOf(b)) && a.layers == b.layers && a.hiddenSize.value == b.hiddenSize.value
           && a.vocabularySize.value == b.vocabularySize.value && a.parameters.main == b.parameters.main
           && a.attention == b.attention;
}

/// Clauses that hold for one pair, in a sentence.
class Clauses
{
public:
    explicit Clauses(const Words &words) : m_words(words) {}
    void add(const std::string &clause)
    {
        m_text = m_text.empty() ? clause : m_words(kClauses, {m_text, clause});
    }
    std::string sentence() const { return m_words(ASSAY_TEXT("Difference", "%1."), {m_text}); }

private:
    const Words &m_words;
    std::string m_text;
};

void addSizes(Clauses &out, const ModelFacts &a, const ModelFacts &b, const Words &words)
{
    if (a.vocabularySize.value != b.vocabularySize.value)
        out.add(words(ASSAY_TEXT("Difference", "vocabularies %1 and %2"), {shortSize(a.vocabularySize.value), shortSize(b.vocabularySize.value)}));
    if (a.config.contextLength != b.config.contextLength)
        out.add(words(ASSAY_TEXT("Difference", "context %1 and %2"), {shortSize(a.config.contextLength), shortSize(b.config.contextLength)}));
    if (const std::string first = weightsText(a), second = weightsText(b); a.weightBytes > 0 && b.weightBytes > 0 && first != second)
        out.add(words(ASSAY_TEXT("Difference", "weights %1 and %2"), {first, second}));
    if (a.kvBytesPerToken && b.kvBytesPerToken && a.kvBytesPerToken != b.kvBytesPerToken)
        out.add(words(ASSAY_TEXT("Difference", "cache %1 and %2 a token"),
                      {formatBytes(double(*a.kvBytesPerToken)), formatBytes(double(*b.kvBytesPerToken))}));
}

/// Which config fields a variant changed.
void addFields(Clauses &out, const Difference &so, const Words &words)
{
    std::vector<std::string> changed;
    for (const DifferenceRow &row : so.rows(DifferenceSection::Config)) {
        if (row.state == RowState::Differs)
            changed.push_back(row.label);
    }
    if (changed.empty())
        return;
    std::string list;
    for (size_t i = 0; i < std::min(changed.size(), kNamedFields); ++i)
        list += (i ? ", " : "") + changed[i];
    if (changed.size() > kNamedFields)
        list += ", ...";
    out.add(words(changed.size() == 1 ? ASSAY_TEXT("Difference", "one config field differs: %2")
                                      : ASSAY_TEXT("Difference", "%1 config fields differ: %2"),
                  {std::to_string(changed.size()), list}));
}

void addTokens(Clauses &out, const Difference &so, const Words &words)
{
    const DifferenceRow *shared = so.find("tokenizer.shared");
    const DifferenceRow *added = so.find("tokenizer.added_list");
    if (shared && shared->state == RowState::Differs)
        out.add(words(ASSAY_TEXT("Difference", "another vocabulary")));
    else if (added && added->state != RowState::Same)
        out.add(words(ASSAY_TEXT("Difference", "other added tokens")));
    for (const TemplateDifference &one : so.templates) {
        if (!one.same()) {
            out.add(words(one.before.empty() || one.after.empty() ? ASSAY_TEXT("Difference", "only one has a chat template")
                                                                  : ASSAY_TEXT("Difference", "another chat template")));
            return;
        }
    }
}

std::string pairHeadline(const ModelFacts &a, const ModelFacts &b, const Difference &so, const Words &words)
{
    Clauses clauses(words);
    if (sameStructure(a, b)) {
        clauses.add(words(ASSAY_TEXT("Difference", "Same structure: %1"), {describe(a, words)}));
        addSizes(clauses, a, b, words);
        addFields(clauses, so, words);
        addTokens(clauses, so, words);
        clauses.add(words(so.differing() == 0 ? ASSAY_TEXT("Difference", "nothing differs beside the weights' values, which were not compared")
                                              : ASSAY_TEXT("Difference", "the weights' values were not compared")));
        return clauses.sentence();
    }
    const bool family = comparable(familyOf(a)) == comparable(familyOf(b)) && !familyOf(a).empty();
    clauses.add(words(family ? ASSAY_TEXT("Difference", "Same family, other sizes: %1 against %2")
                             : ASSAY_TEXT("Difference", "Not the same model: %1 against %2"),
                      {describe(a, words), describe(b, words)}));
    addSizes(clauses, a, b, words);
    addTokens(clauses, so, words);
    return clauses.sentence();
}

} // namespace

std::string differenceHeadline(const std::vector<DifferenceSubject> &subjects, const Difference &so, const Translate &translate)
{
    const Words words{translate};
    if (subjects.size() < 2)
        return {};
    const auto facts = [&](size_t i) -> const ModelFacts & { return subjects[i].inspection->facts; };
    if (subjects.size() == 2)
        return pairHeadline(facts(0), facts(1), so, words);
    size_t alike = 1;
    for (size_t i = 1; i < subjects.size(); ++i)
        alike += sameStructure(facts(0), facts(i)) ? 1 : 0;
    if (alike == subjects.size())
        return words(ASSAY_TEXT("Difference", "All %1 have the same structure: %2."), {std::to_string(alike), describe(facts(0), words)});
    std::string list;
    for (size_t i = 0; i < subjects.size(); ++i) {
        const std::string one = words(ASSAY_TEXT("Difference", "%1: %2"), {subjects[i].name, describe(facts(i), words)});
        list = list.empty() ? one : words(kClauses, {list, one});
    }
    return words(ASSAY_TEXT("Difference", "%1 of %2 have the structure of the first. %3."),
                 {std::to_string(alike), std::to_string(subjects.size()), list});
}

} // namespace assay
