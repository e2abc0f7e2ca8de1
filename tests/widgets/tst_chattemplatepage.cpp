// SPDX-License-Identifier: GPL-3.0-or-later
// The chat template's side of the tokenizer page: a sample dialogue as the template writes it.
#include "core/base/file.h"
#include "tests/widgets/pagesupport.h"
#include "widgets/common/theme.h"
#include "widgets/inspect/dialogueview.h"
#include "widgets/inspect/tokenizertab.h"

#include <QDir>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace assay;

namespace {

const char *const kTurns = "{{ bos_token }}{% for m in messages %}<|turn|>{{ m.role }}\n{{ m.content }}<|stop|>\n{% endfor %}"
                           "{% if add_generation_prompt %}<|turn|>assistant\n{% endif %}";

void writeText(const QString &file, const std::string &text)
{
    QVERIFY(writeFileAtomically(file.toStdString(), text));
}

} // namespace

class TestChatTemplatePage : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void dialogueIsWritten();
    void dialogueWithoutTheSystemMessage();
    void theReasonOfAFailureIsSaid();
    void withoutTemplateThereIsNoDialogue();
    void itIsReadableInBothLooks_data();
    void itIsReadableInBothLooks();

private:
    /// A model with a tokenizer that knows the marks, and this chat template.
    QString model(const QString &name, const std::string &chatTemplate);
    TokenizerTab *shown(WindowUnderTest &test, const QString &folder);
    QTemporaryDir m_folder;
};

void TestChatTemplatePage::initTestCase()
{
    prepareWindowTest();
    QVERIFY(QDir().mkpath(QStringLiteral(ASSAY_BINARY_DIR "/screenshots")));
}

QString TestChatTemplatePage::model(const QString &name, const std::string &chatTemplate)
{
    const QString folder = m_folder.filePath(name);
    makeModel(folder, 1, 32);
    const auto added = [](int id, const char *text) {
        return nlohmann::json{{"id", id}, {"content", text}, {"single_word", false}, {"lstrip", false}, {"rstrip", false}, {"normalized", false}, {"special", true}};
    };
    const nlohmann::json tokenizer{{"added_tokens", {added(1, "<s>"), added(2, "<|turn|>"), added(3, "<|stop|>")}},
                                   {"pre_tokenizer", {{"type", "Whitespace"}}},
                                   {"model", {{"type", "WordLevel"}, {"vocab", {{"a", 0}, {"[UNK]", 4}}}, {"unk_token", "[UNK]"}}}};
    writeText(folder + QStringLiteral("/tokenizer.json"), tokenizer.dump());
    nlohmann::json config{{"bos_token", "<s>"}};
    if (!chatTemplate.empty())
        config["chat_template"] = chatTemplate;
    writeText(folder + QStringLiteral("/tokenizer_config.json"), config.dump());
    return folder;
}

TokenizerTab *TestChatTemplatePage::shown(WindowUnderTest &test, const QString &folder)
{
    test.openAndWait({folder});
    auto *tab = showTab<TokenizerTab>(test, "tokenizer");
    for (auto *side : tab->findChildren<QTabWidget *>())
        side->setCurrentIndex(1);
    return tab;
}

void TestChatTemplatePage::dialogueIsWritten()
{
    WindowUnderTest test;
    auto *text = shown(test, model(QStringLiteral("turns"), kTurns))->findChild<QPlainTextEdit *>(QStringLiteral("dialogue"));
    QTRY_VERIFY(!text->toPlainText().isEmpty());
    QCOMPARE(text->toPlainText(),
             QStringLiteral("<s><|turn|>system\nYou answer briefly.<|stop|>\n<|turn|>user\nWhat is the capital of France?<|stop|>\n"
                            "<|turn|>assistant\nParis.<|stop|>\n<|turn|>user\nAnd of Italy?<|stop|>\n<|turn|>assistant\n"));
    QStringList marked;
    for (const QTextEdit::ExtraSelection &selection : text->extraSelections())
        marked << selection.cursor.selectedText();
    QCOMPARE(marked.size(), 10);
    QCOMPARE(marked.mid(0, 3), QStringList({QStringLiteral("<s>"), QStringLiteral("<|turn|>"), QStringLiteral("<|stop|>")}));
}

void TestChatTemplatePage::dialogueWithoutTheSystemMessage()
{
    WindowUnderTest test;
    const std::string refusing = std::string("{% if messages[0].role == 'system' %}{{ raise_exception('No system message') }}{% endif %}") + kTurns;
    auto *tab = shown(test, model(QStringLiteral("nosystem"), refusing));
    auto *text = tab->findChild<QPlainTextEdit *>(QStringLiteral("dialogue"));
    QTRY_VERIFY(text->toPlainText().startsWith(QStringLiteral("<s><|turn|>user\nWhat")));
    QVERIFY(!tab->findChild<QLabel *>(QStringLiteral("dialogueProblem"))->isVisible());
}

void TestChatTemplatePage::theReasonOfAFailureIsSaid()
{
    WindowUnderTest test;
    auto *tab = shown(test, model(QStringLiteral("failing"), "{{ raise_exception('Only for pictures') }}"));
    auto *problem = tab->findChild<QLabel *>(QStringLiteral("dialogueProblem"));
    QTRY_VERIFY(problem->isVisible());
    QVERIFY2(problem->text().contains(QStringLiteral("Only for pictures (line 1)")), qPrintable(problem->text()));
    QVERIFY(!tab->findChild<QPlainTextEdit *>(QStringLiteral("dialogue"))->isVisible());
    test.window->grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/chat-template-failing.png"));
}

void TestChatTemplatePage::withoutTemplateThereIsNoDialogue()
{
    WindowUnderTest test;
    auto *tab = shown(test, model(QStringLiteral("plain"), {}));
    const auto said = [tab] {
        QStringList texts;
        for (const QLabel *label : tab->findChildren<QLabel *>()) {
            if (label->isVisible())
                texts << label->text();
        }
        return texts.join(u'\n');
    };
    QTRY_VERIFY(said().contains(QStringLiteral("No chat template comes with this model.")));
    QVERIFY(!tab->findChild<DialogueView *>()->isVisible());
    test.window->grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/chat-template-none.png"));
}

void TestChatTemplatePage::itIsReadableInBothLooks_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestChatTemplatePage::itIsReadableInBothLooks()
{
    QFETCH(bool, dark);
    applyColorScheme(dark ? ColorScheme::Dark : ColorScheme::Light);
    WindowUnderTest test;
    auto *tab = shown(test, model(dark ? QStringLiteral("dark") : QStringLiteral("light"), kTurns));
    auto *text = tab->findChild<QPlainTextEdit *>(QStringLiteral("dialogue"));
    QTRY_VERIFY(!text->extraSelections().isEmpty());
    const QTextCharFormat mark = text->extraSelections().front().format;
    const int contrast = std::abs(mark.background().color().lightness() - mark.foreground().color().lightness());
    QVERIFY2(contrast > 100, qPrintable(QString::number(contrast)));
    QApplication::processEvents();
    test.window->grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/chat-template-%1.png").arg(dark ? QStringLiteral("dark") : QStringLiteral("light")));
    applyColorScheme(ColorScheme::Light);
}

QTEST_MAIN(TestChatTemplatePage)
#include "tst_chattemplatepage.moc"
