// SPDX-License-Identifier: GPL-3.0-or-later
// Fields that answers are said to have (identity.md, section 4).
#include "core/identify/claimrules.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace assay::claims {
namespace {

/// What the documented APIs and servers send in headers and in answers.
constexpr std::array kDocumentedHeaders{"openai-organization", "openai-processing-ms", "openai-version", "x-request-id", "x-compute-type",
                                        "x-compute-time", "x-total-time", "x-queue-time", "x-inference-time", "x-time-per-token",
                                        "x-prompt-tokens", "x-generated-tokens", "x-compute-characters", "x-validation-time", "content-type", "server", "date"};
constexpr std::array kDocumentedFields{"id", "object", "created", "model", "choices", "usage", "system_fingerprint", "service_tier", "error",
                                       "message", "done", "created_at", "timings", "context", "prompt_eval_count", "eval_count", "total_duration",
                                       "load_duration", "prompt_eval_duration", "eval_duration", "details", "generated_text"};

std::string fieldName(const std::string &field)
{
    std::string out = field.substr(field.find('.') + 1);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return out;
}

bool documented(const std::string &name, bool header)
{
    const auto has = [&name](const auto &list) { return std::any_of(list.begin(), list.end(), [&](const char *one) { return name == one; }); };
    if (header)
        return has(kDocumentedHeaders) || name.starts_with("x-ratelimit-");
    return has(kDocumentedFields) || name.find('.') != std::string::npos;
}

/// A claim of the same version on what the field of the answer would tell.
const Claim *sameThing(const Claim &claim, const std::string &name, const ClaimSheet &sheet)
{
    const ClaimField *field = findClaimField(name);
    for (const Claim &other : sheet.claims) {
        if (field && &other != &claim && other.version == claim.version && findClaimField(other.field) == field)
            return &other;
    }
    return nullptr;
}

std::string shown(const nlohmann::json &value)
{
    return value.is_string() ? value.get<std::string>() : value.dump();
}

} // namespace

Judged checkResponse(const Claim &claim, const Context &context)
{
    const std::string name = fieldName(claim.field);
    const bool header = claim.field.starts_with("response_header");
    if (const Claim *other = sameThing(claim, name, context.sheet)) {
        const ClaimField &field = *findClaimField(name);
        const auto here = amountOf(claim.claimed, claim.unit, field), there = amountOf(other->claimed, other->unit, field);
        if (here && there && (here->high < there->low || here->low > there->high))
            return {ClaimVerdict::SelfContradictory, {},
                    {ASSAY_TEXT("Identity", "The sheet itself claims %1 in its entry %2."), {shown(other->claimed), other->id}}};
    }
    if (!documented(name, header))
        return {ClaimVerdict::Contradicted, {},
                {ASSAY_TEXT("Identity", "No documented API or server sends a field \"%1\"; an answer that has it would prove nothing."), {name}}};
    return {ClaimVerdict::NotTested, {}, {ASSAY_TEXT("Identity", "Answers of an endpoint decide it, and they can say anything."), {}}};
}

} // namespace assay::claims
