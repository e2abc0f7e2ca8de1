// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/fidelitydialog.h"

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/service/background.h"
#include "core/service/fidelityjob.h"
#include "core/service/workerbackend.h"
#include "core/service/jobqueue.h"
#include "core/service/runlibrary.h"
#include "core/service/subjectplan.h"
#include "core/service/translation.h"
#include "core/service/workspace.h"
#include "widgets/common/rolechip.h"
#include "widgets/shell/measurechoice.h"
#include "widgets/shell/whatifboxes.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

namespace assay {
namespace {

constexpr uint64_t kMostText = 256u << 20;
constexpr int kRows = 5, kCharacters = 60;

/// Whether it says what token comes next: neither an endpoint nor an encoder or a module of TorchScript.
bool predicts(const Subject &subject)
{
    return subject.state == SubjectState::Ready && subject.inspection && !subject.endpoint && !isScript(*subject.inspection)
           && !isEncoder(*subject.inspection);
}

} // namespace

FidelityDialog::FidelityDialog(const Workspace &workspace, JobQueue &jobs, RunLibrary &runs, QWidget *parent)
    : QDialog(parent), m_workspace(workspace), m_jobs(jobs), m_runs(runs), m_reference(new QComboBox(this)), m_others(new QListWidget(this)),
      m_whatIfs(new WhatIfBoxes(this)), m_note(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Hold Against a Reference"));
    m_reference->setAccessibleName(tr("Reference"));
    m_others->setAccessibleName(tr("Models"));
    m_others->setFixedHeight(kRows * (fontMetrics().height() + 6));
    m_whatIfs->setAccessibleName(tr("What if"));
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    auto *form = new QFormLayout(this);
    form->addRow(tr("Reference"), m_reference);
    form->addRow(tr("Models"), m_others);
    form->addRow(tr("What if the reference were"), m_whatIfs);
    form->addRow(tr("Text"), buildText());
    form->addRow(m_note);
    form->addRow(buildButtons());
    fillSubjects();
    fillOthers();
    connect(m_reference, &QComboBox::currentIndexChanged, this, &FidelityDialog::fillOthers);
    connect(m_others, &QListWidget::itemChanged, this, &FidelityDialog::check);
    connect(m_whatIfs, &WhatIfBoxes::changed, this, &FidelityDialog::check);
    check();
}

QWidget *FidelityDialog::buildText()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    m_text = new QLineEdit(row);
    m_text->setAccessibleName(tr("Text"));
    m_text->setToolTip(tr("A file of plain text; both models say of each token of it what they expected."));
    m_text->setMinimumWidth(fontMetrics().averageCharWidth() * kCharacters);
    auto *choose = new QPushButton(tr("Choose..."), row);
    layout->addWidget(m_text, 1);
    layout->addWidget(choose);
    connect(m_text, &QLineEdit::textChanged, this, &FidelityDialog::check);
    connect(choose, &QPushButton::clicked, this, &FidelityDialog::chooseText);
    return row;
}

QWidget *FidelityDialog::buildButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_start = buttons->addButton(tr("Start"), QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(buttons, &QDialogButtonBox::accepted, this, &FidelityDialog::start);
    return buttons;
}

void FidelityDialog::fillSubjects()
{
    for (const auto &subject : m_workspace.subjects()) {
        if (!predicts(*subject))
            continue;
        m_reference->addItem(roleIcon(subject->role), subject->name, subject->id);
        if (subject->role == Role::Full)
            m_reference->setCurrentIndex(m_reference->count() - 1);
    }
}

/// Everybody but the reference.
void FidelityDialog::fillOthers()
{
    m_others->clear();
    for (const auto &subject : m_workspace.subjects()) {
        if (!predicts(*subject) || subject->id == m_reference->currentData().toInt())
            continue;
        auto *item = new QListWidgetItem(roleIcon(subject->role), subject->name, m_others);
        item->setToolTip(subject->path);
        item->setData(Qt::UserRole, subject->id);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Checked);
    }
    check();
}

void FidelityDialog::chooseText()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Choose a Text"));
    if (!file.isEmpty())
        m_text->setText(file);
}

std::vector<int> FidelityDialog::ticked() const
{
    std::vector<int> out;
    for (int row = 0; row < m_others->count(); ++row) {
        if (m_others->item(row)->checkState() == Qt::Checked)
            out.push_back(m_others->item(row)->data(Qt::UserRole).toInt());
    }
    return out;
}

QString FidelityDialog::problem() const
{
    if (m_reference->count() == 0)
        return tr("Open a language model first.");
    if (ticked().empty() && m_whatIfs->chosen().empty())
        return tr("Tick a model or a what-if.");
    if (m_text->text().trimmed().isEmpty())
        return tr("Choose a text: some thousand words are enough to begin with.");
    return {};
}

void FidelityDialog::check()
{
    if (!m_start)
        return;
    const QString why = problem();
    m_start->setEnabled(why.isEmpty());
    m_note->setText(why);
}

void FidelityDialog::start()
{
    const Subject *reference = m_workspace.find(m_reference->currentData().toInt());
    if (!reference || !problem().isEmpty())
        return;
    m_start->setEnabled(false);
    FidelityPlan plan;
    plan.reference = reference->reference();
    const QString file = m_text->text().trimmed();
    plan.textName = QFileInfo(file).fileName().toStdString();
    inBackground(
        this, [path = QFile::encodeName(file).toStdString()] { return readWholeFile(path, kMostText).map([](const std::string &text) { return validUtf8(text); }); },
        [this, plan = std::move(plan)](Result<std::string> text) mutable {
            if (!text) {
                emit failed(text.error());
                return check();
            }
            plan.text = std::move(*text);
            queue(std::move(plan));
            emit started();
            close();
        });
}

void FidelityDialog::queue(FidelityPlan plan)
{
    const auto shared = std::make_shared<WorkerBackend>(WorkerCommand::local(), plan.reference.path); // loaded once
    const auto add = [&](const Subject &subject, const std::string &dtype) {
        plan.dtype = dtype;
        const std::string place = subject.path.toStdString();
        const bool together = !subject.endpoint && onOneMachine(place, plan.reference.path);
        m_jobs.add(std::make_unique<FidelityJob>(subject.reference(), plan, together ? sharedBeside(shared, place) : backendFactoryOf(subject),
                                                 &m_runs.fidelity(), together ? shared : nullptr));
    };
    if (const Subject *reference = m_workspace.find(m_reference->currentData().toInt())) {
        for (const std::string &whatIf : m_whatIfs->chosen())
            add(*reference, whatIf);
    }
    for (const int id : ticked()) {
        if (const Subject *subject = m_workspace.find(id))
            add(*subject, "auto");
    }
}

} // namespace assay
