// SPDX-License-Identifier: GPL-3.0-or-later
// Claims held against what was found: whom each is about, by which rule it is judged, what becomes of several candidates.
#include "core/identify/claimrules.h"

#include <algorithm>
#include <array>
#include <map>

namespace assay {
namespace {

using claims::Context;
using claims::Judged;
using nlohmann::json;

bool isRatio(const ClaimField &field)
{
    const std::string_view id = field.id;
    return id == "parameter_ratio" || id == "flops_ratio";
}

bool isPhysical(const ClaimField &field)
{
    constexpr std::array kPhysical{"vram", "weights.bytes", "hardware", "latency", "throughput"};
    return std::any_of(kPhysical.begin(), kPhysical.end(), [&](const char *id) { return std::string_view(field.id) == id; });
}

bool wrong(ClaimVerdict verdict)
{
    return verdict == ClaimVerdict::Contradicted || verdict == ClaimVerdict::Impossible || verdict == ClaimVerdict::SelfContradictory;
}

/// What would decide a claim that nothing here decides.
Told whatWould(const ClaimField *field)
{
    if (!field)
        return {ASSAY_TEXT("Identity", "This is no field that anything here decides."), {}};
    const std::string_view group = field->group;
    if (group == "Performance")
        return {ASSAY_TEXT("Identity", "Measuring it decides: assay bench."), {}};
    if (group == "Accuracy")
        return {ASSAY_TEXT("Identity", "Asking a suite decides: assay evaluate."), {}};
    return {ASSAY_TEXT("Identity", "Nothing that was found decides it."), {}};
}

/// An accuracy on images needs a model that sees.
Judged checkImages(const FoundFacts &facts)
{
    const ClaimField &modality = *findClaimField("modality");
    Judged judged = claims::checkWord("image", modality, facts);
    if (judged.verdict == ClaimVerdict::Contradicted) {
        judged.reason = {ASSAY_TEXT("Identity", "The model takes no images."), {}};
        return judged;
    }
    return {};
}

class Checker
{
public:
    Checker(const Context &context) : m_context(context) {}

    ClaimRow row(const Claim &claim)
    {
        ClaimRow row;
        row.claim = claim;
        row.field = claims::figureOf(claim).field;
        Judged judged = judge(claim, row.field);
        row.verdict = judged.verdict;
        row.found = std::move(judged.found);
        row.reason = judged.reason.empty() ? whatWould(row.field) : std::move(judged.reason);
        return row;
    }

private:
    using Facts = std::vector<const FoundFacts *>;

    bool isSubject(const std::string &version) const { return version.empty() || version == m_context.version; }

    Facts sideOf(const std::string &version) const
    {
        if (isSubject(version))
            return {&m_context.subject};
        Facts out;
        for (const std::string &profile : profilesOf(m_context.sheet, version)) {
            const auto it = std::find_if(m_context.published.begin(), m_context.published.end(), [&](const FoundFacts &f) { return f.name == profile; });
            if (it != m_context.published.end())
                out.push_back(&*it);
        }
        return out;
    }

    Judged judge(const Claim &claim, const ClaimField *field)
    {
        if (auto own = claims::checkItself(claim, field, m_context))
            return *own;
        if (!field)
            return {};
        if (std::string_view(field->id).starts_with("response"))
            return claims::checkResponse(claim, m_context);
        const bool several = claim.version == "both" || claim.version == "all";
        if (isRatio(*field)) {
            const Facts full = sideOf("full"), other = sideOf(several || claim.version == "full" ? "distilled" : claim.version);
            return claims::checkRatio(claim, *field, full, other);
        }
        if (claim.claimed.is_object())
            return eachVersion(claim, *field);
        return several ? Judged{} : ofVersion(claim, claim.claimed, *field, claim.version);
    }

    /// One value for each version: the row is as bad as the worst of them.
    Judged eachVersion(const Claim &claim, const ClaimField &field)
    {
        constexpr std::array kOrder{ClaimVerdict::Impossible, ClaimVerdict::SelfContradictory, ClaimVerdict::Contradicted, ClaimVerdict::NotTested,
                                    ClaimVerdict::Supported};
        std::optional<Judged> worst;
        const auto rank = [&](const Judged &judged) { return std::find(kOrder.begin(), kOrder.end(), judged.verdict) - kOrder.begin(); };
        for (const auto &[version, value] : claim.claimed.items()) {
            Claim one = claim;
            one.version = version;
            Judged judged = ofVersion(one, value, field, version);
            if (!worst || rank(judged) < rank(*worst))
                worst = std::move(judged);
        }
        return worst.value_or(Judged{});
    }

    Judged against(const Claim &claim, const json &value, const ClaimField &field, const FoundFacts &facts) const
    {
        if (isPhysical(field))
            return claims::checkPhysics(value, claim, claims::figureOf(claim), facts, m_context);
        if (std::string_view(field.id) == "image_accuracy")
            return checkImages(facts);
        if (field.kind == ClaimField::Kind::Word)
            return claims::checkWord(value, field, facts);
        if (field.kind == ClaimField::Kind::Free || field.kind == ClaimField::Kind::Range)
            return {};
        return claims::checkNumber(value, claim.unit, field, facts);
    }

