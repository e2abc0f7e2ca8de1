// SPDX-License-Identifier: GPL-3.0-or-later
// Writes pictures of every page for people to look at, and checks that nothing is blank or cut off.
#include "tests/widgets/windowsupport.h"
#include "widgets/common/theme.h"
#include "widgets/inspect/inspectpage.h"
#include "widgets/inspect/tensorpanel.h"
#include "widgets/shell/commandregistry.h"
#include "widgets/shell/language.h"
#include "widgets/shell/mainwindow.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QScopeGuard>
#include <QSet>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QTranslator>

#include <algorithm>
#include <array>

using namespace assay;

namespace {

constexpr std::array kSizes{QSize(1280, 800), QSize(1024, 700)};

/// A picture of a page that drew something has many colours; a blank one has a handful.
int colorsIn(const QImage &image)
{
    QSet<QRgb> colors;
    for (int y = 0; y < image.height(); y += 2) {
        for (int x = 0; x < image.width(); x += 2)
            colors.insert(image.pixel(x, y));
    }
    return int(colors.size());
}

} // namespace

class TestScreenshots : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void look_data();
    void look();

private:
    void shoot(QWidget &widget, const QString &name, bool answers = true);
    void shootStates();
    void shootInspect(WindowUnderTest &test);
    void shootJobs(WindowUnderTest &test);
    void shootDialogs(WindowUnderTest &test);
    void shootSubjects();
    void shootTensor(WindowUnderTest &test, const QString &name);
    QString makeDamaged();
    QString makeDangerous();
    QString makeR1();
    QString m_look;
    QSize m_size;
    QTemporaryDir m_models;
};

void TestScreenshots::initTestCase()
{
    prepareWindowTest();
    QVERIFY(QDir().mkpath(QStringLiteral(ASSAY_BINARY_DIR "/screenshots")));
}

void TestScreenshots::shoot(QWidget &widget, const QString &name, bool answers)
{
    // Without answers of other threads only the layouts settle, each level of widgets in a round of its own.
    for (int round = 0; round < 5; ++round)
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    if (answers)
        QApplication::processEvents();
    const QImage image = widget.grab().toImage();
    const QString file =
        QStringLiteral(ASSAY_BINARY_DIR "/screenshots/%1-%2-%3.png").arg(name, m_look).arg(m_size.width());
    QVERIFY(image.save(file));
    QVERIFY2(colorsIn(image) > 20, qPrintable(file));
}

void TestScreenshots::shootStates()
{
    WindowUnderTest test;
    test.window->resize(m_size);
    test.window->show();
    shoot(*test.window, QStringLiteral("first-run"));
    test.openAndWait({m_models.filePath(QStringLiteral("not-there"))});
    shoot(*test.window, QStringLiteral("failed"));
    QSignalSpy opened(&test.workspace, &Workspace::opened);
    test.window->openPaths({m_models.filePath(QStringLiteral("slow"))});
    QVERIFY(opened.wait());
    shoot(*test.window, QStringLiteral("loading"), false);
    QTRY_VERIFY(!test.workspace.loading());
}

void TestScreenshots::shootInspect(WindowUnderTest &test)
{
    auto *page = test.window->findChild<InspectPage *>();
    QVERIFY(page);
    for (const char *tab : {"overview", "config", "layers", "tokenizer", "memory", "findings", "files"}) {
        page->showTab(QLatin1String(tab));
        QTest::qWait(50);
        shoot(*test.window, QStringLiteral("inspect-") + QLatin1String(tab));
    }
    shootTensor(test, QStringLiteral("inspect"));
    page->showTab(QStringLiteral("overview"));
    test.window->showPage(QStringLiteral("compare"));
    QTest::qWait(600);
    shoot(*test.window, QStringLiteral("compare-unmeasured"));
    test.window->showPage(QStringLiteral("difference"));
    QTest::qWait(600);
    shoot(*test.window, QStringLiteral("difference"));
    test.window->showPage(QStringLiteral("inspect"));
}

