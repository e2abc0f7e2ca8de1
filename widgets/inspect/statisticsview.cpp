// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/statisticsview.h"

#include "core/base/units.h"
#include "core/service/translation.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace assay {
namespace {

constexpr std::array<ColumnDefinition, 2> kColumns{{
    {QT_TRANSLATE_NOOP("Column", "Statistic"), QT_TRANSLATE_NOOP("Column", "Over all finite values of the tensor")},
    {QT_TRANSLATE_NOOP("Column", "Value"), QT_TRANSLATE_NOOP("Column", "Three significant digits"), true},
}};
constexpr size_t kTicks = 5;

QString text(const char *source)
{
    return QCoreApplication::translate("Statistics", source);
}

QString number(double value)
{
    if (value != 0 && std::isfinite(value) && (std::abs(value) < 1e-3 || std::abs(value) >= 1e6))
        return QString::number(value, 'e', 2);
    return toQString(threeDigits(value));
}

QString count(uint64_t value)
{
    return toQString(groupedDigits(int64_t(value)));
}

} // namespace

StatisticsModel::StatisticsModel(QObject *parent) : ColumnTableModel(kColumns, parent) {}

void StatisticsModel::setStatistics(const TensorStatistics *statistics)
{
    beginResetModel();
    m_rows.clear();
    if (statistics) {
        const auto add = [this](const char *name, double value) {
            m_rows.push_back({text(name), number(value), QString::number(value, 'g', 17)});
        };
        const auto addCount = [this](const char *name, uint64_t value) {
            m_rows.push_back({text(name), count(value), count(value)});
        };
        const TensorStatistics &s = *statistics;
        addCount(QT_TRANSLATE_NOOP("Statistics", "Elements"), s.count);
        if (s.finite > 0) {
            add(QT_TRANSLATE_NOOP("Statistics", "Minimum"), s.min);
            add(QT_TRANSLATE_NOOP("Statistics", "Maximum"), s.max);
            add(QT_TRANSLATE_NOOP("Statistics", "Mean"), s.mean);
            add(QT_TRANSLATE_NOOP("Statistics", "Standard deviation"), s.std);
            add(QT_TRANSLATE_NOOP("Statistics", "L2 norm"), s.norm);
            for (size_t i = 0; i + 1 < s.absoluteQuantiles.size(); ++i)
                m_rows.push_back({text(QT_TRANSLATE_NOOP("Statistics", "%1 of |v| below"))
                                      .arg(toQString(formatPercent(TensorStatistics::kQuantiles[i]))),
                                  number(s.absoluteQuantiles[i]), QString::number(s.absoluteQuantiles[i], 'g', 9)});
        }
        addCount(QT_TRANSLATE_NOOP("Statistics", "Zeros"), s.zeros);
        addCount(QT_TRANSLATE_NOOP("Statistics", "NaN"), s.nans);
        addCount(QT_TRANSLATE_NOOP("Statistics", "Infinite"), s.infinities);
        addCount(QT_TRANSLATE_NOOP("Statistics", "Rows of zeros"), s.zeroRows);
        const QString distinct = s.distinctExact ? count(s.distinct) : QStringLiteral("\u2265 ") + count(s.distinct);
        m_rows.push_back({text(QT_TRANSLATE_NOOP("Statistics", "Different values")), distinct, distinct});
    }
    endResetModel();
}

int StatisticsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant StatisticsModel::cell(int row, int column, int role) const
{
    const Row &shown = m_rows[size_t(row)];
    if (role == Qt::ToolTipRole)
        return column == Value ? shown.exact : QString();
    return role == Qt::DisplayRole ? QVariant(column == Name ? shown.name : shown.value) : QVariant();
}

PlotProfile histogramProfile(const Histogram &histogram, bool logarithmic)
{
    PlotProfile profile;
    profile.title = text(QT_TRANSLATE_NOOP("Statistics", "Distribution of the values"));
    profile.xLabel = histogram.scale == Histogram::Scale::SymmetricLog
                         ? text(QT_TRANSLATE_NOOP("Statistics", "value; bins grow with the distance from zero"))
                         : text(QT_TRANSLATE_NOOP("Statistics", "value"));
    profile.yLabel = text(QT_TRANSLATE_NOOP("Statistics", "values in a bin"));
    profile.logarithmic = logarithmic;
    const size_t bins = histogram.counts.size();
    for (size_t i = 0; i < bins; ++i) {
        const auto amount = double(histogram.counts[i]);
        profile.entries.push_back({amount, amount, amount,
                                   text(QT_TRANSLATE_NOOP("Statistics", "%1 to %2"))
                                       .arg(number(histogram.edges[i]), number(histogram.edges[i + 1])),
                                   count(histogram.counts[i])});
    }
    for (size_t tick = 0; bins > 0 && tick < kTicks; ++tick) {
        const size_t edge = tick * bins / (kTicks - 1);
        profile.ticks.push_back({double(edge) / double(bins), number(histogram.edges[edge])});
    }
    return profile;
}

PlotProfile normProfile(const NormProfile &norms, bool rows)
{
    PlotProfile profile;
    profile.bars = false;
    profile.title = rows ? text(QT_TRANSLATE_NOOP("Statistics", "Norm of each row (output channel)"))
                         : text(QT_TRANSLATE_NOOP("Statistics", "Norm of each column (input channel)"));
    profile.xLabel = rows ? text(QT_TRANSLATE_NOOP("Statistics", "row"))
                          : text(QT_TRANSLATE_NOOP("Statistics", "column"));
    profile.yLabel = text(QT_TRANSLATE_NOOP("Statistics", "L2 norm"));
    for (size_t i = 0; i < norms.mean.size(); ++i) {
        const uint64_t first = uint64_t(i) * norms.perEntry;
        const uint64_t last = std::min(first + norms.perEntry, norms.count) - 1;
        const QString place = first == last ? QString::number(first) : QStringLiteral("%1\u2013%2").arg(first).arg(last);
        QString shown = number(double(norms.mean[i]));
        if (first != last)
            shown += QStringLiteral(" [%1, %2]").arg(number(double(norms.min[i])), number(double(norms.max[i])));
        profile.entries.push_back({double(norms.mean[i]), double(norms.min[i]), double(norms.max[i]), place, shown});
    }
    if (norms.count > 0) {
        profile.ticks.push_back({0, QStringLiteral("0")});
        profile.ticks.push_back({1, QString::number(norms.count - 1)});
    }
    return profile;
}

} // namespace assay
