// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/machinelimits.h"
#include "core/service/workerclient.h"

#include <optional>
#include <vector>

namespace assay {

/// A place where models are measured: this machine, or any that a command leads to.
struct Machine
{
    QString name;       ///< "gpu"; no '/', ':' or blank in it
    QStringList prefix; ///< what starts a program there: {"ssh", "me@host"}, {"docker", "exec", "-i", "box"}; empty: this machine
    QString worker;     ///< the worker's path there; empty: assay-worker, from its PATH
    std::vector<MachineLimits> measured = {}; ///< one for each device, the newest
    bool operator==(const Machine &) const = default;
};

/// The name under which this machine's measurements are kept; no other machine may have it.
inline constexpr const char *kThisMachine = "local";

/// The command that starts the machine's worker. Behind ssh the path is quoted for the shell at the other end; what the user
/// wrote into the prefix goes there as ssh itself would send it. ssh never asks for anything (BatchMode) and notices a dead
/// connection within a minute, unless the prefix says otherwise.
WorkerCommand commandOf(const Machine &machine);
/// A whole command, as somebody typed it; for one that begins with ssh the same holds.
WorkerCommand commandOf(QStringList words);

/// $ASSAY_CONFIG/machines.json, else in the user's folder of settings.
QString machinesFile();
/// All that are kept, by name; none when there is no file. FileUnreadable.
Result<std::vector<Machine>> readMachines(const QString &file);
/// Reads, changes and writes the file, while no other program does. FileUnreadable, FileUnwritable, and what change gives.
Result<void> changeMachines(const QString &file, const std::function<Result<void>(std::vector<Machine> &)> &change);
/// Adds, or replaces one of this name and keeps what was measured where the command stays the same. BadUsage for a name that
/// cannot be one, and for a prefix without words.
Result<void> addMachine(const QString &file, Machine machine);
Result<void> removeMachine(const QString &file, const QString &name); ///< MachineUnknown
/// Keeps what was measured of a device, in the place of an older measurement.
Result<void> keepLimits(const QString &file, const QString &name, const MachineLimits &limits);

/// A model on another machine.
struct MachinePlace
{
    Machine machine;
    QString path; ///< there
};
/// Takes "gpu:/models/x" apart, or "ssh me@host:/models/x", whose command need not be kept; a path that exists on this machine
/// is one. Nothing for everything else.
std::optional<MachinePlace> machinePlace(const QString &subject);
/// The machine that --machine names: one that is kept, or a command such as "ssh HOST". MachineUnknown.
Result<Machine> findMachine(const QString &nameOrCommand);

} // namespace assay
