// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/interruptible.h"
#include "core/base/units.h"
#include "core/bench/metrics.h"
#include "core/service/machinemeasure.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <QProcess>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

json machineJson(const Machine &machine)
{
    json command = json::array(), measured = json::array();
    for (const QString &word : machine.prefix)
        command.push_back(word.toStdString());
    for (const MachineLimits &limits : machine.measured)
        measured.push_back(toJson(limits));
    return {{"name", machine.name.toStdString()}, {"command", command}, {"worker", machine.worker.toStdString()}, {"measured", measured}};
}

/// "2.31 TFLOP/s bf16".
QString rateText(const MatrixRate &rate)
{
    const double tera = rate.flops / 1e12;
    return QStringLiteral("%1 %2 %3").arg(toQString(threeDigits(tera >= 1 ? tera : rate.flops / 1e9)),
                                          tera >= 1 ? QStringLiteral("TFLOP/s") : QStringLiteral("GFLOP/s"), toQString(rate.dtype));
}

QString bandwidthText(const MachineLimits &limits)
{
    return QStringLiteral("%1 GB/s").arg(toQString(threeDigits(limits.readBandwidth / 1e9)));
}

QString ratesText(const MachineLimits &limits)
{
    QStringList rates;
    for (const MatrixRate &rate : limits.matrixRates)
        rates << rateText(rate);
    return rates.join(QStringLiteral(", "));
}

QList<QStringList> rowsOf(const Machine &machine)
{
    QList<QStringList> rows;
    const QString command = machine.prefix.isEmpty() ? say(QT_TRANSLATE_NOOP("Command", "this machine")) : machine.prefix.join(u' ');
    if (machine.measured.empty())
        rows.append({machine.name, command, say(QT_TRANSLATE_NOOP("Command", "not measured yet")), {}, {}, {}, {}});
    for (const MachineLimits &limits : machine.measured)
        rows.append({machine.name, command, toQString(limits.device), toQString(limits.name), bandwidthText(limits), ratesText(limits),
                     toQString(limits.measuredAt)});
    return rows;
}

void printMachines(const std::vector<Machine> &machines)
{
    QList<QStringList> rows{{say(QT_TRANSLATE_NOOP("Command", "Machine")), say(QT_TRANSLATE_NOOP("Command", "Command")),
                             say(QT_TRANSLATE_NOOP("Command", "Device")), say(QT_TRANSLATE_NOOP("Command", "Name")),
                             say(QT_TRANSLATE_NOOP("Command", "Memory read")), say(QT_TRANSLATE_NOOP("Command", "Products of matrices")),
                             say(QT_TRANSLATE_NOOP("Command", "Measured"))}};
    for (const Machine &machine : machines)
        rows += rowsOf(machine);
    for (const QString &line : alignedTable(rows))
        print(line);
}

int list(const Arguments &options)
{
    auto machines = readMachines(machinesFile());
    if (!machines)
        return fail(machines.error(), options.json());
    const bool local = std::any_of(machines->begin(), machines->end(), [](const Machine &m) { return m.name == QLatin1String(kThisMachine); });
    if (!local)
        machines->insert(machines->begin(), Machine{QString::fromLatin1(kThisMachine), {}, {}, {}});
    json out = json::array();
    for (const Machine &machine : *machines)
        out.push_back(machineJson(machine));
    if (options.json())
        printJson({{"machines", out}});
    else
        printMachines(*machines);
    return 0;
}

int add(const Arguments &options)
{
    const QStringList words = options.subjects().mid(1);
    if (words.size() < 2)
        return failUsage(say(QT_TRANSLATE_NOOP("Command", "Usage: assay machines add NAME \"COMMAND\"")), options.json());
    // One word is a whole command line, as in "ssh -p 2222 me@host".
    const QStringList prefix = words.size() == 2 ? QProcess::splitCommand(words[1]) : words.mid(1);
    const auto added = addMachine(machinesFile(), {words[0], prefix, options.value(QStringLiteral("worker-path")), {}});
    return added ? list(options) : fail(added.error(), options.json());
}

int remove(const Arguments &options)
{
    const QStringList words = options.subjects().mid(1);
    if (words.size() != 1)
        return failUsage(say(QT_TRANSLATE_NOOP("Command", "Usage: assay machines remove NAME")), options.json());
    const auto removed = removeMachine(machinesFile(), words[0]);
    return removed ? list(options) : fail(removed.error(), options.json());
}

