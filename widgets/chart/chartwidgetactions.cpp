// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"
#include "core/service/translation.h"
#include "widgets/chart/charttext.h"
#include "widgets/chart/chartwidget.h"
#include "widgets/chart/paintchart.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QMenu>
#include <QMimeData>

// What a chart can be taken away as.
namespace assay {

std::unique_ptr<QMenu> ChartWidget::contextMenu()
{
    auto menu = std::make_unique<QMenu>();
    const bool drawn = spec().missing.empty();
    const auto add = [&](const QString &text, auto function) {
        menu->addAction(text, this, function)->setEnabled(drawn);
    };
    add(tr("Copy as picture"), &ChartWidget::copyPicture);
    add(tr("Copy data"), &ChartWidget::copyData);
    add(tr("Save as SVG or PNG..."), &ChartWidget::savePicture);
    menu->addSeparator();
    menu->addAction(tr("Show all"), this, &ChartWidget::resetZoom)->setEnabled(isZoomed());
    return menu;
}

void ChartWidget::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = contextMenu().release();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(event->globalPos());
}

void ChartWidget::copyPicture() const
{
    auto *content = new QMimeData;
    content->setImageData(chartImage(spec(), size(), 2));
    content->setData(QStringLiteral("image/svg+xml"), QByteArray::fromStdString(chartSvg(spec(), size())));
    QApplication::clipboard()->setMimeData(content);
}

void ChartWidget::copyData() const
{
    QApplication::clipboard()->setText(tableText(spec()));
}

void ChartWidget::savePicture()
{
    const QString suggested = toQString(spec().id.empty() ? "chart" : spec().id) + QStringLiteral(".svg");
    auto *dialog = new QFileDialog(this, tr("Save chart"), suggested, tr("SVG (*.svg);;PNG (*.png)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        QByteArray bytes;
        if (file.endsWith(QStringLiteral(".png"), Qt::CaseInsensitive)) {
            QBuffer buffer(&bytes);
            chartImage(spec(), size(), 2).save(&buffer, "PNG");
        } else {
            bytes = QByteArray::fromStdString(chartSvg(spec(), size()));
        }
        const std::string_view view(bytes.constData(), size_t(bytes.size()));
        if (const auto written = writeFileAtomically(file.toStdString(), view); !written)
            emit saveFailed(errorText(written.error()));
    });
    dialog->open();
}

} // namespace assay
