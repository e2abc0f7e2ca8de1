// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/verification.h"
#include "widgets/common/theme.h"

#include <QFrame>

class QLabel;

namespace assay {

/// How a verdict and a claim's row are coloured; a word and a symbol stand beside it.
Judged judgedOf(VerdictKind kind);
Judged judgedOf(ClaimVerdict verdict);

/// The verdict: symbol, word, one sentence, and the error rate that it was made at.
class VerdictBanner : public QFrame
{
    Q_OBJECT
public:
    explicit VerdictBanner(QWidget *parent = nullptr);
    void setVerification(const Verification &verification);
    QString word() const;
    QString sentence() const;
    QString errorRate() const;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void colour();
    QLabel *m_symbol, *m_word, *m_about, *m_sentence, *m_rate;
    Judged m_judged = Judged::Untested;
};

} // namespace assay
