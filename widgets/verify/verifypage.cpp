// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/verify/verifypage.h"

#include "core/compare/identity/identitytext.h"
#include "core/service/jobqueue.h"
#include "core/service/runlibrary.h"
#include "core/service/translation.h"
#include "core/service/verify/verificationlibrary.h"
#include "core/service/verify/verifyjob.h"
#include "core/service/workspace.h"
#include "widgets/common/statepage.h"
#include "widgets/common/theme.h"
#include "widgets/verify/claimsheeteditor.h"
#include "widgets/verify/knownmodeldialog.h"
#include "widgets/verify/verificationview.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {
namespace {

constexpr int kMostHistory = 200, kHistoryCharacters = 24, kTypingMilliseconds = 600;

QLabel *lineOf(const char *name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

QString progressText(const VerifyJob &job)
{
    QString line = job.stage().isEmpty() ? QCoreApplication::translate("assay::VerifyPage", "waiting for its turn") : job.stage();
    if (job.total() > 0)
        line += QStringLiteral(" %1/%2").arg(job.done(), 0, 'f', 0).arg(job.total(), 0, 'f', 0);
    return line;
}

} // namespace

VerifyPage::VerifyPage(Workspace *workspace, RunLibrary *runs, JobQueue *jobs, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_runs(runs), m_jobs(jobs), m_stack(new QStackedLayout), m_state(new StatePage(this))
{
    setAccessibleName(tr("Verify"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    buildBar(layout);
    m_failure = lineOf("failureLine", this);
    m_failure->setContentsMargins(12, 0, 12, 4);
    layout->addWidget(m_failure);
    layout->addLayout(m_stack, 1);
    m_stack->addWidget(m_state);
    m_stack->addWidget(buildContent());
    connect(m_state, &StatePage::buttonClicked, this, [this] {
        if (VerifyJob *job = running())
            job->cancel();
        else if (m_workspace->subjects().empty())
            emit openRequested();
        else
            emit verifyRequested();
    });
    auto &library = runs->verifications();
    connect(&library, &VerificationLibrary::changed, this, &VerifyPage::refresh);
    connect(&library, &VerificationLibrary::saved, this, &VerifyPage::showFailure);
    for (const auto signal : {&VerificationLibrary::saveFailed, &VerificationLibrary::loadFailed})
        connect(&library, signal, this, &VerifyPage::showFailure);
    m_typed.setSingleShot(true);
    m_typed.setInterval(kTypingMilliseconds);
    connect(&m_typed, &QTimer::timeout, this, &VerifyPage::keepPrior);
    for (const auto signal : {&JobQueue::added, &JobQueue::changed, &JobQueue::finished})
        connect(jobs, signal, this, [this](Job *job) {
            if (qobject_cast<VerifyJob *>(job))
                showJob();
        });
    for (const auto signal : {&Workspace::opened, &Workspace::changed, &Workspace::closed})
        connect(workspace, signal, this, [this] { refresh(); });
    refresh();
}

VerifyPage::~VerifyPage()
{
    m_runs->verifications().disconnect(this);
    m_view->disconnect(this); // a field that loses the focus while it is taken down says so
    keepPrior();
}

void VerifyPage::buildBar(QVBoxLayout *layout)
{
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(12, 6, 12, 6);
    bar->setSpacing(6);
    m_historyLabel = new QLabel(tr("&Verification"), this);
    m_history = new QComboBox(this);
    m_history->setAccessibleName(tr("Verification"));
    m_history->setToolTip(tr("What was found earlier stays as it was found"));
    m_history->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_history->setMinimumContentsLength(kHistoryCharacters);
    m_historyLabel->setBuddy(m_history);
    bar->addWidget(m_historyLabel);
    bar->addWidget(m_history, 1);
    bar->addStretch(0);
    const auto button = [&](const QString &text, const QString &tip) {
        auto *made = new QPushButton(text, this);
        made->setToolTip(tip);
        bar->addWidget(made);
        return made;
    };
    m_verify = button(tr("Verify..."), tr("Checks the subject against a claim sheet; says what it costs first"));
    connect(m_verify, &QPushButton::clicked, this, &VerifyPage::verifyRequested);
    connect(button(tr("Claim Sheet..."), tr("The sheet that it was held against, to read, change and keep as one of your own; or a new one")), &QPushButton::clicked, this, [this] {
        auto *editor = new ClaimSheetEditor(this);
        if (const auto shown = m_runs->verifications().find(m_shown))
            editor->openClaim(toQString(shown->claim));
        editor->show();
    });
    m_known = button(tr("Keep as Known Model..."), tr("Keeps the subject's facts and the names and shapes of its tensors: others can be held against it then"));
    connect(m_known, &QPushButton::clicked, this, &VerifyPage::keepKnownModel);
    m_remove = button(tr("Delete"), tr("Takes this verification off the list and out of the store"));
    connect(m_remove, &QPushButton::clicked, this, &VerifyPage::remove);
    layout->addLayout(bar);
}

QWidget *VerifyPage::buildContent()
{
    auto *content = new QWidget(this);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *job = new QHBoxLayout;
    job->setContentsMargins(12, 0, 12, 0);
    m_line = lineOf("jobLine", content);
    m_cancel = new QPushButton(tr("Cancel"), content);
    m_cancel->setToolTip(tr("Ends the verification; what was found until then stays"));
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (VerifyJob *now = running())
            now->cancel();
    });
    job->addWidget(m_line, 1);
    job->addWidget(m_cancel);
    layout->addLayout(job);
    m_view = new VerificationView(content);
    layout->addWidget(m_view, 1);
    connect(m_view, &VerificationView::pictureFailed, this, &VerifyPage::pictureFailed);
    connect(m_view, &VerificationView::judged, &m_typed, qOverload<>(&QTimer::start));
    connect(m_view, &VerificationView::priorLeft, this, &VerifyPage::keepPrior);
    connect(m_history, &QComboBox::activated, this, &VerifyPage::showChosen);
    return content;
}

void VerifyPage::setSubject(int id)
{
    if (m_subject == id)
        return;
    keepPrior();
    m_subject = id;
    m_shown.clear();
    refresh();
}

std::string VerifyPage::path() const
{
    const Subject *subject = m_workspace->find(m_subject);
    return subject ? subject->reference().path : std::string();
}

VerifyJob *VerifyPage::running() const
{
    const std::string here = path();
    for (const auto &job : m_jobs->jobs()) {
        auto *verify = qobject_cast<VerifyJob *>(job.get());
        if (verify && !verify->isOver() && (here.empty() || verify->path() == here))
            return verify;
    }
    return nullptr;
}

/// The newest of this subject, if it failed.
VerifyJob *VerifyPage::lastFailed() const
{
    const std::string here = path();
    const auto &jobs = m_jobs->jobs();
    for (auto job = jobs.rbegin(); job != jobs.rend(); ++job) { // clang 14 reads no views of GCC 12's library
        auto *verify = qobject_cast<VerifyJob *>(job->get());
        if (verify && verify->isOver() && (here.empty() || verify->path() == here))
            return verify->state() == JobState::Failed ? verify : nullptr;
    }
    return nullptr;
}

void VerifyPage::refresh()
{
    fillHistory();
    if (!m_echo)
        showChosen();
    showJob();
    showFailure();
    const Subject *subject = m_workspace->find(m_subject);
    m_known->setEnabled(subject && subject->inspection && !subject->endpoint);
    m_verify->setEnabled(std::ranges::any_of(m_workspace->subjects(), [](const auto &one) { return one->state == SubjectState::Ready; }));
    const bool any = !m_listed.empty();
    m_remove->setEnabled(any);
    m_historyLabel->setVisible(any);
    m_history->setVisible(any);
}

/// What was believed stays with what was found: it is there again after a restart, and told apart.
void VerifyPage::keepPrior()
{
    m_typed.stop();
    const auto kept = m_runs->verifications().find(m_view->verification().id);
    if (!kept || kept->rules.priorOdds == m_view->verification().rules.priorOdds)
        return;
    const QScopedValueRollback echo(m_echo, true);
    m_runs->verifications().add(m_view->verification());
}

void VerifyPage::keepKnownModel()
{
    const Subject *subject = m_workspace->find(m_subject);
    if (subject && subject->inspection && !subject->endpoint)
        (new KnownModelDialog(subject->inspection, subject->name, this))->show();
}

/// What could not be written is in memory alone; what could not be read is not in the list.
void VerifyPage::showFailure()
{
    const auto &failure = m_runs->verifications().failure();
    m_failure->setText(failure ? tr("Not everything here could be written or read; what is new is gone when the program ends. %1").arg(errorText(*failure)) : QString());
    m_failure->setVisible(failure.has_value());
    QPalette inked = palette();
    inked.setColor(QPalette::WindowText, severityColor(Severity::Problem, inked));
    m_failure->setPalette(inked);
}

/// Newest first; what is shown stays chosen, and news of the same subject is shown at once.
void VerifyPage::fillHistory()
{
    const std::string here = path();
    const auto &library = m_runs->verifications();
    auto listed = here.empty() ? library.all() : library.of(here);
    if (listed.size() > kMostHistory)
        listed.resize(kMostHistory);
    const bool news = !listed.empty() && (m_listed.empty() || listed.front()->id != m_listed.front()->id);
    m_listed = std::move(listed);
    if (news)
        m_shown = m_listed.front()->id;
    m_history->clear();
    for (const auto &one : m_listed) {
        const QDateTime when = QDateTime::fromString(toQString(one->startedAt), Qt::ISODate).toLocalTime();
        m_history->addItem(QStringLiteral("%1 %2  %3: %4, %5")
                               .arg(toQString(verdictSymbol(one->verdict.kind)), toQString(qtTranslate()("Identity", verdictName(one->verdict.kind))), toQString(one->subject),
                                    toQString(claimTitle(*one)), when.isValid() ? when.toString(QStringLiteral("yyyy-MM-dd HH:mm")) : toQString(one->startedAt)));
        if (one->id == m_shown)
            m_history->setCurrentIndex(m_history->count() - 1);
    }
}

void VerifyPage::showChosen()
{
    keepPrior();
    const int row = m_history->currentIndex();
    if (row < 0 || size_t(row) >= m_listed.size())
        return;
    m_shown = m_listed[size_t(row)]->id;
    m_view->setVerification(*m_listed[size_t(row)]);
}

void VerifyPage::showJob()
{
    VerifyJob *const job = running();
    VerifyJob *const failed = job ? nullptr : lastFailed();
    const bool any = !m_listed.empty();
    m_stack->setCurrentIndex(any ? 1 : 0);
    const QString why = failed && failed->error() ? errorText(*failed->error()) : QString();
    const QString line = job ? tr("Verifying %1: %2").arg(job->subjectName(), progressText(*job)) : failed ? tr("The last verification failed: %1").arg(why) : QString();
    m_line->setText(line);
    m_line->setVisible(!line.isEmpty());
    m_cancel->setVisible(job);
    QPalette inked = palette();
    inked.setColor(QPalette::WindowText, failed ? severityColor(Severity::Problem, inked) : inked.color(QPalette::WindowText));
    m_line->setPalette(inked);
    if (any)
        return;
    if (job) {
        m_state->showLoading(tr("Verifying %1").arg(job->subjectName()), tr("Cancel"));
        m_state->setProgress(progressText(*job));
    } else if (failed) {
        m_state->showFailed(tr("The verification failed"), why, tr("Verify..."));
    } else if (m_runs->verifications().isLoading()) {
        m_state->showLoading(tr("Reading what was verified earlier"));
    } else if (m_workspace->subjects().empty()) {
        m_state->showEmpty(tr("Open a model or add an endpoint to check whether it is what it is said to be."), tr("Open a model..."));
    } else {
        m_state->showEmpty(tr("Nothing was verified here yet. Choose what the subject is claimed to be: what it would cost is said before anything is asked."), tr("Verify..."));
    }
}

void VerifyPage::remove()
{
    m_typed.stop();
    if (!m_shown.empty())
        m_runs->verifications().remove(std::exchange(m_shown, {}));
}

void VerifyPage::focusFilter()
{
    m_view->focusFilter();
}

QString VerifyPage::state() const
{
    return m_stack->currentIndex() == 0 ? m_state->sentence() : m_line->text();
}

} // namespace assay
