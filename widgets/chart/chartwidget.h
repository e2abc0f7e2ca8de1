// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/chartspec.h"

#include <QWidget>

#include <memory>
#include <optional>

class QLabel;
class QMenu;
class QMouseEvent;
class QPushButton;

namespace assay {

/// A chart in the window: title, plot, note. Read out by the pointer or the arrow keys, zoomed by wheel (with Ctrl,
/// or once the chart was clicked) and + -, moved by dragging, reset by double-click or 0; copied and saved from
/// its context menu. Colours follow the palette.
class ChartWidget : public QWidget
{
    Q_OBJECT
public:
    explicit ChartWidget(QWidget *parent = nullptr);
    ~ChartWidget() override;

    /// Shows this chart; the zoom stays when it is the same chart with new values. An equal one costs nothing.
    void setSpec(const ChartSpec &spec);
    const ChartSpec &spec() const;
    /// The height at this width that leaves the plot enough beside its texts.
    int heightFor(int width) const;
    /// Shows a button beside the sentence of a missing chart.
    void setOffersMeasuring(bool offers);

    /// What is told about the mark near this position of the widget; empty when there is none.
    QString readoutAt(const QPoint &position) const;
    /// What stands at this position and is cut there, whole; empty where nothing is hidden. The pointer shows it, too.
    QString cutTextAt(const QPoint &position) const;
    void resetZoom();
    bool isZoomed() const;
    std::unique_ptr<QMenu> contextMenu();

    void copyPicture() const;
    void copyData() const; ///< the table twin, tab-separated
    void savePicture();    ///< asks for the file: SVG or PNG

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void measureRequested();
    void saveFailed(const QString &message);
    /// A line is being dragged, or moved by Alt and an arrow key, to this value of its axis.
    void lineMoved(const QString &handle, double value);
    /// A cell of a matrix was clicked, or chosen with the arrow keys and Enter.
    void cellChosen(int column, int row);

protected:
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build(bool keepRange);
    void describe();
    void zoomBy(double factor);
    void stepReadout(int step);
    bool dragLine(const QMouseEvent &event);
    void stepLine(bool vertical, double factor);
    void chooseCell(size_t series, size_t point);
    QString readoutOf(size_t series, size_t point) const;
    QString axesText(size_t series, size_t point) const;

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace assay
