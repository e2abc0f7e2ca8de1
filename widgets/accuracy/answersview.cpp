// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accuracy/answersview.h"

#include "core/service/background.h"
#include "core/service/translation.h"
#include "widgets/accuracy/answerfilters.h"
#include "widgets/accuracy/answermodel.h"
#include "widgets/accuracy/answerpane.h"
#include "widgets/accuracy/longtext.h"
#include "widgets/accuracy/questionpane.h"
#include "widgets/accuracy/questions.h"
#include "widgets/common/itemviews.h"

#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

namespace assay {
namespace {

constexpr int kWidestColumn = 260, kLookedAt = 60; ///< rows that tell how wide a column is
constexpr size_t kLongestExpected = 2000;           ///< bytes

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
    m_question = new QuestionPane(m_side);
    m_side->addWidget(m_question);
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
    connect(m_filters, &AnswerFilters::changed, this, [this] { m_model->setFilter(m_filters->filter()); });
    connect(m_model, &AnswerModel::arranged, this, &AnswersView::chooseAgain);
    connect(m_filters, &AnswerFilters::leftDown, m_view, [this] { m_view->setFocus(); });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &AnswersView::showChosen);
}

void AnswersView::setTable(std::shared_ptr<const AnswerTable> table, const std::vector<ComparedColumn> &subjects, size_t reference)
{
    if (table == m_model->table() && same(subjects, m_subjects) && reference == m_reference)
        return;
    const bool others = !same(subjects, m_subjects) || reference != m_reference;
    if (others) {
        m_subjects = subjects;
        m_reference = reference;
        makePanes();
        m_filters->setSubjects(subjects, reference);
    }
    m_view->setColumnHidden(AnswerModel::Task, !table || table->tasks().empty());
    m_filters->setTasks(table ? table->tasks() : std::vector<std::string>{});
    m_model->setFilter(m_filters->filter());
    m_fitColumns = m_fitColumns || others;
    m_model->setTable(std::move(table), subjects);
}

/// The item that was looked at stays, where it is still listed.
void AnswersView::chooseAgain()
{
    m_filters->setCount(m_model->rowCount(), m_model->total());
    int row = m_model->rowCount() > 0 ? 0 : -1;
    for (int i = 0; !m_chosen.empty() && i < m_model->rowCount(); ++i) {
        const uint32_t at = m_model->tableRow(i);
        if (m_model->table()->sample(at) == m_chosenSample && m_model->table()->id(at) == m_chosen) {
            row = i;
            break;
        }
    }
    if (row >= 0)
        m_view->setCurrentIndex(m_model->index(row, 0));
    if (row >= 0 && std::exchange(m_fitColumns, false))
        fitColumns(m_view, kWidestColumn);
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

void AnswersView::showCell(size_t reference, Outcome first, size_t subject, Outcome second)
{
    std::vector<uint8_t> classes(m_subjects.size(), AnswerFilter::kAny);
    if (reference < classes.size() && subject < classes.size()) {
        classes[reference] = uint8_t(1u << unsigned(first));
        classes[subject] = uint8_t(1u << unsigned(second));
    }
    m_filters->setClasses(std::move(classes));
}

void AnswersView::setQuestions(const std::string &suite, RunLibrary::SuiteReader reader)
{
    if (suite == m_suite)
        return;
    m_suite = suite;
    m_reader = std::move(reader);
    m_questions = nullptr;
    m_whyNone.clear();
    readQuestions();
}

void AnswersView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    readQuestions();
    showChosen();
}

/// Only when somebody looks: a suite may have two hundred thousand questions.
void AnswersView::readQuestions()
{
    if (!m_reader || !isVisible())
        return;
    const auto read = [reader = std::exchange(m_reader, nullptr)]() -> Result<std::shared_ptr<const Questions>> {
        return reader().map([](const auto &suite) { return std::make_shared<const Questions>(suite); });
    };
    inBackground(this, read, [this, suite = m_suite](Result<std::shared_ptr<const Questions>> questions) {
        if (suite != m_suite)
            return; // another one is shown by now
        m_questions = questions.value_or(nullptr);
        m_whyNone = questions ? QString() : questions.error().code == ErrorCode::SuiteMissing ? tr("The questions were not kept with these runs.") : errorText(questions.error());
        showChosen();
    });
}

void AnswersView::showChosen()
{
    const QModelIndex current = m_view->currentIndex();
    m_below->setVisible(current.isValid());
    if (!current.isValid())
        return;
    m_chosen = m_model->table()->id(m_model->tableRow(current.row()));
    m_chosenSample = m_model->table()->sample(m_model->tableRow(current.row()));
    if (!isVisible())
        return;
    m_readAgain = m_reading;
    if (m_reading)
        return;
    m_reading = true;
    const auto read = [table = m_model->table(), row = m_model->tableRow(current.row())] {
        Answers answers;
        for (size_t run = 0; run < table->runs(); ++run)
            answers.push_back(table->answer(run, row));
        return answers;
    };
    const auto show = [this, table = m_model->table(), row = m_model->tableRow(current.row())](Answers answers) {
        m_reading = false;
        if (answers.size() == m_panes.size())
            showAnswers(table->id(row), std::move(answers));
        if (m_readAgain)
            showChosen();
        else
            emit shown();
    };
    inBackground(this, read, show);
}

void AnswersView::showAnswers(std::string_view id, Answers answers)
{
    QString expected;
    for (size_t i = 0; i < m_panes.size(); ++i) {
        if (answers[i] && expected.isEmpty())
            expected = harmless(std::string_view(answers[i]->expected).substr(0, kLongestExpected)).simplified();
        m_panes[i]->setAnswer(std::move(answers[i]));
    }
    m_item->setText(expected.isEmpty() ? harmless(id) : tr("%1; expected: %2").arg(harmless(id), expected));
    showQuestion(id);
}

void AnswersView::showQuestion(std::string_view id)
{
    const SuiteItem *item = m_questions ? m_questions->find(id) : nullptr;
    if (item)
        m_question->setItem(*item);
    else
        m_question->setMissing(m_questions ? tr("The suite that was kept has no such item.") : m_whyNone.isEmpty() ? tr("Reading...") : m_whyNone);
}

} // namespace assay
