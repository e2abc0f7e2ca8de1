// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/difference.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QStackedLayout;
class QTabWidget;
class QTreeView;

namespace assay {

class GroupFilter;
class DifferenceModel;
class FilterBar;
class StatePage;
class TemplateView;
class WeightsView;
class Workspace;

/// What differs between the chosen subjects, or all open ones when none are chosen: what an expert would say first,
/// then facts, layers, parts, dtypes, config and tokenizer, the chat templates line by line, and the weights' values
/// on request. Computed on another thread.
class DifferencePage : public QWidget
{
    Q_OBJECT
public:
    explicit DifferencePage(Workspace *workspace, QWidget *parent = nullptr);
    ~DifferencePage() override;
    /// Ids of subjects in the order of the columns; fewer than two: all that are open.
    void setSubjects(std::vector<int> ids);
    void focusFilter();
    const Difference &difference() const; ///< what is shown now

signals:
    void openRequested();
    void updated(); ///< another difference is shown

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildContent();
    QWidget *buildTable();
    std::vector<DifferenceSubject> chosen() const;
    void refresh();
    void apply(Difference difference);
    void filterChanged();

    Workspace *m_workspace;
    std::vector<int> m_ids;
    std::vector<DifferenceSubject> m_shown; ///< what was computed last, or is being computed
    bool m_stale = true;
    QStackedLayout *m_stack;
    StatePage *m_state;
    QLabel *m_headline = nullptr;
    QTabWidget *m_tabs = nullptr;
    FilterBar *m_search = nullptr;
    QCheckBox *m_differencesOnly = nullptr;
    DifferenceModel *m_model = nullptr;
    GroupFilter *m_filter = nullptr;
    QTreeView *m_view = nullptr;
    TemplateView *m_templates = nullptr;
    WeightsView *m_weights = nullptr;
};

} // namespace assay
