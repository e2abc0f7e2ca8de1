// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/verify/verifydialog.h"

#include "core/base/units.h"
#include "core/service/background.h"
#include "core/service/devicetable.h"
#include "core/service/endpointsubject.h"
#include "core/service/jobqueue.h"
#include "core/service/keys.h"
#include "core/service/runlibrary.h"
#include "core/service/slowthreads.h"
#include "core/service/translation.h"
#include "core/service/verify/knownmodels.h"
#include "core/service/verify/verifywork.h"
#include "core/service/workspace.h"
#include "widgets/common/rolechip.h"
#include "widgets/verify/claimsheeteditor.h"
#include "widgets/verify/referencebox.h"
#include "widgets/verify/spendingcaps.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace assay {
namespace {

constexpr int kCharacters = 50, kLookMilliseconds = 250;

QComboBox *combo(const QString &name, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->setAccessibleName(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(kCharacters);
    return box;
}

QString counted(int64_t number)
{
    return toQString(groupedDigits(number));
}

} // namespace

VerifyDialog::VerifyDialog(const Workspace &workspace, int subject, JobQueue &jobs, RunLibrary &runs, QWidget *parent)
    : GrowingDialog(parent), m_workspace(workspace), m_jobs(jobs), m_runs(runs), m_profiles(knownProfiles()), m_subjects(combo(tr("Subject"), this)),
      m_claims(combo(tr("Claimed to be"), this)), m_versions(combo(tr("Version"), this)), m_sizes(combo(tr("Size"), this)),
      m_manifest(new QLineEdit(this)), m_tokenizers(new QLineEdit(this)), m_reference(new ReferenceBox(workspace, this)), m_caps(new SpendingCaps(this)),
      m_note(new QLabel(this)), m_form(new QFormLayout)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Verify"));
    if (auto table = shippedTokenTable())
        m_table = std::move(*table);
    m_note->setObjectName(QStringLiteral("note"));
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    buildForm();
    auto *layout = new QVBoxLayout(this); // the note beside the form: a form of Qt 6.4 with hidden rows has no room for what wraps
    layout->addLayout(m_form);
    layout->addWidget(m_note);
    layout->addStretch(1);
    layout->addWidget(buildButtons());
    m_look.setSingleShot(true);
    m_look.setInterval(kLookMilliseconds);
    fillClaims(QStringLiteral("deepseek-r1"));
    fillSubjects(subject);
    connect(&m_look, &QTimer::timeout, this, &VerifyDialog::lookAtReference);
    connect(m_subjects, &QComboBox::currentIndexChanged, this, &VerifyDialog::subjectChanged);
    connect(m_claims, &QComboBox::currentIndexChanged, this, &VerifyDialog::claimChanged);
    connect(m_sizes, &QComboBox::currentIndexChanged, this, &VerifyDialog::sizeChanged);
    connect(m_versions, &QComboBox::currentIndexChanged, this, &VerifyDialog::changed);
    connect(m_reference, &ReferenceBox::changed, this, &VerifyDialog::changed);
    connect(m_caps, &SpendingCaps::changed, this, &VerifyDialog::check);
    subjectChanged();
    claimChanged();
}

void VerifyDialog::buildForm()
{
    for (const auto size : {VerificationSize::Quick, VerificationSize::Standard, VerificationSize::Deep})
        m_sizes->addItem(toQString(qtTranslate()("Identity", verificationSizeName(size))), int(size));
    m_sizes->setToolTip(tr("How much is looked at and asked: the line below says what that is"));
    m_manifest->setAccessibleName(tr("Checksums"));
    m_manifest->setToolTip(tr("SHA-256 of every weight file, as sha256sum writes them: the only thing that verifies"));
    m_tokenizers->setAccessibleName(tr("Tokenizer"));
    m_tokenizers->setToolTip(tr("A tokenizer.json of the claimed model, where you have one; without it a shipped table of counts is used"));
    m_form->addRow(tr("Subject"), m_subjects);
    m_form->addRow(tr("Claimed to be"), buildClaims());
    m_form->addRow(tr("Version"), m_versions);
    m_form->addRow(tr("Size"), m_sizes);
    m_form->addRow(tr("Reference"), m_reference);
    m_form->addRow(tr("Checksums"), withChooser(m_manifest, tr("Choose a List of Checksums")));
    m_form->addRow(tr("Tokenizer"), withChooser(m_tokenizers, tr("Choose a Tokenizer")));
    m_form->addRow(tr("At most"), m_caps);
}

