// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/verify/priorodds.h"

#include <QLocale>
#include <QStringList>

namespace assay {
namespace {

constexpr double kMostOdds = 1e6;

std::optional<double> numberFrom(const QString &text)
{
    bool right = false;
    const double value = QLocale::c().toDouble(text.trimmed(), &right);
    return right && value > 0 && value <= kMostOdds ? std::optional(value) : std::nullopt;
}

} // namespace

std::optional<double> oddsFromText(const QString &text)
{
    const QStringList sides = text.split(u':');
    if (sides.size() > 2)
        return std::nullopt;
    const auto first = numberFrom(sides.value(0));
    const auto second = sides.size() == 2 ? numberFrom(sides[1]) : std::optional(1.0);
    if (!first || !second)
        return std::nullopt;
    const double odds = *first / *second;
    return odds <= kMostOdds && odds >= 1 / kMostOdds ? std::optional(odds) : std::nullopt;
}

} // namespace assay
