// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

#include <functional>
#include <vector>

namespace assay {

class VectorPainter;

/// Something that paints itself into the place it was given.
using PdfPainting = std::function<void(VectorPainter &, const QRectF &)>;

/// Fills pages from top to bottom and remembers what goes where; painting comes later, when all page numbers
/// are known. Device units.
class PdfFlow
{
public:
    struct Item
    {
        QRectF rect;
        PdfPainting paint;
    };
    using Page = std::vector<Item>;

    /// area: what of each page is filled.
    explicit PdfFlow(const QRectF &area);

    double width() const { return m_area.width(); }
    double pageHeight() const { return m_area.height(); }
    double room() const; ///< height left on this page
    bool atTop() const { return m_y <= m_area.top(); }
    size_t page() const { return m_pages.size() - 1; } ///< from 0
    const std::vector<Page> &pages() const { return m_pages; }

    void space(double height); ///< nothing at the top of a page
    void breakPage();
    /// A new page when less than this is left.
    void need(double height);
    /// Takes the full width; goes to the next page when it does not fit on this one.
    void place(double height, PdfPainting paint);

private:
    QRectF m_area;
    double m_y;
    std::vector<Page> m_pages;
};

} // namespace assay
