// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/measuredialog.h"

#include "core/base/units.h"
#include "core/bench/inputspec.h"
#include "core/evaluate/formats/anysuite.h"
#include "core/model/memoryplan.h"
#include "core/service/background.h"
#include "core/service/resources.h"
#include "core/service/subjectplan.h"
#include "core/service/translation.h"
#include "core/service/workspace.h"
#include "widgets/common/checkedfield.h"
#include "widgets/common/rolechip.h"
#include "widgets/shell/foldbutton.h"
#include "widgets/shell/loadform.h"
#include "widgets/shell/machinestatus.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFile>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>
#include <utility>

namespace assay {
namespace {

constexpr int64_t kMostTokens = 1'000'000, kMostBatch = 4096, kMostDepth = 10'000'000;
constexpr int kSubjectRows = 4, kSuiteRows = 5, kColumns = 110;

void fitRows(QListWidget *list, int rows)
{
    const int row = std::max(list->sizeHintForRow(0), list->fontMetrics().height());
    list->setFixedHeight(rows * row + 2 * list->frameWidth() + 2);
}

QListWidget *makeCheckList(const QString &name, QWidget *parent)
{
    auto *list = new QListWidget(parent);
    list->setAccessibleName(name);
    list->setIconSize(QSize(16, 16));
    list->setSelectionMode(QAbstractItemView::NoSelection);
    return list;
}

QListWidgetItem *addCheck(QListWidget *list, const QString &text, const QVariant &data, bool ticked)
{
    auto *item = new QListWidgetItem(text, list);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable);
    item->setCheckState(ticked ? Qt::Checked : Qt::Unchecked);
    item->setData(Qt::UserRole, data);
    return item;
}

std::vector<QVariant> ticked(const QListWidget &list)
{
    std::vector<QVariant> data;
    for (int row = 0; row < list.count(); ++row) {
        if (list.item(row)->checkState() == Qt::Checked)
            data.push_back(list.item(row)->data(Qt::UserRole));
    }
    return data;
}

/// What a subject takes at the largest point of a plan on this machine's processor; nothing for a dtype that is not known.
std::optional<MemoryRange> needOnProcessor(const ModelFacts &facts, const BenchPlan &plan)
{
    Device processor;
    processor.kind = DeviceKind::Cpu;
    const auto largest = [](const std::vector<int64_t> &numbers) {
        return *std::max_element(numbers.begin(), numbers.end());
    };
    auto request = engineRequest(facts, plan.dtype, processor.kind);
    if (!request)
        return std::nullopt;
    request->device = &processor;
    request->context = largest(plan.depths) + largest(plan.promptTokens) + largest(plan.outputTokens);
    request->batch = largest(plan.batches);
    return planMemory(memoryModel(facts), *request).total();
}

QString numbersText(const std::vector<int64_t> &numbers)
{
    QStringList parts;
    for (const int64_t number : numbers)
        parts << QString::number(number);
    return parts.join(QStringLiteral(", "));
}

} // namespace

