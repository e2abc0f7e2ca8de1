// SPDX-License-Identifier: GPL-3.0-or-later
// `assay tokenize --chat` and `assay generate --chat`: a dialogue as the model's own template writes it.
#include "tests/cli/runner.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

namespace {

const QByteArray kTurns = "{{ bos_token }}{% for m in messages %}[{{ m.role }}] {{ m.content }}{{ eos_token }}\n{% endfor %}"
                          "{% if enable_thinking is defined %}thinking {{ enable_thinking }}\n{% endif %}"
                          "{% if add_generation_prompt %}[assistant]{% endif %}";
const QByteArray kMessages = R"([{"role": "system", "content": "Short."}, {"role": "user", "content": "add 47 + 85"}])";
const QString kUsual = QStringLiteral("<|begin|>[system] Short.<|end|>\n[user] add 47 + 85<|end|>\n");

QString option(const char *name)
{
    return QLatin1String(name);
}

} // namespace

class TestChatCommand : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void textIsTheTemplates();
    void idsAreThoseOfTheText();
    void optionsReachTheTemplate();
    void toolsChooseTheirTemplate();
    void ggufBringsItsTemplate();
    void whatIsWrongIsSaid_data();
    void whatIsWrongIsSaid();
    void answersAreThoseToTheIds();

private:
    QString write(const QString &name, const QByteArray &text);
    Ran tokenize(const QStringList &arguments, const QString &model = {});
    QTemporaryDir m_folder;
    QString m_model, m_messages;
};

QString TestChatCommand::write(const QString &name, const QByteArray &text)
{
    const QString path = m_folder.filePath(name);
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? path : QString();
}

void TestChatCommand::initTestCase()
{
    const QDir sample(QStringLiteral(ASSAY_SOURCE_DIR "/resources/samples/full"));
    if (!sample.exists())
        QSKIP("the sample models are not there");
    m_model = m_folder.filePath(QStringLiteral("model"));
    QVERIFY(QDir().mkpath(m_model));
    for (const QString &name : sample.entryList(QDir::Files))
        QVERIFY(QFile::copy(sample.filePath(name), m_model + u'/' + name));
    QVERIFY(!write(QStringLiteral("model/chat_template.jinja"), kTurns).isEmpty());
    QVERIFY(!write(QStringLiteral("model/additional_chat_templates/tool_use.jinja"), "{{ tools | tojson }}").isEmpty());
    m_messages = write(QStringLiteral("messages.json"), kMessages);
    QVERIFY(!m_messages.isEmpty());
}

Ran TestChatCommand::tokenize(const QStringList &arguments, const QString &model)
{
    return runAssay(QStringList{option("tokenize"), model.isEmpty() ? m_model : model, option("--chat"), m_messages} + arguments);
}

void TestChatCommand::textIsTheTemplates()
{
    const Ran ran = tokenize({option("--text-only")});
    QCOMPARE(ran.exitCode, 0);
    QCOMPARE(QString::fromUtf8(ran.out), kUsual + QStringLiteral("[assistant]"));
}

/// No special token is added to those that the template wrote.
void TestChatCommand::idsAreThoseOfTheText()
{
    const QJsonObject chat = QJsonDocument::fromJson(tokenize({}).out).object();
    const QByteArray text = chat[QStringLiteral("text")].toString().toUtf8();
    QCOMPARE(QString::fromUtf8(text), kUsual + QStringLiteral("[assistant]"));
    const Ran plain = runAssay({option("tokenize"), m_model, option("--no-special")}, text);
    const QJsonArray ids = QJsonDocument::fromJson(plain.out).object()[QStringLiteral("ids")].toArray();
    QVERIFY(!ids.isEmpty());
    QCOMPARE(chat[QStringLiteral("ids")].toArray(), ids);
    const QJsonArray tokens = chat[QStringLiteral("tokens")].toArray();
    QCOMPARE(tokens.first().toString(), QStringLiteral("<|begin|>"));
    QVERIFY(tokens.at(1).toString() != QStringLiteral("<|begin|>"));
}

