// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

namespace assay {

/// One place of a profile: a bin of a histogram, some neighbouring channels.
struct ProfileEntry
{
    double value = 0;
    double low = 0, high = 0; ///< of a band around the value; equal to it when there is none
    QString name;             ///< "0.01 to 0.02", "rows 8-11"
    QString text;             ///< the value for people
};

struct ProfileTick
{
    double place = 0; ///< 0 the left end, 1 the right one
    QString text;
};

/// A row of places with a value each, as bars from zero or as a line in its band.
struct PlotProfile
{
    QString title, xLabel, yLabel;
    std::vector<ProfileEntry> entries;
    std::vector<ProfileTick> ticks;
    bool bars = true;
    bool logarithmic = false; ///< the bars' heights: log(1 + value)
};

/// Draws a profile of any length in its width: several places in one pixel show their extremes. Read out by the
/// pointer and the arrow keys; copied as a table or a picture; zoomed
/// by the wheel, + and -, whole again by double click or 0.
class ProfileView : public QWidget
{
    Q_OBJECT
public:
    explicit ProfileView(QWidget *parent = nullptr);
    void setProfile(PlotProfile profile);
    const PlotProfile &profile() const { return m_profile; }
    QString readout() const; ///< of the chosen place; empty when there is none
    QString copyText() const;
    /// Shows fewer (factor below 1) or more places around the one at this share of the width; the heights follow them.
    void zoom(double factor, double around);
    void showAll();
    size_t firstShown() const { return m_from; }
    size_t placesShown() const { return m_to - m_from; }
    QSize sizeHint() const override { return {320, 200}; }
    QSize minimumSizeHint() const override { return {160, 110}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    QRectF plot() const;
    double height(double value) const; ///< as it is drawn, 0 to 1
    void choose(int entry);
    void paintValues(QPainter &painter, const QRectF &area) const;
    void paintAxes(QPainter &painter, const QRectF &area) const;
    PlotProfile m_profile;
    void show(size_t from, size_t to);
    std::vector<ProfileTick> ticks() const; ///< of the places shown
    size_t m_from = 0, m_to = 0; ///< places shown
    double m_largest = 0;        ///< of them
    int m_chosen = -1;
};

} // namespace assay
