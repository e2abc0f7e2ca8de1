// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

namespace assay {

/// Plain numbers as tick labels: no exponents within reason, no rounding noise.
QString plainTick(double tick);

/// Ticks of a linear axis; as "50 %" when the values are rates.
class ValueTicker : public QCPAxisTicker
{
public:
    void setPercent(bool percent) { m_percent = percent; }

protected:
    QString getTickLabel(double tick, const QLocale &locale, QChar formatChar, int precision) override;

private:
    bool m_percent = false;
};

/// Ticks of a logarithmic axis: powers of 2 over a short span, else of 10.
class LogTicker : public QCPAxisTickerLog
{
protected:
    QVector<double> createTickVector(double tickStep, const QCPRange &range) override;
    QString getTickLabel(double tick, const QLocale &locale, QChar formatChar, int precision) override;
};

} // namespace assay
