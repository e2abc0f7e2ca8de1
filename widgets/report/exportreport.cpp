// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/exportreport.h"

#include "core/base/file.h"
#include "widgets/chart/paintchart.h"
#include "widgets/report/pdfreport.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

namespace assay {
namespace {

Result<std::string> asPdf(const Report &report)
{
    const bool inches = QLocale().measurementSystem() == QLocale::ImperialUSSystem;
    auto pdf = pdfReport(report, inches ? QPageSize::Letter : QPageSize::A4);
    if (!pdf)
        return tl::unexpected(pdf.error());
    return pdf->toStdString();
}

struct Format
{
    const char *extension;
    Result<std::string> (*write)(const Report &);
};
constexpr Format kFormats[]{
    {"pdf", asPdf},
    {"html", [](const Report &report) -> Result<std::string> {
         return reportHtml(report, [](const ChartSpec &chart) { return chartSvg(chart); });
     }},
    {"md", [](const Report &report) -> Result<std::string> { return reportMarkdown(report); }},
    {"csv", [](const Report &report) -> Result<std::string> { return reportCsv(report); }},
    {"json", [](const Report &report) -> Result<std::string> { return reportJson(report); }},
};

} // namespace

Result<void> exportReport(const Report &report, const QString &file)
{
    const QString extension = QFileInfo(file).suffix().toLower();
    for (const Format &format : kFormats) {
        if (extension != QLatin1String(format.extension))
            continue;
        const Result<std::string> content = format.write(report);
        if (!content)
            return tl::unexpected(content.error());
        return writeFileAtomically(file.toStdString(), *content);
    }
    const QString sentence = QCoreApplication::translate(
        "assay::exportReport", "A report cannot be written as \"%1\": use .pdf, .html, .md, .csv or .json");
    return failure(ErrorCode::BadUsage, {sentence.arg(QFileInfo(file).fileName()).toStdString()});
}

} // namespace assay
