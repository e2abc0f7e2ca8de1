// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/plan.h"

#include <QString>
#include <QWidget>

#include <optional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace assay {

class CheckedField;
struct PlanPreset;
class FoldButton;

/// How many subjects are TorchScript modules, other models, and endpoints.
struct SubjectKinds
{
    int scripts = 0, models = 0, endpoints = 0;
};

/// The part of a plan that is the same for models and endpoints, and what is for models alone: lengths, repetitions, device.
class PlanForm : public QWidget
{
    Q_OBJECT
public:
    explicit PlanForm(QWidget *parent = nullptr);

    bool benches() const; ///< latency, throughput and memory are to be measured
    /// The fields that these subjects need.
    void showFields(const SubjectKinds &kinds);
    /// Why it is no plan for them; empty when it is, and the plan is filled.
    QString fill(BenchPlan &plan, const SubjectKinds &kinds);
    /// One more row at its end.
    void addRow(const QString &label, QWidget *field);

signals:
    void changed();
    void presetChosen(const assay::PlanPreset &preset);

private:
    void createPresets();
    void createLengths();
    void createDevice();
    void createMore();
    QLineEdit *addNumbers(const QString &label, const std::vector<int64_t> &numbers, const QString &tip);
    QSpinBox *addCount(const QString &label, int64_t value, int least, int most, const QString &tip);
    void usePreset();
    std::optional<std::vector<int64_t>> depths(); ///< nothing, with the reason said, where they are wrong
    QString fillForModels(BenchPlan &plan, const SubjectKinds &kinds);

    QFormLayout *m_form;
    QComboBox *m_preset = nullptr;
    QCheckBox *m_bench = nullptr;
    QLineEdit *m_prompt = nullptr;
    QLineEdit *m_output = nullptr;
    CheckedField *m_depths = nullptr;
    QLineEdit *m_batch = nullptr;
    QLineEdit *m_inputs = nullptr;
    bool m_passes = false; ///< only TorchScript modules are ticked
    QSpinBox *m_runs = nullptr;
    QSpinBox *m_warmup = nullptr;
    QSpinBox *m_loads = nullptr;
    QSpinBox *m_coldLoads = nullptr;
    QSpinBox *m_seed = nullptr;
    FoldButton *m_more = nullptr;
    QComboBox *m_device = nullptr;
    QComboBox *m_dtype = nullptr;
};

} // namespace assay
