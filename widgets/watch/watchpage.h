// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/watch/watchreading.h"

#include <QWidget>

class QAction;
class QLabel;
class QPushButton;
class QStackedLayout;
class QToolButton;
class QTreeView;

namespace assay {

class StatePage;
class WatchDesk;
class WatchModel;
class WatchView;
struct OpenWatch;

/// Endpoints over time: the watches that are open, whether each runs, and everything that the chosen one has found.
class WatchPage : public QWidget
{
    Q_OBJECT
public:
    explicit WatchPage(WatchDesk *desk, QWidget *parent = nullptr);
    void choose(const std::string &path);
    void focusFilter();
    /// The endpoint that a new watch is of, as far as the window knows one.
    void suggest(const QString &url, const QString &model);
    std::shared_ptr<const WatchReading> reading() const; ///< of the chosen one; null where there is none

    WatchView *view() const { return m_view; }
    QTreeView *list() const { return m_list; }
    QString state() const; ///< what is said where nothing is shown, or above what is

public slots:
    void newWatch();
    void openWatch();

signals:
    void looked(); ///< somebody sees the page
    void reportRequested();
    void pictureFailed(const QString &message);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildBar();
    QAction *addAction(const QString &text, const QString &tip, void (WatchPage::*act)());
    const OpenWatch *current() const;
    void refresh();
    void showList();
    void showChosen();
    void showButtons();
    void runOrPause();
    void readAgain();
    void recordSwitch();
    void newBaseline();
    void askReport();
    void closeWatch();

    WatchDesk *m_desk;
    WatchModel *m_model;
    QTreeView *m_list;
    QStackedLayout *m_stack = nullptr;
    StatePage *m_state;
    WatchView *m_view;
    QLabel *m_line;
    QPushButton *m_run = nullptr;
    QToolButton *m_more = nullptr;
    QAction *m_switch = nullptr, *m_baseline = nullptr, *m_report = nullptr;
    std::string m_chosen, m_wanted; ///< m_wanted: to be chosen as soon as it is there
    std::shared_ptr<const WatchReading> m_shown;
    QString m_url, m_suggestedModel;
};

} // namespace assay
