// SPDX-License-Identifier: GPL-3.0-or-later
#include "chartsamples.h"
#include "tests/compare/samplefamily.h"

#include "widgets/chart/exportfont.h"
#include "widgets/report/exportreport.h"
#include "widgets/report/pdfreport.h"
#include "widgets/report/pdftable.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFontDatabase>
#include <QPdfWriter>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace assay;

class TestPdfReport : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void columnsShareTheWidth();
    void text_data();
    void text();
    void fontsAreEmbedded();
    void chartsAreVectors();
    void attachmentIsTheRawResults();
    void tablesBreakAcrossPages();
    void nothingLeavesThePage();
    void contentsNamePages();
    void writesEveryFormat();
    void refusesOtherFormats();
    void saysWhenItCannotWrite();
    void emptyReport();
    void goesOnInTurns();
    void familyReport();

private:
    QString write(const Report &report, const QString &name);
    QTemporaryDir m_folder;
    QDir m_pictures{QStringLiteral(ASSAY_BINARY_DIR "/screenshots")};
};

namespace {

bool hasTool(const char *name)
{
    return !QStandardPaths::findExecutable(QString::fromLatin1(name)).isEmpty();
}

QString output(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(60000) || process.exitCode() != 0)
        qWarning() << program << process.readAllStandardError();
    return QString::fromUtf8(process.readAllStandardOutput());
}

QString pdfText(const QString &file)
{
    return output(QStringLiteral("pdftotext"), {QStringLiteral("-layout"), file, QStringLiteral("-")});
}

/// A report as the family of samples gives it, with every kind of block.
Report sampleReport()
{
    Report report;
    report.title = "Comparison of 3 models";
    report.language = "en";
    report.createdAt = "2026-11-21T20:47:00Z";
    report.assayVersion = "0.1.0";
    report.subjectNames = {"sample-full (full)", "sample-distilled (distilled)", "sample-base (base)"};
    report.verdict = "distilled keeps 86 % [82, 90] of full's accuracy at 3.1 times its speed and 0.22 times its memory; "
                     "on the hardest tier the gap is not resolved (n = 40). Efficient offices often find affluent fjords.";
    for (const Role role : {Role::Full, Role::Distilled, Role::Base}) {
        ComparedSubject subject;
        subject.role = role;
        report.comparison.subjects.push_back(subject);
    }
    ReportTable table{"Latency", {"Metric", "sample-full", "sample-distilled", "sample-base"}, {}, {false, true, true, true}};
    for (int i = 0; i < 70; ++i)
        table.rows.push_back({"Time to first token, prompt " + std::to_string(i + 1000), "41.2 [39.8, 42.7] ms",
                              "19.4 [18.7, 20.9] ms", "20.1 [19.0, 21.5] ms"});
    ReportSection summary{"summary", "Summary", {ReportParagraph{report.verdict, true},
                          ReportParagraph{"One paragraph of plain text.\nIts second line.", false}}};
    ReportSection results{"results", "Results",
                          {samples::bars(), samples::distribution(), samples::lines(), samples::scatter(),
                           samples::missing(), samples::huge(ChartKind::GroupedBars, 5), table}};
    ReportSection limits{"limits", "Limits", {ReportParagraph{"Measured on one machine.", false}}};
    report.sections = {summary, results, limits};
    return report;
}

Report chineseReport()
{
    Report report = sampleReport();
    report.language = "zh_CN";
    report.title = "\u4e09\u4e2a\u6a21\u578b\u7684\u6bd4\u8f83";
    report.subjectNames[0] = "sample-full\uff08\u6ee1\u8840\u7248\uff09";
    report.verdict = "\u84b8\u998f\u7248\u4fdd\u7559\u4e86\u6ee1\u8840\u7248 86 % [82, 90] \u7684\u51c6\u786e\u7387\uff0c"
                     "\u901f\u5ea6\u662f\u5176 3.1 \u500d\uff1b\u6700\u96be\u4e00\u7ea7\u7684\u5dee\u8ddd\u8bc1\u636e\u4e0d\u8db3\uff08n = 40\uff09\u3002";
    report.sections[0].title = "\u7ed3\u8bba";
    report.sections[0].blocks = {ReportParagraph{report.verdict, true}};
    report.sections[1].blocks[0] = samples::chinese();
    return report;
}

} // namespace

