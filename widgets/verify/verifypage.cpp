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
#include "widgets/verify/verificationview.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <ranges>

namespace assay {
namespace {

constexpr int kMostHistory = 200, kHistoryCharacters = 40;

QString progressText(const VerifyJob &job)
{
    QString line = job.stage().isEmpty() ? QCoreApplication::translate("assay::VerifyPage", "waiting for its turn") : job.stage();
    if (job.total() > 0)
        line += QStringLiteral(" %1/%2").arg(job.done(), 0, 'f', 0).arg(job.total(), 0, 'f', 0);
    return line;
}

} // namespace

VerifyPage::VerifyPage(Workspace *workspace, RunLibrary *runs, JobQueue *jobs, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_runs(runs), m_jobs(jobs), m_stack(new QStackedLayout(this)), m_state(new StatePage(this))
{
    setAccessibleName(tr("Verify"));
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
    connect(&runs->verifications(), &VerificationLibrary::changed, this, &VerifyPage::refresh);
    for (const auto signal : {&JobQueue::added, &JobQueue::changed, &JobQueue::finished})
        connect(jobs, signal, this, [this](Job *job) {
            if (qobject_cast<VerifyJob *>(job))
                showJob();
        });
    for (const auto signal : {&Workspace::opened, &Workspace::changed, &Workspace::closed})
        connect(workspace, signal, this, [this] { refresh(); });
    refresh();
}

QWidget *VerifyPage::buildContent()
{
    auto *content = new QWidget(this);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(12, 6, 12, 6);
    auto *label = new QLabel(tr("&Verification"), content);
    m_history = new QComboBox(content);
    m_history->setAccessibleName(tr("Verification"));
    m_history->setToolTip(tr("What was found earlier stays as it was found"));
    m_history->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_history->setMinimumContentsLength(kHistoryCharacters);
    label->setBuddy(m_history);
    bar->addWidget(label);
    bar->addWidget(m_history, 1);
    const auto button = [&](const QString &text, const QString &tip) {
        auto *made = new QPushButton(text, content);
        made->setToolTip(tip);
        bar->addWidget(made);
        return made;
    };
    connect(button(tr("Verify..."), tr("Checks the subject against a claim sheet; says what it costs first")), &QPushButton::clicked, this, &VerifyPage::verifyRequested);
    m_remove = button(tr("Delete"), tr("Takes this verification off the list and out of the store"));
    connect(m_remove, &QPushButton::clicked, this, &VerifyPage::remove);
    layout->addLayout(bar);
    auto *job = new QHBoxLayout;
    job->setContentsMargins(12, 0, 12, 0);
    m_line = new QLabel(content);
    m_line->setObjectName(QStringLiteral("jobLine"));
    m_line->setWordWrap(true);
    m_line->setTextFormat(Qt::PlainText);
    m_line->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_line->setFocusPolicy(Qt::NoFocus);
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
    connect(m_history, &QComboBox::activated, this, &VerifyPage::showChosen);
    return content;
}

void VerifyPage::setSubject(int id)
{
    if (m_subject == id)
        return;
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
    for (const auto &job : m_jobs->jobs() | std::views::reverse) {
        auto *verify = qobject_cast<VerifyJob *>(job.get());
        if (verify && verify->isOver() && (here.empty() || verify->path() == here))
            return verify->state() == JobState::Failed ? verify : nullptr;
    }
    return nullptr;
}

void VerifyPage::refresh()
{
    fillHistory();
    showChosen();
    showJob();
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
    } else if (m_workspace->subjects().empty()) {
        m_state->showEmpty(tr("Open a model or add an endpoint to check whether it is what it is said to be."), tr("Open a model..."));
    } else {
        m_state->showEmpty(tr("Nothing was verified here yet. Choose what the subject is claimed to be: what it would cost is said before anything is asked."), tr("Verify..."));
    }
}

void VerifyPage::remove()
{
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
