// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/runs/rundetails.h"

#include <QWidget>

class QLabel;
class QStackedLayout;
class QTabWidget;
class QTreeView;

namespace assay {

class RequestsTab;
class StatePage;

/// One run: its numbers point by point, its requests, its protocol and environment.
class RunPanel : public QWidget
{
    Q_OBJECT
public:
    explicit RunPanel(QWidget *parent = nullptr);
    /// Reads the run in the background; what is shown of the same run stays until then.
    void setRun(const RunLine &line);
    void clear();
    bool isReading() const { return m_reading; }
    /// Null while nothing is shown.
    const std::shared_ptr<const RunDetails> &details() const { return m_details; }

signals:
    void settled(); ///< nothing is being read any more

private:
    QTreeView *addTree(GroupedRows *rows, const QString &title, const QString &name);
    void showDetails(std::shared_ptr<const RunDetails> details);
    void read();

    QStackedLayout *m_stack;
    StatePage *m_state;
    QTabWidget *m_tabs;
    GroupedRows *m_numbers, *m_protocol;
    QTreeView *m_numbersView, *m_protocolView;
    RequestsTab *m_requests;
    std::shared_ptr<const RunDetails> m_details;
    std::optional<RunLine> m_wanted; ///< that is to be read next
    bool m_reading = false;
};

} // namespace assay
