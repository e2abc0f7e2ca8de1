// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of Inspect as a person uses them.
#include "core/base/file.h"
#include "core/format/safetensors.h"
#include "core/model/fieldexplanations.h"
#include "tests/widgets/windowsupport.h"
#include "widgets/inspect/alltensors.h"
#include "widgets/inspect/architecturesketch.h"
#include "widgets/inspect/filemodel.h"
#include "widgets/inspect/filestab.h"
#include "widgets/inspect/findingmodel.h"
#include "widgets/inspect/findingstab.h"
#include "widgets/inspect/heatmapview.h"
#include "widgets/inspect/inspectpage.h"
#include "widgets/inspect/jsontree.h"
#include "widgets/inspect/profileview.h"
#include "widgets/inspect/statisticsview.h"
#include "widgets/inspect/tensorpanel.h"
#include "widgets/inspect/tokenflow.h"
#include "widgets/inspect/tokenizertab.h"
#include "widgets/shell/commandregistry.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/modelfolders.h"
#include "widgets/shell/subjectmodel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCryptographicHash>
#include <QDialog>
#include <QDir>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QTreeView>

using namespace assay;

namespace {

const QString kData = QStringLiteral(ASSAY_TEST_DATA);

void writeText(const QString &file, const QByteArray &text)
{
    QVERIFY(QDir().mkpath(QFileInfo(file).path()));
    QVERIFY(writeFileAtomically(file.toStdString(), std::string_view(text.constData(), size_t(text.size()))));
}

/// The button with this text below the widget.
QPushButton *buttonOf(const QWidget *widget, const QString &text)
{
    for (QPushButton *button : widget->findChildren<QPushButton *>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

/// Shows a tab of the first subject that was opened.
template <class Tab> Tab *showTab(WindowUnderTest &test, const char *name)
{
    test.window->resize(1280, 800);
    test.window->show();
    auto *page = test.window->findChild<InspectPage *>();
    page->showTab(QLatin1String(name));
    return page->findChild<Tab *>();
}

} // namespace

class TestInspectPages : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void modelFoldersOfAPath_data();
    void modelFoldersOfAPath();
    void addressesAreOpenedAndDropped();
    void addressesAreCheckedWhileTyping();
    void tokensOfAText();
    void tokensOfALongText();
    void withoutTokenizerTheReasonIsSaid();
    void fieldsAreExplained_data();
    void fieldsAreExplained();
    void metadataAsTree();
    void findingsAreAcknowledged();
    void findingsAreFilteredBySeverity();
    void hashesAreChecked();
    void dangerousPickleIsNamed();
    void architectureInWords_data();
    void architectureInWords();
    void statisticsOfATensor();
    void statisticsOfAllTensors();
    void heatMapTellsItsCells();
    void heatMapZoomsAroundThePointer();
    void profileIsReadOut();
    void profileZoomsAroundThePointer();

private:
    QTemporaryDir m_folder;
};

void TestInspectPages::initTestCase()
{
    prepareWindowTest();
    const QString small = m_folder.filePath(QStringLiteral("small"));
    makeModel(small, 2, 32);
    // A config that speaks of another model: there is something to find.
    QVERIFY(QDir().mkpath(m_folder.filePath(QStringLiteral("wrong"))));
    for (const char *name : {"config.json", "model.safetensors"})
        QVERIFY(QFile::copy(small + u'/' + QLatin1String(name), m_folder.filePath(QStringLiteral("wrong/") + QLatin1String(name))));
    const auto config = readWholeFile((small + QStringLiteral("/config.json")).toStdString(), 10'000);
    QVERIFY(config);
    writeText(m_folder.filePath(QStringLiteral("wrong/config.json")),
              QByteArray::fromStdString(*config).replace("\"intermediate_size\": 96", "\"intermediate_size\": 128"));
    for (const char *name : {"a.gguf", "b-00001-of-00002.gguf", "b-00002-of-00002.gguf", "mmproj-a.gguf"})
        QVERIFY(QDir().mkpath(m_folder.filePath(QStringLiteral("ggufs"))) &&
                QFile::copy(kData + QStringLiteral("/gguf/llama-tiny-q8_0.gguf"),
                            m_folder.filePath(QStringLiteral("ggufs/") + QLatin1String(name))));
}

void TestInspectPages::modelFoldersOfAPath_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QStringList>("expected");
    const QString model = m_folder.filePath(QStringLiteral("small"));
    const QString ggufs = m_folder.filePath(QStringLiteral("ggufs"));
    const QString url = QStringLiteral("https://example.org/models/one");
    QTest::newRow("address") << url << QStringList{url};
    QTest::newRow("folder") << model << QStringList{model};
    QTest::newRow("its weights") << model + QStringLiteral("/model.safetensors") << QStringList{model};
    QTest::newRow("its config") << model + QStringLiteral("/config.json") << QStringList{model};
    QTest::newRow("one GGUF") << ggufs + QStringLiteral("/a.gguf") << QStringList{ggufs + QStringLiteral("/a.gguf")};
    QTest::newRow("folder of GGUFs") << ggufs
                                     << QStringList{ggufs + QStringLiteral("/a.gguf"),
                                                    ggufs + QStringLiteral("/b-00001-of-00002.gguf")};
    QTest::newRow("not there") << QStringLiteral("/not/there") << QStringList{QStringLiteral("/not/there")};
}

void TestInspectPages::modelFoldersOfAPath()
{
    QFETCH(QString, path);
    QFETCH(QStringList, expected);
    QCOMPARE(modelFolders(path), expected);
}

void TestInspectPages::addressesAreOpenedAndDropped()
{
    WindowUnderTest test;
    test.window->show();
    // Port 9 discards: nothing answers there, and nothing has to.
    const QString address = QStringLiteral("http://127.0.0.1:9/models/none");
    QMimeData data;
    data.setUrls({QUrl(address)});
    QDragEnterEvent enter(QPoint(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(test.window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(test.window.get(), &drop);
    QTRY_COMPARE(test.workspace.subjects().size(), size_t(1));
    QCOMPARE(test.workspace.subjects()[0]->path, address);
    QTRY_VERIFY_WITH_TIMEOUT(!test.workspace.loading(), 30000);
    QCOMPARE(test.workspace.subjects()[0]->state, SubjectState::Failed);
}

void TestInspectPages::addressesAreCheckedWhileTyping()
{
    WindowUnderTest test;
    test.window->show();
    test.window->commands()->action("open.address")->trigger();
    auto *dialog = test.window->findChild<QDialog *>();
    QVERIFY(dialog);
    auto *field = dialog->findChild<QLineEdit *>();
    QPushButton *open = dialog->findChildren<QPushButton *>().front();
    for (QPushButton *button : dialog->findChildren<QPushButton *>())
        open = button->isDefault() ? button : open;
    field->setText(QStringLiteral("ftp://example.org/x"));
    QVERIFY(!open->isEnabled());
    field->setText(QStringLiteral("http://127.0.0.1:9/x"));
    QVERIFY(open->isEnabled());
    open->click();
    QTRY_COMPARE(test.workspace.subjects().size(), size_t(1));
    QTRY_VERIFY_WITH_TIMEOUT(!test.workspace.loading(), 30000);
}

void TestInspectPages::tokensOfAText()
{
    const QString model = familyToShow(m_folder).front();
    if (!QFileInfo::exists(model + QStringLiteral("/tokenizer.json")))
        QSKIP("the sample models are not there");
    const auto tokenizer = Tokenizer::open(model.toStdString());
    QVERIFY(tokenizer);
    WindowUnderTest test;
    test.openAndWait({model});
    auto *tab = showTab<TokenizerTab>(test, "tokenizer");
    auto *flow = tab->findChild<TokenFlow *>();
    QTRY_VERIFY(flow->tokenCount() > 0);
    const QString text = QStringLiteral("Two words and \u4f60\u597d");
    tab->findChild<QPlainTextEdit *>(QStringLiteral("text"))->setPlainText(text);
    const auto plain = (*tokenizer)->encode(text.toStdString(), false);
    QTRY_COMPARE(flow->tokenCount(), int(plain.size()));
    const QString counts = tab->findChild<QLabel *>(QStringLiteral("counts"))->text();
    QVERIFY2(counts.startsWith(QStringLiteral("%1 tokens \u00b7 16 characters \u00b7 20 bytes").arg(plain.size())),
             qPrintable(counts));
    tab->findChild<QCheckBox *>()->click();
    QTRY_COMPARE(flow->tokenCount(), int((*tokenizer)->encode(text.toStdString(), true).size()));
    for (const int64_t id : plain)
        QVERIFY(flow->copyText().contains(QStringLiteral("\n%1\t").arg(id)));
}

void TestInspectPages::tokensOfALongText()
{
    const QString model = familyToShow(m_folder).front();
    if (!QFileInfo::exists(model + QStringLiteral("/tokenizer.json")))
        QSKIP("the sample models are not there");
    const auto tokenizer = Tokenizer::open(model.toStdString());
    WindowUnderTest test;
    test.openAndWait({model});
    auto *tab = showTab<TokenizerTab>(test, "tokenizer");
    const QString text = QStringLiteral("count to ten, ").repeated(7200).left(100'000);
    tab->findChild<QPlainTextEdit *>(QStringLiteral("text"))->setPlainText(text);
    const auto expected = int((*tokenizer)->encode(text.toStdString(), false).size());
    QTRY_COMPARE_WITH_TIMEOUT(tab->findChild<TokenFlow *>()->tokenCount(), expected, 60000);
}

void TestInspectPages::withoutTokenizerTheReasonIsSaid()
{
    WindowUnderTest test;
    test.openAndWait({kData + QStringLiteral("/gguf/llama-tiny-q8_0.gguf")});
    auto *tab = showTab<TokenizerTab>(test, "tokenizer");
    const auto said = [tab] {
        QStringList texts;
        for (const QLabel *label : tab->findChildren<QLabel *>())
            texts << label->text();
        return texts.join(u'\n');
    };
    QTRY_VERIFY2(said().contains(QStringLiteral("tokenizer.json")), qPrintable(said()));
    QVERIFY(tab->findChild<TokenFlow *>()->tokenCount() == 0);
}

void TestInspectPages::fieldsAreExplained_data()
{
    QTest::addColumn<QString>("file");
    for (const QString &model : QDir(kData + QStringLiteral("/models")).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        QTest::newRow(qPrintable(model)) << kData + QStringLiteral("/models/%1/config.json").arg(model);
}

void TestInspectPages::fieldsAreExplained()
{
    QFETCH(QString, file);
    const auto text = readWholeFile(file.toStdString(), 1'000'000);
    QVERIFY(text);
    const JsonTree tree = parseJsonTree(*text);
    for (const JsonTree::Node &node : tree.nodes) {
        bool number = false;
        node.key.toInt(&number);
        if (!number && !node.key.isEmpty())
            QVERIFY2(fieldExplanation(node.key.toStdString()), qPrintable(node.key));
    }
    QVERIFY(fieldExplanation("llama.attention.head_count_kv"));
    QVERIFY(fieldExplanation("general.file_type"));
    QVERIFY(!fieldExplanation("no_such_field"));
}

void TestInspectPages::metadataAsTree()
{
    MetadataEntry text{"general.name", "string", std::string("tiny"), {}, {}, {}, 0};
    MetadataEntry list{"tokenizer.ggml.tokens", "array of string", {}, 1000, {}, {"<s>", "a"}, 0};
    const JsonTree tree = metadataTree({text, list});
    QCOMPARE(tree.nodes.size(), size_t(6)); // root, text, list with two items and what is left
    QCOMPARE(tree.nodes[1].value, QStringLiteral("tiny"));
    QCOMPARE(tree.nodes[2].summary, QStringLiteral("[1000]"));
    QCOMPARE(tree.nodes[3].value, QStringLiteral("<s>"));
    QCOMPARE(tree.nodes[5].value, QStringLiteral("+ 998"));
}

void TestInspectPages::findingsAreAcknowledged()
{
    const QString model = m_folder.filePath(QStringLiteral("wrong"));
    const auto grave = [](const WindowUnderTest &test) {
        return test.window->findChild<SubjectModel *>()->index(0).data(SubjectModel::FindingsRole).toInt();
    };
    {
        WindowUnderTest test;
        test.openAndWait({model});
        auto *tab = showTab<FindingsTab>(test, "findings");
        const int before = grave(test);
        QVERIFY(before > 0);
        auto *by = tab->findChild<QLineEdit *>(QStringLiteral("by"));
        by->clear();
        QVERIFY(!buttonOf(tab, QStringLiteral("Acknowledge"))->isEnabled());
        by->setText(QStringLiteral("Ada"));
        tab->findChild<QLineEdit *>(QStringLiteral("note"))->setText(QStringLiteral("a test"));
        buttonOf(tab, QStringLiteral("Acknowledge"))->click();
        QCOMPARE(grave(test), before - 1);
        QCOMPARE(test.window->focusWidget(), tab->findChild<QTreeView *>()); // on to the next one
    }
    WindowUnderTest again;
    again.openAndWait({model});
    auto *tab = showTab<FindingsTab>(again, "findings");
    const int left = grave(again);
    auto *view = tab->findChild<QTreeView *>();
    const int last = view->model()->rowCount() - 1; // acknowledged ones stand last
    QCOMPARE(view->model()->index(last, FindingModel::Acknowledged).data().toString(), QStringLiteral("Ada: a test"));
    view->setCurrentIndex(view->model()->index(last, 0));
    buttonOf(tab, QStringLiteral("Withdraw"))->click();
    QCOMPARE(grave(again), left + 1);
}

void TestInspectPages::findingsAreFilteredBySeverity()
{
    WindowUnderTest test;
    test.openAndWait({m_folder.filePath(QStringLiteral("wrong"))});
    auto *tab = showTab<FindingsTab>(test, "findings");
    auto *view = tab->findChild<QTreeView *>();
    auto *severity = tab->findChild<QComboBox *>();
    const int all = view->model()->rowCount();
    int sum = 0;
    for (int choice = 1; choice < severity->count(); ++choice) {
        severity->setCurrentIndex(choice);
        for (int row = 0; row < view->model()->rowCount(); ++row)
            QCOMPARE(view->model()->index(row, FindingModel::Grade).data().toString(), severity->currentText());
        sum += view->model()->rowCount();
    }
    QCOMPARE(sum, all);
}

void TestInspectPages::hashesAreChecked()
{
    const QString model = m_folder.filePath(QStringLiteral("hashed"));
    makeModel(model, 1, 16);
    const auto sumOf = [&model](const char *name) {
        QFile file(model + u'/' + QLatin1String(name));
        return file.open(QIODevice::ReadOnly) ? QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex()
                                              : QByteArray();
    };
    writeText(model + QStringLiteral("/sha256sum.txt"),
              sumOf("model.safetensors") + "  model.safetensors\n" + QByteArray(64, '0') + "  config.json\n");
    WindowUnderTest test;
    test.openAndWait({model});
    auto *tab = showTab<FilesTab>(test, "files");
    auto *view = tab->findChild<QTreeView *>();
    const auto state = [view](const QString &name) {
        for (int row = 0; row < view->model()->rowCount(); ++row) {
            if (view->model()->index(row, FileModel::Name).data().toString() == name)
                return view->model()->index(row, FileModel::Hash).data().toString();
        }
        return QString();
    };
    QCOMPARE(state(QStringLiteral("model.safetensors")), QStringLiteral("unchecked"));
    buttonOf(tab, QStringLiteral("Check hashes"))->click();
    QTRY_COMPARE(state(QStringLiteral("model.safetensors")), QStringLiteral("right"));
    QTRY_COMPARE(state(QStringLiteral("config.json")), QStringLiteral("wrong"));
    QTRY_VERIFY(buttonOf(tab, QStringLiteral("Check hashes"))->isEnabled());
    auto *findings = showTab<FindingsTab>(test, "findings");
    QVERIFY(modelText(*findings->findChild<QTreeView *>()->model(), {FindingModel::Sentence})
                .join(u'\n')
                .contains(QStringLiteral("config.json")));
}

void TestInspectPages::dangerousPickleIsNamed()
{
    const QString file = m_folder.filePath(QStringLiteral("danger/pytorch_model.bin"));
    writeText(file, "cposix\nsystem\n(S'echo harm'\ntR.");
    WindowUnderTest test;
    test.openAndWait({file});
    QCOMPARE(test.workspace.subjects()[0]->state, SubjectState::Ready);
    auto *tab = showTab<FilesTab>(test, "files");
    const auto *model = tab->findChild<QTreeView *>()->model();
    QCOMPARE(model->index(0, FileModel::Pickle).data().toString(), QStringLiteral("runs code on load: posix.system"));
    QVERIFY(tab->findChild<QPlainTextEdit *>()->toPlainText().contains(QStringLiteral("posix.system")));
    const QModelIndex subject = test.window->findChild<SubjectModel *>()->index(0);
    QVERIFY(subject.data(SubjectModel::ProblemsRole).toBool()); // the count stands on red
}

void TestInspectPages::architectureInWords_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("expected");
    const QString arrow = QStringLiteral(" \u2192 ");
    const auto words = [&arrow](std::initializer_list<const char *> parts) {
        QStringList list;
        for (const char *part : parts)
            list << QString::fromUtf8(part);
        return list.join(arrow);
    };
    // The sizes are those of each model's config.json.
    QTest::newRow("llama") << QStringLiteral("small")
                           << words({"Embedding (512 x 32)", "2 layers: RMSNorm",
                                     "Attention (GQA, 4 heads, 2 KV, of 8 each, rotary positions)", "RMSNorm",
                                     "Feed-forward (width 96, gated silu)", "RMSNorm", "Head (512 x 32)"});
}

void TestInspectPages::architectureInWords()
{
    QFETCH(QString, model);
    QFETCH(QString, expected);
    const auto inspection = inspectModel(std::filesystem::path(m_folder.filePath(model).toStdString()));
    QVERIFY(inspection);
    QCOMPARE(sketchArchitecture(inspection->facts).text(), expected);
    QVERIFY(sketchArchitecture(ModelFacts()).columns.empty());
}

void TestInspectPages::statisticsOfATensor()
{
    // 4 x 8 values from -1.0 to 1.1 in steps: sums by hand below.
    const std::vector<int64_t> shape{4, 8};
    std::vector<float> values(32);
    for (size_t i = 0; i < values.size(); ++i)
        values[i] = float(int(i) - 16) / 16;
    const QString folder = m_folder.filePath(QStringLiteral("tensor"));
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(writeSafetensors((folder + QStringLiteral("/model.safetensors")).toStdString(),
                             std::vector<TensorToWrite>{
                                 {"a.weight", Dtype::F32, shape, std::as_bytes(std::span(values))}}));
    WindowUnderTest test;
    test.openAndWait({folder});
    auto *panel = showTab<TensorPanel>(test, "layers");
    panel->setTensor(0);
    StatisticsModel *model = panel->findChild<StatisticsModel *>();
    QTRY_VERIFY(model->rowCount() > 0);
    const QStringList lines = modelText(*model, {StatisticsModel::Name, StatisticsModel::Value});
    // -16..15 over 16: mean -0.5/16, the zero once, all different; the rows are -16..-9, -8..-1, 0..7, 8..15.
    for (const char *expected : {"Elements | 32", "Minimum | -1.00", "Maximum | 0.938", "Mean | -0.0313",
                                 "Zeros | 1", "NaN | 0", "Rows of zeros | 0"})
        QVERIFY2(lines.contains(QLatin1String(expected)), qPrintable(lines.join(u'\n')));
    auto *views = panel->findChild<QTabWidget *>();
    views->setCurrentIndex(views->count() - 1);
    auto *picture = panel->findChild<HeatMapView *>();
    QTRY_COMPARE(picture->cellText(), QStringLiteral("Each cell = 1 x 1 elements"));
    QVERIFY(picture->readoutAt({2, 2}).startsWith(QStringLiteral("Row 0, column 0: mean -1")));
}

void TestInspectPages::statisticsOfAllTensors()
{
    WindowUnderTest test;
    test.openAndWait({kData + QStringLiteral("/gguf/llama-tiny256-q4_k.gguf")});
    auto *panel = showTab<TensorPanel>(test, "layers");
    auto *all = panel->findChild<AllTensors *>();
    buttonOf(all, QStringLiteral("Statistics of all tensors"))->click();
    const auto *model = all->findChild<AllTensorsModel *>();
    const auto tensors = int(test.workspace.subjects()[0]->inspection->directory.checkpoint.tensors.size());
    QTRY_COMPARE(model->rowCount(), tensors);
    for (int row = 0; row < tensors; ++row)
        QVERIFY(model->index(row, AllTensorsModel::Deviation).data().toString() != QStringLiteral("-"));
    // Closing the subject takes its results away without a trace.
    test.workspace.close(test.workspace.subjects()[0]->id);
    QTRY_COMPARE(model->rowCount(), 0);
}

void TestInspectPages::heatMapTellsItsCells()
{
    HeatMapView view;
    view.resize(300, 240);
    view.setMatrix(100, 60);
    auto picture = std::make_shared<WeightPicture>();
    picture->region = {0, 100, 0, 60};
    picture->width = 3;
    picture->height = 2;
    picture->mean = {-1, 0, 1, 2, 3, 4};
    picture->min = {-2, -1, 0, 1, 2, 3};
    picture->max = {5, 6, 7, 8, 9, 10};
    picture->rms = {1, 1, 1, 2, 3, 4};
    picture->notFinite = {0, 0, 0, 0, 0, 7};
    view.setPicture(picture);
    QCOMPARE(view.cellText(), QStringLiteral("Each cell = 50 x 20 elements"));
    QCOMPARE(view.readoutAt({10, 10}), QStringLiteral("Row 0\u201349, column 0\u201319: mean -1.00, min -2.00, max 5.00"));
    QCOMPARE(view.readoutAt({290, 190}),
             QStringLiteral("Row 50\u201399, column 40\u201359: mean 4.00, min 3.00, max 10.0; 7 not finite"));
}

void TestInspectPages::heatMapZoomsAroundThePointer()
{
    HeatMapView view;
    view.resize(302, 240);
    view.setMatrix(1000, 1000);
    QSignalSpy wanted(&view, &HeatMapView::regionWanted);
    view.zoom(2, {1, 1});
    QCOMPARE(view.region(), (WeightRegion{0, 500, 0, 500})); // the corner under the pointer stays
    QTRY_COMPARE(wanted.size(), 1);
    QTest::keyClick(&view, Qt::Key_Right);
    QVERIFY(view.region().column0 > 0 && view.region().column1 - view.region().column0 == 500);
    for (int i = 0; i < 200; ++i)
        view.zoom(1.25, {150, 100});
    QCOMPARE(view.region().row1 - view.region().row0, uint64_t(1)); // an element is the end
    QTest::keyClick(&view, Qt::Key_0);
    QCOMPARE(view.region(), (WeightRegion{0, 1000, 0, 1000}));
}

void TestInspectPages::profileIsReadOut()
{
    Histogram histogram;
    histogram.edges = {-1, 0, 1, 2};
    histogram.counts = {5, 1000, 2};
    ProfileView view;
    view.resize(320, 200);
    view.setProfile(histogramProfile(histogram, false));
    QCOMPARE(view.readout(), QString());
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Right);
    QCOMPARE(view.readout(), QStringLiteral("0 to 1.00: 1,000"));
    QVERIFY(view.copyText().contains(QStringLiteral("-1.00 to 0\t5\n")));
    NormProfile norms;
    norms.count = 5;
    norms.perEntry = 2;
    norms.mean = {1, 2, 3};
    norms.min = norms.max = norms.mean;
    QCOMPARE(normProfile(norms, true).entries.back().name, QStringLiteral("4"));
}

void TestInspectPages::profileZoomsAroundThePointer()
{
    Histogram histogram;
    for (int i = 0; i <= 100; ++i)
        histogram.edges.push_back(i);
    histogram.counts.assign(100, 1);
    ProfileView view;
    view.resize(320, 200);
    view.setProfile(histogramProfile(histogram, false));
    view.zoom(0.5, 0.2); // bin 20 stays at a fifth of the width
    QCOMPARE(view.firstShown(), size_t(10));
    QCOMPARE(view.placesShown(), size_t(50));
    QTest::keyClick(&view, Qt::Key_Right); // the first in sight
    QCOMPARE(view.readout(), QStringLiteral("10.0 to 11.0: 1"));
    for (int i = 0; i < 30; ++i)
        QTest::keyClick(&view, Qt::Key_Plus);
    QCOMPARE(view.placesShown(), size_t(8));
    QTest::keyClick(&view, Qt::Key_0);
    QCOMPARE(view.placesShown(), size_t(100));
    view.setProfile({});
    QTest::keyClick(&view, Qt::Key_Plus);
    QCOMPARE(view.placesShown(), size_t(0));
}

QTEST_MAIN(TestInspectPages)
#include "tst_inspectpages.moc"