MeasureDialog::MeasureDialog(const Workspace &workspace, const std::vector<int> &subjects, QWidget *parent)
    : QDialog(parent), m_workspace(workspace), m_scroll(new QScrollArea(this)), m_subjects(makeCheckList(tr("Subjects"), this)),
      m_bench(new QCheckBox(tr("Latency, throughput and memory"), this)), m_load(new LoadForm(this)), m_estimate(new QLabel(this)),
      m_note(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Measure"));
    createSubjects(subjects);
    m_bench->setChecked(true);
    for (QLabel *label : {m_estimate, m_note}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    m_estimate->setAccessibleName(tr("Estimate of models"));
    auto *form = m_form = new QFormLayout;
    form->addRow(tr("Subjects"), m_subjects);
    createPresets(form);
    form->addRow(QString(), m_bench);
    createPlan(form);
    createDevice(form);
    createSuites(form);
    createMore(form);
    auto *content = new QWidget(m_scroll);
    m_columns = new QHBoxLayout(content);
    auto *left = new QVBoxLayout;
    left->addLayout(form);
    left->addWidget(m_estimate); // outside the form (see CheckedField)
    left->addStretch(1);
    m_columns->addLayout(left, 1);
    m_columns->addWidget(m_load, 1, Qt::AlignTop);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setAccessibleName(tr("Plan"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(m_note);
    createButtons();
    connect(m_bench, &QCheckBox::toggled, this, &MeasureDialog::check);
    for (QSpinBox *count : {m_runs, m_warmup, m_loads, m_coldLoads, m_seed})
        connect(count, &QSpinBox::valueChanged, this, &MeasureDialog::check);
    connect(m_depths, &CheckedField::changed, this, &MeasureDialog::check);
    connect(m_more, &QToolButton::toggled, this, &MeasureDialog::check);
    connect(m_load, &LoadForm::changed, this, &MeasureDialog::check);
    check();
}

void MeasureDialog::createPresets(QFormLayout *form)
{
    m_preset = new QComboBox(this);
    m_preset->setAccessibleName(tr("Preset"));
    m_preset->setToolTip(tr("A plan to begin with; every field can be changed."));
    for (const PlanPreset &preset : planPresets()) {
        m_preset->addItem(QCoreApplication::translate("Preset", preset.label), QLatin1String(preset.id));
        m_preset->setItemData(m_preset->count() - 1, QCoreApplication::translate("Preset", preset.meaning), Qt::ToolTipRole);
    }
    form->addRow(tr("Preset"), m_preset);
    connect(m_preset, &QComboBox::activated, this, &MeasureDialog::usePreset);
}

void MeasureDialog::usePreset()
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
    m_load->showPlan(preset->endpoint);
    check();
}

void MeasureDialog::createSubjects(const std::vector<int> &tickedOnes)
{
    for (const auto &subject : m_workspace.subjects()) {
        if (subject->state != SubjectState::Ready)
            continue;
        const bool tick = tickedOnes.empty() ||
                          std::find(tickedOnes.begin(), tickedOnes.end(), subject->id) != tickedOnes.end();
        addCheck(m_subjects, subject->name, subject->id, tick)->setIcon(roleIcon(subject->role));
    }
    fitRows(m_subjects, std::clamp(m_subjects->count(), 1, kSubjectRows));
    connect(m_subjects, &QListWidget::itemChanged, this, &MeasureDialog::check);
}

QLineEdit *MeasureDialog::addNumbers(QFormLayout *form, const QString &label,
                                     const std::vector<int64_t> &numbers, const QString &tip)
{
    auto *field = new QLineEdit(numbersText(numbers), this);
    field->setToolTip(tip);
    field->setAccessibleName(label);
    field->setAcceptDrops(false);
    form->addRow(label, field);
    connect(field, &QLineEdit::textChanged, this, &MeasureDialog::check);
    return field;
}

QSpinBox *MeasureDialog::addCount(QFormLayout *form, const QString &label, int64_t value, int least, int most,
                                  const QString &tip)
{
    auto *field = new QSpinBox(this);
    field->setRange(least, most);
    field->setValue(int(value));
    field->setToolTip(tip);
    field->setAccessibleName(label);
    form->addRow(label, field);
    return field;
}

void MeasureDialog::createPlan(QFormLayout *form)
{
    const BenchPlan plan;
    const QString several =
        tr("Several numbers, with commas between them, are measured in all combinations.");
    m_prompt = addNumbers(form, tr("Prompt tokens"), plan.promptTokens, several);
    m_output = addNumbers(form, tr("Output tokens"), plan.outputTokens, several);
    m_depths = new CheckedField(tr("Context before"), tr("Tokens that stand before the prompt, as of an earlier conversation."), this);
    m_depths->setText(numbersText(plan.depths));
    form->addRow(tr("Context before"), m_depths);
    m_batch = addNumbers(form, tr("Batch"), plan.batches, several);
    m_inputs = addNumbers(form, tr("Inputs"), {},
                          tr("What a TorchScript module is given: f32[1,3,224,224] is a random tensor, i64[1,128]<30522 one of whole "
                             "numbers below a limit; int=5, float=0.5, bool=true and none are values. One for each argument of its "
                             "forward, with commas between them."));
    m_inputs->setPlaceholderText(QStringLiteral("f32[1,3,224,224]"));
    m_runs = addCount(form, tr("Repetitions"), plan.runs, 1, 1000,
                      tr("Six is the least that gives a 95 % interval."));
}

void MeasureDialog::createMore(QFormLayout *form)
{
    const BenchPlan plan;
    m_more = new FoldButton(tr("More settings"), this);
    form->addRow(m_more);
    m_warmup = addCount(form, tr("Warm-up"), plan.warmup, 0, 100, tr("Runs before, kept but not counted."));
    m_loads = addCount(form, tr("Loads"), plan.loads, 1, 100, tr("How often the model is loaded to time loading."));
    m_coldLoads = addCount(form, tr("Cold loads"), plan.coldLoads, 0, 100, tr("Loads before these, with the files out of the page cache."));
    m_seed = addCount(form, tr("Seed"), int64_t(plan.seed), 0, std::numeric_limits<int>::max(), tr("Of the random prompts: the same seed, the same prompts."));
}

void MeasureDialog::createDevice(QFormLayout *form)
{
    m_device = new QComboBox(this);
    m_device->setEditable(true);
    m_device->addItems({QStringLiteral("cpu"), QStringLiteral("cuda")});
    m_device->setAccessibleName(tr("Device"));
    m_device->setAcceptDrops(false);
    form->addRow(tr("Device"), m_device);
    m_dtype = new QComboBox(this);
    m_dtype->addItem(tr("as stored"), QStringLiteral("auto"));
    for (const char *dtype : {"f32", "bf16", "f16"})
        m_dtype->addItem(QLatin1String(dtype), QLatin1String(dtype));
    m_dtype->addItem(tr("INT8 of the full model (dynamic)"), QStringLiteral("int8"));
    m_dtype->setItemData(m_dtype->count() - 1, tr("The matrices are rounded row by row to 8 bits while the model is loaded; on the CPU."),
                         Qt::ToolTipRole);
    m_dtype->setAccessibleName(tr("Dtype"));
    form->addRow(tr("Dtype"), m_dtype);
    connect(m_device, &QComboBox::currentTextChanged, this, &MeasureDialog::check);
    connect(m_dtype, &QComboBox::currentTextChanged, this, &MeasureDialog::check);
}

void MeasureDialog::createSuites(QFormLayout *form)
{
    m_suites = makeCheckList(tr("Accuracy"), this);
    const QStringList names = suiteNames();
    // An endpoint's answers may cost money: nobody is asked for them who has not ticked it.
    const bool usual = tickedKinds().endpoints == 0;
    for (const QString &name : names)
        addCheck(m_suites, name, name, usual && name == defaultSuite());
    fitRows(m_suites, std::clamp(int(names.size()), 1, kSuiteRows));
    connect(m_suites, &QListWidget::itemChanged, this, &MeasureDialog::check);
    m_suites->setVisible(!names.isEmpty());
    m_noSuites = names.isEmpty() ? new QLabel(tr("No suites were found."), this) : nullptr;
    form->addRow(tr("Accuracy"), m_noSuites ? static_cast<QWidget *>(m_noSuites) : m_suites);
}

void MeasureDialog::createButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_start = buttons->addButton(tr("Start"), QDialogButtonBox::AcceptRole);
    m_start->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(buttons, &QDialogButtonBox::accepted, this, &MeasureDialog::start);
    layout()->addWidget(buttons);
    m_start->setFocus();
}

std::optional<std::vector<int64_t>> MeasureDialog::depths()
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

QString MeasureDialog::problem()
{
    m_choice.subjects.clear();
    for (const QVariant &id : ticked(*m_subjects))
        m_choice.subjects.push_back(id.toInt());
    if (m_choice.subjects.empty())
        return tr("Tick at least one subject.");
    const Kinds kinds = tickedKinds();
    m_choice.bench = m_bench->isChecked();
    if (!m_choice.bench && ticked(*m_suites).empty())
        return tr("Tick something to measure.");
    const auto prompt = parseNumbers(m_prompt->text(), kMostTokens), output = parseNumbers(m_output->text(), kMostTokens);
    if (m_choice.bench && (!prompt || !output))
        return tr("Prompt tokens and output tokens are whole numbers from 1 on, with commas between them.");
    const auto before = depths();
    if (m_choice.bench && !before)
        return tr("The context before the prompt is no list of whole numbers.");
    BenchPlan &plan = m_choice.plan;
    plan.promptTokens = prompt.value_or(plan.promptTokens);
    plan.outputTokens = output.value_or(plan.outputTokens);
    plan.depths = before.value_or(plan.depths);
    plan.runs = m_runs->value();
    plan.warmup = m_warmup->value();
    plan.seed = uint64_t(m_seed->value());
    if (const QString wrong = kinds.models + kinds.scripts > 0 ? modelProblem(kinds) : QString(); !wrong.isEmpty())
        return wrong;
    if (kinds.endpoints == 0 || !m_choice.bench)
        return {};
    BenchPlan &load = m_choice.endpointPlan;
    load.promptTokens = plan.promptTokens;
    load.outputTokens = plan.outputTokens;
    load.depths = plan.depths;
    load.runs = plan.runs;
    load.warmup = plan.warmup;
    load.seed = plan.seed;
    return m_load->fill(load) ? QString() : tr("The load on endpoints is not complete.");
}

int MeasureDialog::questions()
{
    int sum = 0;
    for (const QVariant &name : ticked(*m_suites)) {
        const QString suite = name.toString();
        if (!m_questions.contains(suite)) {
            const auto read = readAnySuite(QFile::encodeName(findSuite(suite)).toStdString());
            m_questions[suite] = read ? int(read->items.size()) : 0;
        }
        sum += m_questions[suite];
    }
    return sum;
}

/// What the plan asks of each model; how long that takes is not known before some of it is done.
void MeasureDialog::showEstimate(const Kinds &kinds)
{
    m_estimate->setVisible(kinds.models > 0 && m_choice.bench);
    const BenchPlan &plan = m_choice.plan;
    double runs = 0, tokens = 0;
    for (const BenchPoint &point : pointsOf(plan)) {
        const double repeated = double(plan.runs + plan.warmup);
        runs += repeated;
        tokens += repeated * double(point.batch) * double(point.depth + point.promptTokens + point.outputTokens);
    }
    m_estimate->setText(tr("Each model is loaded %1 times and runs %2 times, with %3 tokens in all; the time left is shown once the first run is done.")
                            .arg(plan.loads + plan.coldLoads)
                            .arg(toQString(groupedDigits(int64_t(runs))), toQString(groupedDigits(int64_t(tokens)))));
    if (kinds.endpoints > 0 && m_choice.bench)
        m_load->showEstimate(m_choice.endpointPlan, kinds.endpoints, questions());
}

QString MeasureDialog::modelProblem(const Kinds &kinds)
{
    const auto batch = parseNumbers(m_batch->text(), kMostBatch);
    if (m_choice.bench && !batch)
        return tr("The batch is whole numbers from 1 on, with commas between them.");
    if (m_device->currentText().trimmed().isEmpty())
        return tr("Name a device.");
    const auto inputs = parseInputs({m_inputs->text().toStdString()});
    const bool declares = m_choice.bench && kinds.scripts > 0;
    if (declares && m_inputs->text().trimmed().isEmpty())
        return tr("Declare what the TorchScript module is given, for example f32[1,3,224,224].");
    if (declares && !inputs)
        return toQString(inputs.error().sentence(qtTranslate()));
    BenchPlan &plan = m_choice.plan;
    plan.batches = batch.value_or(plan.batches);
    plan.inputs = declares ? std::vector<std::string>{inputsText(*inputs)} : std::vector<std::string>{};
    plan.loads = m_loads->value();
    plan.coldLoads = m_coldLoads->value();
    plan.device = m_device->currentText().trimmed().toStdString();
    plan.dtype = m_dtype->currentData().toString().toStdString();
    return {};
}

QString MeasureDialog::memoryWarning() const
{
    const std::optional<uint64_t> available = availableMemory();
    if (!available || m_choice.plan.device != "cpu")
        return {};
    QStringList tooLarge;
    for (const int id : m_choice.subjects) {
        const Subject *subject = m_workspace.find(id);
        if (!subject || !subject->inspection || subject->endpoint || isScript(*subject->inspection))
            continue;
        const auto need = needOnProcessor(subject->inspection->facts, m_choice.plan);
        if (need && need->high > *available)
            tooLarge << tr("%1 needs about %2").arg(subject->name, toQString(formatRange(*need)));
    }
    if (tooLarge.isEmpty())
        return {};
    return tr("Only %1 of memory are free: %2.")
        .arg(toQString(formatBytes(double(*available))), tooLarge.join(QStringLiteral("; ")));
}

MeasureDialog::Kinds MeasureDialog::tickedKinds() const
{
    Kinds kinds;
    for (const QVariant &id : ticked(*m_subjects)) {
        const Subject *subject = m_workspace.find(id.toInt());
        if (!subject || !subject->inspection)
            continue;
        ++(subject->endpoint ? kinds.endpoints : isScript(*subject->inspection) ? kinds.scripts : kinds.models);
    }
    return kinds;
}

void MeasureDialog::showFields()
{
    const Kinds kinds = tickedKinds();
    const bool scripts = kinds.scripts > 0, others = kinds.models > 0, endpoints = kinds.endpoints > 0;
    const bool models = scripts || others || !endpoints, texts = others || endpoints || !scripts, more = m_more->isChecked();
    const std::initializer_list<std::pair<QWidget *, bool>> shown{
        {m_preset, texts},     {m_prompt, texts},       {m_output, texts},     {m_depths, texts},    {m_batch, others || (!scripts && !endpoints)},
        {m_inputs, scripts},   {m_device, models},      {m_dtype, models},     {m_warmup, more},     {m_loads, more && models},
        {m_coldLoads, more && models}, {m_seed, more}};
    for (const auto &[field, visible] : shown)
        m_form->setRowVisible(field, visible);
    for (QWidget *field : std::initializer_list<QWidget *>{m_preset, m_prompt, m_output, m_depths, m_batch, m_inputs, m_runs, m_warmup, m_loads, m_coldLoads, m_seed})
        field->setEnabled(m_bench->isChecked());
    m_load->setVisible(endpoints);
    m_load->setEnabled(m_bench->isChecked());
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

void MeasureDialog::check()
{
    if (!m_start || !m_more)
        return;
    showFields();
    const QString why = problem();
    m_load->hideEstimate();
    m_estimate->hide();
    if (why.isEmpty())
        showEstimate(tickedKinds());
    m_start->setEnabled(why.isEmpty());
    m_note->setText(why.isEmpty() ? memoryWarning() : why);
    m_note->setVisible(!m_note->text().isEmpty());
    if (isVisible())
        QTimer::singleShot(0, this, &MeasureDialog::growToContents); // once what is new has been laid out
    else
        growToContents();
}

/// So that nothing has to be scrolled where the screen has room; the columns one below the other where it is narrow.
void MeasureDialog::growToContents()
{
    const QWidget *content = m_scroll->widget();
    const QMargins margins = layout()->contentsMargins();
    const int beside = m_scroll->verticalScrollBar()->sizeHint().width() + margins.left() + margins.right();
    const QSize most = screen()->availableSize() * 0.94;
    const auto least = [&] {
        content->layout()->activate();
        return content->minimumSizeHint().width() + beside;
    };
    m_columns->setDirection(QBoxLayout::LeftToRight);
    if (least() > most.width())
        m_columns->setDirection(QBoxLayout::TopToBottom);
    const int width = std::max({this->width(), least(), fontMetrics().averageCharWidth() * kColumns});
    const int others = layout()->sizeHint().height() - m_scroll->sizeHint().height();
    const QSize wanted(width, content->layout()->totalHeightForWidth(width - beside) + others);
    m_scroll->setMinimumWidth(std::min(least(), most.width()) - margins.left() - margins.right());
    resize(size().expandedTo(wanted).boundedTo(most));
}

void MeasureDialog::start()
{
    if (!problem().isEmpty())
        return;
    m_start->setEnabled(false);
    QStringList files;
    for (const QVariant &name : ticked(*m_suites))
        files << findSuite(name.toString());
    using Suites = Result<std::vector<std::shared_ptr<const Suite>>>;
    const auto read = [files]() -> Suites {
        std::vector<std::shared_ptr<const Suite>> suites;
        for (const QString &file : files) {
            Result<Suite> suite = readAnySuite(QFile::encodeName(file).toStdString());
            if (!suite)
                return tl::unexpected<Error>(suite.error());
            suites.push_back(std::make_shared<const Suite>(std::move(*suite)));
        }
        return suites;
    };
    inBackground(this, read, [this](Suites suites) {
        if (suites) {
            m_choice.suites = std::move(*suites);
            emit startRequested(m_choice);
        } else {
            emit failed(suites.error());
        }
        close();
    });
}

} // namespace assay
