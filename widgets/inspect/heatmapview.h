// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/weights/weightpicture.h"

#include <QImage>
#include <QTimer>
#include <QWidget>

namespace assay {

/// A picture of a weight's values: zoomed by wheel around the pointer, by + and -, moved by dragging and the arrow
/// keys, whole again by double click or 0. It asks for each region anew, so that a cell always stands for all of its
/// elements; until the answer comes, what is known of the region is shown.
class HeatMapView : public QWidget
{
    Q_OBJECT
public:
    enum Value { Mean, Least, Greatest, RootMeanSquare };
    explicit HeatMapView(QWidget *parent = nullptr);
    void setMatrix(uint64_t rows, uint64_t columns); ///< another weight: nothing is known of it yet
    void setPicture(std::shared_ptr<const WeightPicture> picture);
    void setValue(Value value);
    const WeightRegion &region() const { return m_region; }
    QSize cells() const; ///< how many there is room for
    QString cellText() const;      ///< "each cell = 28 x 11 elements"
    QString readoutAt(const QPointF &position) const;
    void zoom(double factor, const QPointF &around);
    void reset();
    QSize sizeHint() const override { return {320, 260}; }
    QSize minimumSizeHint() const override { return {160, 140}; }

signals:
    void regionWanted();
    void readoutChanged(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    QRect plot() const;
    void setRegion(const WeightRegion &region);
    void pan(double columns, double rows);
    void redraw();
    void paintLegend(QPainter &painter) const;
    const std::vector<float> &shown() const;
    double limit() const;

    uint64_t m_rows = 0, m_columns = 0;
    WeightRegion m_region;
    std::shared_ptr<const WeightPicture> m_picture;
    QImage m_image; ///< of the picture, a pixel a cell
    double m_limit = 0;
    Value m_value = Mean;
    QPointF m_grabbed;
    WeightRegion m_grabbedRegion;
    QTimer m_pause; ///< while zooming and dragging
};

} // namespace assay
