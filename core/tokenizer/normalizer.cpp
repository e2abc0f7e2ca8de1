// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/normalizer.h"

#include <nlohmann/json.hpp>
#include <utf8proc.h>

#include <array>
#include <cstdlib>

namespace assay {
namespace {

constexpr int kDeepest = 8;

struct Form
{
    const char *type;
    int options;
};
constexpr int kCompose = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
constexpr int kDecompose = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE;
constexpr std::array<Form, 4> kForms{{
    {"NFC", kCompose}, {"NFD", kDecompose}, {"NFKC", kCompose | UTF8PROC_COMPAT}, {"NFKD", kDecompose | UTF8PROC_COMPAT},
}};

std::string normalForm(std::string_view text, int options)
{
    utf8proc_uint8_t *mapped = nullptr;
    const utf8proc_ssize_t length =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t *>(text.data()), utf8proc_ssize_t(text.size()), &mapped,
                     utf8proc_option_t(options));
    if (length < 0) // out of memory: the text stays as it is
        return std::string(text);
    std::string result(reinterpret_cast<const char *>(mapped), size_t(length));
    std::free(mapped);
    return result;
}

bool isAscii(std::string_view text)
{
    for (char c : text) {
        if (uint8_t(c) >= 0x80)
            return false;
    }
    return true;
}

} // namespace

Result<Normalizer> Normalizer::parse(const nlohmann::json &section, const std::string &where)
{
    Normalizer normalizer;
    if (auto added = normalizer.add(section, where, 0); !added)
        return tl::unexpected(added.error());
    return normalizer;
}

Result<void> Normalizer::add(const nlohmann::json &section, const std::string &where, int depth)
{
    if (section.is_null())
        return {};
    const std::string type = section.at("type");
    for (const Form &form : kForms) {
        if (type == form.type) {
            m_forms.push_back(form.options);
            return {};
        }
    }
    if (type != "Sequence" || depth > kDeepest)
        return failure(ErrorCode::TokenizerUnsupported, {where, "the normalizer " + type}, "normalizer");
    for (const nlohmann::json &part : section.at("normalizers")) {
        if (auto added = add(part, where, depth + 1); !added)
            return added;
    }
    return {};
}

std::string Normalizer::apply(std::string_view text) const
{
    std::string result(text);
    if (isAscii(text))
        return result;
    for (int options : m_forms)
        result = normalForm(result, options);
    return result;
}

} // namespace assay
