// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/machines/machinejob.h"

#include "core/service/background.h"
#include "core/service/machinemeasure.h"
#include "core/service/slowthreads.h"

namespace assay {
namespace {

Result<void> measureAndKeep(const Machine &machine, const std::stop_token &stop)
{
    const MayHang patience;
    const auto report = askMachine(machine, true, {}, stop);
    if (!report)
        return tl::unexpected<Error>(report.error());
    for (const MachineLimits &limits : report->limits) {
        if (auto kept = keepLimits(machinesFile(), machine.name, limits); !kept)
            return kept;
    }
    return {};
}

} // namespace

MachineJob::MachineJob(const Machine &machine, QObject *parent) : Job(tr("Machine's limits"), machine.name, parent), m_machine(machine) {}

MachineJob::~MachineJob()
{
    m_stop.request_stop();
}

void MachineJob::run()
{
    setProgress(tr("measuring memory and products of matrices"), 0, 0);
    inBackground(this, [machine = m_machine, stop = m_stop.get_token()] { return measureAndKeep(machine, stop); },
                 [this](const Result<void> &kept) {
                     if (kept)
                         end(JobState::Finished);
                     else
                         end(kept.error().code == ErrorCode::Cancelled ? JobState::Cancelled : JobState::Failed, kept.error());
                 },
                 &slowThreads());
}

void MachineJob::abort()
{
    m_stop.request_stop();
}

} // namespace assay
