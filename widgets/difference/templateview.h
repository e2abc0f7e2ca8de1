// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/difference.h"

#include <QAbstractTableModel>
#include <QWidget>

class QComboBox;
class QLabel;
class QTreeView;

namespace assay {

/// The lines of two texts: number before, number after, sign, text. Signs stand for what colours only underline.
class LineModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    void setLines(std::vector<DiffLine> lines);
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<DiffLine> m_lines;
};

/// The chat templates of the subjects, each against the first one's.
class TemplateView : public QWidget
{
    Q_OBJECT
public:
    explicit TemplateView(QWidget *parent = nullptr);
    void setDifference(const Difference &difference);

private:
    void show(int which);
    std::vector<TemplateDifference> m_templates;
    std::vector<std::string> m_names;
    QComboBox *m_choice;
    QLabel *m_text;
    LineModel *m_lines;
    QTreeView *m_view;
};

} // namespace assay
