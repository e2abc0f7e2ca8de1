// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace assay {

/// A line to type into, with what is wrong with it said right below.
class CheckedField : public QWidget
{
    Q_OBJECT
public:
    CheckedField(const QString &accessibleName, const QString &tip, QWidget *parent = nullptr);
    QString text() const; ///< trimmed
    void setText(const QString &text);
    void setPlaceholder(const QString &text);
    /// Empty when nothing is wrong.
    void setProblem(const QString &sentence);
    QLineEdit *edit() const { return m_edit; }
    /// Never: a QFormLayout of Qt 6.4 with hidden rows writes beyond its memory when a row's height depends on its width.
    bool hasHeightForWidth() const override { return false; }

signals:
    void changed();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void colour();
    void fitProblem();
    QLineEdit *m_edit;
    QLabel *m_problem;
};

} // namespace assay