QString TestPdfReport::write(const Report &report, const QString &name)
{
    const QString file = m_folder.filePath(name);
    QElapsedTimer clock;
    clock.start();
    const Result<void> written = exportReport(report, file);
    if (!written)
        qWarning() << QString::fromStdString(written.error().sentence());
    qInfo() << name << clock.elapsed() << "ms" << QFileInfo(file).size() << "bytes";
    return file;
}

void TestPdfReport::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QVERIFY(m_pictures.mkpath(QStringLiteral(".")));
}

void TestPdfReport::columnsShareTheWidth()
{
    // Enough room: everyone gets what it prefers and an equal part of the rest.
    auto parts = distributeColumns({10, 20}, {30, 50}, 100);
    QCOMPARE(parts.size(), size_t(1));
    QCOMPARE(parts[0].widths, (std::vector<double>{40, 60}));
    // Too little for all wishes: the least first, the rest in equal parts, but nobody more than it wants.
    parts = distributeColumns({20, 20}, {40, 80}, 80);
    QCOMPARE(parts[0].widths, (std::vector<double>{40, 40}));
    parts = distributeColumns({20, 20}, {25, 5000}, 80);
    QCOMPARE(parts[0].widths, (std::vector<double>{25, 55}));
    // Too many columns: the first one stands in every part, each other one exactly once.
    parts = distributeColumns({20, 30, 30, 30, 30}, {20, 30, 30, 30, 30}, 90);
    QCOMPARE(parts.size(), size_t(2));
    QCOMPARE(parts[0].columns, (std::vector<size_t>{0, 1, 2}));
    QCOMPARE(parts[1].columns, (std::vector<size_t>{0, 3, 4}));
    // A column wider than the page is cut to it, not dropped.
    parts = distributeColumns({20, 500}, {20, 500}, 90);
    QCOMPARE(parts.size(), size_t(1));
    QVERIFY(parts[0].widths[0] + parts[0].widths[1] <= 90.001);
    QVERIFY(distributeColumns({}, {}, 90).empty());
}

void TestPdfReport::text_data()
{
    QTest::addColumn<Report>("report");
    QTest::addColumn<QStringList>("texts");
    QTest::newRow("english") << sampleReport()
        << QStringList{QStringLiteral("Comparison of 3 models"), QStringLiteral("sample-distilled (distilled)"),
                       QStringLiteral("41.2 [39.8, 42.7] ms"), QStringLiteral("86 % [82, 90]"),
                       QStringLiteral("Efficient offices often"), QStringLiteral("affluent fjords"),
                       QStringLiteral("prompt 1069"), QStringLiteral("No subject has been asked a suite yet."),
                       QStringLiteral("time per output token (ms)"), QStringLiteral("Its second line.")};
    QTest::newRow("chinese") << chineseReport()
        << QStringList{QStringLiteral("\u4e09\u4e2a\u6a21\u578b\u7684\u6bd4\u8f83"), QStringLiteral("\u6ee1\u8840\u7248"),
                       QStringLiteral("\u8bc1\u636e\u4e0d\u8db3\uff08n = 40\uff09"), QStringLiteral("2026-11-21T20:47"),
                       QStringLiteral("86 % [82, 90]"),
                       QStringLiteral("\u6bcf Token \u5ef6\u8fdf")};
}

void TestPdfReport::text()
{
    if (!hasTool("pdftotext"))
        QSKIP("pdftotext (poppler-utils) is not installed");
    QFETCH(Report, report);
    QFETCH(QStringList, texts);
    const QString tag = QString::fromLatin1(QTest::currentDataTag());
    if (tag == QStringLiteral("chinese") && QFontDatabase::families(QFontDatabase::SimplifiedChinese).isEmpty())
        QSKIP("no font with Chinese characters is installed");
    const QString file = write(report, tag + QStringLiteral(".pdf"));
    const QString found = pdfText(file).simplified();
    for (const QString &text : texts)
        QVERIFY2(found.contains(text), qPrintable(text + QStringLiteral("\n\nnot in\n\n") + found.left(6000)));
    if (hasTool("pdftoppm"))
        output(QStringLiteral("pdftoppm"), {QStringLiteral("-png"), QStringLiteral("-r"), QStringLiteral("70"), file,
                                            m_pictures.filePath(QStringLiteral("report-") + tag)});
}

