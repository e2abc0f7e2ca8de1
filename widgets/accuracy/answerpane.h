// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/evaluation.h"
#include "widgets/compare/comparisonview.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace assay {

/// One subject's answer to one item: what became of it and by which rule, the text with what was extracted marked, the thinking
/// folded. Of a long text the part around what was extracted.
class AnswerPane : public QWidget
{
    Q_OBJECT
public:
    explicit AnswerPane(QWidget *parent = nullptr);
    void setSubject(const ComparedColumn &subject);
    void setAnswer(std::optional<ItemResult> row); ///< nothing: the subject has none
    QString shownText() const;
    QString shownMark() const; ///< what is highlighted; empty: nothing
    QString judgementLine() const;
    bool thinkingShown() const;
    void showThinking(bool shown);

protected:
    void changeEvent(QEvent *event) override;

private:
    void fill();
    void fillText();
    void markExtraction(qsizetype from, qsizetype length);
    QString lineOf(const ItemResult &row) const;

    ComparedColumn m_subject;
    std::optional<ItemResult> m_row;
    QLabel *m_chip, *m_name, *m_line;
    QToolButton *m_fold;
    QPlainTextEdit *m_thinking, *m_text;
};

} // namespace assay
