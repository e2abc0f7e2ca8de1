// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inspect/tokenizersource.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace assay {

/// A part of a text: where it starts and how long it is, in UTF-16 units.
struct TextSpan
{
    int start = 0, length = 0;
};

/// A sample dialogue as a chat template writes it, or why it cannot.
struct SampleDialogue
{
    QString text;
    std::vector<TextSpan> marks; ///< the special and added tokens in it; none without a tokenizer
    std::optional<Error> error;
};

/// System, user, assistant, user, and the start of an answer; without the system message where the template refuses
/// it. Takes as long as the template does: call it on another thread.
SampleDialogue sampleDialogue(const TokenizerSource &source, const ChatTemplate &chatTemplate);

/// Shows it; its tokens are tinted.
class DialogueView : public QWidget
{
    Q_OBJECT
public:
    explicit DialogueView(QWidget *parent = nullptr);
    /// Computed on another thread; an earlier one that is still under way is dropped.
    void showTemplate(const TokenizerSource &source, const ChatTemplate &chatTemplate);
    void clear();

protected:
    void changeEvent(QEvent *event) override;

private:
    void fill(const SampleDialogue &dialogue);
    void tint();

    QLabel *m_heading;
    QLabel *m_problem;
    QPlainTextEdit *m_text;
    std::vector<TextSpan> m_marks;
    int m_number = 0; ///< tells late answers from the newest
};

} // namespace assay
