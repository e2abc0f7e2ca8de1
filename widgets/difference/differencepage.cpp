// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/difference/differencepage.h"

#include "core/service/background.h"
#include "core/service/translation.h"
#include "core/service/workspace.h"
#include "widgets/common/filterbar.h"
#include "widgets/common/itemviews.h"
#include "widgets/common/statepage.h"
#include "widgets/difference/differencemodel.h"
#include "widgets/difference/templateview.h"
#include "widgets/difference/weightsview.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QStackedLayout>
#include <QTabWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {
namespace {

constexpr int kWidestColumn = 420, kLeastColumn = 150, kAgreementWidth = 220;

bool same(const std::vector<DifferenceSubject> &a, const std::vector<DifferenceSubject> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const DifferenceSubject &one, const DifferenceSubject &other) {
        return one.inspection == other.inspection && one.name == other.name;
    });
}

} // namespace

DifferencePage::DifferencePage(Workspace *workspace, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_stack(new QStackedLayout(this)), m_state(new StatePage(this))
{
    setAccessibleName(tr("Difference"));
    m_stack->addWidget(m_state);
    m_stack->addWidget(buildContent());
    connect(m_state, &StatePage::buttonClicked, this, &DifferencePage::openRequested);
    for (const auto signal : {&Workspace::opened, &Workspace::changed, &Workspace::closed})
        connect(m_workspace, signal, this, &DifferencePage::refresh);
    refresh();
}

DifferencePage::~DifferencePage() = default;

QWidget *DifferencePage::buildContent()
{
    auto *content = new QWidget(this);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(12, 10, 12, 8);
    m_headline = new QLabel(content);
    m_headline->setObjectName(QStringLiteral("differenceHeadline"));
    m_headline->setAccessibleName(tr("Headline"));
    m_headline->setWordWrap(true);
    m_headline->setTextFormat(Qt::PlainText);
    m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.15);
    m_headline->setFont(large);
    m_tabs = new QTabWidget(content);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Views of the difference"));
    m_templates = new TemplateView(m_tabs);
    m_weights = new WeightsView(m_tabs);
    m_tabs->addTab(buildTable(), tr("Everything"));
    m_tabs->addTab(m_templates, tr("Chat template"));
    m_tabs->addTab(m_weights, tr("Weights"));
    layout->addWidget(m_headline);
    layout->addWidget(m_tabs, 1);
    return content;
}

QWidget *DifferencePage::buildTable()
{
    auto *page = new QWidget(m_tabs);
    m_model = new DifferenceModel(this);
    m_filter = new GroupFilter(this);
    m_filter->setDifferencesOnly(true);
    m_filter->setSourceModel(m_model);
    m_search = new FilterBar(tr("Search names and values"), page);
    m_differencesOnly = new QCheckBox(tr("Differences only"), page);
    m_differencesOnly->setChecked(true);
    m_view = makeTreeView(tr("Differences"), true, page);
    m_view->setModel(m_filter);
    m_view->header()->setStretchLastSection(true);
    m_view->setSortingEnabled(true);
    m_view->header()->setSortIndicatorClearable(true);
    m_view->sortByColumn(-1, Qt::AscendingOrder);
    auto *tools = new QHBoxLayout;
    tools->addWidget(m_search, 1);
    tools->addWidget(m_differencesOnly);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addLayout(tools);
    layout->addWidget(m_view, 1);
    connect(m_search, &FilterBar::filterChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        filterChanged();
    });
    connect(m_search, &FilterBar::leftDown, m_view, qOverload<>(&QWidget::setFocus));
    connect(m_differencesOnly, &QCheckBox::toggled, this, [this](bool only) {
        m_filter->setDifferencesOnly(only);
        filterChanged();
    });
    return page;
}

void DifferencePage::filterChanged()
{
    for (int group = 0; group < m_filter->rowCount(); ++group)
        m_view->setFirstColumnSpanned(group, {}, true);
    m_view->expandAll();
    m_search->setCount(m_filter->shownRows(), m_model->rowTotal());
}

void DifferencePage::setSubjects(std::vector<int> ids)
{
    m_ids = std::move(ids);
    refresh();
}

void DifferencePage::focusFilter()
{
    m_tabs->setCurrentIndex(0);
    m_search->focusField();
}

const Difference &DifferencePage::difference() const
{
    return m_model->difference();
}

void DifferencePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        refresh();
}

/// The chosen subjects that are open and read; all of them when fewer than two are chosen.
std::vector<DifferenceSubject> DifferencePage::chosen() const
{
    std::vector<DifferenceSubject> out;
    const auto add = [&](const Subject *subject) {
        if (subject && subject->inspection)
            out.push_back({subject->name.toStdString(), subject->inspection});
    };
    if (m_ids.size() >= 2) {
        for (const int id : m_ids)
            add(m_workspace->find(id));
    }
    if (out.size() >= 2)
        return out;
    out.clear();
    for (const auto &subject : m_workspace->subjects())
        add(subject.get());
    return out;
}

void DifferencePage::refresh()
{
    m_stale = true;
    if (!isVisible())
        return;
    m_stale = false;
    std::vector<DifferenceSubject> subjects = chosen();
    if (subjects.size() < 2) {
        m_shown.clear();
        if (m_workspace->loading())
            m_state->showLoading(tr("Reading models"));
        else
            m_state->showEmpty(tr("Two or more models are needed: open them, then choose them in the list on the left."),
                               tr("Open a model..."));
        m_stack->setCurrentIndex(0);
        return;
    }
    if (same(subjects, m_shown))
        return;
    if (m_shown.empty())
        m_state->showLoading(tr("Comparing %1 models").arg(subjects.size()));
    m_shown = subjects;
    const Translate translate = qtTranslate();
    inBackground(
        this, [subjects, translate] { return assay::difference(subjects, translate); },
        [this, subjects](Difference result) {
            if (same(subjects, m_shown)) // else something else was chosen in the meantime
                apply(std::move(result));
        });
}

void DifferencePage::apply(Difference difference)
{
    m_headline->setText(toQString(difference.headline));
    m_templates->setDifference(difference);
    m_weights->setSubjects(m_shown);
    m_model->setDifference(std::move(difference));
    filterChanged();
    m_stack->setCurrentIndex(1);
    // All columns at once, as long as each has room for a few words.
    const int columns = int(m_shown.size()) + 1;
    fitColumns(m_view, std::clamp((m_tabs->width() - kAgreementWidth) / columns, kLeastColumn, kWidestColumn));
    emit updated();
}

} // namespace assay
