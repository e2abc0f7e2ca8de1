// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/runs/rundetails.h"

#include <QWidget>

class QTreeView;

namespace assay {

class FilterBar;
class RequestModel;
class RequestTimeline;

/// Every request of a run, and the time line of the chosen one.
class RequestsTab : public QWidget
{
    Q_OBJECT
public:
    explicit RequestsTab(QWidget *parent = nullptr);
    void setDetails(std::shared_ptr<const RunDetails> details);

private:
    void showChosen();
    void showCount();
    std::shared_ptr<const RunDetails> m_details;
    RequestModel *m_model;
    FilterBar *m_filter;
    QTreeView *m_view;
    RequestTimeline *m_timeline;
    std::string m_run;
};

} // namespace assay
