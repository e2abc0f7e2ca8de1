// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/requestrecord.h"

#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

namespace assay {

/// One request on a time axis: waiting, sending, headers, the first byte, and each piece of text as a tick, its channel told
/// by colour, height and words. The pointer or the arrow keys read out single moments.
class RequestTimeline : public QWidget
{
    Q_OBJECT
public:
    explicit RequestTimeline(QWidget *parent = nullptr);
    /// Nothing: no request is chosen.
    void setRecord(std::optional<RequestRecord> record);
    const QString &readout() const { return m_readout; } ///< what is told below the axis
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    struct Moment
    {
        int64_t at;
        QString what;
        int chunk; ///< -1: no piece
    };
    struct Phase
    {
        int64_t from, to;
        QString name;
    };
    void gather();
    void addPhase(int64_t from, int64_t to, const QString &name);
    void choose(int moment);
    QString summary() const;
    double position(double seconds) const; ///< in pixels; seconds after the first moment
    double positionOf(int64_t moment) const;
    QRect plot() const;
    void paintPhases(QPainter &painter, const QRect &lane) const;
    void paintChunks(QPainter &painter, const QRect &lane) const;
    void paintAxis(QPainter &painter, const QRect &lane) const;
    void paintLegend(QPainter &painter, const QRect &line) const;

    std::optional<RequestRecord> m_record;
    std::vector<Moment> m_moments; ///< in the order of time
    std::vector<Phase> m_phases;
    int64_t m_from = 0, m_to = 0;
    int m_chosen = -1;
    QString m_readout;
};

} // namespace assay