void TestScreenshots::shootJobs(WindowUnderTest &test)
{
    const auto add = [&test](const QString &title, const QString &subject) {
        return static_cast<ScriptedJob *>(test.jobs.add(std::make_unique<ScriptedJob>(title, subject)));
    };
    ScriptedJob *failing = add(QStringLiteral("Benchmark"), test.workspace.subjects()[0]->name);
    ScriptedJob *running = add(QStringLiteral("Benchmark"), test.workspace.subjects()[1]->name);
    add(QStringLiteral("Accuracy: reasoning"), test.workspace.subjects()[1]->name);
    QTRY_COMPARE(failing->state(), JobState::Running);
    failing->log(QStringLiteral("assay-worker: loading model.safetensors"));
    failing->finish(JobState::Failed,
                    Error{ErrorCode::WorkerMissing, {"assay-worker", "No such file or directory"}, {}});
    QTRY_COMPARE(running->state(), JobState::Running);
    running->progress(QStringLiteral("prompt 64, output 64"), 12, 36);
    test.window->commands()->action("view.jobs")->trigger();
    test.window->commands()->action("view.jobs")->trigger();
    QTest::qWait(250);
    shoot(*test.window, QStringLiteral("jobs"));
    test.window->commands()->action("view.jobs")->trigger();
    QTest::qWait(50);
    shoot(*test.window, QStringLiteral("jobs-folded"));
    test.jobs.cancelAll();
}

void TestScreenshots::shootDialogs(WindowUnderTest &test)
{
    for (const char *id : {"measure", "settings", "shortcuts", "palette"}) {
        test.window->commands()->action(id)->trigger();
        QTest::qWait(50);
        const QWidgetList tops = QApplication::topLevelWidgets();
        for (QWidget *top : tops) {
            if (!top->isVisible() || top == test.window.get())
                continue;
            shoot(*top, QStringLiteral("dialog-") + QLatin1String(id));
            top->close();
        }
        QTest::qWait(10);
    }
}

QString TestScreenshots::makeDamaged()
{
    // A set whose second shard is missing, and a config that speaks of other sizes.
    const QString from = QStringLiteral(ASSAY_TEST_DATA "/models/llama-sharded-bf16");
    const QString folder = m_models.filePath(QStringLiteral("damaged-70b"));
    QDir().mkpath(folder);
    for (const QFileInfo &file : QDir(from).entryInfoList(QDir::Files)) {
        if (!file.fileName().startsWith(QLatin1String("model-00002")))
            QFile::copy(file.filePath(), folder + u'/' + file.fileName());
    }
    QFile config(folder + QStringLiteral("/config.json"));
    config.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (!config.open(QIODevice::ReadOnly))
        return folder;
    QByteArray text = config.readAll();
    config.close();
    text.replace("\"num_hidden_layers\": ", "\"num_hidden_layers\": 9");
    text.replace("\"intermediate_size\": ", "\"intermediate_size\": 7");
    if (config.open(QIODevice::WriteOnly | QIODevice::Truncate))
        config.write(text);
    return folder;
}

QString TestScreenshots::makeDangerous()
{
    // Protocol 0, written by hand: calls os.system when it is loaded.
    const QString file = m_models.filePath(QStringLiteral("dangerous/pytorch_model.bin"));
    QDir().mkpath(QFileInfo(file).path());
    QFile pickle(file);
    if (pickle.open(QIODevice::WriteOnly))
        pickle.write("cposix\nsystem\n(S'echo harm'\ntR.");
    return file;
}

QString TestScreenshots::makeR1()
{
    const QString folder = m_models.filePath(QStringLiteral("DeepSeek-R1"));
    const QString data = QStringLiteral(ASSAY_TEST_DATA);
    if (!QFileInfo::exists(folder))
        QProcess::execute(QStringLiteral("python3"), {data + QStringLiteral("/generators/make_r1_index.py"),
                                                      QStringLiteral("--config"),
                                                      data + QStringLiteral("/configs/r1-shape.json"),
                                                      QStringLiteral("--out"), folder});
    return folder;
}

