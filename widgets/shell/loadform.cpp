// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/loadform.h"

#include "core/bench/loadestimate.h"
#include "core/bench/presets.h"
#include "core/service/translation.h"
#include "widgets/common/checkedfield.h"
#include "widgets/shell/measurechoice.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>

#include <cmath>

namespace assay {
namespace {

enum Loop { Closed, Poisson, Constant };
constexpr int64_t kMostInFlight = 100'000, kMostDepth = 10'000'000;
constexpr int kMostRequests = 250'000, kMostRetries = 20;
constexpr double kMostNumber = 1e12;

/// "1.5, 3" as numbers from `least` on; nothing when one is none.
std::optional<std::vector<double>> parseReals(const QString &text, double least)
{
    std::vector<double> numbers;
    for (const QString &part : text.split(u',')) {
        bool valid = false;
        const double number = part.trimmed().toDouble(&valid);
        if (!valid || !(number >= least) || number > kMostNumber)
            return {};
        numbers.push_back(number);
    }
    return numbers;
}

template <class T>
QString listText(const std::vector<T> &numbers)
{
    QStringList parts;
    for (const T number : numbers)
        parts << QString::number(number);
    return parts.join(QStringLiteral(", "));
}

} // namespace

LoadForm::LoadForm(QWidget *parent) : QGroupBox(tr("Load on endpoints"), parent)
{
    auto *form = new QFormLayout(this);
    m_preset = addChoice(form, tr("Preset"), tr("A plan to begin with; every field can be changed."));
    for (const PlanPreset &preset : planPresets()) {
        m_preset->addItem(QCoreApplication::translate("Preset", preset.label), QLatin1String(preset.id));
        m_preset->setItemData(m_preset->count() - 1, QCoreApplication::translate("Preset", preset.meaning), Qt::ToolTipRole);
    }
    createLoad(form);
    createPrices(form);
    createLimits(form);
    m_estimate = new QLabel(this);
    m_estimate->setWordWrap(true);
    m_estimate->setTextFormat(Qt::PlainText);
    m_estimate->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_estimate->setAccessibleName(tr("Estimate"));
    m_estimate->setMinimumHeight(5 * fontMetrics().lineSpacing()); // no jumping while one types
    m_estimate->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    form->addRow(m_estimate);
    showPlan(planPresets().front().endpoint);
    connect(m_preset, &QComboBox::activated, this, &LoadForm::choosePreset);
}

CheckedField *LoadForm::addField(QFormLayout *form, const QString &label, const QString &tip)
{
    auto *field = new CheckedField(label, tip, this);
    if (form)
        form->addRow(label, field);
    connect(field, &CheckedField::changed, this, &LoadForm::changed);
    return field;
}

QComboBox *LoadForm::addChoice(QFormLayout *form, const QString &label, const QString &tip)
{
    auto *choice = new QComboBox(this);
    choice->setAccessibleName(label);
    choice->setToolTip(tip);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    form->addRow(label, choice);
    connect(choice, &QComboBox::currentIndexChanged, this, &LoadForm::changed);
    return choice;
}

void LoadForm::createLoad(QFormLayout *form)
{
    m_loop = addChoice(form, tr("Load"),
                       tr("Closed loop: so many users, each asks again as soon as it has its answer. Open loop: requests arrive at a rate, "
                          "however slow the answers are."));
    m_loop->addItems({tr("Closed loop"), tr("Open loop, Poisson arrivals"), tr("Open loop, constant arrivals")});
    m_levelsLabel = new QLabel(this);
    m_levels = addField(nullptr, tr("Levels"), tr("Several numbers, with commas between them, are measured one after the other."));
    form->addRow(m_levelsLabel, m_levels);
    m_levelsLabel->setBuddy(m_levels);
    m_saturated = new QCheckBox(tr("Stop at the level that saturates the server"), this);
    form->addRow(QString(), m_saturated);
    m_depths = addField(form, tr("Context before"), tr("Tokens that stand before the prompt, as of an earlier conversation."));
    const auto addCount = [&](const QString &label, int most, const QString &tip) {
        auto *count = new QSpinBox(this);
        count->setRange(0, most);
        count->setAccessibleName(label);
        count->setToolTip(tip);
        form->addRow(label, count);
        connect(count, &QSpinBox::valueChanged, this, &LoadForm::changed);
        return count;
    };
    m_requests = addCount(tr("Requests a level"), kMostRequests, tr("Counted ones; else so many as the repetitions times the level."));
    m_requests->setSpecialValueText(tr("repetitions times level"));
    m_cache = addChoice(form, tr("Prompt cache"), tr("Cold: no prompt begins like another one. Warm: the same prompt again and again."));
    m_cache->addItems({tr("Cold"), tr("Warm")});
    m_retries = addCount(tr("Retries"), kMostRetries, tr("Of 429, 503 and lost connections. Each try is recorded; first tries alone count."));
    m_slo = addChoice(form, tr("A good request"), tr("What it keeps: goodput counts only those."));
    m_slo->addItem(tr("not judged"));
    for (const SloPreset &preset : sloPresets()) {
        m_slo->addItem(toQString(preset.slo.name));
        m_slo->setItemData(m_slo->count() - 1, QCoreApplication::translate("Slo", preset.source), Qt::ToolTipRole);
    }
    connect(m_loop, &QComboBox::currentIndexChanged, this, &LoadForm::nameLevels);
    nameLevels();
}

void LoadForm::nameLevels()
{
    m_levelsLabel->setText(m_loop->currentIndex() == Closed ? tr("Requests in flight") : tr("Requests per second"));
    m_levels->edit()->setAccessibleName(m_levelsLabel->text());
}

void LoadForm::createPrices(QFormLayout *form)
{
    auto *line = new QWidget(this);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    m_prices = addField(nullptr, tr("Prices"), tr("Per million tokens: of prompts, of answers, and of cached prompts where they cost less."));
    m_prices->setPlaceholder(tr("prompts, answers, cached"));
    m_currency = addField(nullptr, tr("Currency"), tr("Of the prices."));
    m_currency->setText(toQString(Prices().currency));
    m_currency->setMaximumWidth(fontMetrics().averageCharWidth() * 9);
    layout->addWidget(m_prices, 1, Qt::AlignTop);
    layout->addWidget(m_currency, 0, Qt::AlignTop);
    form->addRow(tr("Prices"), line);
}

void LoadForm::createLimits(QFormLayout *form)
{
    auto *line = new QWidget(this);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    const auto add = [&](const QString &name, const QString &placeholder, const QString &tip) {
        CheckedField *field = addField(nullptr, name, tip);
        field->setPlaceholder(placeholder);
        layout->addWidget(field, 1, Qt::AlignTop);
        return field;
    };
    m_limitSeconds = add(tr("Limit of time"), tr("seconds"), tr("The run ends after so many seconds; what was measured is kept."));
    m_limitRequests = add(tr("Limit of requests"), tr("requests"), tr("The run ends after so many requests, repeated ones included."));
    m_limitTokens = add(tr("Limit of tokens"), tr("tokens"), tr("The run ends before it could take more tokens, of prompts and answers."));
    m_limitMoney = add(tr("Limit of money"), tr("money"), tr("The run ends before it could cost more; needs prices."));
    form->addRow(tr("Limits"), line);
}

void LoadForm::choosePreset()
{
    const PlanPreset *preset = findPreset(m_preset->currentData().toString().toStdString());
    if (!preset)
        return;
    showPlan(preset->endpoint);
    emit presetChosen(preset->endpoint);
    emit changed();
}

void LoadForm::showPlan(const BenchPlan &plan)
{
    const QSignalBlocker quiet(this); // one signal for all fields
    const EndpointLoad load = plan.load.value_or(EndpointLoad());
    const bool open = !load.rates.empty();
    m_loop->setCurrentIndex(!open ? Closed : load.arrivals == Arrivals::Constant ? Constant : Poisson);
    m_levels->setText(open ? listText(load.rates) : listText(load.concurrencies));
    m_saturated->setChecked(load.untilSaturated);
    m_depths->setText(listText(plan.depths));
    m_requests->setValue(int(load.requests));
    m_cache->setCurrentIndex(load.cache == CachePolicy::Warm ? 1 : 0);
    m_retries->setValue(int(load.retries));
    m_slo->setCurrentIndex(load.slos.empty() ? 0 : std::max(m_slo->findText(toQString(load.slos.front().name)), 0));
}

bool LoadForm::fillLevels(EndpointLoad &load)
{
    QString problem;
    if (m_loop->currentIndex() == Closed) {
        const auto levels = parseNumbers(m_levels->text(), kMostInFlight);
        problem = levels ? QString() : tr("Whole numbers from 1 on, with commas between them.");
        load.concurrencies = levels.value_or(load.concurrencies);
    } else {
        const auto rates = parseReals(m_levels->text(), 1e-6);
        problem = rates ? QString() : tr("Numbers above 0, with commas between them.");
        load.rates = rates.value_or(load.rates);
        load.arrivals = m_loop->currentIndex() == Constant ? Arrivals::Constant : Arrivals::Poisson;
    }
    m_levels->setProblem(problem);
    return problem.isEmpty();
}

bool LoadForm::fillPrices(EndpointLoad &load)
{
    m_currency->setEnabled(!m_prices->text().isEmpty());
    QString problem;
    if (!m_prices->text().isEmpty()) {
        const auto prices = parseReals(m_prices->text(), 0);
        if (!prices || prices->size() < 2 || prices->size() > 3)
            problem = tr("Two or three numbers with commas between them: of prompts, of answers, of cached prompts.");
        else
            load.prices = Prices{prices->at(0), prices->at(1), prices->back(), m_currency->text().toStdString()};
        if (load.prices && prices->size() == 2)
            load.prices->cached = load.prices->prompt;
    }
    m_prices->setProblem(problem);
    return problem.isEmpty();
}

bool LoadForm::fillLimits(EndpointLoad &load)
{
    bool good = true;
    const auto read = [&good](CheckedField *field, bool whole) {
        double number = 0;
        QString problem;
        if (!field->text().isEmpty()) {
            const auto numbers = parseReals(field->text(), whole ? 1 : 1e-9);
            if (!numbers || numbers->size() != 1 || (whole && std::floor(numbers->front()) != numbers->front()))
                problem = whole ? tr("A whole number.") : tr("A number above 0.");
            else
                number = numbers->front();
        }
        field->setProblem(problem);
        good = good && problem.isEmpty();
        return number;
    };
    load.limits.seconds = read(m_limitSeconds, false);
    load.limits.requests = int64_t(read(m_limitRequests, true));
    load.limits.tokens = int64_t(read(m_limitTokens, true));
    load.limits.money = read(m_limitMoney, false);
    if (load.limits.money > 0 && m_prices->text().isEmpty()) {
        m_limitMoney->setProblem(tr("It needs prices."));
        good = false;
    }
    return good;
}

bool LoadForm::fill(BenchPlan &plan)
{
    EndpointLoad load;
    bool good = fillLevels(load);
    good = fillPrices(load) && good;
    good = fillLimits(load) && good;
    const auto depths = parseReals(m_depths->text(), 0);
    bool whole = depths.has_value();
    plan.depths.clear();
    for (const double depth : depths.value_or(std::vector<double>())) {
        whole = whole && std::floor(depth) == depth && depth <= double(kMostDepth);
        plan.depths.push_back(whole ? int64_t(depth) : 0);
    }
    m_depths->setProblem(whole ? QString() : tr("Whole numbers from 0 on, with commas between them."));
    load.untilSaturated = m_saturated->isChecked();
    load.requests = m_requests->value();
    load.retries = m_retries->value();
    load.cache = m_cache->currentIndex() == 1 ? CachePolicy::Warm : CachePolicy::Cold;
    if (m_slo->currentIndex() > 0)
        load.slos.push_back(sloPresets()[size_t(m_slo->currentIndex() - 1)].slo);
    plan.load = std::move(load);
    return good && whole;
}

void LoadForm::showEstimate(const BenchPlan &plan, int endpoints)
{
    const PlanEstimate estimate = estimatePlan(plan);
    const QString takes = toQString(estimateText(estimate, qtTranslate()));
    QStringList assumptions;
    for (const char *assumption : estimate.assumptions)
        assumptions << QCoreApplication::translate("Estimate", assumption);
    m_estimate->setText(endpoints > 1 ? tr("Each endpoint takes %1; %2.").arg(takes, assumptions.join(QStringLiteral(", ")))
                                      : tr("It takes %1; %2.").arg(takes, assumptions.join(QStringLiteral(", "))));
}

void LoadForm::hideEstimate()
{
    m_estimate->clear();
}

} // namespace assay
