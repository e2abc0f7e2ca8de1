// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/watch/watchreading.h"

#include <QWidget>

#include <memory>

class QLabel;
class QSortFilterProxyModel;
class QTreeView;
class QVBoxLayout;

namespace assay {

class ChartGrid;
class FilterBar;
struct IdentityTable;

/// One watch: what was found in a sentence, alarms, checks, timelines with the changes, agreed limits by version, switches of versions,
/// the audit log with what verifying it gave.
class WatchView : public QWidget
{
    Q_OBJECT
public:
    explicit WatchView(QWidget *parent = nullptr);
    void setReading(std::shared_ptr<const WatchReading> reading);
    void focusFilter();

    QString sentence() const;
    QString auditState() const;
    QTreeView *alarms() const { return m_alarms; }
    QTreeView *checks() const { return m_checks; }
    QTreeView *limits() const { return m_limits; }
    QTreeView *switches() const { return m_switches; }
    QTreeView *audit() const { return m_audit; }
    ChartGrid *charts() const { return m_charts; }

signals:
    void pictureFailed(const QString &message);

protected:
    void changeEvent(QEvent *event) override;

private:
    QTreeView *addTable(QVBoxLayout *column, const QString &title);
    QLabel *addHeading(QVBoxLayout *column, const QString &text);
    QLabel *addLine(QVBoxLayout *column, const char *name);
    void addAudit(QVBoxLayout *column);
    void showTable(QTreeView *view, IdentityTable table);
    void colour();

    std::shared_ptr<const WatchReading> m_reading;
    QLabel *m_sentence, *m_problem, *m_chartsHeading, *m_auditState = nullptr;
    QTreeView *m_alarms, *m_checks, *m_limits, *m_switches, *m_audit = nullptr;
    QWidget *m_auditPart = nullptr;
    FilterBar *m_filter = nullptr;
    QSortFilterProxyModel *m_found = nullptr;
    ChartGrid *m_charts;
};

} // namespace assay
