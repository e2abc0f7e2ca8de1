// SPDX-License-Identifier: GPL-3.0-or-later
// The difference page and the memory tab, with pictures of both for people to look at.
#undef QT_NO_CAST_FROM_ASCII // modelfiles.h and the short texts here are plain
#undef QT_NO_CAST_TO_ASCII
#include "core/service/languages.h"
#include "core/service/resources.h"
#include "tests/model/modelfiles.h"
#include "tests/widgets/windowsupport.h"
#include "widgets/chart/chartwidget.h"
#include "widgets/common/theme.h"
#include "widgets/difference/differencepage.h"
#include "widgets/difference/templateview.h"
#include "widgets/difference/weightsview.h"
#include "widgets/inspect/inspectpage.h"
#include "widgets/inspect/memorytab.h"
#include "widgets/shell/commandregistry.h"
#include "widgets/shell/language.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/subjectpanel.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTest>
#include <QTranslator>
#include <QTreeView>

using namespace assay;

namespace {

QTreeView *treeNamed(QWidget *page, const char *name)
{
    for (QTreeView *view : page->findChildren<QTreeView *>()) {
        if (view->accessibleName() == QLatin1String(name))
            return view;
    }
    qFatal("there is no view %s", name);
    return nullptr;
}

void writeTemplate(const QString &folder, const QByteArray &chat)
{
    QFile file(folder + "/tokenizer_config.json");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(QJsonObject{{"chat_template", QString::fromUtf8(chat)}}).toJson());
}

} // namespace

class TestDifferencePage : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void emptyUntilTwoAreOpen();
    void differencesOnlyUntilAskedOtherwise();
    void chosenSubjectsAlone();
    void weightsOnRequest();
    void memoryFollowsTheChoice();
    void look_data();
    void look();

private:
    void shoot(QWidget &widget, const QString &name);
    QString m_look;
};

void TestDifferencePage::initTestCase()
{
    prepareWindowTest();
    QVERIFY(QDir().mkpath(QStringLiteral(ASSAY_BINARY_DIR "/screenshots")));
}

void TestDifferencePage::emptyUntilTwoAreOpen()
{
    const QTemporaryDir folder;
    WindowUnderTest test;
    test.window->show();
    makeModel(folder.filePath("one"), 2, 32);
    test.openAndWait({folder.filePath("one")});
    test.window->commands()->action("view.difference")->trigger();
    auto *page = test.window->findChild<DifferencePage *>();
    QVERIFY(page);
    QTRY_VERIFY(page->isVisible());
    QVERIFY(page->difference().names.empty());
    const auto texts = page->findChildren<QLabel *>();
    QVERIFY(std::any_of(texts.begin(), texts.end(), [](const QLabel *label) { return label->isVisible() && label->text().contains("Two or more"); }));
}

void TestDifferencePage::differencesOnlyUntilAskedOtherwise()
{
    const QTemporaryDir folder;
    WindowUnderTest test;
    test.window->show();
    const QStringList models = makeFamily(folder);
    writeTemplate(models[0], "one\ntwo");
    writeTemplate(models[1], "one\nthree");
    test.openAndWait({models[0], models[1]});
    test.window->showPage("difference");
    auto *page = test.window->findChild<DifferencePage *>();
    QTRY_COMPARE(page->difference().names.size(), size_t(2));
    QVERIFY(page->findChild<QLabel *>("differenceHeadline")->text().startsWith("Same family, other sizes"));
    QTreeView *view = treeNamed(page, "Differences");
    const QString shown = modelText(*view->model(), {0, 1, 2, 3}).join('\n');
    QVERIFY2(shown.contains("hidden_size | 32 | 64 | differs"), qPrintable(shown));
    QVERIFY(!shown.contains("vocab_size | 512"));
    page->findChild<QCheckBox *>()->setChecked(false);
    QVERIFY(modelText(*view->model(), {0, 1, 2, 3}).join('\n').contains("vocab_size | 512 | 512 | same"));
    auto *lines = treeNamed(page, "Chat template");
    QCOMPARE(modelText(*lines->model(), {2, 3}), (QStringList{" | one", "- | two", "+ | three"}));
}

