// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/loadform.h"

#include "core/bench/loadestimate.h"
#include "core/bench/presets.h"
#include "core/service/translation.h"
#include "widgets/common/checkedfield.h"
#include "widgets/shell/foldbutton.h"
#include "widgets/shell/measurechoice.h"
#include "widgets/shell/tracefield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <cmath>

namespace assay {
namespace {

enum Loop { Closed, Poisson, Constant, Trace };
constexpr int kMostInFlight = 100'000, kMostRequests = 250'000, kMostRetries = 20;
constexpr int kMostSessions = 10'000, kMostMinutes = 366 * 24 * 60;
constexpr double kMostNumber = 1e12, kMostSeconds = 1e6;

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

LoadForm::LoadForm(QWidget *parent) : QGroupBox(tr("Load on endpoints"), parent), m_form(new QFormLayout)
{
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(m_form);
    createLoad();
    createGoals();
    createPrices();
    createLimits();
    createMore();
    m_estimate = new QLabel(this);
    m_estimate->setWordWrap(true);
    m_estimate->setTextFormat(Qt::PlainText);
    m_estimate->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_estimate->setAccessibleName(tr("Estimate"));
    m_estimate->setMinimumHeight(5 * fontMetrics().lineSpacing()); // no jumping while one types
    m_estimate->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    layout->addWidget(m_estimate); // outside the form (see CheckedField)
    for (QComboBox *choice : {m_loop, m_slo})
        connect(choice, &QComboBox::currentIndexChanged, this, &LoadForm::showFields);
    connect(m_more, &QToolButton::toggled, this, &LoadForm::showFields);
    connect(m_more, &QToolButton::toggled, this, &LoadForm::changed);
    showPlan(planPresets().front().endpoint);
    showFields();
}

CheckedField *LoadForm::addField(const QString &label, const QString &tip, bool row)
{
    auto *field = new CheckedField(label, tip, this);
    if (row)
        m_form->addRow(label, field);
    connect(field, &CheckedField::changed, this, &LoadForm::changed);
    return field;
}

QComboBox *LoadForm::addChoice(const QString &label, const QString &tip)
{
    auto *choice = new QComboBox(this);
    choice->setAccessibleName(label);
    choice->setToolTip(tip);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_form->addRow(label, choice);
    connect(choice, &QComboBox::currentIndexChanged, this, &LoadForm::changed);
    return choice;
}

/// none: what 0 means.
QSpinBox *LoadForm::addCount(const QString &label, int most, const QString &none, const QString &tip)
{
    auto *count = new QSpinBox(this);
    count->setRange(0, most);
    count->setSpecialValueText(none);
    count->setAccessibleName(label);
    count->setToolTip(tip);
    m_form->addRow(label, count);
    connect(count, &QSpinBox::valueChanged, this, &LoadForm::changed);
    return count;
}

void LoadForm::createLoad()
{
    m_loop = addChoice(tr("Load"),
                       tr("Closed loop: so many users, each asks again as soon as it has its answer. Open loop: requests arrive at a rate, "
                          "however slow the answers are."));
    m_loop->addItems({tr("Closed loop"), tr("Open loop, Poisson arrivals"), tr("Open loop, constant arrivals"), tr("Open loop, arrivals of a file")});
    m_trace = new TraceField(this);
    m_form->addRow(tr("Trace of arrivals"), m_trace);
    connect(m_trace, &TraceField::changed, this, &LoadForm::changed);
    m_levelsLabel = new QLabel(this);
    m_levels = addField(tr("Levels"), tr("Several numbers, with commas between them, are measured one after the other."), false);
    m_form->addRow(m_levelsLabel, m_levels);
    m_levelsLabel->setBuddy(m_levels);
    m_requests = addCount(tr("Requests a level"), kMostRequests, tr("repetitions times level"),
                          tr("Counted ones; else so many as the repetitions times the level, or as the file has arrivals."));
    m_cache = addChoice(tr("Prompt cache"), tr("Cold: no prompt begins like another one. Warm: the same prompt again and again."));
    m_cache->addItems({tr("Cold"), tr("Warm")});
}

void LoadForm::createGoals()
{
    m_slo = addChoice(tr("A good request"), tr("What it keeps: goodput counts only those."));
    m_slo->addItem(tr("not judged"));
    for (const SloPreset &preset : sloPresets()) {
        m_slo->addItem(toQString(preset.slo.name));
        m_slo->setItemData(m_slo->count() - 1, QCoreApplication::translate("Slo", preset.source), Qt::ToolTipRole);
    }
    m_slo->addItem(tr("own goals"));
    m_goals = addField(tr("Own goals"), tr("Limits in seconds of ttft, ttfa, tpot, e2e and gap; several sets, or names of them, with semicolons between."));
    m_goals->setPlaceholder(QStringLiteral("ttft=0.5, tpot=0.05"));
}

void LoadForm::createPrices()
{
    auto *line = new QWidget(this);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    m_prices = addField(tr("Prices"), tr("Per million tokens: of prompts, of answers, and of cached prompts where they cost less."), false);
    m_prices->setPlaceholder(tr("prompts, answers, cached"));
    m_currency = addField(tr("Currency"), tr("Of the prices."), false);
    m_currency->setText(toQString(Prices().currency));
    m_currency->setMaximumWidth(fontMetrics().averageCharWidth() * 9);
    layout->addWidget(m_prices, 1, Qt::AlignTop);
    layout->addWidget(m_currency, 0, Qt::AlignTop);
    m_form->addRow(tr("Prices"), line);
}

void LoadForm::createLimits()
{
    auto *table = new QWidget(this);
    auto *layout = new QGridLayout(table);
    layout->setContentsMargins(0, 0, 0, 0);
    int place = 0;
    const auto add = [&](const QString &name, const QString &placeholder, const QString &tip) {
        CheckedField *field = addField(name, tip, false);
        field->setPlaceholder(placeholder);
        layout->addWidget(field, place / 2, place % 2, Qt::AlignTop);
        ++place;
        return field;
    };
    m_limitSeconds = add(tr("Limit of time"), tr("seconds"), tr("The run ends after so many seconds; what was measured is kept."));
    m_limitRequests = add(tr("Limit of requests"), tr("requests"), tr("The run ends after so many requests, repeated ones included."));
    m_limitTokens = add(tr("Limit of tokens"), tr("tokens"), tr("The run ends before it could take more tokens, of prompts and answers."));
    m_limitMoney = add(tr("Limit of money"), tr("money"), tr("The run ends before it could cost more; needs prices."));
    m_form->addRow(tr("Limits"), table);
}

void LoadForm::createMore()
{
    m_more = new FoldButton(tr("More settings of the load"), this);
    m_form->addRow(m_more);
    m_saturated = new QCheckBox(tr("Stop at the level that saturates the server"), this);
    m_wholeAnswers = new QCheckBox(tr("Answers of full length, where it can be asked"), this);
    for (QCheckBox *box : {m_saturated, m_wholeAnswers}) {
        m_form->addRow(box);
        connect(box, &QCheckBox::toggled, this, &LoadForm::changed);
    }
    m_seconds = new QDoubleSpinBox(this);
    m_seconds->setRange(0, kMostSeconds);
    m_seconds->setDecimals(1);
    m_seconds->setSuffix(tr(" s"));
    m_seconds->setSpecialValueText(tr("until its requests are done"));
    m_seconds->setAccessibleName(tr("Length of a level"));
    m_seconds->setToolTip(tr("A level ends by time where its requests are not counted."));
    m_form->addRow(tr("Length of a level"), m_seconds);
    connect(m_seconds, &QDoubleSpinBox::valueChanged, this, &LoadForm::changed);
    m_mostInFlight = addCount(tr("Most in flight"), kMostInFlight, tr("no limit"), tr("Of an open loop: more wait, and their waiting counts."));
    m_sessions = addCount(tr("Sessions"), kMostSessions, {}, tr("The whole load is measured so often, since hosted endpoints vary by the hour. Each session is a run of its own, and limits hold for each."));
    m_sessions->setMinimum(1);
    m_every = addCount(tr("A session begins every"), kMostMinutes, {}, tr("From the beginning of one to that of the next. In between nothing is sent."));
    m_every->setMinimum(1);
    m_every->setValue(60);
    m_every->setSuffix(tr(" min"));
    connect(m_sessions, &QSpinBox::valueChanged, this, &LoadForm::showFields);
    m_retries = addCount(tr("Retries"), kMostRetries, {}, tr("Of 429, 503 and lost connections. Each try is recorded; first tries alone count."));
}

void LoadForm::showFields()
{
    const int loop = m_loop->currentIndex();
    m_levelsLabel->setText(loop == Closed ? tr("Requests in flight") : loop == Trace ? tr("Times as fast") : tr("Requests per second"));
    m_levels->edit()->setAccessibleName(m_levelsLabel->text());
    m_requests->setSpecialValueText(loop == Trace ? tr("as in the file") : tr("repetitions times level"));
    m_form->setRowVisible(m_trace, loop == Trace);
    m_form->setRowVisible(m_goals, m_slo->currentIndex() == m_slo->count() - 1);
    for (QWidget *field : std::initializer_list<QWidget *>{m_saturated, m_wholeAnswers, m_seconds, m_retries, m_sessions})
        m_form->setRowVisible(field, m_more->isChecked());
    m_form->setRowVisible(m_every, m_more->isChecked() && m_sessions->value() > 1);
    m_form->setRowVisible(m_mostInFlight, m_more->isChecked() && loop != Closed);
}

void LoadForm::showPlan(const BenchPlan &plan)
{
    const QSignalBlocker quiet(this); // one signal for all fields
    const EndpointLoad load = plan.load.value_or(EndpointLoad());
    const bool open = !load.rates.empty();
    m_loop->setCurrentIndex(!open ? Closed : load.arrivals == Arrivals::Constant ? Constant : Poisson);
    m_levels->setText(open ? listText(load.rates) : listText(load.concurrencies));
    m_saturated->setChecked(load.untilSaturated);
    m_wholeAnswers->setChecked(load.ignoreEos);
    m_seconds->setValue(load.seconds);
    m_mostInFlight->setValue(int(load.mostInFlight));
    m_requests->setValue(int(load.requests));
    m_cache->setCurrentIndex(load.cache == CachePolicy::Warm ? 1 : 0);
    m_retries->setValue(int(load.retries));
    m_slo->setCurrentIndex(load.slos.empty() ? 0 : std::max(m_slo->findText(toQString(load.slos.front().name)), 0));
}

bool LoadForm::fillLevels(EndpointLoad &load)
{
    QString problem;
    const int loop = m_loop->currentIndex();
    if (loop == Closed) {
        const auto levels = parseNumbers(m_levels->text(), kMostInFlight);
        problem = levels ? QString() : tr("Whole numbers from 1 on, with commas between them.");
        load.concurrencies = levels.value_or(load.concurrencies);
    } else {
        const auto rates = parseReals(m_levels->text(), 1e-6);
        problem = rates ? QString() : tr("Numbers above 0, with commas between them.");
        load.rates = rates.value_or(load.rates);
        load.arrivals = loop == Constant ? Arrivals::Constant : loop == Trace ? Arrivals::Trace : Arrivals::Poisson;
        load.mostInFlight = m_mostInFlight->value();
    }
    m_levels->setProblem(problem);
    if (loop == Trace)
        load.trace = m_trace->moments();
    return problem.isEmpty() && (loop != Trace || !load.trace.empty());
}

bool LoadForm::fillGoals(EndpointLoad &load)
{
    const int chosen = m_slo->currentIndex(), presets = int(sloPresets().size());
    if (chosen <= presets) {
        if (chosen > 0)
            load.slos.push_back(sloPresets()[size_t(chosen - 1)].slo);
        return true;
    }
    bool good = true;
    for (const QString &text : m_goals->text().split(u';')) {
        const auto slo = parseSlo(text.toStdString());
        good = good && slo;
        load.slos.push_back(slo.value_or(Slo()));
    }
    m_goals->setProblem(good ? QString() : tr("Limits in seconds, such as ttft=0.5, tpot=0.05."));
    return good;
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
    good = fillGoals(load) && good;
    good = fillPrices(load) && good;
    good = fillLimits(load) && good;
    load.untilSaturated = m_saturated->isChecked();
    load.ignoreEos = m_wholeAnswers->isChecked();
    load.seconds = m_seconds->value();
    load.requests = m_requests->value();
    load.retries = m_retries->value();
    load.cache = m_cache->currentIndex() == 1 ? CachePolicy::Warm : CachePolicy::Cold;
    plan.load = std::move(load);
    return good;
}

int LoadForm::sessions() const
{
    return m_sessions->value();
}

double LoadForm::every() const
{
    return 60.0 * m_every->value();
}

void LoadForm::showEstimate(const BenchPlan &plan, int endpoints, int questions)
{
    const PlanEstimate estimate = estimatePlan(plan);
    const QString takes = toQString(estimateText(estimate, qtTranslate()));
    QStringList assumptions;
    for (const char *assumption : estimate.assumptions)
        assumptions << QCoreApplication::translate("Estimate", assumption);
    QString text = endpoints > 1 ? tr("Each endpoint takes %1; %2.").arg(takes, assumptions.join(QStringLiteral(", ")))
                                 : tr("It takes %1; %2.").arg(takes, assumptions.join(QStringLiteral(", ")));
    if (sessions() > 1)
        text += QLatin1Char('\n') + tr("That is of each of %1 sessions.").arg(sessions());
    if (questions > 0)
        text += QLatin1Char('\n') + tr("The suites ask %1 questions more; prices and limits do not count them.").arg(questions);
    m_estimate->setText(text);
}

void LoadForm::hideEstimate()
{
    m_estimate->clear();
}

} // namespace assay
