// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/accuracy/answertable.h"
#include "widgets/compare/comparisonview.h"

#include <QWidget>

class QLabel;
class QSplitter;
class QTreeView;

namespace assay {

class AnswerFilters;
class AnswerModel;
class AnswerPane;

/// The list of items with what became of them, and below it the answers to the chosen one side by side.
class AnswersView : public QWidget
{
    Q_OBJECT
public:
    explicit AnswersView(QWidget *parent = nullptr);
    /// The chosen item stays chosen where it is still listed.
    void setTable(std::shared_ptr<const AnswerTable> table, const std::vector<ComparedColumn> &subjects, size_t reference);
    /// Lists what became this of the reference's answers and that of another's: a cell of a flip matrix.
    void showCell(size_t reference, Outcome first, size_t subject, Outcome second);
    AnswerModel *model() const { return m_model; }
    AnswerFilters *filters() const { return m_filters; }
    QTreeView *list() const { return m_view; }
    const std::vector<AnswerPane *> &panes() const { return m_panes; }

private:
    void filterChanged();
    void showChosen();
    void makePanes();

    std::vector<ComparedColumn> m_subjects;
    size_t m_reference = 0;
    AnswerFilters *m_filters;
    AnswerModel *m_model;
    QTreeView *m_view;
    QWidget *m_below;
    QLabel *m_item;
    QSplitter *m_side;
    std::vector<AnswerPane *> m_panes; ///< one a subject
};

} // namespace assay
