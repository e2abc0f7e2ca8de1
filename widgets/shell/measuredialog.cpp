// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/measuredialog.h"

#include "core/base/units.h"
#include "core/evaluate/formats/anysuite.h"
#include "core/model/memoryplan.h"
#include "core/service/background.h"
#include "core/service/resources.h"
#include "core/service/subjectplan.h"
#include "core/service/translation.h"
#include "core/service/workspace.h"
#include "widgets/common/rolechip.h"
#include "widgets/common/settings.h"
#include "widgets/shell/checklist.h"
#include "widgets/shell/foldbutton.h"
#include "widgets/shell/loadform.h"
#include "widgets/shell/machinestatus.h"
#include "widgets/shell/whatifboxes.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace assay {
namespace {

constexpr int kSubjectRows = 6, kSuiteRows = 5, kColumns = 110;
constexpr double kScreenShare = 0.94;

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

/// Where it lies, below its name.
QString subjectTip(const Subject &subject)
{
    return subject.name + u'\n' + (subject.endpoint ? subject.path : QDir::toNativeSeparators(subject.path));
}

} // namespace

MeasureDialog::MeasureDialog(const Workspace &workspace, const std::vector<int> &subjects, QWidget *parent)
    : QDialog(parent), m_workspace(workspace), m_scroll(new QScrollArea(this)), m_subjects(new CheckList(tr("Subjects"), kSubjectRows, this)),
      m_plan(new PlanForm(this)), m_suites(new CheckList(tr("Accuracy"), kSuiteRows, this)), m_whatIfs(new WhatIfBoxes(this)), m_load(new LoadForm(this)), m_estimate(new QLabel(this)),
      m_note(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Measure"));
    for (QLabel *label : {m_estimate, m_note}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    m_estimate->setAccessibleName(tr("Estimate of models"));
    fillSubjects(subjects);
    fillSuites();
    createContents();
    createButtons();
    for (CheckList *list : {m_subjects, m_suites})
        connect(list, &QListWidget::itemChanged, this, &MeasureDialog::check);
    connect(m_plan, &PlanForm::changed, this, &MeasureDialog::check);
    connect(m_plan, &PlanForm::presetChosen, this, [this](const PlanPreset &preset) { m_load->showPlan(preset.endpoint); });
    connect(m_load, &LoadForm::changed, this, &MeasureDialog::check);
    connect(m_whatIfs, &WhatIfBoxes::changed, this, &MeasureDialog::check);
    // Typing makes the dialog no smaller: it would jump.
    connect(m_subjects, &QListWidget::itemChanged, this, &MeasureDialog::shrinkSoon);
    for (const FoldButton *fold : findChildren<FoldButton *>())
        connect(fold, &QToolButton::toggled, this, &MeasureDialog::shrinkSoon);
    check();
}

void MeasureDialog::fillSubjects(const std::vector<int> &tickedOnes)
{
    for (const auto &subject : m_workspace.subjects()) {
        if (subject->state != SubjectState::Ready)
            continue;
        const bool tick = tickedOnes.empty() ||
                          std::find(tickedOnes.begin(), tickedOnes.end(), subject->id) != tickedOnes.end();
        m_subjects->add(subject->name, subjectTip(*subject), subject->id, tick)->setIcon(roleIcon(subject->role));
    }
}

void MeasureDialog::fillSuites()
{
    // An endpoint's answers may cost money: nobody is asked for them who has not ticked it.
    const bool usual = tickedKinds().endpoints == 0;
    for (const QString &name : suiteNames())
        m_suites->add(name, name, name, usual && name == defaultSuite());
}

void MeasureDialog::createContents()
{
    m_plan->addRow(tr("What if"), m_whatIfs);
    m_plan->addRow(tr("Accuracy"), createSuites());
    auto *content = new QWidget(m_scroll);
    auto *rows = new QVBoxLayout(content);
    auto *subjects = new QFormLayout; // over both columns: names are long
    subjects->addRow(tr("Subjects"), m_subjects);
    rows->addLayout(subjects);
    m_columns = new QHBoxLayout;
    auto *left = new QVBoxLayout;
    left->addWidget(m_plan);
    left->addWidget(m_estimate); // outside the form (see CheckedField)
    left->addStretch(1);
    m_columns->addLayout(left, 1);
    m_columns->addWidget(m_load, 1, Qt::AlignTop);
    rows->addLayout(m_columns, 1);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setAccessibleName(tr("Plan"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(m_note);
}

QWidget *MeasureDialog::createSuites()
{
    auto *suites = new QWidget(this);
    auto *rows = new QVBoxLayout(suites);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_suites);
    auto *add = new QToolButton(suites);
    add->setText(tr("Add Questions"));
    add->setToolTip(tr("Questions of your own: a file, or a folder. Images lie in a folder for each class."));
    add->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(add);
    connect(menu->addAction(tr("File...")), &QAction::triggered, this, [this] { chooseSuite(false); });
    connect(menu->addAction(tr("Folder...")), &QAction::triggered, this, [this] { chooseSuite(true); });
    add->setMenu(menu);
    rows->addWidget(add, 0, Qt::AlignLeft);
    return suites;
}

void MeasureDialog::chooseSuite(bool folder)
{
    auto *dialog = new QFileDialog(this, tr("Add Questions"), settings::kLastFolder.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MeasureDialog::addSuite);
    dialog->open();
}

void MeasureDialog::addSuite(const QString &place)
{
    if (m_questions.contains(place))
        return;
    const auto read = [file = QFile::encodeName(place).toStdString()] { return readAnySuite(file); };
    inBackground(this, read, [this, place](const Result<Suite> &suite) {
        if (!suite) {
            emit failed(suite.error());
            return;
        }
        m_questions[place] = int(suite->items.size());
        m_suites->scrollToItem(m_suites->add(toQString(suite->name), QDir::toNativeSeparators(place), place, true));
        check();
    });
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

QString MeasureDialog::problem()
{
    m_choice.subjects.clear();
    for (const QVariant &id : m_subjects->ticked())
        m_choice.subjects.push_back(id.toInt());
    if (m_choice.subjects.empty())
        return tr("Tick at least one subject.");
    const SubjectKinds kinds = tickedKinds();
    m_choice.bench = m_plan->benches();
    if (!m_choice.bench && m_suites->ticked().empty())
        return tr("Tick something to measure.");
    m_choice.whatIfs = kinds.models > 0 ? m_whatIfs->chosen() : std::vector<std::string>();
    BenchPlan &plan = m_choice.plan;
    if (const QString wrong = m_plan->fill(plan, kinds); !wrong.isEmpty())
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
    m_choice.sessions = m_load->sessions();
    m_choice.every = m_load->every();
    return m_load->fill(load) ? QString() : tr("The load on endpoints is not complete.");
}

int MeasureDialog::questions()
{
    int sum = 0;
    for (const QVariant &name : m_suites->ticked()) {
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
void MeasureDialog::showEstimate(const SubjectKinds &kinds)
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

SubjectKinds MeasureDialog::tickedKinds() const
{
    SubjectKinds kinds;
    for (const QVariant &id : m_subjects->ticked()) {
        const Subject *subject = m_workspace.find(id.toInt());
        if (!subject || !subject->inspection)
            continue;
        ++(subject->endpoint ? kinds.endpoints : isScript(*subject->inspection) ? kinds.scripts : kinds.models);
    }
    return kinds;
}

void MeasureDialog::check()
{
    if (!m_start)
        return;
    const SubjectKinds kinds = tickedKinds();
    m_plan->showFields(kinds);
    m_whatIfs->setEnabled(kinds.models > 0);
    m_load->setVisible(kinds.endpoints > 0);
    m_load->setEnabled(m_plan->benches());
    const QString why = problem();
    m_load->hideEstimate();
    m_estimate->hide();
    if (why.isEmpty())
        showEstimate(kinds);
    m_start->setEnabled(why.isEmpty());
    m_note->setText(why.isEmpty() ? memoryWarning() : why);
    m_note->setVisible(!m_note->text().isEmpty());
    if (isVisible())
        QTimer::singleShot(0, this, &MeasureDialog::fitContents); // once what is new has been laid out
    else
        fitContents();
}

/// Only now is it known how high its parts are.
void MeasureDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    m_fitted = size();
    m_shrinks = true;
    fitContents();
}

void MeasureDialog::shrinkSoon()
{
    m_shrinks = size() == m_fitted; // what the user has made larger stays so
    QTimer::singleShot(0, this, &MeasureDialog::fitContents);
}

/// So that nothing has to be scrolled where the screen has room; the columns one below the other where it is narrow.
void MeasureDialog::fitContents()
{
    const QWidget *content = m_scroll->widget();
    const QMargins margins = layout()->contentsMargins();
    const int beside = m_scroll->verticalScrollBar()->sizeHint().width() + margins.left() + margins.right();
    const QSize most = screen()->availableSize() * kScreenShare;
    const auto least = [&] {
        content->layout()->activate();
        return content->minimumSizeHint().width() + beside;
    };
    m_columns->setDirection(QBoxLayout::LeftToRight);
    if (least() > most.width())
        m_columns->setDirection(QBoxLayout::TopToBottom);
    const bool drawn = size() != m_fitted && isVisible();
    const int usual = std::min(std::max(least(), fontMetrics().averageCharWidth() * kColumns), most.width());
    const int width = drawn ? std::max(this->width(), usual) : usual;
    const int others = layout()->sizeHint().height() - m_scroll->sizeHint().height();
    const QSize wanted(width, content->layout()->totalHeightForWidth(width - beside) + others);
    m_scroll->setMinimumWidth(std::min(least(), most.width()) - margins.left() - margins.right());
    resize((std::exchange(m_shrinks, false) || !isVisible() ? wanted : wanted.expandedTo(size())).boundedTo(most));
    if (!drawn)
        m_fitted = size();
}

void MeasureDialog::start()
{
    if (!problem().isEmpty())
        return;
    m_start->setEnabled(false);
    QStringList files;
    for (const QVariant &name : m_suites->ticked())
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
