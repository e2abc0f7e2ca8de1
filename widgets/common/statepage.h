// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLayout;
class QProgressBar;
class QPushButton;

namespace assay {

/// What a page shows while it has nothing to show: empty (what to do next), loading, or failed (what, why,
/// what to do).
class StatePage : public QWidget
{
    Q_OBJECT
public:
    explicit StatePage(QWidget *parent = nullptr);
    void showEmpty(const QString &sentence, const QString &button = {});
    /// Whoever can stop it gives the button's text.
    void showLoading(const QString &sentence, const QString &button = {});
    /// How far the loading is: changes often, and moves nothing else.
    void setProgress(const QString &line);
    void showFailed(const QString &title, const QString &sentence, const QString &button);
    QString sentence() const;

signals:
    void buttonClicked();

private:
    void fill(const QString &title, const QString &sentence, const QString &button, bool busy);
    QLabel *m_title;
    QLabel *m_sentence;
    QProgressBar *m_busy;
    QLabel *m_progress;
    QPushButton *m_button;
};

/// Puts the column into the middle of the page, at most so many characters wide.
void centerColumn(QWidget *page, QLayout *column, int characters);

} // namespace assay