    /// The models that no other claim on this version rules out.
    const Facts &possible(const std::string &version)
    {
        const auto known = m_possible.find(version);
        if (known != m_possible.end())
            return known->second;
        Facts out;
        for (const FoundFacts *facts : sideOf(version)) {
            const bool ruledOut = std::any_of(m_context.sheet.claims.begin(), m_context.sheet.claims.end(), [&](const Claim &claim) {
                const ClaimField *field = findClaimField(claim.field);
                return field && claim.version == version && !claim.claimed.is_object() && !isPhysical(*field) && !isRatio(*field)
                       && wrong(against(claim, claim.claimed, *field, *facts).verdict);
            });
            if (!ruledOut)
                out.push_back(facts);
        }
        return m_possible.emplace(version, std::move(out)).first->second;
    }

    Judged ofVersion(const Claim &claim, const json &value, const ClaimField &field, const std::string &version)
    {
        Facts side = sideOf(version);
        if (side.empty())
            return {ClaimVerdict::NotTested, {}, {ASSAY_TEXT("Identity", "The sheet names no known model for this version."), {}}};
        if (side.size() == 1) {
            Judged judged = against(claim, value, field, *side.front());
            return isSubject(version) ? otherwiseStated(claim, value, field, std::move(judged)) : judged;
        }
        const bool some = !possible(version).empty();
        if (some)
            side = possible(version);
        return combined(claim, value, field, side, some);
    }

    /// Makers state some figures twice (R1's context: 163,840 positions, 128K documented). Either is true of a model that has one.
    Judged otherwiseStated(const Claim &claim, const json &value, const ClaimField &field, Judged judged) const
    {
        if (judged.verdict != ClaimVerdict::Contradicted || field.kind != ClaimField::Kind::Exact)
            return judged;
        for (const std::string &profile : profilesOf(m_context.sheet, m_context.version)) {
            for (const FoundFacts &facts : m_context.published) {
                const Found *own = m_context.subject.best(field.id);
                if (facts.name != profile || !own)
                    continue;
                Judged stated = claims::checkNumber(value, claim.unit, field, facts);
                const Judged same = claims::checkNumber(own->value, field.unit, field, facts);
                if (stated.verdict == ClaimVerdict::Supported && same.verdict == ClaimVerdict::Supported)
                    return stated;
            }
        }
        return judged;
    }

    Judged combined(const Claim &claim, const json &value, const ClaimField &field, const Facts &side, bool possibleOnes) const
    {
        size_t supported = 0, impossible = 0, bad = 0;
        Judged first;
        std::string fitting;
        for (const FoundFacts *facts : side) {
            Judged judged = against(claim, value, field, *facts);
            supported += judged.verdict == ClaimVerdict::Supported;
            impossible += judged.verdict == ClaimVerdict::Impossible;
            bad += wrong(judged.verdict);
            if (judged.verdict == ClaimVerdict::Supported && fitting.empty())
                fitting = facts->name;
            first.found.insert(first.found.end(), judged.found.begin(), judged.found.end());
            if (first.reason.empty() || judged.verdict != ClaimVerdict::Impossible)
                first.reason = judged.reason;
        }
        if (supported == side.size() || (supported > 0 && possibleOnes)) {
            first.verdict = ClaimVerdict::Supported;
            first.reason = {ASSAY_TEXT("Identity", "It was found so."), {}};
        } else if (supported > 0) {
            first.verdict = ClaimVerdict::Contradicted;
            first.reason = {ASSAY_TEXT("Identity", "It is so of %1 {2:alone|among others}, which other claims of the sheet rule out."),
                            {fitting, std::to_string(supported)}};
        } else if (bad == side.size()) {
            first.verdict = impossible == bad ? ClaimVerdict::Impossible : ClaimVerdict::Contradicted;
        } else {
            first.verdict = ClaimVerdict::NotTested;
            first.reason = {};
        }
        return first;
    }

    const Context &m_context;
    std::map<std::string, Facts> m_possible;
};

} // namespace

std::vector<std::string> profilesOf(const ClaimSheet &sheet, const std::string &version)
{
    const auto it = sheet.versions.find(version);
    const std::string &names = it == sheet.versions.end() ? sheet.profile : it->second;
    std::vector<std::string> out;
    // A version that the sheet does not tell apart is nobody's; without versions there is the sheet's own model.
    if (it == sheet.versions.end() && !version.empty() && !sheet.versions.empty())
        return out;
    for (size_t begin = 0; begin < names.size();) {
        const size_t end = std::min(names.find('|', begin), names.size());
        if (end > begin)
            out.push_back(names.substr(begin, end - begin));
        begin = end + 1;
    }
    return out;
}

std::vector<ClaimRow> checkClaims(const ClaimSheet &sheet, const std::string &version, const FoundFacts &subject,
                                  const std::vector<FoundFacts> &published, const DeviceTable *devices)
{
    const Context context{sheet, version, subject, published, devices};
    Checker checker(context);
    std::vector<ClaimRow> rows;
    rows.reserve(sheet.claims.size());
    for (const Claim &claim : sheet.claims)
        rows.push_back(checker.row(claim));
    return rows;
}

} // namespace assay
