// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/verification.h"

#include "widgets/common/theme.h"

#include <QFrame>

class QLabel;
class QVBoxLayout;

namespace assay {

/// In whose favour a piece of evidence speaks.
Judged judgedOf(const Evidence &evidence);

/// One tier of evidence: what it looked at, each thing that it found with its strength and harmless explanations, and what it cannot see.
/// Where nothing was looked at, a line that says so.
class TierCard : public QFrame
{
    Q_OBJECT
public:
    TierCard(const TierDefinition &tier, const std::vector<Evidence> &all, QWidget *parent = nullptr);
    int shown() const { return m_shown; } ///< pieces of evidence

protected:
    void changeEvent(QEvent *event) override;

private:
    void addEvidence(const Evidence &evidence);
    QLabel *addLine(const QString &text, int indent);
    void addMuted(const QString &text, int indent);
    void colour();
    QVBoxLayout *m_column;
    std::vector<QLabel *> m_muted;
    std::vector<std::pair<QLabel *, Judged>> m_judged;
    int m_shown = 0;
};

} // namespace assay
