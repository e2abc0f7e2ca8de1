// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>
#include <QWidget>

#include <array>
#include <deque>

namespace assay {

/// The last minute of one or two numbers as lines from 0 on; drawing costs the same however long it goes on.
class LiveCurve : public QWidget
{
    Q_OBJECT
public:
    /// second: may be empty.
    LiveCurve(const QString &title, const QString &first, const QString &second, QWidget *parent = nullptr);
    void add(double first, double second = 0);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString caption() const;
    QString m_title;
    std::array<QString, 2> m_names;
    std::array<std::deque<double>, 2> m_values;
};

/// How durations spread, on a logarithmic axis: sixteen bars a decade. Grows while one looks at it.
class LiveHistogram : public QWidget
{
    Q_OBJECT
public:
    explicit LiveHistogram(const QString &title, QWidget *parent = nullptr);
    void add(double seconds);
    size_t count() const { return m_count; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    static constexpr int kPerDecade = 16, kLeast = -6, kDecades = 10;
    double edge(size_t bar) const;
    /// To the precision of the bars.
    double quantileOf(double share) const;
    QString m_title;
    std::array<size_t, size_t(kPerDecade * kDecades)> m_bars{};
    size_t m_count = 0;
};

} // namespace assay
