// SPDX-License-Identifier: GPL-3.0-or-later
// Which chat template of a model is used, what it is given, and what is said when that fails.
#include "core/base/file.h"
#include "core/model/chattemplate.h"
#include "core/service/chatprompt.h"
#include "core/tokenizer/jinja.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace assay;
using Json = nlohmann::ordered_json;

class TestChatPrompt : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void templatesInTheirOrder();
    void toolsAskForTheirTemplate();
    void withoutTemplateItIsSaid();
    void specialTokensByTheirRoles();
    void whatATemplateIsGiven();
    void listsOfMessages();

private:
    void write(const char *name, const std::string &text);
    Result<std::string> rendered(const ChatRequest &request = {});
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestChatPrompt::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    write("tokenizer.json", "{}");
}

void TestChatPrompt::write(const char *name, const std::string &text)
{
    const QString path = m_folder->filePath(QLatin1String(name));
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QVERIFY(writeFileAtomically(path.toStdString(), text));
}

Result<std::string> TestChatPrompt::rendered(const ChatRequest &request)
{
    const auto directory = openForChat(m_folder->path().toStdString());
    return directory ? renderChat(*directory, nullptr, request, std::tm{}) : Result<std::string>(tl::unexpected(directory.error()));
}

void TestChatPrompt::templatesInTheirOrder()
{
    write("tokenizer_config.json", R"({"chat_template": [{"name": "default", "template": "usual"}, {"name": "rag", "template": "quotes"}]})");
    ChatRequest rag;
    rag.templateName = "rag";
    QCOMPARE(rendered().value_or("?"), std::string("usual"));
    QCOMPARE(rendered(rag).value_or("?"), std::string("quotes"));
    write("chat_template.json", R"({"chat_template": "of a processor"})");
    QCOMPARE(rendered().value_or("?"), std::string("of a processor"));
    write("chat_template.jinja", "of its own file");
    QCOMPARE(rendered().value_or("?"), std::string("of its own file"));
    write("additional_chat_templates/rag.jinja", "quotes of its own file");
    QCOMPARE(rendered(rag).value_or("?"), std::string("quotes of its own file"));
    rag.templateName = "default";
    QCOMPARE(rendered(rag).value_or("?"), std::string("of its own file"));
}

void TestChatPrompt::toolsAskForTheirTemplate()
{
    write("chat_template.jinja", "usual");
    ChatRequest tools;
    tools.tools = Json::array();
    QCOMPARE(rendered(tools).value_or("?"), std::string("usual"));
    write("additional_chat_templates/tool_use.jinja", "tools");
    QCOMPARE(rendered(tools).value_or("?"), std::string("tools"));
    QCOMPARE(rendered().value_or("?"), std::string("usual"));
}

void TestChatPrompt::withoutTemplateItIsSaid()
{
    const auto none = rendered();
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::TemplateMissing);
    write("chat_template.jinja", "usual");
    ChatRequest other;
    other.templateName = "other";
    const auto missing = rendered(other);
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, ErrorCode::TemplateMissing);
    QCOMPARE(missing.error().where, std::string("other"));
}

void TestChatPrompt::specialTokensByTheirRoles()
{
    write("tokenizer_config.json", R"({"bos_token": "<s>", "eos_token": {"content": "</s>", "lstrip": false}, "pad_token": null, "unk_token": 5})");
    write("special_tokens_map.json", R"({"bos_token": "<other>", "mask_token": "<mask>"})");
    const auto directory = openForChat(m_folder->path().toStdString());
    QVERIFY(directory);
    QCOMPARE(specialTokenTexts(*directory, nullptr).dump(), std::string(R"({"bos_token":"<s>","eos_token":"</s>","mask_token":"<mask>"})"));
    write("chat_template.jinja", "{{ bos_token }}{{ eos_token }}{{ pad_token is defined }}");
    QCOMPARE(rendered().value_or("?"), std::string("<s></s>False"));
}

/// As transformers calls templates: tools and documents are always there, none when there are none.
void TestChatPrompt::whatATemplateIsGiven()
{
    write("chat_template.jinja", "{{ tools is none }} {{ documents is none }} {{ add_generation_prompt }} {{ messages }} {{ enable_thinking is defined }}");
    QCOMPARE(rendered().value_or("?"), std::string("True True True [] False"));
    ChatRequest request;
    request.messages = Json::parse(R"([{"role": "user", "content": "ä"}])");
    request.documents = Json::array();
    request.generationPrompt = false;
    request.more = {{"enable_thinking", false}};
    QCOMPARE(rendered(request).value_or("?"), std::string("True False False [{'role': 'user', 'content': 'ä'}] True"));
}

void TestChatPrompt::listsOfMessages()
{
    QCOMPARE(parseChatList(R"([{"z": 1, "a": 2}])", "f", "messages")->dump(), std::string(R"([{"z":1,"a":2}])"));
    QCOMPARE(parseChatList(R"({"messages": [1], "tools": []})", "f", "messages")->dump(), std::string("[1]"));
    for (const char *text : {"", "[1", "[1]\n[2]", "\xEF\xBB\xBF[]", "[\"\xFF\"]"})
        QCOMPARE(parseChatList(text, "f", "messages").error().code, ErrorCode::JsonDamaged);
    for (const char *text : {"5", "{}", "{\"messages\": 5}", "null"})
        QCOMPARE(parseChatList(text, "f", "messages").error().code, ErrorCode::JsonWrongType);
}

QTEST_APPLESS_MAIN(TestChatPrompt)
#include "tst_chatprompt.moc"
