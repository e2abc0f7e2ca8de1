// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/liveview.h"

#include "core/base/units.h"
#include "core/bench/requestmetrics.h"
#include "core/service/loadjob.h"
#include "core/service/translation.h"
#include "widgets/runs/liveplot.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace assay {
namespace {

constexpr int kLookMilliseconds = 100;
constexpr size_t kMostAtOnce = 400; ///< records a look: some milliseconds

} // namespace

LiveView::LiveView(Job *job, const RunLibrary *runs, QWidget *parent)
    : QWidget(parent), m_job(job), m_runs(runs), m_numbers(new QLabel(this)), m_estimate(new QLabel(this)), m_pause(new QPushButton(this))
{
    static_assert(size_t(Failure::Count_) <= std::tuple_size_v<decltype(m_errors)>);
    const bool load = qobject_cast<LoadJob *>(job);
    m_speed = new LiveCurve(tr("Speed"), load ? tr("pieces of text/s") : tr("tokens/s"), {}, this);
    m_speed->setToolTip(load ? tr("Pieces that arrive; most servers send a token in each.") : tr("Output tokens of each repetition by its time."));
    m_flight = new LiveCurve(load ? tr("Requests") : tr("Memory"), load ? tr("in flight") : tr("GiB"), load ? tr("waiting") : QString(), this);
    m_times = new LiveHistogram(load ? tr("TTFT") : tr("Gaps between tokens"), this);
    for (QLabel *label : {m_numbers, m_estimate}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_numbers->setAccessibleName(tr("Live numbers"));
    m_estimate->setAccessibleName(tr("Estimate"));
    m_pause->setVisible(load);
    auto *plots = new QHBoxLayout;
    for (QWidget *plot : std::initializer_list<QWidget *>{m_speed, m_flight, m_times})
        plots->addWidget(plot, 1);
    auto *words = new QHBoxLayout;
    words->addWidget(m_numbers, 1);
    words->addWidget(m_pause, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(28, 2, 4, 2);
    layout->addLayout(words);
    layout->addWidget(m_estimate);
    layout->addLayout(plots);
    m_timer.setInterval(kLookMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &LiveView::look);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (auto *paused = qobject_cast<LoadJob *>(m_job.data()))
            paused->setPaused(!paused->isPaused());
        look();
    });
}

bool LiveView::hasSomething() const
{
    return m_job && m_runs && m_runs->benchRun(m_job->runId().toStdString());
}

QString LiveView::text() const
{
    return m_numbers->text();
}

void LiveView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_timer.start();
    look();
}

void LiveView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
}

void LiveView::look()
{
    const auto run = m_job && m_runs ? m_runs->benchRun(m_job->runId().toStdString()) : nullptr;
    if (!run)
        return;
    bool more = false;
    if (const auto *load = qobject_cast<const LoadJob *>(m_job.data())) {
        more = lookAtRequests(*run);
        showLoad(*load);
    } else {
        more = lookAtSamples(*run);
        showSamples(*run);
    }
    if (m_job->isOver() && !more)
        m_timer.stop();
}

bool LiveView::lookAtRequests(const BenchRun &run)
{
    const size_t end = std::min(run.requests.size(), m_seen + kMostAtOnce);
    for (; m_seen < end; ++m_seen) {
        const RequestRecord record = run.requests.at(m_seen);
        ++m_errors[size_t(record.failure)];
        if (record.warmup || record.attempt > 0)
            continue;
        if (const auto ttft = metricsOf(record).ttft; ttft && record.failure == Failure::None)
            m_times->add(*ttft);
    }
    return m_seen < run.requests.size();
}

bool LiveView::lookAtSamples(const BenchRun &run)
{
    for (; m_seen < run.samples.size(); ++m_seen) {
        const MeasureSample &sample = run.samples[m_seen];
        if (sample.isPass() && !sample.warmup)
            m_times->add(sample.total);
        for (const double gap : sample.warmup ? std::vector<double>() : sample.gaps)
            m_times->add(gap);
        if (sample.total > 0)
            m_speed->add(double(sample.outputTokens * sample.batch) / sample.total);
        const auto memory = sample.memory.tensorPeak ? sample.memory.tensorPeak : sample.memory.processPeak;
        if (memory)
            m_flight->add(double(*memory) / double(1u << 30));
    }
    return false;
}

QString LiveView::errorsText() const
{
    QStringList parts;
    for (size_t kind = 1; kind < size_t(Failure::Count_); ++kind) {
        if (m_errors[kind] > 0)
            parts << tr("%1: %2").arg(QCoreApplication::translate("Failure", definitionOf(Failure(kind)).label)).arg(m_errors[kind]);
    }
    return parts.isEmpty() ? tr("no errors") : tr("errors: %1").arg(parts.join(QStringLiteral(", ")));
}

void LiveView::showLoad(const LoadJob &job)
{
    const LoadProgress progress = job.progress();
    const bool running = job.state() == JobState::Running;
    const double seconds = m_clock.isValid() ? double(m_clock.restart()) / 1000 : (m_clock.start(), 0);
    // The counter is of a level: it begins anew.
    const int64_t fresh = progress.load.chunks >= m_pieces ? progress.load.chunks - m_pieces : progress.load.chunks;
    m_pieces = progress.load.chunks;
    if (running && seconds > 0) {
        m_speed->add(double(fresh) / seconds);
        m_flight->add(double(progress.load.inFlight), double(progress.load.waiting));
    }
    const QLocale locale;
    QStringList parts{tr("%1 of %2 requests of this level").arg(locale.toString(qint64(progress.done)), locale.toString(qint64(progress.planned))), errorsText(),
                      tr("%1 tokens so far").arg(locale.toString(qint64(progress.spent.tokens())))};
    if (progress.money && job.plan().load->prices)
        parts << QStringLiteral("%1 %2").arg(toQString(threeDigits(*progress.money)), toQString(job.plan().load->prices->currency));
    m_numbers->setText(parts.join(QStringLiteral("; ")));
    m_estimate->setVisible(progress.estimate.has_value());
    if (progress.estimate)
        m_estimate->setText(tr("The whole plan takes %1, after what the pilot showed.").arg(toQString(estimateText(*progress.estimate, qtTranslate()))));
    m_pause->setVisible(running);
    m_pause->setText(job.isPaused() ? tr("Go On") : tr("Pause"));
}

void LiveView::showSamples(const BenchRun &run)
{
    m_estimate->hide();
    m_numbers->setText(tr("%1 repetitions, %2 loads").arg(run.samples.size()).arg(run.loads.size()));
}

} // namespace assay
