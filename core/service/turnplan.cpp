// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/turnplan.h"

#include "core/base/units.h"
#include "core/model/memoryplan.h"
#include "core/service/jobqueue.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <QFile>
#include <algorithm>

namespace assay {
namespace {

int64_t most(const std::vector<int64_t> &values)
{
    return values.empty() ? 0 : *std::ranges::max_element(values);
}

} // namespace

std::optional<uint64_t> neededMemory(const Inspection &inspection, const BenchPlan &plan)
{
    if (plan.device != "cpu")
        return std::nullopt;
    auto request = engineRequest(inspection.facts, plan.dtype, DeviceKind::Cpu);
    if (!request)
        return std::nullopt;
    request->context = std::max<int64_t>(most(plan.promptTokens) + most(plan.outputTokens) + most(plan.depths), 1);
    request->batch = std::max<int64_t>(most(plan.batches), 1);
    return planMemory(memoryModel(inspection.facts), *request).total().high;
}

uint64_t freeHostMemory()
{
    QFile file(QStringLiteral("/proc/meminfo"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("MemAvailable:"))
            return line.simplified().split(' ').value(1).toULongLong() * 1024;
    }
    return 0;
}

QString queueInTurn(JobQueue &queue, std::vector<TurnTaker> benches, uint64_t freeMemory)
{
    uint64_t needed = 0;
    bool known = true;
    for (const TurnTaker &bench : benches) {
        known = known && bench.memory;
        needed += bench.memory.value_or(0);
    }
    const bool all = known && needed <= freeMemory;
    const auto takesTurns = [all](const TurnTaker &bench) { return all || bench.memory == uint64_t(0); };
    const auto rest = std::stable_partition(benches.begin(), benches.end(), takesTurns);
    const auto table = std::make_shared<TurnTable>();
    std::vector<std::unique_ptr<Job>> together;
    for (auto bench = benches.begin(); bench != rest; ++bench) {
        if (rest - benches.begin() > 1)
            bench->join(table);
        together.push_back(std::move(bench->job));
    }
    queue.addTogether(std::move(together));
    for (auto bench = rest; bench != benches.end(); ++bench)
        queue.add(std::move(bench->job));
    if (all || benches.size() < 2)
        return {};
    return known ? QCoreApplication::translate("Command", "One after the other: all models together would take %1.").arg(toQString(formatBytes(double(needed))))
                 : QCoreApplication::translate("Command", "One after the other: it is not known what all models together would take.");
}

} // namespace assay
