// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of Inspect as a person uses them.
#include "core/base/file.h"
#include "core/model/fieldexplanations.h"
#include "tests/widgets/pagesupport.h"
#include "widgets/inspect/architecturesketch.h"
#include "widgets/inspect/filemodel.h"
#include "widgets/inspect/filestab.h"
#include "widgets/inspect/findingmodel.h"
#include "widgets/inspect/findingstab.h"
#include "widgets/inspect/jsontree.h"
#include "widgets/inspect/tokenflow.h"
#include "widgets/inspect/tokenizertab.h"
#include "widgets/shell/subjectmodel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCryptographicHash>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
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

} // namespace

class TestInspectPages : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void tokensOfAText();
    void whatATokenizerAsksForAndIsNotDone();
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
}

void TestInspectPages::whatATokenizerAsksForAndIsNotDone()
{
    const QString folder = m_folder.filePath(QStringLiteral("padding"));
    makeModel(folder, 1, 32);
    writeText(folder + QStringLiteral("/tokenizer.json"),
              R"({"truncation": {"max_length": 8}, "padding": {"length": 8}, "added_tokens": [], "normalizer": null,
                  "pre_tokenizer": null, "post_processor": null, "decoder": null,
                  "model": {"type": "WordLevel", "vocab": {"a": 0, "[UNK]": 1}, "unk_token": "[UNK]"}})");
    WindowUnderTest test;
    test.openAndWait({folder});
    auto *tab = showTab<TokenizerTab>(test, "tokenizer");
    auto *ignored = tab->findChild<QLabel *>(QStringLiteral("ignored"));
    QTRY_VERIFY(ignored->isVisible());
    QCOMPARE(ignored->text(), QStringLiteral("Not applied: truncation, padding (tokenizer.json)"));
    QVERIFY(QDir().mkpath(QStringLiteral(ASSAY_BINARY_DIR "/screenshots")));
    test.window->grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/tokenizer-ignored.png"));
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
    test.openAndWait({kData + QStringLiteral("/models/llama-gqa")});
    auto *tab = showTab<TokenizerTab>(test, "tokenizer");
    const auto said = [tab] {
        QStringList texts;
        for (const QLabel *label : tab->findChildren<QLabel *>())
            texts << label->text();
        return texts.join(u'\n');
    };
    QTRY_VERIFY2(said().contains(QStringLiteral("holds no tokenizer")), qPrintable(said()));
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
        const bool label = node.parent >= 0 && tree.nodes[size_t(node.parent)].key == QStringLiteral("label2id");
        if (!number && !label && !node.key.isEmpty())
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

QTEST_MAIN(TestInspectPages)
#include "tst_inspectpages.moc"
