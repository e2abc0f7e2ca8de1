// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/plan.h"

#include <QWidget>

#include <optional>

class QLineEdit;

namespace assay {

class CheckedField;

/// What a run may use up: minutes, requests, tokens, money; and the prices that money is counted by.
class SpendingCaps : public QWidget
{
    Q_OBJECT
public:
    explicit SpendingCaps(QWidget *parent);
    bool isGood() const { return m_good; } ///< false: a field says why
    const PlanLimits &limits() const { return m_limits; }
    const std::optional<Prices> &prices() const { return m_prices; }
    /// By its accessible name, for those who fill it in.
    CheckedField *field(const QString &name) const;

signals:
    void changed();

private:
    CheckedField *addField(const QString &name, const QString &tip);
    void read();
    CheckedField *m_minutes, *m_requests, *m_tokens, *m_money, *m_price;
    QLineEdit *m_currency;
    PlanLimits m_limits;
    std::optional<Prices> m_prices;
    bool m_good = true;
};

} // namespace assay
