// SPDX-License-Identifier: GPL-3.0-or-later
// machines.json, which somebody may have changed by hand: what can be read is written and read again without a change.
#include "core/service/machines.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    using namespace assay;
    static int count = 1;
    static char program[] = "fuzz_machines", *arguments[] = {program, nullptr};
    static const QCoreApplication application(count, arguments); // a command looks for the worker beside its program
    static const QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("machines.json"));
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(reinterpret_cast<const char *>(data), qint64(size)) != qint64(size))
        std::abort();
    file.close();
    const auto machines = readMachines(name);
    if (!machines) {
        const std::string sentence = machines.error().sentence();
        return !sentence.empty() && validUtf8(sentence) == sentence ? 0 : (std::abort(), 0);
    }
    for (const Machine &machine : *machines)
        (void)commandOf(machine);
    const auto nothing = [](std::vector<Machine> &) { return Result<void>(); };
    if (!changeMachines(name, nothing) || readMachines(name).value_or(std::vector<Machine>(1)) != *machines)
        std::abort();
    return 0;
}