void TestPdfReport::fontsAreEmbedded()
{
    if (!hasTool("pdffonts"))
        QSKIP("pdffonts (poppler-utils) is not installed");
    for (const Report &report : {sampleReport(), chineseReport()}) {
        const QString list = output(QStringLiteral("pdffonts"), {write(report, QStringLiteral("fonts.pdf"))});
        const QStringList lines = list.split(QLatin1Char('\n'), Qt::SkipEmptyParts).mid(2);
        QVERIFY(!lines.isEmpty());
        for (const QString &line : lines) {
            // name, type, encoding, emb, sub, uni, object
            static const QRegularExpression kColumns(QStringLiteral("\\s(yes|no)\\s+(yes|no)\\s+(yes|no)\\s+\\d+"));
            const auto match = kColumns.match(line);
            QVERIFY2(match.hasMatch() && match.captured(1) == QStringLiteral("yes"), qPrintable(list));
            QVERIFY2(match.captured(3) == QStringLiteral("yes"), qPrintable(list)); // searchable
        }
    }
}

void TestPdfReport::chartsAreVectors()
{
    if (!hasTool("pdfimages"))
        QSKIP("pdfimages (poppler-utils) is not installed");
    const QString list =
        output(QStringLiteral("pdfimages"), {QStringLiteral("-list"), write(sampleReport(), QStringLiteral("images.pdf"))});
    QCOMPARE(list.split(QLatin1Char('\n'), Qt::SkipEmptyParts).size(), 2); // the table's two header lines
}

void TestPdfReport::attachmentIsTheRawResults()
{
    if (!hasTool("pdfdetach"))
        QSKIP("pdfdetach (poppler-utils) is not installed");
    const Report report = sampleReport();
    const QString file = write(report, QStringLiteral("attached.pdf"));
    QVERIFY(output(QStringLiteral("pdfdetach"), {QStringLiteral("-list"), file}).contains(QStringLiteral("results.json")));
    const QString target = m_folder.filePath(QStringLiteral("results.json"));
    output(QStringLiteral("pdfdetach"), {QStringLiteral("-save"), QStringLiteral("1"), QStringLiteral("-o"), target, file});
    QFile attached(target);
    QVERIFY(attached.open(QIODevice::ReadOnly));
    QCOMPARE(attached.readAll(), QByteArray::fromStdString(reportJson(report)));
}

void TestPdfReport::tablesBreakAcrossPages()
{
    if (!hasTool("pdftotext"))
        QSKIP("pdftotext (poppler-utils) is not installed");
    Report report = sampleReport();
    ReportTable table{"Long", {"Key", "Value"}, {}, {false, true}};
    for (int i = 0; i < 200; ++i)
        table.rows.push_back({"row " + std::to_string(5000 + i), "value " + std::to_string(7000 + i)});
    std::string essay; // higher than a page
    for (int i = 0; i < 3000; ++i)
        essay += "word" + std::to_string(i) + " ";
    table.rows.push_back({"essay", essay});
    report.sections = {ReportSection{"results", "Results", {table}}};
    const QString found = pdfText(write(report, QStringLiteral("long.pdf")));
    for (int i = 0; i < 200; ++i) {
        QVERIFY(found.contains(QStringLiteral("row %1").arg(5000 + i)));
        QVERIFY(found.contains(QStringLiteral("value %1").arg(7000 + i)));
    }
    for (int i = 0; i < 3000; ++i)
        QVERIFY2(found.contains(QStringLiteral("word%1").arg(i)), qPrintable(QString::number(i)));
    // The header is on each page that has rows.
    int pagesWithRows = 0, pagesWithHeader = 0;
    static const QRegularExpression kHeader(QStringLiteral("Key\\s+Value"));
    for (const QString &page : found.split(QLatin1Char('\f'))) {
        pagesWithRows += page.contains(QStringLiteral("row 5")) || page.contains(QStringLiteral("word"));
        pagesWithHeader += page.contains(kHeader);
    }
    QVERIFY(pagesWithRows >= 5);
    QCOMPARE(pagesWithHeader, pagesWithRows);
}

