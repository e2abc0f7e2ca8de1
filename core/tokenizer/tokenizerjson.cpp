// SPDX-License-Identifier: GPL-3.0-or-later
// tokenizer.json of Hugging Face tokenizers.
#include "core/format/headerdensity.h"
#include "core/tokenizer/modelreader.h"
#include "core/tokenizer/pipeline.h"
#include "core/tokenizer/problems.h"

#include <new>
#include <nlohmann/json.hpp>
#include <simdjson.h>

namespace assay {
namespace {

namespace dom = simdjson::dom;
using Json = nlohmann::json;
using Opened = Result<std::shared_ptr<const Tokenizer>>;

/// Sections beside model and added_tokens are small, but for a table of characters.
constexpr size_t kLargestSection = 16u << 20;

tl::unexpected<Error> wrongField(const std::string &where, std::string place)
{
    return tokenizerDamaged(where, ASSAY_TEXT("Reason", "a field is missing or of the wrong type"), std::move(place));
}

/// Finds out where a text stops being JSON.
struct PlaceFinder : nlohmann::json_sax<Json>
{
    size_t byte = 0;
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t &) override { return true; }
    bool string(string_t &) override { return true; }
    bool binary(binary_t &) override { return true; }
    bool start_object(size_t) override { return true; }
    bool key(string_t &) override { return true; }
    bool end_object() override { return true; }
    bool start_array(size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(size_t position, const std::string &, const nlohmann::detail::exception &) override
    {
        byte = position;
        return false;
    }
};

tl::unexpected<Error> damagedJson(const std::string &json, const std::string &where, simdjson::error_code problem)
{
    PlaceFinder finder;
    Json::sax_parse(json, &finder);
    return failure(ErrorCode::JsonDamaged, {where, finder.byte > 0 ? "byte " + std::to_string(finder.byte)
                                                                   : simdjson::error_message(problem)});
}

Result<std::vector<AddedToken>> readAddedTokens(dom::object root, const std::string &where)
{
    std::vector<AddedToken> tokens;
    dom::element section;
    if (root["added_tokens"].get(section) || section.is_null())
        return tokens;
    dom::array entries;
    if (section.get(entries))
        return wrongField(where, "added_tokens");
    for (const dom::element entry : entries) {
        AddedToken token;
        std::string_view content;
        if (entry["id"].get(token.id) || entry["content"].get(content))
            return wrongField(where, "added_tokens[" + std::to_string(tokens.size()) + "]");
        token.content = content;
        const auto flag = [&](const char *name, bool otherwise) {
            bool value = false;
            return entry[name].get(value) ? otherwise : value;
        };
        token.special = flag("special", false);
        token.singleWord = flag("single_word", false);
        token.leftStrip = flag("lstrip", false);
        token.rightStrip = flag("rstrip", false);
        token.normalized = flag("normalized", !token.special);
        if (token.id < 0 || token.id > Vocabulary::kLargestId)
            return tokenizerDamaged(where, ASSAY_TEXT("Reason", "the id of a token is out of range"),
                                    "added_tokens: " + validUtf8(std::string_view(token.content).substr(0, 100)));
        tokens.push_back(std::move(token));
    }
    return tokens;
}

Result<Json> sectionOf(dom::object root, const char *name, const std::string &where)
{
    dom::element section;
    if (root[name].get(section))
        return Json();
    const std::string text = simdjson::minify(section);
    if (text.size() > kLargestSection)
        return tokenizerDamaged(where, ASSAY_TEXT("Reason", "a section is too large"), name);
    return Json::parse(text);
}

template <class T>
Result<void> readSection(T &part, dom::object root, const char *name, const std::string &where)
{
    const auto section = sectionOf(root, name, where);
    if (!section)
        return tl::unexpected(section.error());
    try {
        auto parsed = T::parse(*section, where);
        if (!parsed)
            return tl::unexpected(parsed.error());
        part = std::move(*parsed);
        return {};
    } catch (const Json::exception &) {
        return wrongField(where, name);
    }
}

Opened assemble(dom::object root, const std::string &where)
{
    TokenizerParts parts;
    parts.summary.source = "tokenizer.json";
    for (auto read : {readSection(parts.normalizer, root, "normalizer", where),
                      readSection(parts.preTokenizer, root, "pre_tokenizer", where),
                      readSection(parts.postProcessor, root, "post_processor", where),
                      readSection(parts.decoder, root, "decoder", where)}) {
        if (!read)
            return tl::unexpected(read.error());
    }
    dom::object model;
    if (root["model"].get(model))
        return tokenizerDamaged(where, ASSAY_TEXT("Reason", "it has no model section"), "model");
    auto read = readTokenModel(model, parts.preTokenizer.endsInBytes(), where, parts.summary.model);
    if (!read)
        return tl::unexpected(read.error());
    parts.model = std::move(*read);
    auto added = readAddedTokens(root, where);
    if (!added)
        return tl::unexpected(added.error());
    parts.added = std::move(*added);
    for (const char *name : {"truncation", "padding"}) {
        dom::element section;
        if (!root[name].get(section) && !section.is_null())
            parts.summary.ignored.emplace_back(name);
    }
    return makeTokenizer(std::move(parts), where);
}

} // namespace

Opened Tokenizer::parse(const std::string &json, const std::string &where)
{
    try {
        // Its index would take many times the room of such a text.
        if (!HeaderDensity().plausible(json))
            return tokenizerDamaged(where, ASSAY_TEXT("Reason", "it is hardly anything but brackets and commas"), {});
        dom::parser parser;
        dom::element document;
        const auto problem = parser.parse(json).get(document);
        if (problem == simdjson::MEMALLOC)
            return tokenizerTooLarge(where);
        if (problem)
            return damagedJson(json, where, problem);
        dom::object root;
        if (document.get(root))
            return tokenizerDamaged(where, ASSAY_TEXT("Reason", "it has no model section"), "model");
        return assemble(root, where);
    } catch (const std::bad_alloc &) {
        return tokenizerTooLarge(where);
    } catch (const std::exception &error) {
        return failure(ErrorCode::TokenizerDamaged, {where, error.what()});
    }
}

} // namespace assay
