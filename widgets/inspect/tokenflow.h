// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QHash>
#include <QTimer>

#include <cstdint>
#include <vector>

namespace assay {

/// One token of a text.
struct FlowToken
{
    int64_t id = 0;
    QString text; ///< as shownToken() gives it
    bool special = false;
    bool endsLine = false; ///< holds a line end: the next token starts a row
};

/// Tokens as boxes in alternating tints, their ids below, wrapped to the width. Only what is seen is drawn, and
/// widths are measured bit by bit, so that a hundred thousand tokens never hold the window up.
class TokenFlow : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit TokenFlow(QWidget *parent = nullptr);
    void setTokens(std::vector<FlowToken> tokens);
    int tokenCount() const { return int(m_tokens.size()); }
    int tokenAt(const QPoint &position) const; ///< of the viewport; -1 when there is none
    QString copyText() const;                  ///< ids and tokens, tab-separated, under headers

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    void measureSome();
    void wrap();
    int measured(const FlowToken &token);
    void paintToken(QPainter &painter, size_t index, const QRect &box) const;
    QRect boxOf(size_t index) const; ///< in the viewport
    int rowHeight() const;
    QFont idFont() const;

    struct Place
    {
        int x = 0, row = 0;
    };
    std::vector<FlowToken> m_tokens;
    std::vector<int> m_widths; ///< of the tokens measured so far
    std::vector<Place> m_places;
    std::vector<size_t> m_rows; ///< the first token of each row
    QHash<qint64, int> m_widthOfId;
    QTimer m_next;
};

} // namespace assay
