// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of a ledger: filters, flips, the gap's waterfall.
#include "core/evaluate/ledger.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

/// Whether the text holds the piece, which is in lower case already.
bool contains(std::string_view text, std::string_view piece)
{
    const auto same = [](char a, char b) { return lower(a) == b; };
    return std::search(text.begin(), text.end(), piece.begin(), piece.end(), same) != text.end();
}

template <class Call> void forItems(size_t count, const std::optional<std::span<const uint32_t>> &items, Call call)
{
    if (!items) {
        for (size_t item = 0; item < count; ++item)
            call(item);
        return;
    }
    for (const uint32_t item : *items)
        call(item);
}

/// Adds what each class costs an item: the mean over its samples of 1 - score where the outcome is of that class.
void addLosses(std::array<double, kOutcomes.size()> &losses, std::span<const uint8_t> outcomes, std::span<const double> loss)
{
    for (size_t i = 0; i < outcomes.size(); ++i)
        losses[outcomes[i]] += loss[i] / double(outcomes.size());
}

} // namespace

LedgerFilter &LedgerFilter::subject(size_t index, uint8_t mask)
{
    classes.resize(std::max(classes.size(), index + 1), 0);
    classes[index] = mask;
    return *this;
}

std::vector<uint32_t> Ledger::filter(const LedgerFilter &filter) const
{
    std::vector<uint8_t> fits(items(), 1);
    for (size_t i = 0; i < std::min(filter.classes.size(), subjects()); ++i) {
        const unsigned mask = filter.classes[i];
        for (size_t item = 0; mask != 0 && item < items(); ++item)
            fits[item] &= uint8_t((mask >> m_subjects[i].kind[item]) & 1u);
    }
    if (!filter.task.empty()) {
        const auto found = std::ranges::find(m_taskNames, filter.task);
        const auto task = uint32_t(found - m_taskNames.begin()); // beyond the last: none fits
        for (size_t item = 0; item < items(); ++item)
            fits[item] &= uint8_t(m_task[item] == task);
    }
    for (const LedgerFilter::Range &range : filter.ranges) {
        const std::span<const double> values = axis(range.axis);
        for (size_t item = 0; item < items(); ++item)
            fits[item] &= uint8_t(!values.empty() && values[item] >= range.from && values[item] <= range.to);
    }
    std::string piece = filter.idContains;
    std::ranges::transform(piece, piece.begin(), lower);
    std::vector<uint32_t> out;
    for (uint32_t item = 0; item < items(); ++item) {
        if (fits[item] == 0 || (!piece.empty() && !contains(m_id[item], piece)))
            continue;
        const auto has = [known = filter.labels.empty() ? std::map<std::string, std::string>() : labels(item)](const auto &wanted) {
            const auto found = known.find(wanted.first);
            return found != known.end() && found->second == wanted.second;
        };
        if (std::ranges::all_of(filter.labels, has))
            out.push_back(item);
    }
    return out;
}

FlipMatrix Ledger::flips(size_t first, size_t second, std::optional<std::span<const uint32_t>> items) const
{
    FlipMatrix out;
    forItems(this->items(), items, [&](size_t item) {
        const auto one = classOf(item, first), two = classOf(item, second);
        if (!one || !two)
            return;
        ++out.n;
        ++out.of[size_t(*one)][size_t(*two)];
        out.rightToElse += *one == Outcome::Right && *two != Outcome::Right;
        out.elseToRight += *one != Outcome::Right && *two == Outcome::Right;
    });
    return out;
}

GapWaterfall Ledger::waterfall(size_t first, size_t second, std::optional<std::span<const uint32_t>> items) const
{
    GapWaterfall out;
    std::array<double, kOutcomes.size()> firstLoss{}, secondLoss{};
    const auto lossesOf = [&](size_t item, size_t subject) {
        return std::span(m_subjects[subject].loss).subspan(m_subjects[subject].start[item], samples(item, subject));
    };
    forItems(this->items(), items, [&](size_t item) {
        if (samples(item, first) == 0 || samples(item, second) == 0)
            return;
        ++out.n;
        out.first += m_subjects[first].score[item];
        out.second += m_subjects[second].score[item];
        addLosses(firstLoss, outcomes(item, first), lossesOf(item, first));
        addLosses(secondLoss, outcomes(item, second), lossesOf(item, second));
    });
    if (out.n == 0)
        return out;
    const double n = double(out.n);
    const auto step = [&](Outcome outcome) { return (secondLoss[size_t(outcome)] - firstLoss[size_t(outcome)]) / n; };
    out.first /= n;
    out.second /= n;
    out.truncated = step(Outcome::Truncated);
    out.unparsed = step(Outcome::Unparsed);
    out.refused = step(Outcome::Refused);
    out.error = step(Outcome::Error);
    out.wrong = step(Outcome::Wrong) + step(Outcome::Right); // an answer that is partly right loses the rest
    out.gap = out.truncated + out.unparsed + out.refused + out.error + out.wrong;
    return out;
}

} // namespace assay
