// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QDialog>

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace assay {

class JobQueue;
class RunLibrary;
class WhatIfBoxes;
class Workspace;
struct FidelityPlan;

/// Which models are held against which, over what text; queues a job for each. What was found goes to the run library's fidelity().
class FidelityDialog : public QDialog
{
    Q_OBJECT
public:
    FidelityDialog(const Workspace &workspace, JobQueue &jobs, RunLibrary &runs, QWidget *parent);

signals:
    void started();
    void failed(const assay::Error &error); ///< the text could not be read

private:
    QWidget *buildText();
    QWidget *buildButtons();
    void fillSubjects();
    void fillOthers();
    void chooseText();
    QString problem() const; ///< why it cannot start; empty when it can
    void check();
    void start();
    void queue(FidelityPlan plan);
    std::vector<int> ticked() const;

    const Workspace &m_workspace;
    JobQueue &m_jobs;
    RunLibrary &m_runs;
    QComboBox *m_reference;
    QListWidget *m_others;
    WhatIfBoxes *m_whatIfs;
    QLineEdit *m_text = nullptr;
    QLabel *m_note;
    QPushButton *m_start = nullptr;
};

} // namespace assay
