// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/watch/watchview.h"

#include "core/compare/identity/watchcharts.h"
#include "core/compare/identity/watchtables.h"
#include "core/service/translation.h"
#include "widgets/common/columns.h"
#include "widgets/common/filterbar.h"
#include "widgets/common/itemviews.h"
#include "widgets/common/theme.h"
#include "widgets/compare/chartgrid.h"
#include "widgets/verify/textmodel.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {
namespace {

constexpr int kWidestColumn = 420, kMostRows = 12;
constexpr size_t kMostEntries = 2000; ///< of the audit log; the command line shows all

/// As high as its rows, up to what still leaves room on a page: beyond that the table scrolls.
void fitHeight(QTreeView *view)
{
    const int rows = view->model()->rowCount(), row = std::max(view->sizeHintForRow(0), view->fontMetrics().height() + 6);
    view->setFixedHeight(view->header()->sizeHint().height() + (std::clamp(rows, 1, kMostRows) + 1) * row + 2 * view->frameWidth());
}

} // namespace

WatchView::WatchView(QWidget *parent) : QWidget(parent)
{
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("Watch"));
    auto *content = new QWidget(scroll);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(12, 4, 12, 12);
    m_sentence = addLine(column, "sentence");
    QFont bold = m_sentence->font();
    bold.setBold(true);
    m_sentence->setFont(bold);
    m_problem = addLine(column, "problem");
    m_alarms = addTable(column, tr("Alarms"));
    m_checks = addTable(column, tr("Checks"));
    m_chartsHeading = addHeading(column, tr("Timeline"));
    m_charts = new ChartGrid(content);
    column->addWidget(m_charts);
    m_limits = addTable(column, tr("Agreed limits by version"));
    m_switches = addTable(column, tr("Switches of versions"));
    addAudit(column);
    column->addStretch(1);
    scroll->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    connect(m_charts, &ChartGrid::saveFailed, this, &WatchView::pictureFailed);
}

QLabel *WatchView::addLine(QVBoxLayout *column, const char *name)
{
    auto *label = new QLabel(column->parentWidget());
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::NoFocus);
    column->addWidget(label);
    return label;
}

QLabel *WatchView::addHeading(QVBoxLayout *column, const QString &text)
{
    auto *heading = new QLabel(text, column->parentWidget());
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    heading->setContentsMargins(0, 8, 0, 0);
    column->addWidget(heading);
    return heading;
}

/// The heading is the table's buddy: it is shown with it.
QTreeView *WatchView::addTable(QVBoxLayout *column, const QString &title)
{
    QLabel *heading = addHeading(column, title);
    QTreeView *view = makeTreeView(title, false, column->parentWidget());
    view->setModel(new TextModel(view));
    heading->setBuddy(view);
    column->addWidget(view);
    return view;
}

void WatchView::addAudit(QVBoxLayout *column)
{
    addHeading(column, tr("Audit log"));
    m_auditState = addLine(column, "auditState");
    m_auditPart = new QWidget(column->parentWidget());
    auto *layout = new QVBoxLayout(m_auditPart);
    layout->setContentsMargins(0, 0, 0, 0);
    m_filter = new FilterBar(tr("Search in the audit log"), m_auditPart);
    m_audit = makeTreeView(tr("Audit log"), false, m_auditPart);
    m_found = new QSortFilterProxyModel(m_audit);
    m_found->setSourceModel(new TextModel(m_audit));
    m_found->setFilterKeyColumn(-1);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_audit->setModel(m_found);
    layout->addWidget(m_filter);
    layout->addWidget(m_audit);
    column->addWidget(m_auditPart);
    connect(m_filter, &FilterBar::filterChanged, this, [this](const QString &text) {
        m_found->setFilterFixedString(text);
        m_filter->setCount(m_found->rowCount(), m_found->sourceModel()->rowCount());
    });
    connect(m_filter, &FilterBar::leftDown, m_audit, [this] { m_audit->setFocus(); });
}

void WatchView::showTable(QTreeView *view, IdentityTable table)
{
    const bool any = !table.rows.empty();
    static_cast<TextModel *>(view->model())->setTable(std::move(table));
    view->setVisible(any);
    for (QLabel *heading : findChildren<QLabel *>()) {
        if (heading->buddy() == view)
            heading->setVisible(any);
    }
    fitColumns(view, kWidestColumn);
    fitHeight(view);
}

void WatchView::setReading(std::shared_ptr<const WatchReading> reading)
{
    m_reading = std::move(reading);
    const Translate translate = qtTranslate();
    const WatchReading &now = *m_reading;
    m_sentence->setText(toQString(watchSentence(now, translate)));
    QStringList problems;
    if (now.damage)
        problems << errorText(*now.damage);
    if (now.history.unreadable > 0)
        problems << tr("%n line(s) of the history cannot be read and count for nothing.", nullptr, int(now.history.unreadable));
    m_problem->setText(problems.join(u'\n'));
    m_problem->setVisible(!problems.isEmpty());
    showTable(m_alarms, alarmsTable(now, translate));
    showTable(m_checks, checksTable(now, translate));
    showTable(m_limits, limitsTable(now, translate));
    showTable(m_switches, switchesTable(now, translate));
    std::vector<ChartSpec> charts = watchCharts(now, translate);
    std::erase_if(charts, [](const ChartSpec &chart) { return !chart.missing.empty(); }); // the table above says that they learn
    m_charts->setCharts(charts);
    m_charts->setVisible(!charts.empty());
    m_chartsHeading->setVisible(!charts.empty());
    IdentityTable entries = auditTable(now, kMostEntries, translate);
    QString state = QStringLiteral("%1 %2").arg(now.auditError ? QStringLiteral("\u2717") : now.audit ? QStringLiteral("\u2713") : QStringLiteral("\u2013"), toQString(auditStateText(now, translate)));
    if (now.audit && now.audit->entries.size() > entries.rows.size())
        state += u' ' + tr("Its last %1 entries stand here.").arg(entries.rows.size());
    m_auditState->setText(state);
    m_auditPart->setVisible(!entries.rows.empty());
    static_cast<TextModel *>(m_found->sourceModel())->setTable(std::move(entries));
    m_filter->setCount(m_found->rowCount(), m_found->sourceModel()->rowCount());
    fitColumns(m_audit, kWidestColumn);
    fitHeight(m_audit);
    colour();
}

void WatchView::colour()
{
    if (!m_reading)
        return;
    const auto ink = [this](QLabel *label, bool bad) {
        QPalette inked = palette();
        if (bad)
            inked.setColor(QPalette::WindowText, severityColor(Severity::Problem, inked));
        label->setPalette(inked);
    };
    ink(m_problem, true);
    ink(m_auditState, m_reading->auditError.has_value());
}

void WatchView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
}

void WatchView::focusFilter()
{
    m_filter->focusField();
}

QString WatchView::sentence() const
{
    return m_sentence->text();
}

QString WatchView::auditState() const
{
    return m_auditState->text();
}

} // namespace assay
