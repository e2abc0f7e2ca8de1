// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/configtab.h"

#include "widgets/common/background.h"
#include "widgets/common/filterbar.h"
#include "widgets/common/itemviews.h"
#include "widgets/inspect/configmarks.h"
#include "widgets/inspect/jsonmodel.h"

#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

namespace assay {

ConfigTab::ConfigTab(QWidget *parent)
    : InspectTab(parent), m_filter(new FilterBar(tr("Search fields and values"), this)),
      m_model(new JsonModel(this)), m_proxy(new QSortFilterProxyModel(this)),
      m_view(makeTreeView(tr("Configuration"), true, this)), m_raw(new QPlainTextEdit(this)),
      m_note(new QLabel(this))
{
    m_proxy->setSourceModel(m_model);
    m_proxy->setRecursiveFilteringEnabled(true);
    m_proxy->setAutoAcceptChildRows(true);
    m_proxy->setFilterKeyColumn(-1);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_view->setModel(m_proxy);
    m_raw->setReadOnly(true);
    m_raw->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_raw->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_raw->setAccessibleName(tr("Text of config.json"));
    m_raw->setTabChangesFocus(true);
    m_note->setVisible(false);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_view);
    splitter->addWidget(m_raw);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(m_filter);
    layout->addWidget(m_note);
    layout->addWidget(splitter, 1);
    connect(m_filter, &FilterBar::filterChanged, this, &ConfigTab::filter);
    connect(m_filter, &FilterBar::leftDown, m_view, qOverload<>(&QWidget::setFocus));
}

void ConfigTab::focusFilter()
{
    m_filter->focusField();
}

void ConfigTab::read(const std::shared_ptr<const Inspection> &inspection)
{
    const int generation = ++m_generation;
    if (!inspection->directory.configText) {
        showTree({}, {});
        m_note->setText(tr("The folder has no config.json."));
        m_note->setVisible(true);
        return;
    }
    inBackground(
        this, [inspection] { return parseJsonTree(*inspection->directory.configText); },
        [this, generation, inspection](JsonTree tree) {
            if (generation == m_generation)
                showTree(std::move(tree), inspection->facts.findings);
        });
}

void ConfigTab::showTree(JsonTree tree, const std::vector<Finding> &findings)
{
    if (tree.nodes.empty())
        tree.nodes.emplace_back();
    m_raw->setPlainText(tree.raw);
    m_note->setText(tr("The file is very large; only its first part is shown."));
    m_note->setVisible(tree.cut);
    m_model->setTree(std::move(tree), contradictedFields(findings));
    m_view->expandToDepth(0);
    fitColumns(m_view, 320);
    filter(m_filter->text());
}

void ConfigTab::filter(const QString &text)
{
    m_proxy->setFilterFixedString(text);
    if (!text.isEmpty())
        m_view->expandAll();
    int shown = 0;
    for (QModelIndex row = m_proxy->index(0, 0); row.isValid(); row = m_view->indexBelow(row))
        ++shown;
    m_filter->setCount(text.isEmpty() ? m_model->nodeCount() : shown, m_model->nodeCount());
}

} // namespace assay
