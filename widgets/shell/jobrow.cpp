// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/jobrow.h"

#include "core/base/units.h"
#include "core/service/translation.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/svgicon.h"
#include "widgets/common/theme.h"
#include "widgets/runs/liveview.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr int kLogLines = 7, kShortLog = 3, kProgressSteps = 1000, kShownOfId = 8;
constexpr double kMostSteps = 100000;

QToolButton *makeButton(const char *icon, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(themedIcon(icon));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

QIcon stateIcon(JobState state, const QPalette &palette)
{
    switch (state) {
    case JobState::Queued:
        return coloredIcon("waiting", mutedColor(palette));
    case JobState::Running:
        return coloredIcon("running", palette.color(QPalette::Link));
    case JobState::Finished:
        return coloredIcon("done", roleColor(Role::Distilled));
    case JobState::Failed:
        return coloredIcon("problem", severityColor(Severity::Problem, palette));
    case JobState::Cancelled:
        return coloredIcon("cancel", mutedColor(palette));
    }
    return {};
}

} // namespace

QString timeLeftText(const Job &job)
{
    const double seconds = job.secondsLeft();
    if (job.state() != JobState::Running || !std::isfinite(seconds))
        return {};
    const int whole = int(std::clamp(std::ceil(seconds), 1.0, 1e6));
    if (whole < 60)
        return JobRow::tr("%1 s left").arg(whole);
    if (whole < 3600)
        return JobRow::tr("%1 min left").arg((whole + 59) / 60);
    return JobRow::tr("%1 h %2 min left").arg(whole / 3600).arg(whole % 3600 / 60);
}

QString jobText(const Job &job)
{
    const QString text = QStringLiteral("%1: %2").arg(job.subjectName(), job.title());
    return job.state() == JobState::Running && !job.stage().isEmpty()
               ? text + QStringLiteral(", ") + job.stage()
               : text;
}

JobRow::JobRow(Job *job, const RunLibrary *runs, QWidget *parent)
    : QWidget(parent), m_job(job), m_sign(new QLabel(this)), m_text(new ElidedLabel({}, this)),
      m_progress(new QProgressBar(this)), m_left(new QLabel(this)),
      m_cancel(makeButton("cancel", tr("Cancel"), this)), m_unfold(makeButton("fold", tr("Live view and log"), this)),
      m_error(new QLabel(this)), m_live(new LiveView(job, runs, this)), m_log(new QPlainTextEdit(this))
{
    m_progress->setTextVisible(true);
    m_progress->setFixedWidth(fontMetrics().averageCharWidth() * 26);
    m_progress->setAccessibleName(tr("Progress"));
    m_error->setWordWrap(true);
    m_error->setTextFormat(Qt::PlainText);
    m_error->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_error->setFocusPolicy(Qt::NoFocus);
    m_error->setContentsMargins(28, 0, 0, 0);
    createLog();
    auto *line = new QHBoxLayout;
    line->addWidget(m_unfold);
    line->addWidget(m_sign);
    line->addWidget(m_text, 1);
    line->addWidget(m_progress);
    line->addWidget(m_left);
    line->addWidget(m_cancel);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 1, 4, 1);
    layout->setSpacing(2);
    layout->addLayout(line);
    layout->addWidget(m_error);
    layout->addWidget(m_live);
    layout->addWidget(m_log);
    m_live->hide();
    connect(m_cancel, &QToolButton::clicked, job, &Job::cancel);
    connect(m_unfold, &QToolButton::clicked, this, [this] { setUnfolded(!isUnfolded()); });
    refresh();
}

void JobRow::createLog()
{
    m_log->setReadOnly(true);
    m_log->setMaximumBlockCount(2000);
    m_log->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_log->setFixedHeight(QFontMetrics(m_log->font()).lineSpacing() * kLogLines + 10);
    m_log->setAccessibleName(tr("Log"));
    m_log->setTabChangesFocus(true);
    m_log->setPlaceholderText(tr("Nothing has been logged yet."));
    m_log->setVisible(false);
}

bool JobRow::isUnfolded() const
{
    return !m_log->isHidden();
}

void JobRow::setUnfolded(bool unfolded)
{
    m_log->setVisible(unfolded);
    m_unfold->setIcon(themedIcon(unfolded ? "unfold" : "fold"));
    showLive();
    if (unfolded)
        appendLog();
}

void JobRow::showLive()
{
    const bool shown = isUnfolded() && m_live->hasSomething();
    if (shown == !m_live->isHidden())
        return;
    m_live->setVisible(shown);
    m_log->setFixedHeight(QFontMetrics(m_log->font()).lineSpacing() * (shown ? kShortLog : kLogLines) + 10);
    if (shown)
        emit roomWanted(sizeHint().height());
}

void JobRow::appendLog()
{
    if (!m_job)
        return;
    const QStringList fresh = m_job->log().mid(m_logged);
    if (!fresh.isEmpty())
        m_log->appendPlainText(fresh.join(u'\n'));
    m_logged = m_job->log().size();
}

QString JobRow::stateText() const
{
    switch (m_job->state()) {
    case JobState::Queued:
        return tr("waiting");
    case JobState::Running:
        return timeLeftText(*m_job);
    case JobState::Finished:
        return m_job->runId().isEmpty() ? tr("finished")
                                        : tr("finished, kept as run %1").arg(m_job->runId().left(kShownOfId));
    case JobState::Failed:
        return tr("failed");
    case JobState::Cancelled:
        return tr("cancelled; what was measured until then is kept");
    }
    return {};
}

void JobRow::refresh()
{
    if (!m_job)
        return;
    const JobState state = m_job->state();
    m_sign->setPixmap(stateIcon(state, palette()).pixmap(16, 16));
    m_text->setText(jobText(*m_job));
    const bool known = m_job->total() > 0;
    m_progress->setVisible(state == JobState::Running);
    m_progress->setRange(0, known ? kProgressSteps : 0);
    m_progress->setValue(known ? int(m_job->done() / m_job->total() * kProgressSteps) : 0);
    // Small counts are of steps; large ones of bytes, whose share alone means something, and of one there are only parts.
    const bool steps = m_job->total() > 1 && m_job->total() <= kMostSteps;
    m_progress->setFormat(steps ? QStringLiteral("%1 / %2").arg(m_job->done()).arg(m_job->total())
                                : toQString(formatPercent(m_job->done() / m_job->total())));
    m_left->setText(stateText());
    m_left->setToolTip(m_job->runId());
    m_cancel->setVisible(!m_job->isOver());
    m_error->setText(m_job->error() ? errorText(*m_job->error()) : QString());
    m_error->setVisible(state == JobState::Failed);
    if (state == JobState::Failed && m_shownState != JobState::Failed && m_job->log().size() > 0)
        setUnfolded(true);
    m_shownState = state;
    setAccessibleName(jobText(*m_job));
    showLive();
    if (isUnfolded())
        appendLog();
}

} // namespace assay
