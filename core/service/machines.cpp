// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/machines.h"

#include "core/service/remoteaddress.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <algorithm>

namespace assay {
namespace {

tl::unexpected<Error> wrong(const QString &sentence)
{
    return failure(ErrorCode::BadUsage, {sentence.toStdString()});
}

tl::unexpected<Error> unknown(const QString &name, const std::vector<Machine> &machines)
{
    QStringList known{QLatin1String(kThisMachine)};
    for (const Machine &machine : machines)
        known << machine.name;
    known.removeDuplicates();
    return failure(ErrorCode::MachineUnknown, {name.toStdString(), known.join(QStringLiteral(", ")).toStdString()});
}

auto findByName(std::vector<Machine> &machines, const QString &name)
{
    return std::find_if(machines.begin(), machines.end(), [&](const Machine &machine) { return machine.name == name; });
}

bool isName(const QString &text)
{
    return !text.isEmpty() && std::none_of(text.begin(), text.end(), [](QChar c) { return c.isSpace() || c == u'/' || c == u':' || !c.isPrint(); });
}

/// The machine of this name; nothing where the settings cannot be read, which `assay machines` says.
std::optional<Machine> keptMachine(const QString &name)
{
    auto machines = readMachines(machinesFile());
    if (!machines)
        return std::nullopt;
    const auto found = findByName(*machines, name);
    return found == machines->end() ? std::nullopt : std::optional(*found);
}

/// A command in the place of a name: it has a blank in it, as in "ssh host", and its program is there.
std::optional<Machine> machineByCommand(const QString &command)
{
    const QStringList words = QProcess::splitCommand(command);
    if (words.size() < 2)
        return std::nullopt;
    const QString &program = words.first();
    const bool there = program.contains(u'/') ? QFileInfo(program).isExecutable() : !QStandardPaths::findExecutable(program).isEmpty();
    return there ? std::optional(Machine{command, words, {}, {}}) : std::nullopt;
}

} // namespace

QString machinesFile()
{
    QString folder = qEnvironmentVariable("ASSAY_CONFIG");
    if (folder.isEmpty())
        folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + QStringLiteral("/assay");
    return QDir::cleanPath(folder + QStringLiteral("/machines.json"));
}

Result<void> addMachine(const QString &file, Machine machine)
{
    if (!isName(machine.name) || machine.name == QLatin1String(kThisMachine))
        return wrong(QCoreApplication::translate("Machines", "a machine's name has no blank, slash or colon, and is not \"%1\"")
                         .arg(QLatin1String(kThisMachine)));
    if (machine.prefix.isEmpty())
        return wrong(QCoreApplication::translate("Machines", "a machine needs the command that leads to it, for example ssh HOST"));
    return changeMachines(file, [&](std::vector<Machine> &machines) -> Result<void> {
        const auto old = findByName(machines, machine.name);
        if (old == machines.end()) {
            machines.push_back(machine);
            return {};
        }
        if (old->prefix == machine.prefix)
            machine.measured = old->measured;
        *old = machine;
        return {};
    });
}

Result<void> removeMachine(const QString &file, const QString &name)
{
    return changeMachines(file, [&](std::vector<Machine> &machines) -> Result<void> {
        const auto found = findByName(machines, name);
        if (found == machines.end())
            return unknown(name, machines);
        machines.erase(found);
        return {};
    });
}

Result<void> keepLimits(const QString &file, const QString &name, const MachineLimits &limits)
{
    return changeMachines(file, [&](std::vector<Machine> &machines) -> Result<void> {
        auto found = findByName(machines, name);
        if (found == machines.end()) {
            if (name != QLatin1String(kThisMachine))
                return unknown(name, machines);
            found = machines.insert(machines.begin(), Machine{name, {}, {}, {}});
        }
        std::erase_if(found->measured, [&](const MachineLimits &old) { return old.device == limits.device; });
        found->measured.push_back(limits);
        return {};
    });
}

std::optional<MachinePlace> machinePlace(const QString &subject)
{
    const qsizetype colon = subject.indexOf(u':');
    if (colon < 1 || looksLikeAddress(subject.toStdString()) || QFileInfo::exists(subject))
        return std::nullopt;
    if (const QString name = subject.left(colon); isName(name) && colon + 1 < subject.size()) {
        const auto machine = keptMachine(name);
        return machine ? std::optional(MachinePlace{*machine, subject.mid(colon + 1)}) : std::nullopt;
    }
    // A command may have colons of its own: its path begins behind the first that a path follows.
    for (const QLatin1String begin : {QLatin1String(":/"), QLatin1String(":~/")}) {
        const qsizetype at = subject.indexOf(begin);
        if (at < 1)
            continue;
        if (const auto machine = machineByCommand(subject.left(at)))
            return MachinePlace{*machine, subject.mid(at + 1)};
    }
    return std::nullopt;
}

Result<Machine> findMachine(const QString &nameOrCommand)
{
    if (nameOrCommand == QLatin1String(kThisMachine))
        return keptMachine(nameOrCommand).value_or(Machine{nameOrCommand, {}, {}, {}});
    if (auto machine = keptMachine(nameOrCommand))
        return *machine;
    if (auto made = machineByCommand(nameOrCommand))
        return *made;
    const auto kept = readMachines(machinesFile());
    if (!kept)
        return tl::unexpected(kept.error());
    return unknown(nameOrCommand, *kept);
}

} // namespace assay
