// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/plan.h"

#include <QGroupBox>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QSpinBox;

namespace assay {

class CheckedField;
class FoldButton;
class TraceField;

/// The part of a plan that is for endpoints: the load, what a good request keeps, what it may cost. Wrong input is said at its
/// field.
class LoadForm : public QGroupBox
{
    Q_OBJECT
public:
    explicit LoadForm(QWidget *parent = nullptr);

    /// Shows the load of the plan.
    void showPlan(const BenchPlan &plan);
    /// Sets the load of the plan; false where a field is wrong.
    bool fill(BenchPlan &plan);
    /// How often the plan is measured, and how far apart sessions begin: hosted endpoints vary by the hour.
    int sessions() const;
    double every() const; ///< seconds
    /// What this plan takes of each of so many endpoints; questions: that suites ask besides.
    void showEstimate(const BenchPlan &plan, int endpoints, int questions);
    void hideEstimate();

signals:
    void changed();

private:
    CheckedField *addField(const QString &label, const QString &tip, bool row = true);
    QComboBox *addChoice(const QString &label, const QString &tip);
    QSpinBox *addCount(const QString &label, int most, const QString &none, const QString &tip);
    void createLoad();
    void createGoals();
    void createPrices();
    void createLimits();
    void createMore();
    void showFields();
    bool fillLevels(EndpointLoad &load);
    bool fillGoals(EndpointLoad &load);
    bool fillPrices(EndpointLoad &load);
    bool fillLimits(EndpointLoad &load);

    QFormLayout *m_form;
    QComboBox *m_loop, *m_cache, *m_slo;
    QLabel *m_levelsLabel;
    TraceField *m_trace;
    CheckedField *m_levels, *m_goals;
    QSpinBox *m_requests, *m_retries, *m_mostInFlight, *m_sessions, *m_every;
    QDoubleSpinBox *m_seconds;
    QCheckBox *m_saturated, *m_wholeAnswers;
    CheckedField *m_prices, *m_currency;
    CheckedField *m_limitSeconds, *m_limitRequests, *m_limitTokens, *m_limitMoney;
    FoldButton *m_more;
    QLabel *m_estimate;
};

} // namespace assay
