// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

#include <vector>

namespace assay {

/// Rows that are ticked or not, as high as its rows up to some; what is too long for a row is cut in its middle and stands in
/// the tooltip.
class CheckList : public QListWidget
{
    Q_OBJECT
public:
    CheckList(const QString &accessibleName, int mostRows, QWidget *parent);
    QListWidgetItem *add(const QString &text, const QString &tip, const QVariant &value, bool ticked);
    std::vector<QVariant> ticked() const; ///< their data

private:
    void fitRows();
    int m_mostRows;
};

} // namespace assay