void TestPdfReport::nothingLeavesThePage()
{
    if (!hasTool("pdftotext"))
        QSKIP("pdftotext (poppler-utils) is not installed");
    Report report = sampleReport();
    ReportTable wide{"Twelve subjects", {"Metric"}, {{"Time to first token"}}, {false}};
    for (int i = 0; i < 12; ++i) {
        wide.header.push_back("organisation/A-Very-Long-Model-Name-Distill-Instruct-FP8-" + std::to_string(i));
        wide.rows[0].push_back(std::to_string(1000 + i) + " [39.8, 42.7] ms");
        wide.numeric.push_back(true);
        report.subjectNames.push_back(wide.header.back());
    }
    report.title += " " + std::string(300, 'w');
    report.sections.push_back({"wide", "Wide", {wide}});
    const QString file = write(report, QStringLiteral("wide.pdf"));
    const QString boxes = output(QStringLiteral("pdftotext"), {QStringLiteral("-bbox"), file, QStringLiteral("-")});
    static const QRegularExpression kPage(QStringLiteral("<page width=\"([0-9.]+)\" height=\"([0-9.]+)\""));
    const auto page = kPage.match(boxes);
    QVERIFY(page.hasMatch());
    static const QRegularExpression kWord(
        QStringLiteral("xMin=\"([-0-9.]+)\" yMin=\"([-0-9.]+)\" xMax=\"([-0-9.]+)\" yMax=\"([-0-9.]+)\">([^<]*)"));
    int words = 0;
    for (auto it = kWord.globalMatch(boxes); it.hasNext(); ++words) {
        const auto word = it.next();
        const bool inside = word.captured(1).toDouble() >= 40 && word.captured(2).toDouble() >= 20
                            && word.captured(3).toDouble() <= page.captured(1).toDouble() - 40
                            && word.captured(4).toDouble() <= page.captured(2).toDouble() - 20;
        QVERIFY2(inside, qPrintable(word.captured(0)));
    }
    QVERIFY(words > 500);
    const QString found = pdfText(file);
    for (int i = 0; i < 12; ++i)
        QVERIFY(found.contains(QString::number(1000 + i)));
}

void TestPdfReport::contentsNamePages()
{
    if (!hasTool("pdftotext"))
        QSKIP("pdftotext (poppler-utils) is not installed");
    const QStringList pages = pdfText(write(sampleReport(), QStringLiteral("contents.pdf"))).split(QLatin1Char('\f'));
    QVERIFY(pages.size() > 3);
    QVERIFY(pages[1].contains(QStringLiteral("Contents")));
    for (const QString &title : {QStringLiteral("1 Summary"), QStringLiteral("2 Results"), QStringLiteral("3 Limits")}) {
        const QStringList words = title.split(QLatin1Char(' '));
        const QRegularExpression entry(words[0] + QStringLiteral("\\s+") + words[1] + QStringLiteral("\\s+(\\d+)"));
        const auto match = entry.match(pages[1]);
        QVERIFY2(match.hasMatch(), qPrintable(pages[1]));
        const int page = match.captured(1).toInt();
        QVERIFY(page >= 3 && page <= pages.size());
        QVERIFY2(pages[page - 1].contains(words[1]), qPrintable(pages[page - 1]));
        QVERIFY(pages[page - 1].contains(QStringLiteral("Page %1 of").arg(page)));
    }
}

