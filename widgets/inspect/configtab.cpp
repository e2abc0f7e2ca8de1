// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/configtab.h"

#include "core/service/background.h"
#include "widgets/common/filterbar.h"
#include "widgets/common/itemviews.h"
#include "widgets/inspect/configmarks.h"
#include "widgets/inspect/jsonmodel.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {
namespace {
constexpr int kUnfolded = 16; ///< items that are shown at once; a vocabulary stays folded
constexpr int kRemarkWidth = 150;
} // namespace

ConfigTab::ConfigTab(QWidget *parent)
    : InspectTab(parent), m_source(new QComboBox(this)), m_filter(new FilterBar(tr("Search fields and values"), this)),
      m_model(new JsonModel(this)), m_proxy(new QSortFilterProxyModel(this)),
      m_view(makeTreeView(tr("Configuration"), true, this)), m_raw(new QPlainTextEdit(this)),
      m_note(new QLabel(this)), m_meaning(new QLabel(this))
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
    m_raw->setAccessibleName(tr("The text as it stands in the file"));
    m_source->setAccessibleName(tr("Which of the files is shown"));
    m_raw->setTabChangesFocus(true);
    m_note->setVisible(false);
    m_meaning->setWordWrap(true);
    m_meaning->setTextFormat(Qt::PlainText);
    m_meaning->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_meaning->setMinimumHeight(m_meaning->fontMetrics().height());
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_view);
    splitter->addWidget(m_raw);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    auto *bar = new QHBoxLayout;
    bar->addWidget(m_source);
    bar->addWidget(m_filter, 1);
    layout->addLayout(bar);
    layout->addWidget(m_note);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_meaning);
    connect(m_source, &QComboBox::activated, this, &ConfigTab::readSource);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &ConfigTab::showMeaning);
    connect(m_filter, &FilterBar::filterChanged, this, &ConfigTab::filter);
    connect(m_filter, &FilterBar::leftDown, m_view, qOverload<>(&QWidget::setFocus));
}

void ConfigTab::focusFilter()
{
    m_filter->focusField();
}

void ConfigTab::offerSources(const Inspection &inspection)
{
    m_source->clear();
    if (inspection.directory.configText)
        m_source->addItem(QStringLiteral("config.json"), Config);
    if (inspection.directory.generationConfigText)
        m_source->addItem(QStringLiteral("generation_config.json"), Generation);
    if (!inspection.directory.checkpoint.metadata.empty())
        m_source->addItem(tr("Metadata of the weights"), Metadata);
    m_source->setVisible(m_source->count() > 0);
    m_source->setEnabled(m_source->count() > 1);
}

void ConfigTab::read(const std::shared_ptr<const Inspection> &inspection)
{
    offerSources(*inspection);
    readSource();
}

void ConfigTab::readSource()
{
    const int generation = ++m_generation;
    const std::shared_ptr<const Inspection> shown = inspection();
    if (m_source->count() == 0) {
        showTree({}, {});
        m_note->setText(tr("There is no config.json, and the weights carry no metadata."));
        m_note->setVisible(true);
        return;
    }
    const auto work = [shown, source = m_source->currentData().toInt()] {
        switch (source) {
        case Config:
            return parseJsonTree(*shown->directory.configText);
        case Generation:
            return parseJsonTree(*shown->directory.generationConfigText);
        default:
            return metadataTree(shown->directory.checkpoint.metadata);
        }
    };
    inBackground(this, work, [this, generation, shown](JsonTree tree) {
        if (generation == m_generation)
            showTree(std::move(tree), shown->facts.findings);
    });
}

void ConfigTab::showTree(JsonTree tree, const std::vector<Finding> &findings)
{
    if (tree.nodes.empty())
        tree.nodes.emplace_back();
    m_raw->setPlainText(tree.raw);
    const bool unreadable = tree.nodes.size() == 1 && !tree.raw.trimmed().isEmpty() && !tree.cut;
    m_note->setText(unreadable ? tr("The file cannot be read as JSON; its text is on the right.")
                               : tr("The file is very large; only its first part is shown."));
    m_note->setVisible(tree.cut || unreadable);
    m_model->setTree(std::move(tree), contradictedFields(findings));
    m_view->setColumnHidden(JsonModel::Remark, !m_model->hasRemarks());
    for (int row = 0; row < m_proxy->rowCount(); ++row) {
        const QModelIndex field = m_proxy->index(row, 0);
        m_view->setExpanded(field, m_proxy->rowCount(field) <= kUnfolded);
    }
    fitColumns(m_view, 220);
    m_view->setColumnWidth(JsonModel::Remark, std::min(m_view->columnWidth(JsonModel::Remark), kRemarkWidth));
    filter(m_filter->text());
}

void ConfigTab::showMeaning(const QModelIndex &field)
{
    QStringList lines;
    for (const int column : {JsonModel::Meaning, JsonModel::Remark}) {
        if (const QString line = field.siblingAtColumn(column).data().toString(); !line.isEmpty())
            lines << line;
    }
    const QString key = field.siblingAtColumn(JsonModel::Key).data().toString();
    m_meaning->setText(lines.isEmpty() ? QString() : QStringLiteral("%1: %2").arg(key, lines.join(u'\n')));
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