QWidget *VerifyDialog::buildClaims()
{
    auto *claims = new QWidget(this);
    auto *row = new QHBoxLayout(claims);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_claims, 1);
    const auto button = [&](const QString &text, const QString &tip) {
        auto *made = new QPushButton(text, claims);
        made->setToolTip(tip);
        row->addWidget(made);
        return made;
    };
    connect(button(tr("Sheet..."), tr("A claim sheet of your own: what a seller, a card or an article says, as JSON")), &QPushButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(this, tr("Choose a Claim Sheet"), {}, tr("JSON (*.json);;All files (*)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &chosen) {
            m_claims->insertItem(0, chosen, chosen);
            m_claims->setCurrentIndex(0);
        });
        dialog->open();
    });
    connect(button(tr("Edit..."), tr("Reads and changes what is claimed, or writes a new sheet, and keeps it as one of your own")), &QPushButton::clicked, this, &VerifyDialog::editSheet);
    return claims;
}

void VerifyDialog::editSheet()
{
    // A child of what stays when this dialog closes.
    auto *editor = new ClaimSheetEditor(parentWidget() ? parentWidget() : this);
    editor->openClaim(m_claims->currentData().toString());
    connect(editor, &ClaimSheetEditor::kept, this, [this](const QString &name) {
        fillClaims(name);
        claimChanged();
    });
    editor->show();
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
        auto *dialog = new QFileDialog(this, title);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, field, &QLineEdit::setText);
        dialog->open();
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
    for (const auto &subject : m_workspace.subjects()) {
        if (subject->state != SubjectState::Ready)
            continue;
        m_subjects->addItem(roleIcon(subject->role), subject->name, subject->id);
        if (subject->id == chosen)
            m_subjects->setCurrentIndex(m_subjects->count() - 1);
    }
}

void VerifyDialog::fillClaims(const QString &chosen)
{
    const QSignalBlocker quiet(m_claims);
    m_claims->clear();
    for (const KnownClaim &claim : knownClaims(m_profiles))
        m_claims->addItem(claim.own ? tr("%1 (yours)").arg(toQString(claim.title)) : toQString(claim.title), toQString(claim.name));
    m_claims->setCurrentIndex(std::max(0, m_claims->findData(chosen)));
}

const Subject *VerifyDialog::subject() const
{
    return m_workspace.find(m_subjects->currentData().toInt());
}

VerificationSize VerifyDialog::size() const
{
    return VerificationSize(m_sizes->currentData().toInt());
}

QString VerifyDialog::note() const
{
    return m_note->text();
}

bool VerifyDialog::asksReference() const
{
    const Subject *chosen = subject();
    return chosen && chosen->endpoint && size() != VerificationSize::Quick;
}

/// Only what the subject can be asked for is shown.
void VerifyDialog::subjectChanged()
{
    const Subject *chosen = subject();
    const bool endpoint = chosen && chosen->endpoint;
    m_reference->setSubject(chosen);
    m_form->setRowVisible(m_manifest->parentWidget(), !endpoint);
    m_form->setRowVisible(m_tokenizers->parentWidget(), endpoint);
    m_form->setRowVisible(m_caps, endpoint);
    sizeChanged();
}

/// The quick size of an endpoint asks nothing of a reference.
void VerifyDialog::sizeChanged()
{
    const Subject *chosen = subject();
    m_form->setRowVisible(m_reference, asksReference() || (chosen && !chosen->endpoint));
    changed();
}

void VerifyDialog::claimChanged()
{
    m_versions->clear();
    m_sheet.reset();
    m_problem.reset();
    auto sheet = findClaimSheet(m_claims->currentData().toString(), m_profiles);
    if (!sheet) {
        m_problem = sheet.error();
        return check();
    }
    for (const auto &[name, profiles] : sheet->versions)
        m_versions->addItem(toQString(name), toQString(name));
    m_versions->setCurrentIndex(std::max(0, m_versions->findData(toQString(usualVersion(*sheet)))));
    m_form->setRowVisible(m_versions, m_versions->count() > 0);
    m_sheet = std::move(*sheet);
    changed();
}

/// Something that decides whether the reference fits: it is looked at again, off the window's thread.
void VerifyDialog::changed()
{
    ++m_looks;
    m_opened.reset();
    m_looking = m_sheet && asksReference() && m_reference->choice();
    if (m_sheet)
        m_problem.reset();
    if (m_looking)
        m_look.start();
    check();
}

