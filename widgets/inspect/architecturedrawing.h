// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inspect/architecturesketch.h"

#include <QWidget>

namespace assay {

/// Draws a sketch from left to right, the repeated columns in a frame that says how often. Its words are the
/// accessible description, and the tooltip of each box has what did not fit into it.
class ArchitectureDrawing : public QWidget
{
    Q_OBJECT
public:
    explicit ArchitectureDrawing(QWidget *parent = nullptr);
    void setSketch(ArchitectureSketch sketch);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    struct Placed
    {
        const SketchBox *box;
        QRectF rect;
        bool repeated;
    };
    std::vector<Placed> place() const;
    void paintFrame(QPainter &painter, const std::vector<Placed> &placed) const;
    void paintBox(QPainter &painter, const Placed &placed) const;
    void paintArrows(QPainter &painter, const std::vector<Placed> &placed) const;
    QFont smallFont() const;
    ArchitectureSketch m_sketch;
};

} // namespace assay
