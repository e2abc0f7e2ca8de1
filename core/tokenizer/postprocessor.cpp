// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/postprocessor.h"

#include <nlohmann/json.hpp>

namespace assay {
namespace {

constexpr int kDeepest = 8;

/// Template: [{"SpecialToken": {"id": "<s>"}}, {"Sequence": {"id": "A"}}, ...] with the ids in special_tokens.
Result<void> addTemplate(PostProcessor &result, const nlohmann::json &section, const std::string &where)
{
    std::vector<int64_t> before, after;
    bool textSeen = false;
    for (const nlohmann::json &piece : section.at("single")) {
        if (piece.contains("Sequence")) {
            if (std::exchange(textSeen, true))
                return failure(ErrorCode::TokenizerUnsupported, {where, "a template that repeats the text"},
                               "post_processor");
            continue;
        }
        const std::string name = piece.at("SpecialToken").at("id");
        for (const nlohmann::json &id : section.at("special_tokens").at(name).at("ids"))
            (textSeen ? after : before).push_back(id.get<int64_t>());
    }
    if (!textSeen)
        return failure(ErrorCode::TokenizerUnsupported, {where, "a template without the text"}, "post_processor");
    // A later processor of a sequence puts its tokens around those of the earlier ones.
    result.before.insert(result.before.begin(), before.begin(), before.end());
    result.after.insert(result.after.end(), after.begin(), after.end());
    return {};
}

Result<void> add(PostProcessor &result, const nlohmann::json &section, const std::string &where, int depth)
{
    if (section.is_null())
        return {};
    const std::string type = section.at("type");
    if (type == "ByteLevel") // only offsets
        return {};
    if (type == "TemplateProcessing")
        return addTemplate(result, section, where);
    if (type != "Sequence" || depth > kDeepest)
        return failure(ErrorCode::TokenizerUnsupported, {where, "the post-processor " + type}, "post_processor");
    for (const nlohmann::json &part : section.at("processors")) {
        if (auto added = add(result, part, where, depth + 1); !added)
            return added;
    }
    return {};
}

} // namespace

Result<PostProcessor> PostProcessor::parse(const nlohmann::json &section, const std::string &where)
{
    PostProcessor result;
    if (auto added = add(result, section, where, 0); !added)
        return tl::unexpected(added.error());
    return result;
}

} // namespace assay
