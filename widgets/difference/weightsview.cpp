// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/difference/weightsview.h"

#include "core/service/background.h"
#include "core/service/translation.h"
#include "widgets/common/columns.h"
#include "widgets/common/itemviews.h"
#include "widgets/difference/weightsmodel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {
namespace {

constexpr int kTickMilliseconds = 100, kPerMille = 1000, kWidestColumn = 380;

} // namespace

WeightsView::WeightsView(QWidget *parent)
    : QWidget(parent), m_other(new QComboBox(this)), m_start(new QPushButton(tr("Compare the weights"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this)), m_bar(new QProgressBar(this)), m_text(new QLabel(this)),
      m_model(new WeightsModel(this)), m_view(makeTreeView(tr("Differences of the weights"), false, this))
{
    m_start->setObjectName(QStringLiteral("compareWeights"));
    m_other->setAccessibleName(tr("Compared with the first subject"));
    m_bar->setRange(0, kPerMille);
    m_text->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("weightsText"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(m_model);
    sorted->setSortRole(kSortRole);
    m_view->setModel(sorted);
    m_view->setSortingEnabled(true);
    m_view->header()->setSortIndicatorClearable(true);
    m_view->sortByColumn(-1, Qt::AscendingOrder);
    auto *tools = new QHBoxLayout;
    tools->addWidget(m_start);
    tools->addWidget(m_other);
    tools->addWidget(m_bar, 1);
    tools->addWidget(m_cancel);
    tools->addStretch(0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addLayout(tools);
    layout->addWidget(m_text);
    layout->addWidget(m_view, 1);
    m_tick.setInterval(kTickMilliseconds);
    connect(&m_tick, &QTimer::timeout, this, &WeightsView::showProgress);
    connect(m_start, &QPushButton::clicked, this, &WeightsView::start);
    connect(m_cancel, &QPushButton::clicked, this, &WeightsView::cancel);
    showState();
}

WeightsView::~WeightsView()
{
    m_stop.request_stop();
}

void WeightsView::setSubjects(std::vector<DifferenceSubject> subjects)
{
    cancel();
    m_subjects = std::move(subjects);
    {
        const QSignalBlocker blocker(m_other);
        m_other->clear();
        for (size_t i = 1; i < m_subjects.size(); ++i)
            m_other->addItem(toQString(m_subjects[i].name));
    }
    m_model->setRows({});
    fitColumns(m_view, kWidestColumn); // the headings, before there are rows
    m_text->setText(tr("Reads the weights of both models from end to end: relative difference and cosine of every pair of the "
                       "same shape."));
    showState();
}

void WeightsView::start()
{
    const int other = m_other->currentIndex() + 1;
    if (m_running || other < 1 || size_t(other) >= m_subjects.size())
        return;
    m_running = true;
    m_stop = {};
    m_progress = std::make_shared<Progress>();
    m_model->setRows({});
    m_tick.start();
    showState();
    const DifferenceSubject first = m_subjects.front(), second = m_subjects[size_t(other)];
    StreamControl control;
    control.stop = m_stop.get_token();
    control.progress = [progress = m_progress](uint64_t done, uint64_t total) {
        progress->total = total;
        progress->done = done;
    };
    const Translate translate = qtTranslate();
    inBackground(
        this, [first, second, control, translate] { return compareSubjects(first, second, control, translate); },
        [this, mine = m_progress](Result<WeightComparison> result) {
            if (mine == m_progress) // else it was cancelled and another was begun
                take(std::move(result));
        });
}

void WeightsView::cancel()
{
    if (!m_running)
        return;
    m_stop.request_stop();
    m_progress.reset();
    m_running = false;
    m_tick.stop();
    m_text->setText(tr("Cancelled."));
    showState();
    emit finished();
}

void WeightsView::take(Result<WeightComparison> result)
{
    m_running = false;
    m_tick.stop();
    if (result) {
        m_text->setText(toQString(weightHeadline(*result, qtTranslate())));
        m_model->setRows(std::move(result->rows));
        fitColumns(m_view, kWidestColumn);
    } else {
        m_text->setText(errorText(result.error()));
    }
    showState();
    emit finished();
}

void WeightsView::showState()
{
    m_start->setEnabled(!m_running && m_subjects.size() >= 2);
    m_other->setVisible(m_subjects.size() > 2);
    m_other->setEnabled(!m_running);
    m_bar->setVisible(m_running);
    m_bar->setValue(0);
    m_cancel->setVisible(m_running);
}

void WeightsView::showProgress()
{
    const uint64_t total = m_progress ? m_progress->total.load() : 0;
    if (total > 0)
        m_bar->setValue(int(double(m_progress->done.load()) / double(total) * kPerMille));
}

} // namespace assay
