// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/postprocessor.h"

#include "core/tokenizer/problems.h"
#include "core/tokenizer/vocabulary.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace assay {
namespace {

using Json = nlohmann::json;
constexpr int kDeepest = 8;

int64_t tokenIn(const Json &pair)
{
    return pair.at(1).get<int64_t>(); // ["[SEP]", 102]
}

bool inRange(int64_t id)
{
    return id >= 0 && id <= Vocabulary::kLargestId;
}

} // namespace

Result<PostProcessor> PostProcessor::parse(const Json &section, const std::string &where)
{
    PostProcessor result;
    if (auto added = result.add(section, where, 0); !added)
        return tl::unexpected(added.error());
    return result;
}

PostProcessor PostProcessor::around(std::vector<int64_t> before, std::vector<int64_t> after)
{
    using Kind = Part::Kind;
    PostProcessor result;
    const Part first{Kind::Special, std::move(before), 0}, last{Kind::Special, std::move(after), 0};
    Part laterFirst = first, laterLast = last;
    laterFirst.type = laterLast.type = 1;
    result.m_templates.push_back({{first, {Kind::Text, {}, 0}, last},
                                  {first, {Kind::Text, {}, 0}, last, laterFirst, {Kind::Pair, {}, 1}, laterLast}});
    return result;
}

PostProcessor PostProcessor::bert(int64_t first, int64_t last)
{
    PostProcessor result;
    result.addBert(first, last);
    return result;
}

void PostProcessor::addBert(int64_t first, int64_t last)
{
    using Kind = Part::Kind;
    const Part begin{Kind::Special, {first}, 0}, text{Kind::Text, {}, 0}, end{Kind::Special, {last}, 0};
    m_templates.push_back({{begin, text, end}, {begin, text, end, {Kind::Pair, {}, 1}, {Kind::Special, {last}, 1}}});
}

void PostProcessor::addRoberta(int64_t first, int64_t last)
{
    using Kind = Part::Kind;
    const Part begin{Kind::Special, {first}, 0}, text{Kind::Text, {}, 0}, end{Kind::Special, {last}, 0};
    m_templates.push_back({{begin, text, end}, {begin, text, end, end, {Kind::Pair, {}, 0}, end}});
}

Result<void> PostProcessor::add(const Json &section, const std::string &where, int depth)
{
    if (section.is_null())
        return {};
    const std::string type = section.at("type");
    if (type == "ByteLevel") // only offsets
        return {};
    if (type == "TemplateProcessing")
        return addTemplate(section, where);
    if (type == "BertProcessing" || type == "RobertaProcessing") {
        const int64_t first = tokenIn(section.at("cls")), last = tokenIn(section.at("sep"));
        if (!inRange(first) || !inRange(last))
            return tokenizerDamaged(where, ASSAY_TEXT("Reason", "the id of a token is out of range"), "post_processor");
        type == "BertProcessing" ? addBert(first, last) : addRoberta(first, last);
        return {};
    }
    if (type != "Sequence" || depth > kDeepest)
        return tokenizerUnsupported(where, type, "post_processor");
    for (const Json &part : section.at("processors")) {
        if (auto added = add(part, where, depth + 1); !added)
            return added;
    }
    return {};
}

Result<void> PostProcessor::addTemplate(const Json &section, const std::string &where)
{
    const Json none = Json::object();
    const auto found = section.find("special_tokens");
    const Json &specials = found == section.end() || found->is_null() ? none : *found;
    auto single = readParts(section.at("single"), specials, where);
    if (!single)
        return tl::unexpected(single.error());
    const auto both = section.find("pair");
    auto pair = both == section.end() || both->is_null() ? Result<std::vector<Part>>(*single) : readParts(*both, specials, where);
    if (!pair)
        return tl::unexpected(pair.error());
    m_templates.push_back({std::move(*single), std::move(*pair)});
    return {};
}

/// [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, ...]; the tokens' ids
/// stand in special_tokens.
Result<std::vector<PostProcessor::Part>> PostProcessor::readParts(const Json &list, const Json &specials,
                                                                  const std::string &where)
{
    constexpr size_t kMostTexts = 16; // each repeats a text, which may be long
    std::vector<Part> parts;
    size_t texts = 0;
    for (const Json &entry : list) {
        Part part;
        if (const auto text = entry.find("Sequence"); text != entry.end()) {
            part.kind = text->at("id").get_ref<const std::string &>() == "B" ? Part::Kind::Pair : Part::Kind::Text;
            part.type = text->value("type_id", int64_t(0));
            ++texts;
        } else {
            const Json &special = entry.at("SpecialToken");
            part.kind = Part::Kind::Special;
            part.type = special.value("type_id", int64_t(0));
            part.ids = specials.at(special.at("id").get_ref<const std::string &>()).at("ids").get<std::vector<int64_t>>();
            if (!std::all_of(part.ids.begin(), part.ids.end(), inRange))
                return tokenizerDamaged(where, ASSAY_TEXT("Reason", "the id of a token is out of range"), "post_processor");
        }
        parts.push_back(std::move(part));
    }
    if (texts == 0 || texts > kMostTexts)
        return tokenizerUnsupported(where, "TemplateProcessing", "post_processor");
    return parts;
}

TokenizedPair PostProcessor::filled(const std::vector<Part> &parts, const TokenizedPair &text, const TokenizedPair &pair)
{
    TokenizedPair out;
    for (const Part &part : parts) {
        const std::vector<int64_t> &ids = part.kind == Part::Kind::Text   ? text.ids
                                          : part.kind == Part::Kind::Pair ? pair.ids
                                                                          : part.ids;
        out.ids.insert(out.ids.end(), ids.begin(), ids.end());
        out.types.resize(out.ids.size(), part.type);
    }
    return out;
}

TokenizedPair PostProcessor::apply(std::vector<int64_t> text) const
{
    TokenizedPair result{std::move(text), {}};
    for (const Template &layout : m_templates)
        result = filled(layout.single, result, {});
    result.types.resize(result.ids.size(), 0);
    return result;
}

TokenizedPair PostProcessor::apply(std::vector<int64_t> text, std::vector<int64_t> pair) const
{
    if (m_templates.empty()) {
        TokenizedPair result{std::move(text), {}};
        result.types.resize(result.ids.size(), 0);
        result.ids.insert(result.ids.end(), pair.begin(), pair.end());
        result.types.resize(result.ids.size(), 1);
        return result;
    }
    TokenizedPair result = filled(m_templates.front().pair, {std::move(text), {}}, {std::move(pair), {}});
    for (size_t i = 1; i < m_templates.size(); ++i) // a later one sees one text
        result = filled(m_templates[i].single, result, {});
    return result;
}

} // namespace assay