void TestScreenshots::shootTensor(WindowUnderTest &test, const QString &name)
{
    auto *page = test.window->findChild<InspectPage *>();
    page->showTab(QStringLiteral("layers"));
    auto *panel = page->findChild<TensorPanel *>();
    const auto inspection = test.workspace.subjects().back()->inspection;
    if (!inspection)
        return;
    const auto &tensors = inspection->directory.checkpoint.tensors;
    const auto matrix = std::find_if(tensors.begin(), tensors.end(), [](const TensorRecord &tensor) {
        return tensor.shape.size() == 2 && tensor.bytes > 2000 && tensor.bytes < 64'000'000;
    });
    if (matrix == tensors.end())
        return;
    panel->setTensor(matrix - tensors.begin());
    auto *views = panel->findChild<QTabWidget *>();
    for (int view = 0; view < views->count(); ++view) {
        views->setCurrentIndex(view);
        QTest::qWait(250);
        shoot(*test.window, QStringLiteral("%1-tensor-%2").arg(name).arg(view));
    }
}

void TestScreenshots::shootSubjects()
{
    // What pages have to bear: experts with quantised weights, damage, 92,000 tensors, other formats, danger.
    const std::pair<QString, QString> subjects[] = {
        {QStringLiteral("fp8"), QStringLiteral(ASSAY_TEST_DATA "/quantized/fp8-block")},
        {QStringLiteral("damaged"), makeDamaged()},
        {QStringLiteral("r1"), makeR1()},
        {QStringLiteral("gguf"), QStringLiteral(ASSAY_TEST_DATA "/gguf/llama-tiny256-q4_k.gguf")},
        {QStringLiteral("pickle"), makeDangerous()},
    };
    for (const auto &[name, path] : subjects) {
        WindowUnderTest test;
        test.window->resize(m_size);
        test.window->show();
        test.openAndWait({path});
        auto *page = test.window->findChild<InspectPage *>();
        if (test.workspace.subjects().front()->state != SubjectState::Ready) {
            shoot(*test.window, name + QStringLiteral("-overview"));
            continue;
        }
        for (const char *tab : {"overview", "config", "layers", "tokenizer", "memory", "findings", "files"}) {
            page->showTab(QLatin1String(tab));
            QTest::qWait(120);
            shoot(*test.window, QStringLiteral("%1-%2").arg(name, QLatin1String(tab)));
        }
        shootTensor(test, name);
    }
}

void TestScreenshots::look_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QString>("language");
    QTest::addColumn<QSize>("size");
    for (const QSize &size : kSizes) {
        const QByteArray width = QByteArray::number(size.width());
        QTest::newRow(("light-" + width).constData()) << false << "en" << size;
        QTest::newRow(("dark-" + width).constData()) << true << "en" << size;
        QTest::newRow(("chinese-" + width).constData()) << false << "zh_CN" << size;
    }
}

void TestScreenshots::look()
{
    QFETCH(bool, dark);
    QFETCH(QString, language);
    QFETCH(QSize, size);
    m_size = size;
    m_look = language == QLatin1String("en") ? (dark ? QStringLiteral("dark") : QStringLiteral("light"))
                                             : language;
    applyColorScheme(dark ? ColorScheme::Dark : ColorScheme::Light);
    QTranslator translator;
    if (language != QLatin1String("en")) {
        if (!translator.load(QStringLiteral("assay_") + language,
                             QStringLiteral(ASSAY_BINARY_DIR "/translations")))
            QSKIP("the translation is not built");
        QCoreApplication::installTranslator(&translator);
        applyLanguageFont(language);
    }
    const auto font = qScopeGuard([] { applyLanguageFont(QStringLiteral("en")); });
    shootStates();
    WindowUnderTest test;
    test.window->resize(size);
    test.window->show();
    test.openAndWait(familyToShow(m_models));
    shootInspect(test);
    shootJobs(test);
    shootDialogs(test);
    shootSubjects();
}

QTEST_MAIN(TestScreenshots)
#include "tst_screenshots.moc"
