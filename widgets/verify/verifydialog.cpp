// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/verify/verifydialog.h"

#include "core/base/units.h"
#include "core/service/devicetable.h"
#include "core/service/endpointsubject.h"
#include "core/service/jobqueue.h"
#include "core/service/keys.h"
#include "core/service/runlibrary.h"
#include "core/service/translation.h"
#include "core/service/verify/knownmodels.h"
#include "core/service/verify/verifywork.h"
#include "core/service/workspace.h"
#include "widgets/common/rolechip.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>

namespace assay {
namespace {

constexpr int kCharacters = 50;
constexpr int kNone = -1; ///< as data of a combo's row: nothing is chosen

QComboBox *combo(const QString &name, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->setAccessibleName(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(kCharacters);
    return box;
}

} // namespace

VerifyDialog::VerifyDialog(const Workspace &workspace, int subject, JobQueue &jobs, RunLibrary &runs, QWidget *parent)
    : QDialog(parent), m_workspace(workspace), m_jobs(jobs), m_runs(runs), m_profiles(knownProfiles()), m_subjects(combo(tr("Subject"), this)),
      m_claims(combo(tr("Claimed to be"), this)), m_versions(combo(tr("Version"), this)), m_references(combo(tr("Reference"), this)),
      m_sizes(combo(tr("Size"), this)), m_manifest(new QLineEdit(this)), m_tokenizers(new QLineEdit(this)), m_requests(new QSpinBox(this)),
      m_note(new QLabel(this)), m_form(new QFormLayout(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Verify"));
    if (auto table = shippedTokenTable())
        m_table = std::move(*table);
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_form->addRow(tr("Subject"), m_subjects);
    auto *claims = new QWidget(this);
    auto *row = new QHBoxLayout(claims);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_claims, 1);
    auto *file = new QPushButton(tr("Sheet..."), claims);
    file->setToolTip(tr("A claim sheet of your own: what a seller, a card or an article says, as JSON"));
    row->addWidget(file);
    m_form->addRow(tr("Claimed to be"), claims);
    m_form->addRow(tr("Version"), m_versions);
    addFileRows(m_form);
    addEndpointRows(m_form);
    m_form->addRow(m_note);
    m_form->addRow(buildButtons());
    fillClaims();
    fillSubjects(subject);
    connect(m_subjects, &QComboBox::currentIndexChanged, this, &VerifyDialog::subjectChanged);
    connect(m_claims, &QComboBox::currentIndexChanged, this, &VerifyDialog::claimChanged);
    connect(m_versions, &QComboBox::currentIndexChanged, this, &VerifyDialog::check);
    connect(m_requests, &QSpinBox::valueChanged, this, &VerifyDialog::check);
    connect(file, &QPushButton::clicked, this, [this] {
        const QString chosen = QFileDialog::getOpenFileName(this, tr("Choose a Claim Sheet"), {}, tr("JSON (*.json);;All files (*)"));
        if (chosen.isEmpty())
            return;
        m_claims->insertItem(0, chosen, chosen);
        m_claims->setCurrentIndex(0);
    });
    subjectChanged();
    claimChanged();
}

void VerifyDialog::addFileRows(QFormLayout *form)
{
    for (const auto size : {VerificationSize::Quick, VerificationSize::Standard, VerificationSize::Deep})
        m_sizes->addItem(toQString(qtTranslate()("Identity", verificationSizeName(size))), int(size));
    m_sizes->setToolTip(tr("How many of the weights are looked at"));
    m_references->setToolTip(tr("A model that you trust: its weights are compared with the subject's"));
    m_manifest->setAccessibleName(tr("Checksums"));
    m_manifest->setToolTip(tr("SHA-256 of every weight file, as sha256sum writes them: the only thing that verifies"));
    form->addRow(tr("Size"), m_sizes);
    form->addRow(tr("Reference"), m_references);
    form->addRow(tr("Checksums"), withChooser(m_manifest, tr("Choose a List of Checksums")));
}

void VerifyDialog::addEndpointRows(QFormLayout *form)
{
    m_tokenizers->setAccessibleName(tr("Tokenizer"));
    m_tokenizers->setToolTip(tr("A tokenizer.json of the claimed model, where you have one; without it a shipped table of counts is used"));
    m_requests->setAccessibleName(tr("Requests at most"));
    m_requests->setRange(1, int(kQuickCalls));
    m_requests->setValue(int(kQuickCalls));
    form->addRow(tr("Tokenizer"), withChooser(m_tokenizers, tr("Choose a Tokenizer")));
    form->addRow(tr("Requests at most"), m_requests);
}

QWidget *VerifyDialog::withChooser(QLineEdit *field, const QString &title)
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *choose = new QPushButton(tr("Choose..."), row);
    layout->addWidget(field, 1);
    layout->addWidget(choose);
    connect(choose, &QPushButton::clicked, this, [this, field, title] {
        const QString file = QFileDialog::getOpenFileName(this, title);
        if (!file.isEmpty())
            field->setText(file);
    });
    return row;
}

QWidget *VerifyDialog::buildButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_start = buttons->addButton(tr("Start"), QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(buttons, &QDialogButtonBox::accepted, this, &VerifyDialog::start);
    return buttons;
}

void VerifyDialog::fillSubjects(int chosen)
{
    m_references->addItem(tr("none"), kNone);
    for (const auto &subject : m_workspace.subjects()) {
        if (subject->state != SubjectState::Ready)
            continue;
        m_subjects->addItem(roleIcon(subject->role), subject->name, subject->id);
        if (subject->id == chosen)
            m_subjects->setCurrentIndex(m_subjects->count() - 1);
        if (subject->inspection && !subject->endpoint)
            m_references->addItem(roleIcon(subject->role), subject->name, subject->id);
    }
}

void VerifyDialog::fillClaims()
{
    for (const KnownClaim &claim : knownClaims(m_profiles))
        m_claims->addItem(toQString(claim.title), toQString(claim.name));
    m_claims->setCurrentIndex(std::max(0, m_claims->findData(QStringLiteral("deepseek-r1"))));
}

const Subject *VerifyDialog::subject() const
{
    return m_workspace.find(m_subjects->currentData().toInt());
}

/// Only what the subject can be asked for is shown.
void VerifyDialog::subjectChanged()
{
    const Subject *chosen = subject();
    const bool endpoint = chosen && chosen->endpoint;
    m_form->setRowVisible(m_sizes, !endpoint);
    m_form->setRowVisible(m_references, !endpoint);
    m_form->setRowVisible(m_manifest->parentWidget(), !endpoint);
    m_form->setRowVisible(m_tokenizers->parentWidget(), endpoint);
    m_form->setRowVisible(m_requests, endpoint);
    check();
}

void VerifyDialog::claimChanged()
{
    m_versions->clear();
    m_sheet.reset();
    auto sheet = findClaimSheet(m_claims->currentData().toString(), m_profiles);
    if (!sheet) {
        m_note->setText(errorText(sheet.error()));
        m_start->setEnabled(false);
        return;
    }
    for (const auto &[name, profiles] : sheet->versions)
        m_versions->addItem(toQString(name), toQString(name));
    m_versions->setCurrentIndex(std::max(0, m_versions->findData(toQString(usualVersion(*sheet)))));
    m_form->setRowVisible(m_versions, m_versions->count() > 0);
    m_sheet = std::move(*sheet);
    check();
}

EndpointVerificationPlan VerifyDialog::endpointPlan(const Subject &subject) const
{
    EndpointVerificationPlan plan;
    plan.target = targetOf(*subject.endpoint, Secret());
    plan.facts = *subject.endpoint;
    plan.sheet = *m_sheet;
    plan.version = m_versions->currentData().toString().toStdString();
    plan.profiles = m_profiles;
    plan.table = m_table;
    plan.limits.requests = m_requests->value();
    return plan;
}

void VerifyDialog::check()
{
    const Subject *chosen = subject();
    m_start->setEnabled(chosen && m_sheet);
    if (!chosen || !m_sheet)
        return;
    if (!chosen->endpoint)
        return m_note->setText(tr("Nothing but these files is read; no network is used."));
    const VerificationCost cost = costOf(endpointPlan(*chosen));
    m_note->setText(tr("At most %1 requests with %2 tokens of prompts and %3 of answers. Nothing but this endpoint is asked.")
                        .arg(toQString(groupedDigits(cost.requests)), toQString(groupedDigits(cost.promptTokens)), toQString(groupedDigits(cost.outputTokens))));
}

void VerifyDialog::start()
{
    const Subject *chosen = subject();
    if (!chosen || !m_sheet)
        return;
    if (chosen->endpoint)
        startEndpoint(*chosen);
    else
        startFiles(*chosen);
}

void VerifyDialog::startFiles(const Subject &subject)
{
    LocalVerificationPlan plan;
    plan.subject = subject.inspection;
    plan.sheet = *m_sheet;
    plan.version = m_versions->currentData().toString().toStdString();
    plan.profiles = m_profiles;
    plan.size = VerificationSize(m_sizes->currentData().toInt());
    if (const auto &devices = deviceTable())
        plan.devices = &*devices;
    if (const Subject *reference = m_workspace.find(m_references->currentData().toInt()))
        plan.reference = reference->inspection;
    if (!m_manifest->text().isEmpty()) {
        auto manifest = readManifest(std::filesystem::path(m_manifest->text().toStdString()));
        if (!manifest)
            return emit failed(manifest.error());
        plan.manifest = std::move(*manifest);
    }
    m_jobs.add(std::make_unique<VerifyJob>(subject.name, subject.reference().path, workOf(std::move(plan)), &m_runs.verifications()));
    emit started();
    close();
}

/// The key store may ask the user something: the job is queued when it has answered.
void VerifyDialog::startEndpoint(const Subject &subject)
{
    EndpointVerificationPlan plan = endpointPlan(subject);
    std::vector<Told> notes;
    if (!m_tokenizers->text().isEmpty())
        plan.tokenizers = openTokenizers({m_tokenizers->text().toStdString()}, m_table, notes);
    m_start->setEnabled(false);
    m_note->setText(askingText());
    storedKey(subject.path)(this, [this, plan = std::move(plan), name = subject.name, path = subject.reference().path](Result<Secret> key) mutable {
        if (!key) {
            check();
            return emit failed(key.error());
        }
        plan.target.key = std::move(*key);
        m_jobs.add(std::make_unique<VerifyJob>(name, path, workOf(std::move(plan)), &m_runs.verifications()));
        emit started();
        close();
    });
}

} // namespace assay
