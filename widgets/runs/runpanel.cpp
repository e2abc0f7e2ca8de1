// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/runpanel.h"

#include "core/service/background.h"
#include "widgets/common/itemviews.h"
#include "widgets/common/statepage.h"
#include "widgets/runs/requeststab.h"

#include <QStackedLayout>
#include <QTabWidget>
#include <QTreeView>

#include <array>

namespace assay {
namespace {

constexpr int kWidestColumn = 420;

constexpr std::array<ColumnDefinition, 4> kNumbers{{
    {QT_TRANSLATE_NOOP("Column", "Metric"), QT_TRANSLATE_NOOP("Column", "What was measured, at each point of the plan")},
    {QT_TRANSLATE_NOOP("Column", "Value"), QT_TRANSLATE_NOOP("Column", "With its 95 % interval"), true},
    {QT_TRANSLATE_NOOP("Column", "n"), QT_TRANSLATE_NOOP("Column", "Samples behind the value"), true},
    {QT_TRANSLATE_NOOP("Column", "Definition"), QT_TRANSLATE_NOOP("Column", "What exactly the value is")},
}};
constexpr std::array<ColumnDefinition, 2> kProtocol{{
    {QT_TRANSLATE_NOOP("Column", "Setting"), QT_TRANSLATE_NOOP("Column", "How the run was made")},
    {QT_TRANSLATE_NOOP("Column", "Value"), QT_TRANSLATE_NOOP("Column", "As the run keeps it")},
}};

} // namespace

RunPanel::RunPanel(QWidget *parent)
    : QWidget(parent), m_stack(new QStackedLayout(this)), m_state(new StatePage(this)), m_tabs(new QTabWidget(this)),
      m_numbers(new GroupedRows(kNumbers, this)), m_protocol(new GroupedRows(kProtocol, this)), m_requests(new RequestsTab(m_tabs))
{
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Run"));
    m_numbersView = addTree(m_numbers, tr("Numbers"), tr("Numbers of the run"));
    m_tabs->addTab(m_requests, tr("Requests"));
    m_protocolView = addTree(m_protocol, tr("Protocol"), tr("Protocol and environment of the run"));
    m_stack->addWidget(m_state);
    m_stack->addWidget(m_tabs);
    clear();
}

QTreeView *RunPanel::addTree(GroupedRows *rows, const QString &title, const QString &name)
{
    QTreeView *view = makeTreeView(name, true, m_tabs);
    view->setModel(rows);
    m_tabs->addTab(view, title);
    return view;
}

void RunPanel::clear()
{
    m_details.reset();
    m_wanted.reset();
    m_state->showEmpty(tr("Choose a run to see its numbers, its requests and how it was made."));
    m_stack->setCurrentWidget(m_state);
}

void RunPanel::setRun(const RunLine &line)
{
    if (!m_details || m_details->line.header().id != line.header().id) {
        m_details.reset();
        m_state->showLoading(tr("Reading the run..."));
        m_stack->setCurrentWidget(m_state);
    }
    m_wanted = line;
    if (!m_reading)
        read();
}

void RunPanel::read()
{
    m_reading = true;
    const auto done = [this](std::shared_ptr<const RunDetails> details) {
        m_reading = false;
        const bool current = m_wanted && m_wanted->header().id == details->line.header().id && m_wanted->samples() == details->line.samples()
                             && m_wanted->header().state == details->line.header().state;
        if (current) {
            m_wanted.reset();
            showDetails(std::move(details));
        } else if (m_wanted) {
            return read();
        }
        emit settled();
    };
    inBackground(this, [line = *m_wanted] { return detailsOf(line); }, done);
}

void RunPanel::showDetails(std::shared_ptr<const RunDetails> details)
{
    const bool same = m_details && m_details->line.header().id == details->line.header().id;
    m_details = std::move(details);
    m_numbers->setGroups(m_details->numbers);
    m_protocol->setGroups(m_details->protocol);
    m_requests->setDetails(m_details->analysis ? m_details : nullptr);
    m_tabs->setTabVisible(m_tabs->indexOf(m_requests), bool(m_details->analysis));
    for (QTreeView *view : {m_numbersView, m_protocolView}) {
        view->expandAll();
        for (int group = 0; group < view->model()->rowCount(); ++group)
            view->setFirstColumnSpanned(group, {}, true);
        // A run that goes on has more to say than when it was first shown.
        if (same)
            widenColumns(view, kWidestColumn);
        else
            fitColumns(view, kWidestColumn);
    }
    m_stack->setCurrentWidget(m_tabs);
}

} // namespace assay
