// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/machines.h"

#include <QPointer>
#include <QWidget>

class QPushButton;
class QTreeView;

namespace assay {

class GroupedRows;
class JobQueue;
class MachineDialog;

/// Where models can be measured: this machine and any that a command leads to, with what each device was measured to do.
class MachinesPage : public QWidget
{
    Q_OBJECT
public:
    explicit MachinesPage(JobQueue *jobs, QWidget *parent = nullptr);

signals:
    void failed(const assay::Error &error);
    void measuring(); ///< a job was queued

private:
    void reload();
    void showMachines(std::vector<Machine> machines);
    void showButtons();
    const Machine *current() const;
    void askMachine();
    void add(const Machine &machine);
    void removeCurrent();
    void measureCurrent();

    JobQueue *m_jobs;
    GroupedRows *m_rows;
    QTreeView *m_view;
    QPushButton *m_remove, *m_measure;
    QPointer<MachineDialog> m_dialog;
    std::vector<Machine> m_machines;
};

} // namespace assay
