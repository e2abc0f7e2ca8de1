// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/accuracy/answertable.h"
#include "core/service/runlibrary.h"
#include "widgets/compare/comparisonview.h"

#include <QWidget>

class QLabel;
class QSplitter;
class QTreeView;

namespace assay {

class AnswerFilters;
class AnswerModel;
class AnswerPane;
class QuestionPane;
class Questions;

/// The list of items with what became of them, and below it the question that is chosen and the answers to it side by side. Answers and
/// questions are read on another thread.
class AnswersView : public QWidget
{
    Q_OBJECT
public:
    explicit AnswersView(QWidget *parent = nullptr);
    /// The chosen item stays chosen where it is still listed.
    void setTable(std::shared_ptr<const AnswerTable> table, const std::vector<ComparedColumn> &subjects, size_t reference);
    /// Where the questions are read from, once one is looked at; `suite` tells one suite from another.
    void setQuestions(const std::string &suite, RunLibrary::SuiteReader reader);
    /// Lists what became this of the reference's answers and that of another's: a cell of a flip matrix.
    void showCell(size_t reference, Outcome first, size_t subject, Outcome second);
    AnswerModel *model() const { return m_model; }
    AnswerFilters *filters() const { return m_filters; }
    QTreeView *list() const { return m_view; }
    const std::vector<AnswerPane *> &panes() const { return m_panes; }
    QuestionPane *question() const { return m_question; }

signals:
    void shown(); ///< the chosen item's answers are there

protected:
    void showEvent(QShowEvent *event) override;

private:
    using Answers = std::vector<std::optional<ItemResult>>;
    void chooseAgain();
    void showChosen();
    void showAnswers(std::string_view id, Answers answers);
    void showQuestion(std::string_view id);
    void readQuestions();
    void makePanes();

    std::vector<ComparedColumn> m_subjects;
    size_t m_reference = 0;
    AnswerFilters *m_filters;
    AnswerModel *m_model;
    QTreeView *m_view;
    QWidget *m_below;
    QLabel *m_item;
    QSplitter *m_side;
    QuestionPane *m_question;
    std::vector<AnswerPane *> m_panes; ///< one a subject
    std::string m_chosen; ///< the item that is looked at
    int64_t m_chosenSample = 0;
    bool m_fitColumns = false; ///< once there are rows
    bool m_reading = false, m_readAgain = false; ///< answers; another item was chosen meanwhile

    std::string m_suite;
    RunLibrary::SuiteReader m_reader;  ///< null once it was asked
    std::shared_ptr<const Questions> m_questions;
    QString m_whyNone;                 ///< why there are no questions
};

} // namespace assay
