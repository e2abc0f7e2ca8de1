// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/normalizer.h"

#include "core/tokenizer/normalizersteps.h"
#include "core/tokenizer/pattern.h"
#include "core/tokenizer/problems.h"

#include <nlohmann/json.hpp>
#include <utf8proc.h>

namespace assay {
namespace {

using Json = nlohmann::json;
using Steps = std::vector<NormalizerStep>;

constexpr int kDeepest = 8;
constexpr int kCompose = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
constexpr int kDecompose = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE;

NormalizerStep form(int options)
{
    return [options](std::string &text) { normalize::form(text, options); };
}

Result<void> addBert(Steps &steps, const Json &section, const std::string &)
{
    const bool lower = section.value("lowercase", true);
    const auto accents = section.find("strip_accents"); // null: as lowercase says
    const bool strip = accents == section.end() || accents->is_null() ? lower : accents->get<bool>();
    if (section.value("clean_text", true))
        steps.push_back(normalize::clean);
    if (section.value("handle_chinese_chars", true))
        steps.push_back(normalize::spaceChinese);
    if (strip) {
        steps.push_back(form(kDecompose));
        steps.push_back([](std::string &text) { normalize::dropMarks(text, true); });
    }
    if (lower)
        steps.push_back(normalize::lowercase);
    return {};
}

Result<void> addReplace(Steps &steps, const Json &section, const std::string &where)
{
    const Json &pattern = section.at("pattern");
    const std::string content = section.at("content").get<std::string>();
    if (!pattern.contains("Regex")) {
        steps.push_back([content, literal = Pattern::literal(pattern.at("String").get<std::string>())](std::string &text) {
            literal.replace(text, content);
        });
        return {};
    }
    auto regex = Pattern::compile(pattern.at("Regex").get<std::string>());
    if (!regex)
        return tokenizerDamaged(where, ASSAY_TEXT("Reason", "a regular expression is wrong"), "normalizer: " + regex.error());
    steps.push_back([content, found = *regex](std::string &text) { found.replace(text, content); });
    return {};
}

Result<void> addPrecompiled(Steps &steps, const Json &section, const std::string &where)
{
    const auto text = section.find("precompiled_charsmap");
    if (text == section.end() || text->is_null() || text->get_ref<const std::string &>().empty())
        return {};
    const auto blob = decodedBase64(text->get_ref<const std::string &>());
    auto map = blob ? Charsmap::parse(*blob) : std::nullopt;
    if (!map)
        return tokenizerDamaged(where, ASSAY_TEXT("Reason", "its table of characters is damaged"), "precompiled_charsmap");
    steps.push_back([shared = std::make_shared<const Charsmap>(std::move(*map))](std::string &changed) {
        normalize::precompiled(changed, *shared);
    });
    return {};
}

Result<void> addStrip(Steps &steps, const Json &section, const std::string &)
{
    steps.push_back([left = section.value("strip_left", true), right = section.value("strip_right", true)](
                        std::string &text) { normalize::strip(text, left, right); });
    return {};
}

Result<void> addPrepend(Steps &steps, const Json &section, const std::string &)
{
    steps.push_back([content = section.at("prepend").get<std::string>()](std::string &text) {
        normalize::prepend(text, content);
    });
    return {};
}

struct Kind
{
    const char *type;
    Result<void> (*add)(Steps &steps, const Json &section, const std::string &where);
};

template <auto step>
Result<void> addPlain(Steps &steps, const Json &, const std::string &)
{
    steps.push_back(step);
    return {};
}

template <int options>
Result<void> addForm(Steps &steps, const Json &, const std::string &)
{
    steps.push_back(form(options));
    return {};
}

Result<void> addStripAccents(Steps &steps, const Json &, const std::string &)
{
    steps.push_back([](std::string &text) { normalize::dropMarks(text, false); });
    return {};
}

constexpr Kind kKinds[] = {
    {"NFC", addForm<kCompose>},
    {"NFD", addForm<kDecompose>},
    {"NFKC", addForm<kCompose | UTF8PROC_COMPAT>},
    {"NFKD", addForm<kDecompose | UTF8PROC_COMPAT>},
    {"Lowercase", addPlain<normalize::lowercase>},
    {"Strip", addStrip},
    {"StripAccents", addStripAccents},
    {"Prepend", addPrepend},
    {"Replace", addReplace},
    {"Precompiled", addPrecompiled},
    {"BertNormalizer", addBert},
    {"Nmt", addPlain<normalize::nmt>},
    {"ByteLevel", addPlain<normalize::byteLevel>},
};

} // namespace

Result<Normalizer> Normalizer::parse(const Json &section, const std::string &where)
{
    Normalizer normalizer;
    if (auto added = normalizer.add(section, where, 0); !added)
        return tl::unexpected(added.error());
    return normalizer;
}

Normalizer Normalizer::sentencePiece(std::shared_ptr<const Charsmap> map, SentencePieceRules rules)
{
    Normalizer normalizer;
    normalizer.m_steps.push_back([map, rules](std::string &text) { normalize::sentencePiece(text, map.get(), rules); });
    return normalizer;
}

Result<void> Normalizer::add(const Json &section, const std::string &where, int depth)
{
    if (section.is_null())
        return {};
    const std::string type = section.at("type");
    for (const Kind &kind : kKinds) {
        if (type == kind.type)
            return kind.add(m_steps, section, where);
    }
    if (type != "Sequence" || depth > kDeepest)
        return tokenizerUnsupported(where, type, "normalizer");
    for (const Json &part : section.at("normalizers")) {
        if (auto added = add(part, where, depth + 1); !added)
            return added;
    }
    return {};
}

std::string Normalizer::apply(std::string_view text) const
{
    std::string result(text);
    for (const NormalizerStep &step : m_steps)
        step(result);
    return result;
}

} // namespace assay
