// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/turnplan.h"

#include "core/model/memoryplan.h"

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

} // namespace assay