void TestChatCommand::optionsReachTheTemplate()
{
    const Ran ran = tokenize({option("--text-only"), option("--no-generation-prompt"), option("--set"), option("enable_thinking=false")});
    QCOMPARE(QString::fromUtf8(ran.out), kUsual + QStringLiteral("thinking False\n"));
}

void TestChatCommand::toolsChooseTheirTemplate()
{
    const QString tools = write(QStringLiteral("tools.json"), R"([{"z": 1, "a": "ä"}])");
    QCOMPARE(tokenize({option("--text-only"), option("--tools"), tools}).out, QByteArray("[{\"z\": 1, \"a\": \"\xC3\xA4\"}]"));
    const Ran usual = tokenize({option("--text-only"), option("--tools"), tools, option("--template"), option("default")});
    QVERIFY(usual.out.startsWith("<|begin|>"));
}

void TestChatCommand::ggufBringsItsTemplate()
{
    const QByteArray shared = qgetenv("ASSAY_SHARED");
    const QString model = (shared.isEmpty() ? QStringLiteral(ASSAY_SOURCE_DIR "/../shared") : QString::fromUtf8(shared)) + QStringLiteral("/reference-gguf/llama-tiny-f32.gguf");
    if (!QFile::exists(model))
        QSKIP("The GGUF files of the shared folder are missing");
    const Ran ran = tokenize({option("--text-only")}, model);
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    QVERIFY2(ran.out.contains("add 47 + 85"), ran.out.constData());
}

void TestChatCommand::whatIsWrongIsSaid_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("said");
    QTest::newRow("no such template") << QStringList{option("--template"), option("rag")} << 65 << QStringLiteral("holds no chat template");
    QTest::newRow("no JSON behind --set") << QStringList{option("--set"), option("a=b")} << 64 << QStringLiteral("--set should be NAME=JSON");
    QTest::newRow("no name before it") << QStringList{option("--set"), option("=1")} << 64 << QStringLiteral("--set should be NAME=JSON");
    QTest::newRow("no such file") << QStringList{option("--tools"), option("/nowhere/tools.json")} << 74 << QStringLiteral("/nowhere/tools.json");
}

void TestChatCommand::whatIsWrongIsSaid()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    QFETCH(QString, said);
    const Ran ran = tokenize(arguments);
    QCOMPARE(ran.exitCode, exitCode);
    QVERIFY2(QString::fromUtf8(ran.err).contains(said), ran.err.constData());
    QVERIFY(ran.out.isEmpty());
}

void TestChatCommand::answersAreThoseToTheIds()
{
    if (!QFile::exists(QStringLiteral(ASSAY_BINARY_DIR "/bin/assay-worker")))
        QSKIP("This build has no worker");
    const QStringList generate{option("generate"), m_model, option("--max-tokens"), option("6"), option("--json")};
    const QJsonArray ids = QJsonDocument::fromJson(tokenize({}).out).object()[QStringLiteral("ids")].toArray();
    QStringList list;
    for (const QJsonValue &id : ids)
        list << QString::number(id.toInt());
    const auto answer = [&](const QStringList &arguments) {
        return QJsonDocument::fromJson(runAssay(generate + arguments).out).object();
    };
    const QJsonObject byIds = answer({option("--tokens"), list.join(u',')});
    QVERIFY(!byIds[QStringLiteral("ids")].toArray().isEmpty());
    for (const QStringList &arguments : {QStringList{option("--chat"), option("add 47 + 85"), option("--system"), option("Short.")}, QStringList{option("--messages"), m_messages}}) {
        const QJsonObject chat = answer(arguments);
        QCOMPARE(chat[QStringLiteral("ids")], byIds[QStringLiteral("ids")]);
        QCOMPARE(chat[QStringLiteral("prompt_tokens")].toInt(), int(ids.size()));
    }
}

QTEST_APPLESS_MAIN(TestChatCommand)
#include "tst_chatcommand.moc"
