// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/shell/measurechoice.h"

#include <QDialog>
#include <QHash>

class QBoxLayout;
class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QScrollArea;
class QSpinBox;

namespace assay {

class CheckedField;
class FoldButton;
class LoadForm;

/// What to measure; beside the window, never over it. Says what will not fit into memory before anything is
/// loaded.
class MeasureDialog : public QDialog
{
    Q_OBJECT
public:
    /// Ticks the given subjects; all when there are none.
    MeasureDialog(const Workspace &workspace, const std::vector<int> &subjects, QWidget *parent);

signals:
    void startRequested(const assay::MeasureChoice &choice);
    void failed(const assay::Error &error); ///< a suite could not be read

private:
    void createSubjects(const std::vector<int> &ticked);
    void createPresets(QFormLayout *form);
    void createPlan(QFormLayout *form);
    void createDevice(QFormLayout *form);
    void createMore(QFormLayout *form);
    void createSuites(QFormLayout *form);
    void createButtons();
    QLineEdit *addNumbers(QFormLayout *form, const QString &label, const std::vector<int64_t> &numbers,
                          const QString &tip);
    QSpinBox *addCount(QFormLayout *form, const QString &label, int64_t value, int least, int most,
                       const QString &tip);
    void check();
    void showFields();
    /// How many of the ticked subjects are TorchScript modules, other models, and endpoints.
    struct Kinds
    {
        int scripts = 0, models = 0, endpoints = 0;
    };
    Kinds tickedKinds() const;
    QString modelProblem(const Kinds &kinds); ///< of the fields for models alone
    void usePreset();
    std::optional<std::vector<int64_t>> depths(); ///< nothing, with the reason said, where they are wrong
    void showEstimate(const Kinds &kinds);
    int questions(); ///< of all suites that are ticked
    void growToContents();
    QString problem(); ///< why it cannot start; empty when it can. Fills m_choice
    QString memoryWarning() const;
    void start();

    const Workspace &m_workspace;
    MeasureChoice m_choice;
    QScrollArea *m_scroll;
    QBoxLayout *m_columns = nullptr; ///< what is for all, what is for endpoints
    QListWidget *m_subjects;
    QComboBox *m_preset = nullptr;
    QCheckBox *m_bench;
    QLineEdit *m_prompt = nullptr;
    QLineEdit *m_output = nullptr;
    CheckedField *m_depths = nullptr;
    QLineEdit *m_batch = nullptr;
    QLineEdit *m_inputs = nullptr;
    bool m_passes = false; ///< only TorchScript modules are ticked
    QFormLayout *m_form = nullptr;
    QSpinBox *m_runs = nullptr;
    QSpinBox *m_warmup = nullptr;
    QSpinBox *m_loads = nullptr;
    QSpinBox *m_coldLoads = nullptr;
    QSpinBox *m_seed = nullptr;
    FoldButton *m_more = nullptr;
    QComboBox *m_device = nullptr;
    QComboBox *m_dtype = nullptr;
    QListWidget *m_suites = nullptr;
    QLabel *m_noSuites = nullptr;
    QHash<QString, int> m_questions; ///< of a suite by its name
    LoadForm *m_load;
    QLabel *m_estimate; ///< of models
    QLabel *m_note;
    QPushButton *m_start = nullptr;
};

} // namespace assay