void VerifyDialog::lookAtReference()
{
    const Subject *chosen = subject();
    auto choice = m_reference->choice();
    if (!chosen || !chosen->endpoint || !m_sheet || !choice)
        return;
    const auto open = [choice = std::move(*choice), plan = endpointPlan(*chosen)] { return openReference(choice, plan); };
    inBackground(this, open, [this, look = m_looks](Result<EndpointReference> &&opened) {
        if (look != m_looks)
            return;
        m_looking = false;
        if (opened)
            m_opened = std::move(*opened);
        else
            m_problem = opened.error();
        check();
    }, &slowThreads());
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
    plan.size = size();
    plan.limits = m_caps->limits();
    plan.prices = m_caps->prices();
    plan.reference = m_opened;
    return plan;
}

/// What is asked at most, of whom, for what; and what the caps make of it.
QString VerifyDialog::costText(const EndpointVerificationPlan &plan) const
{
    const VerificationCost cost = costOf(plan);
    QStringList lines{tr("At most %1 requests with %2 tokens of prompts and %3 of answers.").arg(counted(cost.requests), counted(cost.promptTokens), counted(cost.outputTokens))};
    if (cost.money)
        lines << tr("That costs at most %1 %2.").arg(toQString(threeDigits(*cost.money)), toQString(plan.prices->currency));
    if (cost.ofReference > 0)
        lines << tr("%1 of the requests go to the reference.").arg(counted(cost.ofReference));
    if (cost.localAnswers > 0)
        lines << tr("%1 answers are written by the reference's weights, which takes time alone.").arg(counted(cost.localAnswers));
    const PlanLimits &caps = plan.limits;
    if ((caps.tokens > 0 && caps.tokens < cost.promptTokens + cost.outputTokens) || (caps.money > 0 && cost.money && caps.money < *cost.money) || (caps.requests > 0 && cost.requests >= caps.requests))
        lines << tr("The caps may end it before that; what was found until then stays.");
    if (plan.size == VerificationSize::Quick)
        lines << tr("Nothing but this endpoint is asked: %1.").arg(toQString(plan.target.url));
    else if (!plan.reference)
        lines << tr("Nothing but this endpoint is asked: %1. Without a reference neither the distribution of its answers (T4) nor what it can do (T6) is tested.").arg(toQString(plan.target.url));
    else
        lines << tr("Asked is %1.").arg(toQString(plan.target.url)) << m_reference->contacts();
    return lines.join(u' ');
}

void VerifyDialog::check()
{
    const Subject *chosen = subject();
    m_start->setEnabled(chosen && m_sheet && !m_problem && !m_looking && (!chosen->endpoint || m_caps->isGood()));
    if (m_problem)
        return m_note->setText(errorText(*m_problem));
    if (!chosen || !m_sheet)
        return m_note->setText(QString());
    if (!chosen->endpoint)
        return m_note->setText(tr("Nothing but these files is read; no network is used."));
    if (m_looking)
        return m_note->setText(tr("Looking at the reference..."));
    m_note->setText(costText(endpointPlan(*chosen)));
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
    plan.size = size();
    if (const auto &devices = deviceTable())
        plan.devices = &*devices;
    plan.reference = m_reference->inspection();
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

void VerifyDialog::startEndpoint(const Subject &subject)
{
    EndpointVerificationPlan plan = endpointPlan(subject);
    std::vector<Told> notes;
    if (!m_tokenizers->text().isEmpty())
        plan.tokenizers = openTokenizers({m_tokenizers->text().toStdString()}, m_table, notes);
    m_start->setEnabled(false);
    m_note->setText(askingText());
    askKeys(std::move(plan), subject.path, m_opened ? m_reference->keyAddress() : QString(), subject.name, subject.reference().path);
}

/// The key store may ask the user something: the job is queued when it has answered, for the subject and then for its reference.
void VerifyDialog::askKeys(EndpointVerificationPlan plan, const QString &address, const QString &referenceAddress, const QString &name, const std::string &path)
{
    const bool ofReference = address.isEmpty();
    storedKey(ofReference ? referenceAddress : address)(this, [=, this, plan = std::move(plan)](Result<Secret> key) mutable {
        if (!key) {
            check();
            return emit failed(key.error());
        }
        (ofReference ? plan.reference->choice.key : plan.target.key) = std::move(*key);
        if (!ofReference && !referenceAddress.isEmpty())
            return askKeys(std::move(plan), {}, referenceAddress, name, path);
        m_jobs.add(std::make_unique<VerifyJob>(name, path, workOf(std::move(plan)), &m_runs.verifications()));
        emit started();
        close();
    });
}

} // namespace assay
