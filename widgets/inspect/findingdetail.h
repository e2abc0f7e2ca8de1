// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inspect/findingmodel.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace assay {

/// One finding in full, below the table: sentence, why it matters, evidence, where; and who acknowledges it.
class FindingDetail : public QWidget
{
    Q_OBJECT
public:
    explicit FindingDetail(QWidget *parent = nullptr);
    void showRow(const FindingModel::Row *row, bool canAcknowledge); ///< null: nothing is chosen

signals:
    void acknowledged(const QString &by, const QString &note);
    void withdrawn();

private:
    void updateButton();
    QLabel *m_sentence, *m_rest, *m_state;
    QLineEdit *m_by, *m_note;
    QPushButton *m_button;
    bool m_known = false;
};

} // namespace assay
