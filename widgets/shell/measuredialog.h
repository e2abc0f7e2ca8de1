// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/shell/measurechoice.h"
#include "widgets/shell/planform.h"

#include <QDialog>
#include <QHash>

class QBoxLayout;
class QLabel;
class QPushButton;
class QScrollArea;

namespace assay {

class CheckList;
class LoadForm;
class WhatIfBoxes;

/// What to measure; beside the window, never over it. Says what will not fit into memory before anything is
/// loaded.
class MeasureDialog : public QDialog
{
    Q_OBJECT
public:
    /// Ticks the given subjects; all when there are none.
    MeasureDialog(const Workspace &workspace, const std::vector<int> &subjects, QWidget *parent);
    /// A file or folder of questions, in any form (docs/SUITES.md). It is read on another thread and then stands ticked in the list; what
    /// cannot be read is told by failed().
    void addSuite(const QString &place);

signals:
    void startRequested(const assay::MeasureChoice &choice);
    void failed(const assay::Error &error); ///< a suite could not be read

protected:
    void showEvent(QShowEvent *event) override;

private:
    void fillSubjects(const std::vector<int> &ticked);
    void fillSuites();
    void createContents();
    QWidget *createSuites();
    void chooseSuite(bool folder);
    void createButtons();
    void check();
    void shrinkSoon();
    SubjectKinds tickedKinds() const;
    void showEstimate(const SubjectKinds &kinds);
    int questions(); ///< of all suites that are ticked
    void fitContents();
    QString problem(); ///< why it cannot start; empty when it can. Fills m_choice
    QString memoryWarning() const;
    void start();

    const Workspace &m_workspace;
    MeasureChoice m_choice;
    QScrollArea *m_scroll;
    QBoxLayout *m_columns = nullptr; ///< what is for all, what is for endpoints
    CheckList *m_subjects;
    PlanForm *m_plan;
    CheckList *m_suites;
    WhatIfBoxes *m_whatIfs;
    QHash<QString, int> m_questions; ///< of a suite by its name
    LoadForm *m_load;
    QLabel *m_estimate; ///< of models
    QLabel *m_note;
    QPushButton *m_start = nullptr;
    QSize m_fitted; ///< the dialog's size as it was last fitted, not as the user has drawn it
    bool m_shrinks = false; ///< at the next fitting
};

} // namespace assay
