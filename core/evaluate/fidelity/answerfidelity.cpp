// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/fidelity/fidelity.h"

#include "core/evaluate/statistics/agreement.h"

#include <unordered_map>

namespace assay {
namespace {

struct Given
{
    int64_t answer = -1; ///< equal numbers for equal answers
    bool right = false;
};

/// Gives equal texts equal numbers.
class Numbering
{
public:
    int64_t of(const std::string &text) { return m_numbers.try_emplace(text, int64_t(m_numbers.size())).first->second; }

private:
    std::unordered_map<std::string, int64_t> m_numbers;
};

/// What each item was answered with, of repeated samples the first.
std::unordered_map<std::string, Given> answersOf(const ItemRows &rows, Numbering &numbers)
{
    std::unordered_map<std::string, Given> out;
    for (size_t i = 0; i < rows.size(); ++i) {
        ItemResult row = rows.light(i);
        const auto [place, isNew] = out.try_emplace(row.itemId);
        const bool right = row.judged.outcome == Outcome::Right;
        if (!isNew || (!right && row.judged.outcome != Outcome::Wrong))
            continue;
        if (row.judged.extracted.empty()) // long ones stand with the answer
            row = rows[i];
        place->second = {numbers.of(row.judged.extracted), right};
    }
    return out;
}

} // namespace

AnswerFidelity answerFidelity(const ItemRows &reference, const ItemRows &other)
{
    AnswerFidelity out;
    Numbering numbers;
    const auto firsts = answersOf(reference, numbers), seconds = answersOf(other, numbers);
    std::vector<int64_t> first, second;
    std::vector<uint8_t> firstRight, secondRight;
    for (const auto &[id, one] : firsts) {
        const auto found = seconds.find(id);
        if (found == seconds.end())
            continue;
        const Given &two = found->second;
        first.push_back(one.answer);
        // What is right may be spelled in several ways, and is the same answer all the same.
        second.push_back(one.right && two.right ? one.answer : two.answer);
        firstRight.push_back(one.right);
        secondRight.push_back(two.right);
        out.onlyReference += one.right && !two.right;
        out.onlyOther += two.right && !one.right;
    }
    out.items = first.size();
    if (out.items == 0)
        return out;
    out.agreement = answerAgreement(first, second);
    out.kappa = cohenKappa(first, second);
    out.sameWrong = sameWrong(first, second, firstRight, secondRight);
    out.flips = flipRate(out.onlyReference, out.onlyOther, out.items);
    return out;
}

} // namespace assay
