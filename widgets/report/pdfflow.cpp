// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/pdfflow.h"

#include <algorithm>

namespace assay {

PdfFlow::PdfFlow(const QRectF &area) : m_area(area), m_y(area.top()), m_pages(1) {}

double PdfFlow::room() const
{
    return m_area.bottom() - m_y;
}

void PdfFlow::space(double height)
{
    if (!atTop())
        m_y = std::min(m_y + height, m_area.bottom());
}

void PdfFlow::breakPage()
{
    m_pages.emplace_back();
    m_y = m_area.top();
}

void PdfFlow::need(double height)
{
    if (room() < height && !atTop())
        breakPage();
}

void PdfFlow::place(double height, PdfPainting paint)
{
    need(height);
    m_pages.back().push_back({QRectF(m_area.left(), m_y, m_area.width(), height), std::move(paint)});
    m_y += height;
}

} // namespace assay
