// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/accuracy/accuracyview.h"

#include <QWidget>

class QBoxLayout;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QToolButton;

namespace assay {

/// What the Accuracy page shows and by which rule: suite, scorer, the subject that others are held against, the loss that is acceptable.
class AccuracyTools : public QWidget
{
    Q_OBJECT
public:
    explicit AccuracyTools(QWidget *parent = nullptr);
    void show(const AccuracyView &view);
    /// Judging goes on; something can be undone.
    void setJudging(bool busy, bool canUndo);

    AccuracyChoice choice() const { return m_choice; } ///< what the user chose last
    QComboBox *suites() const { return m_suites; }
    QComboBox *judges() const { return m_judges; }
    QComboBox *references() const { return m_references; }
    QDoubleSpinBox *margin() const { return m_margin; }
    QToolButton *undo() const { return m_undo; }

signals:
    void chosen();        ///< another choice()
    void suiteChosen();   ///< and its suite is another one
    void marginChanged();
    void judgeRequested(const std::string &scorer);
    void undoRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;
    QSize minimumSizeHint() const override;

private:
    QWidget *group(const std::vector<std::pair<QString, QWidget *>> &fields);
    void fillSuites(const AccuracyView &view);
    void fillJudges(const AccuracyView &view);
    void fillReferences(const AccuracyView &view);
    void takeSuite();
    void takeJudge();

    AccuracyChoice m_choice;
    QBoxLayout *m_row;
    QComboBox *m_suites, *m_judges, *m_references;
    QDoubleSpinBox *m_margin;
    QToolButton *m_undo;
    QLabel *m_busy;
    QWidget *m_first, *m_second;
};

} // namespace assay
