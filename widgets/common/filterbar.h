// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;

namespace assay {

/// The search field above a list or tree: tells a new text once typing pauses, shows how much of the whole is
/// left.
class FilterBar : public QWidget
{
    Q_OBJECT
public:
    explicit FilterBar(const QString &placeholder, QWidget *parent = nullptr);
    QString text() const;
    void setText(const QString &text); ///< tells it at once
    void setCount(qint64 shown, qint64 total);
    /// What is wrong with the text, shown beside the field; empty when nothing is.
    void setProblem(const QString &sentence);
    /// Puts a control to the right of the count; the bar takes it over.
    void addControl(QWidget *control);
    void focusField();

signals:
    void filterChanged(const QString &text);
    void leftDown(); ///< Return or Down: the list below takes over

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void tell();
    QLineEdit *m_field;
    QLabel *m_problem;
    QLabel *m_count;
    QTimer m_pause;
    QString m_told;
};

} // namespace assay
