// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/machines/machinerows.h"

#include "core/base/units.h"
#include "core/service/translation.h"

#include <QDateTime>

#include <array>

namespace assay {
namespace {

constexpr std::array<ColumnDefinition, 7> kColumns{{
    {QT_TRANSLATE_NOOP("Column", "Device"), QT_TRANSLATE_NOOP("Column", "As a plan names it")},
    {QT_TRANSLATE_NOOP("Column", "Name"), QT_TRANSLATE_NOOP("Column", "What the device calls itself")},
    {QT_TRANSLATE_NOOP("Column", "Memory"), QT_TRANSLATE_NOOP("Column", "Of the device; of a processor the machine's"), true},
    {QT_TRANSLATE_NOOP("Column", "Memory read"), QT_TRANSLATE_NOOP("Column", "Bytes a second out of memory, all threads together, as measured: what decoding cannot pass"), true},
    {QT_TRANSLATE_NOOP("Column", "Products of matrices"), QT_TRANSLATE_NOOP("Column", "Operations a second by dtype, as measured: what prefill cannot pass")},
    {QT_TRANSLATE_NOOP("Column", "Driver"), QT_TRANSLATE_NOOP("Column", "Of a GPU")},
    {QT_TRANSLATE_NOOP("Column", "Measured"), QT_TRANSLATE_NOOP("Column", "When, in local time")},
}};

QString say(const char *text)
{
    return QCoreApplication::translate("Machines", text);
}

QString rateText(const MatrixRate &rate)
{
    const bool tera = rate.flops >= 1e12;
    return QStringLiteral("%1 %2 %3").arg(toQString(threeDigits(rate.flops / (tera ? 1e12 : 1e9))), tera ? QStringLiteral("TFLOP/s") : QStringLiteral("GFLOP/s"),
                                          toQString(rate.dtype));
}

GroupedRow rowOf(const MachineLimits &limits)
{
    QStringList rates;
    for (const MatrixRate &rate : limits.matrixRates)
        rates << rateText(rate);
    const QDateTime when = QDateTime::fromString(toQString(limits.measuredAt), Qt::ISODate);
    QStringList state;
    if (limits.clockHertz)
        state << say(QT_TRANSLATE_NOOP("Machines", "clock %1 GHz %2")).arg(toQString(threeDigits(*limits.clockHertz / 1e9)), toQString(limits.governor)).trimmed();
    if (limits.temperature)
        state << say(QT_TRANSLATE_NOOP("Machines", "%1 °C")).arg(toQString(threeDigits(*limits.temperature)));
    state << say(QT_TRANSLATE_NOOP("Machines", "load average %1")).arg(toQString(threeDigits(limits.load1)));
    return {{toQString(limits.device), toQString(limits.name), limits.memoryBytes > 0 ? toQString(formatBytes(double(limits.memoryBytes))) : QStringLiteral("-"),
             QStringLiteral("%1 GB/s").arg(toQString(threeDigits(limits.readBandwidth / 1e9))), rates.isEmpty() ? QStringLiteral("-") : rates.join(QStringLiteral(", ")),
             limits.driver.empty() ? QStringLiteral("-") : toQString(limits.driver),
             when.isValid() ? when.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")) : toQString(limits.measuredAt)},
            state.join(QStringLiteral("; "))};
}

} // namespace

std::span<const ColumnDefinition> machineColumns()
{
    return kColumns;
}

std::vector<RowGroup> machineRows(const std::vector<Machine> &machines)
{
    std::vector<RowGroup> groups;
    for (const Machine &machine : machines) {
        const QString command = machine.prefix.isEmpty() ? say(QT_TRANSLATE_NOOP("Machines", "this machine")) : machine.prefix.join(u' ');
        RowGroup group{QStringLiteral("%1 (%2)").arg(machine.name, command), {}};
        for (const MachineLimits &limits : machine.measured)
            group.rows.push_back(rowOf(limits));
        if (group.rows.empty())
            group.rows.push_back({{say(QT_TRANSLATE_NOOP("Machines", "not measured yet"))}, {}});
        groups.push_back(std::move(group));
    }
    return groups;
}

} // namespace assay
