// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/planform.h"

#include "core/bench/inputspec.h"
#include "core/bench/presets.h"
#include "core/service/translation.h"
#include "widgets/common/checkedfield.h"
#include "widgets/shell/foldbutton.h"
#include "widgets/shell/measurechoice.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QFormLayout>
#include <QLineEdit>
#include <QSpinBox>

#include <limits>
#include <utility>

namespace assay {
namespace {

constexpr int64_t kMostTokens = 1'000'000, kMostBatch = 4096, kMostDepth = 10'000'000;

QString numbersText(const std::vector<int64_t> &numbers)
{
    QStringList parts;
    for (const int64_t number : numbers)
        parts << QString::number(number);
    return parts.join(QStringLiteral(", "));
}

} // namespace

PlanForm::PlanForm(QWidget *parent) : QWidget(parent), m_form(new QFormLayout(this))
{
    m_form->setContentsMargins(0, 0, 0, 0);
    createPresets();
    m_bench = new QCheckBox(tr("Latency, throughput and memory"), this);
    m_bench->setChecked(true);
    m_form->addRow(m_bench);
    connect(m_bench, &QCheckBox::toggled, this, &PlanForm::changed);
    createLengths();
    createDevice();
    createMore();
}

bool PlanForm::benches() const
{
    return m_bench->isChecked();
}

void PlanForm::addRow(const QString &label, QWidget *field)
{
    m_form->addRow(label, field);
}

void PlanForm::createPresets()
{
    m_preset = new QComboBox(this);
    m_preset->setAccessibleName(tr("Preset"));
    m_preset->setToolTip(tr("A plan to begin with; every field can be changed."));
    for (const PlanPreset &preset : planPresets()) {
        m_preset->addItem(QCoreApplication::translate("Preset", preset.label), QLatin1String(preset.id));
        m_preset->setItemData(m_preset->count() - 1, QCoreApplication::translate("Preset", preset.meaning), Qt::ToolTipRole);
    }
    m_form->addRow(tr("Preset"), m_preset);
    connect(m_preset, &QComboBox::activated, this, &PlanForm::usePreset);
}

void PlanForm::usePreset()
{
    const PlanPreset *preset = findPreset(m_preset->currentData().toString().toStdString());
    if (!preset)
        return;
    const BenchPlan &plan = preset->local;
    m_prompt->setText(numbersText(plan.promptTokens));
    m_output->setText(numbersText(plan.outputTokens));
    m_depths->setText(numbersText(plan.depths));
    m_batch->setText(numbersText(plan.batches));
    m_runs->setValue(int(plan.runs));
    m_warmup->setValue(int(plan.warmup));
    emit presetChosen(*preset);
    emit changed();
}

QLineEdit *PlanForm::addNumbers(const QString &label, const std::vector<int64_t> &numbers, const QString &tip)
{
    auto *field = new QLineEdit(numbersText(numbers), this);
    field->setToolTip(tip);
    field->setAccessibleName(label);
    field->setAcceptDrops(false);
    m_form->addRow(label, field);
    connect(field, &QLineEdit::textChanged, this, &PlanForm::changed);
    return field;
}

QSpinBox *PlanForm::addCount(const QString &label, int64_t value, int least, int most, const QString &tip)
{
    auto *field = new QSpinBox(this);
    field->setRange(least, most);
    field->setValue(int(value));
    field->setToolTip(tip);
    field->setAccessibleName(label);
    m_form->addRow(label, field);
    connect(field, &QSpinBox::valueChanged, this, &PlanForm::changed);
    return field;
}

void PlanForm::createLengths()
{
    const BenchPlan plan;
    const QString several =
        tr("Several numbers, with commas between them, are measured in all combinations.");
    m_prompt = addNumbers(tr("Prompt tokens"), plan.promptTokens, several);
    m_output = addNumbers(tr("Output tokens"), plan.outputTokens, several);
    m_depths = new CheckedField(tr("Context before"), tr("Tokens that stand before the prompt, as of an earlier conversation."), this);
    m_depths->setText(numbersText(plan.depths));
    connect(m_depths, &CheckedField::changed, this, &PlanForm::changed);
    m_form->addRow(tr("Context before"), m_depths);
    m_batch = addNumbers(tr("Batch"), plan.batches, several);
    m_inputs = addNumbers(tr("Inputs"), {},
                          tr("What a TorchScript module is given: f32[1,3,224,224] is a random tensor, i64[1,128]<30522 one of whole "
                             "numbers below a limit; int=5, float=0.5, bool=true and none are values. One for each argument of its "
                             "forward, with commas between them."));
    m_inputs->setPlaceholderText(QStringLiteral("f32[1,3,224,224]"));
    m_runs = addCount(tr("Repetitions"), plan.runs, 1, 1000,
                      tr("Six is the least that gives a 95 % interval."));
}

void PlanForm::createDevice()
{
    m_device = new QComboBox(this);
    m_device->setEditable(true);
    m_device->addItems({QStringLiteral("cpu"), QStringLiteral("cuda")});
    m_device->setAccessibleName(tr("Device"));
    m_device->setAcceptDrops(false);
    m_form->addRow(tr("Device"), m_device);
    m_dtype = new QComboBox(this);
    m_dtype->addItem(tr("as stored"), QStringLiteral("auto"));
    for (const char *dtype : {"f32", "bf16", "f16"})
        m_dtype->addItem(QLatin1String(dtype), QLatin1String(dtype));
    m_dtype->addItem(tr("INT8 of the full model (dynamic)"), QStringLiteral("int8"));
    m_dtype->setItemData(m_dtype->count() - 1, tr("The matrices are rounded row by row to 8 bits while the model is loaded; on the CPU."),
                         Qt::ToolTipRole);
    m_dtype->setAccessibleName(tr("Dtype"));
    m_form->addRow(tr("Dtype"), m_dtype);
    connect(m_device, &QComboBox::currentTextChanged, this, &PlanForm::changed);
    connect(m_dtype, &QComboBox::currentTextChanged, this, &PlanForm::changed);
}

void PlanForm::createMore()
{
    const BenchPlan plan;
    m_more = new FoldButton(tr("More settings"), this);
    m_form->addRow(m_more);
    connect(m_more, &QToolButton::toggled, this, &PlanForm::changed);
    m_warmup = addCount(tr("Warm-up"), plan.warmup, 0, 100, tr("Runs before, kept but not counted."));
    m_loads = addCount(tr("Loads"), plan.loads, 1, 100, tr("How often the model is loaded to time loading."));
    m_coldLoads = addCount(tr("Cold loads"), plan.coldLoads, 0, 100, tr("Loads before these, with the files out of the page cache."));
    m_seed = addCount(tr("Seed"), int64_t(plan.seed), 0, std::numeric_limits<int>::max(), tr("Of the random prompts: the same seed, the same prompts."));
}

std::optional<std::vector<int64_t>> PlanForm::depths()
{
    std::vector<int64_t> numbers;
    bool good = true;
    for (const QString &part : m_depths->text().split(u',')) {
        bool whole = false;
        const qlonglong number = part.trimmed().toLongLong(&whole);
        good = good && whole && number >= 0 && number <= kMostDepth;
        numbers.push_back(number);
    }
    m_depths->setProblem(good ? QString() : tr("Whole numbers from 0 on, with commas between them."));
    return good ? std::optional(numbers) : std::nullopt;
}

QString PlanForm::fill(BenchPlan &plan, const SubjectKinds &kinds)
{
    const auto prompt = parseNumbers(m_prompt->text(), kMostTokens), output = parseNumbers(m_output->text(), kMostTokens);
    if (benches() && (!prompt || !output))
        return tr("Prompt tokens and output tokens are whole numbers from 1 on, with commas between them.");
    const auto before = depths();
    if (benches() && !before)
        return tr("The context before the prompt is no list of whole numbers.");
    plan.promptTokens = prompt.value_or(plan.promptTokens);
    plan.outputTokens = output.value_or(plan.outputTokens);
    plan.depths = before.value_or(plan.depths);
    plan.runs = m_runs->value();
    plan.warmup = m_warmup->value();
    plan.seed = uint64_t(m_seed->value());
    return kinds.models + kinds.scripts > 0 ? fillForModels(plan, kinds) : QString();
}

QString PlanForm::fillForModels(BenchPlan &plan, const SubjectKinds &kinds)
{
    const auto batch = parseNumbers(m_batch->text(), kMostBatch);
    if (benches() && !batch)
        return tr("The batch is whole numbers from 1 on, with commas between them.");
    if (m_device->currentText().trimmed().isEmpty())
        return tr("Name a device.");
    const auto inputs = parseInputs({m_inputs->text().toStdString()});
    const bool declares = benches() && kinds.scripts > 0;
    if (declares && m_inputs->text().trimmed().isEmpty())
        return tr("Declare what the TorchScript module is given, for example f32[1,3,224,224].");
    if (declares && !inputs)
        return toQString(inputs.error().sentence(qtTranslate()));
    plan.batches = batch.value_or(plan.batches);
    plan.inputs = declares ? std::vector<std::string>{inputsText(*inputs)} : std::vector<std::string>{};
    plan.loads = m_loads->value();
    plan.coldLoads = m_coldLoads->value();
    plan.device = m_device->currentText().trimmed().toStdString();
    plan.dtype = m_dtype->currentData().toString().toStdString();
    return {};
}

void PlanForm::showFields(const SubjectKinds &kinds)
{
    const bool scripts = kinds.scripts > 0, others = kinds.models > 0, endpoints = kinds.endpoints > 0;
    const bool models = scripts || others || !endpoints, texts = others || endpoints || !scripts, more = m_more->isChecked();
    const std::initializer_list<std::pair<QWidget *, bool>> shown{
        {m_preset, texts},     {m_prompt, texts},       {m_output, texts},     {m_depths, texts},    {m_batch, others || (!scripts && !endpoints)},
        {m_inputs, scripts},   {m_device, models},      {m_dtype, models},     {m_warmup, more},     {m_loads, more && models},
        {m_coldLoads, more && models}, {m_seed, more}};
    for (const auto &[field, visible] : shown)
        m_form->setRowVisible(field, visible);
    for (QWidget *field : std::initializer_list<QWidget *>{m_preset, m_prompt, m_output, m_depths, m_batch, m_inputs, m_runs, m_warmup, m_loads, m_coldLoads, m_seed})
        field->setEnabled(benches());
    const bool passes = scripts && !others && !endpoints;
    if (std::exchange(m_passes, passes) == passes)
        return;
    // What the user has not changed becomes what is usual for what is ticked now.
    const BenchPlan usual;
    if (m_runs->value() == (passes ? usual.runs : kPassRuns))
        m_runs->setValue(int(passes ? kPassRuns : usual.runs));
    if (m_warmup->value() == (passes ? usual.warmup : kPassWarmup))
        m_warmup->setValue(int(passes ? kPassWarmup : usual.warmup));
}

} // namespace assay
