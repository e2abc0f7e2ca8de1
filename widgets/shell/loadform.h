// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/plan.h"

#include <QGroupBox>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QSpinBox;

namespace assay {

class CheckedField;

/// The part of a plan that is for endpoints: the load, what a good request keeps, what it may cost. Wrong input is said at its
/// field.
class LoadForm : public QGroupBox
{
    Q_OBJECT
public:
    explicit LoadForm(QWidget *parent = nullptr);

    /// Sets depths and load of the plan; false where a field is wrong.
    bool fill(BenchPlan &plan);
    /// What this plan takes of each of so many endpoints.
    void showEstimate(const BenchPlan &plan, int endpoints);
    void hideEstimate();

signals:
    void changed();
    void presetChosen(const assay::BenchPlan &plan); ///< its lengths and runs are for others to show

private:
    CheckedField *addField(QFormLayout *form, const QString &label, const QString &tip);
    QComboBox *addChoice(QFormLayout *form, const QString &label, const QString &tip);
    void createLoad(QFormLayout *form);
    void nameLevels();
    void createPrices(QFormLayout *form);
    void createLimits(QFormLayout *form);
    void choosePreset();
    void showPlan(const BenchPlan &plan);
    bool fillLevels(EndpointLoad &load);
    bool fillPrices(EndpointLoad &load);
    bool fillLimits(EndpointLoad &load);

    QComboBox *m_preset, *m_loop, *m_cache, *m_slo;
    QLabel *m_levelsLabel;
    CheckedField *m_levels, *m_depths;
    QSpinBox *m_requests, *m_retries;
    QCheckBox *m_saturated;
    CheckedField *m_prices, *m_currency;
    CheckedField *m_limitSeconds, *m_limitRequests, *m_limitTokens, *m_limitMoney;
    QLabel *m_estimate;
};

} // namespace assay