void printReport(const MachineReport &report)
{
    const protocol::Hello &hello = report.hello;
    print(QStringLiteral("%1, %2, %3").arg(toQString(hello.host), toQString(hello.system), toQString(hello.worker)));
    for (const MachineLimits &limits : report.limits) {
        print(QStringLiteral("%1: %2").arg(toQString(limits.device), toQString(limits.name)));
        QList<QStringList> rows{{say(QT_TRANSLATE_NOOP("Command", "  Memory read")), bandwidthText(limits)},
                                {say(QT_TRANSLATE_NOOP("Command", "  Products of matrices")), ratesText(limits)},
                                {say(QT_TRANSLATE_NOOP("Command", "  Memory")), toQString(formatBytes(double(limits.memoryBytes)))}};
        QStringList caches;
        for (const uint64_t bytes : limits.caches)
            caches << toQString(formatBytes(double(bytes)));
        if (!caches.isEmpty())
            rows.append({say(QT_TRANSLATE_NOOP("Command", "  Caches")), caches.join(QStringLiteral(", "))});
        if (!limits.driver.empty())
            rows.append({say(QT_TRANSLATE_NOOP("Command", "  Driver")), toQString(limits.driver)});
        if (limits.clockHertz)
            rows.append({say(QT_TRANSLATE_NOOP("Command", "  Clock")),
                         QStringLiteral("%1 GHz %2").arg(toQString(threeDigits(*limits.clockHertz / 1e9)), toQString(limits.governor)).trimmed()});
        if (limits.temperature)
            rows.append({say(QT_TRANSLATE_NOOP("Command", "  Temperature")), QStringLiteral("%1 °C").arg(toQString(threeDigits(*limits.temperature)))});
        if (limits.idleWatts)
            rows.append({say(QT_TRANSLATE_NOOP("Command", "  Power when idle")), toQString(formatValue(Unit::Watts, *limits.idleWatts))});
        for (const QString &line : alignedTable(rows))
            print(line);
    }
}

int measure(const Arguments &options)
{
    const QStringList words = options.subjects().mid(1);
    if (words.size() > 1)
        return failUsage(say(QT_TRANSLATE_NOOP("Command", "Usage: assay machines measure [NAME]")), options.json());
    const auto machine = findMachine(words.isEmpty() ? QString::fromLatin1(kThisMachine) : words[0]);
    if (!machine)
        return fail(machine.error(), options.json());
    Result<MachineReport> report;
    std::stop_source stop;
    runInterruptible(stop, [&] { report = askMachine(*machine, true, options.value(QStringLiteral("device")).toStdString(), stop.get_token()); }, [] {});
    if (!report)
        return fail(report.error(), options.json());
    // A command that nobody keeps has no place for what was measured.
    const bool kept = machine->prefix.isEmpty() || !machine->name.contains(u' ');
    json measured = json::array();
    for (const MachineLimits &limits : report->limits) {
        measured.push_back(toJson(limits));
        if (auto written = kept ? keepLimits(machinesFile(), machine->name, limits) : Result<void>(); !written)
            return fail(written.error(), options.json());
    }
    if (options.json())
        printJson({{"machine", machine->name.toStdString()}, {"host", report->hello.host}, {"worker", report->hello.worker}, {"measured", measured}});
    else
        printReport(*report);
    return 0;
}

} // namespace

int runMachines(const QStringList &arguments)
{
    Arguments options("machines", say(QT_TRANSLATE_NOOP("Command", "Machines where models can be measured: this one, and any that a command leads to.")),
                      QStringLiteral("[list | add NAME \"COMMAND\" | remove NAME | measure [NAME]]"));
    options.addOption(QStringLiteral("worker-path"), QStringLiteral("path"),
                      say(QT_TRANSLATE_NOOP("Command", "Where assay-worker is on the machine that is added; else in its PATH.")));
    options.addOption(QStringLiteral("device"), QStringLiteral("cpu|cuda:0"), say(QT_TRANSLATE_NOOP("Command", "Only this device is measured.")));
    if (!options.parse(arguments, 0, 64))
        return options.exitCode();
    const QString what = options.subjects().value(0, QStringLiteral("list"));
    if (what == QLatin1String("list"))
        return list(options);
    if (what == QLatin1String("add"))
        return add(options);
    if (what == QLatin1String("remove"))
        return remove(options);
    if (what == QLatin1String("measure"))
        return measure(options);
    return failUsage(say(QT_TRANSLATE_NOOP("Command", "machines can list, add, remove and measure, not %1")).arg(what), options.json());
}

} // namespace assay
