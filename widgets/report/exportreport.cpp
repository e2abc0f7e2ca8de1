// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/exportreport.h"

#include "core/base/file.h"
#include "core/service/background.h"
#include "widgets/chart/paintchart.h"
#include "widgets/report/pdfreport.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QTimer>

#include <cerrno>
#include <cstring>
#include <map>

namespace assay {
namespace {

using Done = std::function<void(const Result<void> &)>;
/// What has to be drawn by widgets before the rest can be made anywhere.
using Drawings = std::map<const ChartSpec *, std::string>;

QPageSize::PageSizeId usualPaper()
{
    const bool inches = QLocale().measurementSystem() == QLocale::ImperialUSSystem;
    return inches ? QPageSize::Letter : QPageSize::A4;
}

struct Format
{
    const char *extension;
    std::string (*write)(const Report &, const Drawings &);
};
/// PDF stands beside them: it is painted, not written.
constexpr Format kTextFormats[]{
    {"html", [](const Report &report, const Drawings &drawings) {
         return reportHtml(report, [&drawings](const ChartSpec &chart) {
             const auto found = drawings.find(&chart);
             return found == drawings.end() ? std::string() : found->second;
         });
     }},
    {"md", [](const Report &report, const Drawings &) { return reportMarkdown(report); }},
    {"csv", [](const Report &report, const Drawings &) { return reportCsv(report); }},
    {"json", [](const Report &report, const Drawings &) { return reportJson(report); }},
};

QString extensionOf(const QString &file)
{
    return QFileInfo(file).suffix().toLower();
}

const Format *textFormat(const QString &extension)
{
    for (const Format &format : kTextFormats) {
        if (extension == QLatin1String(format.extension))
            return &format;
    }
    return nullptr;
}

tl::unexpected<Error> unknownFormat(const QString &file)
{
    const QString sentence = QCoreApplication::translate(
        "assay::exportReport", "A report cannot be written as \"%1\": use .pdf, .html, .md, .csv or .json");
    return failure(ErrorCode::BadUsage, {sentence.arg(QFileInfo(file).fileName()).toStdString()});
}

Result<void> write(const QString &file, std::string_view content)
{
    return writeFileAtomically(file.toStdString(), content);
}

Result<void> write(const QString &file, const Result<QByteArray> &content)
{
    if (!content)
        return tl::unexpected(content.error());
    return write(file, std::string_view(content->constData(), size_t(content->size())));
}

std::vector<const ChartSpec *> chartsToDraw(const Report &report, const QString &extension)
{
    std::vector<const ChartSpec *> charts;
    for (const ReportSection &section : report.sections) {
        for (const ReportBlock &block : section.blocks) {
            const auto *chart = std::get_if<ChartSpec>(&block);
            if (chart && chart->missing.empty() && extension == QStringLiteral("html"))
                charts.push_back(chart);
        }
    }
    return charts;
}

/// One export that goes on in turns of the event loop.
class Export : public QObject
{
public:
    Export(QObject *owner, std::shared_ptr<const Report> report, QString file, Done done)
        : QObject(owner), m_report(std::move(report)), m_file(std::move(file)), m_done(std::move(done))
    {
        connect(&m_turn, &QTimer::timeout, this, &Export::step);
        m_charts = chartsToDraw(*m_report, extensionOf(m_file));
        if (extensionOf(m_file) != QStringLiteral("pdf")) {
            m_turn.start();
            return;
        }
        inBackground(this, [source = m_report] { return reportJson(*source); }, [this](const std::string &json) {
            m_pdf = std::make_unique<PdfReport>(*m_report, json, usualPaper());
            m_turn.start();
        });
    }

private:
    void step()
    {
        if (m_pdf ? m_pdf->step() : drawNext())
            return;
        m_turn.stop();
        const auto finish = [this](const Result<void> &written) {
            m_done(written);
            deleteLater();
        };
        if (m_pdf) {
            const auto document = std::make_shared<Result<QByteArray>>(m_pdf->document());
            inBackground(this, [document, file = m_file] { return write(file, *document); }, finish);
            return;
        }
        inBackground(this, [source = m_report, drawings = m_drawings, file = m_file]() -> Result<void> {
            const Format *format = textFormat(extensionOf(file));
            return format ? write(file, format->write(*source, drawings)) : unknownFormat(file);
        }, finish);
    }

    bool drawNext()
    {
        if (m_drawings.size() >= m_charts.size())
            return false;
        const ChartSpec *chart = m_charts[m_drawings.size()];
        m_drawings[chart] = chartSvg(*chart);
        return true;
    }

    std::shared_ptr<const Report> m_report;
    QString m_file;
    Done m_done;
    QTimer m_turn;
    std::unique_ptr<PdfReport> m_pdf;
    std::vector<const ChartSpec *> m_charts;
    Drawings m_drawings;
};

} // namespace

Result<void> checkReportFile(const QString &file)
{
    const QString extension = extensionOf(file);
    if (extension != QStringLiteral("pdf") && !textFormat(extension))
        return unknownFormat(file);
    if (!QFileInfo(file).absoluteDir().exists())
        return failure(ErrorCode::FileUnwritable, {file.toStdString(), std::strerror(ENOENT)});
    return {};
}

Result<void> exportReport(const Report &report, const QString &file)
{
    const QString extension = extensionOf(file);
    if (extension == QStringLiteral("pdf"))
        return write(file, pdfReport(report, usualPaper()));
    const Format *format = textFormat(extension);
    if (!format)
        return unknownFormat(file);
    Drawings drawings;
    for (const ChartSpec *chart : chartsToDraw(report, extension))
        drawings[chart] = chartSvg(*chart);
    return write(file, format->write(report, drawings));
}

void exportReportLater(QObject *owner, std::shared_ptr<const Report> report, const QString &file, Done done)
{
    new Export(owner, std::move(report), file, std::move(done)); // deletes itself when it is done
}

} // namespace assay
