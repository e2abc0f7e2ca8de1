// SPDX-License-Identifier: GPL-3.0-or-later
// The demo that must always work: the sample family measured, compared and handed over, without a display.
#include "tests/cli/runner.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace {

/// Blanks and line breaks say nothing: a PDF breaks lines where it likes.
QString squeezed(const QString &text)
{
    static const QRegularExpression kBlanks(QStringLiteral("\\s+"));
    return QString(text).remove(kBlanks);
}

/// Every "text" of a number in the report's JSON.
void collectTexts(const QJsonValue &value, QStringList &out)
{
    if (value.isArray()) {
        for (const QJsonValue &item : value.toArray())
            collectTexts(item, out);
    }
    if (!value.isObject())
        return;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key() == QStringLiteral("text") && it.value().isString())
            out << it.value().toString();
        else
            collectTexts(it.value(), out);
    }
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestDemo : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void filesAreThere();
    void pdfHoldsNamesAndNumbers();
    void pdfEmbedsItsFonts();
    void pdfCarriesTheRawResults();
    void pdfHasNoBitmaps();
    void csvNamesTheSubjects();
    void fullIsRightOnEasyItems();

private:
    QString file(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
};

void TestDemo::initTestCase()
{
    for (const char *tool : {"pdftotext", "pdffonts", "pdfimages", "pdfdetach"}) {
        if (QStandardPaths::findExecutable(QString::fromLatin1(tool)).isEmpty())
            QSKIP("poppler-utils is not installed");
    }
    const Ran ran = runAssay({QStringLiteral("demo"), QStringLiteral("--out"), m_folder.path()}, {}, 840);
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
}

void TestDemo::filesAreThere()
{
    for (const char *name : {"report.pdf", "report.json", "report.csv", "report.html", "report.md"})
        QVERIFY2(contentOf(file(name)).size() > 1000, name);
    QVERIFY(QJsonDocument::fromJson(contentOf(file("report.json"))).isObject());
}

void TestDemo::pdfHoldsNamesAndNumbers()
{
    const QString text = squeezed(QString::fromUtf8(
        runProgram(QStringLiteral("pdftotext"), {QStringLiteral("-layout"), file("report.pdf"), QStringLiteral("-")}).out));
    for (const char *name : {"base", "full", "distilled"})
        QVERIFY2(text.contains(QLatin1String(name)), name);
    // How the others stand to full, and where they fall off.
    for (const char *part : {"distilledagainstfull:", "baseagainstfull:", "margin", "distilledminusfullovercontextanddepth"})
        QVERIFY2(text.contains(QLatin1String(part)), part);
    QStringList numbers;
    collectTexts(QJsonDocument::fromJson(contentOf(file("report.json"))).object(), numbers);
    QVERIFY(numbers.size() > 50);
    // A number may be broken over lines between other columns, so its parts are looked up.
    QStringList missing;
    for (const QString &number : numbers) {
        for (const QString &part : number.split(u' ', Qt::SkipEmptyParts)) {
            if (!text.contains(squeezed(part)))
                missing << number;
        }
    }
    missing.removeDuplicates();
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
}

void TestDemo::pdfEmbedsItsFonts()
{
    const QList<QByteArray> lines = runProgram(QStringLiteral("pdffonts"), {file("report.pdf")}).out.trimmed().split('\n');
    QVERIFY(lines.size() > 2);
    for (qsizetype i = 2; i < lines.size(); ++i) {
        // name type encoding emb sub uni object-id(2): counted from the right, since a name may hold blanks
        const QList<QByteArray> words = lines[i].simplified().split(' ');
        QCOMPARE(words[words.size() - 5], QByteArray("yes"));
    }
}

void TestDemo::pdfCarriesTheRawResults()
{
    const QByteArray list = runProgram(QStringLiteral("pdfdetach"), {QStringLiteral("-list"), file("report.pdf")}).out;
    QVERIFY2(list.contains("1 embedded files") && list.contains("results.json"), list.constData());
    const QString saved = file("results.json");
    runProgram(QStringLiteral("pdfdetach"), {QStringLiteral("-save"), QStringLiteral("1"), QStringLiteral("-o"), saved, file("report.pdf")});
    QCOMPARE(contentOf(saved), contentOf(file("report.json")));
}

void TestDemo::pdfHasNoBitmaps()
{
    const QByteArray list = runProgram(QStringLiteral("pdfimages"), {QStringLiteral("-list"), file("report.pdf")}).out;
    QVERIFY(list.startsWith("page"));
    QCOMPARE(list.trimmed().count('\n'), 1); // the two lines of the header
}

void TestDemo::csvNamesTheSubjects()
{
    const QByteArray csv = contentOf(file("report.csv"));
    for (const char *name : {"base", "full", "distilled", "tpot", "ttft"})
        QVERIFY2(csv.contains(name), name);
}

void TestDemo::fullIsRightOnEasyItems()
{
    // The sample family's promise (docs/SAMPLES.md): full is right on at least 90 % of the easy items.
    const QJsonObject report = QJsonDocument::fromJson(contentOf(file("report.json"))).object();
    int easy = 0, right = 0;
    for (const QJsonValue &subject : report[QStringLiteral("subjects")].toArray()) {
        if (subject.toObject()[QStringLiteral("role")].toString() != QStringLiteral("full"))
            continue;
        for (const QJsonValue &evaluation : subject.toObject()[QStringLiteral("evaluations")].toArray()) {
            for (const QJsonValue &value : evaluation.toObject()[QStringLiteral("items")].toArray()) {
                const QJsonObject item = value.toObject();
                if (item[QStringLiteral("axes")].toObject()[QStringLiteral("difficulty")].toDouble(99) > 2)
                    continue;
                ++easy;
                right += item[QStringLiteral("judged")].toObject()[QStringLiteral("outcome")].toString() == QStringLiteral("right") ? 1 : 0;
            }
        }
    }
    QVERIFY2(easy >= 20, "the report holds no easy items");
    qInfo("full: %d of %d easy items", right, easy);
    QVERIFY(right * 10 >= easy * 9);
}

QTEST_GUILESS_MAIN(TestDemo)
#include "tst_demo.moc"
