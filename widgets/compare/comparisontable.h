// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/compare/comparisonview.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QTreeView;

namespace assay {

class ComparisonFilter;
class ComparisonModel;
class FilterBar;

/// The table of everything with its search, "differences only" and the choice of the reference. As high as its
/// rows need: the page scrolls, not the table.
class ComparisonTable : public QWidget
{
    Q_OBJECT
public:
    explicit ComparisonTable(QWidget *parent = nullptr);
    void setView(const ComparisonView &view);
    QTreeView *view() const { return m_view; }

signals:
    void referenceChosen(int subject);
    void dtypesApartChosen(bool apart);
    void currentMoved(const QRect &cell); ///< in the coordinates of this widget

private:
    void fitHeight();
    void showCount();
    void fillReferences(const ComparisonView &view);

    ComparisonModel *m_model;
    ComparisonFilter *m_filter;
    FilterBar *m_search;
    QCheckBox *m_differences, *m_dtypesApart;
    QComboBox *m_reference;
    QTreeView *m_view;
};

/// Makes a tree as high as its unfolded rows, so that the page around it scrolls.
void fitTreeHeight(QTreeView *view);

} // namespace assay
