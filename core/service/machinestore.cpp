// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/machines.h"

#include "core/service/translation.h"

#include <QDir>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

constexpr qint64 kMostBytes = 16 << 20;
constexpr int kLockPatience = 5000; // ms

tl::unexpected<Error> unreadable(const QString &file, const std::string &reason)
{
    return failure(ErrorCode::FileUnreadable, {file.toStdString(), reason});
}

/// Nothing where a record is not what we write: the file may have been changed by hand.
std::optional<Machine> machineFrom(const json &record)
{
    if (!record.is_object() || !record.contains("name") || !record["name"].is_string() || !record.contains("prefix") || !record["prefix"].is_array())
        return std::nullopt;
    Machine machine;
    machine.name = toQString(record["name"].get<std::string>());
    for (const json &word : record["prefix"]) {
        if (!word.is_string())
            return std::nullopt;
        machine.prefix << toQString(word.get<std::string>());
    }
    if (const auto worker = record.find("worker"); worker != record.end() && worker->is_string())
        machine.worker = toQString(worker->get<std::string>());
    const auto measured = record.find("measured");
    if (measured == record.end() || !measured->is_array())
        return machine;
    for (const json &limits : *measured) {
        if (auto read = machineLimitsFromJson(limits))
            machine.measured.push_back(std::move(*read));
    }
    return machine;
}

json recordOf(const Machine &machine)
{
    json prefix = json::array(), measured = json::array();
    for (const QString &word : machine.prefix)
        prefix.push_back(word.toStdString());
    for (const MachineLimits &limits : machine.measured)
        measured.push_back(toJson(limits));
    return {{"name", machine.name.toStdString()}, {"prefix", prefix}, {"worker", machine.worker.toStdString()}, {"measured", measured}};
}

Result<void> write(const QString &file, const std::vector<Machine> &machines)
{
    json records = json::array();
    for (const Machine &machine : machines)
        records.push_back(recordOf(machine));
    const std::string text = json{{"machines", records}}.dump(2) + "\n";
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(text.data(), qint64(text.size())) < 0 || !out.commit())
        return failure(ErrorCode::FileUnwritable, {file.toStdString(), out.errorString().toStdString()});
    return {};
}

} // namespace

Result<std::vector<Machine>> readMachines(const QString &file)
{
    QFile in(file);
    if (!in.exists())
        return std::vector<Machine>{};
    if (!in.open(QIODevice::ReadOnly))
        return unreadable(file, in.errorString().toStdString());
    const QByteArray text = in.read(kMostBytes + 1);
    const json whole = json::parse(text.begin(), text.end(), nullptr, false);
    const auto records = whole.is_object() ? whole.find("machines") : whole.end();
    if (text.size() > kMostBytes || !whole.is_object() || records == whole.end() || !records->is_array())
        return unreadable(file, ASSAY_TEXT("Reason", "it is no list of machines"));
    std::vector<Machine> out;
    for (const json &record : *records) {
        auto machine = machineFrom(record);
        if (!machine)
            return unreadable(file, ASSAY_TEXT("Reason", "a machine in it has no name or no command"));
        out.push_back(std::move(*machine));
    }
    std::stable_sort(out.begin(), out.end(), [](const Machine &a, const Machine &b) { return a.name < b.name; });
    return out;
}

Result<void> changeMachines(const QString &file, const std::function<Result<void>(std::vector<Machine> &)> &change)
{
    QDir().mkpath(QFileInfo(file).absolutePath());
    QLockFile lock(file + QStringLiteral(".lock"));
    if (!lock.tryLock(kLockPatience))
        return failure(ErrorCode::FileUnwritable, {file.toStdString(), ASSAY_TEXT("Reason", "another program is writing it")});
    auto machines = readMachines(file);
    if (!machines)
        return tl::unexpected(machines.error());
    if (auto changed = change(*machines); !changed)
        return changed;
    return write(file, *machines);
}

} // namespace assay
