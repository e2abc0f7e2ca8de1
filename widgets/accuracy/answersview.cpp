// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accuracy/answersview.h"

#include "core/service/translation.h"
#include "widgets/accuracy/answerfilters.h"
#include "widgets/accuracy/answermodel.h"
#include "widgets/accuracy/answerpane.h"
#include "widgets/common/itemviews.h"

#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

namespace assay {
namespace {

constexpr int kWidestColumn = 260, kLookedAt = 60; ///< rows that tell how wide a column is

bool same(const std::vector<ComparedColumn> &a, const std::vector<ComparedColumn> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const ComparedColumn &one, const ComparedColumn &other) {
        return one.name == other.name && one.path == other.path && one.role == other.role && one.dtype == other.dtype;
    });
}

} // namespace

AnswersView::AnswersView(QWidget *parent)
    : QWidget(parent), m_filters(new AnswerFilters(this)), m_model(new AnswerModel(this)), m_view(nullptr), m_below(nullptr)
{
    auto *splitter = new QSplitter(Qt::Vertical, this);
    m_view = makeTreeView(tr("Answers"), false, splitter);
    m_view->setModel(m_model);
    m_view->setSortingEnabled(true);
    m_view->header()->setSortIndicatorClearable(true);
    m_view->sortByColumn(-1, Qt::AscendingOrder);
    m_view->header()->setResizeContentsPrecision(kLookedAt);
    m_below = new QWidget(splitter);
    m_item = new QLabel(m_below);
    m_item->setTextFormat(Qt::PlainText);
    m_item->setWordWrap(true);
    m_item->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_item->setFocusPolicy(Qt::NoFocus);
    m_side = new QSplitter(Qt::Horizontal, m_below);
    m_side->setChildrenCollapsible(false);
    auto *below = new QVBoxLayout(m_below);
    below->setContentsMargins(0, 4, 0, 0);
    below->addWidget(m_item);
    below->addWidget(m_side, 1);
    splitter->addWidget(m_view);
    splitter->addWidget(m_below);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(m_filters);
    layout->addWidget(splitter, 1);
    connect(m_filters, &AnswerFilters::changed, this, &AnswersView::filterChanged);
    connect(m_filters, &AnswerFilters::leftDown, m_view, [this] { m_view->setFocus(); });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &AnswersView::showChosen);
}

void AnswersView::setTable(std::shared_ptr<const AnswerTable> table, const std::vector<ComparedColumn> &subjects, size_t reference)
{
    if (table == m_model->table() && same(subjects, m_subjects) && reference == m_reference)
        return;
    const QModelIndex current = m_view->currentIndex();
    std::string chosen;
    int64_t sample = 0;
    if (current.isValid()) {
        const uint32_t row = m_model->tableRow(current.row());
        chosen = m_model->table()->id(row);
        sample = m_model->table()->sample(row);
    }
    const bool others = !same(subjects, m_subjects) || reference != m_reference;
    if (others) {
        m_subjects = subjects;
        m_reference = reference;
        makePanes();
        m_filters->setSubjects(subjects, reference);
    }
    m_filters->setTasks(table ? table->tasks() : std::vector<std::string>{});
    m_model->setTable(std::move(table), subjects);
    m_model->setFilter(m_filters->filter());
    if (others)
        fitColumns(m_view, kWidestColumn);
    int row = m_model->rowCount() > 0 ? 0 : -1;
    for (int i = 0; !chosen.empty() && i < m_model->rowCount(); ++i) {
        const uint32_t at = m_model->tableRow(i);
        if (m_model->table()->sample(at) == sample && m_model->table()->id(at) == chosen) {
            row = i;
            break;
        }
    }
    m_filters->setCount(m_model->rowCount(), m_model->total());
    if (row >= 0)
        m_view->setCurrentIndex(m_model->index(row, 0));
    showChosen();
}

void AnswersView::makePanes()
{
    for (AnswerPane *pane : m_panes)
        delete pane;
    m_panes.clear();
    for (const ComparedColumn &subject : m_subjects) {
        auto *pane = new AnswerPane(m_side);
        pane->setSubject(subject);
        m_side->addWidget(pane);
        m_panes.push_back(pane);
    }
}

void AnswersView::filterChanged()
{
    m_model->setFilter(m_filters->filter());
    m_filters->setCount(m_model->rowCount(), m_model->total());
    if (m_model->rowCount() > 0)
        m_view->setCurrentIndex(m_model->index(0, 0));
    showChosen();
}

void AnswersView::showCell(size_t reference, Outcome first, size_t subject, Outcome second)
{
    std::vector<uint8_t> classes(m_subjects.size(), AnswerFilter::kAny);
    if (reference < classes.size() && subject < classes.size()) {
        classes[reference] = uint8_t(1u << unsigned(first));
        classes[subject] = uint8_t(1u << unsigned(second));
    }
    m_filters->setClasses(std::move(classes));
}

void AnswersView::showChosen()
{
    const QModelIndex current = m_view->currentIndex();
    m_below->setVisible(current.isValid());
    if (!current.isValid())
        return;
    const AnswerTable &table = *m_model->table();
    const uint32_t row = m_model->tableRow(current.row());
    QString expected;
    for (size_t i = 0; i < m_panes.size(); ++i) {
        auto answer = table.answer(i, row);
        if (answer && expected.isEmpty())
            expected = toQString(answer->expected.substr(0, 2000));
        m_panes[i]->setAnswer(std::move(answer));
    }
    const QString id = toQString(std::string(table.id(row)));
    m_item->setText(expected.isEmpty() ? id : tr("%1; expected: %2").arg(id, expected.simplified()));
}

} // namespace assay
