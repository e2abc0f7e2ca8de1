// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/jobspanel.h"

#include "widgets/common/elidedlabel.h"
#include "widgets/common/svgicon.h"
#include "widgets/shell/commandregistry.h"
#include "widgets/shell/jobrow.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {
namespace {

constexpr int kRefreshMilliseconds = 100;

int countOf(const JobQueue &jobs, JobState state)
{
    return int(std::count_if(jobs.jobs().begin(), jobs.jobs().end(),
                             [state](const auto &job) { return job->state() == state; }));
}

} // namespace

JobsPanel::JobsPanel(JobQueue *jobs, const RunLibrary *runs, CommandRegistry *commands, QWidget *parent)
    : QWidget(parent), m_jobs(jobs), m_runs(runs), m_commands(commands), m_scroll(new QScrollArea(this))
{
    setAccessibleName(tr("Jobs"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(createLine(commands));
    layout->addWidget(m_scroll, 1);
    auto *content = new QWidget(m_scroll);
    m_list = new QVBoxLayout(content);
    m_list->setContentsMargins(2, 0, 2, 2);
    m_list->setSpacing(0);
    m_list->addStretch(1);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("Jobs"));
    m_pause.setSingleShot(true);
    m_pause.setInterval(kRefreshMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, &JobsPanel::refreshTouched);
    connectQueue();
    for (const auto &job : jobs->jobs())
        addRow(job.get());
    setFolded(true);
    refreshLine();
}

QWidget *JobsPanel::createLine(CommandRegistry *commands)
{
    auto *line = new QWidget(this);
    m_fold = new QToolButton(line);
    m_fold->setAutoRaise(true);
    m_fold->setFocusPolicy(Qt::StrongFocus);
    m_fold->setAccessibleName(tr("Fold or unfold jobs"));
    connect(m_fold, &QToolButton::clicked, this, [this] { setFolded(!isFolded()); });
    m_summary = new ElidedLabel({}, line);
    m_progress = new QProgressBar(line);
    m_progress->setFixedWidth(fontMetrics().averageCharWidth() * 26);
    m_progress->setAccessibleName(tr("Progress of the running job"));
    m_left = new QLabel(line);
    m_cancel = new QToolButton(line);
    m_cancel->setDefaultAction(commands->action("jobs.cancel"));
    m_cancel->setAutoRaise(true);
    m_cancel->setFocusPolicy(Qt::TabFocus);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(4, 2, 4, 2);
    layout->addWidget(m_fold);
    layout->addWidget(m_summary, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_left);
    layout->addWidget(m_cancel);
    setFocusProxy(m_fold);
    return line;
}

void JobsPanel::connectQueue()
{
    connect(m_jobs, &JobQueue::added, this, [this](Job *job) {
        addRow(job);
        touch(job);
    });
    connect(m_jobs, &JobQueue::changed, this, &JobsPanel::touch);
    connect(m_jobs, &JobQueue::finished, this, [this](Job *job) {
        touch(job);
        if (job->state() == JobState::Failed)
            setFolded(false); // the error opens in place
    });
    connect(m_jobs, &JobQueue::cleared, this, &JobsPanel::dropCleared);
    m_commands->setHandler("jobs.cancel", this, [this] { m_jobs->cancelAll(); });
    m_commands->setHandler("jobs.clear", this, [this] { m_jobs->clearFinished(); });
    m_commands->setHandler("view.jobs", this, [this] { setFolded(!isFolded()); });
}

bool JobsPanel::isFolded() const
{
    return m_scroll->isHidden();
}

void JobsPanel::setFolded(bool folded)
{
    m_scroll->setVisible(!folded);
    m_fold->setIcon(themedIcon(folded ? "fold" : "unfold"));
    m_fold->setToolTip(folded ? tr("Show the jobs") : tr("Fold to a line"));
    // Folded, the splitter must leave it its line and nothing more.
    setSizePolicy(QSizePolicy::Preferred, folded ? QSizePolicy::Fixed : QSizePolicy::Preferred);
    setMaximumHeight(folded ? layout()->itemAt(0)->widget()->sizeHint().height() : QWIDGETSIZE_MAX);
    emit foldedChanged(folded);
}

void JobsPanel::addRow(Job *job)
{
    auto *row = new JobRow(job, m_runs, m_scroll->widget());
    m_rows << row;
    connect(row, &JobRow::roomWanted, this, [this, row](int height) {
        emit roomWanted(height + layout()->itemAt(0)->widget()->height() + 2 * m_scroll->frameWidth() + 4);
        // Once the row has its new height.
        QMetaObject::invokeMethod(this, [this, row = QPointer(row)] {
            if (row)
                m_scroll->verticalScrollBar()->setValue(row->y());
        }, Qt::QueuedConnection);
    });
    m_list->insertWidget(m_list->count() - 1, row);
}

void JobsPanel::touch(Job *job)
{
    m_touched.insert(job);
    if (!m_pause.isActive())
        m_pause.start();
}

void JobsPanel::refreshTouched()
{
    for (JobRow *row : std::as_const(m_rows)) {
        if (m_touched.contains(row->job()))
            row->refresh();
    }
    m_touched.clear();
    refreshLine();
    followRunning();
}

void JobsPanel::followRunning()
{
    const Job *running = m_jobs->running();
    if (running == m_followed)
        return;
    m_followed = running;
    // Who reads a log in the list is not carried away from it.
    const QWidget *focused = QApplication::focusWidget();
    if (!running || (focused && m_scroll->isAncestorOf(focused)))
        return;
    for (JobRow *row : std::as_const(m_rows)) {
        if (row->job() == running)
            m_scroll->ensureWidgetVisible(row, 0, row->height());
    }
}

void JobsPanel::refreshLine()
{
    const Job *running = m_jobs->running();
    const int waiting = m_jobs->waiting();
    m_commands->setEnabled("jobs.cancel", running || waiting > 0);
    const int together = countOf(*m_jobs, JobState::Running);
    m_commands->setEnabled("jobs.clear", int(m_jobs->jobs().size()) > waiting + together);
    m_progress->setVisible(running);
    m_cancel->setVisible(running);
    m_left->setText(together == 1 ? timeLeftText(*running) : QString());
    if (!running) {
        const int failed = countOf(*m_jobs, JobState::Failed),
                  finished = countOf(*m_jobs, JobState::Finished);
        m_summary->setText(m_jobs->jobs().empty() ? tr("Jobs: none")
                           : failed > 0 ? tr("Jobs: %1 finished, %2 failed").arg(finished).arg(failed)
                                        : tr("Jobs: %1 finished").arg(finished));
        return;
    }
    QStringList names;
    double done = 0;
    for (const auto &job : m_jobs->jobs()) {
        if (job->state() != JobState::Running)
            continue;
        names << job->subjectName();
        done += job->total() > 0 ? job->done() / job->total() / together : 0;
    }
    const QString what = together == 1 ? jobText(*running) : tr("%1 in turn").arg(names.join(QStringLiteral(", ")));
    m_summary->setText(waiting > 0 ? tr("Jobs: %1 (%2 waiting)").arg(what, QString::number(waiting)) : tr("Jobs: %1").arg(what));
    const bool known = together > 1 || running->total() > 0;
    m_progress->setRange(0, known ? 1000 : 0);
    m_progress->setValue(int(done * 1000));
}

void JobsPanel::dropCleared()
{
    m_touched.clear();
    QSet<const Job *> kept;
    for (const auto &job : m_jobs->jobs())
        kept.insert(job.get());
    m_rows.removeIf([&kept](JobRow *row) {
        const bool gone = !kept.contains(row->job());
        if (gone)
            row->deleteLater();
        return gone;
    });
    refreshLine();
}

} // namespace assay