void TestDifferencePage::chosenSubjectsAlone()
{
    const QTemporaryDir folder;
    WindowUnderTest test;
    test.window->show();
    test.openAndWait(makeFamily(folder));
    test.window->showPage("difference");
    auto *page = test.window->findChild<DifferencePage *>();
    QTRY_COMPARE(page->difference().names.size(), size_t(3));
    auto *list = test.window->findChild<SubjectPanel *>()->findChild<QListView *>();
    list->selectionModel()->clearSelection();
    for (const int row : {0, 2})
        list->selectionModel()->select(list->model()->index(row, 0), QItemSelectionModel::Select);
    test.window->commands()->action("subject.difference")->trigger();
    QTRY_COMPARE(page->difference().names.size(), size_t(2));
    QCOMPARE(QString::fromStdString(page->difference().names[1]), QStringLiteral("reasoner-distill"));
    QVERIFY(QString::fromStdString(page->difference().headline).startsWith("Same structure"));
}

void TestDifferencePage::weightsOnRequest()
{
    const QTemporaryDir folder;
    WindowUnderTest test;
    test.window->show();
    const QStringList models = makeFamily(folder);
    test.openAndWait({models[0], models[2]});
    test.window->showPage("difference");
    auto *page = test.window->findChild<DifferencePage *>();
    QTRY_COMPARE(page->difference().names.size(), size_t(2));
    page->findChild<QTabWidget *>()->setCurrentIndex(2);
    auto *weights = page->findChild<WeightsView *>();
    QSignalSpy finished(weights, &WeightsView::finished);
    page->findChild<QPushButton *>("compareWeights")->click();
    QVERIFY(finished.wait(30000));
    const QString text = weights->findChild<QLabel *>("weightsText")->text();
    // Two layers of nine tensors, embedding, norm and head: all zeros in both.
    QVERIFY2(text.contains("21 of 21 weights are equal"), qPrintable(text));
}

void TestDifferencePage::memoryFollowsTheChoice()
{
    const QTemporaryDir folder;
    WindowUnderTest test;
    test.window->show();
    makeModel(folder.filePath("one"), 2, 32);
    test.openAndWait({folder.filePath("one")});
    auto *page = test.window->findChild<InspectPage *>();
    page->showTab("memory");
    auto *tab = page->findChild<MemoryTab *>();
    QTreeView *view = treeNamed(tab, "Terms");
    QTRY_VERIFY(view->model()->rowCount() > 4);
    const auto cacheRow = [&] { return modelText(*view->model(), {0, 2}).filter("KV cache").value(0); };
    tab->findChild<QComboBox *>("memoryRuntime")->setCurrentText("transformers");
    tab->findChild<QSpinBox *>("memoryContext")->setValue(1024);
    // 2 layers x 2 x 2 heads x 8 x 2 bytes = 128 bytes a token.
    QCOMPARE(cacheRow(), QStringLiteral("KV cache | 128 KiB"));
    tab->findChild<QSpinBox *>("memoryBatch")->setValue(4);
    QCOMPARE(cacheRow(), QStringLiteral("KV cache | 512 KiB"));
    tab->findChild<QComboBox *>("memoryCache")->setCurrentText("F32");
    QCOMPARE(cacheRow(), QStringLiteral("KV cache | 1.00 MiB"));
    const QString verdict = tab->findChild<QLabel *>("memoryVerdict")->text();
    QVERIFY2(verdict.contains("Fits") && verdict.contains("made for 2,048"), qPrintable(verdict));
    for (const ChartWidget *chart : tab->findChildren<ChartWidget *>())
        QVERIFY(chart->spec().missing.empty() && !chart->spec().series.empty());
}

