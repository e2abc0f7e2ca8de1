// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/machines.h"

#include <QDialog>

class QPushButton;

namespace assay {

class CheckedField;

/// Asks for a machine: its name and the command that leads there.
class MachineDialog : public QDialog
{
    Q_OBJECT
public:
    explicit MachineDialog(QWidget *parent);
    Machine machine() const;
    /// What is wrong with the machine as a whole; the dialog stays.
    void showProblem(const QString &sentence);

signals:
    void chosen();

private:
    void check();
    CheckedField *m_name, *m_command, *m_worker;
    QPushButton *m_add;
};

} // namespace assay
