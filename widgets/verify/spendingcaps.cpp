// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/verify/spendingcaps.h"

#include "core/service/translation.h"
#include "widgets/common/checkedfield.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>

namespace assay {
namespace {

constexpr double kMost = 1e12, kSecondsAMinute = 60;

std::optional<double> numberIn(const QString &text, double least)
{
    bool right = false;
    const double value = QLocale::c().toDouble(text.trimmed(), &right);
    return right && value >= least && value <= kMost ? std::optional(value) : std::nullopt;
}

/// Prices of a million tokens: of prompts, of answers, of cached prompts where they cost less.
std::optional<Prices> pricesIn(const QString &text, const QString &currency)
{
    std::vector<double> numbers;
    for (const QString &part : text.split(u',')) {
        const auto number = numberIn(part, 0);
        if (!number)
            return std::nullopt;
        numbers.push_back(*number);
    }
    if (numbers.size() < 2 || numbers.size() > 3)
        return std::nullopt;
    return Prices{numbers[0], numbers[1], numbers.size() > 2 ? numbers[2] : numbers[0], currency.trimmed().toStdString()};
}

} // namespace

SpendingCaps::SpendingCaps(QWidget *parent)
    : QWidget(parent), m_minutes(addField(tr("Minutes at most"), tr("The run ends after this time with what it has"))),
      m_requests(addField(tr("Requests at most"), tr("Repeated ones are counted"))),
      m_tokens(addField(tr("Tokens at most"), tr("Of prompts and answers together; no request goes out that could pass it"))),
      m_money(addField(tr("Money at most"), tr("By the prices beside it; no request goes out that could pass it"))),
      m_price(addField(tr("Prices"), tr("Per million tokens: of prompts, of answers, and of cached prompts where they cost less: 0.55, 2.19"))),
      m_currency(new QLineEdit(toQString(Prices().currency), this))
{
    m_currency->setAccessibleName(tr("Currency"));
    m_currency->setMaxLength(8);
    m_currency->setMaximumWidth(fontMetrics().averageCharWidth() * 10);
    m_price->setPlaceholder(QStringLiteral("0.55, 2.19"));
    for (CheckedField *field : {m_minutes, m_requests, m_tokens, m_money})
        field->setPlaceholder(tr("no cap"));
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    const auto add = [&](int row, int column, const QString &text, QWidget *field) {
        auto *label = new QLabel(text, this);
        label->setBuddy(field);
        grid->addWidget(label, row, column, Qt::AlignTop);
        grid->addWidget(field, row, column + 1, Qt::AlignTop);
    };
    add(0, 0, tr("minutes"), m_minutes);
    add(0, 2, tr("requests"), m_requests);
    add(0, 4, tr("tokens"), m_tokens);
    add(1, 0, tr("money"), m_money);
    add(1, 2, tr("at prices of"), m_price);
    add(1, 4, tr("in"), m_currency);
    connect(m_currency, &QLineEdit::textEdited, this, &SpendingCaps::read);
}

CheckedField *SpendingCaps::addField(const QString &name, const QString &tip)
{
    auto *field = new CheckedField(name, tip, this);
    connect(field, &CheckedField::changed, this, &SpendingCaps::read);
    return field;
}

CheckedField *SpendingCaps::field(const QString &name) const
{
    for (CheckedField *one : {m_minutes, m_requests, m_tokens, m_money, m_price}) {
        if (one->edit()->accessibleName() == name)
            return one;
    }
    return nullptr;
}

void SpendingCaps::read()
{
    m_good = true;
    const auto tell = [this](CheckedField *field, const QString &problem) {
        field->setProblem(problem);
        m_good = m_good && problem.isEmpty();
    };
    const auto number = [&](CheckedField *field, double least) {
        const auto value = numberIn(field->text(), least);
        const bool wrong = !field->text().isEmpty() && !value;
        tell(field, wrong ? (least == 1 ? tr("A whole number from 1 on.") : tr("A number above 0.")) : QString());
        return value.value_or(0);
    };
    m_limits.seconds = number(m_minutes, 1e-6) * kSecondsAMinute;
    m_limits.requests = int64_t(number(m_requests, 1));
    m_limits.tokens = int64_t(number(m_tokens, 1));
    m_limits.money = number(m_money, 1e-9);
    m_prices = m_price->text().isEmpty() ? std::nullopt : pricesIn(m_price->text(), m_currency->text());
    tell(m_price, !m_price->text().isEmpty() && !m_prices ? tr("Two or three numbers with commas between them.")
                  : m_limits.money > 0 && !m_prices       ? tr("A cap on money needs prices.")
                                                          : QString());
    emit changed();
}

} // namespace assay
