// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/tickers.h"

#include "core/base/units.h"

#include <cmath>

namespace assay {

QString plainTick(double tick)
{
    const double size = std::abs(tick);
    if (size >= 1e15 || (size > 0 && size < 1e-5))
        return QString::number(tick, 'g', 3);
    // Twelve digits drop the noise of adding up steps such as 0.1.
    return QString::number(size < 1e-12 ? 0.0 : tick, 'g', 12);
}

QString ValueTicker::getTickLabel(double tick, const QLocale &, QChar, int)
{
    return m_percent ? plainTick(tick * 100) + QStringLiteral(" %") : plainTick(tick);
}

QVector<double> LogTicker::createTickVector(double tickStep, const QCPRange &range)
{
    const bool shortSpan = range.lower > 0 && range.upper / range.lower < 1000;
    setLogBase(shortSpan ? 2 : 10);
    return QCPAxisTickerLog::createTickVector(tickStep, range);
}

QString LogTicker::getTickLabel(double tick, const QLocale &, QChar, int)
{
    return plainTick(tick);
}

} // namespace assay
