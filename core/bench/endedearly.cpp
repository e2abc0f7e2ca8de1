// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/endedearly.h"

#include "core/base/units.h"
#include "core/bench/jsonfields.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

using nlohmann::json;

struct Row
{
    PlanLimit limit;
    const char *id;
    const char *pattern; ///< %1: the limit with its unit
};
constexpr std::array<Row, 4> kRows{{
    {PlanLimit::Time, "time", ASSAY_TEXT("RunState", "ended at its limit of %1")},
    {PlanLimit::Requests, "requests", ASSAY_TEXT("RunState", "ended at its limit of %1")},
    {PlanLimit::Tokens, "tokens", ASSAY_TEXT("RunState", "ended before it could pass its limit of %1")},
    {PlanLimit::Money, "money", ASSAY_TEXT("RunState", "ended before it could pass its limit of %1")},
}};

const Row *rowOf(PlanLimit limit)
{
    const auto *found = std::ranges::find(kRows, limit, &Row::limit);
    return found == kRows.end() ? nullptr : found;
}

std::string amountText(const EndedEarly &ended, const Translate &translate)
{
    const auto count = [&](const char *pattern) { return fillIn(translate("RunState", pattern), {groupedDigits(int64_t(ended.amount))}); };
    switch (ended.limit) {
    case PlanLimit::Time: return plainNumber(ended.amount) + " s";
    case PlanLimit::Requests: return count(ASSAY_TEXT("RunState", "%1 {1:request|requests}"));
    case PlanLimit::Tokens: return count(ASSAY_TEXT("RunState", "%1 {1:token|tokens}"));
    case PlanLimit::Money: return plainNumber(ended.amount) + " " + ended.currency;
    case PlanLimit::None: break;
    }
    return {};
}

std::string progressText(const EndedEarly &ended, const Translate &translate)
{
    const bool answers = ended.counted == EndedEarly::Counted::Answers;
    const std::vector<std::string> numbers{groupedDigits(ended.done), groupedDigits(ended.planned)};
    if (ended.planned > 0)
        return fillIn(translate("RunState", answers ? ASSAY_TEXT("RunState", "%1 of %2 {2:answer|answers}")
                                                    : ASSAY_TEXT("RunState", "%1 of %2 {2:request|requests}")),
                      numbers);
    return fillIn(translate("RunState", answers ? ASSAY_TEXT("RunState", "%1 {1:answer|answers}") : ASSAY_TEXT("RunState", "%1 {1:request|requests}")), numbers);
}

} // namespace

EndedEarly endedAt(PlanLimit limit, const PlanLimits &limits, const std::optional<Prices> &prices)
{
    EndedEarly ended;
    ended.limit = limit;
    switch (limit) {
    case PlanLimit::Time: ended.amount = limits.seconds; break;
    case PlanLimit::Requests: ended.amount = double(limits.requests); break;
    case PlanLimit::Tokens: ended.amount = double(limits.tokens); break;
    case PlanLimit::Money: ended.amount = limits.money; break;
    case PlanLimit::None: break;
    }
    if (limit == PlanLimit::Money && prices)
        ended.currency = prices->currency;
    return ended;
}

std::string endedEarlyText(const EndedEarly &ended, const Translate &translate)
{
    const Row *row = rowOf(ended.limit);
    if (!row)
        return {};
    const std::string limit = fillIn(translate("RunState", row->pattern), {amountText(ended, translate)});
    const char *after = ASSAY_TEXT("RunState", "%1 after %2");
    return fillIn(translate("RunState", after), {limit, progressText(ended, translate)});
}

json toJson(const EndedEarly &ended)
{
    const Row *row = rowOf(ended.limit);
    json out{{"limit", row ? row->id : ""}, {"amount", finiteOrNull(ended.amount)}, {"done", ended.done}};
    putText(out, "currency", ended.currency);
    if (ended.planned > 0)
        out["planned"] = ended.planned;
    if (ended.counted == EndedEarly::Counted::Answers)
        out["counted"] = "answers";
    return out;
}

Result<std::optional<EndedEarly>> endedEarlyFromJson(const json &value)
{
    EndedEarly ended;
    std::string limit, counted;
    JsonFields fields(value);
    fields.read("limit", limit);
    fields.read("amount", ended.amount);
    fields.read("done", ended.done);
    fields.readIfThere("currency", ended.currency);
    fields.readIfThere("planned", ended.planned);
    fields.readIfThere("counted", counted);
    ended.counted = counted == "answers" ? EndedEarly::Counted::Answers : EndedEarly::Counted::Requests;
    const auto *row = std::ranges::find_if(kRows, [&](const Row &known) { return limit == known.id; });
    if (row != kRows.end())
        ended.limit = row->limit;
    return fields.finish(row == kRows.end() ? std::nullopt : std::optional(ended));
}

} // namespace assay