void TestDifferencePage::shoot(QWidget &widget, const QString &name)
{
    for (int round = 0; round < 5; ++round)
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    QApplication::processEvents();
    const QImage image = widget.grab().toImage();
    QVERIFY(image.save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/%1-%2.png").arg(name, m_look)));
    QSet<QRgb> colors;
    for (int y = 0; y < image.height(); y += 3) {
        for (int x = 0; x < image.width(); x += 3)
            colors.insert(image.pixel(x, y));
    }
    QVERIFY2(colors.size() > 20, qPrintable(name));
}

void TestDifferencePage::look_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QString>("language");
    QTest::newRow("light") << false << "en";
    QTest::newRow("dark") << true << "en";
    QTest::newRow("chinese") << false << "zh_CN";
}

void TestDifferencePage::look()
{
    QFETCH(bool, dark);
    QFETCH(QString, language);
    m_look = QString::fromLatin1(QTest::currentDataTag());
    applyColorScheme(dark ? ColorScheme::Dark : ColorScheme::Light);
    QTranslator translator;
    if (language != "en") {
        if (!translator.load("assay_" + language, QStringLiteral(ASSAY_BINARY_DIR "/translations")))
            QSKIP("the translation is not built");
        QCoreApplication::installTranslator(&translator);
        applyLanguageFont(language);
    }
    const auto back = qScopeGuard([] { applyLanguageFont(QStringLiteral("en")); });
    const QTemporaryDir folder;
    const QString configs = test::sharedFolder() + "/reference/configs/";
    const bool shared = QFile::exists(configs + "deepseek-r1/config.json");
    QStringList models{folder.filePath("DeepSeek-R1"), folder.filePath("R1-Distill-Qwen-7B")};
    const QString r1 = shared ? configs + "deepseek-r1/config.json" : test::dataFolder() + "/configs/r1-shape.json";
    const QString qwen = shared ? configs + "deepseek-r1-distill-qwen-7b/config.json" : test::dataFolder() + "/configs/qwen2-7b-shape.json";
    QVERIFY(test::generate("make_r1_index.py", {"--config", r1, "--out", models[0]}));
    QVERIFY(test::generate("make_dense_index.py", {"--config", qwen, "--out", models[1]}));
    writeTemplate(models[0], "{{ bos_token }}\n{% for m in messages %}\n{{ m.role }}: {{ m.content }}\n{% endfor %}");
    writeTemplate(models[1], "{{ bos_token }}\n{% for m in messages %}\n<|{{ m.role }}|>{{ m.content }}\n{% endfor %}");
    WindowUnderTest test;
    test.window->resize(1280, 800);
    test.window->show();
    test.openAndWait(models);
    test.window->showPage("difference");
    auto *page = test.window->findChild<DifferencePage *>();
    QTRY_COMPARE_WITH_TIMEOUT(page->difference().names.size(), size_t(2), 30000);
    shoot(*test.window, "difference-r1-qwen");
    page->findChild<QTabWidget *>()->setCurrentIndex(1);
    shoot(*test.window, "difference-template");
    page->findChild<QTabWidget *>()->setCurrentIndex(2);
    shoot(*test.window, "difference-weights");
    test.window->showPage("inspect");
    auto *inspect = test.window->findChild<InspectPage *>();
    inspect->setSubject(test.workspace.subjects().front()->id);
    inspect->showTab("memory");
    auto *tab = inspect->findChild<MemoryTab *>();
    QTRY_VERIFY(tab->findChild<QTreeView *>()->model()->rowCount() > 4);
    tab->findChild<QComboBox *>("memoryDevice")->setCurrentIndex(tab->findChild<QComboBox *>("memoryDevice")->findData("NVIDIA H200"));
    tab->findChild<QSpinBox *>("memoryDevices")->setValue(8);
    QTest::qWait(50);
    shoot(*test.window, "memory-r1");
}

QTEST_MAIN(TestDifferencePage)
#include "tst_difference_page.moc"
