// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/suite.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace assay {

/// What was asked, beside what was answered: the prompt, the choices with the right ones marked, what else is right.
class QuestionPane : public QWidget
{
    Q_OBJECT
public:
    explicit QuestionPane(QWidget *parent = nullptr);
    void setItem(const SuiteItem &item);
    void setMissing(const QString &why); ///< there is no question to show
    QString shownText() const;
    QString line() const; ///< what is right

private:
    QLabel *m_line;
    QPlainTextEdit *m_text;
};

} // namespace assay
