// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inspect/tilefacts.h"

#include <QAbstractButton>

namespace assay {

/// A figure of the page's header. The tooltip tells where it comes from; pressing it shows the evidence to
/// copy.
class FactTile : public QAbstractButton
{
    Q_OBJECT
public:
    explicit FactTile(QWidget *parent = nullptr);
    void setFact(const TileFact &fact);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showEvidence();
    QFont valueFont() const;
    QFont smallFont() const;
    TileFact m_fact;
};

} // namespace assay
