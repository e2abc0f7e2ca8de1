// SPDX-License-Identifier: GPL-3.0-or-later
// The arrows of DESIGN.md, section 4, held against the includes and the linked libraries.
#include <QDirIterator>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

namespace {

/// What each room may include besides itself. The edges are the product's design: a new one needs a reason.
const QMap<QString, QStringList> kMayInclude{
    {QStringLiteral("core/base"), {}},
    {QStringLiteral("core/format"), {QStringLiteral("core/base")}},
    {QStringLiteral("core/model"), {QStringLiteral("core/format"), QStringLiteral("core/base")}},
    {QStringLiteral("core/architecture"), {QStringLiteral("core/model"), QStringLiteral("core/format"), QStringLiteral("core/base")}},
    {QStringLiteral("core/weights"),
     {QStringLiteral("core/model"), QStringLiteral("core/format"), QStringLiteral("core/base")}},
    {QStringLiteral("core/tokenizer"), {QStringLiteral("core/format"), QStringLiteral("core/base")}},
    {QStringLiteral("core/bench"), {QStringLiteral("core/base")}},
    // core/evaluate/imports reads archives.
    {QStringLiteral("core/evaluate"), {QStringLiteral("core/bench"), QStringLiteral("core/format"), QStringLiteral("core/base")}},
    {QStringLiteral("core/identify"),
     {QStringLiteral("core/evaluate"), QStringLiteral("core/bench"), QStringLiteral("core/weights"), QStringLiteral("core/tokenizer"),
      QStringLiteral("core/model"), QStringLiteral("core/format"), QStringLiteral("core/base")}},
    {QStringLiteral("core/compare"),
     {QStringLiteral("core/identify"), QStringLiteral("core/evaluate"), QStringLiteral("core/bench"), QStringLiteral("core/weights"),
      QStringLiteral("core/tokenizer"), QStringLiteral("core/model"), QStringLiteral("core/format"),
      QStringLiteral("core/base")}},
    {QStringLiteral("core/report"),
     {QStringLiteral("core/compare"), QStringLiteral("core/identify"), QStringLiteral("core/evaluate"), QStringLiteral("core/bench"),
      QStringLiteral("core/model"), QStringLiteral("core/format"), QStringLiteral("core/base")}},
    {QStringLiteral("core/protocol"), {QStringLiteral("core/bench"), QStringLiteral("core/base")}},
    {QStringLiteral("core/endpoint"), {QStringLiteral("core/bench"), QStringLiteral("core/base")}},
    {QStringLiteral("core/mock"), {QStringLiteral("core/base")}},
    {QStringLiteral("core/engine"),
     {QStringLiteral("core/architecture"), QStringLiteral("core/weights"), QStringLiteral("core/model"), QStringLiteral("core/tokenizer"),
      QStringLiteral("core/format"), QStringLiteral("core/bench"), QStringLiteral("core/base")}},
    {QStringLiteral("core/service"),
     {QStringLiteral("core/report"), QStringLiteral("core/compare"), QStringLiteral("core/identify"), QStringLiteral("core/evaluate"),
      QStringLiteral("core/bench"), QStringLiteral("core/weights"), QStringLiteral("core/model"),
      QStringLiteral("core/tokenizer"), QStringLiteral("core/format"), QStringLiteral("core/protocol"),
      QStringLiteral("core/endpoint"), QStringLiteral("core/mock"), QStringLiteral("core/base")}},
    {QStringLiteral("app/worker"),
     {QStringLiteral("core/engine"), QStringLiteral("core/architecture"), QStringLiteral("core/protocol"), QStringLiteral("core/tokenizer"),
      QStringLiteral("core/model"), QStringLiteral("core/format"), QStringLiteral("core/bench"),
      QStringLiteral("core/base")}},
    {QStringLiteral("app/trainer"),
     {QStringLiteral("core/engine"), QStringLiteral("core/architecture"), QStringLiteral("core/tokenizer"), QStringLiteral("core/model"),
      QStringLiteral("core/format"), QStringLiteral("core/evaluate"), QStringLiteral("core/bench"),
      QStringLiteral("core/base")}},
};

struct SourceFile
{
    QString path; ///< from the source folder
    QStringList lines;
};

/// Every source file below these folders.
QList<SourceFile> sources(const QStringList &folders)
{
    const QString root = QStringLiteral(ASSAY_SOURCE_DIR "/");
    QList<SourceFile> out;
    for (const QString &folder : folders) {
        QDirIterator it(root + folder, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                        QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            out.append({file.fileName().mid(root.size()), QString::fromUtf8(file.readAll()).split(u'\n')});
        }
    }
    return out;
}

QStringList includesOf(const SourceFile &file)
{
    static const QRegularExpression kInclude(QStringLiteral("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"));
    QStringList out;
    for (const QString &line : file.lines) {
        if (const auto match = kInclude.match(line); match.hasMatch())
            out.append(match.captured(1));
    }
    return out;
}

QString roomOf(const QString &path)
{
    return path.section(u'/', 0, 1);
}

QString outputOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(60000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return QString::fromUtf8(process.readAllStandardOutput());
}

} // namespace