void TestPdfReport::writesEveryFormat()
{
    const Report report = sampleReport();
    const auto content = [this, &report](const QString &name) {
        QFile file(write(report, name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QVERIFY(content(QStringLiteral("r.pdf")).startsWith("%PDF-1.6"));
    QCOMPARE(content(QStringLiteral("r.json")), QByteArray::fromStdString(reportJson(report)));
    QCOMPARE(content(QStringLiteral("r.csv")), QByteArray::fromStdString(reportCsv(report)));
    QCOMPARE(content(QStringLiteral("r.md")), QByteArray::fromStdString(reportMarkdown(report)));
    const QByteArray html = content(QStringLiteral("r.HTML"));
    QVERIFY(html.contains("<svg") && html.contains("sample-distilled"));
    QVERIFY(!html.contains("<?xml"));
    QVERIFY(QFile::copy(m_folder.filePath(QStringLiteral("r.HTML")), m_pictures.filePath(QStringLiteral("report.html")))
            || QFile::exists(m_pictures.filePath(QStringLiteral("report.html"))));
}

void TestPdfReport::refusesOtherFormats()
{
    for (const char *name : {"r.docx", "r", "pdf"}) {
        const Result<void> written = exportReport(sampleReport(), m_folder.filePath(QString::fromLatin1(name)));
        QVERIFY(!written);
        QCOMPARE(written.error().code, ErrorCode::BadUsage);
        QVERIFY(!QFile::exists(m_folder.filePath(QString::fromLatin1(name))));
    }
}

void TestPdfReport::saysWhenItCannotWrite()
{
    const Result<void> written = exportReport(sampleReport(), m_folder.filePath(QStringLiteral("no/such/folder/r.pdf")));
    QVERIFY(!written);
    QCOMPARE(definitionOf(written.error().code).exitCode, ExitCode::FileError);
}

void TestPdfReport::emptyReport()
{
    const QString file = write(Report(), QStringLiteral("empty.pdf"));
    QVERIFY(QFileInfo(file).size() > 500);
}

void TestPdfReport::goesOnInTurns()
{
    const auto report = std::make_shared<const Report>(sampleReport());
    for (const char *extension : {"pdf", "html", "md", "csv", "json", "docx"}) {
        const QString file = m_folder.filePath(QStringLiteral("later.") + QLatin1String(extension));
        std::optional<Result<void>> outcome;
        int turns = 0;
        QTimer ticking;
        connect(&ticking, &QTimer::timeout, this, [&turns] { ++turns; });
        ticking.start(0);
        exportReportLater(this, report, file, [&](const Result<void> &written) { outcome = written; });
        QVERIFY(!outcome); // returns at once
        QTRY_VERIFY_WITH_TIMEOUT(outcome.has_value(), 30000);
        QVERIFY(turns > 1);
        const bool known = QLatin1String(extension) != QLatin1String("docx");
        QCOMPARE(outcome->has_value(), known);
        QCOMPARE(QFile::exists(file), known);
    }
    // The same document as in one go, but for its date.
    const auto words = [this](const QString &name) { return pdfText(m_folder.filePath(name)); };
    write(*report, QStringLiteral("at-once.pdf"));
    if (hasTool("pdftotext"))
        QCOMPARE(words(QStringLiteral("later.pdf")), words(QStringLiteral("at-once.pdf")));
    // An owner that goes away takes its export with it.
    auto owner = std::make_unique<QObject>();
    exportReportLater(owner.get(), report, m_folder.filePath(QStringLiteral("never.pdf")),
                      [](const Result<void> &) { QFAIL("called after its owner was gone"); });
    QTest::qWait(1);
    owner.reset();
    QTest::qWait(200);
}

void TestPdfReport::familyReport()
{
    if (!hasTool("pdftotext"))
        QSKIP("pdftotext (poppler-utils) is not installed");
    const Report report = buildReport(samplefamily::family(), "en");
    const QString file = write(report, QStringLiteral("family.pdf"));
    const QString found = pdfText(file);
    // Cells may be broken into lines: each of their words and numbers must be there.
    size_t cells = 0;
    for (const ReportSection &section : report.sections) {
        for (const ReportBlock &block : section.blocks) {
            const auto *table = std::get_if<ReportTable>(&block);
            for (size_t row = 0; table && row < table->rows.size(); ++row) {
                for (const std::string &cell : table->rows[row]) {
                    for (const QString &word : QString::fromStdString(cell).split(QLatin1Char(' '), Qt::SkipEmptyParts))
                        QVERIFY2(word.size() > 24 || found.contains(word), qPrintable(word));
                    ++cells;
                }
            }
        }
    }
    QVERIFY(cells > 100);
    for (const std::string &name : report.subjectNames)
        QVERIFY2(found.contains(QString::fromStdString(name)), name.c_str());
    if (hasTool("pdftoppm"))
        output(QStringLiteral("pdftoppm"), {QStringLiteral("-png"), QStringLiteral("-r"), QStringLiteral("80"), file,
                                            m_pictures.filePath(QStringLiteral("report-family"))});
}

QTEST_MAIN(TestPdfReport)
#include "tst_pdfreport.moc"
