// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/job.h"
#include "core/service/machines.h"

#include <stop_token>

namespace assay {

/// Measures what a machine's devices can do, and keeps it.
class MachineJob : public Job
{
    Q_OBJECT
public:
    explicit MachineJob(const Machine &machine, QObject *parent = nullptr);
    ~MachineJob() override;

protected:
    void run() override;
    void abort() override;

private:
    Machine m_machine;
    std::stop_source m_stop;
};

} // namespace assay