class TestLayering : public QObject
{
    Q_OBJECT
private slots:
    void arrowsPointOneWay();
    void pureRoomsNameNeitherQtNorTorch();
    void torchStaysInTheEngine();
    void onlyTheChartRoomKnowsQCustomPlot();
    void onlyTheServicesSpeakHttp();
    void onlyWorkerAndTrainerUseTheEngine();
    void assayLoadsNoTorch();
    void workerNamesNoQt();
    void filesStaySmall();
    void everyFileCarriesItsLicence();
    void textsStandWhereLupdateFindsThem();
    void namesAreTakenOnce();
};

void TestLayering::arrowsPointOneWay()
{
    QStringList wrong;
    for (const SourceFile &file : sources({QStringLiteral("core"), QStringLiteral("app/worker"), QStringLiteral("app/trainer")})) {
        const QString room = roomOf(file.path);
        QVERIFY2(kMayInclude.contains(room), qPrintable(file.path + QStringLiteral(" is in a room without a rule")));
        for (const QString &include : includesOf(file)) {
            const QString target = roomOf(include);
            const bool ours = include.startsWith(QStringLiteral("core/")) || include.startsWith(QStringLiteral("app/"))
                              || include.startsWith(QStringLiteral("widgets/"));
            if (ours && target != room && !kMayInclude[room].contains(target))
                wrong << file.path + QStringLiteral(" includes ") + include;
        }
    }
    for (const SourceFile &file : sources({QStringLiteral("widgets")})) {
        for (const QString &include : includesOf(file)) {
            if (include.startsWith(QStringLiteral("app/")) || include.startsWith(QStringLiteral("core/engine")))
                wrong << file.path + QStringLiteral(" includes ") + include;
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestLayering::pureRoomsNameNeitherQtNorTorch()
{
    static const QRegularExpression kQt(QStringLiteral("^(Q[A-Z]|Qt[A-Z])"));
    QStringList wrong;
    for (const SourceFile &file : sources({QStringLiteral("core")})) {
        const QString room = roomOf(file.path);
        if (room == QStringLiteral("core/engine") || room == QStringLiteral("core/service"))
            continue;
        for (const QString &include : includesOf(file)) {
            if (kQt.match(include).hasMatch() || include.startsWith(QStringLiteral("torch/")) || include.startsWith(QStringLiteral("ATen/")))
                wrong << file.path + QStringLiteral(" includes ") + include;
        }
    }
    for (const SourceFile &file : sources({QStringLiteral("core/service")})) {
        for (const QString &include : includesOf(file)) {
            static const QRegularExpression kGui(QStringLiteral("^(QWidget|QApplication|QGuiApplication|QPainter|QtWidgets|QtGui|QImage|QPixmap|QColor)"));
            if (kGui.match(include).hasMatch())
                wrong << file.path + QStringLiteral(" includes ") + include;
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestLayering::torchStaysInTheEngine()
{
    QStringList wrong;
    for (const SourceFile &file : sources({QStringLiteral("core"), QStringLiteral("app"), QStringLiteral("widgets")})) {
        const bool trainerSource = file.path.startsWith(QStringLiteral("app/trainer/")) && file.path.endsWith(QStringLiteral(".cpp"));
        if (file.path.startsWith(QStringLiteral("core/engine/")) || trainerSource)
            continue;
        for (const QString &include : includesOf(file)) {
            if (include.startsWith(QStringLiteral("torch/")) || include.startsWith(QStringLiteral("ATen/")) || include.startsWith(QStringLiteral("c10/")))
                wrong << file.path + QStringLiteral(" includes ") + include;
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestLayering::onlyTheChartRoomKnowsQCustomPlot()
{
    QStringList wrong;
    for (const SourceFile &file : sources({QStringLiteral("core"), QStringLiteral("app"), QStringLiteral("widgets")})) {
        if (!file.path.startsWith(QStringLiteral("widgets/chart/")) && includesOf(file).contains(QStringLiteral("qcustomplot.h")))
            wrong << file.path;
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestLayering::onlyTheServicesSpeakHttp()
{
    QStringList wrong;
    for (const SourceFile &file : sources({QStringLiteral("core"), QStringLiteral("app"), QStringLiteral("widgets")})) {
        for (const QString &include : includesOf(file)) {
            if ((include.startsWith(QStringLiteral("curl/")) && roomOf(file.path) != QStringLiteral("core/service")
                 && roomOf(file.path) != QStringLiteral("core/endpoint"))
                || (include.startsWith(QStringLiteral("openssl/")) && roomOf(file.path) != QStringLiteral("core/base")))
                wrong << file.path + QStringLiteral(" includes ") + include;
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestLayering::onlyWorkerAndTrainerUseTheEngine()
{
    QStringList wrong;
    for (const SourceFile &file : sources({QStringLiteral("core"), QStringLiteral("app/assay"), QStringLiteral("widgets")})) {
        if (file.path.startsWith(QStringLiteral("core/engine/")))
            continue;
        for (const QString &include : includesOf(file)) {
            if (include.startsWith(QStringLiteral("core/engine/")))
                wrong << file.path + QStringLiteral(" includes ") + include;
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestLayering::assayLoadsNoTorch()
{
    const QString libraries = outputOf(QStringLiteral("ldd"), {QStringLiteral(ASSAY_BINARY_DIR "/bin/assay")});
    QVERIFY2(libraries.contains(QStringLiteral("libQt6Core")), "ldd gave no list of libraries");
    QVERIFY(!libraries.contains(QStringLiteral("libtorch")));
    QVERIFY(!libraries.contains(QStringLiteral("libc10")));
    QVERIFY(!libraries.contains(QStringLiteral("libQt5")));
}

void TestLayering::workerNamesNoQt()
{
    const QString worker = QStringLiteral(ASSAY_BINARY_DIR "/bin/assay-worker");
    if (!QFile::exists(worker))
        QSKIP("this build has no worker (ASSAY_WORKER=OFF)");
    const QString dynamic = outputOf(QStringLiteral("readelf"), {QStringLiteral("-d"), worker});
    QVERIFY2(dynamic.contains(QStringLiteral("libtorch")), "readelf gave no list of libraries");
    // Debian's libtorch itself drags Qt 5 in; what counts is that the worker does not ask for it.
    QVERIFY(!dynamic.contains(QStringLiteral("libQt")));
}

void TestLayering::filesStaySmall()
{
    QStringList wrong;
    for (const SourceFile &file : sources({QStringLiteral("core"), QStringLiteral("app"), QStringLiteral("widgets"), QStringLiteral("tests")})) {
        if (file.lines.size() > 601)
            wrong << QStringLiteral("%1: %2 lines").arg(file.path).arg(file.lines.size() - 1);
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestLayering::everyFileCarriesItsLicence()
{
    QStringList wrong;
    for (const SourceFile &file : sources({QStringLiteral("core"), QStringLiteral("app"), QStringLiteral("widgets"), QStringLiteral("tests"), QStringLiteral("benchmarks")})) {
        if (!file.lines.first().contains(QStringLiteral("SPDX-License-Identifier: GPL-3.0-or-later")))
            wrong << file.path;
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestLayering::textsStandWhereLupdateFindsThem()
{
    // lupdate takes translate("Context", for a call of its own and does not look for a marked text inside.
    static const QRegularExpression kNested(QStringLiteral(R"(translate\(\s*"\w+",\s*(ASSAY_TEXT|QT_TRANSLATE_NOOP)\()"));
    QStringList wrong;
    for (const SourceFile &file : sources({QStringLiteral("core"), QStringLiteral("app"), QStringLiteral("widgets")})) {
        if (kNested.match(file.lines.join(u'\n')).hasMatch())
            wrong << file.path;
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

/// Two types of one name in one namespace share their destructors in a program that links both: the linker keeps one of them in silence.
void TestLayering::namesAreTakenOnce()
{
    static const QRegularExpression kSpace(QStringLiteral(R"(^namespace (assay[\w:]*))")), kType(QStringLiteral(R"(^(?:struct|class) (\w+)(?: final)?(?: : .*)?$)"));
    QHash<QString, QString> places;
    QStringList twice;
    for (const SourceFile &file : sources({QStringLiteral("core"), QStringLiteral("app/assay"), QStringLiteral("widgets")})) {
        QString space;
        if (!file.path.endsWith(QLatin1String(".h")))
            continue;
        for (const QString &line : file.lines) {
            if (const auto found = kSpace.match(line); found.hasMatch())
                space = found.captured(1);
            const auto type = kType.match(line);
            if (!type.hasMatch())
                continue;
            const QString name = space + QStringLiteral("::") + type.captured(1);
            if (const QString other = places.value(name); !other.isEmpty() && other != file.path)
                twice << QStringLiteral("%1: %2 and %3").arg(name, other, file.path);
            places.insert(name, file.path);
        }
    }
    QVERIFY(places.size() > 300);
    QVERIFY2(twice.isEmpty(), qPrintable(twice.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestLayering)
#include "tst_layering.moc"
