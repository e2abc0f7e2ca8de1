// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/difference/templateview.h"

#include "core/service/translation.h"
#include "widgets/common/itemviews.h"
#include "widgets/common/theme.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {
namespace {

constexpr int kNumberWidth = 60, kSignWidth = 30;

QString signOf(LineChange change)
{
    switch (change) {
    case LineChange::Same: return {};
    case LineChange::Removed: return QStringLiteral("-");
    case LineChange::Added: return QStringLiteral("+");
    }
    return {};
}

QVariant lineColorOf(LineChange change)
{
    if (change == LineChange::Same)
        return {};
    const QPalette palette = QGuiApplication::palette();
    const QColor mark = roleColor(change == LineChange::Removed ? Role::Base : Role::Distilled);
    return mixedColor(palette.color(QPalette::Base), mark, 0.25);
}

} // namespace

void LineModel::setLines(std::vector<DiffLine> lines)
{
    beginResetModel();
    m_lines = std::move(lines);
    endResetModel();
}

int LineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

int LineModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 4;
}

QVariant LineModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const DiffLine &line = m_lines[size_t(index.row())];
    const auto number = [](size_t n) { return n > 0 ? QString::number(n) : QString(); };
    if (role == Qt::BackgroundRole)
        return lineColorOf(line.change);
    if (role == Qt::FontRole && index.column() == 3)
        return QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (role == Qt::TextAlignmentRole && index.column() < 2)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case 0: return number(line.before);
    case 1: return number(line.after);
    case 2: return signOf(line.change);
    default: return toQString(line.text);
    }
}

QVariant LineModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case 0: return tr("Before");
    case 1: return tr("After");
    case 2: return {};
    default: return tr("Line");
    }
}

TemplateView::TemplateView(QWidget *parent)
    : QWidget(parent), m_choice(new QComboBox(this)), m_text(new QLabel(this)), m_lines(new LineModel(this)),
      m_view(makeTreeView(tr("Chat template"), false, this))
{
    m_choice->setAccessibleName(tr("Compared with the first subject"));
    m_text->setWordWrap(true);
    m_view->setModel(m_lines);
    m_view->setAlternatingRowColors(false);
    m_view->header()->setStretchLastSection(true);
    auto *head = new QHBoxLayout;
    head->addWidget(m_text, 1);
    head->addWidget(m_choice);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addLayout(head);
    layout->addWidget(m_view, 1);
    connect(m_choice, &QComboBox::currentIndexChanged, this, &TemplateView::show);
}

void TemplateView::setDifference(const Difference &difference)
{
    m_templates = difference.templates;
    m_names = difference.names;
    {
        const QSignalBlocker blocker(m_choice);
        m_choice->clear();
        for (const TemplateDifference &one : m_templates)
            m_choice->addItem(toQString(m_names[one.subject]));
    }
    m_choice->setVisible(m_templates.size() > 1);
    show(0);
}

void TemplateView::show(int which)
{
    if (which < 0 || size_t(which) >= m_templates.size()) {
        m_text->setText(tr("None of the subjects has a chat template."));
        m_lines->setLines({});
        return;
    }
    const TemplateDifference &one = m_templates[size_t(which)];
    const QString none = tr("no template");
    m_text->setText(tr("%1 (%2) before, %3 (%4) after: %5")
                        .arg(toQString(m_names.front()), one.before.empty() ? none : toQString(one.before),
                             toQString(m_names[one.subject]), one.after.empty() ? none : toQString(one.after),
                             one.same() ? tr("the same") : tr("they differ")));
    m_lines->setLines(one.lines);
    m_view->setColumnWidth(0, kNumberWidth);
    m_view->setColumnWidth(1, kNumberWidth);
    m_view->setColumnWidth(2, kSignWidth);
}

} // namespace assay
